"""REFI-QDA projects (``.qdpx``): sources with their codings, as ATLAS.ti, MAXQDA, NVivo and QualCoder exchange them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from app.drafts import Codebook, Draft, Framework, Mark
from app.errors import AppError, ImportFailed
from app.importers._archives import listed, opened
from app.importers._base import File, Importer, Parts, Unread
from app.importers._carrying import carried, letters
from app.importers._moments import moment
from app.importers._parts import read_part
from app.importers._refi import child, children, guid, position
from app.importers._refi_own import own_draft
from app.importers._refi_project import PASSAGES, STATE, Project, sources
from app.importers._stubs import joined
from app.importers._variables import described
from app.importers._xml import local, parse_xml
from app.loading import load
from app.model import State
from app.text.body import Body, Piece
from app.text.ranges import Span

if TYPE_CHECKING:
    from lxml import etree

_SELECTIONS: Final = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")


def read(file: File) -> Parts:
    """Read the sources that have text, and the codes; raises ``ImportFailed`` when there are neither."""
    with opened(file.data, whole=False) as archive:
        names = sorted((name for name in archive.names if name.lower().endswith(".qde")), key=len)
        if not names:
            raise ImportFailed("{name} holds no project.", "Export it again as a REFI-QDA project.", name=file.name)
        project = Project(parse_xml(archive.read(names[0]).lstrip(), names[0]), archive)
        found: list[Draft | Unread | Codebook | Framework] = [Codebook(project.themes)] if project.themes else []
        if framework := project.framework():
            found.append(framework)
        for source in sources(project.root):
            try:
                found.append(_draft(file, project, source))
            except AppError as error:
                passed = local(source) not in ("TextSource", "PDFSource")
                found.append(Unread(source.get("name") or local(source), error, passed))
    if not found:
        raise ImportFailed("{name} is a project without sources and codes.", "Export it again.", name=file.name)
    left = [*project.left(), *_regions(project.root)]
    if left:
        said = ImportFailed("This has no place here: {what}.", what=", ".join(left))
        found.append(Unread(names[0], said, passed=True))
    return found


def _draft(file: File, project: Project, source: etree._Element) -> Draft:
    """Return a source as an article; raises ``ImportFailed`` when it has no text."""
    own = own_draft(project, source)
    if own is not None:
        return own
    name = source.get("name") or ""
    held = child(source, "Representation") if local(source) == "PDFSource" else source
    raw = project.text(held) if held is not None and local(source) in ("TextSource", "PDFSource") else None
    if held is None or raw is None:
        kind = local(source).removesuffix("Source")
        raise ImportFailed("{kind} “{name}” brings no text.", "Import its own file.", kind=kind, name=name)
    chosen = children(held, "PlainTextSelection")
    dialects = load("app.importers._dialects")
    selections = [
        dialects.Selection(position(one.get("startPosition")), position(one.get("endPosition")), one.get("name") or "")
        for one in chosen
    ]
    text, spans, dialect = dialects.placed(raw, selections)
    body = _body(file, project, source, text)
    there = [span for span in spans if span]
    carried_spans = iter(there if text == body.text else carried(text, body.text, there))
    marks = tuple(
        mark
        for one, span in zip(chosen, spans, strict=True)
        for mark in _marks(project, one, body, next(carried_spans) if span else None, text[slice(*span or (0, 0))])
    )
    homeless = (mark.note for mark in marks if not mark.quote.strip())
    layers = project.layers_of(source)
    known, attributes = described(name, project.values_of(source), body.text)
    state, passages = (attributes.pop(name, "") if project.is_own else "" for name in (STATE, PASSAGES))
    details: dict[str, str | tuple[str, ...]] = {}
    if not project.is_own and (sets := project.sets.get(guid(source.get("guid")))):
        details["sets"] = tuple(sets)
    if str(dialect):
        details["positions"] = str(dialect)
    return Draft(
        body,
        known,
        details=details,
        attributes=attributes,
        themes=tuple(dict.fromkeys((*layers.pop(""), *project.layers_of(held)[""]))),
        note=joined((project.note_of(source), *homeless)),
        marks=tuple(mark for mark in marks if mark.quote.strip()),
        part=name or guid(source.get("guid")),
        state=State(state) if state in set(State) else None,
        id=project.id_of(source),
        added=moment(source.get("creationDateTime")),
        modified=moment(source.get("modifiedDateTime")),
        layers=layers,
        stub=passages == "yes",
    )


def _body(file: File, project: Project, source: etree._Element, text: str) -> Body:
    """Return the text with the structure of the formatted file beside it, where that says the same."""
    plain = Body.of(Piece(line) for line in text.split("\n") if line.strip())
    path = source.get("richTextPath")
    data = project.file(path) if path else None
    if data and path:
        for one in read_part(file, path.rpartition("/")[2], data):
            if isinstance(one, Draft) and letters(one.body.text) == letters(plain.text):
                return one.body
    return plain


def _marks(project: Project, one: etree._Element, body: Body, span: Span | None, words_there: str) -> Iterator[Mark]:
    """Yield a selection as a mark of each who coded it; what is written on it is on the first.

    Where its place is lost it is looked for by its words, or those of its name. Those of this program's own are named
    after all of their words: a place with others is not theirs.
    """
    name = one.get("name") or ""
    if project.is_own and name and words_there != name:
        span, words_there = None, name
    quote = body.text[slice(*span)] if span else words_there or name
    note, uid = project.note_of(one), project.id_of(one)
    for author, themes in project.codings_of(one).items():
        yield Mark(
            quote,
            *(span or (-1, -1)),
            themes=themes,
            note=note,
            created=project.moment_of(one),
            author=author,
            modified=moment(one.get("modifiedDateTime")),
            id=uid,
        )
        note = uid = ""


def _regions(root: etree._Element) -> Sequence[str]:
    """Return in words how many selections point at pictures, pages and sounds."""
    count = sum(1 for element in root.iter("*") if local(element) in _SELECTIONS)
    return [f"selections in pictures, on pages or in recordings ({count})"] if count else []


def _sniffed(data: bytes) -> bool:
    return any(name.lower().endswith(".qde") for name in listed(data))


IMPORTER: Final = Importer("qdpx", "REFI-QDA project", (".qdpx",), read, _sniffed)
