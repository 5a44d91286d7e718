"""What could not be indexed, and why: kept in the library, so that nobody who asks waits for it to be tried again.

It is tried again when it changes, when it is wished, and once the index has another form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from app.library.library import Library
from app.search.schema import KINDS, Kind
from app.search.segments import FORM
from app.wording import Message

Refusals = Mapping[Kind, Mapping[int, Message]]
"""Why documents could not be indexed, by their keys."""

_SETTING: Final = "not indexed"


def refused(library: Library) -> Refusals:
    """Return what could not be indexed; nothing of an index of another form, or that a foreign hand has written."""
    kept = library.setting(_SETTING)
    if not kept:
        return {kind: {} for kind in KINDS}
    try:
        said = json.loads(kept)
        return _read(said) if said["form"] == FORM else {kind: {} for kind in KINDS}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {kind: {} for kind in KINDS}


def remember(library: Library, refusals: Refusals) -> None:
    """Keep what could not be indexed, in place of what was kept, inside the caller's transaction."""
    if not any(refusals.values()):
        library.database.execute("DELETE FROM setting WHERE name=?", (_SETTING,))
        return
    said = {
        kind: {key: [why.template, {name: _plain(value) for name, value in why.values.items()}] for key, why in own}
        for kind, own in ((kind, sorted(refusals[kind].items())) for kind in KINDS)
    }
    value = json.dumps({"form": FORM, **said})
    library.database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_SETTING, value))


def _read(said: Any) -> dict[Kind, dict[int, Message]]:
    return {
        kind: {int(key): Message(str(why), {name: _plain(one) for name, one in values.items()})
               for key, (why, values) in said[kind].items()}
        for kind in KINDS
    }  # fmt: skip


def _plain(value: object) -> str | int | float:
    return value if isinstance(value, str | int | float) else str(value)
