"""Lists of bookmarks in HTML, as browsers write them since Netscape did, and as Pocket did in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from app.errors import ImportFailed
from app.importers._base import Unread

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
_LISTS: Final = frozenset(("dl", "ul", "ol"))
_DEEPEST: Final = 100


@dataclass(slots=True)
class Bookmark:
    """A bookmark: its link, title, what its link says besides, the folders it lies in, and its description."""

    address: str
    attributes: Mapping[str, str]
    folders: tuple[str, ...]
    title: str = ""
    description: str = ""


@dataclass(slots=True)
class _State:
    """Where the reader is: in which folders, and what the text belongs to."""

    folders: list[str] = field(default_factory=list)
    heading: str = ""
    inside: str = ""


class _Reader(HTMLParser):
    """Gathers bookmarks. The lists of browsers leave most tags open, so no tree is built."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Bookmark] = []
        self._at = _State()
        self._is_browser = False

    def handle_decl(self, decl: str) -> None:
        self._is_browser = "netscape-bookmark" in decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._at
        if tag in _HEADINGS:
            # The first heading of a browser's list names the whole of it.
            at.heading, at.inside = "", "" if tag == "h1" and self._is_browser else "heading"
        elif tag in _LISTS:
            at.folders.append(" ".join(at.heading.split()) if len(at.folders) < _DEEPEST else "")
            at.heading = at.inside = ""
        elif tag == "a":
            values = {name: value or "" for name, value in attrs}
            folders = tuple(name for name in at.folders if name)
            self.found.append(Bookmark(values.get("href", ""), values, folders))
            at.inside = "title"
        elif tag == "dd":
            at.inside = "description"
        elif tag in ("dt", "li"):
            at.inside = ""

    def handle_endtag(self, tag: str) -> None:
        at = self._at
        if tag in _LISTS and at.folders:
            at.folders.pop()
        if tag in _HEADINGS or tag in _LISTS or tag in ("a", "dd"):
            at.inside = ""

    def handle_data(self, data: str) -> None:
        at = self._at
        if at.inside == "heading":
            at.heading += data
        elif at.inside == "title":
            self.found[-1].title += data
        elif at.inside == "description" and self.found:
            self.found[-1].description += data


def bookmarks(markup: str) -> list[Bookmark]:
    """Return all bookmarks of a list, in order."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.found


def no_pages(count: int) -> list[Unread]:
    """Return what is said of links to scripts, files and settings."""
    said = ImportFailed("Links that lead to no page of the web: {count}.", count=count)
    return [Unread("links", said, passed=True)] if count > 0 else []
