"""What a deed touched, so that whoever shows or indexes it knows what to look at again."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.wording import Message


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows of the library that a deed touched, by their keys.

    ``articles`` and ``highlights`` hold every article and highlight of which anything changed (its row, text, themes,
    note or attributes), also those that are gone now; the other sets hold the rows of their own table. ``step`` is
    the number of the step in the history, ``None`` when nothing was changed.
    """

    step: int | None = None
    label: Message = field(default_factory=lambda: Message(""))
    articles: frozenset[int] = frozenset()
    highlights: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()
    collections: frozenset[int] = frozenset()
    attributes: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything was changed."""
        return self.step is not None
