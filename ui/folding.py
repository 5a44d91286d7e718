"""Panes that fold away while the window is too narrow for all of them, and come back when there is room again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter, QWidget


class Folding(QObject):
    """Watches the columns. Who asks for a pane gets it: then the other one folds."""

    def __init__(self, columns: QSplitter, sides: Sequence[QWidget]) -> None:
        """``sides`` are the panes that may fold, the one to go first first."""
        super().__init__(columns)
        self._columns = columns
        self._sides = tuple(sides)
        self._folded: set[QWidget] = set()
        for watched in (columns, *sides):
            watched.installEventFilter(self)

    def holds(self, pane: QWidget) -> bool:
        """Tell whether a pane is hidden for want of room alone."""
        return pane in self._folded

    def forget(self) -> None:
        """Leave the panes that are folded as hidden as if the reader had hidden them."""
        self._folded.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when the window changes its size or a pane is shown; use what one leaves that the reader hides."""
        if watched is self._columns:
            if event.type() is QEvent.Type.Resize:
                self._make_room(None)
                self._unfold()
        elif event.type() is QEvent.Type.ShowToParent and isinstance(watched, QWidget):
            self._folded.discard(watched)
            self._make_room(watched)
        elif event.type() is QEvent.Type.HideToParent and watched not in self._folded:
            self._unfold()
        return False

    def _make_room(self, wanted: QWidget | None) -> None:
        for pane in self._sides:
            if pane is not wanted and not pane.isHidden() and self._needed() > self._columns.width():
                self._folded.add(pane)
                pane.hide()

    def _unfold(self) -> None:
        for pane in reversed(self._sides):
            if pane in self._folded and self._needed() + pane.minimumWidth() + 1 <= self._columns.width():
                pane.show()

    def _needed(self) -> int:
        columns = [self._columns.widget(place) for place in range(self._columns.count())]
        return sum(one.minimumWidth() + 1 for one in columns if not one.isHidden()) - 1
