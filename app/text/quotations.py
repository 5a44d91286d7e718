"""The quotations of a text: what stands between quotation marks of any kind, and blocks that are quoted as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.text.body import Block, Body
from app.text.ranges import Span

_PAIRS: Final[Mapping[str, str]] = MappingProxyType(
    {
        '"': '"', "“": "”", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
        "「": "」", "『": "』", "‘": "’", "‚": "‘’", "'": "'",
    }
)  # fmt: skip
_SINGLE: Final = frozenset("'‘’‚")
_POINTED: Final = frozenset("«»‹›「」『』")  # these say themselves whether they open, whatever stands beside them
_MARK: Final = re.compile(f"[{''.join(_PAIRS)}’」』]")
_BEFORE: Final = frozenset("([{—–-/\N{OBJECT REPLACEMENT CHARACTER}")
_ELIDED: Final = re.compile(r"['‘’](?:\d0s|tis|twas|twere|em|n|til|cause|round|bout)\b", re.IGNORECASE)
_SHORTEST_SINGLE: Final = 3
_DEEPEST: Final = 12  # so many marks wait for their counterparts; what is open for longer was never meant to close
# What stands for something else: a mark of omission, or a bracket with all of the word that it stands in.
_CUT: Final = re.compile(
    r"[(\[{]\s*(?:\.{3}|…|\. \. \.)\s*[)\]}]|\[\d{1,3}\]|\w*\[[^\]\n]{0,200}\]\w*|…|\.{3,}|\. \. \."
)
_EDGES: Final = " \t\u00a0\u202f,.;:–—-"
_SIGNED: Final = re.compile(r"[—–―-]{1,2}\s*\S")
_CLOSING: Final = "\"”“»«’'」』"
_STOPS: Final = (".", "!", "?", "…", ":", "")
_LONGEST_SIGNATURE: Final = 120
BETWEEN: Final = " \t\u00a0—–―-"
"""What may stand between the words of another and the name below or behind them."""

# A dash and a name behind the words of another, in their own line. A hyphen is a dash between spaces alone.
_SIGNED_BEHIND: Final = re.compile(
    rf"(?:(?<=[{_CLOSING}])\s*|(?<=[.!?…])\s+)(?:[—–―]|--|-(?=\s))\s*(?P<name>[^\W\d_][^\n{''.join(_PAIRS)}]{{0,{_LONGEST_SIGNATURE}}})$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of another: ``text[start:end]`` without the marks round them.

    ``pieces`` are what is to stand in the source, in this order: the stretches between marks of omission and bracketed
    insertions, without the punctuation at their ends. ``depth`` is how many quotations it lies in, and ``block`` says
    that it is a block of its own. One that goes on over several blocks reaches from its first to its last word.
    """

    start: int
    end: int
    pieces: tuple[Span, ...]
    depth: int = 0
    block: bool = False


@dataclass(slots=True)
class _Open:
    """A mark that waits for its counterpart: the parts that lie behind it, one for each block, and where it goes on."""

    mark: str
    start: int
    parts: list[Span]


def quotations(body: Body) -> list[Quotation]:
    """Return the quotations of a body in the order of its text, an outer one before those inside it.

    A paragraph that ends inside a quotation goes on with the next one, where that begins with the same mark again.
    What is never closed is none, and neither are an apostrophe, a sign of inches, and code.
    """
    cuts = [(run.start, run.end) for run in body.runs if run.kind == "superscript"]
    found: list[Quotation] = []
    going: list[_Open] = []
    for number, block in enumerate(body.blocks):
        if block.kind in {"code", "image", "rule"}:
            going = []
            continue
        closed, going = _in_block(body.text, block, going)
        inside = [_made(body.text, parts, cuts, depth) for parts, depth in closed]
        own = [one for one in inside if one is not None]
        if block.kind == "quote" and not _is_signature(body, number):
            found += _quoted_block(body.text, block, own, cuts)
        else:
            found += own
    return sorted(found, key=lambda one: (one.start, -one.end, one.depth))


def signature(body: Body, number: int) -> str:
    """Return what says whose the words of a quoted block are, in a quoted block below it; ``""`` when nothing does.

    That is a line behind a dash, or below closing quotation marks a short one without marks and without a full stop.
    A block whose own line ends in a dash and a name (:func:`signed_behind`) needs none below.
    """
    block = body.blocks[number]
    own = signed_behind(body.text, (block.start, block.end))
    return body.text[slice(*own)] if own else _signed_below(body, number)


def signed_behind(text: str, words: Span) -> Span | None:
    """Return the name behind the words of another in one line: ``“We stay.” — Ada Quill``; ``None`` without one.

    The words are in quotation marks as a whole, or end with a sentence; the name begins with no small letter, and ends
    with no full stop.
    """
    found = _SIGNED_BEHIND.search(text[slice(*words)])
    if found is None:
        return None
    line, name = text[slice(*words)], found["name"]
    is_name = not name[0].islower() and len(name) <= _LONGEST_SIGNATURE and name.rstrip()[-1] not in _STOPS
    said = line[: found.start()].rstrip()
    if not is_name or (said.lstrip()[:1] not in _PAIRS and said.rstrip(_CLOSING)[-1:] not in _STOPS):
        return None
    start = words[0] + found.start("name")
    return start, start + len(name.rstrip())


def _signed_below(body: Body, number: int) -> str:
    """Return what the block below says of whose words those of a quoted block are."""
    if number + 1 >= len(body.blocks) or body.blocks[number + 1].kind != "quote":
        return ""
    above, below = (body.text[block.start : block.end].strip() for block in body.blocks[number : number + 2])
    if _SIGNED.match(below):
        return below.lstrip("—–―- ")
    closed = above[-1:] in _CLOSING and above[-1:].strip() != ""
    plain = len(below) <= _LONGEST_SIGNATURE and not _MARK.search(below) and below[-1:] not in _STOPS
    return below if closed and plain else ""


def _is_signature(body: Body, number: int) -> bool:
    return number > 0 and body.blocks[number - 1].kind == "quote" and bool(_signed_below(body, number - 1))


def _quoted_block(text: str, block: Block, inside: Sequence[Quotation], cuts: Sequence[Span]) -> Iterator[Quotation]:
    """Yield a block that is quoted as a whole, then what is quoted in it; marks round all of it are not its own."""
    signed = signed_behind(text, (block.start, block.end))
    words = _trimmed(text, (block.start, signed[0] if signed else block.end), BETWEEN if signed else " \t")
    round_all = [one for one in inside if one.start == words[0] + 1 and one.end == words[1] - 1]
    if round_all:
        words = (words[0] + 1, words[1] - 1)
    pieces = tuple(_pieces(text, [words], cuts))
    if pieces:
        yield Quotation(*words, pieces, block=True)
    for one in inside:
        if one not in round_all:
            yield Quotation(one.start, one.end, one.pieces, one.depth + (not round_all), one.block)


def _in_block(text: str, block: Block, going: list[_Open]) -> tuple[list[tuple[list[Span], int]], list[_Open]]:
    """Return what is closed in a block, as its parts and depth, and what goes on behind it."""
    stack: list[_Open] = []
    closed: list[tuple[list[Span], int]] = []
    place = block.start
    first = _MARK.search(text, block.start, block.end)
    if going and first and not text[block.start : first.start()].strip() and first[0] == going[0].mark:
        place = first.end()
        stack = [_Open(going[0].mark, place, going[0].parts)]
    for found in _MARK.finditer(text, place, block.end):
        at, mark = found.start(), found[0]
        if mark in _SINGLE and _is_apostrophe(text, at, block):
            continue
        closes = _closing(text, at, mark, stack, block)
        if closes is not None:
            opened = stack[closes]
            del stack[closes:]
            parts = [*opened.parts, (opened.start, at)]
            if opened.mark not in _SINGLE or _letters(text, parts) >= _SHORTEST_SINGLE:
                closed.append((parts, len(stack)))
        elif mark in _PAIRS and (mark in _POINTED or _may_open(text, at, block)):
            stack = [*stack[-_DEEPEST:], _Open(mark, at + 1, [])]
    return closed, [_Open(one.mark, 0, [*one.parts, (one.start, block.end)]) for one in stack[:1]]


def _closing(text: str, at: int, mark: str, stack: Sequence[_Open], block: Block) -> int | None:
    """Return the place in the stack of what a mark closes, ``None`` when it closes nothing."""
    if mark not in _POINTED and (at == block.start or text[at - 1].isspace()) and _may_open(text, at, block):
        return None
    for place in range(len(stack) - 1, -1, -1):
        if mark in _PAIRS[stack[place].mark]:
            is_owner = mark in _SINGLE and _owns(text, at, block)
            return None if is_owner else place
    return None


def _may_open(text: str, at: int, block: Block) -> bool:
    """Return whether a quotation can begin behind the mark at ``at``."""
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if after.isspace():
        return False
    is_free = before.isspace() or before in _BEFORE or before in _PAIRS
    return is_free and (text[at] not in _SINGLE or not _ELIDED.match(text, at))


def _is_apostrophe(text: str, at: int, block: Block) -> bool:
    """Return whether a single mark joins two letters, or stands for letters that are left out."""
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    return (before.isalnum() and after.isalnum()) or (not before.isalnum() and bool(_ELIDED.match(text, at)))


def _owns(text: str, at: int, block: Block) -> bool:
    """Return whether a single mark behind an s says whose something is: another one further on closes."""
    if text[at - 1 : at].lower() != "s" or not re.match(r"\s[a-z]", text[at + 1 : at + 3]):
        return False
    for found in re.finditer(f"[{text[at]}‘]", text[at + 1 : block.end]):
        place = at + 1 + found.start()
        if found[0] == "‘" or (text[place - 1].isspace() and _may_open(text, place, block)):
            return False
        if not _is_apostrophe(text, place, block):
            return True
    return False


def _letters(text: str, parts: Iterable[Span]) -> int:
    return sum(character.isalnum() for start, end in parts for character in text[start:end])


def _made(text: str, parts: Sequence[Span], cuts: Sequence[Span], depth: int) -> Quotation | None:
    """Return the quotation of some parts, ``None`` when there are no words in it."""
    pieces = tuple(_pieces(text, parts, cuts))
    if not pieces:
        return None
    return Quotation(parts[0][0], parts[-1][1], pieces, depth)


def _pieces(text: str, parts: Iterable[Span], cuts: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of some parts that are the source's own words."""
    for start, end in parts:
        holes = [found.span() for found in _CUT.finditer(text, start, end)]
        holes += [cut for cut in cuts if start <= cut[0] and cut[1] <= end]
        place = start
        for first, last in (*sorted(holes), (end, end)):
            if first >= place:
                span = _trimmed(text, (place, first), _EDGES)
                if any(map(str.isalnum, text[span[0] : span[1]])):
                    yield span
            place = max(place, last)


def _trimmed(text: str, span: Span, edges: str) -> Span:
    """Return a span without the characters ``edges`` at its ends."""
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip(edges))
    return start, max(start, span[0] + len(words.rstrip(edges)))
