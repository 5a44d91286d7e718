"""Where the texts of a source of a REFI-QDA project lie, and where what is selected in them stands."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import ImportFailed
from app.importers._carrying import letters
from app.importers._refi import child, children, guid, position
from app.importers._word_text import is_docx
from app.importers._xml import local, words
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree

    from app.drafts import Draft
    from app.importers._refi_project import Project

_INSIDE: Final = {"PDFSource": "Representation", "PictureSource": "TextDescription"}
_RECORDINGS: Final = ("AudioSource", "VideoSource")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text lies: the element that holds it, if there is one, and what an article of it is called."""

    held: etree._Element | None
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is in its file, and the document that it was read from or that says the same, if there is one.

    ``is_sure`` says that positions are about this very text, and not about what another program made of a document.
    """

    raw: str
    document: Draft | None = None
    is_sure: bool = True


def places(source: etree._Element) -> list[Place]:
    """Return where the texts of a source lie: a recording may have several transcripts, each other one at most one."""
    kind, name = local(source), source.get("name") or ""
    if kind in _RECORDINGS:
        transcripts = children(source, "Transcript")
        if len(transcripts) > 1:
            return [
                Place(one, ": ".join(filter(None, (name, one.get("name") or str(number)))))
                for number, one in enumerate(transcripts, 1)
            ]
        return [Place(transcripts[0] if transcripts else None, name)]
    return [Place(child(source, _INSIDE[kind]) if kind in _INSIDE else source, name)]


def text_at(project: Project, source: etree._Element, place: Place) -> Text:
    """Return the text that lies at a place; raises ``ImportFailed`` when there is none."""
    held = place.held
    raw = project.text(held) if held is not None else None
    path = held.get("richTextPath") if held is not None else None
    if raw is not None:
        shape = None
        with contextlib.suppress(ImportFailed):  # it only lends its structure
            shape = project.document(path)
        return Text(raw, shape)
    path = path or (source.get("path") if local(source) == "PDFSource" else None)
    shape = project.document(path)
    if shape is not None:
        return Text(_counted(shape, project.file(path)), shape, is_sure=False)
    if local(source) == "Note" and (about := words(child(source, "Description"))):
        return Text(about)
    kind, name = local(source).removesuffix("Source"), place.name
    raise ImportFailed("{kind} “{name}” brings no text.", "Import its own file.", kind=kind, name=name)


def _counted(document: Draft, data: bytes | None) -> str:
    """Return the text of a document with the empty lines that others count: an article has none."""
    text = document.body.text
    lines: str = load("app.importers._word_text").lines(data) if data and is_docx(data) else ""
    return lines if letters(lines) == letters(text) else text


def selected(held: etree._Element) -> list[tuple[etree._Element, int, int]]:
    """Return what is selected in a text, from where to where; -1: it does not say.

    In a transcript the ends are points of time, which say where in the text they are.
    """
    points = {guid(one.get("guid")): position(one.get("position")) for one in children(held, "SyncPoint")}
    found = [
        (one, position(one.get("startPosition")), position(one.get("endPosition")))
        for one in children(held, "PlainTextSelection")
    ]
    found += [
        (one, points.get(guid(one.get("fromSyncPoint")), -1), points.get(guid(one.get("toSyncPoint")), -1))
        for one in children(held, "TranscriptSelection")
    ]
    return found
