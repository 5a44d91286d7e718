"""Who wrote a document, and when, as the lines at its head tell: a word processor's properties often do not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.cleaning.date_lines import is_date_line
from app.cleaning.language import guess
from app.cleaning.phrases import lexicon, tokens
from app.cleaning.signatures import read_signature
from app.text.body import Piece

_HEAD: Final = 6
_LONGEST: Final = 20  # words
_PROGRAMS: Final = frozenset(
    ("python-docx", "microsoft office user", "apache poi", "unknown", "user", "admin", "owner")
)
"""What word processors and libraries state as the author when nobody told them who that is."""


def is_somebody(name: str) -> bool:
    """Tell whether the author in the properties of a document may be one."""
    return " ".join(name.casefold().split()) not in _PROGRAMS


def told_lines(pieces: Sequence[Piece], aside: Mapping[int, str]) -> tuple[dict[int, str], dict[str, str]]:
    """Return which lines at the head say ``author`` or ``date``, and what they say; each is told once.

    A day counts only where somebody signs: alone it may be the first line of the text. The head ends with the first
    line of more than twenty words. ``aside`` are lines that are known to be no text.
    """
    known = lexicon(guess("\n".join(piece.text for piece in pieces)))
    lines: dict[int, str] = {}
    said: dict[str, str] = {}
    for number in [number for number in range(len(pieces)) if number not in aside][:_HEAD]:
        piece = pieces[number]
        words = tokens(piece.text)
        if len(words) > _LONGEST:
            break
        if piece.kind != "paragraph" or not words:
            continue
        signature = read_signature(piece.text, words, known)
        if signature is not None and signature.name and "author" not in said:
            lines[number], said["author"] = "author", signature.name
        elif "date" not in said and is_date_line(piece.text, known):
            lines[number], said["date"] = "date", piece.text
    return (lines, said) if "author" in said else ({}, {})
