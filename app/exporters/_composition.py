"""The parts of a printed document, as the formats of word processors have them: paragraphs, lists, tables, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.exporters._shading import Shade

_NARROW: Final = 6
_WIDE: Final = 200


class Stretch(NamedTuple):
    """Text of one look. ``kinds`` are those of the runs over it; ``link`` is an address that may be followed."""

    text: str
    kinds: tuple[str, ...] = ()
    link: str = ""
    shade: Shade | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What is noted on a stretch of the document, from its begin to its end. ``moment`` is UTC milliseconds."""

    number: int
    author: str
    moment: int
    paragraphs: Sequence[Paragraph]


class Begin(NamedTuple):
    """Where a comment begins."""

    comment: Comment


class End(NamedTuple):
    """Where a comment ends."""

    comment: Comment


class Footnote(NamedTuple):
    """A note at the foot of the page, and where its number stands."""

    inlines: Sequence[Stretch]


class Picture(NamedTuple):
    """A picture that the document holds, by its SHA-256; the size is in pixels."""

    digest: str
    kind: str
    alt: str
    width: int
    height: int


class PageOf(NamedTuple):
    """The number of the page on which an anchor stands."""

    anchor: str


Inline = Stretch | Begin | End | Footnote | Picture | PageOf


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``style`` is a key of the styles that each format has, ``level`` that of a heading or an item.

    ``edge`` is the colour of a line beside it, ``anchor`` a name by which it is found, ``target`` the anchor that a line
    of the contents leads to, ``language`` a BCP 47 code, empty for that of the document.
    """

    style: str
    inlines: Sequence[Inline]
    level: int = 0
    ordered: bool = False
    rightward: bool = False
    language: str = ""
    edge: str = ""
    anchor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a list: paragraphs whose levels count from 1 and skip none on the way down."""

    items: Sequence[Paragraph]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of equal length, each cell its paragraphs; the first ``headers`` rows head the others."""

    rows: Sequence[Sequence[Sequence[Paragraph]]]
    headers: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: its heading and its lines, for the headings down to ``depth``."""

    heading: Paragraph
    lines: Sequence[Paragraph]
    depth: int


Block = Paragraph | Listing | Table | Contents


def shares(table: Table) -> list[float]:
    """Return how much of its width each column of a table gets: more for longer texts, but never too little."""
    longest = [
        max((len(one.text) for row in table.rows for paragraph in row[column] for one in paragraph.inlines
             if isinstance(one, Stretch)), default=0)
        for column in range(len(table.rows[0]))
    ]  # fmt: skip
    weights = [min(max(letters, _NARROW), _WIDE) ** 0.7 for letters in longest]
    return [weight / sum(weights) for weight in weights]
