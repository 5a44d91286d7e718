"""Notes as they read. The reader of Markdown is loaded when the first one with marks is there."""

from __future__ import annotations

from dataclasses import replace

from app.loading import load
from app.text.body import Body, Piece, Run
from app.text.unmarked import unmarked


def plain(text: str) -> str:
    """Return a note as it reads, without its marks: a line for each block."""
    if unmarked(text):
        return text.strip()
    lines: str = load("app.text.markdown_reader").plain(text)
    return lines


def reading(text: str) -> tuple[str, tuple[Run, ...]]:
    """Return what :func:`plain` does, and what in it is strong or emphasised."""
    if unmarked(text):
        return text.strip(), ()
    lines: list[str] = []
    runs: list[Run] = []
    at = 0
    for piece in load("app.text.markdown_reader").read_markdown(text):
        if not piece.text.strip():
            continue
        before = "• " if piece.kind == "item" else ""
        by = at + len(before)
        runs += [replace(run, start=run.start + by, end=run.end + by) for run in piece.runs]
        lines.append(before + piece.text)
        at += len(lines[-1]) + 1
    return "\n".join(lines), tuple(runs)


def body(text: str) -> Body:
    """Return a note with its structure."""
    if unmarked(text):
        return Body.of([Piece(text.strip())] if text.strip() else [])
    return Body.of(load("app.text.markdown_reader").read_markdown(text, note=True))
