"""A few lines of text with a marked passage, laid out by Qt; here code points become Qt's units."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from app.text import graphemes
from app.text.body import Run
from app.text.directions import is_rightward
from app.text.excerpts import ELLIPSIS
from app.text.ranges import Span
from ui.widgets.units import drawn_as, line_spans, units
from ui.wording import runs_left

_AROUND: Final = 900  # code points kept on either side of a passage, more than fits
_PASSAGE: Final = 2400  # code points kept of the passage itself
_TRIES: Final = 12
_BREAK: Final = "\N{LINE SEPARATOR}"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


class Prose:
    """Text on lines of one height, at most ``most`` of them; ``marked`` is the passage, in code points."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: int,
        line: int,
        most: int,
        marked: Span = (0, 0),
        ink: QColor | None = None,
        runs: Sequence[Run] = (),
    ) -> None:
        """Lay the text out; what does not fit is cut round the passage, which is written in ``ink``.

        ``runs`` say what is strong or emphasised in a text that is all passage, and so is cut at its end alone.
        """
        self._line, self._ink, self._runs = line, ink, runs
        text, marked = nearby(text.replace("\n", _BREAK), marked)
        self._lay(text, marked, font, width)
        if self._layout.lineCount() > most:
            text, marked = cropped(text, marked, line_spans(self._layout), most)
            self._lay(text, marked, font, width)
            tries = 0
            while self._layout.lineCount() > most and tries < _TRIES:
                text, marked = shortened(text, marked, line_spans(self._layout)[most - 1][1])
                self._lay(text, marked, font, width)
                tries += 1
        self.text, self.marked = text, marked
        self.count = min(most, self._layout.lineCount())
        self.height = self.count * line

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw the lines; what is not marked has the colour of the painter's pen."""
        painter.save()
        painter.setClipRect(
            QRectF(at.x() - 4, at.y() - 4, self._width + 8, self.height + 8), Qt.ClipOperation.IntersectClip
        )
        self._layout.draw(painter, at)
        painter.restore()

    def bands(self) -> list[QRectF]:
        """Return where the passage stands, line by line, each as high as its line; the origin is that of the text."""
        start, end = graphemes.floor(self.text, self.marked[0]), graphemes.ceiling(self.text, self.marked[1])
        first, last = units(self.text, start), units(self.text, end)
        mixed = is_right_to_left(self.text)
        found = []
        for number in range(self.count):
            line = self._layout.lineAt(number)
            start = max(first, line.textStart())
            end = min(last, line.textStart() + line.textLength())
            if start < end:
                for left, right in _stretches(line, start, end, mixed):
                    found.append(QRectF(left, number * self._line, right - left, self._line))
        return found

    def baseline(self, band: QRectF) -> float:
        """Return the base line of the line on which a band stands."""
        return self._base(int(band.top() // self._line))

    def _base(self, number: int) -> float:
        return number * self._line + self._line * 0.7

    def _lay(self, text: str, marked: Span, font: QFont, width: int) -> None:
        self._width = width
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if is_rightward(text) else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, font)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        if self._ink is not None and marked[0] < marked[1]:
            strong = QTextCharFormat()
            strong.setForeground(self._ink)
            layout.setFormats([drawn_as(strong, text, marked)])
        elif self._runs:
            layout.setFormats(
                [
                    drawn_as(_drawn(run, text), text, (run.start, min(run.end, len(text))))
                    for run in self._runs
                    if run.start < len(text)
                ]
            )
        layout.beginLayout()
        number = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self._base(number) - line.ascent()))
            number += 1
        layout.endLayout()
        self._layout = layout


def _drawn(run: Run, text: str) -> QTextCharFormat:
    form = QTextCharFormat()
    if run.kind == "strong" or (run.kind == "emphasis" and runs_left(text[run.start : run.end])):
        form.setFontWeight(QFont.Weight.DemiBold)
    elif run.kind == "emphasis":
        form.setFontItalic(True)
    return form


def is_right_to_left(text: str) -> bool:
    """Return whether a text holds anything that is written from right to left."""
    return not text.isascii() and any(
        character >= "\u0590" and unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text
    )


def nearby(text: str, marked: Span) -> tuple[str, Span]:
    """Return the part of a text round the passage that can matter on a card, and the passage in it."""
    start = graphemes.floor(text, max(0, marked[0] - _AROUND))
    last = min(marked[1], marked[0] + _PASSAGE)
    end = graphemes.ceiling(text, min(len(text), last + _AROUND if last == marked[1] else last))
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    by = len(before) - start
    return f"{before}{text[start:end]}{after}", (marked[0] + by, min(marked[1], end) + by)


def cropped(text: str, marked: Span, lines: Sequence[Span], most: int) -> tuple[str, Span]:
    """Return ``most`` of the lines, those with the passage and as many before as after it, and the passage in them."""
    first = next((number for number, line in enumerate(lines) if marked[0] < line[1]), 0)
    last = next((number for number, line in enumerate(lines) if marked[1] <= line[1]), len(lines) - 1)
    spare = max(0, most - (last - first + 1))
    begin = max(0, min(first - (spare + 1) // 2, len(lines) - most))
    if begin:
        start = lines[begin][0]
        marked = (marked[0] + 1 - start, marked[1] + 1 - start)
        end = lines[min(begin + most, len(lines)) - 1][1] + 1 - start
        text = ELLIPSIS + text[start:]
    else:
        end = lines[min(most, len(lines)) - 1][1]
    return shortened(text, marked, end) if end < len(text) else (text, marked)


def shortened(text: str, marked: Span, end: int) -> tuple[str, Span]:
    """Return ``text`` cut after a word before ``end``, with an ellipsis, and what is left of the passage."""
    end = min(end, len(text.rstrip(ELLIPSIS)))
    place = max(text.rfind(" ", 0, max(0, end - 2)), text.rfind(_BREAK, 0, max(0, end - 2)))
    if place < end - 32:
        place = graphemes.floor(text, max(1, end - 3))
    kept = text[:place].rstrip()
    if len(kept) > marked[1]:
        kept = kept[: marked[1]] + kept[marked[1] :].rstrip(" .,;:…")
    return kept + ELLIPSIS, (min(marked[0], len(kept)), min(marked[1], len(kept)))


def _stretches(line: QTextLine, start: int, end: int, mixed: bool) -> list[tuple[float, float]]:
    """Return from where to where the units ``start`` to ``end`` are drawn on a line, from left to right."""
    if not mixed:
        limit = line.x() + line.naturalTextWidth()
        left, right = (min(line.cursorToX(place)[0], limit) for place in (start, end))
        return [(left, right)] if left < right else []
    found = []
    for run in line.glyphRuns(start, end - start):
        places = run.positions()
        widths = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        if places:
            left = min(place.x() for place in places)
            right = max(place.x() + width.x() for place, width in zip(places, widths, strict=False))
            found.append((left, right))
    joined: list[tuple[float, float]] = []
    for left, right in sorted(found):
        if joined and left <= joined[-1][1] + 6:  # a space between two runs is part of the passage
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
