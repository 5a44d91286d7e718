"""What people write in place of a field and its value, written as the query language has it.

Other names of fields, names and values of several words without quotation marks, a space before the colon, and
addresses with their signs. A query that is kept goes through here too, so that
it means what it meant when it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from app.search.fields import OTHER_NAMES, is_field
from app.search.tree import SPELLINGS

_ADDRESS: Final = r"(?<![^\s(:=])(?P<address>(?:https?://|www\.)[^\s\"<>()]*[^\s\"<>().,;:!?…])"
_ADDRESSES: Final = re.compile(rf"{_ADDRESS}|\"[^\"]*(?:\"|$)", re.IGNORECASE)
_WORD: Final = r"[^\W_][\w'’-]{0,80}+"
_MOST_WORDS: Final = 8
_BEFORE_COLON: Final = re.compile(
    rf'{_ADDRESS}|(?<![\w"\'’])(?<!\w-)(?P<words>{_WORD}(?:\s+{_WORD}){{0,{_MOST_WORDS - 1}}})(?P<gap>\s*):(?!//)'
    r'|"[^"]*(?:"|$)',
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf'{_ADDRESS}|(?<!\w)(?<!\w-)(?P<name>theme|in):\s*(?P<value>[^\s"():^][^"():^]*)(?P<colon>:?)|"[^"]*(?:"|$)',
    re.IGNORECASE,
)
_LONGEST: Final = 16
_SEVERAL: Final = 2
_LAST_WORD: Final = re.compile(r"\s*\S+$")


class Naming(NamedTuple):
    """What a library's names are. ``is_attribute`` says it of what stands before a colon, ``is_value`` of all that
    stands after the colon of a field, and ``begins_value`` of what is being typed there.
    """

    is_attribute: Callable[[str], bool]
    is_value: Callable[[str, str], bool]
    begins_value: Callable[[str, str], bool] = lambda _field, _text: False


def whole_addresses(query: str) -> str:
    """Return a query with the addresses in it in quotation marks: else their signs would be those of the language."""
    if "://" in query or "www." in query.lower():
        return _rewritten(query, _ADDRESSES, lambda match: f'"{match[0]}"')
    return query


def straightened(query: str, names: Naming, *, typing: bool = False) -> str:
    """Return a query as the language has it; with ``typing`` it goes on where it ends."""
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


def _value(match: re.Match[str], names: Naming, *, typing: bool) -> str | None:
    """Return a field with its value in quotation marks, where that has several words."""
    value = match["value"]
    if value is None:
        return None
    if match["colon"]:
        value = _LAST_WORD.sub("", value)  # it is the name of the next field
    ends = [word.end() for word in re.finditer(r"\S+", value)][:_LONGEST]
    at_end = typing and match.end() == len(match.string) and not match["colon"]
    for end in reversed(ends[_SEVERAL - 1 :]):
        begun = at_end and end == len(value.rstrip()) and names.begins_value(match["name"], value[:end])
        if begun or names.is_value(match["name"], value[:end]):
            return f'{match["name"]}:"{value[:end]}"{match[0][match.start("value") - match.start() + end :]}'
    return None
