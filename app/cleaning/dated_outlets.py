"""Names of outlets on the lines of dates, as people note down where something stood: ``The Harbour Ledger, 14 May``.

A place, an event, a section or a person may stand there as well. So the name has to end in a word that names of outlets
have, or to be an agency of the list.
"""

from __future__ import annotations

import re
from typing import Final

from app.cleaning.bare_names import is_role_line
from app.cleaning.date_lines import beside_dates, stands_beside
from app.cleaning.phrases import Lexicon, squeezed, tokens

_BAR: Final = re.compile(r"[|·•/\t]|\s[-–—]\s")
_PARTED: Final = re.compile(r",\s+")
_WORDS: Final = range(2, 8)
_ARTICLE: Final = "the"
# Where bars part the pieces, these end the names of sections too: ``Company News | 14 May``.
_LOOSE: Final = frozenset(("news", "media", "press", "post", "review", "magazine", "daily", "weekly", "radio", "tv"))


def dated_outlet(text: str, known: Lexicon) -> str | None:
    """Return the outlet that a line names beside a date, when nothing else but its place and an hour stands there."""
    if not any(map(str.isdigit, text)):
        return None
    parts = [part for piece in beside_dates(text, known) for part in _PARTED.split(piece)]
    names = [part for part in parts if part.lower() not in known.cities and not all(map(stands_beside, tokens(part)))]
    return names[0] if len(names) == 1 and _is_outlet(names[0], known, _BAR.search(text) is not None) else None


def _is_outlet(name: str, known: Lexicon, is_barred: bool) -> bool:
    if squeezed(name) in known.agencies:
        return True
    words = tokens(name)
    if len(words) not in _WORDS or not all(word[0].isupper() or word in known.common for word in name.split()):
        return False
    plain = name.lower().removeprefix(f"{_ARTICLE} ")
    if {name.lower(), plain} & (known.cities | known.sections.keys()) or is_role_line(name, known):
        return False
    return words[-1] in known.houses and not (is_barred and words[-1] in _LOOSE)
