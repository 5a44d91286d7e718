"""What people write in place of a field and its value, written as the query language has it.

Other names of fields, names and values of several words without quotation marks, a space before the colon, and
addresses with their signs. A query that is kept goes through here too, so that
it means what it meant when it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from app.search.designations import Designations, collection, parted
from app.search.entries import Standing, nowhere
from app.search.fields import OTHER_NAMES, Attributes, is_field
from app.search.tree import SPELLINGS, plainly

_ADDRESS: Final = r"(?<![^\s(:=])(?P<address>(?:https?://|www\.)[^\s\"<>()]*[^\s\"<>().,;:!?…])"
_ADDRESSES: Final = re.compile(rf"{_ADDRESS}|\"[^\"]*(?:\"|$)", re.IGNORECASE)
_WORD: Final = r"[^\W_][\w'’-]{0,80}+"
_MOST_WORDS: Final = 8
_WORDS: Final = rf'(?<![\w"\'’])(?<!\w-)(?P<words>{_WORD}(?:\s+{_WORD}){{0,{_MOST_WORDS - 1}}})'
_BEFORE_COLON: Final = re.compile(
    rf"{_ADDRESS}|{_WORDS}(?P<gap>\s*):(?!//)"
    r'|"[^"]*(?:"|$)',
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    rf"{_ADDRESS}|{_WORDS}\s*(?P<sign>[<>]=?)\s*(?=[\d-])"
    r'|"[^"]*(?:"|$)',
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf'{_ADDRESS}|(?<!\w)(?<!\w-)(?P<name>theme|in|outlet|by):\s*(?P<value>[^\s"():^][^"():^]*)(?P<colon>:?)|"[^"]*(?:"|$)',
    re.IGNORECASE,
)
_PUBLISHED: Final = "published"
_LONGEST: Final = 16
_SIDE_BY_SIDE: Final = frozenset(("outlet", "by"))
"""The fields in which several words are one value where they stand side by side in an article."""

_MOST_LOOKED_UP: Final = 32
"""So many stretches of words are looked up for one query."""

_PLAIN_WORDS: Final = re.compile(r"(?:(?!(?:AND|OR|NOT)\b)[^\W_][\w'’.&/-]*(?:\s+|$))+")
_LAST_WORD: Final = re.compile(r"\s*\S+$")


class Naming(NamedTuple):
    """What a library's names are. ``is_attribute`` says it of what stands before a colon, ``is_value`` of all that
    stands after the colon of a field, ``is_within`` of words in such a value, and ``begins_value`` of what is being
    typed there. ``stands`` says of words whether they stand side by side in a text field.
    """

    is_attribute: Callable[[str], bool]
    is_value: Callable[[str, str], bool]
    is_within: Callable[[str, str], bool] = lambda _field, _text: False
    begins_value: Callable[[str, str], bool] = lambda _field, _text: False
    stands: Callable[[str, str], bool] = nowhere


def naming(
    attributes: Attributes[Any], themes: Designations, collections: Mapping[str, str], stands: Standing = nowhere
) -> Naming:
    """Return what the names of a library are; ``collections`` has those of collections by their ids."""

    def is_value(field: str, text: str) -> bool:
        if field.casefold() == "in":
            return any(plainly(name) == plainly(text) for name in collections.values())
        return bool(themes.called(parted(text)))

    def is_within(field: str, text: str) -> bool:
        return bool(collection(collections, text)) if field.casefold() == "in" else bool(themes.naming(text))

    def begins_value(field: str, text: str) -> bool:
        if field.casefold() == "in":
            return any(plainly(name).startswith(plainly(text)) for name in collections.values())
        return themes.begun(parted(text))

    left = iter(range(_MOST_LOOKED_UP))

    def stands_yet(field: str, text: str) -> bool:
        return next(left, None) is not None and stands(field, text)

    return Naming(lambda written: attributes.called(written) is not None, is_value, is_within, begins_value, stands_yet)


def whole_addresses(query: str) -> str:
    """Return a query with the addresses in it in quotation marks: else their signs would be those of the language."""
    if "://" in query or "www." in query.lower():
        return _rewritten(query, _ADDRESSES, lambda match: f'"{match[0]}"')
    return query


def straightened(query: str, names: Naming, *, typing: bool = False) -> str:
    """Return a query as the language has it; with ``typing`` it goes on where it ends."""
    spelt = query.translate(SPELLINGS)
    if "<" in spelt or ">" in spelt:
        query = _rewritten(query, _COMPARED, lambda match: _comparison(match, names))
    if ":" in query.translate(SPELLINGS):
        query = _rewritten(query, _BEFORE_COLON, lambda match: _field(match, names))
        query = _rewritten(query, _NAMED, lambda match: _value(match, names, typing=typing))
    return query


def _rewritten(query: str, pattern: re.Pattern[str], rewrite: Callable[[re.Match[str]], str | None]) -> str:
    """Return a query with what ``rewrite`` says for some stretches of it; what stands in quotation marks stays."""
    parts, last = [], 0
    for match in pattern.finditer(query.translate(SPELLINGS)):
        said = None if match[0].startswith('"') else rewrite(match)
        if said is not None:
            parts += [query[last : match.start()], said]
            last = match.end()
    return "".join((*parts, query[last:]))


def _field(match: re.Match[str], names: Naming) -> str | None:
    """Return the words before a colon with the field that they end with as the language has it."""
    if match["words"] is None:
        return None
    words = list(re.finditer(r"\S+", match["words"]))
    for word in words[:-1]:
        name = match["words"][word.start() :]
        if names.is_attribute(f'"{name}"'):
            return f'{match["words"][: word.start()]}"{name}":'
    before, last = match["words"][: words[-1].start()], words[-1][0]
    if names.is_attribute(last) or is_field(last):
        return f"{before}{last}:" if match["gap"] else None
    other = OTHER_NAMES.get(last.casefold())
    return f"{before}{other}:" if other else None


def _comparison(match: re.Match[str], names: Naming) -> str | None:
    """Return an attribute, or the date, with the sign before a number, where the colon is missing."""
    if match["words"] is None:
        return None
    words = list(re.finditer(r"\S+", match["words"]))
    for word in words:
        name = match["words"][word.start() :]
        said = f'"{name}"' if " " in name else name
        if names.is_attribute(said):
            return f"{match['words'][: word.start()]}{said}:{match['sign']}"
    before, last = match["words"][: words[-1].start()], words[-1][0].casefold()
    return f"{before}{_PUBLISHED}:{match['sign']}" if OTHER_NAMES.get(last, last) == _PUBLISHED else None


def _value(match: re.Match[str], names: Naming, *, typing: bool) -> str | None:
    """Return a field with its value in quotation marks, where that has several words."""
    value, name = match["value"], match["name"]
    if value is None:
        return None
    if match["colon"]:
        value = _LAST_WORD.sub("", value)  # it is the name of the next field
    if name.casefold() in _SIDE_BY_SIDE:
        end = next((end for end in _ends(_plain(value)) if names.stands(name.casefold(), value[:end])), None)
    else:
        at_end = typing and match.end() == len(match.string) and not match["colon"]
        end = _named_end(name, value, names, at_end=at_end)
    if end is None:
        return None
    return f'{name}:"{value[:end]}"{match[0][match.start("value") - match.start() + end :]}'


def _named_end(name: str, value: str, names: Naming, *, at_end: bool) -> int | None:
    """Return where the name of a theme or collection of several words ends; one that is typed may end ``at_end``."""
    ends = _ends(value)
    if at_end and ends and ends[0] == len(value.rstrip()) and names.begins_value(name, value[: ends[0]]):
        return ends[0]
    end = next((end for end in ends if names.is_value(name, value[:end])), None)
    if end is None and ends and not names.is_value(name, value.split(maxsplit=1)[0]):
        end = next((end for end in ends if names.is_within(name, value[:end])), None)
    return end


def _ends(value: str) -> list[int]:
    """Return where each of the words of a value ends but the first, the last one before others."""
    ends = [word.end() for word in re.finditer(r"\S+", value)][:_LONGEST]
    return ends[:0:-1]


def _plain(value: str) -> str:
    """Return the words that a value begins with up to the first one that is a sign of the language, or has one."""
    plain = _PLAIN_WORDS.match(value)
    return plain[0] if plain else ""
