"""A tree in which a theme is dragged below another one, or up again."""

from __future__ import annotations

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


class NestingTree(QTreeView):
    """Shows where a dragged theme would go, and wishes for it to be moved there. It moves nothing itself."""

    move_wished = Signal(str, object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no themes yet."""
        super().__init__(parent)
        self._looks = looks
        self._themes = ThemeModel(self)
        self._drop: tuple[str | None, QRect] | None = None
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
        box = QRectF(self._drop[1]).adjusted(0, 0, -EDGE, 0)
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
        """Take themes of this program."""
        if event.mimeData().hasFormat(THEME_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the theme would go."""
        super().dragMoveEvent(event)
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
        """Wish for the theme to lie where it was dropped."""
        dragged = _dragged(event.mimeData())
        target = self._target(event.position().toPoint(), dragged)
        self._drop = None
        self.viewport().update()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the rows move when the library has moved the theme
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        if target is not None:
            self.move_wished.emit(dragged, target[0])

    def _target(self, place: QPoint, dragged: str) -> tuple[str | None, QRect] | None:
        """Return below which theme the dragged one would come, and where to show that; none where nothing changes."""
        moved = next((theme for theme in self.themes if theme.id == dragged), None)
        index = self.indexAt(place)
        over = self._themes.theme_at(index)
        if moved is None:
            return None
        if over is None:
            line = QRect(0, min(self.rows_height(), self.viewport().height() - 3), self.viewport().width(), 2)
            return None if moved.parent is None else (None, line)
        box = self.visualRect(index)
        share = (place.y() - box.top()) / ROW
        if 0.28 <= share <= 0.72 or (share > 0.72 and self._themes.rowCount(index) and self.isExpanded(index)):
            parent, shown = over.id, QRect(0, box.top(), self.viewport().width(), ROW)
        else:
            top = box.top() - 1 if share < 0.5 else box.bottom()
            parent, shown = over.parent, QRect(box.left(), max(0, top), self.viewport().width() - box.left(), 2)
        if parent == moved.parent or self.is_below(parent, dragged):
            return None
        return parent, shown


def _dragged(data: QMimeData) -> str:
    return bytes(data.data(THEME_MIME).data()).decode("utf-8", "replace")
