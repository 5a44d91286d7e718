"""The days that the lines of a scraped page state: which of them is that of publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.cleaning.date_lines import any_day, published_day, tells_change
from app.cleaning.phrases import Lexicon
from app.model import Published

_NEAR: Final = 6  # lines between the title and what stands beside the day of publication


@dataclass(slots=True)
class StatedDays:
    """Days by the numbers of the lines that state them: those of publication, and those on which something changed."""

    published: dict[int, Published] = field(default_factory=dict)
    _changed: dict[int, Published] = field(default_factory=dict)

    def add(self, number: int, text: str, above: str, known: Lexicon) -> None:
        """Take the day of publication from a line; the line ``above`` it may say that it is one of changes."""
        if not tells_change(above) and (day := published_day(text, known)):
            self.published[number] = day

    def add_change(self, number: int, text: str, known: Lexicon) -> None:
        """Take any day from a line of a date."""
        if day := any_day(text, known):
            self._changed.setdefault(number, day)

    def first(self, top: int) -> Published | None:
        """Return the day of publication: the first below line ``top``, else above it, where pages show what day it is.

        Where a page says only when it was changed, it is that day.
        """
        days = self.published or self._changed
        return days[_first(days, top)] if days else None

    def near(self, top: int) -> int | None:
        """Return the number of the line near line ``top`` that states the day of publication."""
        number = _first(self.published, top) if self.published else None
        return number if number is not None and abs(number - top) <= _NEAR else None


def _first(days: dict[int, Published], top: int) -> int:
    return min(days, key=lambda number: (number < top, number))
