"""The colours of themes on a page, light and dark, and a class for every set of themes that a stretch can have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.colours import Channels, readable, rgb
from app.exporters._values import colour_of
from app.model import Theme

PAPER: Final[Channels] = (0xFF, 0xFE, 0xFB)
NIGHT: Final[Channels] = (0x1B, 0x1D, 0x21)
PLAIN: Final = "#8a8d93"  # highlights without a theme
UNDERLINES: Final = 3  # more lines under one passage cannot be told apart
_LIGHT_TINT: Final = 0.17
_DARK_TINT: Final = 0.24


def style_sheet(themes: Sequence[Theme], sets: Sequence[tuple[int, ...]]) -> str:
    """Return the rules for theme numbers (1 is the first theme, 0 none) and for the ``sets`` of them, by their place.

    ``.t3`` has the colour of a theme, ``.k5`` those of a set. A page sets ``--l3`` and ``--w3``, line and wash, to
    nothing to let a theme vanish from all passages.
    """
    colours = [PLAIN, *map(colour_of, themes)]
    light = "".join(_variables(number, readable(rgb(c), PAPER), _LIGHT_TINT) for number, c in enumerate(colours))
    dark = "".join(_variables(number, readable(rgb(c), NIGHT), _DARK_TINT) for number, c in enumerate(colours))
    rules = [f":root{{{light}}}", f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"]
    rules.extend(f".t{number}{{--a:var(--t{number})}}" for number in range(len(colours)))
    rules.extend(_set_rule(place, members) for place, members in enumerate(sets))
    return "\n".join(rules)


def _variables(number: int, colour: Channels, tint: float) -> str:
    red, green, blue = colour
    return f"--t{number}:rgb({red},{green},{blue});--t{number}w:rgba({red},{green},{blue},{tint});"


def _set_rule(place: int, members: Sequence[int]) -> str:
    """Return the rule that paints a passage: a wash and a line for each theme, the lines one under the other."""
    shown = members[:UNDERLINES]
    lines = [
        f"{_flat(f'var(--l{number},var(--t{number}))')} 0 calc(100% - {3 * row}px)/100% 2px no-repeat"
        for row, number in enumerate(reversed(shown))
    ]
    washes = [_flat(f"var(--w{number},var(--t{number}w))") for number in shown]
    return f".k{place}{{background:{','.join([*lines, *washes])};padding-bottom:{3 * len(shown)}px}}"


def _flat(colour: str) -> str:
    return f"linear-gradient({colour},{colour})"
