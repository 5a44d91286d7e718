"""Formats that are not read, and what a person can do about each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.errors import ImportFailed

_BEGINNING: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_PALM: Final = b"BOOKMOBI"

_KNOWN: Final[Mapping[str, tuple[bytes, str, str]]] = {
    ".doc": (_OLE, "the old Word (DOC)", "Open it in Word or LibreOffice, and save it as DOCX."),
    ".dot": (_OLE, "the old Word (DOT)", "Open it in Word or LibreOffice, and save it as DOCX."),
    ".wps": (_OLE, "Works (WPS)", "Open it in LibreOffice, and save it as DOCX."),
    ".pages": (_ZIP, "Pages", "Open it in Pages, and export it as Word (DOCX) or EPUB."),
    ".mobi": (_PALM, "the Kindle (MOBI)", "Convert it to EPUB with calibre."),
    ".fb2": (b"<FictionBook", "FictionBook (FB2)", "Convert it to EPUB with calibre."),
    ".ipynb": (b'"cells"', "Jupyter", "Export it from there as HTML or Markdown."),
    ".opml": (b"<opml", "outlines and lists of feeds (OPML)", "Save the feeds or articles that it names."),
    ".tex": (b"\\documentclass", "LaTeX", "Convert it to DOCX or HTML with pandoc, or make a PDF of it."),
    ".azw3": (_PALM, "the Kindle (AZW3)", "Convert it to EPUB with calibre."),
}

SUFFIXES: Final = frozenset(_KNOWN)
"""The endings of names of which :func:`refusal` may know what to do."""


def refusal(name: str, data: bytes) -> ImportFailed | None:
    """Return what to say of a file of a known format that is not read; ``None`` when its bytes are something else."""
    known = _KNOWN.get(Path(name).suffix.lower())
    if known is None or known[0] not in data[:_BEGINNING]:
        return None
    return ImportFailed("{name} is a file of {format}, which is not read.", known[2], name=Path(name).name,
                        format=known[1])  # fmt: skip
