"""wallabag: the JSON of its entries, with their texts and annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.cleaning.language import guess
from app.drafts import Draft, Mark
from app.importers._base import File, Importer, Parts
from app.importers._html import read_text
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated, web_address
from app.importers._moments import day, moment
from app.importers._stubs import About, Passage, named, stub
from app.model import State
from app.text.body import Body

_DETAILS: Final = ("reading_time", "mimetype", "origin_url", "uid", "public_uid", "preview_picture")


def read(file: File) -> Parts:
    """Read all entries; raises ``ImportFailed`` when there are none."""
    drafts = [_draft(entry) for entry in objects(loaded(file), "entries", "items")]
    found = [draft for draft in drafts if draft.body.text or draft.metadata.address]
    if not found:
        raise nothing(file)
    return found


def _draft(entry: Mapping[str, Any]) -> Draft:
    address = web_address(entry.get("url")) or web_address(entry.get("given_url")) or ""
    markup = text(entry.get("content"))
    passages = list(map(_passage, objects(entry, "annotations")))
    quoted = (one.quote for one in passages)
    body = Body.of(read_text(markup, address, text(entry.get("title")), quoted)) if markup.strip() else Body()
    known = stated(
        title=entry.get("title"),
        byline=entry.get("published_by"),
        outlet=entry.get("domain_name"),
        address=address,
        published=text(entry.get("published_at")),
        accessed=day(moment(entry.get("created_at"))),
        language=text(entry.get("language")).replace("_", "-"),
        derived={"language": guess(body.text) or ""},
    )
    details = {name: value for name in _DETAILS if (value := text(entry.get(name)).strip())}
    if entry.get("is_starred") in (1, True):
        details["starred"] = "yes"
    state = State.ARCHIVED if entry.get("is_archived") in (1, True) else None
    tags = entry.get("tags")
    about = About(named(map(_tag, tags if isinstance(tags, list) else ())), details=details, state=state)
    if not body.text.strip():
        return stub(known, passages, about, colours=False)
    marks = tuple(
        Mark(one.quote, note=one.note, created=one.created, author=one.author) for one in passages if one.quote
    )
    return Draft(body, known, details=details, themes=about.themes, marks=marks, state=state,
                 part=known.title or address)  # fmt: skip


def _passage(annotation: Mapping[str, Any]) -> Passage:
    return Passage(
        text(annotation.get("quote")).strip(),
        text(annotation.get("text")).strip(),
        created=moment(annotation.get("created_at")),
        author=text(annotation.get("user")),
        known_as=text(annotation.get("id")),
    )


def _tag(tag: Any) -> str:
    return text(tag.get("label")) if isinstance(tag, dict) else text(tag)


def _sniffed(data: bytes) -> bool:
    return mentions(data, "is_archived", "url") and (mentions(data, "content") or mentions(data, "domain_name"))


IMPORTER: Final = Importer("wallabag", "wallabag entries", (".json",), read, _sniffed)
