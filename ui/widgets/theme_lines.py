"""The kinds of lines that themes have beside their colours, where that is wished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from app.model import Theme

KINDS: Final[Sequence[Sequence[float]]] = ((), (4, 2), (1, 1), (5, 1, 1, 1), (1, 3), (8, 2))
"""Strokes and gaps, as multiples of the thickness; the first has none. The help of the setting says how many."""


def line_of(theme: Theme) -> Sequence[float]:
    """Return the kind of a theme's line: by its digit, and without one by its key, which it keeps wherever it moves."""
    return KINDS[((theme.digit or theme.key) - 1) % len(KINDS)]


def dashed(pen: QPen, kind: Sequence[float]) -> QPen:
    """Return a pen that draws a kind of line."""
    if kind:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(kind))
    return pen
