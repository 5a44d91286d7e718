"""Notes of a vault that this program wrote, with their records: an article, a collection, or the index of a library.

What is seen in a note holds, as its reader may have changed it; the record says what is not seen, and what the note
says in another way than the library did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.drafts import AttributeDraft, Codebook, CollectionDraft, Draft, Framework, Mark, ThemeDraft
from app.importers._front_matter import texts
from app.importers._obsidian_note import OwnNote, Quoted, anchored, exact
from app.importers._own_values import own_id, own_rules, whole
from app.importers._stubs import About, Passage, stub
from app.importers._vault_text import read_body, runs_of
from app.loading import load
from app.model import METADATA_FIELDS, Details, Interlude, LeftOut, Metadata, Origin, Published, State
from app.text.body import Body

Find = Callable[[str, str], bytes | None]
"""Finds a picture by its SHA-256 and its kind."""

_FIELDS: Final = {"author": "byline", "source": "address", "outlet": "outlet", "section": "section",
                  "language": "language", "accessed": "accessed"}  # fmt: skip
_OURS: Final = frozenset((*_FIELDS, "title", "published", "state", "id", "tags", "themes"))
_KINDS: Final = ("png", "jpeg", "gif", "webp")
_NO_VALUE: Final[tuple[object, ...]] = (None, "", [], {})
_UNTITLED: Final = "Untitled"
_TAG: Final = "theme/"
_ARROW: Final = " > "

Parts = list[Draft | Codebook | Framework]


def read_note(values: Mapping[str, Any], note: OwnNote, find: Find) -> Parts | None:
    """Return what a note with a record holds; ``None`` when that is no record of ours after all.

    ``values`` are those of its front matter.
    """
    told = note.record or {}
    try:
        if "collection" in told:
            return [Framework(collections=(_collection(told["collection"]),))]
        if "library" in told:
            words = exact(note.note, told["library"].get("raw"))
            listed = tuple(_collection(one) for one in told.get("collections", []))
            private = bool(told["library"].get("private"))
            return [Framework(words, _fields(told), listed, private=private, rules=own_rules(told, own_id))]
        return _article(values, note, told, find)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError):
        return None


def _article(values: Mapping[str, Any], note: OwnNote, told: Mapping[str, Any], find: Find) -> Parts:
    themes = _Themes(told.get("themes", []))
    found: Parts = [Codebook(themes.drafts)] if themes.drafts else []
    fields = _fields(told)
    found += [Framework(attributes=fields)] if fields else []
    return [*found, _draft(values, note, told, themes, find)]


def _draft(values: Mapping[str, Any], note: OwnNote, told: Mapping[str, Any], themes: _Themes, find: Find) -> Draft:
    about = told["article"]
    known = _metadata(values, about)
    attributes = dict(_attributes(values, about.get("attributes", [])))
    state = str(values.get("state", ""))
    details: Details = {
        str(name): tuple(map(str, one)) if isinstance(one, list) else str(one)
        for name, one in about.get("details", {}).items()
    }
    draft = Draft(
        Body(),
        known,
        details={**details, "around": note.around} if note.around else details,
        attributes=attributes,
        themes=tuple(_on_article(values, about.get("themes", []), themes)),
        note=exact(note.note, about.get("note")),
        state=State(state) if state in set(State) else None,
        id=_uid(values),
        added=whole(about.get("added")),
        modified=whole(about.get("modified")),
        private=bool(about.get("private")),
        layers={str(author): themes.known(ids) for author, ids in about.get("layers", {}).items()},
    )
    passages = {str(one["id"]): one for one in told.get("passages", [])}
    quoted = [_named(one, passages.get(one.id, {}), themes) for one in note.passages]
    if "text" not in told or note.text is None:
        return _stub(draft, quoted, passages)
    left_out = tuple(_left_out(one) for one in told.get("left_out", []))
    draft = replace(draft, left_out=left_out, stub=bool(about.get("stub")))
    body = read_body(note.lines, told["text"])
    if body is None:
        body = Body.of(load("app.text.markdown_reader").read_markdown(note.text))
        quoted = [replace(one, quote=passages.get(one.id, {}).get("quote", one.quote)) for one in quoted]
        marks = (_known(mark, passages.get(mark.id, {})) for mark in anchored(body, quoted))
        left_out = tuple(replace(one, before=min(one.before, len(body.blocks))) for one in left_out)
        return replace(draft, body=body, left_out=left_out, marks=tuple(marks))
    body, pictures = _with_pictures(body, find)
    marks = (_mark(one, passages.get(one.id), body) for one in quoted)
    return replace(draft, body=body, marks=tuple(marks), pictures=pictures)


def _uid(values: Mapping[str, Any]) -> str:
    uid = own_id(str(values["id"]))
    if not uid:
        raise ValueError("not the id of an article")
    return uid


def _stub(draft: Draft, quoted: Sequence[Quoted], passages: Mapping[str, Mapping[str, Any]]) -> Draft:
    """Return an article whose text did not come along."""
    known = ((one, passages.get(one.id, {})) for one in quoted)
    found = (
        Passage(
            str(told.get("quote", one.quote)), one.note, one.themes, whole(told.get("created")),
            str(told.get("author", "")), prefix=str(told.get("prefix", "")), suffix=str(told.get("suffix", "")),
            id=one.id,
        )
        for one, told in known
    )  # fmt: skip
    about = About(draft.themes, draft.note, draft.details, draft.attributes, draft.state, draft.id)
    made = stub(draft.metadata, found, about, colours=False)
    return replace(
        made, note=draft.note, added=draft.added, modified=draft.modified, private=draft.private, layers=draft.layers,
        part="",
    )  # fmt: skip


class _Themes:
    """The themes that a note names, with their ids."""

    def __init__(self, told: Sequence[Mapping[str, Any]]) -> None:
        self.drafts = tuple(
            ThemeDraft(
                tuple(map(str, one["path"])), str(one["colour"]), digit=whole(one.get("digit")), id=str(one["id"])
            )
            for one in told
        )
        self._names = {one.id: _ARROW.join(one.path) for one in self.drafts}
        self._ids = {name: uid for uid, name in self._names.items()}

    def known(self, told: Sequence[object]) -> tuple[str, ...]:
        """Return those of the ids that the note describes: another one has no name."""
        return tuple(uid for uid in map(str, told) if uid in self._names)

    def named(self, names: Sequence[str], told: Sequence[object]) -> tuple[str, ...]:
        """Return themes that a note shows by their ids; those that were put there since go by what they are called."""
        ids = [str(uid) for uid in told]
        if [self._names.get(uid) for uid in ids] == list(names):
            return tuple(ids)
        return tuple(dict.fromkeys(self._ids.get(name, name) for name in names))


def _named(one: Quoted, told: Mapping[str, Any], themes: _Themes) -> Quoted:
    return replace(one, themes=themes.named(one.themes, told.get("themes", [])), note=exact(one.note, told.get("note")))


def _on_article(values: Mapping[str, Any], told: Sequence[object], themes: _Themes) -> Iterator[str]:
    """Yield the themes of the whole article: those that the front matter names, and its other tags."""
    yield from themes.named(_listed(values.get("themes")), told)
    for tag in _listed(values.get("tags")):
        name = tag.strip().removeprefix("#").strip()
        if name and not name.startswith(_TAG):
            yield _ARROW.join(part.strip() for part in name.split("/"))


def _listed(value: Any) -> list[str]:
    return texts(value) if isinstance(value, list) else [one for one in texts(value) if one]


def _metadata(values: Mapping[str, Any], about: Mapping[str, Any]) -> Metadata:
    """Return what front matter says; a title that it only shows is the one that the record has."""
    fields: dict[str, Any] = {name: one for key, name in _FIELDS.items() if (one := ", ".join(texts(values.get(key))))}
    title: str | None = ", ".join(texts(values.get("title"))) or None
    if "title" in about and title == (" ".join(str(about["title"] or "").split()) or _UNTITLED):
        title = None if about["title"] is None else str(about["title"])
    try:
        published = Published.parse(", ".join(texts(values.get("published"))))
    except ValueError:
        published = None
    known = Metadata(title=title, published=published, **fields)
    present = [name for name in METADATA_FIELDS if getattr(known, name) is not None]
    origins = {**dict.fromkeys(present, Origin.STATED), **about.get("origins", {})}
    return replace(known, origins={name: Origin(origin) for name, origin in origins.items() if origin})


def _attributes(values: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the values of the reader's fields, those that front matter says in its own way as they were."""
    known = {str(one["key"]): (str(one["name"]), str(one["value"])) for one in told}
    for key, value in values.items():
        if key in _OURS or value in _NO_VALUE:
            continue
        name, was = known.get(key, (key, ""))
        shown = ", ".join(texts(value))
        yield name, was if was and _same(value, was, shown) else shown


def _same(value: Any, was: str, shown: str) -> bool:
    """Tell whether a value of YAML is what became of a value of the library."""
    if isinstance(value, bool):
        return value is (was.strip().lower() in ("yes", "true", "1"))
    if isinstance(value, int | float):
        return float(value) == float(was)
    return shown == was


def _known(mark: Mark, told: Mapping[str, Any]) -> Mark:
    """Return a mark with what its record says of its making."""
    return replace(
        mark,
        created=whole(told.get("created")),
        modified=whole(told.get("modified")),
        author=str(told.get("author", "")),
        private=bool(told.get("private")),
        orphan="quote" in told,
    )


def _mark(one: Quoted, told: Mapping[str, Any] | None, body: Body) -> Mark:
    """Return the mark of a passage on the text that it was made on."""
    if told is None:
        (mark,) = anchored(body, [one])
        return mark
    start, end = int(told["start"]), int(told["end"])
    quote = str(told["quote"]) if "quote" in told else body.text[start:end]
    mark = Mark(
        quote, start, end, str(told.get("prefix", "")), str(told.get("suffix", "")), one.themes, one.note, id=one.id
    )
    return _known(mark, told)


def _with_pictures(body: Body, find: Find) -> tuple[Body, dict[str, bytes]]:
    """Return a body with those of its pictures that lie beside the note."""
    kept = load("app.importers._pictures").Pictures()
    blocks = []
    for block in body.blocks:
        digest = str(block.attributes.get("picture", ""))
        data = next(filter(None, (find(digest, kind) for kind in _KINDS)), None) if digest.isalnum() else None
        if digest and (data is None or kept.add(data) != digest):
            rest = {name: value for name, value in block.attributes.items() if name != "picture"}
            block = replace(block, attributes=rest)
        blocks.append(block)
    return replace(body, blocks=tuple(blocks)), kept.found


def _left_out(told: Mapping[str, Any]) -> LeftOut:
    return LeftOut(
        str(told["kind"]), str(told["text"]), int(told["before"]), str(told["block"]),
        dict(told.get("attributes", {})), runs_of(told.get("runs", [])),
    )  # fmt: skip


def _fields(told: Mapping[str, Any]) -> tuple[AttributeDraft, ...]:
    return tuple(
        AttributeDraft(
            str(one["name"]), str(one["kind"]), tuple(map(str, one.get("choices", []))),
            str(one.get("definition", "")), str(one["id"]),
        )
        for one in told.get("fields", [])
    )  # fmt: skip


def _collection(told: Mapping[str, Any]) -> CollectionDraft:
    return CollectionDraft(
        str(told["name"]), str(told.get("query", "")), str(told.get("note", "")),
        tuple(Interlude(str(one["id"]), str(one["text"]), int(one["level"])) for one in told.get("interludes", [])),
        tuple(map(str, told.get("sequence", []))), str(told["id"]), bool(told.get("private")),
    )  # fmt: skip
