"""Passages in one cell of a table, each behind a word that says what it is, as services for saving links write them."""

from __future__ import annotations

import html
import re
from typing import Final

_LABEL: Final = re.compile(r"(?:^|(?<=\s))(?:(?P<quote>Highlight)|Sticky notes?|(?:^|(?<=\n))Note)\s*:", re.IGNORECASE)
_MARKUP: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def labelled(cell: str) -> list[tuple[str, str]]:
    """Return the passages in a cell with the note on each; a note that stands before all of them has no passage.

    What is written like markup is none of the passage's words.
    """
    found: list[tuple[str, str]] = []
    places = list(_LABEL.finditer(cell))
    for number, match in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(cell)
        text = plain(cell[match.end() : end])
        if match["quote"]:
            found.append((text, ""))
        elif found:
            quote, note = found[-1]
            found[-1] = (quote, "\n\n".join(filter(None, (note, text))))
        else:
            found.append(("", text))
    return found


def plain(text: str) -> str:
    """Return a text without markup and with the letters that its entities stand for."""
    return html.unescape(_MARKUP.sub("", text)).strip()
