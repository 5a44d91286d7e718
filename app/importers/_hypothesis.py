"""Annotations of Hypothesis, from its JSON or what its client lists for people, as articles with passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.drafts import Draft
from app.importers._metadata import stated, web_address
from app.importers._moments import moment
from app.importers._stubs import About, Passage, joined, named, stub


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation: on a passage, on a whole page (no quote), or an answer to others (``answers``: their ids)."""

    id: str
    address: str
    title: str
    passage: Passage
    answers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    title: str = ""
    passages: dict[str, Passage] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def drafts(annotations: Iterable[Annotation]) -> list[Draft]:
    """Return a stub for each page. An answer goes below the note that it answers, under its author's name."""
    pages: dict[str, _Page] = {}
    found = list(annotations)
    answered: dict[str, list[str]] = {}
    ids = {one.id for one in found}
    for one in found:
        first = next((uid for uid in one.answers if uid in ids), "")
        if first:
            answered.setdefault(first, []).append(_said(one.passage))
    for number, one in enumerate(found):
        page = pages.setdefault(one.address, _Page())
        page.title = page.title or one.title
        if any(uid in ids for uid in one.answers):
            continue
        note = joined((one.passage.note, *answered.get(one.id, ())))
        if one.passage.quote:
            page.passages[one.id or str(number)] = replace(one.passage, note=note, known_as=one.id)
        else:
            page.themes += one.passage.themes
            page.notes.append(note)
    return [
        stub(
            stated(title=page.title, address=address),
            page.passages.values(),
            About(
                tuple(dict.fromkeys(page.themes)),
                joined(page.notes),
                {"uri": address} if address and not web_address(address) else {},
            ),
            colours=False,
        )
        for address, page in pages.items()
    ]


def listed(lists: Iterable[Mapping[str, str]], address: str, title: str) -> list[Draft]:
    """Return the stub of a document whose annotations the client lists for people, by the names of what each says.

    Such a list does not tell answers from notes on the page: where several people wrote, each of these has its name.
    """
    found = list(lists)
    several = len({name for values in found if (name := values.get("Author", "").strip())}) > 1
    return drafts(Annotation("", address, title, _listed_one(values, several)) for values in found)


def _listed_one(values: Mapping[str, str], several: bool) -> Passage:
    quote = (values.get("Quote") or values.get("Description") or "").strip()
    note, author, page = (values.get(name, "").strip() for name in ("Comment", "Author", "Page"))
    return Passage(
        quote,
        f"{author}: {note}" if several and note and author and not quote else note,
        named(values.get("Tags", "").split(",")),
        moment(values.get("Created at")),
        author,
        place=f"p. {page}" if page else "",
    )


def _said(answer: Passage) -> str:
    return f"{answer.author}: {answer.note}" if answer.author else answer.note
