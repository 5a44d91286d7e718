"""Finding what an earlier export left in a folder, wherever its reader has put it since and however it is called."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Final

from app.exporters._base import Exporter
from app.writing import told

_HEAD: Final = 64 * 1024  # bytes, in which a file says whose it is
_PART: Final = 200  # files looked at in one step


def places(root: Path, exporter: Exporter) -> Generator[None, None, Mapping[str, str]]:
    """Return where in a folder the files of things are, by the ids of these; yields now and then.

    Looked at is what a file says itself. Links are not followed, and folders that are hidden are passed over, as is
    what cannot be read. Of two files of one thing that counts which has a name of ours, then the outer one.
    """
    found: dict[str, tuple[bool, int, str]] = {}
    with told(root.name):
        is_there = root.is_dir()
    if exporter.owner is None or not is_there:
        return {}
    for number, path in enumerate(_files(root), 1):
        owner = exporter.owner(path.name, _head(path))
        if owner is not None:
            place = path.relative_to(root).as_posix()
            named = exporter.identity is not None and exporter.identity(path.name) is not None
            rank = (not named, place.count("/"), place)
            found[owner] = min(rank, found.get(owner, rank))
        if number % _PART == 0:
            yield
    return {owner: place for owner, (_, _, place) in found.items()}


def _files(root: Path) -> Iterator[Path]:
    """Yield the files of a folder and those below it, in order."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _head(path: Path) -> bytes:
    """Return the beginning of a regular file, ``b""`` of one that cannot be read or is a link."""
    try:
        if not path.is_file() or path.is_symlink():
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def earlier(root: Path, exporter: Exporter) -> Mapping[str, Path]:
    """Return the files that an earlier export left in one folder, by the identity in their names."""
    if exporter.identity is None or not root.is_dir():
        return {}
    with told(root.name):
        found = ((exporter.identity(path.name), path) for path in root.iterdir() if path.is_file())
        return {identity: path for identity, path in found if identity}
