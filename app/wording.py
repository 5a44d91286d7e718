"""Sentences for people as a template and its values, so that a screen can translate and a journal keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SLOT = re.compile(r"\{([a-z_]+)\}")


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put ``values`` into the ``{name}`` slots of ``template``.

    Only plain names are slots: unlike ``str.format`` this reaches no attribute and no index, so a template that comes
    out of a foreign library can do nothing but be shown. A slot without a value stays as it stands.
    """
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), template)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a sentence, or the whole ``month`` it lies in; a screen writes it as its reader does."""

    day: date
    month: bool = False

    def __str__(self) -> str:
        """Return it in English: ``4 March 2025``, ``March 2025``."""
        written = f"{MONTHS[self.day.month - 1]} {self.day.year}"
        return written if self.month else f"{self.day.day} {written}"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence (or a label) for a person: a template in English and the values for its slots.

    A value can be a message itself: a part of the sentence that is worded, and translated, by itself.
    """

    template: str
    values: Mapping[str, str | int | float | Day | Message] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return fill(self.template, self.values)
