"""A query as a tree of what was typed: ``grammar`` makes it with Whoosh's parser, ``reading`` gives it a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.wording import Message

MOST_CHARACTERS: Final = 2_000
MOST_LEVELS: Final = 50
FIELD: Final = r'(?<!\w)(?<!\w-)(?P<text>"[^":]{1,80}"|[^\W_][\w-]{0,80}):\s*'
DATE_FIELDS: Final = ("before", "after", "on", "published", "since", "until")

SPELLINGS: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"（": "(", "）": ")", "：": ":", "\u3000": " "})
"""One character for each that a keyboard may have put in the place of one that means something in a query."""


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
