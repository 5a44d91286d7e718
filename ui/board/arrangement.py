"""What lies on a board, and how: a theme's passages or a collection's items, in an order, all or those of a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.model import Interlude, Theme
from ui.board.passage import DATE, OUTLET, OWN, Group, Item, Passage, grouped, marked_with, ordered, subtree, theme_of

THEME: Final = "theme"
COLLECTION: Final = "collection"


@dataclass(frozen=True, slots=True)
class Branch:
    """A theme below the board's own, and how many of the passages lie in its subtree."""

    theme: Theme
    count: int


class Arrangement:
    """The things on one board. Each kind of board keeps its order; ``branch`` is the theme below that alone is shown.

    ``by_hand``: a collection that the reader may order and empty, which a query's is not.
    """

    def __init__(self) -> None:
        """Have nothing yet."""
        self.items: list[Item] = []
        self.themes: Mapping[str, Theme] = {}
        self.theme: Theme | None = None
        self.branch: str | None = None
        self.by_hand = False
        self._kind = THEME
        self._orders = {THEME: DATE, COLLECTION: OWN}

    def take(
        self, title: str, kind: str, items: Sequence[Item], themes: Sequence[Theme], theme: str, *, by_hand: bool
    ) -> None:
        """Take what lies on a board; without the id of its ``theme`` the ``title`` tells which one it is of."""
        self._kind, self.items = kind, list(items)
        self.themes = {one.id: one for one in themes}
        self.theme = theme_of(title, theme, themes) if kind == THEME else None
        self.by_hand = kind == COLLECTION and by_hand
        if self.branch not in self.themes:
            self.branch = None

    def holds(self, items: Sequence[Item], themes: Sequence[Theme], *, by_hand: bool) -> bool:
        """Tell whether this is what lies here already."""
        by_hand = self._kind == COLLECTION and by_hand
        return (list(items), list(themes), by_hand) == (self.items, list(self.themes.values()), self.by_hand)

    def order(self) -> str:
        """Return the order in force; only a collection by hand has one of its own."""
        order = self._orders[self._kind]
        return DATE if order == OWN and not self.by_hand else order

    def choose_order(self, order: str) -> None:
        """Put it in another order, where there is such a one."""
        if order != OWN or self.by_hand:
            self._orders[self._kind] = order

    def shown(self) -> list[Passage]:
        """Return the passages that are shown, in order."""
        passages = self._passages()
        if self.branch is not None:
            passages = marked_with(passages, subtree(self.branch, self.themes.values()))
        return ordered(passages, self.order())

    def rows(self, shown: Sequence[Passage]) -> Sequence[Item | Group]:
        """Return what is ``shown`` with all that stands between it: in a collection's own order what was written."""
        order = self.order()
        return self.items if order == OWN else grouped(shown) if order == OUTLET else shown

    def branches(self) -> list[Branch]:
        """Return the themes right below the board's own in which there is something."""
        if self.theme is None:
            return []
        children = [one for one in self.themes.values() if one.parent == self.theme.id]
        found = ((one, subtree(one.id, self.themes.values())) for one in children)
        branches = [Branch(one, len(marked_with(self._passages(), family))) for one, family in found]
        return [branch for branch in branches if branch.count or branch.theme.id == self.branch]

    def interlude(self, key: str) -> Interlude | None:
        """Return the heading or text of an id."""
        return next((item for item in self.items if item.id == key and isinstance(item, Interlude)), None)

    def above(self, key: str, level: int) -> str:
        """Return the id of what something that is written at an item stands above, or ``""`` for the end."""
        one = self.interlude(key)
        if level or one is None or not one.level:
            return key
        place = next(number for number, item in enumerate(self.items, 1) if item.id == key)
        return self.items[place].id if place < len(self.items) else ""

    def replace(self, interlude: Interlude) -> None:
        """Put another heading or text in the place of the one that has its id."""
        self.items = [interlude if item.id == interlude.id else item for item in self.items]

    def drop(self, key: str) -> None:
        """Take an item away."""
        self.items = [item for item in self.items if item.id != key]

    def sort(self, ids: Sequence[str]) -> bool:
        """Put the collection into another order, and tell whether it is another one."""
        if not self.by_hand or self.order() != OWN or list(ids) == [item.id for item in self.items]:
            return False
        known = {item.id: item for item in self.items}
        self.items = [known[one] for one in ids]
        return True

    def _passages(self) -> list[Passage]:
        return [item for item in self.items if isinstance(item, Passage)]
