"""Drafts as JSON values, on their way from a reading process: no pickles, nothing that runs. Pictures go beside."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.drafts import (
    AttributeDraft,
    Codebook,
    CollectionDraft,
    Draft,
    Framework,
    Gauge,
    Mark,
    Provenance,
    ThemeDraft,
)
from app.importers._own_library import Chosen
from app.model import (
    METADATA_FIELDS,
    Content,
    Details,
    EarlierText,
    Interlude,
    LeftOut,
    Metadata,
    Noted,
    Origin,
    Published,
    Rule,
    State,
)
from app.rounds import Round
from app.text.body import Body, Run


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as a JSON object, with the names of its pictures."""
    values = {name: getattr(draft.metadata, name) for name in METADATA_FIELDS}
    return {
        "text": draft.body.text,
        "structure": draft.body.structure_json(),
        "metadata": {name: str(value) for name, value in values.items() if value is not None},
        "origins": {name: origin.value for name, origin in draft.metadata.origins.items()},
        "left_out": [_left_out_to_json(piece) for piece in draft.left_out],
        "details": {name: list(value) if isinstance(value, tuple) else value for name, value in draft.details.items()},
        "attributes": dict(draft.attributes),
        "themes": list(draft.themes),
        "note": draft.note,
        "marks": [asdict(mark) for mark in draft.marks],
        "pictures": list(draft.pictures),
        "part": draft.part,
        "stub": draft.stub,
        "state": draft.state,
        "id": draft.id,
        "added": draft.added,
        "modified": draft.modified,
        "private": draft.private,
        "layers": {author: list(themes) for author, themes in draft.layers.items()},
        "gauge": _gauge_to_json(draft.gauge),
        "coders": list(draft.coders),
        "noted": asdict(draft.noted) if draft.noted else None,
        "provenance": asdict(draft.provenance) if draft.provenance else None,
        "earlier": [_earlier_to_json(one) for one in draft.earlier],
    }


def draft_from_json(data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Draft:
    """Return the draft of :func:`draft_to_json`; raises ``ValueError`` or ``KeyError`` for what is none.

    Its pictures are among ``pictures``.
    """
    stated = dict(data["metadata"])
    published = stated.pop("published", None)
    metadata = Metadata(
        **{name: str(stated[name]) for name in METADATA_FIELDS if name in stated},
        published=Published.parse(published) if published else None,
        origins={str(name): Origin(origin) for name, origin in data["origins"].items()},
    )
    details: Details = {
        str(name): tuple(value) if isinstance(value, list) else str(value) for name, value in data["details"].items()
    }
    body = Body.from_json(data["text"], data["structure"])
    return Draft(
        body,
        metadata,
        tuple(_left_out_from_json(*piece) for piece in data["left_out"]),
        details,
        dict(data["attributes"]),
        tuple(data["themes"]),
        data["note"],
        tuple(Mark(**{**mark, "themes": tuple(mark["themes"]), "noted": _noted(mark)}) for mark in data["marks"]),
        Chosen(pictures, tuple(data["pictures"])) if data["pictures"] else {},
        str(data["part"]),
        bool(data["stub"]),
        State(data["state"]) if data["state"] else None,
        str(data["id"]),
        int(data["added"]),
        int(data["modified"]),
        bool(data["private"]),
        {str(author): tuple(themes) for author, themes in data["layers"].items()},
        _gauge_from_json(body.text, *data["gauge"]) if data["gauge"] else None,
        tuple(map(str, data["coders"])),
        _noted(data),
        Provenance(**data["provenance"]) if data["provenance"] else None,
        tuple(_earlier_from_json(**one) for one in data["earlier"]),
    )


def _noted(data: Mapping[str, Any]) -> Noted | None:
    return Noted(**data["noted"]) if data["noted"] else None


def _earlier_to_json(one: EarlierText) -> dict[str, Any]:
    body, pieces = one.content.body, [_left_out_to_json(piece) for piece in one.content.left_out]
    return {
        "text": body.text,
        "structure": body.structure_json(),
        "left_out": pieces,
        "made": one.made,
        "reason": one.reason,
    }


def _earlier_from_json(text: str, structure: str, left_out: list[Any], made: int, reason: str) -> EarlierText:
    pieces = tuple(_left_out_from_json(*piece) for piece in left_out)
    return EarlierText(Content(Body.from_json(text, structure), pieces), int(made), str(reason))


def _gauge_to_json(gauge: Gauge | None) -> list[Any] | None:
    if gauge is None:
        return None
    return [gauge.fingerprint, gauge.words, gauge.excerpt, b64encode(gauge.bands).decode()]


def _gauge_from_json(text: str, fingerprint: str, words: int, excerpt: str, bands: str) -> Gauge:
    return Gauge(text, str(fingerprint), int(words), str(excerpt), b64decode(bands))


def codebook_to_json(codebook: Codebook) -> dict[str, Any]:
    """Return a codebook as a JSON object."""
    return asdict(codebook)


def codebook_from_json(data: Mapping[str, Any]) -> Codebook:
    """Return the codebook of :func:`codebook_to_json`."""
    themes = (ThemeDraft(**{**one, "path": tuple(one["path"]), "noted": _noted(one)}) for one in data["themes"])
    return Codebook(tuple(themes), str(data["part"]))


def framework_to_json(framework: Framework) -> dict[str, Any]:
    """Return a framework as a JSON object."""
    return asdict(framework)


def framework_from_json(data: Mapping[str, Any]) -> Framework:
    """Return the framework of :func:`framework_to_json`."""
    attributes = (AttributeDraft(**{**one, "choices": tuple(one["choices"])}) for one in data["attributes"])
    collections = (_collection_from_json(one) for one in data["collections"])
    rules = (Rule(**one) for one in data["rules"])
    note, part, private = str(data["note"]), str(data["part"]), bool(data["private"])
    rounds = tuple(map(_round_from_json, data["rounds"]))
    answers = _round_from_json(data["answers"]) if data["answers"] else None
    return Framework(
        note, tuple(attributes), tuple(collections), part, private, tuple(rules), rounds, answers, _noted(data)
    )


def _collection_from_json(data: Mapping[str, Any]) -> CollectionDraft:
    interludes = tuple(Interlude(**one) for one in data["interludes"])
    sequence = tuple(data["sequence"])
    return CollectionDraft(**{**data, "interludes": interludes, "sequence": sequence, "noted": _noted(data)})


def _round_from_json(data: Mapping[str, Any]) -> Round:
    return Round(**{**data, "articles": tuple(data["articles"])})


def _left_out_to_json(piece: LeftOut) -> list[Any]:
    runs = [[run.start, run.end, run.kind, dict(run.attributes)] for run in piece.runs]
    return [piece.kind, piece.text, piece.before, piece.block, dict(piece.attributes), runs]


def _left_out_from_json(
    kind: str, text: str, before: int, block: str, attributes: dict[str, str | int | bool], runs: list[list[Any]]
) -> LeftOut:
    return LeftOut(kind, text, int(before), block, attributes, tuple(Run(*run) for run in runs))
