"""What tests of the whole window share: a reader who clicks, types and waits, and never looks behind the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.workspace import Workspace
from tests.libraries import Tables, tables
from ui.looks import Looks
from ui.main import make_window
from ui.reader.view import ArticleView
from ui.window import Window

PATIENCE = 20_000  # milliseconds
Span = tuple[int, int]


class Hands:
    """A reader at one window."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def view(self) -> ArticleView:
        return self.window.reader.findChild(ArticleView)

    # waiting

    def rest(self) -> None:
        """Wait until nothing is under way, twice in a row."""
        for _ in range(2):
            self.qtbot.wait(20)
            self.qtbot.waitUntil(self.window.is_idle, timeout=PATIENCE)

    def rest_shortly(self) -> None:
        """Wait until the library has answered."""
        self.qtbot.waitUntil(self.window.is_idle, timeout=PATIENCE)

    def until(self, true: Callable[[], Any]) -> Any:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE)
        return true()

    # looking

    def titles(self) -> list[str]:
        model = self.window.list.model()
        return [str(model.index(row, 0).data(Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())]

    @property
    def text(self) -> str:
        return self.window.context.session.content.body.text

    def span_of(self, words: str) -> Span:
        start = self.text.index(words)
        return start, start + len(words)

    def quotes(self) -> list[str]:
        return [highlight.quote for highlight in self.window.context.session.highlights]

    def labelled(self, words: str) -> QAbstractButton:
        """Return the visible button that says these words, or has them as its name."""
        found = [
            one
            for one in self.window.findChildren(QAbstractButton)
            if one.isVisible() and words in (one.text(), one.accessibleName())
        ]
        assert found, f"no button says “{words}”"
        return found[0]

    def menu(self) -> QMenu:
        """Return the menu that is open."""
        return self.until(lambda: QApplication.activePopupWidget())

    # doing

    def key(self, key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier, to: QWidget | None = None) -> None:
        QTest.keyClick(to or QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str, to: QWidget | None = None) -> None:
        QTest.keyClicks(to or self.until(QApplication.focusWidget), text)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def act(self, key: str) -> None:
        """Do one of the actions of the table."""
        self.window.actions_by_key[key].trigger()
        self.rest()

    def search(self, query: str) -> None:
        self.act("search")
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.key(Qt.Key.Key_Delete)
        self.type(query)
        self.qtbot.wait(120)
        self.rest()

    def open(self, title: str) -> None:
        """Click the row of the list with this title."""
        self.rest()
        view = self.window.list
        model = view.model()
        row = self.until(lambda: next((number + 1 for number, one in enumerate(self.titles()) if title in one), 0)) - 1
        index = model.index(row, 0)
        view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        self.rest()
        assert self.window.context.session.article is not None

    def drag(self, span: Span, modifiers: Any = Qt.KeyboardModifier.AltModifier) -> None:
        """Select a span with the mouse, to the letter unless told otherwise."""
        view = self.view
        view.show_span(span)
        self.qtbot.wait(30)
        first, last = (self.point(place) for place in span)
        port = view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, modifiers, first)
        QTest.mouseMove(port, (first + last) / 2)
        QTest.mouseMove(port, last)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, modifiers, last)
        self.rest()

    def point(self, position: int) -> QPoint:
        """Return where the caret before a code point stands on the screen."""
        cursor = self.view.textCursor()
        cursor.setPosition(self.view.scene.positions.to_units(position))
        return self.view.cursorRect(cursor).center()

    def click_text(self, words: str) -> None:
        span = self.span_of(words)
        self.view.show_span(span)
        self.qtbot.wait(30)
        middle = self.point((span[0] + span[1]) // 2)
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(3, 0))
        self.rest()

    def choose(self, menu: QMenu, words: str) -> None:
        action = next(one for one in menu.actions() if words in one.text())
        action.trigger()
        menu.close()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.rest()


@contextmanager
def opened(
    qtbot: QtBot, folder: Path | None, settings: Path, looks: Looks, size: QSize | None = None
) -> Iterator[Hands]:
    """Open a window on a library, and close it at the end as its reader would."""
    window = make_window(Settings(settings), looks)
    qtbot.addWidget(window)
    window.resize(size or QSize(1400, 900))
    QCursor.setPos(0, 0)
    window.begin(folder)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()  # without a screen nobody else does it when a window before it has gone
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    hands = Hands(qtbot, window)
    if folder is not None:
        hands.until(lambda: window.context.bridge.is_open())
        hands.rest()
    try:
        yield hands
    finally:
        window.close()


def content(folder: Path) -> Tables:
    """Return all that the reader owns in a library, as plain rows."""
    with Workspace(folder) as workspace:
        return tables(workspace.library.database)
