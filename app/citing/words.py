"""A citation as pieces of text, of which some are emphasised: each medium shows that in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.citing.marks import is_stopped


class Kind(StrEnum):
    """What a piece of a citation is: plain text, the name of a publication (in italics), or an address of the web."""

    PLAIN = "plain"
    EMPHASIS = "emphasis"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a citation."""

    text: str
    kind: Kind = Kind.PLAIN


Line = tuple[Words, ...]
"""A citation on one line: its pieces follow each other without anything between them."""


def line(*parts: str | Words) -> Line:
    """Return the pieces as a line, without the empty ones; plain neighbours become one."""
    pieces: list[Words] = []
    for part in parts:
        piece = Words(part) if isinstance(part, str) else part
        if pieces and pieces[-1].kind is piece.kind is Kind.PLAIN:
            pieces[-1] = Words(pieces[-1].text + piece.text)
        elif piece.text:
            pieces.append(piece)
    return tuple(pieces)


def sentence(parts: Iterable[Line], between: str) -> Line:
    """Return the lines that are not empty as one, with ``between`` between them."""
    return line(*_spaced(parts, between))


def ended(pieces: Line) -> Line:
    """Return a line with a full stop at its end, unless it ends with what does for one and belongs to no address."""
    if not pieces or (pieces[-1].kind is not Kind.ADDRESS and is_stopped(pieces[-1].text)):
        return pieces
    return line(*pieces, ".")


def plain(pieces: Line) -> str:
    """Return a line as plain text."""
    return "".join(piece.text for piece in pieces)


def emphasis(text: str) -> Words:
    """Return the name of a publication."""
    return Words(text, Kind.EMPHASIS)


def address(text: str) -> Words:
    """Return an address of the web."""
    return Words(text, Kind.ADDRESS)


def _spaced(parts: Iterable[Line], between: str) -> Iterator[str | Words]:
    some = False
    for part in parts:
        if part:
            if some:
                yield between
            yield from part
            some = True
