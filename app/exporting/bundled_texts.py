"""The texts of articles on their way out, each read when it is asked for: all of them need not fit into memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.library.bodies import Bodies
from app.model import Content

MOST: Final = 8_000_000
"""So many letters are held, beside the texts that were asked for last."""

_LAST: Final = 8


class BundledTexts:
    """Reads texts. The first ones that are asked for stay at hand, and so do the last few.

    Whoever goes through all of them again and again finds the first ones there: were only the last ones held, each
    would be given up just before it is wanted.
    """

    def __init__(self, bodies: Bodies, most: int = MOST) -> None:
        """Hold ``most`` letters."""
        self._bodies = bodies
        self._room = most
        self._first: dict[int, Content] = {}
        self._last: dict[int, Content] = {}

    def of(self, article: int) -> Content:
        """Return the content of an article by its key."""
        found = self._first.get(article) or self._last.get(article)
        return found or self._read(article)

    def _read(self, article: int) -> Content:
        content = self._bodies.content(article)
        letters = len(content.body.text)
        if letters <= self._room:
            self._room -= letters
            self._first[article] = content
        else:
            self._last[article] = content
            if len(self._last) > _LAST:
                del self._last[next(iter(self._last))]
        return content


@dataclass(frozen=True, slots=True)
class BundledText:
    """The text of one article, read when it is called."""

    texts: BundledTexts
    article: int

    def __call__(self) -> Content:
        """Return it."""
        return self.texts.of(self.article)
