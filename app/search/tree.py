"""A query as a tree of what was typed: ``grammar`` makes it with Whoosh's parser, ``reading`` gives it a meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.wording import Message

MOST_CHARACTERS: Final = 2_000
MOST_IDS: Final = 64
"""How many ids of a query take no room; those of more words than count are never read."""

_ROOM: Final = 64
"""An id, with the field before it and an ``OR`` after it, is at most so much longer than the name it stands for."""

MOST_LEVELS: Final = 50
NAME: Final = r'"[^":]{1,80}+"|[^\W_][\w-]{0,80}+'
FIELD: Final = rf"(?<!\w)(?<!\w-)(?P<text>(?P<name>{NAME})(?::\s*(?P<comparison>[<>]=?|=))?)(?(comparison)|:)\s*"
"""A field before its value: its ``name``, in quotation marks or not, and how the value is compared."""

SIDES: Final = ("since", "until", "before", "after")
"""The fields of dates that mean something without a colon, too."""

DATE_FIELDS: Final = ("before", "after", "on", "published", "since", "until")

_QUOTES: Final = "“”„‟«»＂"
_WIDE: Final = dict(zip("（）：\u3000＊？～－＾＝＜＞", "(): *?~-^=<>", strict=True))
SPELLINGS: Final = str.maketrans(dict.fromkeys(_QUOTES, '"') | _WIDE)
"""One character for each that a keyboard may have put in the place of one that means something in a query."""

TYPOGRAPHIC: Final = "".join(map(chr, SPELLINGS))
"""The characters that :data:`SPELLINGS` replaces."""


ID: Final = re.compile(r"(?<!\w)[0-9a-f]{32}(?!\w)")
"""How a kept query names a theme, a collection or an attribute, so that it means the same under any name."""


def room(query: str) -> int:
    """Return how many characters of a query are read: with ids in the place of names it may be longer than typed."""
    if len(query) <= MOST_CHARACTERS:
        return MOST_CHARACTERS
    return MOST_CHARACTERS + _ROOM * min(MOST_IDS, len(ID.findall(query)))


def plainly(name: str) -> str:
    """Return a name as it is compared letter by letter: its case, surplus spaces and typographic signs say nothing."""
    return " ".join(name.translate(SPELLINGS).split()).casefold()


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces, with the field before it; ``quoted`` when it stood in quotation marks.

    ``growing`` says that it is still being typed.
    """

    field: str
    text: str
    quoted: bool = False
    slop: int = 1
    boost: float = 1.0
    growing: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by ``and``, ``or``, or (one part) turned round by ``not``."""

    kind: str
    parts: tuple[Word | Group, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a query, and what must be said about how it was read."""

    tree: Word | Group
    notes: tuple[Message, ...] = ()
