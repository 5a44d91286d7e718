"""What the first blocks of an article say that was split off a document: its title, who wrote it, of which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.cleaning.date_lines import is_date_line
from app.cleaning.language import guess
from app.cleaning.phrases import lexicon
from app.drafts import Draft
from app.importers._documents import may_head
from app.importers._split_text import labelled, stated
from app.loading import load
from app.model import Details, Metadata, Origin
from app.text.body import Body, Piece

_HEAD: Final = 8
_TITLE: Final = 3  # the title is among so many blocks
_NUMBERED: Final = re.compile(r"\W*(?:\w+\W+)?\d+(?:\W+\w+\W+\d+)?\W*")
# What is said of a document holds for each of its articles. Its address does not: that is the address of them all.
_OF_ALL: Final = ("outlet", "accessed")


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an article; the numbers of the blocks that say it, and of those that only number it."""

    metadata: Metadata
    details: Details = field(default_factory=dict)
    taken: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()


def foreword(document: Metadata) -> Metadata:
    """Return what is known of the beginning of a document: all that is known of the document, but where it stands."""
    origins = {name: origin for name, origin in document.origins.items() if name != "address"}
    return replace(document, address=None, origins=origins)


def read_foreword(pieces: Sequence[Piece], document: Metadata) -> Head:
    """Read what the first blocks of a document say below the line that showed its title, which is not among them.

    The first of several articles may be all that there is of it: its title was taken for that of the document.
    """
    if document.title and document.origins.get("title") is Origin.STATED:
        head = read_head((Piece(document.title, "heading", {"level": 1}), *pieces), document)
        if head.metadata.title == document.title:
            return replace(opening(head, document), taken=_below(head.taken), aside=_below(head.aside))
    return Head(foreword(document))


def _below(numbers: frozenset[int]) -> frozenset[int]:
    return frozenset(number - 1 for number in numbers if number)


def opening(head: Head, document: Metadata) -> Head:
    """Return what is known of the first article of a document, whose title was taken for that of the document."""
    known, said = foreword(document), head.metadata
    names = [name for name in ("byline", "published") if not getattr(known, name) and getattr(said, name)]
    origins = {**known.origins, **{name: said.origins[name] for name in names}}
    return replace(head, metadata=replace(known, **{name: getattr(said, name) for name in names}, origins=origins))


def read_head(pieces: Sequence[Piece], document: Metadata) -> Head:
    """Read what the blocks of an article say of it."""
    language = _language(pieces, document)
    labels, end = labelled([piece.text for piece in pieces])
    if labels:
        told = stated(Draft(Body()), labels)
        return Head(_joined(told.metadata, document, language), told.details, frozenset(range(end)))
    title = _title(pieces, language[0])
    said = _said(pieces[:_HEAD], title)
    shown = {line for value in said.details.values() for line in ((value,) if isinstance(value, str) else value)}
    if said.metadata.title and said.metadata.origins["title"] is Origin.STATED:
        shown.add(said.metadata.title)
    taken = frozenset(number for number, piece in enumerate(pieces[:_HEAD]) if piece.text in shown)
    aside = frozenset((0,)) if title and _NUMBERED.fullmatch(pieces[0].text) else frozenset[int]()
    return Head(_joined(said.metadata, document, language), said.details, taken, aside - taken)


def _title(pieces: Sequence[Piece], language: str | None) -> int | None:
    """Return the number of the block that is the title: a heading, or a short line that is no number and no date."""
    known, found = lexicon(language), None
    for number, piece in enumerate(pieces[:_TITLE]):
        numbers = _NUMBERED.fullmatch(piece.text) is not None
        if piece.kind == "heading" and not numbers:
            return number
        if number + 1 == len(pieces) or not (piece.kind == "heading" or may_head(piece)):
            break
        if found is None and not numbers and not is_date_line(piece.text, known):
            found = number
    return 0 if found is None and pieces[0].kind == "heading" else found


def _said(pieces: Sequence[Piece], title: int | None) -> Draft:
    """Read the first blocks of an article as those of a page that holds nothing else."""
    part, statements = load("app.text.html_reader").Part, load("app.cleaning.statements").Statements
    parts = [
        part(replace(piece, kind="heading", attributes={"level": 1}) if number == title else piece)
        for number, piece in enumerate(pieces)
    ]
    draft: Draft = load("app.cleaning.web").read_page(parts, statements(), lambda _thorough: "", whole=True)
    return draft


def _language(pieces: Sequence[Piece], document: Metadata) -> tuple[str | None, Origin]:
    if document.language and document.origins.get("language") is Origin.STATED:
        return document.language, Origin.STATED
    return guess("\n".join(piece.text for piece in pieces)) or document.language, Origin.DERIVED


def _joined(told: Metadata, document: Metadata, language: tuple[str | None, Origin]) -> Metadata:
    """Return what an article says of itself, with what its document says of all of them."""
    origins = dict(told.origins)
    for name in _OF_ALL:
        if not getattr(told, name) and getattr(document, name):
            told = replace(told, **{name: getattr(document, name)})
            origins[name] = document.origins.get(name, Origin.DERIVED)
    if origins.get("language") is not Origin.STATED:
        told = replace(told, language=language[0])
        origins["language"] = language[1]
    return replace(told, origins={name: origin for name, origin in origins.items() if getattr(told, name)})
