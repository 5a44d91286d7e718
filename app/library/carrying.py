"""What a reader cut from a text and put back into it, done again to a new version of the text.

A block is known by its words: of several with the same words the first is the first, in whichever version, whether it
stands in the text or was left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.cleaning.repeats import UNRULED
from app.library.bodies import BY_HAND, kept, left_out
from app.model import Content, LeftOut


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page with its words: a block of the text, or of a piece that was left out, by number."""

    words: str
    number: int
    is_in: bool
    by_hand: bool = False


def put_back(before: Sequence[LeftOut], after: Sequence[LeftOut]) -> frozenset[str]:
    """Return the words of the lines that were left out, and are so no longer."""
    return frozenset((Counter(_lines_of(before)) - Counter(_lines_of(after))).keys())


def carried(held: Content, back: frozenset[str], fresh: Content, *, may_cut: bool) -> Content:
    """Return a new version with what the reader put ``back`` into the text that is held, without what was cut by hand.

    Where nothing would be left of the text, or it may not be cut, what was cut comes back.
    """
    known = _by_words(held)
    pieces: dict[int, list[bool]] = defaultdict(list)
    for line, before in _pairs(fresh, known):
        if not line.is_in:
            pieces[line.number].append(before is not None and before.is_in and line.words in back)
    for number in sorted((number for number, wanted in pieces.items() if all(wanted)), reverse=True):
        fresh = kept(fresh, number)
    cut = [line.number for line, before in _pairs(fresh, known) if line.is_in and before is not None and before.by_hand]
    if not may_cut or len(cut) == len(fresh.body.blocks):
        return fresh
    for number in sorted(cut, reverse=True):
        fresh = left_out(fresh, number)
    return fresh


def _pairs(fresh: Content, known: Mapping[str, Sequence[_Line]]) -> Iterable[tuple[_Line, _Line | None]]:
    """Yield the lines of a page, each with the one that it was in the version before."""
    for words, lines in _by_words(fresh).items():
        before = known.get(words, ())
        for number, line in enumerate(lines):
            yield line, before[number] if number < len(before) else None


def _by_words(content: Content) -> Mapping[str, Sequence[_Line]]:
    """Return the lines of a page that have words, in its order."""
    found: dict[str, list[_Line]] = defaultdict(list)
    pieces = sorted(enumerate(content.left_out), key=lambda one: one[1].before)
    place = 0
    for block, piece in enumerate(content.body.pieces()):
        while place < len(pieces) and pieces[place][1].before <= block:
            _add(found, *pieces[place])
            place += 1
        words = words_of(piece.text)
        if words and piece.kind not in UNRULED:
            found[words].append(_Line(words, block, is_in=True))
    for number, piece_left in pieces[place:]:
        _add(found, number, piece_left)
    return found


def _add(found: dict[str, list[_Line]], number: int, piece: LeftOut) -> None:
    for words in _lines_of([piece]):
        found[words].append(_Line(words, number, is_in=False, by_hand=piece.kind == BY_HAND))


def _lines_of(pieces: Iterable[LeftOut]) -> list[str]:
    return [
        words
        for one in pieces
        if one.block not in UNRULED
        for line in one.text.split("\n")
        if (words := words_of(line))
    ]


def words_of(line: str) -> str:
    """Return the words by which a line is known again in another version."""
    return " ".join(line.casefold().split())
