"""Sources of a REFI-QDA project of this program's own, as they left the library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.drafts import AttributeDraft, CollectionDraft, Draft, Framework, Mark
from app.importers._moments import moment
from app.importers._refi import child, children, exact, own_id, position, target
from app.importers._refi_project import PASSAGES, STATE, Project
from app.importers._refi_variables import KINDS
from app.importers._xml import local
from app.model import Metadata, Origin, Published, State
from app.text.anchors import describe
from app.text.body import IMAGE, Body, Piece

if TYPE_CHECKING:
    from lxml import etree

_UNTITLED: Final = "Untitled"
_FIELDS: Final = {
    "Byline": "byline", "Outlet": "outlet", "Section": "section", "Address": "address", "Published": "published",
    "Accessed": "accessed", "Language": "language",
}  # fmt: skip
_OURS: Final = (*_FIELDS, STATE, PASSAGES)
_APART: Final = " (attribute)"  # behind the name of a field of the reader's own that would be taken for one of those


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
    known = _metadata(source.get("name") or "", {field: values.pop(name, "") for name, field in _FIELDS.items()})
    return Draft(
        body,
        known,
        attributes={_attribute(name): value for name, value in values.items()},
        themes=layers.pop(""),
        note=project.notes.on(source),
        marks=marks,
        part=source.get("name") or "",
        state=State(state) if state in set(State) else None,
        id=own_id(source.get("guid")),
        added=moment(source.get("creationDateTime")),
        modified=moment(source.get("modifiedDateTime")),
        private=project.aside.is_private(own_id(source.get("guid"))),
        layers=layers,
        stub=passages == "yes",
    )


def own_framework(project: Project) -> Framework:
    """Return the fields, collections and note of a project of this program's own."""
    attributes = tuple(
        project.aside.field(AttributeDraft(
            _attribute(name), KINDS.get(one.get("typeOfVariable") or "", "text"),
            definition=exact(child(one, "Description")), id=own_id(one.get("guid"))))
        for one in project.variables.all
        if (name := " ".join((one.get("name") or "").split())) and name not in _OURS
    )  # fmt: skip
    collections = tuple(
        project.aside.collection(CollectionDraft(
            one.get("name") or "", note=exact(child(one, "Description")), id=own_id(one.get("guid")),
            sequence=tuple(own_id(target(member)) for member in children(one, "MemberSource"))))
        for one in children(child(project.root, "Sets"), "Set")
    )  # fmt: skip
    return Framework(
        exact(child(project.root, "Description")), attributes, collections, private=project.aside.is_private("")
    )


def _attribute(variable: str) -> str:
    """Return the field of the reader's own that a variable of an own project is."""
    name = variable.removesuffix(_APART)
    return name if name.casefold() in {one.casefold() for one in _OURS} else variable


def _piece(line: str) -> Piece:
    return Piece("", "image", {"alt": "", "source": ""}) if line == IMAGE else Piece(line)


def _marks(project: Project, source: etree._Element, body: Body) -> Iterator[Mark]:
    """Yield the selections that have a place in the text, one that several coded once for each of them."""
    for one in children(source, "PlainTextSelection"):
        start, end = position(one.get("startPosition")), position(one.get("endPosition"))
        if 0 <= start < end <= len(body.text):
            there = describe(body.text, start, end)
            note, uid = project.notes.on(one), own_id(one.get("guid"))
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
                    private=bool(uid) and project.aside.is_private(uid),
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
