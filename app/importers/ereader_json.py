"""Foliate and Readest: the annotations of one book as JSON. Their positions lead into the book's file, not its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.importers._base import File, Importer, Parts
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._stubs import COLOURS, About, Passage, stub

_UNMARKED: Final = frozenset(("bookmark", "excerpt"))


def read(file: File) -> Parts:
    """Read the book with its passages; raises ``ImportFailed`` when there are none."""
    data = loaded(file)
    about = data.get("book") or data.get("metadata") if isinstance(data, dict) else None
    about = about if isinstance(about, dict) else {}
    marked = [one for one in objects(data, "annotations") if text(one.get("type")) not in _UNMARKED]
    details = {name: value for name in ("identifier", "hash", "publisher") if (value := text(about.get(name)).strip())}
    known = stated(
        title=about.get("title"),
        byline=_names(about.get("author") or about.get("creator")),
        published=about.get("published"),
        language=about.get("language"),
        derived={"title": file.name.rpartition(".")[0] or file.name},
    )
    colours = bool(file.options.get("colours"))
    found = stub(known, map(_passage, marked), About(details=details), colours=colours)
    if not found.marks and not found.note:
        raise nothing(file)
    return (found,)


def _passage(one: Mapping[str, Any]) -> Passage:
    return Passage(
        text(one.get("text")).strip(),
        text(one.get("note")).strip(),
        created=moment(one.get("created") or one.get("createdAt")),
        colour=text(one.get("color")).strip(),
        known_as=text(one.get("id") or one.get("cfi") or one.get("value")),
    )


def _names(value: Any) -> list[str]:
    """Return the names of authors, each a text or an object with a name."""
    found = value if isinstance(value, list) else [value]
    return [text(one.get("name")) if isinstance(one, dict) else text(one) for one in found]


def _sniffed(data: bytes) -> bool:
    return (b'"readest-annotations"' in data[:4096] and mentions(data, "$format")) or (
        mentions(data, "annotations", "metadata") and b"epubcfi(" in data
    )


IMPORTER: Final = Importer("ereader", "Foliate and Readest annotations", (".json",), read, _sniffed, options=(COLOURS,))
