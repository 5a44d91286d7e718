"""Headings and texts between the passages of a collection while they are written: a new one is a draft at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.model import Interlude
from ui.board.passage import Item


class Writing(QObject):
    """Knows which one is new, and which was emptied. Ids are those that the library gives, too.

    ``wished``: id, text, level, and the id of the item that it stands before (``""``: at the end, or where it is); one
    without words is to go. ``abandoned``: a draft into which nothing was written.
    """

    wished = Signal(str, str, int, str)
    abandoned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        """Write nothing yet."""
        super().__init__(parent)
        self._draft: Interlude | None = None
        self._before = ""
        self._empty: Interlude | None = None

    def begin(self, level: int, before: str) -> Interlude:
        """Begin a new heading (``level`` 1-3) or text (0) before an item, or at the end."""
        self._draft, self._before = Interlude(uuid4().hex, "", level), before
        return self._draft

    def placed(self, items: Sequence[Item]) -> list[Item]:
        """Return the items of the collection with the draft in its place, as long as the library has none of it."""
        if self._draft is None or any(one.id == self._draft.id for one in items):
            self._draft = None
            return list(items)
        place = next((number for number, one in enumerate(items) if one.id == self._before), len(items))
        return [*items[:place], self._draft, *items[place:]]

    def save(self, interlude: Interlude, text: str) -> Interlude:
        """Wish for a text to be kept, and return what stands there now. Without words it waits for how it ends."""
        text = " ".join(text.split()) if interlude.level else text
        written = replace(interlude, text=text)
        self._empty = written if not text.strip() else None
        is_draft = self._draft is not None and self._draft.id == interlude.id
        if is_draft:
            self._draft = written
        if text.strip():
            self.wished.emit(interlude.id, text, interlude.level, self._before if is_draft else "")
        return written

    def end(self, key: str) -> None:
        """Let go of one that is not written any more; without words it goes."""
        draft, empty = self._draft, self._empty
        if draft is not None and draft.id == key and not draft.text.strip():
            self._draft = self._empty = None
            self.abandoned.emit(key)
        elif empty is not None and empty.id == key:
            self._empty = None
            self.wished.emit(key, "", empty.level, "")

    def forget(self) -> None:
        """Forget the draft: another board is shown."""
        self._draft = self._empty = None
