"""Colours of themes, made to stand out from whatever ground they lie on. Channels run from 0 to 255."""

from __future__ import annotations

from typing import Final

Channels = tuple[int, int, int]

LINE_CONTRAST: Final = 3.0  # WCAG 2.2, 1.4.11: what marks something stands out this much from its ground
DARK_LINE_CONTRAST: Final = 4.5  # and somewhat more at night, where thin lines drown


def rgb(colour: str) -> Channels:
    """Return the channels of ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def readable(colour: Channels, ground: Channels, least: float | None = None) -> Channels:
    """Return the colour, moved towards black on light ground or white on dark until it stands out by ``least``.

    Without ``least`` it stands out as much as a thin line must.
    """
    light = luminance(ground) > 0.5
    wanted = least if least is not None else LINE_CONTRAST if light else DARK_LINE_CONTRAST
    towards = 0 if light else 255
    for step in range(20):
        mixed = tuple(round(channel + (towards - channel) * step / 20) for channel in colour)
        moved = (mixed[0], mixed[1], mixed[2])
        if contrast(moved, ground) >= wanted:
            return moved
    return (towards, towards, towards)


def contrast(one: Channels, other: Channels) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: Channels) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
