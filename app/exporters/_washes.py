"""What marks a passage on white paper: one flat colour behind the words, and a line for each of its first themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from app.colours import Channels, readable, rgb
from app.exporters._tints import PLAIN, UNDERLINES
from app.exporters._values import chosen, colour_of, path_text
from app.model import Highlight, Theme

WHITE: Final[Channels] = (255, 255, 255)
_TINT: Final = 0.17


class Wash(NamedTuple):
    """The colour behind a stretch, and those of the lines under it, as ``#rrggbb``."""

    fill: str
    lines: tuple[str, ...]


class Palette:
    """The themes of a bundle as they are coloured and named on paper. Number 0 stands for no theme."""

    def __init__(self, themes: Mapping[str, Theme]) -> None:
        """Take the themes by their ids."""
        self._themes = themes
        self._numbers = {uid: number for number, uid in enumerate(themes, 1)}
        self._lines = [readable(rgb(colour), WHITE) for colour in (PLAIN, *map(colour_of, themes.values()))]
        names = Counter(theme.name for theme in themes.values())
        self._alike = {name for name, times in names.items() if times > 1}
        self._sets: dict[tuple[int, ...], int] = {}

    @property
    def washes(self) -> list[Wash]:
        """Return the washes of all sets that were asked for, in the order of their places."""
        return [self._wash(numbers) for numbers in self._sets]

    def place(self, highlights: Iterable[Highlight]) -> int:
        """Return the place, in :attr:`washes`, of that for text under these highlights."""
        numbers = sorted({number for one in highlights for number in self.numbers(one.themes)})
        return self._sets.setdefault(tuple(numbers), len(self._sets))

    def numbers(self, ids: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of themes; ``(0,)`` for none."""
        return tuple(self._numbers[theme.id] for theme in chosen(dict.fromkeys(ids), self._themes)) or (0,)

    def line(self, ids: Sequence[str]) -> str:
        """Return the colour of the first of these themes, as a line on paper."""
        return _written(self._lines[self.numbers(ids)[0]])

    @property
    def lines(self) -> list[str]:
        """Return the colours of all numbers, as lines on paper."""
        return [_written(line) for line in self._lines]

    def named(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return id and name of each of these themes."""
        return [(theme.id, self.name(theme)) for theme in chosen(dict.fromkeys(ids), self._themes)]

    def labels(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Return name and colour of each theme; one whose name another has too goes by its path."""
        return [(name, _written(self._lines[self._numbers[uid]])) for uid, name in self.named(ids)]

    def name(self, theme: Theme) -> str:
        """Return a theme's name on one line, its path where another has the same name."""
        return " ".join((path_text(theme) if theme.name in self._alike else theme.name).split())

    def _wash(self, numbers: Sequence[int]) -> Wash:
        shown = [self._lines[number] for number in numbers[:UNDERLINES]]
        ground = WHITE
        for colour in shown:
            ground = (_mixed(ground[0], colour[0]), _mixed(ground[1], colour[1]), _mixed(ground[2], colour[2]))
        return Wash(_written(ground), tuple(map(_written, shown)))


def _mixed(ground: int, colour: int) -> int:
    return round(ground + (colour - ground) * _TINT)


def _written(colour: Channels) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
