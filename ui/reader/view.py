"""The text of an article on the screen: what is selected in it, clicked on, and under the mouse."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.canvas import Canvas
from ui.reader.selecting import snapped
from ui.widgets.digits import digit_at

_SETTLED: Final = 250  # milliseconds without a key after which a selection by keyboard is one
_CARET: Final = 2  # pixels wide
_LATER: Final = 50  # milliseconds that Qt may take longer than it says to wait for a third click
_MOVES: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class ArticleView(Canvas):
    """A canvas on which one selects by mouse and keyboard, and clicks on highlights."""

    marked_clicked = Signal(QPointF)  # a click on the text that selects nothing
    selection_settled = Signal(bool)  # something was selected; whether the mouse did it
    selection_meant = Signal()  # no further click can make more of what the mouse selected
    selection_gone = Signal()
    menu_wished = Signal(QPoint, object)  # a global point, and the code point under it or None
    menu_by_key = Signal()
    digit_pressed = Signal(int)  # by a key that is one by its place, and types something else
    hovered = Signal(object)  # the id of a highlight, or None

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing."""
        super().__init__(looks, parent)
        self.snaps = True  # selections made with the mouse grow to whole words
        self._pressed: QPoint | None = None
        self._dragged = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._settled_by_keys)
        self._clicked = QPoint()  # where a double click was
        self._third = QTimer(self, singleShot=True)  # runs while a third click would select the paragraph
        self._third.timeout.connect(self._mean)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.viewport().setAcceptDrops(False)  # files are for the window; Qt would take note of them, and keep it
        self.setAccessibleName(self.tr("Text of the article"))
        self.selectionChanged.connect(self._selection_changed)

    def selected_span(self) -> Span | None:
        """Return what is selected, or ``None``; left-out pieces never are."""
        cursor = self.textCursor()
        if self.scene is None or not cursor.hasSelection():
            return None
        positions = self.scene.positions
        start, end = positions.to_points(cursor.selectionStart()), positions.to_points(cursor.selectionEnd())
        return (start, end) if start < end else None

    def select(self, span: Span, *, backwards: bool = False) -> None:
        """Select a span."""
        if self.scene is None:
            return
        first, last = map(self.scene.positions.to_units, span)
        cursor = QTextCursor(self.document())
        cursor.setPosition(last if backwards else first)
        cursor.setPosition(first if backwards else last, QTextCursor.MoveMode.KeepAnchor)
        self._jumping = True
        self.setTextCursor(cursor)
        self._jumping = False

    def deselect(self) -> None:
        """Select nothing."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            where = self.offset()
            cursor.clearSelection()
            self._jumping = True
            self.setTextCursor(cursor)
            self._bar.setValue(where)
            self._jumping = False

    def _selection_changed(self) -> None:
        if not self.textCursor().hasSelection():
            self._settle.stop()
            self.selection_gone.emit()
        elif not self._dragged and self._pressed is None:
            self._settle.start()

    def _settled_by_keys(self) -> None:
        if self._pressed is None and self.textCursor().hasSelection():
            self.selection_settled.emit(False)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected text as plain text, to the letter."""
        data = QMimeData()
        span = self.selected_span()
        if span and self.scene is not None:
            data.setText(self.scene.body.text[span[0] : span[1]])
        return data

    def _copy(self) -> None:
        """Copy as Qt would, but with data of Qt's own: with ours there, the program could crash at its end."""
        text = self.createMimeDataFromSelection().text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a selection began."""
        self._let_go()
        if event.button() == Qt.MouseButton.LeftButton:
            self._end_double_click(event.position().toPoint())
            self._pressed = event.position().toPoint()
            self._dragged = False
            self.setCursorWidth(0)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which highlight is under the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._dragged = True
        else:
            here = self.highlights_at(event.position())
            self.hovered.emit(here[0] if here else None)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the selection as it was meant, or tell of a click."""
        linked = self.anchorAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self.textCursor().hasSelection():
            self._snap(exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        elif not linked:
            self.marked_clicked.emit(event.position())
        self._dragged = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word, as Qt does; the release settles it."""
        self._pressed = self._clicked = event.position().toPoint()
        super().mouseDoubleClickEvent(event)
        self._third.start(QApplication.doubleClickInterval() + _LATER)

    def _end_double_click(self, place: QPoint) -> None:
        """Wait for no third click: it is there, or another place was clicked and the word is what was meant."""
        waited = self._third.isActive()
        self._third.stop()
        if waited and (place - self._clicked).manhattanLength() >= QApplication.startDragDistance():
            self._mean()

    def _snap(self, *, exact: bool) -> None:
        span = self.selected_span()
        cursor = self.textCursor()
        if span is None or self.scene is None:
            self.deselect()
            return
        meant = snapped(self.scene.body.text, span, to_words=self.snaps != exact)
        if meant[0] >= meant[1]:
            self.deselect()
            return
        if meant != span:
            self.select(meant, backwards=cursor.position() < cursor.anchor())
        self._settle.stop()
        self.selection_settled.emit(True)
        if not self._third.isActive():
            self._mean()

    def _mean(self) -> None:
        """Tell that what the mouse selected is what was meant; while the button is down, more may come."""
        if self._pressed is None and self.selected_span() is not None:
            self.selection_meant.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl the letters stay as they are, for their size is a setting."""
        self._let_go()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret from where one reads, not from where it was left long ago."""
        self._let_go()
        if (digit := digit_at(event)) is not None:
            self.digit_pressed.emit(digit)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
            return
        if event.key() in _MOVES:
            self.setCursorWidth(_CARET)
        if event.key() in _MOVES and not self.textCursor().hasSelection():
            caret = self.cursorRect()
            if self.scene is not None and not self.viewport().rect().intersects(caret):
                cursor = QTextCursor(self.document())
                cursor.setPosition(self.scene.positions.to_units(self.first_visible()))
                self.setTextCursor(cursor)
        super().keyPressEvent(event)
        if event.matches(QKeySequence.StandardKey.MoveToStartOfDocument):
            self._bar.setValue(0)  # the head stands above the first line, where no caret goes
        elif event.matches(QKeySequence.StandardKey.MoveToEndOfDocument):
            self._bar.setValue(self._bar.maximum())  # the last line whole, whatever a fraction of a pixel says

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without moving the text."""
        where = self.offset()
        super().focusInEvent(event)
        self._jumping = True
        self._bar.setValue(where)
        self._jumping = False

    def event(self, event: QEvent) -> bool:
        """Ask for our own menu when a key wants one; Qt would go to the caret for it, wherever that was left."""
        if isinstance(event, QContextMenuEvent) and event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_by_key.emit()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for our own menu; Qt's copies rich text and opens links."""
        point = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
        self.menu_wished.emit(event.globalPos(), self.position_at(point))
        event.accept()
