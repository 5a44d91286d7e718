"""What KOReader says of a book and of the passages marked in it, in its JSON and in its sidecar files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.drafts import Draft
from app.importers._json_file import text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._stubs import About, Passage, stub


def passage(entry: Mapping[Any, Any]) -> Passage:
    """Return a marked passage; page and chapter are where it stands."""
    page, chapter = (
        text(entry.get("pageref")) or text(entry.get("pageno")) or text(entry.get("page")),
        entry.get("chapter"),
    )
    # A page that is a path into the file's markup says nothing to a person.
    places = [text(chapter).strip(), "" if page.startswith("/") else page]
    drawer, colour = text(entry.get("drawer")), text(entry.get("color"))
    return Passage(
        text(entry.get("text")).strip(),
        text(entry.get("note")).strip(),
        created=moment(entry.get("time") or entry.get("datetime")),
        colour=colour or (drawer if drawer not in ("", "lighten") else ""),
        place=", ".join(filter(None, places)),
    )


def draft(about: Mapping[Any, Any], passages: Iterable[Passage], *, colours: bool) -> Draft:
    """Return the stub of a book. Several authors stand on lines of their own."""
    byline = ", ".join(part.strip() for part in text(about.get("author") or about.get("authors")).split("\n"))
    details = {name: value for name in ("file", "md5sum", "series") if (value := text(about.get(name)).strip())}
    known = stated(title=about.get("title"), byline=byline, language=about.get("language"))
    return stub(known, passages, About(details=details), colours=colours)
