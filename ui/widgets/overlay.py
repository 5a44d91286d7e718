"""A card over the window that takes all keys and clicks while it is there: the ground of sheets and the palette."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from ui.looks import Looks
from ui.widgets.boxes import surface
from ui.widgets.shadow import paint_shadow

MARGIN: Final = 24
_DIM: Final = 0.32
_DIM_DARK: Final = 0.55


class Overlay(QWidget):
    """Lies over all of ``parent`` and shows a card. Esc closes it; Enter presses ``primary``; Tab stays inside."""

    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget, layout: QLayout, *, dims: bool = True) -> None:
        """Make a hidden one around the card's ``layout``. ``dims`` says that the window behind grows darker."""
        super().__init__(parent)
        self._looks = looks
        self._dims = dims
        self._came_from: QWidget | None = None
        self.primary: QPushButton | None = None
        self.click_closes = False
        self.card = surface("popover", layout, self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        looks.changed.connect(self.update)
        self.hide()

    def appear(self, first: QWidget | None = None) -> None:
        """Show it, with the keyboard in ``first``."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
            self.parentWidget().installEventFilter(self)
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.place()
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Take it away; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        self.parentWidget().removeEventFilter(self)
        self.hide()
        earlier, self._came_from = self._came_from, None
        within = QApplication.focusWidget()
        if earlier is not None and isValid(earlier) and earlier.isVisible() and not self.isAncestorOf(earlier):
            earlier.setFocus(Qt.FocusReason.PopupFocusReason)
        elif within is not None and self.isAncestorOf(within):
            within.clearFocus()  # a hidden field would swallow every key
        self.closed.emit()

    def escape(self) -> None:
        """Do what Esc does: close, where nothing else stands against it."""
        self.dismiss()

    def wanted_size(self) -> QSize:
        """Return how large the card wants to be; it becomes smaller in a small window."""
        return self.card.sizeHint()

    def wanted_place(self, room: QRect, size: QSize) -> QRect:
        """Return where the card goes in the room there is: in the middle, a little above."""
        top = room.top() + (room.height() - size.height()) * 2 // 5
        return QRect(room.left() + (room.width() - size.width()) // 2, top, size.width(), size.height())

    def place(self) -> None:
        """Put the card where it belongs, after the window or what it shows has changed its size."""
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        size = self.wanted_size().boundedTo(room.size())
        there = self.wanted_place(room, size)
        if there != self.card.geometry():
            self.card.setGeometry(there)
            self.update()

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts quiet, but for leaving the program."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.matches(QKeySequence.StandardKey.Quit):
                event.accept()
                return True
        elif event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the window."""
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self.setGeometry(self.parentWidget().rect())
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc; Enter presses the button that has the keyboard, or else the first one of the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = QApplication.focusWidget()
            pressed = focused if isinstance(focused, QAbstractButton) else self.primary
            if pressed is not None and pressed.isEnabled() and pressed.isVisible():
                pressed.click()
        event.accept()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go to the next field by Tab, and from the last to the first.

        Qt's own chain is not walked: PySide takes each widget of it for the next one’s parent, and drops both.
        """
        fields = [one for one in self.findChildren(QWidget) if self._takes_tab(one)]
        here = QApplication.focusWidget()
        if not fields or fields == [here]:
            return False
        place = fields.index(here) + (1 if following else -1) if here in fields else (0 if following else -1)
        fields[place % len(fields)].setFocus(
            Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
        )
        _bring_into_sight(fields[place % len(fields)])
        return True

    def _takes_tab(self, widget: QWidget) -> bool:
        if widget is self or not self.isAncestorOf(widget) or widget.focusProxy() is not None:
            return False
        return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close by a click beside the card, where that loses nothing; no click reaches the window behind."""
        if self.click_closes and not self.card.geometry().contains(event.position().toPoint()):
            self.escape()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Keep what is behind from scrolling."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window and cast the card's shadow."""
        painter = QPainter(self)
        look = self._looks.now
        if self._dims:
            dim = QColor(0, 0, 0)
            dim.setAlphaF(_DIM_DARK if look.dark else _DIM)
            painter.fillRect(event.rect(), dim)
        if not self.card.geometry().contains(event.rect()):
            paint_shadow(painter, self.card.geometry(), look.shadow)
        painter.end()


def _bring_into_sight(field: QWidget) -> None:
    """Scroll whatever a field stands in so that it is seen."""
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(field)
        above = above.parentWidget()
