"""A better spelling of a query, in the letters in which the library writes its words: the index knows them folded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from app.search.language import fold, pattern_for
from app.searching.answers import Found

LOOKED_AT: Final = 20
"""So many of the hits of a better spelling tell how its words are written."""

_POSSESSIVE: Final = re.compile("['’]s$", re.IGNORECASE)
_SOFT_HYPHEN: Final = "\u00ad"


def respelt(better: str, typed: str, found: Iterable[Found]) -> str:
    """Return the ``better`` spelling of what was ``typed`` with its new words as they are written in what it found.

    Each is written as it is most often there, but with the capitals that were typed.
    """
    written = _written(found)
    before = pattern_for(typed).findall(typed)
    parts, last = [], 0
    for number, match in enumerate(pattern_for(better).finditer(better)):
        form = written.get(fold(match[0]))
        if form and match[0] not in before[number : number + 1]:
            parts += [better[last : match.start()], _like(match[0], form)]
            last = match.end()
    return "".join((*parts, better[last:]))


def _written(found: Iterable[Found]) -> Mapping[str, str]:
    """Return the commonest form of each word that is marked in excerpts, by its folded form."""
    forms: dict[str, Counter[str]] = {}
    for one in found:
        for start, end in one.spans:
            for token in pattern_for(one.excerpt).findall(one.excerpt[start:end]):
                form = _POSSESSIVE.sub("", unicodedata.normalize("NFC", token).replace(_SOFT_HYPHEN, ""))
                if form.isalnum():
                    forms.setdefault(fold(form), Counter())[form] += 1
    return {word: min(counts, key=lambda form: (-counts[form], form)) for word, counts in forms.items()}


def _like(said: str, form: str) -> str:
    """Return a form with the capitals of a word that was typed with some."""
    if said.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if said[:1].isupper() else form
