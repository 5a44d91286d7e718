"""What was asked of the library for highlights and is not shown yet: the next key goes on from there."""

from __future__ import annotations

from collections.abc import Iterable

from app.model import Highlight
from app.text.ranges import Span


class Asked:
    """Where the ends and which themes of highlights will be, once all that was asked for is done."""

    def __init__(self) -> None:
        """Nothing was asked for."""
        self._spans: dict[str, Span] = {}
        self._themes: dict[str, tuple[str, ...]] = {}
        self._open: dict[str, int] = {}  # how many questions have no answer yet

    def span(self, one: Highlight) -> Span:
        """Return where a highlight will be."""
        return self._spans.get(one.id, (one.start, one.end))

    def themes(self, one: Highlight) -> tuple[str, ...]:
        """Return the themes that a highlight will have."""
        return self._themes.get(one.id, one.themes)

    def move(self, highlight: str, span: Span) -> None:
        """Take note that a highlight was asked to be moved."""
        self._spans[highlight] = span
        self._open[highlight] = self._open.get(highlight, 0) + 1

    def retheme(self, one: Highlight, add: Iterable[str], remove: Iterable[str]) -> None:
        """Take note that a highlight was asked to get themes and to lose others."""
        gone = frozenset(remove)
        self._themes[one.id] = tuple(dict.fromkeys([name for name in self.themes(one) if name not in gone] + [*add]))
        self._open[one.id] = self._open.get(one.id, 0) + 1

    def answered(self, highlight: str) -> None:
        """Take note that one thing asked for was done; what came of it is shown next."""
        left = self._open.pop(highlight, 0) - 1
        if left > 0:
            self._open[highlight] = left

    def forget(self, highlight: str) -> None:
        """Take the highlight as it is shown: something was refused."""
        for held in (self._spans, self._themes, self._open):
            held.pop(highlight, None)

    def forget_all(self) -> None:
        """Take all highlights as they are shown."""
        for held in (self._spans, self._themes, self._open):
            held.clear()

    def shown(self) -> None:
        """Go by what is shown now wherever no question is open any more."""
        for highlight in {*self._spans, *self._themes} - self._open.keys():
            self.forget(highlight)
