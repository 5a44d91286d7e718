"""Plain text as it was scraped from a page or copied out of one."""

from __future__ import annotations

from typing import Final

from app.cleaning.scraped import read_scraped
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_text


def read(file: File) -> Parts:
    """Read a file of one article."""
    text = decode_text(file.data, file.name)
    if not text.strip():
        raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=file.name)
    return (read_scraped(text),)


IMPORTER: Final = Importer("text", "Plain text", (".txt", ".text"), read, general=True)
