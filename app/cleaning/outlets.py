"""Names of outlets on the lines of dates and of authors, as people note down where something stood.

A place, an event, a section or a person may stand there as well: ``The Harbour Ledger, 14 May``. So the name has to end
in a word that names of outlets have, or begin with it as in ``Correo del Sur``, or be an agency of the list.
"""

from __future__ import annotations

import re
from typing import Final

from app.cleaning.bare_names import is_role_line, may_sign, tells_when
from app.cleaning.date_lines import beside_dates
from app.cleaning.phrases import Lexicon, squeezed, tokens
from app.text.names import PARTICLES

_BAR: Final = re.compile(r"[|·•/\t]|\s[-–—]\s")
_PARTED: Final = re.compile(r",\s+|\s+[–—-]\s+")
_SPECIAL: Final = re.compile(r"(?:special(?:ly)? (?:to|for)|exclusively for)\s+(?=[A-Z])", re.IGNORECASE)
_FROM: Final = re.compile(r"(?:from|via)\s+(?=[A-Z])", re.IGNORECASE)
_WORDS: Final = range(2, 8)
_PLACE: Final = 3  # words
_ARTICLE: Final = "the"
# Where bars part the pieces, these end the names of sections too: ``Company News | 14 May``.
_LOOSE: Final = frozenset(("news", "media", "press", "post", "review", "magazine", "daily", "weekly", "radio", "tv"))


def dated_outlet(text: str, known: Lexicon) -> str | None:
    """Return the outlet that a line names beside a date.

    Nothing else may stand there but a person, the outlet's place, an hour, and how long one reads.
    """
    if not any(map(str.isdigit, text)):
        return None
    parts = [part for piece in beside_dates(text, known) for part in _PARTED.split(_FROM.sub("", piece, count=1))]
    names = [part for part in parts if part.lower() not in known.cities and not tells_when(part, known)]
    barred = _BAR.search(text) is not None
    found = [name for name in names if is_outlet(name, known, barred)]
    others = [name for name in names if name not in found and not may_sign(name, (), known)]
    return found[0] if len(found) == 1 and not others else None


def signed_outlet(byline: str, known: Lexicon) -> tuple[str, str | None]:
    """Split a byline into who wrote and for which outlet: ``Ann Ek, The Harbour Ledger``. Agencies sign and stay."""
    name, _comma, outlet = byline.rpartition(", ")
    named = name and squeezed(outlet) not in known.agencies and is_outlet(outlet, known, is_barred=True)
    return (name, outlet) if named else (byline, None)


def house_line(text: str, known: Lexicon) -> str | None:
    """Return the outlet or agency for which an author wrote, from a line of its own: ``Special to The Sun``."""
    special = _SPECIAL.match(text)
    name, *place = text[special.end() if special else 0 :].strip().split(", ")
    if len(place) > 1 or not all(part[:1].isupper() and len(part.split()) <= _PLACE for part in place) or not name:
        return None
    first = squeezed(name.split()[0])
    whole = squeezed(name) in known.agencies or is_outlet(name, known, is_barred=True)
    desk = first in known.agencies and is_outlet(name, known, is_barred=False)
    return name if special or whole or desk else None


def is_outlet(name: str, known: Lexicon, is_barred: bool) -> bool:
    """Tell whether a name is an outlet's; sections are named like some of them, and ``is_barred`` excludes these."""
    if squeezed(name) in known.agencies:
        return True
    words = tokens(name)
    if len(words) not in _WORDS or not all(
        word[0].isupper() or word in known.common or word in PARTICLES for word in name.split()
    ):
        return False
    plain = name.lower().removeprefix(f"{_ARTICLE} ")
    if any(one in known.cities or one in known.sections for one in (name.lower(), plain)) or is_role_line(name, known):
        return False
    begins = words[1:] if words[0] in PARTICLES else words
    if begins[0] in known.houses and len(begins) > 2 and begins[1] in PARTICLES and begins[0] not in _LOOSE:
        return True
    return words[-1] in known.houses and not (is_barred and words[-1] in _LOOSE)
