"""Saying a name or a value in the query language, so that it is read as that very one.

The language has no sign for a quotation mark inside quotation marks, and its parser straightens typographic signs. What
cannot be said letter by letter is said by its id, or by its words.
"""

from __future__ import annotations

import re
from typing import Final

from app.errors import InvalidInput
from app.search import language
from app.search.designations import Designations, Path, parted
from app.search.fields import Attributes, Key, is_field
from app.search.tree import ID, MOST_CHARACTERS, TYPOGRAPHIC

_CHANGED: Final = re.compile(rf'["\x00-\x1f{TYPOGRAPHIC}]')
"""What the parser would close or straighten, even in quotation marks."""

_SIGNS: Final = re.compile(rf'["*?~^>\[\]{{}}{TYPOGRAPHIC}]')
_LETTERS: Final = re.compile(rf'["*?\x00-\x1f{TYPOGRAPHIC}]')
"""What is said as any one letter, where a value is compared letter by letter."""

_PLAIN: Final = re.compile(r"[^\W_][\w-]*")
_NUMBER: Final = re.compile(r"[0-9]+(?:-[0-9]+)*")
_FIELD: Final = re.compile(r"[^\W_][\w-]{0,80}")
_NAME: Final = re.compile(r'[^":]{1,80}')
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))


def theme(path: Path, themes: Designations, otherwise: str = "", *, short: bool = False) -> str:
    """Return a theme as it stands after ``theme:``, so that no other one is meant than this and those below it.

    That is its path, or (``short``) its last name; from the root where others end alike; ``otherwise`` (its id) where
    it cannot be said.
    """
    if not any(map(_CHANGED.search, path)):
        for said in (*([path[-1:]] if short else []), path, ("", *path)):
            if themes.called(parted(">".join(said))) == [path] and _may_stand_alone(said):
                return said[0] if len(said) == 1 and _is_plain(said[0]) else f'"{" > ".join(said).strip()}"'
    return otherwise


def _may_stand_alone(path: Path) -> bool:
    """Return whether a path means its names: a star alone is every theme, an id is that of one, and arrows are none."""
    if not any(parted(">".join(path))):
        return False
    return len(path) > 1 or not (path[0] == "*" or ID.fullmatch(path[0].casefold()))


def exactly(name: str, otherwise: str = "") -> str:
    """Return a name that is compared letter by letter, or ``otherwise`` (an id) where it cannot be said like that."""
    if _is_plain(name):
        return name
    return otherwise if _CHANGED.search(name) else f'"{name}"'


def words(value: str) -> str:
    """Return a value that is compared word by word, in quotation marks; empty when it has no word.

    Without them a word would stand for all its forms, and *Times* would find the outlet *Time*, too.
    """
    if _NUMBER.fullmatch(value):
        return value
    said = " ".join(_SIGNS.sub(" ", value).split()) if language.tokens(value) else ""
    return f'"{said}"' if said else ""


def phrase(passage: str) -> str:
    """Return words out of a text as they are searched for in their order.

    Raises ``InvalidInput`` where there is no word among them, or more than are read of a query.
    """
    said = words(passage)
    if not said:
        raise InvalidInput("There is no word in what is selected.", "Select words.")
    if len(said) > MOST_CHARACTERS:
        raise InvalidInput(
            "What is selected is too long to be searched for: at most {characters} characters are read.",
            "Select fewer words.",
            characters=MOST_CHARACTERS,
        )
    return said


def whole(value: str) -> str:
    """Return a value as it stands after ``:=``, compared letter by letter; a sign of the language is any letter."""
    if _is_plain(value):
        return value
    return f'"{_LETTERS.sub("?", value)}"'


def field(name: str, attributes: Attributes[Key], key: Key) -> str:
    """Return the attribute of a key as it stands before its value, with its colon; empty where it cannot be said.

    What is called like a field of the language stands in quotation marks; a name that has quotation marks or a colon
    in it is said by its words, unless these mean another attribute.
    """
    plain = [name] if _FIELD.fullmatch(name) and not is_field(name) else []
    spelt = (name, " ".join(language.words(name)))
    quoted = [f'"{one}"' for one in spelt if _NAME.fullmatch(one) and not _CHANGED.search(one)]
    return next((f"{one}:" for one in (*plain, *quoted) if attributes.called(one) == key), "")


def _is_plain(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name)) and name not in _OPERATORS
