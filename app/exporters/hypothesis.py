"""Hypothesis: annotations as its client exports them and reads them again.

The client counts positions in UTF-16 code units, as JavaScript does, so ``TextPositionSelector`` does too; it looks for
the words of ``TextQuoteSelector`` when nothing fitting stands there. What only this program knows stands beside, under
the word ``commonplace``, which the client passes over: the span in code points, which article and themes are meant, by
their ids, and what the themes are.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from app.exporters._base import PROGRAMS, Export, Exporter, File
from app.exporters._values import (
    chosen,
    colour_of,
    counted,
    encoded,
    has_marks,
    in_order,
    is_marked,
    path_text,
    rounds_behind,
    rules_behind,
    themes_by_id,
    timestamp,
    urn,
)
from app.model import Article, Bundle, BundledArticle, Highlight, Status, Theme
from app.options import OptionValue
from app.wording import Message

Node = dict[str, Any]

VERSION: Final = 1
READER: Final = "acct:reader@commonplace.invalid"
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9._]+")
_LONGEST_NAME: Final = 30


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write an annotation for each highlight, and one for what is said of a whole article."""
    texts = sum(bool(item.makeup.letters) for item in bundle.articles)
    bare = sum(not is_marked(item) for item in bundle.articles)
    homeless = sum(not item.article.metadata.address and is_marked(item) for item in bundle.articles)
    left: tuple[Message, ...] = (
        *counted(texts, "The full text of one article: annotations hold their passages only.",
                 "The full texts of {count} articles: annotations hold their passages only."),
        *counted(bare, "One article without highlights, themes or note.",
                 "{count} articles without highlights, themes or note."),
        *counted(homeless, "The page of one article that has no address: Hypothesis cannot show what is marked in it.",
                 "The pages of {count} articles that have no address: Hypothesis cannot show what is marked in them."),
        *counted(len(bundle.collections), "One collection.", "{count} collections."),
        *counted(len(bundle.attributes), "One field of your own.", "{count} fields of your own."),
        *counted(bool(bundle.note.strip()), "The note on all of it.", ""),
        *rules_behind(bundle),
        *rounds_behind(bundle),
    )  # fmt: skip
    return Export((File("", encoded(part)) for part in _parts(bundle)), left, len(bundle.articles) + 2)


def _parts(bundle: Bundle) -> Iterator[str]:
    head = {
        "export_date": timestamp(bundle.made) or timestamp(1),
        "export_userid": READER,
        "client_version": f"commonplace-{VERSION}",
    }
    yield f'{_json(head)[:-1]},\n"annotations":['
    themes = themes_by_id(bundle)
    between = "\n"
    for item in in_order(bundle):
        lines = ",\n".join(map(_json, _annotations(item, themes, bundle.private)))
        if lines:
            yield between + lines
            between = ",\n"
    described = {"title": bundle.title, "themes": [_theme(one, bundle.private) for one in bundle.themes]}
    yield f'\n],\n"commonplace":{_json(described)}}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _theme(theme: Theme, private: frozenset[str]) -> Node:
    return {
        "id": theme.id,
        "path": list(theme.path),
        "colour": colour_of(theme),
        "digit": theme.digit,
        "definition": theme.definition,
        "note": theme.note,
        "private": theme.id in private,
    }


def _annotations(item: BundledArticle, themes: Mapping[str, Theme], private: frozenset[str]) -> Iterator[Node]:
    """Yield what its reader and other coders say of the article as a whole, without selectors, then its highlights."""
    article = item.article
    if has_marks(article):
        yield _page(article, "", article.note, article.themes, themes, private=article.id in private)
    for author, ids in item.layers.items():
        yield _page(article, author, "", ids, themes, private=False)
    units = _Units(item.content.body.text)
    for one in item.highlights:
        node = _annotation(article, one.id, one.created, one.modified)
        own = {
            "article": article.id,
            "start": one.start,
            "end": one.end,
            "status": one.status.value,
            "themes": list(one.themes),
            "private": one.id in private,
        }
        yield {
            **node,
            **_user(one.author),
            **_said(one.note, one.themes, themes),
            "target": [{"source": node["uri"], "selector": list(_selectors(one, units))}],
            "commonplace": own,
        }


def _page(
    article: Article, author: str, note: str, ids: tuple[str, ...], themes: Mapping[str, Theme], *, private: bool
) -> Node:
    part = f"annotation of {author}" if author else "annotation"
    page = _annotation(article, UUID(urn(article.id, part)).hex, article.added, article.modified)
    return {
        **page,
        **_user(author),
        **_said(note, ids, themes),
        "target": [{"source": page["uri"]}],
        "commonplace": {"article": article.id, "themes": list(ids), "private": private},
    }


def _annotation(article: Article, uid: str, created: int, modified: int) -> Node:
    """Return what every annotation has; one without a time was made when the counting of time began."""
    known = article.metadata
    return {
        "id": uid,
        "created": timestamp(created) or timestamp(1),
        "updated": timestamp(modified) or timestamp(created) or timestamp(1),
        **_user(""),
        "uri": known.address or urn(article.id),
        "group": "__world__",
        "hidden": False,
        "document": {"title": [known.title] if known.title else []},
        "links": {},
        "references": [],
    }


def _user(author: str) -> Node:
    """Return whose it is, and that nobody else may read it until its reader says so."""
    name = _NO_NAME.sub("_", author).strip("_")[:_LONGEST_NAME] or "coder"
    user = f"acct:{name}@commonplace.invalid" if author else READER
    return {
        "user": user,
        "user_info": {"display_name": author or None},
        "permissions": {"read": [user], "admin": [user], "update": [user], "delete": [user]},
    }


def _said(note: str, ids: tuple[str, ...], themes: Mapping[str, Theme]) -> Node:
    return {"text": note, "tags": [path_text(theme) for theme in chosen(ids, themes)]}


def _selectors(highlight: Highlight, units: _Units) -> Iterator[Node]:
    if highlight.status is Status.ANCHORED:
        start, end = units.before(highlight.start), units.before(highlight.end)
        yield {"type": "TextPositionSelector", "start": start, "end": end}
    quoted = {"exact": highlight.quote, "prefix": highlight.prefix, "suffix": highlight.suffix}
    yield {"type": "TextQuoteSelector", **quoted}


class _Units:
    """Tells how many UTF-16 code units stand before a place of one text."""

    def __init__(self, text: str) -> None:
        self._large = [place for place, letter in enumerate(text) if letter > "\uffff"] if not text.isascii() else []

    def before(self, place: int) -> int:
        """Return the units before so many code points."""
        return place + bisect_left(self._large, place)


EXPORTER: Final = Exporter(
    key="hypothesis",
    name="Hypothesis annotations (JSON)",
    suffix=".json",
    group=PROGRAMS,
    good_for="Annotations as Hypothesis keeps them.",
    write=write,
    comes_back=True,
)
