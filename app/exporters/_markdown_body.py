"""A body as Markdown: its blocks and runs, in the subset that every dialect reads the same way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from app.exporters._blocks import counted_items
from app.exporters._escaping import escape, escape_line, escape_lines, guard_beginning, quoted, references
from app.text.body import Attributes, Body, Piece, Run, family
from app.text.ranges import segments

_LINKS: Final = frozenset(("http", "https", "mailto"))
_BOTH: Final = "strong emphasis"  # what strong and emphasis together make of a stretch
_DELIMITERS: Final[Mapping[str, str]] = {_BOTH: "***", "strong": "**", "emphasis": "*", "struck": "~~"}
_STRENGTH: Final = ("code", "link", "strong", "emphasis", "struck", "superscript", "promotion")
_UNSAFE: Final = re.compile(r"""[\s()<>\\"'`*_\[\]|^{}\x00-\x20\x7f]""")
_REFERENCE: Final = re.compile(r"&(?=#?\w+;)")
_TICKS: Final = re.compile(r"`+")
_LINES: Final = frozenset(("paragraph", "caption"))
_MARK: Final = re.compile(r"\s*%%\s*(?:begin|end)\b")
_NO_PICTURES: Final[Mapping[str, str]] = MappingProxyType({})


def body_markdown(body: Body, below: int = 0, pictures: Mapping[str, str] = _NO_PICTURES) -> str:
    """Return the body's text with its structure. What Markdown has no word for (superscripts) stays as plain text.

    ``below`` is the level of the heading that the text stands under: its own headings are that much deeper.
    ``pictures`` are the addresses of those that lie beside the file, by SHA-256.
    """
    return "\n\n".join(part for part in _parts(body.pieces(), below, pictures) if part)


def unwritten(body: Body) -> Iterator[int]:
    """Yield the numbers of the blocks that have no line of their own in the Markdown of a body.

    They are what is empty, cells that share the place of another one, and the title of a call-out.
    """
    numbered = enumerate(body.blocks)
    for (kind, mark), group in groupby(numbered, key=lambda one: family(one[1].kind, one[1].attributes)):
        places: dict[tuple[int, int], int] = {}
        for place, (number, block) in enumerate(group):
            text = body.text[block.start : block.end]
            if kind == "cell":
                where = _cell(block.attributes)
                if where in places:
                    yield places[where]
                places[where] = number
            elif kind == "callout":
                if place == 0 and text and text == _label(mark):
                    yield number
            elif (kind == "item" and not text.strip()) or (block.kind in _LINES and not text):
                yield number


def is_link(address: str) -> bool:
    """Return whether an address is one that a reader may follow: http, https or mailto."""
    try:
        return urlsplit(address.strip()).scheme.lower() in _LINKS
    except ValueError:
        return False


def _parts(pieces: Sequence[Piece], below: int, pictures: Mapping[str, str]) -> Iterator[str]:
    for (kind, _), group in groupby(pieces, key=lambda piece: family(piece.kind, piece.attributes)):
        members = list(group)
        if kind == "item":
            yield _list(members)
        elif kind == "quote":
            yield quoted("\n\n".join(_line(piece) for piece in members))
        elif kind == "code":
            yield _fenced([piece.text for piece in members])
        elif kind == "cell":
            yield _table(members)
        elif kind == "callout":
            yield _callout(members)
        else:
            yield from (_single(piece, below, pictures) for piece in members)


def _single(piece: Piece, below: int, pictures: Mapping[str, str]) -> str:
    if piece.kind == "heading":
        level = min(6, below + max(1, int(piece.attributes.get("level", 1))))
        return f"{'#' * level} {_line(piece)}".rstrip()
    if piece.kind == "rule":
        return "---"
    if piece.kind == "image":
        alt = str(piece.attributes.get("alt", "")).strip()
        place = pictures.get(str(piece.attributes.get("picture", "")))
        if place:
            return f"![{_alternative(alt)}]({place})"
        return escape(f"[Image: {' '.join(alt.split())}]" if alt else "[Image]")
    return _line(piece)


def _alternative(alt: str) -> str:
    """Return what a picture shows, without the bar after which Obsidian expects its size."""
    return escape(" ".join(alt.split())).replace("|", "&#124;")


def _line(piece: Piece) -> str:
    """Return a block's text with its runs, as a paragraph."""
    text = piece.text
    if not piece.runs:
        return escape_line(text)
    if not text.strip():
        return references(text)
    before, after = len(text) - len(text.lstrip()), len(text.rstrip())
    written = ""
    position = before
    for run, start, end in _stretches(piece, before, after):
        written += escape(text[position:start]) + _stretch(run, text, start, end, is_after_code=written.endswith("`"))
        position = end
    written += escape(text[position:after])
    return references(text[:before]) + guard_beginning(written) + references(text[after:])


def _stretches(piece: Piece, first: int, last: int) -> Iterator[tuple[Run, int, int]]:
    """Yield the stretches between two places with the strongest run over each: dialects nest them in different ways.

    Strong and emphasis are one run where they lie over one another.
    """
    covered = (
        (_strongest([piece.runs[index] for index in covering]), max(start, first), min(end, last))
        for start, end, covering in segments([(run.start, run.end) for run in piece.runs])
    )
    for run, group in groupby((part for part in covered if part[1] < part[2]), key=lambda part: part[0]):
        members = list(group)
        yield run, members[0][1], members[-1][2]


def _strongest(runs: Sequence[Run]) -> Run:
    run = min(runs, key=lambda one: _STRENGTH.index(one.kind))
    is_both = run.kind == "strong" and any(one.kind == "emphasis" for one in runs)
    return Run(0, 1, _BOTH) if is_both else run


def _stretch(run: Run, whole: str, start: int, end: int, *, is_after_code: bool) -> str:
    text = whole[start:end]
    if run.kind == "code" and text.strip() and "\t" not in text and not is_after_code:
        return _code(text)
    address = str(run.attributes.get("address", "")).strip()
    if run.kind == "link" and text.strip() and is_link(address):
        return f"[{escape(text)}]({_address(address)})"
    mark = _DELIMITERS.get(run.kind)
    first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    if not mark or first >= last or not _may_delimit(whole, first, last):
        return escape(text)
    return f"{escape(whole[start:first])}{mark}{escape(whole[first:last])}{mark}{escape(whole[last:end])}"


def _may_delimit(text: str, start: int, end: int) -> bool:
    """Return whether ``**`` or ``*`` here is read as a delimiter everywhere (CommonMark 6.2, left- and right-flanking).

    Strict on purpose: a delimiter that is not understood shows as stars in the middle of a text.
    """
    inside = text[start].isalnum() and text[end - 1].isalnum()
    return inside and _is_outside(text[start - 1 : start]) and _is_outside(text[end : end + 1])


def _is_outside(letter: str) -> bool:
    return not letter or letter.isspace() or unicodedata.category(letter).startswith("P")


def _code(text: str) -> str:
    """Return a code span (CommonMark 6.1): a fence longer than any in it, spaces where its edges need them."""
    fence = _longer(text, 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(address: str) -> str:
    safe = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
    return _REFERENCE.sub("&amp;", safe)


def _longer(text: str, least: int) -> str:
    return "`" * max([least, *(len(run) + 1 for run in _TICKS.findall(text))])


def _fenced(lines: Sequence[str]) -> str:
    """Return a code block; one that holds lines like the marks of our parts goes out as text, which can hide them."""
    if any(map(_MARK.match, lines)):
        return "\n\n".join(map(escape_line, lines))
    fence = _longer("\n".join(lines), 3)
    return "\n".join((fence, *lines, fence))


def _list(pieces: Sequence[Piece]) -> str:
    """Return the items of a list. Four spaces a level are what all dialects agree on; no level is skipped."""
    told = [piece for piece in pieces if piece.text.strip()]
    lines = (
        f"{'    ' * (depth - 1)}{f'{number}.' if number else '-'} {_line(piece)}"
        for piece, (depth, number) in zip(told, counted_items(piece.attributes for piece in told), strict=True)
    )
    return "\n".join(lines)


def _callout(pieces: Sequence[Piece]) -> str:
    label = _label(pieces[0].attributes.get("label"))
    # The reader of HTML keeps a call-out's title as its first line; it is not said twice.
    rest = pieces[1:] if label and pieces[0].text == label else pieces
    return quoted("\n\n".join((f"[!info] {escape(label)}".rstrip(), *(_line(piece) for piece in rest))))


def _label(value: object) -> str:
    return " ".join(str(value or "").split())


def _cell(attributes: Attributes) -> tuple[int, int]:
    return int(attributes.get("row", 0)), int(attributes.get("column", 0))


def _table(pieces: Sequence[Piece]) -> str:
    """Return a table with pipes; its first row is the head, which Markdown always has."""
    rows: dict[int, dict[int, str]] = {}
    for piece in pieces:
        row, column = _cell(piece.attributes)
        rows.setdefault(row, {})[column] = escape_lines(piece.text).replace("|", "\\|")
    width = 1 + max(max(row) for row in rows.values())
    written = [_row([rows[number].get(column, "") for column in range(width)]) for number in sorted(rows)]
    written.insert(1, _row(["---"] * width))
    return "\n".join(written)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
