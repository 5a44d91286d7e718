"""The parts of a printed document, as the formats of word processors have them: paragraphs, lists, tables, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.exporters._shading import Shade

_WIDE: Final = 200
_LONG_WORD: Final = 16
_PADDING: Final = 3
_LINE: Final = 92  # so many letters of a table's text stand on a line that is as wide as the page's


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

    paragraph: Paragraph


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

    ``edge`` is the colour of a line beside it, ``anchor`` a name by which it is found, ``target`` the anchor that this
    line of the contents leads to, ``language`` a BCP 47 code, empty for that of the document. ``closing`` says that it
    ends what stands together, such as code: then comes a gap; ``at_right`` that it stands there though it runs from
    left to right.
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
    closing: bool = False
    at_right: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a list: paragraphs whose levels count from 1 and skip none on the way down."""

    items: Sequence[Paragraph]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of equal length, each cell its paragraphs; the first ``headers`` rows head the others.

    ``rightward``: its first column stands at the right.
    """

    rows: Sequence[Sequence[Sequence[Paragraph]]]
    headers: int = 0
    rightward: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: its heading and its lines, for the headings down to ``depth``."""

    heading: Paragraph
    lines: Sequence[Paragraph]
    depth: int


Block = Paragraph | Listing | Table | Contents


def shares(table: Table) -> list[float]:
    """Return what part of the width each column of a table gets: more for longer texts, enough for their words."""
    texts = [[_cell_text(row[column]) for row in table.rows] for column in range(len(table.rows[0]))]
    weights = [min(max(map(len, column)), _WIDE) ** 0.7 for column in texts]
    words = [max((len(word) for text in column for word in text.split()), default=0) for column in texts]
    least = [(min(word, _LONG_WORD) + _PADDING) / _LINE for word in words]
    whole, needed = sum(weights) or 1.0, sum(least)
    if needed >= 1:
        return [room / needed for room in least]
    return [room + (1 - needed) * weight / whole for room, weight in zip(least, weights, strict=True)]


def _cell_text(cell: Sequence[Paragraph]) -> str:
    return " ".join(one.text for paragraph in cell for one in paragraph.inlines if isinstance(one, Stretch))
