"""What of the index cannot be read, gathered by the reason and said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.search.store import Written
from app.wording import Message


@dataclass(frozen=True, slots=True)
class Damage:
    """Parts of the index that cannot be read for one reason, and how many documents they hold."""

    parts: int
    documents: int
    why: Message

    def said(self) -> Message:
        """Return a sentence about it, with what to do."""
        template = _ONE_LOST if self.documents == 1 else _LOST
        return Message(f"{template} {self.why.template} {_REPAIR}", {"count": self.documents})


_ONE_LOST: Final = "One entry of the search index cannot be read."
_LOST: Final = "{count} entries of the search index cannot be read."
_REPAIR: Final = "Run “check --repair” to index them again."


def damages(segments: Iterable[Written]) -> tuple[Damage, ...]:
    """Return what of the index cannot be read, by the reason."""
    found: dict[str, Damage] = {}
    for one in segments:
        if one.broken is not None:
            same = found.get(one.broken.template, Damage(0, 0, one.broken))
            found[one.broken.template] = Damage(same.parts + 1, same.documents + one.live, one.broken)
    return tuple(found.values())
