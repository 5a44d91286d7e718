"""What is known of the source of an article or a passage, ready to be cited: each value on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.citing.dates import one_line
from app.model import Metadata, Published
from app.text.names import Name, people

UNTITLED: Final = "Untitled"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of an article, or of a passage by ``page`` (as printed) and ``paragraph`` (from 1).

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
    paragraph: int | None = None

    @property
    def host(self) -> str:
        """Return the outlet, unless the outlet is the only one that the article is by."""
        alone = len(self.people) == 1 and self.people[0].family.casefold() == self.outlet.casefold()
        return "" if alone else self.outlet


def source_of(metadata: Metadata, paragraph: int | None = None, accessed: str | None = None, page: str = "") -> Source:
    """Return the source of an article, or of a passage; ``accessed`` stands in where the article has no such day."""
    return Source(
        title=one_line(metadata.title) or UNTITLED,
        people=people(one_line(metadata.byline), one_line(metadata.outlet)),
        byline=one_line(metadata.byline),
        outlet=one_line(metadata.outlet),
        published=metadata.published,
        address="".join(one_line(metadata.address).split()),
        accessed=one_line(metadata.accessed) or one_line(accessed),
        page=one_line(page),
        paragraph=paragraph if paragraph and paragraph > 0 else None,
    )
