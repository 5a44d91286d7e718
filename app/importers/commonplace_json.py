"""What this program itself wrote as JSON: everything that a library holds, as it was.

Its form is described by the JSON Schema in ``resources/export/library.schema.json``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from app.drafts import AttributeDraft, Codebook, CollectionDraft, Draft, Framework, Mark, Provenance
from app.errors import ImportFailed
from app.importers._base import LARGEST, File, Importer, Parts, Unread, go_on
from app.importers._json_file import loaded, nothing, objects, text
from app.importers._moments import moment
from app.importers._own_library import Encoded, taken_apart
from app.importers._own_values import own_id, own_noted, own_round, own_rounds, own_rules, own_themes, whole
from app.model import (
    METADATA_FIELDS,
    Content,
    Details,
    EarlierText,
    Interlude,
    LeftOut,
    Metadata,
    Origin,
    Published,
    State,
    Status,
)
from app.text.body import Block, Body, Piece, Run

Node = Mapping[str, Any]

FORMAT: Final = "commonplace"
VERSION: Final = 4

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_BEGINNING: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"commonplace"')
_LARGEST: Final = 500 * 1024 * 1024
_BROKEN: Final = (ValueError, KeyError, TypeError, AttributeError, OverflowError)


def read(file: File) -> Parts:
    """Read all that is in the file; raises ``ImportFailed`` for what is none of ours, or newer than this program.

    An article that was tampered with costs itself and not the others.
    """
    data, articles, pictures = _parted(file)
    _check(data, file)
    themes = own_themes(data)
    described = {theme.id for theme in themes}
    found: list[Draft | Unread | Codebook | Framework] = [Codebook(themes)] if themes else []
    framework = _framework(data)
    found += [framework] if framework != Framework() else []
    for number, article in enumerate(articles, 1):
        go_on(file)
        try:
            found.append(_draft(article, described, pictures))
        except _BROKEN:
            error = ImportFailed("This article was changed by another program, or damaged.", "Export it again.")
            found.append(Unread(_title(article) or f"article {number}", error))
    if not found:
        raise nothing(file)
    return found


def _parted(file: File) -> tuple[Any, Iterable[Any], Encoded]:
    """Return what the file says of all of it, its articles and its pictures."""
    apart = taken_apart(file.data)
    if apart is not None:
        return apart
    if len(file.data) > LARGEST:
        said = "{name} is larger than {limit} MB, and not laid out as Commonplace wrote it."
        raise ImportFailed(said, "Export it again.", name=file.name, limit=LARGEST // (1024 * 1024))
    data = loaded(file)
    kept = data.get("pictures") if isinstance(data, dict) else None
    written = {digest: text(value) for digest, value in kept.items()} if isinstance(kept, dict) else {}
    return data, objects(data, "articles"), Encoded(written)


def _check(data: Any, file: File) -> None:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        hint = "Import it as it looks, without naming a format."
        raise ImportFailed("{name} is no library that Commonplace wrote as JSON.", hint, name=file.name)
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ImportFailed("{name} does not say which version it is of.", "Export it again.", name=file.name)
    if version > VERSION:
        raise ImportFailed(
            "A newer Commonplace wrote {name} (its version is {version}, this one reads {own}).",
            "Update Commonplace to import it.",
            name=file.name,
            version=version,
            own=VERSION,
        )


def _framework(data: Node) -> Framework:
    """Return fields, collections and rounds; the note goes to the library when it was a library's."""
    is_whole = data.get("whole") is True
    attributes = (
        AttributeDraft(
            text(one.get("name")),
            text(one.get("kind")),
            tuple(map(text, _list(one.get("choices")))),
            text(one.get("definition")),
            text(one.get("id")),
        )
        for one in objects(data, "attributes")
    )
    return Framework(
        text(data.get("note")) if is_whole else "",
        tuple(attributes),
        tuple(map(_collection, objects(data, "collections"))),
        private=is_whole and data.get("private") is True,
        rules=own_rules(data, own_id),
        rounds=own_rounds(data),
        answers=own_round(data.get("answers")),
        noted=own_noted(data) if is_whole else None,
    )


def _collection(data: Node) -> CollectionDraft:
    interludes = (
        Interlude(text(one.get("id")), text(one.get("text")), whole(one.get("level")))
        for one in objects(data, "interludes")
    )
    return CollectionDraft(
        text(data.get("name")),
        text(data.get("query")),
        text(data.get("note")),
        tuple(interludes),
        tuple(map(text, _list(data.get("sequence")))),
        text(data.get("id")),
        data.get("private") is True,
        own_noted(data),
    )


def _draft(data: Node, described: Collection[str], pictures: Encoded) -> Draft:
    """Return an article to the letter; raises what broken JSON may make of that."""
    content = _content(data)
    details: Details = {
        str(name): tuple(map(_text, value)) if isinstance(value, list) else _text(value)
        for name, value in data["details"].items()
    }
    return Draft(
        content.body,
        _metadata(data),
        content.left_out,
        details,
        {str(name): _text(value) for name, value in data["attributes"].items()},
        _known(data["themes"], described),
        _text(data["note"]),
        tuple(_mark(one, described) for one in data["highlights"]),
        pictures.of(content.body, map(_text, _list(data.get("pictures")))),
        _title(data) or text(data.get("id")),
        data.get("stub") is True,
        State(data["state"]),
        own_id(_text(data["id"])),
        moment(data.get("added")),
        moment(data.get("modified")),
        data.get("private") is True,
        # Files of the first version say nothing of these, those of the second nothing of coders.
        {text(one.get("author")): _known(one["themes"], described) for one in objects(data, "layers")},
        coders=tuple(map(text, _list(data.get("coders")))),
        # Files before the fourth version have neither times of notes nor earlier texts.
        noted=own_noted(data),
        provenance=_provenance(data.get("source")),
        earlier=tuple(map(_earlier, _list(data.get("earlier")))),
    )


def _content(data: Node) -> Content:
    body = Body(
        _text(data["text"]),
        tuple(Block(*_span(one)) for one in data["blocks"]),
        tuple(Run(*_span(one)) for one in data["runs"]),
    )
    return Content(body, tuple(map(_left_out, data["left_out"])))


def _earlier(data: Node) -> EarlierText:
    return EarlierText(_content(data), moment(data.get("made")), _text(data["reason"]))


def _provenance(data: Any) -> Provenance | None:
    """Return from which file a library read an article; what is no SHA-256 is the name of no file."""
    if not isinstance(data, dict):
        return None
    digest = text(data.get("sha256"))
    return Provenance(text(data.get("name")), text(data.get("format")), digest if _DIGEST.fullmatch(digest) else "")


def _metadata(data: Node) -> Metadata:
    known = {name: _text(value) for name, value in data["metadata"].items() if value is not None}
    published = known.pop("published", "")
    return Metadata(
        **{name: known[name] for name in METADATA_FIELDS if name in known},
        published=Published.parse(published) if published else None,
        origins={str(name): Origin(origin) for name, origin in data["origins"].items()},
    )


def _left_out(data: Node) -> LeftOut:
    """Return what was left out; raises ``ValueError`` for what could not be put back."""
    piece = LeftOut(
        _text(data["kind"]),
        _text(data["text"]),
        max(0, int(data["before"])),
        _text(data["block"]),
        dict(data["attributes"]),
        tuple(Run(*_span(one)) for one in data["runs"]),
    )
    lines = Body.of(Piece(line, piece.block, piece.attributes) for line in piece.text.split("\n"))
    if lines.text == piece.text:
        replace(lines, runs=piece.runs)
    return piece


def _mark(data: Node, described: Collection[str]) -> Mark:
    return Mark(
        _text(data["quote"]),
        int(data["start"]),
        int(data["end"]),
        _text(data["prefix"]),
        _text(data["suffix"]),
        _known(data["themes"], described),
        _text(data["note"]),
        moment(data.get("created")),
        moment(data.get("modified")),
        _text(data["author"]),
        own_id(_text(data["id"])),
        data.get("private") is True,
        Status(data["status"]) is Status.ORPHAN,
        noted=own_noted(data),
    )


def _span(data: Node) -> tuple[int, int, str, dict[str, str | int | bool]]:
    return int(data["start"]), int(data["end"]), _text(data["kind"]), dict(data["attributes"])


def _known(ids: Any, described: Collection[str]) -> tuple[str, ...]:
    """Return the ids of themes that the file describes: one that it does not has no name."""
    return tuple(uid for uid in map(_text, ids) if uid in described)


def _title(article: Any) -> str:
    known = article.get("metadata") if isinstance(article, dict) else None
    return " ".join(text(known.get("title")).split()) if isinstance(known, dict) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Return a text; raises ``TypeError`` for what is none."""
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _sniffed(data: bytes) -> bool:
    return _BEGINNING.match(data) is not None


IMPORTER: Final = Importer("commonplace", "Commonplace (JSON)", (".json",), read, _sniffed, largest=_LARGEST)
