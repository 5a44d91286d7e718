"""Crawls as one ZIP file: the WARC files in a WACZ archive."""

from __future__ import annotations

from typing import Final

from app.errors import ImportFailed
from app.importers._archives import UNPACK, opened
from app.importers._base import File, Importer, Parts
from app.importers._parts import read_member

_CRAWLS: Final = (".warc", ".warc.gz")


def read(file: File) -> Parts:
    """Read the crawls in an archive; raises ``ImportFailed`` when it holds none."""
    with opened(file.data, UNPACK) as archive:
        crawls = [name for name in sorted(archive.names) if name.lower().endswith(_CRAWLS)]
        found = [read_member(file, archive, name) for name in crawls]
    if not found:
        raise ImportFailed("{name} holds no crawl.", "Export the crawl again.", name=file.name)
    return [part for parts in found for part in parts]


def _sniffs(data: bytes) -> bool:
    """Names of files stand as they are in a ZIP, and once more in the list at its end."""
    return data.startswith(b"PK\3\4") and b"datapackage.json" in data[-65_536:] and b"archive/" in data[-65_536:]


IMPORTER: Final = Importer("wacz", "Crawl (WACZ)", (".wacz",), read, _sniffs, holds=True)
