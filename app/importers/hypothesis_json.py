"""Hypothesis: the JSON that its client exports, with the words round each passage; this program's own comes back whole.

The client's positions are UTF-16 code units of a page as its browser shows it, and say nothing of an article's text;
what this program wrote beside, under the word ``commonplace``, has them in code points.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.drafts import Codebook, Draft
from app.importers._base import File, Importer, Parts
from app.importers._hypothesis import Annotation, drafts
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._own_values import own_id, own_themes
from app.importers._stubs import About, Passage, named, stub

Node = Mapping[str, Any]


@dataclass(slots=True)
class _Page:
    """What this program's own annotations say of one article."""

    address: str = ""
    title: str = ""
    note: str = ""
    private: bool = False
    themes: tuple[str, ...] = ()
    layers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)


def read(file: File) -> Parts:
    """Read the annotations, grouped by page; raises ``ImportFailed`` when there are none."""
    data = loaded(file)
    themes = own_themes(data.get("commonplace") if isinstance(data, dict) else None)
    described = {theme.id for theme in themes}
    pages: dict[str, _Page] = {}
    others: list[Annotation] = []
    for value in objects(data, "annotations", "rows"):
        own = value.get("commonplace")
        if isinstance(own, dict) and own_id(own.get("article")):
            _put(pages.setdefault(own["article"], _Page()), value, own, described)
        else:
            others.append(_annotation(value))
    found: list[Draft | Codebook] = [Codebook(themes)] if themes else []
    found += [_draft(uid, page) for uid, page in pages.items()]
    found += drafts(others)
    if not found:
        raise nothing(file)
    return found


def _put(page: _Page, value: Node, own: Node, described: Collection[str]) -> None:
    """Put one of this program's own annotations to its article, to the letter."""
    page.address = page.address or text(value.get("uri"))
    page.title = page.title or _title(value)
    ids = own.get("themes")
    known = tuple(uid for uid in map(text, ids) if uid in described) if isinstance(ids, list) else ()
    quote = _selectors(value).get("TextQuoteSelector")
    private = own.get("private") is True
    about = value.get("user_info")
    author = text(about.get("display_name")) if isinstance(about, dict) else ""
    if quote is None and author:
        page.layers[author] = known
        return
    if quote is None:
        page.note, page.themes, page.private = text(value.get("text")), known, private
        return
    start = own.get("start")
    page.passages.append(
        Passage(
            text(quote.get("exact")),
            text(value.get("text")),
            known,
            moment(value.get("created")),
            author,
            prefix=text(quote.get("prefix")),
            suffix=text(quote.get("suffix")),
            id=own_id(value.get("id")),
            at=start if isinstance(start, int) else -1,
            modified=moment(value.get("updated")),
            private=private,
            orphan=own.get("status") == "orphan",
        )
    )


def _draft(uid: str, page: _Page) -> Draft:
    made = stub(
        stated(title=page.title, address=page.address), page.passages, About(page.themes, id=uid), colours=False
    )
    return replace(made, note=page.note, private=page.private, layers=page.layers)


def _annotation(value: Node) -> Annotation:
    quote = _selectors(value).get("TextQuoteSelector", {})
    tags = value.get("tags")
    passage = Passage(
        text(quote.get("exact")).strip(),
        text(value.get("text")),
        named(tags if isinstance(tags, list) else ()),
        moment(value.get("created")),
        _name(text(value.get("user")), value.get("user_info")),
        prefix=text(quote.get("prefix")),
        suffix=text(quote.get("suffix")),
    )
    references = value.get("references")
    return Annotation(
        text(value.get("id")),
        text(value.get("uri")),
        _title(value),
        passage,
        tuple(map(text, references)) if isinstance(references, list) else (),
    )


def _selectors(value: Node) -> dict[str, dict[str, Any]]:
    return {
        selector["type"]: selector
        for target in objects(value, "target")
        for selector in objects(target, "selector")
        if isinstance(selector.get("type"), str)
    }


def _title(value: Node) -> str:
    document = value.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    return text(titles[0]) if isinstance(titles, list) and titles else text(titles)


def _name(user: str, about: Any) -> str:
    """Return the name that people see, otherwise ``ada`` of ``acct:ada@hypothes.is``."""
    shown = text(about.get("display_name")) if isinstance(about, dict) else ""
    return shown or user.removeprefix("acct:").partition("@")[0]


def _sniffed(data: bytes) -> bool:
    return mentions(data, "annotations", "client_version") or (
        mentions(data, "uri", "target", "user") and b"TextQuoteSelector" in data[: 1 << 20]
    )


IMPORTER: Final = Importer("hypothesis", "Hypothesis annotations (JSON)", (".json",), read, _sniffed)
