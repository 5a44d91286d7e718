"""Pictures of a document on their way through a tree: named there as the source of an ``img``, found again after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.importers._pictures import Pictures
from app.text.body import Piece

_NAME: Final = "picture:"


def kept(pictures: Pictures, data: bytes) -> str:
    """Keep a picture and return what names it in a tree; empty for what cannot be kept."""
    digest = pictures.add(data)
    return f"{_NAME}{digest}" if digest else ""


def shown(pictures: Pictures, piece: Piece) -> Piece:
    """Return the block of an image that names a kept picture with the picture's digest instead."""
    digest = str(piece.attributes.get("source", "")).removeprefix(_NAME)
    if piece.kind != "image" or digest not in pictures.found:
        return piece
    return Piece("", "image", {"alt": piece.attributes.get("alt", ""), "source": "", "picture": digest})


def with_picture(piece: Piece, find: Callable[[str], bytes | None] | None, pictures: Pictures) -> Piece:
    """Return the block of an image whose source is found beside its file with the picture's digest instead."""
    source = str(piece.attributes.get("source", ""))
    data = find(source) if find is not None and source and piece.kind == "image" else None
    digest = pictures.add(data) if data is not None else None
    return (
        Piece("", "image", {"alt": piece.attributes.get("alt", ""), "source": "", "picture": digest})
        if digest
        else piece
    )
