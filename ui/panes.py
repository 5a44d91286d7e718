"""The frames of the window's columns: the library at the left, and the centre with its bar above and its line below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QToolButton, QWidget

from ui.articles.list import ArticleList
from ui.board.board import Board
from ui.looks import Looks
from ui.reader.reader import Reader
from ui.search.pane import SearchPane
from ui.widgets.boxes import column, row, rule
from ui.widgets.buttons import IconButton, button
from ui.widgets.hit_walk import HitWalk
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.tips import plain_tip

_BAR = 50
_FOOT = 34


class LibraryPane(QWidget):
    """The left column: which library this is, search, and the list."""

    places_wished = Signal()

    def __init__(self, looks: Looks, search: SearchPane, articles: ArticleList) -> None:
        """Put the parts below each other."""
        super().__init__()
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(250)
        self.place = QToolButton()
        self.place.setProperty("role", "place")
        self.place.setText(self.tr("Library"))
        self.place.setToolTip(self.tr("Libraries and collections"))
        self.place.setCursor(Qt.CursorShape.PointingHandCursor)
        self.place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.place.clicked.connect(self.places_wished)
        self.badge = label(self.tr("example"), "badge")
        self.badge.setToolTip(
            self.tr("This is the example library. Your own articles belong in a library of their own.")
        )
        self.add = IconButton(looks, "ph.plus", self.tr("Import files"))
        self._name = self.tr("Library")
        self._doors = (search.filter_button, self.add)
        heading = row(self.place, self.badge, None, *self._doors, margins=(10, 0, 10, 0), spacing=4)
        layout = column(heading, search, articles, margins=(0, 12, 0, 0), spacing=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.badge.hide()

    def show_name(self, name: str, *, example: bool) -> None:
        """Show which library is open."""
        self._name = name
        self.badge.setVisible(example)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the library's name as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = sum(part.sizeHint().width() + 4 for part in (*self._doors, self.badge) if not part.isHidden())
        room = self.width() - 20 - taken - 14
        shown = self.place.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, max(60, room))
        self.place.setText(shown.replace("&", "&&"))


class CentrePane(QWidget):
    """The centre: a bar, the reader or the board, and a line of keys and place."""

    def __init__(self, looks: Looks, reader: Reader, board: Board) -> None:
        """Put the parts below each other."""
        super().__init__()
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(380)
        self.left = IconButton(looks, "ph.list", self.tr("Show or hide the library (Ctrl+1)"))
        self.back = IconButton(looks, "ph.arrow-left", self.tr("Back (Alt+Left)"))
        self.crumb = ElidedLabel("", "muted")
        self.type = IconButton(looks, "ph.text-aa", self.tr("Size and letters"))
        self.find = IconButton(looks, "ph.magnifying-glass", self.tr("Find in the article (Ctrl+F)"))
        self.look = IconButton(looks, "ph.moon", self.tr("Light, sepia or dark"))
        self.more = IconButton(looks, "ph.dots-three", self.tr("More"))
        self.right = IconButton(looks, "ph.columns", self.tr("Show or hide themes and notes (Ctrl+2)"))
        self._bar = QWidget()
        self._bar.setFixedHeight(_BAR)
        bar = row(
            self.left, self.back, 4, self.crumb, self.type, self.find, self.look, self.more, self.right,
            margins=(12, 0, 14, 0), spacing=4,
        )  # fmt: skip
        bar.setStretch(3, 1)
        self._bar.setLayout(bar)
        self.stack = QStackedWidget()
        self.stack.addWidget(reader)
        self.stack.addWidget(board)
        self._foot = QWidget()
        self._foot.setFixedHeight(_FOOT)
        self._hints: list[QWidget] = []
        self.place = label("", "faint")
        self._keys = row(spacing=20)
        self.hits = HitWalk(looks)
        self.highlighter = button(self.tr("Highlighter"), "link")
        self.highlighter.setToolTip(plain_tip(self.tr("What the mouse selects is marked at once. Click to end it.")))
        self.highlighter.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it hides itself, and would lose the keyboard
        self.highlighter.hide()
        foot = row(self._keys, None, self.highlighter, 12, self.hits, 16, self.place, margins=(18, 0, 18, 0))
        self._foot.setLayout(foot)
        self._line = rule()
        layout = column(self._bar, self.stack, self._line, self._foot, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._reader, self._board = reader, board
        self._whence = ""
        self.hits.changed.connect(self._fit)
        self.show_hints(())

    def show_hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        """Show which keys do what here."""
        for hint in self._hints:
            hint.hide()
            self._keys.removeWidget(hint)
            hint.deleteLater()
        self._hints = [_hint(keys, what) for keys, what in hints]
        for hint in self._hints:
            self._keys.addWidget(hint)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many keys as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 60 - self.place.fontMetrics().horizontalAdvance("100%   ·   999 min left")
        for part in (self.hits, self.highlighter):
            room -= 0 if part.isHidden() else part.sizeHint().width() + 16
        for hint in self._hints:
            room -= hint.sizeHint().width() + 20
            hint.setVisible(room >= 0)

    def show_highlighter(self, on: bool) -> None:
        """Show that the highlighter is in hand, or no longer."""
        self.highlighter.setVisible(on)
        self._fit()

    def show_place(self, text: str) -> None:
        """Show how far the reader is."""
        self.place.setText(text)

    def show_crumb(self, text: str) -> None:
        """Show where the article comes from, as long as it is the article that is shown."""
        self._whence = text
        self.crumb.setText("" if self.is_board() else text)

    def show_board(self, *, shown: bool) -> None:
        """Show the board, or the reader; the keyboard goes along if it was in the other one."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.stack.isAncestorOf(focused)
        self.stack.setCurrentWidget(self._board if shown else self._reader)
        if inside:
            self.take_keyboard()
        self.show_crumb(self._whence)

    def is_board(self) -> bool:
        """Tell whether the board is shown."""
        return self.stack.currentWidget() is self._board

    def take_keyboard(self) -> None:
        """Give the keyboard to what is shown: what is hidden would keep it, and no key would do anything."""
        self.stack.currentWidget().setFocus()

    def show_frame(self, *, shown: bool) -> None:
        """Show or hide the bar and the line: without them there is only the text."""
        for part in (self._bar, self._line, self._foot):
            part.setVisible(shown)


def _hint(keys: str, what: str) -> QWidget:
    name = label(keys, "faint")
    name.setStyleSheet("font-weight: 600;")
    made = QWidget()
    made.setLayout(row(name, label(what, "faint"), spacing=7))
    return made
