"""Clips: a passage and where it is from, without the rest of the article, as this program writes them down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from app.cleaning.language import guess
from app.drafts import Draft, Mark
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.model import Metadata, Origin
from app.text.addresses import site
from app.text.body import Body

KIND: Final = "commonplace clip"
_HEAD: Final = 200
_FIELDS: Final = ("title", "byline", "outlet", "address", "accessed")


def read(file: File) -> Parts:
    """Read one clip: a stub with one mark over all of its text."""
    try:
        held = json.loads(file.data)
        passage = held["passage"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ImportFailed("{name} is no clip.", "Make it again.", name=file.name) from error
    if not isinstance(passage, str) or not passage.strip():
        raise ImportFailed("There is no passage in {name}.", "Copy one, and clip it again.", name=file.name)
    body = Body.of(line.strip() for line in passage.strip().split("\n") if line.strip())
    names = held.get("themes")
    themes = tuple(str(name) for name in names if str(name).strip()) if isinstance(names, list) else ()
    mark = Mark(body.text, 0, len(body.text), themes=themes, note=str(held.get("note", "")))
    return (Draft(body, _metadata(held, body.text), marks=(mark,), stub=True),)


def _metadata(held: Mapping[str, Any], text: str) -> Metadata:
    """Return what the clip says of its article; without a title the beginning of the passage stands for one."""
    stated = {name: str(held[name]).strip() for name in _FIELDS if str(held.get(name) or "").strip()}
    origins = dict.fromkeys(stated, Origin.STATED)
    values: dict[str, Any] = dict(stated)
    derived = {"title": " ".join(text.split()[:10]), "outlet": site(stated.get("address", "")), "language": guess(text)}
    for name, value in derived.items():
        if name not in stated and value:
            values[name] = value
            origins[name] = Origin.DERIVED
    return Metadata(**values, origins=origins)


def _sniff(data: bytes) -> bool:
    return KIND.encode() in data[:_HEAD]


IMPORTER: Final = Importer("clip", "Clip", (".clip",), read, _sniff)
