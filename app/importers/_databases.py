"""Downloads of news databases in a file that only its blocks tell from others: a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Parts
from app.loading import load
from app.text.body import Piece

_KEYS: Final = ("nexis", "factiva", "proquest", "europresse")


def read_database(pieces: Sequence[Piece], file: File) -> Parts | None:
    """Return the articles of a download, without their pictures; ``None`` for what is none, or holds no article."""
    texts = [piece for piece in pieces if piece.kind != "image"]
    said = "\n".join(piece.text for piece in texts).encode()
    for key in _KEYS:
        module = load(f"app.importers.{key}")
        if module.sniff(said):
            try:
                found: Parts = module.read_blocks(texts, file)
            except ImportFailed:
                return None
            return found
    return None
