"""What is selected and in sight on a board, kept while its rows come anew."""

from __future__ import annotations

from dataclasses import dataclass

from ui.board.listing import PassageList
from ui.board.model import PassageModel
from ui.board.passage import Item


@dataclass(frozen=True, slots=True)
class Kept:
    """The ids that are selected, the row of the keyboard, and the ids from the top on with the place of the first.

    ``beyond`` pixels of the first row are scrolled out.
    """

    selected: tuple[str, ...]
    current: int
    after: tuple[str, ...]
    top: int
    beyond: int


def begin(cards: PassageList, rows: PassageModel) -> None:
    """Begin at the top, with the first passage selected."""
    first = next((place for place, row in enumerate(rows.rows) if isinstance(row, Item)), None)
    if first is not None:
        cards.choose([first], first)
    cards.scroll_to(0)


def kept(cards: PassageList, rows: PassageModel) -> Kept:
    """Return what is selected, and what is in sight."""
    top, beyond = cards.top()
    after = tuple(row.id for row in rows.rows[top:] if isinstance(row, Item))
    selected = tuple(item.id for place in cards.chosen() if (item := rows.item(place)))
    return Kept(selected, cards.currentIndex().row(), after, top, beyond)


def restore(cards: PassageList, rows: PassageModel, before: Kept) -> None:
    """Select again what is still there, and scroll to where the reader was."""
    found = [row for one in before.selected if (row := rows.place(one)) is not None]
    last = rows.rowCount() - 1
    if not found and last >= 0:
        near = min(max(0, before.current), last)
        found = [near if rows.item(near) else min(near + 1, last)]
    cards.choose(found, found[0] if found else None)
    if last < 0:
        return
    held = next((row for one in before.after if (row := rows.place(one)) is not None), min(before.top, last))
    gone = bool(before.after) and rows.place(before.after[0]) != held
    cards.scroll_to(held, 0 if gone else before.beyond)
