"""The values of the fields that have but few: which of them begin as somebody wrote one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.search import tongues
from app.search.fields import CONDITIONS, MEANT, POSSESSIONS

DATED: Final = "date"
THEMED: Final = ("theme", "themes")
"""What may stand after ``has:`` besides."""

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"is": (*CONDITIONS, *MEANT), "has": (*POSSESSIONS, *THEMED, DATED)}
)


def beginning(field: str, text: str) -> tuple[str, ...]:
    """Return the values of a field that begin with a text; none where it says nothing, or the field has any value."""
    begun = text.strip().casefold()
    if not begun:
        return ()
    if field == "lang":
        return tongues.beginning(begun)
    return tuple(choice for choice in _CHOICES.get(field, ()) if choice.startswith(begun))


def of(field: str) -> tuple[str, ...]:
    """Return the values of a field that has but few, in words of English."""
    return _CHOICES.get(field, ())


def is_begun(field: str, text: str) -> bool:
    """Return whether a text is the beginning of a value of a field, and none itself."""
    begun = beginning(field, text)
    is_whole = tongues.code(text) if field == "lang" else text.strip().casefold() in begun
    return bool(begun) and not is_whole
