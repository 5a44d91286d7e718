"""Saying a name in the query language, so that it is read as that very name.

The language has no sign for a quotation mark inside quotation marks, nor for a ``>`` inside the name of a theme, and
its parser straightens typographic signs. What cannot be said letter by letter is said by its id, or by its words.
"""

from __future__ import annotations

import re
from typing import Final

from app.search import language

_MARKS: Final = '"“”„‟«»＂'
_SIGNS: Final = re.compile(rf"[{_MARKS}*?~^>（）：\u3000\[\]{{}}]")
_CHANGED: Final = re.compile(rf"[{_MARKS}（）：\u3000\[\]{{}}]|(?:^|(?<=[\s(]))[–—−]|:-|\bNOT\s+(?:NOT\b|-)")
"""What the parser would straighten, close or read, even in quotation marks."""

_PLAIN: Final = re.compile(r"[^\W_][\w-]*")
_NUMBER: Final = re.compile(r"[0-9]+(?:-[0-9]+)*")
_FIELD: Final = re.compile(r"[^\W_][\w-]{0,80}")
_NAME: Final = re.compile(r'[^":]{1,80}')
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))


def theme(path: tuple[str, ...], otherwise: str = "") -> str:
    """Return the path of a theme as it stands after ``theme:``, or ``otherwise`` (its id) where it cannot be said."""
    if len(path) == 1 and _is_plain(path[0]):
        return path[0]
    # a star alone is every theme
    if path == ("*",) or any(">" in name or _CHANGED.search(name) for name in path):
        return otherwise
    return f'"{" > ".join(path)}"'


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
    said = _plain_words(value)
    return f'"{said}"' if said else ""


def field(name: str) -> str:
    """Return the name of a field or attribute with its colon; empty when it has no word."""
    if _FIELD.fullmatch(name):
        return f"{name}:"
    if not _NAME.fullmatch(name) or _CHANGED.search(name):
        name = " ".join(language.words(name))
    return f'"{name}":' if _NAME.fullmatch(name) and language.tokens(name) else ""


def _plain_words(text: str) -> str:
    """Return a text without the signs that mean something in a query; empty when no word is left."""
    return " ".join(_SIGNS.sub(" ", text).split()) if language.tokens(text) else ""


def _is_plain(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name)) and name not in _OPERATORS
