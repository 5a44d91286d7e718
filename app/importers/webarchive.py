"""Pages that Safari saved as one file, with their pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_part
from app.importers._pages import Around, read_page
from app.loading import load
from app.text.addresses import full_address

_MAIN: Final = "WebMainResource"
_PARTS: Final = "WebSubresources"
_EXPAT: Final = "xml.parsers.expat"


def read(file: File) -> Parts:
    """Read a page; raises ``ImportFailed`` for what is no such archive."""
    archive = _loaded(file)
    main = archive.get(_MAIN)
    if not isinstance(main, dict) or not isinstance(main.get("WebResourceData"), bytes):
        raise ImportFailed("{name} holds no page.", "Save the page again in Safari.", name=file.name)
    address = str(main.get("WebResourceURL", ""))
    markup = decode_part(main["WebResourceData"], str(main.get("WebResourceTextEncodingName", "")), file.name)
    around = Around(
        address=address if address.lower().startswith(("http://", "https://")) else "",
        find=_finder(archive.get(_PARTS), address),
    )
    return (read_page(markup, file, around),)


def _loaded(file: File) -> Mapping[str, Any]:
    """Return the archive as a mapping; a list of properties cannot run anything, and declares no entities."""
    try:
        found = load("plistlib").loads(file.data)
    except (
        ValueError, LookupError, TypeError, OverflowError, RecursionError, AttributeError, load(_EXPAT).ExpatError,
    ) as error:  # fmt: skip
        raise _damaged(file.name) from error
    if not isinstance(found, dict):
        raise _damaged(file.name)
    return found


def _finder(parts: Any, base: str) -> Callable[[str], bytes | None]:
    known: dict[str, bytes] = {}
    for part in parts if isinstance(parts, list) else ():
        data = part.get("WebResourceData") if isinstance(part, dict) else None
        if isinstance(data, bytes):
            known.setdefault(str(part.get("WebResourceURL", "")), data)
    return lambda address: known.get(full_address(address, base))


def _damaged(name: str) -> ImportFailed:
    return ImportFailed("{name} is damaged.", "Save the page again in Safari.", name=name)


def _sniffs(data: bytes) -> bool:
    return _MAIN.encode() in data and data.startswith((b"bplist", b"<?xml", b"<plist"))


IMPORTER: Final = Importer("webarchive", "Safari web archive", (".webarchive",), read, _sniffs, splits=True)
