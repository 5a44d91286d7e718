"""Sources of a REFI-QDA project of this program's own, as they left the library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.drafts import Draft, Mark
from app.importers._moments import moment
from app.importers._refi import children, own_id, position
from app.importers._refi_project import PASSAGES, STATE, Project
from app.importers._xml import local
from app.model import Metadata, Origin, Published, State
from app.text.anchors import describe
from app.text.body import IMAGE, Body, Piece

if TYPE_CHECKING:
    from lxml import etree

_UNTITLED: Final = "Untitled"


def own_draft(project: Project, source: etree._Element) -> Draft | None:
    """Return a source to the letter; ``None`` when it is another program's, or its text is not the one it was."""
    text = project.text(source) if project.is_own and local(source) == "TextSource" else None
    if text is None:
        return None
    body = Body.of(map(_piece, text.split("\n"))) if text else Body()
    marks = tuple(_marks(project, source, body))
    selections = children(source, "PlainTextSelection")
    names = [one.get("name") for one in selections for _author in project.codings_of(one)]
    if body.text != text or [mark.quote for mark in marks] != names:
        return None
    values, layers = project.values_of(source), project.layers_of(source)
    state, passages = values.pop(STATE, ""), values.pop(PASSAGES, "")
    known = _metadata(source.get("name") or "", {field: values.pop(name, "") for name, field in project.fields.items()})
    return Draft(
        body,
        known,
        attributes={project.attribute(name): value for name, value in values.items()},
        themes=layers.pop(""),
        note=project.note_of(source),
        marks=marks,
        part=source.get("name") or "",
        state=State(state) if state in set(State) else None,
        id=own_id(source.get("guid")),
        added=moment(source.get("creationDateTime")),
        modified=moment(source.get("modifiedDateTime")),
        layers=layers,
        stub=passages == "yes",
    )


def _piece(line: str) -> Piece:
    return Piece("", "image", {"alt": "", "source": ""}) if line == IMAGE else Piece(line)


def _marks(project: Project, source: etree._Element, body: Body) -> Iterator[Mark]:
    """Yield the selections that have a place in the text, one that several coded once for each of them."""
    for one in children(source, "PlainTextSelection"):
        start, end = position(one.get("startPosition")), position(one.get("endPosition"))
        if 0 <= start < end <= len(body.text):
            there = describe(body.text, start, end)
            note, uid = project.note_of(one), own_id(one.get("guid"))
            for author, themes in project.codings_of(one).items():
                yield Mark(
                    there.quote,
                    there.start,
                    there.end,
                    there.prefix,
                    there.suffix,
                    themes=themes,
                    note=note,
                    created=moment(one.get("creationDateTime")),
                    author=author,
                    modified=moment(one.get("modifiedDateTime")),
                    id=uid,
                )
                note = uid = ""


def _metadata(name: str, fields: dict[str, str]) -> Metadata:
    """Return what is known of a source, all of it stated: where it came from is not told."""
    try:
        published = Published.parse(fields.pop("published"))
    except ValueError:
        published = None
    texts = {"title": "" if name == _UNTITLED else name, **fields}
    known = {field: value for field, value in texts.items() if value}
    origins = dict.fromkeys((*known, *(("published",) if published else ())), Origin.STATED)
    return Metadata(**known, published=published, origins=origins)
