"""REFI-QDA projects (``.qdpx``): sources with their codings, as ATLAS.ti, MAXQDA, NVivo and QualCoder exchange them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.drafts import Codebook, Draft, Framework, Mark
from app.errors import AppError, ImportFailed
from app.importers._archives import listed, opened
from app.importers._base import File, Importer, Parts, Unread
from app.importers._carrying import carried, letters
from app.importers._moments import moment
from app.importers._refi import child, children, guid
from app.importers._refi_own import own_draft, own_framework
from app.importers._refi_pages import framed
from app.importers._refi_project import PASSAGES, STATE, Project, sources
from app.importers._refi_texts import Place, Text, places, selected, text_at
from app.importers._stubs import joined
from app.importers._variables import described
from app.importers._xml import local, words
from app.loading import load
from app.model import State
from app.text.body import Body, Piece
from app.text.ranges import Span

if TYPE_CHECKING:
    from lxml import etree

_REGIONS: Final = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection")
_SAID: Final = "codings and descriptions of sources without a text"
_UNFOUND: Final = "selections on pages whose words stand in the text nowhere, or in several places"
_SELECTIONS: Final = "selections without a text or words"


def read(file: File) -> Parts:
    """Read the sources that have text, and the codes; raises ``ImportFailed`` when there are neither."""
    with opened(file.data, whole=False) as archive:
        names = sorted((name for name in archive.names if name.lower().endswith(".qde")), key=len)
        if not names:
            raise ImportFailed("{name} holds no project.", "Export it again as a REFI-QDA project.", name=file.name)
        project = Project(archive.read(names[0]), names[0], archive, file)
        found: list[Draft | Unread | Codebook | Framework] = [Codebook(project.themes)] if project.themes else []
        for source in sources(project.root):
            found += _articles(project, source)
        found += _memos(project)
        if framework := _framework(project, [one for one in found if isinstance(one, Draft)]):
            found.append(framework)
    if not found:
        raise ImportFailed("{name} is a project without sources and codes.", "Export it again.", name=file.name)
    left = [*project.left(), *_lost(project)]
    if left:
        said = ImportFailed("This has no place here: {what}.", what=", ".join(left))
        found.append(Unread(names[0], said, passed=True))
    return found


def _articles(project: Project, source: etree._Element) -> Iterator[Draft | Unread]:
    """Yield the texts of a source as articles; what has none, or cannot be read, is named."""
    own = own_draft(project, source)
    if own is not None:
        yield own
        return
    for place in places(source):
        try:
            yield _draft(project, source, place)
        except AppError as error:
            about = [one for one in children(source, "Coding", "Description") if local(one) == "Coding" or words(one)]
            inside = selected(place.held) if place.held is not None else []
            project.lost.update({_SELECTIONS: len(inside), _SAID: len(about)})
            yield Unread(place.name or local(source), error, passed=place.held is None and local(source) != "PDFSource")


def _memos(project: Project) -> Iterator[Draft | Unread]:
    """Yield the notes that are on nothing which came in as articles: the words of who wrote them, and coded by them."""
    for memo in project.notes.memos():
        for one in _articles(project, memo):
            if isinstance(one, Draft):
                yield replace(one, details={"memo_of": project.root.get("name") or "", **one.details})
            else:
                yield one


def _framework(project: Project, drafts: Sequence[Draft]) -> Framework | None:
    """Return what a project says of a library: its note, its variables, and the collections of an own one."""
    if project.is_own:
        return own_framework(project)
    values = [pair for draft in drafts for pair in draft.attributes.items()]
    note, fields = words(child(project.root, "Description")), project.variables.fields(values)
    return Framework(note, fields) if note or fields else None


def _draft(project: Project, source: etree._Element, place: Place) -> Draft:
    """Return a text of a source as an article; raises ``ImportFailed`` when there is none."""
    found = text_at(project, source, place)
    held = source if place.held is None else place.held
    chosen = selected(held)
    dialects = load("app.importers._dialects")
    selections = [dialects.Selection(start, end, one.get("name") or "") for one, start, end in chosen]
    text, spans, dialect = dialects.placed(found.raw, selections)
    if not found.is_sure:
        spans = dialects.borne_out(text, selections, spans)
    body, pictures = _body(found, text)
    there = [span for span in spans if span]
    # From one point of a recording to another is white space too.
    is_exact = text == body.text and local(held) != "Transcript"
    carried_spans = iter(there if is_exact else carried(text, body.text, there))
    marks = tuple(
        mark
        for (one, _start, _end), span in zip(chosen, spans, strict=True)
        for mark in _marks(project, one, body, next(carried_spans) if span else None, text[slice(*span or (0, 0))])
    )
    marks += tuple(_framed(project, source, body))
    homeless = [mark for mark in marks if not mark.quote.strip()]
    project.lost.update({_SELECTIONS: len(homeless)})
    layers = project.layers_of(source)
    known, attributes = described(place.name, project.values_of(source), body.text)
    state, passages = (attributes.pop(name, "") if project.is_own else "" for name in (STATE, PASSAGES))
    inside = () if held is source else project.layers_of(held)[""]
    return Draft(
        body,
        known,
        details=_details(project, source, dialect if found.is_sure else "in the formatted text"),
        attributes=attributes,
        themes=tuple(dict.fromkeys((*layers.pop(""), *inside))),
        note=_note(project, source, held, homeless),
        marks=tuple(mark for mark in marks if mark.quote.strip()),
        pictures=pictures,
        part=place.name or guid(source.get("guid")),
        state=State(state) if state in set(State) else None,
        id=project.id_of(source),
        added=moment(source.get("creationDateTime")),
        modified=moment(source.get("modifiedDateTime")),
        layers=layers,
        stub=passages == "yes",
    )


def _note(project: Project, source: etree._Element, held: etree._Element, homeless: Iterable[Mark]) -> str:
    """Return what is written on a source, on its cases, on what holds its text, and on what is nowhere in that."""
    if project.is_own:
        return joined((project.notes.on(source), *(mark.note for mark in homeless)))
    inside = () if held is source else (project.notes.on(held),)
    cases = project.cases.about(guid(source.get("guid")))
    return joined((project.notes.on(source), *inside, *cases, *(mark.note for mark in homeless)))


def _details(project: Project, source: etree._Element, positions: object) -> dict[str, str | tuple[str, ...]]:
    details: dict[str, str | tuple[str, ...]] = {}
    if not project.is_own and (sets := project.sets.get(guid(source.get("guid")))):
        details["sets"] = tuple(sets)
    if str(positions):
        details["positions"] = str(positions)
    return details


def _body(found: Text, text: str) -> tuple[Body, Mapping[str, bytes]]:
    """Return a text with the structure of the document beside it, where that says the same, and its pictures."""
    shape = found.document
    plain = Body.of(Piece(line) for line in text.split("\n") if line.strip())
    if shape is not None and (not found.is_sure or letters(shape.body.text) == letters(plain.text)):
        return shape.body, shape.pictures
    return plain, {}


def _marks(project: Project, one: etree._Element, body: Body, span: Span | None, words_there: str) -> Iterator[Mark]:
    """Yield a selection as a mark of each who coded it; what is written on it is on the first.

    Where its place is lost it is looked for by its words, or those of its name. Those of this program's own are named
    after all of their words: a place with others is not theirs.
    """
    name = one.get("name") or ""
    if project.is_own and name and words_there != name:
        span, words_there = None, name
    quote = body.text[slice(*span)] if span else words_there or name
    note, uid = project.notes.on(one), project.id_of(one)
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


def _framed(project: Project, source: etree._Element, body: Body) -> Iterator[Mark]:
    """Yield the selections on the pages of a source whose words stand in its text, and keep count of the others."""
    for one, span in framed(project, source, body):
        project.framed += 1
        if span is None:
            project.lost[_UNFOUND] += 1
        else:
            yield from _marks(project, one, body, span, body.text[slice(*span)])


def _lost(project: Project) -> Sequence[str]:
    """Return in words how many selections have no words: they point at pictures, pages and sounds, or at nothing."""
    regions = sum(1 for element in project.root.iter("*") if local(element) in _REGIONS)
    counts = {"selections in pictures, on pages or in recordings": regions - project.framed, **project.lost}
    return [f"{what} ({count})" for what, count in counts.items() if count]


def _sniffed(data: bytes) -> bool:
    return any(name.lower().endswith(".qde") for name in listed(data))


IMPORTER: Final = Importer("qdpx", "REFI-QDA project", (".qdpx",), read, _sniffed)
