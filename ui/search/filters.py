"""What narrows a list beside the words: filters as values, and the query they make together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Final

from app.model import Attribute, Theme
from app.search import saying
from app.search.designations import Designations
from app.search.fields import Attributes
from app.search.tree import SIDES, SPELLINGS

ALL: Final = "all"
UNREAD: Final = "unread"
MARKED: Final = "marked"

STATE: Final = "state"
THEME: Final = "theme"
OUTLET: Final = "outlet"
LANGUAGE: Final = "language"
NOTE: Final = "note"
MONTH: Final = "month"
UNDATED: Final = "undated"
ATTRIBUTE: Final = "attribute"
LIKE: Final = "like"

_ORDER: Final = (LIKE, STATE, MONTH, UNDATED, NOTE, THEME, OUTLET, LANGUAGE, ATTRIBUTE)
_VIEWED: Final[Mapping[str, str]] = MappingProxyType({ALL: "", UNREAD: "is:unread", MARKED: "is:annotated"})
_HALF_SAID: Final = re.compile(rf'(?::[^":()]*|(?:^|[\s(])(?i:{"|".join(SIDES)}))\s$')
_ENDS: Final = re.compile(r'[\s()"]$')
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))
_OR: Final = re.compile(r"""(?:^|(?<=[\s()]))OR(?=[\s()"]|$)""")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that narrows a list.

    ``value`` is a state, a theme's id, an outlet, a language, a month or year (``2025-12``), the value of the attribute
    called ``name``, or the id of the article or passage that others are like, which is called ``name``; else empty.
    """

    kind: str
    value: str = ""
    name: str = ""

    @property
    def group(self) -> tuple[str, str]:
        """Return what the alternatives to this one have in common; an article without a date is in no month."""
        return (MONTH if self.kind == UNDATED else self.kind), self.name


def composed(
    words: str,
    view: str,
    filters: tuple[Filter, ...],
    themes: Mapping[str, Theme],
    attributes: Mapping[str, str] = _NONE,
) -> str:
    """Return one query: filters first, then what was typed. ``themes`` and the names of ``attributes`` go by id.

    An article has one state, outlet, language and month, and one value of an attribute, so several of these are
    alternatives; of themes all count.
    """
    parts = [_VIEWED[view]]
    groups: dict[tuple[str, str], list[str]] = {}
    names = Designations({theme.key: theme.path for theme in themes.values()})
    for chosen in sorted(filters, key=lambda one: _ORDER.index(one.kind)):
        if said := _said(chosen, themes, names, attributes):
            groups.setdefault(chosen.group, []).append(said)
    for (kind, _), all_said in groups.items():
        if kind == THEME:
            parts += all_said
        else:
            parts.append(f"({' OR '.join(all_said)})" if len(all_said) > 1 else all_said[0])
    parts = [part for part in parts if part]
    words = trimmed(words)
    if parts and words:
        words = _as_one(words)
    return " ".join([*parts, words] if words else parts)


def followed(filters: Sequence[Filter], before: Sequence[Attribute], now: Sequence[Attribute]) -> tuple[Filter, ...]:
    """Return filters by what fields of the reader's own, and their choices, are called now; others stay.

    A filter by a field that is gone goes.
    """
    fields = {one.id: one for one in now}
    named = {one.name: (one, one) for one in now}
    named |= {one.name: (one, fields[one.id]) for one in before if one.id in fields}
    kept = []
    for one in filters:
        if one.kind != ATTRIBUTE:
            kept.append(one)
        elif one.name in named:
            old, new = named[one.name]
            value = _renamed(old.choices, new.choices).get(one.value, one.value)
            kept.append(replace(one, name=new.name, value=value))
    return tuple(kept)


def _renamed(before: Sequence[str], now: Sequence[str]) -> Mapping[str, str]:
    """Return what choices are called that stood, among the same others, where there are others now."""
    found: dict[str, str] = {}
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "replace" and end - start <= new_end - new_start:
            found |= zip(before[start:end], now[new_start:new_end], strict=False)
    return found


def _said(chosen: Filter, themes: Mapping[str, Theme], names: Designations, attributes: Mapping[str, str]) -> str:
    """Return a filter in the library's language, empty when it means nothing any more.

    It finds what was counted: whole values, and of days what has surely come out then.
    """
    if chosen.kind == THEME:
        theme = themes.get(chosen.value)
        return f"theme:{saying.theme(theme.path, names, theme.id)}" if theme else ""
    if chosen.kind in (OUTLET, LANGUAGE):
        return f"{'outlet' if chosen.kind == OUTLET else 'lang'}:={saying.whole(chosen.value)}"
    if chosen.kind == LIKE:
        return f"like:{chosen.value}"
    if chosen.kind == MONTH:
        return f"published:={chosen.value}"
    if chosen.kind == ATTRIBUTE:
        given = next((one for one, name in attributes.items() if name == chosen.name), "")
        named = saying.field(chosen.name, Attributes(attributes, {one: one for one in attributes}), given)
        return f"{named or f'{given}:'}={saying.whole(chosen.value)}" if given else ""
    return {STATE: f"is:{chosen.value}", NOTE: "has:note", UNDATED: "is:undated"}[chosen.kind]


def _as_one(words: str) -> str:
    """Return what was typed so that other conditions can stand beside it: brackets closed, alternatives in brackets."""
    depth = lowest = 0
    for char in words.translate(SPELLINGS):
        depth += (char == "(") - (char == ")")
        lowest = min(lowest, depth)
    words = "(" * -lowest + words + ")" * (depth - lowest)
    return f"({words})" if _OR.search(words) else words


def trimmed(words: str) -> str:
    """Return words without surplus spaces at their ends; one at the end stays: it finishes a word that is typed."""
    text = words.strip()
    return f"{text} " if text and words[-1].isspace() else text


def may_grow(words: str) -> bool:
    """Return whether the last word of what is being typed may go on: no space, bracket or quotation mark ends it."""
    return bool(words) and not _ENDS.search(words.translate(SPELLINGS))


def goes_on(words: str) -> bool:
    """Return whether more of what is being typed may come: of its last word, or of a value in which a space stands."""
    return may_grow(words) or bool(_HALF_SAID.search(words.translate(SPELLINGS)))


def has_operators(words: str) -> bool:
    """Return whether a query is more than words, so that one may want to know how it was read."""
    signs = re.search(r'["():*?~]|(^|\s)-\S', words.translate(SPELLINGS))
    return bool(signs) or any(word in _OPERATORS for word in words.split())
