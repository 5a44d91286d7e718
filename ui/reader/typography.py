"""How an article is set: the size of its letters, how many stand in a line, how far apart the lines are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from ui.looks import MONO, SANS, SERIF, font

_SAMPLE: Final = (
    "In March 2024 the ministry said, after “two weeks” of talks, that Moscow would not withdraw; nobody knew why."
)
_HEADINGS: Final = (1.44, 1.36, 1.18, 1.08, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Typography:
    """The size in pixels, letters in a line, height of a line as a multiple of ``px``.

    ``family`` is ``serif``, ``sans`` or the name of one that may be installed; with ``numbers``, paragraphs are
    numbered in the margin.
    """

    px: int = 19
    measure: int = 66
    line: float = 1.6
    family: str = "serif"
    numbers: bool = False

    def face(self) -> str:
        """Return the family's name for Qt; the serif's for one that is not installed."""
        if self.family == "sans":
            return SANS
        return self.family if QFontDatabase.hasFamily(self.family) else SERIF

    def font(self, scale: float = 1.0, weight: int = 400, *, italic: bool = False) -> QFont:
        """Return the font of the text, larger or smaller by ``scale``."""
        return font(round(self.px * scale), weight, italic=italic, family=self.face())

    def code_font(self) -> QFont:
        """Return the font of code."""
        return font(round(self.px * 0.8), family=MONO)

    def line_height(self) -> int:
        """Return how many pixels the base lines of the text are apart."""
        return round(self.px * self.line)

    def width(self) -> int:
        """Return how many pixels wide a full line is."""
        letters = QFontMetricsF(self.font()).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        return round(self.measure * letters)

    def heading_px(self, level: int) -> int:
        """Return the size of a heading of level 1 to 6."""
        return round(self.px * _HEADINGS[max(1, min(level, 6)) - 1])
