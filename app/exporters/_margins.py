"""Notes in the margin of a page: what finds room beside its passage, and where it stands. All lengths are points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

GAP: Final = 7.0
"""So much room is left between two notes."""
LONGEST: Final = 170.0
"""A higher note stands below its paragraph."""
_DEBT: Final = 60.0
_BELOW: Final = 0.4  # of its height in the margin has a note below its paragraph, where it is wider


class Anchor(NamedTuple):
    """A note on its way to a page: its number, its page, the place of its passage on the page, and its height."""

    note: int
    page: int
    place: float
    height: float


class Margin:
    """The room beside a text that is written from the top to the bottom, kept by estimate.

    What is let in beyond the height of the text beside it stays small, so that every page can hold its notes.
    """

    def __init__(self) -> None:
        """Begin on an empty page."""
        self._debt = 0.0

    def turn(self) -> None:
        """Begin on a new page."""
        self._debt = 0.0

    def fitting(self, beside: float, heights: Sequence[float]) -> list[bool]:
        """Tell for each note of a section, by its height, whether it goes into the margin beside so much text."""
        used, room = self._debt, beside
        fit = []
        for height in heights:
            fits = height <= LONGEST and used + height + GAP <= beside + _DEBT
            used += height + GAP if fits else 0.0
            room += 0.0 if fits else height * _BELOW
            fit.append(fits)
        self._debt = max(0.0, used - room)
        return fit


def placed(anchors: Iterable[Anchor], top: float, bottom: float) -> Mapping[int, tuple[float, list[tuple[int, float]]]]:
    """Return for each page by how much its notes are made smaller (1: not), and each note's number and place.

    A note stands beside its passage, or below the note before it; near the end of the page, those before it move up.
    Where they are more than the page can hold, which is rare, all of them are made smaller, so that none is lost.
    """
    pages: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        pages.setdefault(anchor.page, []).append(anchor)
    return {page: _solved(sorted(of, key=lambda one: one.place), top, bottom) for page, of in sorted(pages.items())}


def _solved(anchors: Sequence[Anchor], top: float, bottom: float) -> tuple[float, list[tuple[int, float]]]:
    needed = sum(one.height for one in anchors) + GAP * (len(anchors) - 1)
    scale = min(1.0, (bottom - top) / needed) if needed > 0 else 1.0
    places: list[float] = []
    free = top
    for one in anchors:
        places.append(max(free, one.place))
        free = places[-1] + (one.height + GAP) * scale
    limit = bottom + GAP * scale
    for number in range(len(anchors) - 1, -1, -1):
        limit -= (anchors[number].height + GAP) * scale
        places[number] = max(top, min(places[number], limit))
        limit = places[number]
    return scale, [(one.note, place) for one, place in zip(anchors, places, strict=True)]
