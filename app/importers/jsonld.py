"""W3C Web Annotations as JSON-LD: this program's own, which come back as they were, and those of others.

Names of sections are those of the Web Annotation Data Model, https://www.w3.org/TR/annotation-model/ .
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.drafts import Codebook, Draft, Mark, ThemeDraft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._json_file import loaded, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._stubs import About, Passage, joined, named, stub
from app.model import LeftOut, Metadata, Origin, State
from app.text.body import Body, Run

Node = Mapping[str, Any]

_CONTEXT: Final = b"www.w3.org/ns/anno"
_HEAD: Final = 4096
_URN: Final = re.compile(r"urn:uuid:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$")
_ARROW: Final = " > "


@dataclass
class _About:
    """What the annotations of one article say of it."""

    node: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    passages: list[tuple[Passage, int, int]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(file: File) -> Parts:
    """Read annotations, grouped by what they are about; what points at no words is named."""
    data = loaded(file)
    articles: dict[str, _About] = {}
    lost = 0
    annotations = list(_annotations(data))
    for annotation in annotations:
        for target in _several(annotation.get("target")):
            lost += _take(annotation, target, articles)
    themes = _codebook(data if isinstance(data, dict) else {})
    drafts = [_draft(about) for about in articles.values()]
    if not drafts and not themes:
        raise nothing(file)
    found: list[Draft | Unread | Codebook] = [*drafts]
    if themes:
        found.insert(0, Codebook(themes))
    if isinstance(data, dict) and text(data.get("note")).strip():
        said = "The note on all of it has no place here: {note}"
        found.append(Unread("note", ImportFailed(said, note=" ".join(text(data["note"]).split())[:200]), passed=True))
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


def _take(annotation: Node, target: Any, articles: dict[str, _About]) -> bool:
    """Put an annotation to its article; tell whether its passage is not known by its words."""
    about = annotation.get("article")
    node = about if isinstance(about, dict) else {}
    source = _source(target)
    key = text(node.get("id")) or source
    found = articles.setdefault(key, _About(source=source))
    if len(node) > len(found.node):
        found.node = dict(node)
    themes, note = _bodies(annotation)
    quote, position = _selected(target)
    if quote is None:
        found.themes += themes
        found.notes.append(note)
        return isinstance(target, dict) and bool(target.get("selector"))
    passage = Passage(
        text(quote.get("exact")),
        note,
        tuple(themes),
        moment(annotation.get("created")),
        _creator(annotation.get("creator")),
        prefix=text(quote.get("prefix")),
        suffix=text(quote.get("suffix")),
        id=_uid(annotation.get("id")),
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


def _bodies(annotation: Node) -> tuple[list[str], str]:
    """Return the themes and the note that an annotation says (section 3.2)."""
    themes: list[str] = []
    notes = [text(annotation.get("bodyValue"))]
    motivations = _several(annotation.get("motivation"))
    for body in _several(annotation.get("body")):
        purpose = body.get("purpose") if isinstance(body, dict) else None
        value = text(body.get("value")) if isinstance(body, dict) else text(body)
        if "tagging" in _several(purpose) or (purpose is None and motivations == ["tagging"]):
            themes += named([body.get("path") or value if isinstance(body, dict) else value])
        else:
            notes.append(value)
    return themes, joined(notes)


def _selected(target: Any) -> tuple[Node | None, tuple[int, int]]:
    """Return the quotation by which a target is known, and its position, -1 when there is none (4.2.4, 4.2.5)."""
    quote, position = None, (-1, -1)
    waiting = _several(target.get("selector")) if isinstance(target, dict) else []
    while waiting:
        selector = waiting.pop(0)
        if not isinstance(selector, dict):
            continue
        if selector.get("type") == "TextQuoteSelector" and text(selector.get("exact")).strip():
            quote = quote or selector
        elif selector.get("type") == "TextPositionSelector" and position == (-1, -1):
            start, end = selector.get("start"), selector.get("end")
            if isinstance(start, int) and isinstance(end, int):
                position = (start, end)
        waiting += _several(selector.get("refinedBy")) + _several(selector.get("items"))
    return quote, position


def _creator(value: Any) -> str:
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
    return tuple(
        ThemeDraft(
            _path(theme),
            text(theme.get("colour")),
            text(theme.get("definition")),
            text(theme.get("note")),
            digit if isinstance(digit := theme.get("digit"), int) else 0,
            _uid(theme.get("id")),
        )
        for theme in objects(data, "themes")
        if text(theme.get("label")).strip()
    )


def _path(theme: Node) -> tuple[str, ...]:
    """Return the path of a theme; its own name is known exactly, even with an arrow in it."""
    name, path = text(theme.get("label")), text(theme.get("path"))
    above = path.removesuffix(name).removesuffix(_ARROW)
    return (*above.split(_ARROW), name) if above and path.endswith(name) else (name,)


def _draft(about: _About) -> Draft:
    node = about.node
    known = Metadata() if "text" in node else _metadata(node, about.source)
    details = {} if node else ({"target": about.source} if not known.address and about.source else {})
    said = About(
        tuple(dict.fromkeys(about.themes)),
        joined(about.notes),
        details,
        _attributes(node),
        _state(node),
        _uid(node.get("id")),
    )
    if "text" not in node:
        return stub(known, (passage for passage, _start, _end in about.passages), said, colours=False)
    try:
        return _whole(node, about, said)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        # The text of the article was tampered with; what the annotations say stands all the same.
        known = _metadata(node, about.source)
        return stub(known, (passage for passage, _start, _end in about.passages), said, colours=False)


def _whole(node: Node, about: _About, said: About) -> Draft:
    """Return the article as it left the library, to the letter; raises what broken JSON may make of that."""
    structure = text(node.get("structure"))
    body = Body.from_json(text(node["text"]), structure) if structure else Body()
    details = {
        str(name): tuple(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in json.loads(text(node.get("details")) or "{}").items()
    }
    origins = {str(name): Origin(origin) for name, origin in json.loads(text(node.get("origins")) or "{}").items()}
    known = _metadata(node, "")
    known = replace(known, origins={name: origin for name, origin in origins.items() if name in known.origins})
    left_out = tuple(_left_out(*piece) for piece in json.loads(text(node.get("leftOut")) or "[]"))
    marks = tuple(_mark(body, *passage) for passage in about.passages)
    return Draft(
        body, known, left_out, details, said.attributes, said.themes, said.note, marks,
        part=known.title or said.id, state=said.state, id=said.id,
    )  # fmt: skip


def _mark(body: Body, passage: Passage, start: int, end: int) -> Mark:
    is_there = 0 <= start < end and body.text[start:end] == passage.quote
    return Mark(
        passage.quote,
        start if is_there else -1,
        end if is_there else -1,
        passage.prefix,
        passage.suffix,
        passage.themes,
        passage.note,
        passage.created,
        author=passage.author,
        id=passage.id,
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
    reading = node.get("reading")
    return State(reading) if reading in set(State) else None


def _sniffed(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and _CONTEXT in data[:_HEAD]


IMPORTER: Final = Importer("jsonld", "Web Annotations (JSON-LD)", (".jsonld", ".json"), read, _sniffed)
