"""The pages of a typeset document: their sizes, their margins, and about how much room words take on them. Points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, NamedTuple

SIZES: Final[Mapping[str, float]] = {"small": 9.5, "medium": 10.5, "large": 12.0}
SHEETS: Final[Mapping[str, tuple[float, float]]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
_NOTE: Final = 126.0  # the width of the margin's notes
_LEFT: Final = 62.0
_GAP: Final = 18.0
_OUTER: Final = 32.0
_TOP: Final = 78.0
_BOTTOM: Final = 74.0
_PIXEL: Final = 0.75  # CSS: 96 pixels to the inch
_HIGHEST: Final = 0.45  # of the page, for a picture
_WIDE: Final = 0.5  # of the size, for a letter and its space, on the safe side
_SMALL: Final = 0.79  # of the text's size has a note in the margin
_LINE: Final = 1.35
_OTHER: Final = frozenset(("i", "k", "src", "alt"))


class Page(NamedTuple):
    """The measures of a page; ``notes`` is where the notes begin, ``note`` how wide they are."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    notes: float
    note: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and a size of letters; ``in_margin`` when notes stand beside the text."""

    sheet: str
    letters: str
    in_margin: bool

    @property
    def size(self) -> float:
        """Return the size of the text."""
        return SIZES[self.letters]

    @property
    def page(self) -> Page:
        """Return the measures of the page."""
        width, height = SHEETS[self.sheet]
        right = _GAP + _NOTE + _OUTER
        left = _LEFT
        if not self.in_margin:
            left = right = (_LEFT + right) / 2 - 8
        return Page(width, height, left, right, _TOP, _BOTTOM, width - right + _GAP, _NOTE)

    @property
    def pitch(self) -> float:
        """Return the distance between two lines of text."""
        return self.size * 1.42

    def height(self, text: str) -> float:
        """Return about how high a paragraph is, rather less."""
        page = self.page
        a_line = (page.width - page.left - page.right) / (self.size * 0.43)
        return max(1.0, len(text) // a_line) * self.pitch

    def note_height(self, note: Mapping[str, Any]) -> float:
        """Return about how high a note is in the margin, rather more."""
        size = self.size * _SMALL
        a_line = _NOTE / (size * _WIDE)
        said = [*("".join(name) for name, _ in note["labels"]), note["who"], *_lines(note["body"])]
        return sum(ceil(len(words) / a_line) + 0.35 for words in said if words) * size * _LINE

    def fitted(self, width: int, height: int) -> tuple[float, float]:
        """Return the size of a picture of so many pixels, made smaller to fit the text's width and half a page."""
        page = self.page
        wide, high = width * _PIXEL, height * _PIXEL
        share = min(1.0, (page.width - page.left - page.right) / wide, page.height * _HIGHEST / high)
        return round(wide * share, 2), round(high * share, 2)


def _lines(value: Any) -> list[str]:
    """Return the lines of words in blocks, however deep they lie."""
    if isinstance(value, dict):
        inner = [line for key, one in value.items() if key not in _OTHER for line in _lines(one)]
        words = "".join(one if isinstance(one, str) else one["t"] for one in value.get("i", ()))
        return [words, *inner] if words else inner
    if isinstance(value, list):
        return [line for one in value for line in _lines(one)]
    return [value] if isinstance(value, str) else []
