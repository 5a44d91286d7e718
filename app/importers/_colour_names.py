"""Names of the colours that people mark with; greys, black and white mark nothing."""

from __future__ import annotations

import colorsys
import re
from typing import Final

_HUES: Final = (
    (18, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (200, "cyan"), (255, "blue"), (290, "purple"),
    (345, "magenta"), (360, "red"),
)  # fmt: skip
_LEAST_SATURATION: Final = 0.2
_LEAST_DIFFERENCE: Final = 0.08


def colour_name(colour: str) -> str:
    """Return the name of ``#rrggbb`` (with or without ``#``); empty for greys, and for what is no colour."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", colour.strip())
    if not match:
        return ""
    red, green, blue = (int(part, 16) / 255 for part in match.groups())
    hue, _lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _LEAST_SATURATION or max(red, green, blue) - min(red, green, blue) < _LEAST_DIFFERENCE:
        return ""
    return next(name for limit, name in _HUES if hue * 360 <= limit)
