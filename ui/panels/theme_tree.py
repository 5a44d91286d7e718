"""The view of the theme tree: how its rows are drawn, mouse and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QSizePolicy,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.model import Theme
from ui.looks import Looks
from ui.panels.theme_delegate import EDGE, ROW, ThemeDelegate
from ui.panels.theme_model import ROW_ROLE
from ui.panels.theme_nesting import NestingTree
from ui.widgets.stepping import keeps_step, step_of

_INDENT: Final = 15
_SECOND_CLICK_MS: Final = 220
_Index = QModelIndex | QPersistentModelIndex


class ThemeTree(NestingTree):
    """The themes; a click puts one on, a double click or Enter opens its board, F2 renames, Delete deletes."""

    put_wished = Signal(str)
    board_wished = Signal(str)
    rename_wished = Signal(str, str)
    delete_wished = Signal(str)
    menu_wished = Signal(str, QPoint)
    selected = Signal(str)
    resized_rows = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no themes yet."""
        super().__init__(looks, parent)
        self._delegate = ThemeDelegate(looks, self)
        self._folded: set[str] = set()
        self._late: Sequence[Theme] | None = None
        self._by_key = False
        self._clicked = self._hovered = ""
        self._second = False  # the release that belongs to a double click
        self._click = QTimer(self, singleShot=True, interval=_SECOND_CLICK_MS)
        self._click.timeout.connect(self._put_clicked)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._delegate.renamed.connect(self._rename)
        self._delegate.closeEditor.connect(self._editor_closed)
        self.expanded.connect(self._unfolded)
        self.collapsed.connect(self._fold)
        looks.changed.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click marks the text, and the keyboard stays with it
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Themes"))
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setStyleSheet("QTreeView { selection-background-color: transparent; }")  # the rows say it themselves

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Show these; while a name is being written only values change, and the rest waits until it is done."""
        structure = [(theme.id, theme.parent) for theme in themes]
        if self._is_renaming() and structure != [(theme.id, theme.parent) for theme in self._themes.themes]:
            self._late = themes
            return
        self._late = None
        self._keeping_place(self._themes.show_themes, themes)

    def tell_apart(self, on: bool) -> None:
        """Show below the colour of each theme which kind of line it has, or do not."""
        self._delegate.tells_apart = on
        self.viewport().update()

    def show_here(self, counts: Mapping[str, int], focused: frozenset[str]) -> None:
        """Show how often each theme is on the article, and which ones are on the focused passage."""
        self._themes.show_here(counts, focused)

    def filter(self, words: str) -> None:
        """Show the themes whose names, definitions or notes hold ``words``."""
        self._keeping_place(self._themes.filter, words)

    def current(self) -> str | None:
        """Return the id of the current theme."""
        theme = self._themes.theme_at(self.currentIndex())
        return theme.id if theme else None

    def select(self, id_: str) -> None:
        """Make a theme the current one and bring it into view."""
        index = self._themes.index_of(id_)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def rename(self, id_: str) -> None:
        """Open the field for a theme's name, in its row."""
        index = self._themes.index_of(id_)
        if index.isValid():
            self.select(id_)
            self.edit(index)

    def row_of(self, id_: str) -> QRect:
        """Return where a theme's row is, in the coordinates of the view."""
        box = self.visualRect(self._themes.index_of(id_))
        return QRect(self.viewport().mapTo(self, box.topLeft()), box.size())

    def sizeHint(self) -> QSize:
        """Return room for every row."""
        return QSize(260, self.rows_height())

    def minimumSizeHint(self) -> QSize:
        """Return that three rows are enough."""
        return QSize(120, min(3 * ROW, self.rows_height()))

    # rows as they are drawn

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the ground of a row over its whole width, then the row."""
        row = index.data(ROW_ROLE)
        look = self._looks.now
        hovered = row.theme.id == self._hovered
        ringed = self._by_key and self.hasFocus() and index == self.currentIndex()
        box = QRectF(0, option.rect.top(), self.width() - EDGE, option.rect.height() - 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.focused or hovered:
            ground = look.colour("hover")
            ground.setAlphaF(1.0 if row.focused else 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 8, 8)
        if ringed:
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.restore()
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Draw a small arrow before a theme that has others below."""
        if not self._themes.rowCount(index):
            return
        middle = QPointF(rect.right() - 4.5, rect.center().y())
        arms = (
            [(-3.0, -1.8), (0.0, 1.8), (3.0, -1.8)]
            if self.isExpanded(index)
            else [(-1.8, -3.0), (1.8, 0.0), (-1.8, 3.0)]
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._looks.now.colour("muted"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in arms]))
        painter.restore()

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember that the mouse is in use: no ring is drawn then."""
        self._by_key = False
        self._clicked = ""
        self._second = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put a theme on when no second click follows."""
        pressed = self.state() is QAbstractItemView.State.NoState
        index = self.indexAt(event.position().toPoint())
        theme = self._themes.theme_at(index)
        super().mouseReleaseEvent(event)
        on_row = self.visualRect(index).contains(event.position().toPoint()) and index == self.currentIndex()
        single = event.button() is Qt.MouseButton.LeftButton and pressed and not self._second
        if single and theme is not None and on_row:
            self._clicked = theme.id
            self._click.start()
            self.selected.emit(theme.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the board of a theme; its first click is forgotten."""
        self._click.stop()
        self._second = True
        theme = self._themes.theme_at(self.indexAt(event.position().toPoint()))
        if theme is not None:
            self.board_wished.emit(theme.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Give the row under the pointer a ground."""
        super().mouseMoveEvent(event)
        theme = self._themes.theme_at(self.indexAt(event.position().toPoint()))
        self._hover(theme.id if theme else "")

    def leaveEvent(self, event: QEvent) -> None:
        """Take the ground of the hovered row away."""
        super().leaveEvent(event)
        self._hover("")

    def _hover(self, id_: str) -> None:
        if id_ != self._hovered:
            self._hovered = id_
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here, on the first theme when there was none."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._by_key = True
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self._themes.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move a theme from the window."""
        return keeps_step(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the board, Space puts the theme on, F2 renames, Delete deletes, Alt and an arrow moves."""
        theme = self._themes.theme_at(self.currentIndex())
        self._by_key = True
        if (step := step_of(event)) and not self._is_renaming():
            self.step(step > 0)
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if theme is None or self._is_renaming() or not plain or not self._did(event.key(), theme):
            before = self.current()
            super().keyPressEvent(event)
            if self.current() not in (before, None):
                self.selected.emit(self.current())
        self.viewport().update()

    def _did(self, key: int, theme: Theme) -> bool:
        deeds = {
            Qt.Key.Key_Return: self.board_wished,
            Qt.Key.Key_Enter: self.board_wished,
            Qt.Key.Key_Space: self.put_wished,
            Qt.Key.Key_Delete: self.delete_wished,
            Qt.Key.Key_Backspace: self.delete_wished,
        }
        if key == Qt.Key.Key_F2:
            self.rename(theme.id)
            return True
        wish = deeds.get(Qt.Key(key))
        if wish is None:
            return False
        wish.emit(theme.id)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wish for the menu of the theme under the pointer, or of the current one."""
        index = self.indexAt(event.pos())
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(24, 0))
        theme = self._themes.theme_at(index)
        if theme is not None:
            self.setCurrentIndex(index)
            self.menu_wished.emit(theme.id, place)
            event.accept()

    # what happens inside

    def _is_renaming(self) -> bool:
        return self.state() is QAbstractItemView.State.EditingState

    def _put_clicked(self) -> None:
        if self._clicked:
            self.put_wished.emit(self._clicked)

    def _rename(self, index: _Index, name: str) -> None:
        theme = self._themes.theme_at(index)
        if theme is not None:
            self.rename_wished.emit(theme.id, name)

    def _editor_closed(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self._late is not None:
            QTimer.singleShot(0, self, self._take_late)

    def _take_late(self) -> None:
        if self._late is not None:
            self.show_themes(self._late)

    def _unfolded(self, index: QModelIndex) -> None:
        theme = self._themes.theme_at(index)
        if theme is not None:
            self._folded.discard(theme.id)
        self.resized_rows.emit()

    def _fold(self, index: QModelIndex) -> None:
        theme = self._themes.theme_at(index)
        if theme is not None:
            self._folded.add(theme.id)
        self.resized_rows.emit()

    def _keeping_place(self, deed: object, argument: object) -> None:
        """Do something that may build the tree anew, and stay where the reader was."""
        assert callable(deed)
        current, scrolled = self.current(), self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        before = self.blockSignals(True)  # folding is the reader's; what is restored here is no deed of theirs
        deed(argument)
        self._delegate.most = max((theme.highlights for theme in self.themes), default=0)
        self.setRootIsDecorated(self._themes.nested)
        for theme in self.themes:
            index = self._themes.index_of(theme.id)
            if index.isValid() and self._themes.rowCount(index):
                self.setExpanded(index, theme.id not in self._folded)
        if current is not None and self.current() != current:
            self.setCurrentIndex(self._themes.index_of(current))
        self.blockSignals(before)
        self.verticalScrollBar().setValue(scrolled)
        self.setUpdatesEnabled(True)
        self.updateGeometry()
        self.resized_rows.emit()
