"""How files were split into articles when they came in: a new version of such a file is split in the same way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from app.importers._split_options import LEVEL, NO, PATTERN, SPLIT, way_of
from app.library.library import Library
from app.library.recording import json_object

_SETTING: Final = "splittings"
_MOST: Final = 500
_OPTIONS: Final = frozenset((SPLIT, LEVEL, PATTERN))

Way = tuple[str | None, Mapping[str, str]]
"""The key of an importer (``None``: the one of the file's own format) and options of it."""


class Splittings:
    """The ways in which files were split, by their paths, kept in one library."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._library = library
        self._held = self._read()

    def of(self, path: str) -> Way | None:
        """Return how the file at a path was split, as long as one of its articles is in the library."""
        held = self._held.get(path)
        if not isinstance(held, list) or len(held) != 2:
            return None
        key, options = held
        if not isinstance(options, dict) or not (key is None or isinstance(key, str)) or not self._has_parts(path):
            return None
        return key, {name: str(value) for name, value in options.items() if name in _OPTIONS}

    def remember(self, path: str, key: str | None, options: Mapping[str, str]) -> None:
        """Keep in mind how a file was split that has just been read so, or that it no longer is."""
        said = {name: value for name, value in options.items() if name in _OPTIONS}
        now = None if way_of(said) == NO else [key, said]
        if now == self._held.get(path):
            return
        kept = self._read()  # another process may have added to it
        kept.pop(path, None)
        kept |= {} if now is None else {path: now}
        self._held = dict(list(kept.items())[-_MOST:])
        self._library.set_setting(_SETTING, json.dumps(self._held))

    def _read(self) -> dict[str, object]:
        return dict(json_object(self._library.setting(_SETTING)) or {})

    def _has_parts(self, path: str) -> bool:
        query = "SELECT 1 FROM article WHERE path>?1 || '/' AND path<?1 || '0' LIMIT 1"
        return self._library.database.value(query, (path,)) is not None
