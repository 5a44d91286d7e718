"""What finds room in the margin of an HTML page beside its paragraph; the rest stands below that, in the whole width.

A page does not end, but a long note in its narrow margin would push those after it away from their passages. Heights
are estimated in points, as a typeset page has them, from the letters that a line holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.exporters._margins import GAP, Margin

_TEXT_LETTERS: Final = 66  # of a line of the text, and of one of a note in the margin
_NOTE_LETTERS: Final = 36
_TEXT_LINE: Final = 15.0  # points
_NOTE_LINE: Final = 11.0


class PageMargin:
    """The margin beside one article, from its top to its bottom."""

    def __init__(self) -> None:
        """Begin at the top."""
        self._margin = Margin()

    def pass_by(self, letters: int) -> None:
        """Go on past text beside which nothing is noted."""
        self._margin.fitting(_lines(letters, _TEXT_LETTERS) * _TEXT_LINE + GAP, ())

    def beside(self, letters: int, notes: Sequence[str]) -> list[bool]:
        """Tell of each note on so many letters of text whether it stands beside them; one without words is a label."""
        heights = [_NOTE_LINE * (1 + sum(_lines(len(line), _NOTE_LETTERS) for line in _told(note))) for note in notes]
        return self._margin.fitting(_lines(letters, _TEXT_LETTERS) * _TEXT_LINE + GAP, heights)


def _told(note: str) -> Iterator[str]:
    return filter(None, note.split("\n"))


def _lines(letters: int, width: int) -> int:
    return max(1, -(-letters // width))
