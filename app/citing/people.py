"""The names of those who wrote an article, as manuals of style write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.citing.source import Source
from app.text.names import Name

_POINTS: Final = ".,;:。｡．۔،؛、，；："
_SHORT_TITLE: Final = 5  # words
_STOPS: Final = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "as", "by", "with"))


def initials(name: Name) -> str:
    """Return ``Marsh, A. B., Jr.`` for a person, and an organisation as it is."""
    if not name.is_person:
        return name.family
    given = " ".join(_initial(word) for word in name.given.split())
    return ", ".join(filter(None, (name.family, given, name.suffix)))


def listed(names: Sequence[str], last: str, *, comma: bool = True) -> str:
    """Return names in a row, ``last`` (``and``, ``&``) before the last one, a comma before that where there are three.

    With ``comma=False`` (British use) there is none.
    """
    if len(names) < 2:
        return "".join(names)
    before = ", " if comma and len(names) > 2 else " "
    return f"{', '.join(names[:-1])}{before}{last} {names[-1]}"


def short_title(source: Source) -> str:
    """Return the beginning of a title, by which an article without a byline is mentioned in a text."""
    words = source.title.split()
    if len(words) <= _SHORT_TITLE:
        return source.title.rstrip(_POINTS)
    kept = words[: _SHORT_TITLE - 1]
    while len(kept) > 1 and kept[-1].casefold() in _STOPS:
        kept.pop()
    return " ".join(kept).rstrip(f"{_POINTS}–—- ")


def located(source: Source, one: str = "para.", more: str = "paras.") -> str:
    """Return where in its source a passage stands: ``p. 4, paras. 12–13``; empty for a whole article."""
    parts = (
        f"p. {source.page}" if source.page else "",
        source.paragraphs.named(one, more) if source.paragraphs else "",
    )
    return ", ".join(filter(None, parts))


def _initial(word: str) -> str:
    """Return the initials of a given name: ``J.-P.`` of Jean-Paul, ``J. K.`` of J.K. and of JK."""
    if len(word) == len("JK") and word.isupper() and word.isalpha():
        return f"{word[0]}. {word[1]}."
    if "." in word.rstrip("."):
        return " ".join(f"{part}." for part in word.split(".") if part)
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
