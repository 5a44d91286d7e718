"""Watched folders: what lands in them comes into the library by itself."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Generator, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import places
from app.errors import InvalidInput, NotFound
from app.importers import _companions
from app.importers._base import each_importer
from app.library.collections import Collections
from app.library.library import Library

ORIGIN: Final = "watched folder"
"""What the history says of steps that watching made."""

_SETTING: Final = "watched folders"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_QUIET: Final = 2.0
"""So many seconds must a file have been left alone: one that is still being written is not read yet."""
_STRIDE: Final = 100
"""After so many files a look lets others have their turn."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder that is watched, and the collection that its articles are put into (``""``: none)."""

    folder: Path
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file is seen by to have changed: when it was written (UTC milliseconds since 1970), and its size."""

    written: int
    size: int


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new in a watched folder: its files, as they were when they were found."""

    watched: Watched
    files: Mapping[Path, Mark]


class Watching:
    """The watched folders of one library. That they are watched is no deed; what they bring is."""

    def __init__(self, library: Library, collections: Collections) -> None:
        """Work on an open library."""
        self._library = library
        self._collections = collections

    def all(self) -> tuple[Watched, ...]:
        """Return the watched folders, in the order in which they were added.

        Each with the name that its collection has by now; with none when that was deleted.
        """
        return tuple(Watched(Path(folder), self._named(collection)) for folder, collection in self._kept())

    def _kept(self) -> list[tuple[str, str]]:
        """Return each folder with its collection, as they are kept."""
        return [(folder, collection) for folder, collection in json.loads(self._library.setting(_SETTING) or "[]")]

    def _named(self, collection: str) -> str:
        """Return the name of a collection that is kept by its id, or by its name until it is made."""
        found = self._collections.named(collection) if collection else None
        if found is not None:
            return found.name
        return "" if _ID.fullmatch(collection) else collection

    def add(self, folder: Path, collection: str = "") -> Watched:
        """Watch a folder and those in it; raises ``InvalidInput`` for what is none, or holds the library itself."""
        folder = places.at_home(folder).absolute()
        if not places.is_folder(folder):
            raise InvalidInput(
                "“{folder}” is no folder.", "Choose one that is there, and that you may read.", folder=str(folder)
            )
        own = self._library.folder.absolute()
        if folder == own or folder in own.parents or own in folder.parents:
            raise InvalidInput(
                "“{folder}” holds this library, or lies in it.", "Watch another folder.", folder=str(folder)
            )
        collection = collection.strip()
        self._keep([*(one for one in self._kept() if one[0] != str(folder)), (str(folder), collection)])
        return Watched(folder, collection)

    def remove(self, folder: Path) -> None:
        """Watch a folder no longer; what it brought stays. Raises ``NotFound``."""
        folder = places.at_home(folder).absolute()
        left = [one for one in self._kept() if one[0] != str(folder)]
        if len(left) == len(self._kept()):
            raise NotFound("“{folder}” is not watched.", "Look at those that are.", folder=str(folder))
        self._keep(left)

    def look(self, now: float, tried: Mapping[Path, Mark]) -> Generator[None, None, list[Fresh]]:
        """Look for files that are new in the watched folders, or not as they were when they came in; yields in between.

        ``now`` is the time in seconds since 1970. What was ``tried`` already as it is now is not found again. A folder
        that cannot be read, or is gone, has nothing.
        """
        watched = self.all()
        suffixes: set[str] = set()
        for importer in each_importer() if watched else ():
            suffixes |= set(importer.suffixes)
            yield
        found = []
        for one in watched:
            new = yield from self._new(one.folder, suffixes, now, tried)
            if new:
                found.append(Fresh(one, new))
        return found

    def _new(
        self, folder: Path, suffixes: set[str], now: float, tried: Mapping[Path, Mark]
    ) -> Generator[None, None, dict[Path, Mark]]:
        new = {}
        for number, (path, may_be_read) in enumerate(_companions.files_in(folder, suffixes), 1):
            mark = _mark(path, now) if may_be_read else None
            if mark is not None and mark != tried.get(path) and not self._is_known(path, mark):
                new[path] = mark
            if number % _STRIDE == 0:
                yield
        return new

    def remember(self, fresh: Fresh, unread: Set[str]) -> None:
        """Remember the files that an import has gone through to its end, as they were when they were found.

        They come again when they have changed, whatever became of their articles. Those that are ``unread`` are tried
        again when the library is opened next.
        """
        rows = [
            (_known_as(path), mark.written, mark.size) for path, mark in fresh.files.items() if str(path) not in unread
        ]
        with self._library.database.transaction():
            self._library.database.execute_each("INSERT OR REPLACE INTO watched_file VALUES (?, ?, ?)", rows)
        self._keep(self._kept())

    def forget(self, paths: Iterable[Path]) -> None:
        """Let the next look find files again that have come in."""
        with self._library.database.transaction():
            self._library.database.execute_each(
                "DELETE FROM watched_file WHERE path=?", [(_known_as(path),) for path in paths]
            )

    def _is_known(self, path: Path, mark: Mark) -> bool:
        found = self._library.database.value(
            "SELECT 1 FROM watched_file WHERE path=? AND written=? AND size=?",
            (_known_as(path), mark.written, mark.size),
        )
        return found is not None

    def _keep(self, watched: Iterable[tuple[str, str]]) -> None:
        """Keep the folders, each with the id of its collection, once there is one: it may get another name."""
        pairs = []
        for folder, collection in watched:
            found = self._collections.named(collection) if collection else None
            pairs.append((folder, found.id if found else collection))
        kept = json.dumps(pairs)
        if kept != self._library.setting(_SETTING):
            self._library.set_setting(_SETTING, kept)


def _mark(path: Path, now: float) -> Mark | None:
    """Return how a file is; ``None`` while it is empty or was written just now, and for what is no regular file."""
    try:
        status = path.lstat()
    except OSError:
        return None
    # A time to come is no reason to wait: it stands in what was unpacked here from another time zone.
    if not stat.S_ISREG(status.st_mode) or not status.st_size or abs(now - status.st_mtime) < _QUIET:
        return None
    return Mark(status.st_mtime_ns // 1_000_000, status.st_size)


def _known_as(path: Path) -> bytes:
    """Return what the library knows a path by: names may hold words that are erased, or be no text at all."""
    return hashlib.sha256(os.fsencode(path)).digest()
