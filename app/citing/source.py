"""What is known of the source of an article or a passage, ready to be cited: each value on one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.citing.dates import one_line
from app.model import Metadata, Published
from app.text.addresses import whole_address
from app.text.directions import has_rightward, isolated
from app.text.names import Name, people

UNTITLED: Final = "Untitled"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs that a passage lies in, from its ``first`` (counted from 1) to its ``last``."""

    first: int
    last: int

    def named(self, one: str, more: str) -> str:
        """Return their numbers behind a word for ``one`` paragraph, or for ``more``: ``paragraphs 4–5``."""
        return f"{one} {self.first}" if self.first == self.last else f"{more} {self.first}–{self.last}"

    def __str__(self) -> str:
        return self.named("paragraph", "paragraphs")


@dataclass(frozen=True, slots=True)
class Source:
    """The source of an article, or of a passage by ``page`` (as printed) and the ``paragraphs`` it lies in.

    What is not known is empty, ``None``, or for a title ``Untitled``. ``accessed`` is an ISO day, or a text.
    """

    title: str
    people: tuple[Name, ...] = ()
    byline: str = ""
    outlet: str = ""
    published: Published | None = None
    address: str = ""
    accessed: str = ""
    page: str = ""
    paragraphs: Paragraphs | None = None

    @property
    def host(self) -> str:
        """Return the outlet, unless the outlet is the only one that the article is by."""
        alone = len(self.people) == 1 and self.people[0].family.casefold() == self.outlet.casefold()
        return "" if alone else self.outlet


def apart(source: Source) -> Source:
    """Return a source whose title and outlet are isolated where they run from right to left.

    For lines that are shown: a citation runs from left to right, whatever the names in it do.
    """
    outlet = isolated(source.outlet) if source.host and has_rightward(source.outlet) else source.outlet
    title = isolated(source.title) if has_rightward(source.title) else source.title
    byline = isolated(source.byline) if has_rightward(source.byline) else source.byline
    return replace(source, title=title, outlet=outlet, byline=byline)


def source_of(
    metadata: Metadata, paragraphs: Paragraphs | None = None, accessed: str | None = None, page: str = ""
) -> Source:
    """Return the source of an article, or of a passage; ``accessed`` stands in where the article has no such day."""
    return Source(
        title=one_line(metadata.title) or UNTITLED,
        people=people(one_line(metadata.byline), one_line(metadata.outlet)),
        byline=one_line(metadata.byline),
        outlet=one_line(metadata.outlet),
        published=metadata.published,
        address=one_line(whole_address(metadata.address or "")),
        accessed=one_line(metadata.accessed) or one_line(accessed),
        page=one_line(page),
        paragraphs=paragraphs,
    )
