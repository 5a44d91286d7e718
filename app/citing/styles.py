"""The table of citation styles. A new style is a new row, with its two functions in a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.citing import apa, chicago, harvard, house, mla
from app.citing.source import Source
from app.citing.words import Line
from app.errors import InvalidInput

HOUSE: Final = "house"


@dataclass(frozen=True, slots=True)
class Style:
    """A way to cite: the whole citation of a source, and the short ``mention`` that stands behind a quotation.

    A style of footnotes has no mention: its citation stands below the quotation. A style of which both are the same
    puts the whole citation behind the quotation.
    """

    key: str
    name: str
    write: Callable[[Source], Line]
    mention: Callable[[Source], Line] | None = None


STYLES: Final[tuple[Style, ...]] = (
    Style(HOUSE, "All that is known, in one line", house.reference, house.reference),
    Style("apa", "APA 7", apa.reference, apa.mention),
    Style("chicago", "Chicago 17, footnote", chicago.note),
    Style("mla", "MLA 9", mla.entry, mla.mention),
    Style("harvard", "Harvard (Cite Them Right)", harvard.entry, harvard.mention),
)


def style_of(key: str) -> Style:
    """Return the style with this key; raises ``InvalidInput``, naming those that there are."""
    for style in STYLES:
        if style.key == key.strip().casefold():
            return style
    known = ", ".join(style.key for style in STYLES)
    raise InvalidInput("There is no citation style {key}.", "Choose one of: {known}.", key=key, known=known)
