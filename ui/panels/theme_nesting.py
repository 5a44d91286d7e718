"""A tree in which a theme is dragged below another one, up again, or to another place beside its siblings; on which
articles and passages are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.panels.theme_delegate import EDGE, ROW
from ui.panels.theme_model import THEME_MIME, ThemeModel
from ui.widgets.carried import IDS, carried_ids, carry

_EDGE_SHARE: Final = 0.28  # of a row's height, above and below, that means between the rows


class NestingTree(QTreeView):
    """Shows where a dragged theme would go, and wishes for it to be moved there. It moves nothing itself."""

    dropped = Signal(object, str)  # articles and passages by their ids, on a theme
    move_wished = Signal(str, object, object)  # the theme, below which one, before which of those there

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no themes yet."""
        super().__init__(parent)
        self._looks = looks
        self._themes = ThemeModel(self)
        self._drop: _Landing | None = None
        self.setModel(self._themes)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Return all themes."""
        return self._themes.themes

    def is_below(self, id_: str | None, ancestor: str) -> bool:
        """Tell whether a theme is ``ancestor`` or lies below it."""
        return self._themes.is_below(id_, ancestor)

    def rows_height(self) -> int:
        """Return how high all rows are together that are not folded away."""
        rows, index = 0, self._themes.index(0, 0)
        while index.isValid():
            rows += 1
            index = self.indexBelow(index)
        return rows * ROW

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and over them where a dragged theme would go."""
        super().paintEvent(event)
        if self._drop is None:
            return
        box = QRectF(self._drop.shown).adjusted(0, 0, -EDGE, 0)
        accent = self._looks.now.colour("accent")
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 2))
        if box.height() > 3:
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), 8, 8)
        else:
            painter.drawEllipse(QPointF(box.left() + 4, box.top() + 1), 3, 3)
            painter.drawLine(QPointF(box.left() + 8, box.top() + 1), QPointF(box.right() - 4, box.top() + 1))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take themes of this program, and articles and passages."""
        if event.mimeData().hasFormat(THEME_MIME) or event.mimeData().hasFormat(IDS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the theme would go, or which theme is put on what is carried."""
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(IDS):
            self._drop = self._over(event.position().toPoint())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.setAccepted(self._drop is not None)
            self.viewport().update()
            return
        dragged = _dragged(event.mimeData())
        self._drop = self._target(event.position().toPoint(), dragged)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(self._drop is not None)
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        super().dragLeaveEvent(event)
        self._drop = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for the theme to lie where it was dropped, or to be put on what was dropped there."""
        if event.mimeData().hasFormat(IDS):
            self._take_things(event)
            return
        dragged = _dragged(event.mimeData())
        target = self._target(event.position().toPoint(), dragged)
        self._drop = None
        self.viewport().update()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the rows move when the library has moved the theme
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        if target is not None:
            self.move_wished.emit(dragged, target.parent, target.before)

    def _take_things(self, event: QDropEvent) -> None:
        over, ids = self._over(event.position().toPoint()), carried_ids(event.mimeData())
        self._drop = None
        self.viewport().update()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(over is not None and bool(ids))
        self.setState(QAbstractItemView.State.NoState)
        if over is not None and over.parent is not None and ids:
            self.dropped.emit(ids, over.parent)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry a theme away; its name hangs beside the pointer."""
        theme = self._themes.theme_at(self.currentIndex())
        if theme is not None:
            data = self._themes.mimeData([self.currentIndex()])
            carry(self, self._looks, data, theme.name, Qt.DropAction.MoveAction)

    def step(self, down: bool) -> None:
        """Wish for the current theme to change places with the next one beside it, or with the one before."""
        index = self.currentIndex()
        theme = self._themes.theme_at(index)
        there = self._themes.theme_at(index.sibling(index.row() + (1 if down else -1), 0))
        if theme is not None and there is not None:
            before = self._themes.theme_at(index.sibling(index.row() + 2, 0)) if down else there
            self.move_wished.emit(theme.id, theme.parent, before.id if before is not None else None)

    def _target(self, place: QPoint, dragged: str) -> _Landing | None:
        """Return where the dragged theme would come, and where to show that; none where nothing changes."""
        moved = self._themes.index_of(dragged)
        if not moved.isValid():
            return None
        found = self._landing(place)
        if self.is_below(found.parent, dragged):
            return None
        theme, after = self._themes.theme_at(moved), self._themes.theme_at(moved.sibling(moved.row() + 1, 0))
        assert theme is not None
        stays = found.before in (dragged, after.id if after is not None else None)
        return None if found.parent == theme.parent and (stays or found.inside) else found

    def _over(self, place: QPoint) -> _Landing | None:
        """Return the theme at a place; none below the last one."""
        index = self.indexAt(place)
        theme = self._themes.theme_at(index)
        box = QRect(0, self.visualRect(index).top(), self.viewport().width(), ROW)
        return _Landing(theme.id, None, box, inside=True) if theme is not None else None

    def _landing(self, place: QPoint) -> _Landing:
        """Return what a place stands for: between two rows or, in the middle of one, below that one."""
        index = self.indexAt(place)
        over = self._themes.theme_at(index)
        wide = self.viewport().width()
        if over is None:
            line = QRect(0, min(self.rows_height(), self.viewport().height() - 3), wide, 2)
            return _Landing(None, None, line)
        box = self.visualRect(index)
        share = (place.y() - box.top()) / ROW
        if share < _EDGE_SHARE:
            return _Landing(over.parent, over.id, QRect(box.left(), max(0, box.top() - 1), wide - box.left(), 2))
        if share <= 1 - _EDGE_SHARE:
            return _Landing(over.id, None, QRect(0, box.top(), wide, ROW), inside=True)
        first = self._themes.theme_at(self._themes.index(0, 0, index)) if self.isExpanded(index) else None
        if first is not None:
            left = box.left() + self.indentation()
            return _Landing(over.id, first.id, QRect(left, box.bottom(), wide - left, 2))
        while index.parent().isValid() and place.x() < box.left() and not index.sibling(index.row() + 1, 0).isValid():
            index = index.parent()  # left of the last of some rows: after the one above them
            left = self.visualRect(index).left()
            box.setLeft(left)
        over, after = self._themes.theme_at(index), self._themes.theme_at(index.sibling(index.row() + 1, 0))
        assert over is not None
        line = QRect(box.left(), box.bottom(), wide - box.left(), 2)
        return _Landing(over.parent, after.id if after is not None else None, line)


@dataclass(frozen=True, slots=True)
class _Landing:
    """Below which theme something would come, before which of those there (none: last), and where that is shown."""

    parent: str | None
    before: str | None
    shown: QRect
    inside: bool = False


def _dragged(data: QMimeData) -> str:
    return bytes(data.data(THEME_MIME).data()).decode("utf-8", "replace")
