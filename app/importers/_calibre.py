"""Highlights as calibre's viewer keeps them, in its own files and inside an EPUB."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.drafts import Draft, Mark
from app.importers._json_file import text
from app.importers._moments import moment
from app.importers._stubs import Passage, details_of

INSIDE: Final = "META-INF/calibre_bookmarks.txt"
"""Where an EPUB has them."""

HEADER: Final = b"encoding=json+base64:"
"""How that file begins."""


def live(annotations: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the highlights that were not removed; of several with one id the newest counts."""
    newest: dict[str, Mapping[str, Any]] = {}
    for number, one in enumerate(annotations):
        if one.get("type", "highlight") != "highlight":
            continue
        key = text(one.get("uuid")) or str(number)
        before = newest.get(key)
        if before is None or moment(one.get("timestamp")) >= moment(before.get("timestamp")):
            newest[key] = one
    kept = [one for one in newest.values() if not one.get("removed")]
    return sorted(kept, key=lambda one: one["spine_index"] if isinstance(one.get("spine_index"), int) else 0)


def passage(one: Mapping[str, Any]) -> Passage:
    """Return a highlight as a passage; its chapter is where it stands, its style its colour."""
    style = one.get("style")
    which = style.get("friendly_name") or style.get("which") if isinstance(style, dict) else ""
    titles = one.get("toc_family_titles")
    return Passage(
        text(one.get("highlighted_text")).strip(),
        text(one.get("notes")).strip(),
        created=moment(one.get("timestamp")),
        colour=text(which),
        place=" > ".join(map(text, titles)) if isinstance(titles, list) else "",
        known_as=text(one.get("uuid")),
    )


def inside(data: bytes) -> list[Mapping[str, Any]]:
    """Return what the file of bookmarks inside an EPUB holds; nothing when it is damaged."""
    if not data.startswith(HEADER):
        return []
    try:
        found = json.loads(base64.b64decode(b"".join(data[len(HEADER) :].split())))
    except (binascii.Error, ValueError, RecursionError):
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def marked(draft: Draft, annotations: Sequence[Mapping[str, Any]], *, alone: bool, colours: bool) -> Draft:
    """Return an article of a book with the highlights on it: all, or those whose words it holds where it is not alone.

    They say where in the file they stand, not where in the text: they are looked for by their words. With ``colours``
    their colours become themes; these and their chapters are details otherwise.
    """
    text_of_it = " ".join(draft.body.text.split())
    passages = map(passage, live(annotations))
    found = [one for one in passages if one.quote and (alone or " ".join(one.quote.split()) in text_of_it)]
    marks = (
        Mark(one.quote, themes=(one.colour,) if colours and one.colour else (), note=one.note, created=one.created)
        for one in found
    )
    details = {**draft.details, **details_of(found, colours=colours)}
    return replace(draft, marks=(*draft.marks, *marks), details=details)
