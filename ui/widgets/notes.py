"""Notes as they read. The reader of Markdown is loaded when the first one with marks is there."""

from __future__ import annotations

from app.loading import load
from app.text.body import Body, Piece
from app.text.unmarked import unmarked


def plain(text: str) -> str:
    """Return a note as it reads, without its marks: a line for each block."""
    if unmarked(text):
        return text.strip()
    lines: str = load("app.text.markdown_reader").plain(text)
    return lines


def body(text: str) -> Body:
    """Return a note with its structure."""
    if unmarked(text):
        return Body.of([Piece(text.strip())] if text.strip() else [])
    return Body.of(load("app.text.markdown_reader").read_markdown(text, note=True))
