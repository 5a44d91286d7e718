"""By what themes are known at a glance: their colours and their digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from app.errors import Conflict, InvalidInput
from app.model import Theme

# Nine hues that stay apart on light and on dark paper, and for most kinds of colour blindness.
COLOURS: Final = (
    "#3b82c4",
    "#d9822b",
    "#3f9e6b",
    "#c2504f",
    "#8a63c2",
    "#b8902a",
    "#2f9aa0",
    "#c25a9a",
    "#6b7a8f",
    "#7d9a2e",
    "#8c6246",
    "#5560d0",
)

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


def rarest_colour(themes: Iterable[Theme]) -> str:
    """Return the first of the colours that the fewest themes have."""
    worn = Counter(theme.colour for theme in themes)
    return min(COLOURS, key=lambda colour: worn[colour])


def checked_colour(text: str) -> str:
    """Return a colour as it is kept; raises ``InvalidInput``."""
    if not _COLOUR.fullmatch(text.strip()):
        raise InvalidInput("“{colour}” is no colour.", "Write it like #2f7fb8.", colour=text)
    return text.strip().lower()


def free_digit(themes: Iterable[Theme], wanted: int | None, besides: int | None = None) -> int | None:
    """Return the digit that is ``wanted``, or else the first that none of the themes has, if there is one.

    The theme with the key ``besides`` may have it. Raises ``InvalidInput`` and ``Conflict``.
    """
    taken = {theme.digit: theme for theme in themes if theme.digit and theme.key != besides}
    if wanted is None:
        return next((digit for digit in range(1, 10) if digit not in taken), None)
    if not 1 <= wanted <= 9:
        raise InvalidInput("A theme's digit is 1 to 9, not {digit}.", "Choose another.", digit=wanted)
    if wanted in taken:
        raise Conflict(
            "The digit {digit} belongs to “{theme}”.",
            "Choose another, or take it from there first (digit 0).",
            digit=wanted,
            theme=taken[wanted].name,
        )
    return wanted
