"""A short message at the bottom of the window that goes away by itself; it may offer one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QWidget
from shiboken6 import isValid

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton, button
from ui.widgets.labels import label

SECONDS = 5.0  # until it goes away
_MARGIN = 46
_WIDEST = 560


class Toast(QFrame):
    """The window's one message. A new one takes the place of the one before.

    ``left``: it goes with the keyboard on one of its buttons, and where that was before is out of sight.
    """

    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setProperty("surface", "popover")
        self._looks = looks
        self._deed: Callable[[], None] | None = None
        self._came_from: QWidget | None = None
        self._what = label("", "strong", wrap=True)
        self._hint = label("", "muted", wrap=True)
        self._do = button("", "link")
        self._do.clicked.connect(self._done)
        self._close = IconButton(looks, "ph.x", self.tr("Close"), size=14)
        self._close.clicked.connect(self.hide)
        words = column(self._what, self._hint, spacing=2)
        line = row(words, 10, self._do, self._close, margins=(16, 10, 10, 10), spacing=4)
        line.setStretch(0, 1)
        self.setLayout(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(26)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, looks.now.shadow))
        self.setGraphicsEffect(shadow)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow_keyboard)
        self.hide()

    def offers(self) -> bool:
        """Tell whether a message that goes away by itself offers something to do."""
        return self.isVisible() and self._deed is not None and self._timer.isActive()

    def says(self, what: str, hint: str) -> bool:
        """Tell whether this is what it says now."""
        return self.isVisible() and (self._what.text(), self._hint.text()) == (what, hint)

    def text(self) -> str:
        """Return what is said, and the hint."""
        return f"{self._what.text()} {self._hint.text()}".strip()

    def say(
        self, what: str, hint: str = "", *, seconds: float = SECONDS, deed: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a message for so many seconds (0: until it is closed), with a word that does something."""
        self._what.setText(what)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._do.setVisible(deed is not None)
        self._deed = None
        if deed is not None:
            self._do.setText(deed[0])
            self._deed = deed[1]
        self.setAccessibleName(self.text())
        self._place()
        self.show()
        self.raise_()
        if seconds:
            self._timer.start(int(seconds * 1000))
        else:
            self._timer.stop()

    def setVisible(self, visible: bool) -> None:
        """Give the keyboard back when it was in here; Qt would hand it to the next widget in the window."""
        here = self.window().focusWidget()
        earlier = self._came_from
        if not visible and here is not None and self.isAncestorOf(here):
            if earlier is not None and isValid(earlier) and earlier.isVisible():
                earlier.setFocus(Qt.FocusReason.PopupFocusReason)
            else:
                self.left.emit()
        super().setVisible(visible)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _follow_keyboard(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and now is not None and self.isAncestorOf(now) and not self.isAncestorOf(before):
            self._came_from = before

    def _place(self) -> None:
        for words in (self._what, self._hint):
            words.ensurePolished()  # its font is the style sheet's
        room = self.parentWidget().rect()
        widest = min(_WIDEST, room.width() - 40)
        words = max(self._what.fontMetrics().horizontalAdvance(self._what.text()) + 8,
                    self._hint.fontMetrics().horizontalAdvance(self._hint.text()) + 8)  # fmt: skip
        sides = 64 + self._close.sizeHint().width() + (self._do.sizeHint().width() + 6 if self._deed is not None else 0)
        self.setFixedWidth(min(widest, words + sides))
        self.layout().invalidate()  # it remembers how high the words before were
        self.setFixedHeight(
            self.layout().heightForWidth(self.width())
            if self.layout().hasHeightForWidth()
            else self.sizeHint().height()
        )
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - _MARGIN)

    def _done(self) -> None:
        deed = self._deed
        self.hide()
        if deed is not None:
            deed()
