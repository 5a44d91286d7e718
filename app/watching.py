"""Watched folders: what lands in them comes into the library by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.errors import InvalidInput, NotFound
from app.library.library import Library

ORIGIN: Final = "watched folder"
"""What the history says of steps that watching made."""

_SETTING: Final = "watched folders"
_QUIET: Final = 2.0
"""So many seconds must a file have been left alone: one that is still being written is not read yet."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder that is watched, and the collection that its articles are put into (``""``: none)."""

    folder: Path
    collection: str = ""


class Watching:
    """The watched folders of one library. That they are watched is no deed; what they bring is."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._library = library

    def all(self) -> tuple[Watched, ...]:
        """Return the watched folders, in the order in which they were added."""
        held = json.loads(self._library.setting(_SETTING) or "[]")
        return tuple(Watched(Path(folder), collection) for folder, collection in held)

    def add(self, folder: Path, collection: str = "") -> Watched:
        """Watch a folder and those in it; raises ``InvalidInput`` for what is none, or holds the library itself."""
        folder = folder.expanduser().absolute()
        if not folder.is_dir():
            raise InvalidInput("“{folder}” is no folder.", "Choose one that is there.", folder=str(folder))
        own = self._library.folder.absolute()
        if folder == own or folder in own.parents or own in folder.parents:
            raise InvalidInput(
                "“{folder}” holds this library, or lies in it.", "Watch another folder.", folder=str(folder)
            )
        watched = Watched(folder, collection.strip())
        self._keep([*(one for one in self.all() if one.folder != folder), watched])
        return watched

    def remove(self, folder: Path) -> None:
        """Watch a folder no longer; what it brought stays. Raises ``NotFound``."""
        folder = folder.expanduser().absolute()
        left = [one for one in self.all() if one.folder != folder]
        if len(left) == len(self.all()):
            raise NotFound("“{folder}” is not watched.", "Look at those that are.", folder=str(folder))
        self._keep(left)

    def fresh(self, watch: Watch, now: float) -> list[tuple[Watched, list[Path]]]:
        """Return what is new in each watched folder, but for files that articles were read from since they changed."""
        found = []
        for watched in self.all():
            read = self._read(watched.folder)
            new = [path for path in watch.fresh(watched.folder, now) if watch.seen[path][0] / 1e6 > read.get(path, 0)]
            if new:
                found.append((watched, new))
        return found

    def _read(self, folder: Path) -> dict[Path, int]:
        """Return when articles were read from the files of a folder, in UTC milliseconds."""
        first, last = f"{folder}{os.sep}", f"{folder}{chr(ord(os.sep) + 1)}"
        rows = self._library.database.rows(
            "SELECT path, modified FROM article WHERE path > ? AND path < ?", (first, last)
        )
        return {Path(row["path"]): row["modified"] for row in rows}

    def _keep(self, watched: Iterable[Watched]) -> None:
        self._library.set_setting(_SETTING, json.dumps([(str(one.folder), one.collection) for one in watched]))


@dataclass(slots=True)
class Watch:
    """Looks into folders again and again, and remembers what it has seen there. It needs no library."""

    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def fresh(self, folder: Path, now: float) -> list[Path]:
        """Return the files of a folder, and of those in it, that are new or were changed since the last look.

        ``now`` is the time in seconds since 1970. A folder that cannot be read, or is gone, has none.
        """
        found = dict(_files(folder))
        settled = {path: mark for path, mark in found.items() if mark[0] / 1e9 <= now - _QUIET}
        new = [path for path, mark in settled.items() if self.seen.get(path) != mark]
        self.seen |= settled
        return sorted(new)

    def forget(self, paths: Iterable[Path]) -> None:
        """Take files for new again: they could not be read just now."""
        for path in paths:
            self.seen.pop(path, None)


def _files(folder: Path) -> Mapping[Path, tuple[int, int]]:
    """Return the regular files in a folder that are not hidden, each with the time it was written and its size."""
    found: dict[Path, tuple[int, int]] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and not path.is_symlink() and path.is_file():
                try:
                    status = path.stat()
                except OSError:
                    continue
                found[path] = (status.st_mtime_ns, status.st_size)
    return found
