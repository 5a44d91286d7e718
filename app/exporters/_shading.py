"""The colours of themes on white paper: a tint behind the words, and a line under them that can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from app.colours import Channels, readable, rgb
from app.exporters._tints import PLAIN, UNDERLINES
from app.exporters._values import chosen, colour_of
from app.model import Theme

_PAPER: Final[Channels] = (0xFF, 0xFF, 0xFF)
_TINT: Final = 0.2


class Shade(NamedTuple):
    """Colours as ``rrggbb``: of the ground behind a passage, and of what stands out from paper."""

    fill: str
    line: str


class Shades:
    """Finds the shade of every set of themes: the tints of several are blended, the line is that of the first."""

    def __init__(self, themes: Mapping[str, Theme]) -> None:
        """Take the themes by their ids, in the order that decides which comes first."""
        self._themes = themes
        self._places = {uid: place for place, uid in enumerate(themes)}
        self._known: dict[tuple[str, ...], Shade] = {}

    def of(self, ids: Iterable[str]) -> Shade:
        """Return the shade of a set of themes, that of a highlight without one when there is none in it."""
        key = tuple(sorted({uid for uid in ids if uid in self._places}, key=self._places.__getitem__))
        if key not in self._known:
            colours = [colour_of(theme) for theme in chosen(key, self._themes)] or [PLAIN]
            channels = [rgb(colour) for colour in colours[:UNDERLINES]]
            self._known[key] = Shade(_blended(channels), _hex(readable(channels[0], _PAPER)))
        return self._known[key]


def _blended(colours: list[Channels]) -> str:
    """Return the mean of some colours as a tint, the stronger the more there are."""
    strength = 1 - (1 - _TINT) ** len(colours)
    means = (sum(colour[part] for colour in colours) / len(colours) for part in range(3))
    red, green, blue = (round(paper + (mean - paper) * strength) for paper, mean in zip(_PAPER, means, strict=True))
    return _hex((red, green, blue))


def _hex(colour: Channels) -> str:
    return "{:02x}{:02x}{:02x}".format(*colour)
