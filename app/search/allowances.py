"""How much of a query counts: enough for a pasted sentence, few enough to be answered at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.search import language
from app.search.plan import Slot

MOST_WORDS: Final = 32
"""How many words of a query count."""

MOST_PATTERNS: Final = 4
MOST_WIDE: Final = 2
"""How many prefixes, wildcards and fuzzy words a query may have, and how many of them may be wide: fuzzy, or begin
with a star or question mark, so that every word must be looked at. The next are read as plain words."""

_PATTERNS: Final = frozenset(("prefix", "wildcard", "fuzzy"))
_TOO_MANY_WORDS: Final = "Only the first {words} words count."
_TOO_MANY_PATTERNS: Final = "There are too many words with * ? or ~ in it: only the first are read as such."


class Allowance:
    """What a query has left of its words and patterns; what is said twice counts once."""

    def __init__(self, tell: Callable[..., None]) -> None:
        """Begin with all of it; ``tell`` takes a sentence for the person, and its values."""
        self._tell = tell
        self._words = 0
        self._patterns = 0
        self._wide = 0
        self._counted: set[object] = set()

    def of(self, field: str, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """Return as many of some words in a field as count, with plain words for the patterns that are too many."""
        if (field, slots) in self._counted:
            return slots
        kept: list[Slot] = []
        for slot in self.few_patterns(slots):
            if (field, (slot,)) in self._counted and len(slots) == 1:
                return (slot,)
            if not self.count():
                break
            kept.append(slot)
        if len(kept) == len(slots):
            self._counted.add((field, tuple(kept)))
        return tuple(kept)

    def count(self) -> bool:
        """Count a word; returns whether there is room for it."""
        if self._words == MOST_WORDS:
            self._tell(_TOO_MANY_WORDS, words=MOST_WORDS)
            return False
        self._words += 1
        return True

    def few_patterns(self, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """Return ``slots`` with plain words for the patterns that are too many."""
        kept = []
        for slot in slots:
            if slot.kind in _PATTERNS and self._words < MOST_WORDS:
                wide = slot.kind == "fuzzy" or slot.text[:1] in {"*", "?"}
                if self._patterns == MOST_PATTERNS or (wide and self._wide == MOST_WIDE):
                    self._tell(_TOO_MANY_PATTERNS)
                    slot = Slot("word", language.fold(slot.text.replace("*", "").replace("?", "")))
                else:
                    self._patterns += 1
                    self._wide += wide
            if slot.text:
                kept.append(slot)
        return tuple(kept)
