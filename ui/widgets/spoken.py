"""What a screen reader says of a passage: its words, its themes, who marked it, and the note on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.model import Highlight
from ui.wording import filled

_MOST: Final = 300  # code points of a quote


def spoken(passage: Highlight, themes: Sequence[str]) -> str:
    """Return a passage in words; ``themes`` are the names of those on it."""
    tr = QCoreApplication.translate
    names = ", ".join(themes) or tr("spoken", "no theme")
    said = filled(tr("spoken", "“{quote}”, {themes}"), quote=passage.quote[:_MOST], themes=names)
    if passage.author:
        said += filled(tr("spoken", ", by {name}"), name=passage.author)
    if passage.note:
        note = tr("spoken", ", private note: {note}") if passage.private else tr("spoken", ", note: {note}")
        said += filled(note, note=passage.note)
    return said
