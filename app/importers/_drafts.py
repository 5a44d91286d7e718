"""Drafts as JSON, the form in which they come out of a reading process, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from app.model import Draft, LeftOut, Metadata, Origin, Published
from app.text.body import Body, Run


def to_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as values that JSON knows; the inverse of :func:`from_json`."""
    metadata = {name.name: getattr(draft.metadata, name.name) for name in fields(Metadata)}
    published = draft.metadata.published
    return {
        "text": draft.body.text,
        "structure": draft.body.structure_json(),
        "metadata": {
            **metadata,
            "published": None if published is None else str(published),
            "origins": {name: str(origin) for name, origin in draft.metadata.origins.items()},
        },
        "left_out": [_piece_json(piece) for piece in draft.left_out],
        "details": {name: list(text) if isinstance(text, tuple) else text for name, text in draft.details.items()},
        "attributes": dict(draft.attributes),
        "themes": list(draft.themes),
        "note": draft.note,
    }


def from_json(value: dict[str, Any]) -> Draft:
    """Return the draft that :func:`to_json` wrote; raises ``ValueError`` or ``KeyError`` for anything else."""
    metadata = dict(value["metadata"])
    if metadata["published"] is not None:
        metadata["published"] = Published.parse(metadata["published"])
    metadata["origins"] = {name: Origin(origin) for name, origin in metadata["origins"].items()}
    return Draft(
        Body.from_json(value["text"], value["structure"]),
        Metadata(**metadata),
        tuple(_piece(piece) for piece in value["left_out"]),
        {name: tuple(text) if isinstance(text, list) else text for name, text in value["details"].items()},
        value["attributes"],
        tuple(value["themes"]),
        value["note"],
    )


def _piece_json(piece: LeftOut) -> dict[str, Any]:
    return {
        **{name.name: getattr(piece, name.name) for name in fields(LeftOut)},
        "attributes": dict(piece.attributes),
        "runs": [[run.start, run.end, run.kind, dict(run.attributes)] for run in piece.runs],
    }


def _piece(value: dict[str, Any]) -> LeftOut:
    runs = tuple(Run(start, end, kind, attributes) for start, end, kind, attributes in value["runs"])
    return LeftOut(**{**value, "runs": runs})
