"""What narrows a list beside the words: filters as values, and the query they make together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.model import Theme

ALL: Final = "all"
UNREAD: Final = "unread"
MARKED: Final = "marked"

STATE: Final = "state"
THEME: Final = "theme"
OUTLET: Final = "outlet"
LANGUAGE: Final = "language"
NOTE: Final = "note"
UNDATED: Final = "undated"
_KINDS: Final = (STATE, UNDATED, NOTE, THEME, OUTLET, LANGUAGE)

_VIEWED: Final[Mapping[str, str]] = MappingProxyType({ALL: "", UNREAD: "is:unread", MARKED: "is:annotated"})
_ENDS: Final = re.compile(r"[\s()（）\"“”„‟«»＂]$")
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))
_UNSAYABLE: Final = re.compile('["“”„‟«»＂>]')
_MEANING: Final = re.compile('["“”„‟«»＂>*?]')
_OR: Final = re.compile(r"(?:^|(?<=[\s(]))OR(?=[\s)]|$)")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that narrows a list. ``value`` is a state, a theme's id, an outlet or a language; else empty."""

    kind: str
    value: str = ""


def composed(words: str, view: str, filters: tuple[Filter, ...], themes: Mapping[str, Theme]) -> str:
    """Return one query: filters first, then what was typed.

    An article has one state, one outlet and one language, so several of these are alternatives; of themes all count.
    """
    parts = [_VIEWED[view]]
    for kind in _KINDS:
        said = [one for chosen in filters if chosen.kind == kind and (one := _said(chosen, themes))]
        if kind == THEME:
            parts += said
        else:
            parts.append(f"({' OR '.join(said)})" if len(said) > 1 else "".join(said))
    parts = [part for part in parts if part]
    words = words.strip()
    if parts and words:
        words = _as_one(words)
    return " ".join([*parts, words]).strip()


def _said(chosen: Filter, themes: Mapping[str, Theme]) -> str:
    """Return a filter in the library's language, empty when it means nothing any more."""
    if chosen.kind == THEME:
        theme = themes.get(chosen.value)
        return f"theme:{quoted(theme.path)}" if theme is not None else ""
    if chosen.kind in (OUTLET, LANGUAGE):
        return f"{'outlet' if chosen.kind == OUTLET else 'lang'}:{quoted((chosen.value,))}"
    return {STATE: f"is:{chosen.value}", NOTE: "has:note", UNDATED: "is:undated"}[chosen.kind]


def quoted(path: tuple[str, ...]) -> str:
    """Return names as a quoted path of the query language.

    It has no sign for a quotation mark inside quotation marks, nor for a ``>`` inside a name. Where there is one, the
    path is said by its words alone, and a space stands for every sign that would mean something among words.
    """
    if any(_UNSAYABLE.search(name) for name in path):
        path = tuple(" ".join(_MEANING.sub(" ", name).split()) for name in path)
    return f'"{" > ".join(path)}"'


def _as_one(words: str) -> str:
    """Return what was typed so that other conditions can stand beside it: brackets closed, alternatives in brackets."""
    depth = lowest = 0
    for char in words:
        depth += (char in "(（") - (char in ")）")
        lowest = min(lowest, depth)
    words = "(" * -lowest + words + ")" * (depth - lowest)
    return f"({words})" if _OR.search(words) else words


def may_grow(words: str) -> bool:
    """Return whether the last word of what is being typed may go on: no space, bracket or quotation mark ends it."""
    return bool(words) and not _ENDS.search(words)


def has_operators(words: str) -> bool:
    """Return whether a query is more than words, so that one may want to know how it was read."""
    return bool(re.search(r'["“”():*?~]|(^|\s)-\S', words)) or any(word in _OPERATORS for word in words.split())
