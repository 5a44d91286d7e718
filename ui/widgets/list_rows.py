"""What the small lists have in common: rows replaced all at once, how they scroll, and the ground of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem

from ui.looks import Look

Index = QModelIndex | QPersistentModelIndex
_NONE: Final = QModelIndex()


class ListRows(QAbstractListModel):
    """Rows of one kind. What a row shows and what a screen reader says of it, a subclass knows."""

    def __init__(self, parent: QObject) -> None:
        """Have no rows."""
        super().__init__(parent)
        self.rows: tuple[Any, ...] = ()

    def take(self, rows: Sequence[Any]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says, to those who see it or listen to it."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(self.rows[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(self.rows[index.row()])
        return None

    def shown(self, row: Any) -> str:
        """Return the words of a row."""
        return str(row)

    def spoken(self, row: Any) -> str:
        """Return what is said of a row to those who do not see it."""
        return self.shown(row)


def set_up_list(view: QListView, *, keyboard: bool = True) -> None:
    """Let a list have rows of one height that scroll smoothly and are not edited.

    Without the ``keyboard``, that stays in a line from which the list is worked.
    """
    view.setUniformItemSizes(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.viewport().setAutoFillBackground(False)
    if not keyboard:
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, look: Look) -> bool:
    """Draw what lies under a row that is chosen or under the mouse; say whether it is either."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    meant = chosen or bool(option.state & QStyle.StateFlag.State_MouseOver)
    if meant:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("selected" if chosen else "hover"))
        painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 7, 7)
    return meant
