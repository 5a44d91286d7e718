"""A reader's hands and eyes: drives a real window by actions, mouse and keys, waits for it, and takes its picture."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPixmap,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QMenu, QTextEdit, QWidget

Part = TypeVar("Part", bound=QWidget)

PATIENCE: Final = 20.0  # seconds something may take to appear
CALM: Final = 0.35  # seconds of quiet after which nothing moves any more: longer than any animation or delay
LEFT: Final = Qt.MouseButton.LeftButton
NOTHING: Final = Qt.KeyboardModifier.NoModifier


class NothingThere(Exception):
    """What a scene looks for is not on the screen."""


class ScreenDriver:
    """Drives one window. ``is_idle`` says that it waits for nothing but its reader; ``folder`` is for files of ours."""

    def __init__(self, window: QWidget, is_idle: Callable[[], bool], folder: Path) -> None:
        """Take the window; it is shown already."""
        self.window = window
        self.folder = folder
        self._is_idle = is_idle

    # waiting

    def settle(self, calm: float = CALM) -> None:
        """Wait until the window has been idle for a while."""
        began = calm_since = time.monotonic()
        while time.monotonic() - calm_since < calm:
            QApplication.processEvents()
            time.sleep(0.005)
            if not self._is_idle():
                calm_since = time.monotonic()
            if time.monotonic() - began > PATIENCE:
                raise NothingThere("the window does not come to rest")

    def until(self, there: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        began = time.monotonic()
        while not there():
            QApplication.processEvents()
            time.sleep(0.005)
            if time.monotonic() - began > PATIENCE:
                raise NothingThere(f"{what} does not come")

    def wait(self, seconds: float) -> None:
        """Let some time pass, whatever is under way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)

    # looking

    def part(self, kind: type[Part], name: str = "") -> Part:
        """Return a visible part of the window by its class."""
        found = [one for one in self.all(kind) if not name or name in (one.objectName(), one.accessibleName())]
        if not found:
            raise NothingThere(f"there is no {kind.__name__} {name}".rstrip())
        return found[0]

    def all(self, kind: type[Part]) -> list[Part]:
        """Return all visible widgets of a class, those of dialogs and popovers too, the topmost window's first."""
        tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        tops.sort(key=lambda top: top is self.window)
        found = [one for top in tops for one in ([top] if isinstance(top, kind) else []) + top.findChildren(kind)]
        return [one for one in found if one.isVisible()]

    def labelled(self, words: str, kind: type[Part]) -> Part:
        """Return a button or the like by the words on it, or by its accessible name."""
        for one in self.all(kind):
            text = str(one.property("text") or "").replace("&&", "&")
            if words in (text, one.accessibleName(), one.toolTip().partition("\n")[0]):
                return one
        raise NothingThere(f"nothing says “{words}”")

    def item(self, view: QAbstractItemView, words: str) -> QModelIndex:
        """Return the first row of a list or tree that says some words; it is brought into sight."""
        model, waiting = view.model(), [view.rootIndex()]
        while waiting:
            parent = waiting.pop(0)
            for number in range(model.rowCount(parent)):
                index = model.index(number, 0, parent)
                said = (index.data(Qt.ItemDataRole.DisplayRole), index.data(Qt.ItemDataRole.AccessibleTextRole))
                if any(words in str(text) for text in said):
                    view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                    self.settle(0.1)
                    return index
                waiting.append(index)
        raise NothingThere(f"no row says “{words}”")

    # doing

    def click_item(self, view: QAbstractItemView, words: str) -> None:
        """Click the row of a list or tree that says some words."""
        where = view.visualRect(self.item(view, words))
        self.click(view.viewport(), where.center())

    def open_menu(self, view: QAbstractItemView, words: str) -> None:
        """Ask for the menu of a row that says some words."""
        self.ask_menu(view, view.visualRect(self.item(view, words)).center())

    def ask_menu(self, area: QAbstractScrollArea, at: QPoint) -> None:
        """Ask for the menu at a point of a list or a text."""
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, area.viewport().mapToGlobal(at))
        QApplication.sendEvent(area.viewport(), event)
        self.settle()

    def choose(self, words: str) -> None:
        """Choose an entry of the open menu by the beginning of its words."""
        menu = QApplication.activePopupWidget()
        for action in menu.actions() if isinstance(menu, QMenu) else ():
            if action.text().replace("&", "").startswith(words):
                self.click(menu, menu.actionGeometry(action).center())
                self.settle()
                return
        raise NothingThere(f"no menu offers “{words}”")

    def command(self, words: str) -> None:
        """Find something with the palette and choose it."""
        self.press("Ctrl+K")
        self.settle()
        self.type(words)
        self.press("Return")
        self.settle()

    def drop(self, area: QAbstractScrollArea, paths: Sequence[Path]) -> None:
        """Drop files on a part of the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        target, at = area.viewport(), area.viewport().rect().center()
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(target, QDragEnterEvent(at, copy, data, left, NOTHING))
        QApplication.sendEvent(target, QDragMoveEvent(at, copy, data, left, NOTHING))
        QApplication.sendEvent(target, QDropEvent(QPointF(at), copy, data, left, NOTHING))

    def press(self, *keys: str) -> None:
        """Press keys as they are written in the help, such as ``Ctrl+K``, one after the other."""
        for key in keys:
            QTest.keySequence(self._focus(), QKeySequence(key))
            self.settle(0.05)

    def type(self, text: str) -> None:
        """Type some text where the focus is."""
        QTest.keyClicks(self._focus(), text)
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None, modifier: Qt.KeyboardModifier = NOTHING) -> None:
        """Click a widget in its middle, or at a point of its own."""
        QTest.mouseClick(widget, LEFT, modifier, at or widget.rect().center())
        self.settle(0.1)

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        """Double-click a widget at a point of its own."""
        QTest.mouseClick(widget, LEFT, NOTHING, at)
        QTest.mouseDClick(widget, LEFT, NOTHING, at)
        self.settle(0.1)

    def hover(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Hold the pointer over a widget."""
        QTest.mouseMove(widget, at or widget.rect().center())
        self.settle(0.1)

    def select(self, view: QTextEdit, words: str, until: str = "") -> None:
        """Drag the mouse over words of a text, or from their beginning to the end of others."""
        first = self._place(view, words)
        last = self._place(view, until, first.selectionEnd()) if until else first
        start, end = QTextCursor(first), QTextCursor(last)
        start.setPosition(first.selectionStart())
        end.setPosition(last.selectionEnd())
        self.bring_into_sight(view, start)
        self._drag(view.viewport(), view.cursorRect(start), view.cursorRect(end))

    def point(self, view: QTextEdit, words: str) -> QPoint:
        """Return a point in the viewport of a text that lies on some words; they are brought into sight."""
        found = self._place(view, words)
        middle = QTextCursor(found)
        middle.setPosition((found.selectionStart() + found.selectionEnd()) // 2)
        self.bring_into_sight(view, middle)
        return view.cursorRect(middle).center()

    def bring_into_sight(self, view: QTextEdit, cursor: QTextCursor, share: float = 0.4) -> None:
        """Scroll a text until a place in it stands at a share of the height."""
        bar = view.verticalScrollBar()
        top = view.cursorRect(cursor).top()
        if not 0.1 * view.viewport().height() < top < 0.8 * view.viewport().height():
            bar.setValue(bar.value() + top - int(view.viewport().height() * share))
            self.settle(0.1)

    def _place(self, view: QTextEdit, words: str, after: int = 0) -> QTextCursor:
        found = view.document().find(words, after, QTextDocument.FindFlag.FindCaseSensitively)
        if found.isNull():
            raise NothingThere(f"the text has no “{words}”")
        return found

    def _drag(self, widget: QWidget, first: QRect, last: QRect) -> None:
        here, there = first.center(), last.center()
        QTest.mousePress(widget, LEFT, NOTHING, here)
        for at in (here + QPoint(6, 0), (here + there) / 2, there):
            where = QPointF(at)
            event = QMouseEvent(
                QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, NOTHING
            )
            QApplication.sendEvent(widget, event)
        QTest.mouseRelease(widget, LEFT, NOTHING, there)
        self.settle()

    def _focus(self) -> QWidget:
        return (
            QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow() or self.window
        )

    # taking a picture

    def picture(self) -> QPixmap:
        """Return what a person sees: the window, and the dialogs and menus over it."""
        ratio = self.window.devicePixelRatioF()
        size = QSize(round(self.window.width() * ratio), round(self.window.height() * ratio))
        canvas = QPixmap(size)
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(QColor("black"))
        painter = QPainter(canvas)
        painter.drawPixmap(0, 0, self.window.grab())
        corner = self.window.mapToGlobal(QPoint(0, 0))
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible():
                painter.drawPixmap(top.mapToGlobal(QPoint(0, 0)) - corner, top.grab())
        painter.end()
        return canvas
