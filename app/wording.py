"""Sentences for people as a template and its values, so that a screen can translate and a journal keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_SLOT = re.compile(r"\{([a-z_]+)\}")


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put ``values`` into the ``{name}`` slots of ``template``.

    Only plain names are slots: unlike ``str.format`` this reaches no attribute and no index, so a template that comes
    out of a foreign library can do nothing but be shown. A slot without a value stays as it stands.
    """
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), template)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence (or a label) for a person: a template in English and the values for its slots."""

    template: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return fill(self.template, self.values)
