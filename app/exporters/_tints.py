"""The colours of themes on a page, light and dark, and a class for every set of themes that a stretch can have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.exporters._values import colour_of
from app.model import Theme

Channels = tuple[int, int, int]

PAPER: Final[Channels] = (0xFF, 0xFE, 0xFB)
NIGHT: Final[Channels] = (0x1B, 0x1D, 0x21)
PLAIN: Final = "#8a8d93"  # highlights without a theme
UNDERLINES: Final = 3  # more lines under one passage cannot be told apart
_LIGHT_TINT: Final = 0.17
_DARK_TINT: Final = 0.24
_CONTRAST: Final = 3.0  # WCAG 2.2, 1.4.11: what marks something stands out this much from its ground
_DARK_CONTRAST: Final = 4.5  # and somewhat more at night, where thin lines drown


def style_sheet(themes: Sequence[Theme], sets: Sequence[tuple[int, ...]]) -> str:
    """Return the rules for theme numbers (1 is the first theme, 0 none) and for the ``sets`` of them, by their place.

    ``.t3`` has the colour of a theme, ``.k5`` those of a set. A page sets ``--l3`` and ``--w3``, line and wash, to
    nothing to let a theme vanish from all passages.
    """
    colours = [PLAIN, *map(colour_of, themes)]
    light = "".join(
        _variables(number, _readable(rgb(c), PAPER, _CONTRAST), _LIGHT_TINT) for number, c in enumerate(colours)
    )
    dark = "".join(
        _variables(number, _readable(rgb(c), NIGHT, _DARK_CONTRAST), _DARK_TINT) for number, c in enumerate(colours)
    )
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


def rgb(colour: str) -> Channels:
    """Return the channels of ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _readable(colour: Channels, ground: Channels, least: float) -> Channels:
    """Return the colour, moved towards black on light ground or white on dark until it stands out enough."""
    towards = 0 if _luminance(ground) > 0.5 else 255
    for step in range(20):
        mixed = tuple(round(channel + (towards - channel) * step / 20) for channel in colour)
        moved = (mixed[0], mixed[1], mixed[2])
        if _contrast(moved, ground) >= least:
            return moved
    return (towards, towards, towards)


def _contrast(one: Channels, other: Channels) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: Channels) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
