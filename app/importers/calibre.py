"""calibre: the highlights that its viewer exports or leaves inside an EPUB, and the annotations of its library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._calibre import HEADER, inside, live, passage
from app.importers._json_file import loaded, nothing, objects, text
from app.importers._metadata import stated
from app.importers._stubs import COLOURS, About, stub

_SUFFIXES: Final = (".calibre_highlights", ".calibre_annotation_collection")
_HEAD: Final = 64 * 1024


def read(file: File) -> Parts:
    """Read highlights, a book each; the files name no title, so the viewer's file names it."""
    data: Any = inside(file.data) if file.data.startswith(HEADER) else loaded(file)
    books: dict[str, list[Mapping[str, Any]]] = {}
    for one in objects(data, "highlights", "annotations"):
        annotation = one.get("annotation")
        whole = {**one, **annotation} if isinstance(annotation, dict) else one
        books.setdefault(text(whole.get("book_id")), []).append(whole)
    drafts = [_draft(uid, found, file, alone=len(books) == 1) for uid, found in books.items()]
    drafts = [one for one in drafts if one.marks or one.note]
    if not drafts:
        raise nothing(file)
    return drafts


def _draft(uid: str, found: list[Mapping[str, Any]], file: File, *, alone: bool) -> Draft:
    title = next((title for one in found if one.get("type") != "bookmark" and (title := text(one.get("title")))), "")
    byline = next((one.get("authors") for one in found if one.get("authors")), None)
    name = file.name
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    derived = {"title": name if alone else f"{name} {uid}".strip()}
    known = stated(title=title, byline=byline, derived=derived)
    details = {"book_id": uid} if uid else {}
    colours = bool(file.options.get("colours"))
    return stub(known, map(passage, live(found)), About(details=details), colours=colours)


def _sniffed(data: bytes) -> bool:
    return data.startswith(HEADER) or (
        data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{")
        and (b'"calibre_highlights"' in data or b'"calibre_annotation_collection"' in data)
    )


IMPORTER: Final = Importer("calibre", "calibre highlights", (*_SUFFIXES, ".json"), read, _sniffed, options=(COLOURS,))
