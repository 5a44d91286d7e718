"""W3C Web Annotations as JSON-LD: this program's own, which come back as they were, and those of others.

Names of sections are those of the Web Annotation Data Model, https://www.w3.org/TR/annotation-model/ .
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.drafts import AttributeDraft, Codebook, CollectionDraft, Draft, Framework, Mark, ThemeDraft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._json_file import loaded, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._own_values import own_rules, whole
from app.importers._stubs import About, Passage, joined, named, stub
from app.model import METADATA_FIELDS, Interlude, LeftOut, Metadata, Origin, Published, State
from app.text.body import Body, Run

Node = Mapping[str, Any]

_CONTEXT: Final = b"www.w3.org/ns/anno"
_HEAD: Final = 4096
_URN: Final = re.compile(r"urn:uuid:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$")
_ARROW: Final = " > "


@dataclass
class _About:
    """What the annotations of one article say of it; ``kept`` is the one that keeps its text."""

    node: dict[str, Any] = field(default_factory=dict)
    kept: Node = field(default_factory=dict)
    source: str = ""
    passages: list[tuple[Passage, int, int]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    private: bool = False
    layers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read(file: File) -> Parts:
    """Read annotations, grouped by what they are about; what points at no words is named."""
    data = loaded(file)
    whole = data if isinstance(data, dict) else {}
    themes = _codebook(whole)
    described = {theme.id for theme in themes if theme.id}
    articles: dict[str, _About] = {}
    lost = 0
    annotations = list(_annotations(data))
    for annotation in annotations:
        for target in _several(annotation.get("target")):
            lost += _take(annotation, target, articles, described)
    found: list[Draft | Unread | Codebook | Framework] = [Codebook(themes)] if themes else []
    framework = _framework(whole)
    found += [framework] if framework != Framework() else []
    found += [_draft(about) for about in articles.values()]
    if not found:
        raise nothing(file)
    if "whole" not in whole and text(whole.get("note")).strip():
        said = "The note on all of it has no place here: {note}"
        found.append(Unread("note", ImportFailed(said, note=" ".join(text(whole["note"]).split())[:200]), passed=True))
    if lost:
        said = "Annotations that quote no words of the place they point at: {count}. What they say is on the article."
        found.append(Unread("annotations", ImportFailed(said, count=lost), passed=True))
    return found


def _annotations(data: Any) -> Iterator[Node]:
    """Yield the annotations of a list, a graph, a collection, its pages, or the one that the file is."""
    waiting = list(_several(data))[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("target") is not None:
                yield node
            else:
                inner = [one for name in ("first", "items", "@graph") for one in _several(node.get(name))]
                waiting += inner[::-1]


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _take(annotation: Node, target: Any, articles: dict[str, _About], described: Collection[str]) -> bool:
    """Put an annotation to its article; tell whether its passage is not known by its words."""
    about = annotation.get("article")
    node = about if isinstance(about, dict) else {}
    source = _source(target)
    key = text(node.get("id")) or source
    found = articles.setdefault(key, _About(source=source))
    if len(node) > len(found.node):
        found.node = dict(node)
    if "text" in node:
        found.kept = annotation
    themes, note = _bodies(annotation, described)
    quote, position = _selected(target)
    former = annotation.get("former")
    if (
        position == (-1, -1)
        and isinstance(former, list)
        and len(former) == 2
        and all(isinstance(one, int) for one in former)
    ):
        position = (former[0], former[1])
    if quote is None:
        author = _creator(annotation.get("creator"), is_own=True) if _uid(node.get("id")) else ""
        if author:
            found.layers[author] = tuple(dict.fromkeys((*found.layers.get(author, ()), *themes)))
        else:
            found.themes += themes
        found.notes.append(note)
        found.private = found.private or annotation.get("private") is True
        return isinstance(target, dict) and bool(target.get("selector"))
    passage = Passage(
        text(quote.get("exact")),
        note,
        tuple(themes),
        moment(annotation.get("created")),
        _creator(annotation.get("creator"), is_own=bool(_uid(annotation.get("id")))),
        prefix=text(quote.get("prefix")),
        suffix=text(quote.get("suffix")),
        id=_uid(annotation.get("id")),
        at=position[0],
        modified=moment(annotation.get("modified")),
        private=annotation.get("private") is True,
        orphan=annotation.get("status") == "orphan",
        known_as=text(annotation.get("id")),
    )
    found.passages.append((passage, *position))
    return False


def _source(target: Any) -> str:
    """Return what a target is part of, without the fragment that names the part."""
    if isinstance(target, dict):
        target = target.get("source", target.get("id"))
    if isinstance(target, dict):
        target = target.get("id")
    return text(target).partition("#")[0]


def _bodies(annotation: Node, described: Collection[str]) -> tuple[list[str], str]:
    """Return the themes and the note that an annotation says (section 3.2); what says it alone, to the letter."""
    themes: list[str] = []
    notes = [text(annotation.get("bodyValue"))]
    motivations = _several(annotation.get("motivation"))
    for body in _several(annotation.get("body")):
        purpose = body.get("purpose") if isinstance(body, dict) else None
        value = text(body.get("value")) if isinstance(body, dict) else text(body)
        if "tagging" in _several(purpose) or (purpose is None and motivations == ["tagging"]):
            own = _uid(body.get("theme")) if isinstance(body, dict) else ""
            name = body.get("path") or value if isinstance(body, dict) else value
            themes += [own] if own in described else named([name])
        else:
            notes.append(value)
    return themes, _one(notes)


def _one(notes: Iterable[str]) -> str:
    """Return the only note as it is, several as one."""
    said = [note for note in notes if note.strip()]
    return said[0] if len(said) == 1 else joined(said)


def _selected(target: Any) -> tuple[Node | None, tuple[int, int]]:
    """Return the quotation by which a target is known, and its position, -1 when there is none (4.2.4, 4.2.5)."""
    quote: Node | None = None
    position = (-1, -1)
    waiting = _several(target.get("selector")) if isinstance(target, dict) else []
    while waiting:
        selector = waiting.pop(0)
        if not isinstance(selector, dict):
            continue
        if selector.get("type") == "TextQuoteSelector" and text(selector.get("exact")):
            quote = quote or selector
        elif selector.get("type") == "TextPositionSelector" and position == (-1, -1):
            start, end = selector.get("start"), selector.get("end")
            if isinstance(start, int) and isinstance(end, int):
                position = (start, end)
        waiting += _several(selector.get("refinedBy")) + _several(selector.get("items"))
    return quote, position


def _creator(value: Any, *, is_own: bool) -> str:
    if is_own and isinstance(value, dict) and text(value.get("name")).strip():
        return text(value["name"])
    names = named(
        text(one.get("name") or one.get("nickname") or one.get("id")) if isinstance(one, dict) else text(one)
        for one in _several(value)[:1]
    )
    return next(iter(names), "")


def _uid(value: Any) -> str:
    """Return the id that a library of this program gave: a name of another form is not one."""
    found = _URN.match(text(value))
    return found[1].replace("-", "").lower() if found else ""


def _codebook(data: Node) -> tuple[ThemeDraft, ...]:
    """Return the themes that our own collections describe."""
    paths: dict[str, tuple[str, ...]] = {}
    return tuple(
        ThemeDraft(
            _path(theme, paths),
            text(theme.get("colour")),
            text(theme.get("definition")),
            text(theme.get("note")),
            whole(theme.get("digit")),
            _uid(theme.get("id")),
            theme.get("private") is True,
        )
        for theme in objects(data, "themes")
        if text(theme.get("label")).strip()
    )


def _path(theme: Node, paths: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the path of a theme: below that of the broader one, if that came before, otherwise as it is written.

    ``paths`` are those so far. Names are known exactly, even with an arrow in them.
    """
    name, path = text(theme.get("label")), text(theme.get("path"))
    above = path.removesuffix(name).removesuffix(_ARROW)
    written = tuple(above.split(_ARROW)) if above and path.endswith(name) else ()
    found = (*paths.get(_uid(theme.get("broader")), written), name)
    paths[_uid(theme.get("id"))] = found
    return found


def _framework(data: Node) -> Framework:
    """Return fields and collections that our own say; the note goes to the library when it was a library's."""
    is_whole = data.get("whole") is True
    attributes = (
        AttributeDraft(
            text(one.get("label")),
            text(one.get("kind")),
            tuple(text(choice) for choice in _several(one.get("choices"))),
            text(one.get("definition")),
            _uid(one.get("id")),
        )
        for one in objects(data, "fields")
    )
    return Framework(
        text(data.get("note")) if is_whole else "",
        tuple(attributes),
        tuple(map(_collection, objects(data, "collections"))),
        private=is_whole and data.get("private") is True,
        rules=own_rules(data, _uid),
    )


def _collection(data: Node) -> CollectionDraft:
    interludes = (
        Interlude(_uid(one.get("id")), text(one.get("value")), whole(one.get("level")))
        for one in objects(data, "interludes")
    )
    return CollectionDraft(
        text(data.get("label")),
        text(data.get("query")),
        text(data.get("note")),
        tuple(interludes),
        tuple(_uid(one) for one in _several(data.get("sequence"))),
        _uid(data.get("id")),
        data.get("private") is True,
    )


def _draft(about: _About) -> Draft:
    node = about.node
    known = Metadata() if "text" in node else _metadata(node, about.source)
    details = {} if node else ({"target": about.source} if not known.address and about.source else {})
    said = About(
        tuple(dict.fromkeys(about.themes)),
        _one(about.notes),
        details,
        _attributes(node),
        _state(node),
        _uid(node.get("id")),
    )
    if "text" in node:
        try:
            return _whole(node, about, said)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            # The text of the article was tampered with; what the annotations say stands all the same.
            known = _metadata(node, about.source)
    made = stub(known, (passage for passage, _start, _end in about.passages), said, colours=False)
    # A note on an article of this program's own is kept to the letter.
    note = said.note if said.id else made.note
    return replace(made, note=note, private=about.private, layers=about.layers)


def _whole(node: Node, about: _About, said: About) -> Draft:
    """Return the article as it left the library, to the letter; raises what broken JSON may make of that."""
    structure = text(node.get("structure"))
    body = Body.from_json(text(node["text"]), structure) if structure else Body()
    details = {
        str(name): tuple(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in json.loads(text(node.get("details")) or "{}").items()
    }
    origins = {str(name): Origin(origin) for name, origin in json.loads(text(node.get("origins")) or "{}").items()}
    published = text(node.get("published"))
    known = Metadata(
        **{name: text(node[name]) for name in METADATA_FIELDS if name != "published" and name in node},
        published=Published.parse(published) if published else None,
        origins=origins,
    )
    left_out = tuple(_left_out(*piece) for piece in json.loads(text(node.get("leftOut")) or "[]"))
    marks = tuple(_mark(body, *passage) for passage in about.passages)
    return Draft(
        body, known, left_out, details, said.attributes, said.themes, said.note, marks,
        part=known.title or said.id, stub=node.get("stub") is True, state=said.state, id=said.id,
        added=moment(about.kept.get("created")), modified=moment(about.kept.get("modified")), private=about.private,
        layers=about.layers,
    )  # fmt: skip


def _mark(body: Body, passage: Passage, start: int, end: int) -> Mark:
    is_there = passage.orphan or (0 <= start < end and body.text[start:end] == passage.quote)
    return Mark(
        passage.quote,
        start if is_there else -1,
        end if is_there else -1,
        passage.prefix,
        passage.suffix,
        passage.themes,
        passage.note,
        passage.created,
        passage.modified,
        passage.author,
        passage.id,
        passage.private,
        passage.orphan,
    )


def _left_out(
    kind: str, words: str, before: int, block: str, attributes: Mapping[str, Any], runs: Iterable[list[Any]]
) -> LeftOut:
    return LeftOut(
        str(kind), str(words), int(before), str(block), dict(attributes),
        tuple(Run(int(start), int(end), str(name), dict(more)) for start, end, name, more in runs),
    )  # fmt: skip


def _metadata(node: Node, source: str) -> Metadata:
    return stated(
        title=node.get("title"),
        byline=node.get("byline"),
        outlet=node.get("outlet"),
        section=node.get("section"),
        address=node.get("address") or source,
        published=node.get("published"),
        accessed=node.get("accessed"),
        language=node.get("language"),
    )


def _attributes(node: Node) -> dict[str, str]:
    return {
        text(one.get("name")): text(one.get("value"))
        for one in objects(node, "attributes")
        if text(one.get("name")).strip()
    }


def _state(node: Node) -> State | None:
    reading = text(node.get("reading"))
    return State(reading) if reading in set(State) else None


def _sniffed(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and _CONTEXT in data[:_HEAD]


IMPORTER: Final = Importer("jsonld", "Web Annotations (JSON-LD)", (".jsonld", ".json"), read, _sniffed)
