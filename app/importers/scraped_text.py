"""Plain text as it was scraped from a page or copied out of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.cleaning.scraped import read_scraped
from app.errors import ImportFailed
from app.importers._base import Importer
from app.importers._encodings import decode_text
from app.model import Draft


def read(data: bytes, name: str) -> Sequence[Draft]:
    """Read a file of one article."""
    text = decode_text(data, name)
    if not text.strip():
        raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=name)
    return (read_scraped(text),)


IMPORTER: Final = Importer("text", "Plain text", (".txt", ".text"), read)
