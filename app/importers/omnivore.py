"""Omnivore: the archive it exported, with pages, labels and highlights. Highlights say no more than their words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from app.cleaning.language import guess
from app.drafts import Draft, Mark
from app.errors import AppError, ImportFailed
from app.importers._archives import Archive, listed, opened
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_page, decode_text
from app.importers._html import read_text
from app.importers._json_file import nothing, text
from app.importers._metadata import stated
from app.importers._moments import day, moment
from app.importers._parts import read_part
from app.importers._stubs import About, Passage, joined, named, stub
from app.model import Metadata, State
from app.text.body import Body

_LIST: Final = re.compile(r"(?:.*/)?metadata_\d+_to_\d+\.json$")
_LABELS: Final = re.compile(r"#\S.*$")
_DIVIDE: Final = "Make several archives of it, each with all its lists (metadata) and some of its pages and highlights."
_ARCHIVED: Final = "archived"  # the services that wrote this spell it in several ways
_OWN: Final = frozenset(("title", "author", "url", "state", "labels", "savedAt", "publishedAt", "slug"))


def read(file: File) -> Parts:
    """Read all articles; one whose page is missing, or cannot be read, waits for it."""
    found: list[Draft | Unread] = []
    with opened(file.data, _DIVIDE) as archive:
        for about in _items(archive):
            slug = text(about.get("slug"))
            try:
                found += _read(file, archive, about, slug)
            except AppError as error:
                found.append(Unread(slug, error))
    if not found:
        raise nothing(file)
    return found


def _items(archive: Archive) -> Iterator[Mapping[str, Any]]:
    for name in sorted(filter(_LIST.match, archive.names)):
        try:
            items = json.loads(archive.read(name).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise ImportFailed("{name} is damaged.", "Download the archive again.", name=name) from error
        yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def _read(file: File, archive: Archive, about: Mapping[str, Any], slug: str) -> Iterator[Draft | Unread]:
    page, paper, marked = f"content/{slug}.html", f"content/{slug}.pdf", f"highlights/{slug}.md"
    passages = list(highlights(decode_text(archive.read(marked), marked))) if marked in archive else []
    known, body = _metadata(about), Body()
    if page in archive:
        markup = decode_page(archive.read(page), page)
        quoted = (one.quote for one in passages)
        body = Body.of(read_text(markup, known.address or "", known.title or "", quoted))
    elif paper in archive:
        for one in read_part(file, paper, archive.read(paper)):
            if isinstance(one, Draft):
                body = one.body
            elif isinstance(one, Unread):
                yield one
    yield _draft(about, body, passages, slug)


def _draft(about: Mapping[str, Any], body: Body, passages: Sequence[Passage], slug: str) -> Draft:
    """Return an article with its text or, where that is missing, its stub."""
    known, said = _metadata(about, guess(body.text)), _about(about)
    if not body.text.strip():
        return stub(known, passages, said, colours=False)
    marks = tuple(Mark(one.quote, themes=one.themes, note=one.note) for one in passages if one.quote)
    note = joined(one.note for one in passages if not one.quote)
    return Draft(body, known, details=said.details, themes=said.themes, note=note, marks=marks,
                 part=slug, state=said.state)  # fmt: skip


def _metadata(about: Mapping[str, Any], spoken: str | None = None) -> Metadata:
    return stated(
        title=about.get("title"),
        byline=about.get("author"),
        outlet=about.get("siteName"),
        address=about.get("url"),
        published=about.get("publishedAt"),
        accessed=day(moment(about.get("savedAt"))),
        derived={"language": spoken or ""},
    )


def _about(about: Mapping[str, Any]) -> About:
    labels = about.get("labels")
    names = [label.get("name") if isinstance(label, dict) else label for label in labels or ()]
    details = {
        name: value.strip()
        for name, held in about.items()
        if name not in _OWN and (value := text(held) if not isinstance(held, bool) else "").strip()
    }
    state = State.ARCHIVED if text(about.get("state")).casefold() == _ARCHIVED else None
    return About(named(names), details=details, state=state)


def highlights(markdown: str) -> Iterator[Passage]:
    """Yield the highlights of an article: a quotation, its labels on a line, a note, in this order.

    Only the first line of a quotation and its empty ones begin with a sign; an empty line without one ends it. What
    stands before the first is a note on the article: a passage without words.
    """
    quote: list[str] = []
    labels: list[str] = []
    note: list[str] = []
    for line in markdown.replace("\r\n", "\n").split("\n"):
        is_marked = line.startswith(">")
        if is_marked and (note or labels):
            yield _highlight(quote, labels, note)
            quote, labels, note = [], [], []
        if is_marked or (quote and not note and not labels and line.strip()):
            quote.append(line.removeprefix("> ") if line != ">" else "")
        elif quote and not labels and not "".join(note).strip() and _LABELS.match(line):
            labels = [part.strip() for part in re.split(r"(?:^|\s)#", line) if part.strip()]
        else:
            note.append(line)
    if quote or "".join(note).strip():
        yield _highlight(quote, labels, note)


def _highlight(quote: list[str], labels: list[str], note: list[str]) -> Passage:
    return Passage("\n".join(line.rstrip() for line in quote).strip(), "\n".join(note).strip(), named(labels))


def _sniffed(data: bytes) -> bool:
    return any(map(_LIST.match, listed(data)))


IMPORTER: Final = Importer("omnivore", "Omnivore archive", (".zip",), read, _sniffed)
