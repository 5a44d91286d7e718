"""What lies on a board: the passages of a theme, or what a collection holds, looked up a part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.library.holdings import Holdings
from app.library.naming import Ref
from app.model import Collection, Interlude, Theme
from app.searching.finding import Searching
from app.searching.gathering import Passage, gather


@dataclass(frozen=True, slots=True)
class Layout:
    """The theme or collection of a board, and all that lies on it, in order: articles and highlights by their keys."""

    subject: Theme | Collection
    items: tuple[Ref | Interlude, ...]


class Boards:
    """The boards of one library."""

    def __init__(self, holdings: Holdings, searching: Searching) -> None:
        """Work on an open library."""
        self._holdings = holdings
        self._searching = searching

    def of_theme(self, given: str) -> Layout | None:
        """Return what lies on the board of a theme: the articles and passages of it and of all below it.

        ``None``: it is gone.
        """
        theme = self._holdings.themes.seek(given)
        if theme is None:
            return None
        themes = self._holdings.themes.subtree(theme.id)
        whole = [("article", key) for key in self._holdings.themes.wholes(themes)]
        keys = self._holdings.highlights.keys_with(themes)
        return Layout(theme, (*whole, *(("highlight", key) for key in keys)))

    def of_collection(self, given: str) -> Layout | None:
        """Return what lies on the board of a collection; a query's articles come first. ``None``: it is gone."""
        found = self._holdings.collections.laid_out(given)
        if found is None:
            return None
        collection, items = found
        if not collection.query:
            return Layout(collection, items)
        articles, highlights = self._searching.members(collection)
        whole = [("article", key) for key in articles]
        return Layout(collection, (*whole, *(("highlight", key) for key in highlights)))

    def gather(self, wanted: Sequence[Ref]) -> dict[Ref, Passage]:
        """Return articles and highlights, the latter each with its context; what is gone is left out."""
        return gather(self._holdings, wanted)
