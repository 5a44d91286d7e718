"""The one text of an article: an immutable string with standoff blocks and runs.

All positions are half-open spans in Unicode code points of ``Body.text``. Blocks are the lines of the text, without a
gap: ``text == "\\n".join(block texts)``. Runs lie inside one block each.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

Attributes = Mapping[str, str | int | bool]

IMAGE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"

BLOCK_KINDS: Final = frozenset(
    {"heading", "paragraph", "item", "quote", "code", "cell", "callout", "caption", "image", "rule"}
)
_JOINED: Final = frozenset({"item", "quote", "code", "cell", "callout"})
RUN_KINDS: Final = frozenset({"strong", "emphasis", "code", "link", "superscript", "struck", "promotion"})

_BOUNDS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"level": (1, 6), "depth": (1, 50), "table": (0, 10**6), "row": (0, 10**6), "column": (0, 999)}
)
"""From where to where the numbers among the attributes go."""

_SPACED: Final = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_REPLACED: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


def clean_line(text: str) -> str:
    """Return ``text`` as it can stand in one block.

    Line breaks of every kind become a space, byte order marks go, and what no text widget or XML file can carry (other
    controls, lone surrogates, non-characters, a stray image mark) becomes U+FFFD. Tabs, no-break spaces, joiners,
    combining marks and direction marks stay. Idempotent.
    """
    if text.isprintable() and IMAGE not in text:
        return text  # most lines: no control, separator or unassigned character is printable
    text = _SPACED.sub(" ", text.replace("\ufeff", ""))
    return _REPLACED.sub("\N{REPLACEMENT CHARACTER}", text)


def family(kind: str, attributes: Attributes) -> tuple[str, object]:
    """Return what makes neighbouring blocks one thing: the list, the code, the table, the call-out they belong to."""
    mark = "table" if kind == "cell" else "label" if kind == "callout" else ""
    return (kind if kind in _JOINED else "", attributes.get(mark) if mark else None)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text: what kind of thing it is, and its attributes.

    Kinds and attributes: ``heading`` (level 1-6), ``paragraph``, ``item`` (depth from 1, ordered), ``quote``,
    ``code`` (one line of it), ``cell`` (table, row, column, all from 0; header), ``callout`` (label), ``caption``,
    ``image`` (its text is one U+FFFC; alt, source), ``rule`` (empty text).
    """

    start: int
    end: int
    kind: str = "paragraph"
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text inside one block: strong, emphasis, code, link (address), superscript, struck, promotion."""

    start: int
    end: int
    kind: str
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on its way into a body: its text, and runs counted from the start of that text."""

    text: str
    kind: str = "paragraph"
    attributes: Attributes = field(default_factory=dict)
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """An immutable text with its structure. Build it with :meth:`of`; the constructor checks what it is given."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    runs: tuple[Run, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a structure that does not fit the text (``ValueError``)."""
        position = 0
        for number, block in enumerate(self.blocks):
            if number:
                if self.text[position : position + 1] != "\n":
                    raise ValueError(f"block {number} does not begin after a line break")
                position += 1
            if block.start != position or block.end < block.start or block.kind not in BLOCK_KINDS:
                raise ValueError(f"block {number} is not the text's next line")
            position = block.end
        if position != len(self.text) or (len(self.blocks) != self.text.count("\n") + 1 and (self.text or self.blocks)):
            raise ValueError("the blocks are not the lines of the text")
        self._check_characters()
        starts = [block.start for block in self.blocks] if self.runs else []
        for run in self.runs:
            number = bisect_right(starts, run.start) - 1
            end = self.blocks[number].end if number >= 0 else -1
            if run.kind not in RUN_KINDS or not 0 <= run.start < run.end <= end:
                raise ValueError(f"the run {run.start}-{run.end} does not lie inside one block")

    def _check_characters(self) -> None:
        """Refuse what :func:`clean_line` would not let pass, and image marks that are no image."""
        used = "".join(set(self.text) - {"\n", IMAGE})
        if clean_line(used) != used:
            raise ValueError("the text holds characters that no line may hold")
        images = [block for block in self.blocks if block.kind == "image"]
        marked = all(self.text[block.start : block.end] == IMAGE for block in images)
        if not marked or self.text.count(IMAGE) != len(images):
            raise ValueError("the images are not where their marks are")

    @classmethod
    def of(cls, pieces: Iterable[Piece | str]) -> Body:
        """Make a body of blocks in order. Each text is cleaned with :func:`clean_line`; runs move along with it."""
        texts: list[str] = []
        blocks: list[Block] = []
        runs: list[Run] = []
        start = 0
        for piece in pieces:
            part = Piece(piece) if isinstance(piece, str) else piece
            text = IMAGE if part.kind == "image" else clean_line(part.text)
            blocks.append(Block(start, start + len(text), part.kind, dict(part.attributes)))
            runs.extend(_placed(part, text, start))
            texts.append(text)
            start += len(text) + 1
        runs.sort(key=lambda run: (run.start, -run.end, run.kind))
        return cls("\n".join(texts), tuple(blocks), tuple(runs))

    def pieces(self) -> tuple[Piece, ...]:
        """Return the blocks as pieces, the inverse of :meth:`of`."""
        by_block: list[list[Run]] = [[] for _ in self.blocks]
        starts = [block.start for block in self.blocks]
        for run in self.runs:
            number = bisect_right(starts, run.start) - 1
            base = starts[number]
            by_block[number].append(Run(run.start - base, run.end - base, run.kind, run.attributes))
        return tuple(
            Piece(self.text[block.start : block.end], block.kind, block.attributes, tuple(runs))
            for block, runs in zip(self.blocks, by_block, strict=True)
        )

    def block_number(self, position: int) -> int:
        """Return the number (from 0) of the block that holds ``position``; a block's end belongs to it."""
        return max(0, bisect_right(self.blocks, position, key=lambda block: block.start) - 1)

    def block_at(self, position: int) -> Block:
        """Return the block that holds ``position``."""
        return self.blocks[self.block_number(position)]

    def structure_json(self) -> str:
        """Return blocks and runs as JSON: ``{"blocks": [[start, end, kind, attributes], ...], "runs": [...]}``."""
        return json.dumps(
            {
                "blocks": [[b.start, b.end, b.kind, dict(b.attributes)] for b in self.blocks],
                "runs": [[r.start, r.end, r.kind, dict(r.attributes)] for r in self.runs],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str, structure: str) -> Body:
        """Rebuild a body from its text and :meth:`structure_json`; raises ``ValueError`` when they do not fit.

        Attributes that a foreign hand wrote are brought within their bounds, or left out.
        """
        try:
            data = json.loads(structure)
            blocks = tuple(Block(int(s), int(e), str(k), _sound(a)) for s, e, k, a in data["blocks"])
            runs = tuple(Run(int(s), int(e), str(k), _sound(a)) for s, e, k, a in data["runs"])
        except (KeyError, TypeError, OverflowError, RecursionError) as error:
            raise ValueError("the structure of the text cannot be read") from error
        return cls(text, blocks, runs)


def _sound(given: Any) -> dict[str, str | int | bool]:
    """Return attributes as others rely on them: numbers are numbers, and within their bounds."""
    found: dict[str, str | int | bool] = {}
    for name, value in dict(given).items():
        if name not in _BOUNDS:
            if isinstance(value, (str, int)):
                found[name] = value
        elif isinstance(value, int) and not isinstance(value, bool):
            least, most = _BOUNDS[name]
            found[name] = min(max(value, least), most)
    return found


def _placed(piece: Piece, text: str, start: int) -> Iterable[Run]:
    """Yield the piece's runs in the body's positions, after cleaning changed its text to ``text``."""
    if piece.kind == "image":
        return
    for run in piece.runs:
        first, last = run.start, run.end
        if text != piece.text:
            first, last = len(clean_line(piece.text[:first])), len(clean_line(piece.text[:last]))
        first, last = max(0, first), min(len(text), last)
        if first < last:
            yield Run(start + first, start + last, run.kind, dict(run.attributes))
