"""ZIP archives of anything that can be read: folders of articles, saved pages with their pictures, exports."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Final
from unicodedata import normalize

from app.errors import ImportFailed
from app.importers import _companions
from app.importers._archives import UNPACK, Archive, opened
from app.importers._base import File, Importer, Parts, Unread, importers
from app.importers._parts import read_member
from app.pictures import LARGEST

# What pages are made of; a picture or a style sheet is no article that could not be read.
_MATERIAL: Final = frozenset({
    ".png", ".jpg", ".jpeg", ".jpe", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".css", ".js", ".mjs", ".map",
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".download",
})  # fmt: skip


def read(file: File) -> Parts:
    """Read every file in the archive; raises ``ImportFailed`` when nothing in it can be read at all."""
    found: list[Parts] = []
    with opened(file.data, UNPACK, each=True) as archive:
        places = {normalize("NFC", name): name for name in archive.names}
        for name in _readable(archive):
            beside = partial(_beside, archive, places, PurePosixPath(name).parent)
            found.append(read_member(file, archive, name, beside))
        if found:
            found.append([Unread(name.lstrip("/"), error) for name, error in archive.refused.items()])
    if not found:
        raise ImportFailed("{name} holds no file that can be read.", "Unpack it, and look at it.", name=file.name)
    return [part for parts in found for part in parts]


def _readable(archive: Archive) -> Iterator[str]:
    """Yield the names of the files that may be articles, in order."""
    owned = _owned(archive.names)
    suffixes = {suffix for importer in importers().values() for suffix in importer.suffixes}
    for name in sorted(archive.names):
        path = PurePosixPath(name)
        if any(_companions.is_passed_over(step) for step in path.parts):
            continue
        suffix = path.suffix.lower()
        if (suffix in _MATERIAL and suffix not in suffixes) or any(folder in owned for folder in path.parents):
            continue
        yield name


def _owned(names: tuple[str, ...]) -> set[PurePosixPath]:
    """Return the folders that belong to saved pages."""
    folders = {folder for name in names for folder in PurePosixPath(name).parents}
    files: dict[PurePosixPath, list[str]] = {}
    for name in names:
        files.setdefault(PurePosixPath(name).parent, []).append(PurePosixPath(name).name)
    return {
        folder
        for folder in folders
        if folder.name and not _companions.without([folder.name], files.get(folder.parent, ()))
    }


def _beside(archive: Archive, places: Mapping[str, str], folder: PurePosixPath, path: str) -> bytes | None:
    """Return what lies in the archive at a path from a folder, if it is small enough to be a picture.

    ``places`` are the names in the archive by their composed forms: file systems and pages compose letters differently.
    """
    name = places.get(normalize("NFC", posixpath.normpath(str(folder / path))))
    return archive.read(name) if name is not None and archive.size(name) <= LARGEST else None


def _sniffs(data: bytes) -> bool:
    """Documents and books are ZIP archives too, and say so in the name of their first file."""
    named = data[30:80]
    return data[:4] in (b"PK\3\4", b"PK\5\6") and not named.startswith((b"mimetype", b"[Content_Types].xml"))


IMPORTER: Final = Importer("zip", "ZIP archive", (".zip",), read, _sniffs, general=True, holds=True)
