"""A card that floats in the lower left corner of the window, with a shadow, and takes no key that is not its own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLayout, QWidget

from ui.looks import Looks
from ui.widgets.boxes import column, surface
from ui.widgets.overlay import Overlay
from ui.widgets.shadow import paint_shadow

_SHADOW: Final = 26
_MARGIN: Final = 16
_BETWEEN: Final = 10  # two cards


class FloatingCard(QWidget):
    """Lies over ``parent``; where the card is not, the window can be used as before."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one without content."""
        super().__init__(parent)
        self._looks = looks
        self._card = surface("popover")
        self.setLayout(column(self._card, margins=(_SHADOW, _SHADOW, _SHADOW, _SHADOW), spacing=0))
        looks.changed.connect(self.update)
        self.hide()

    def set_content(self, layout: QLayout) -> None:
        """Put something on the card."""
        self._card.setLayout(layout)

    def appear(self) -> None:
        """Show it above everything else in the window, but for what lies over all of it."""
        if not self.isVisible():
            self.parentWidget().installEventFilter(self)
        self.show()
        self.raise_()
        over = self.parentWidget().findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if lowest := next((one for one in over if one.isVisible()), None):
            self.stackUnder(lowest)

    def vanish(self) -> None:
        """Take it away; a keyboard that was in it goes to the window."""
        held = self.focusWidget() is not None and self.focusWidget().hasFocus()
        self.parentWidget().removeEventFilter(self)
        self.hide()
        if held:
            self.parentWidget().setFocus()

    def room(self) -> QRect:
        """Return where cards may be in the window."""
        return self.parentWidget().rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def room_above(self) -> QRect:
        """Return where in the window a card is above others that are shown."""
        room = FloatingCard.room(self)
        for other in self.parentWidget().findChildren(FloatingCard, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if other is not self and other.isVisible():
                room.setBottom(min(room.bottom(), other.geometry().top() + _SHADOW - _BETWEEN))
        return room

    def fit(self, width: int) -> None:
        """Make the card so wide, as high as its content, and put it into the corner."""
        room = self.room()
        width = min(width, room.width())
        layout = self._card.layout()
        for inner in reversed(self._card.findChildren(QWidget)):  # a layout hears of changes below it a moment too late
            if inner.layout() is not None:
                inner.layout().activate()
        layout.activate()
        wanted = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        size = QSize(width, min(wanted + 2, room.height()))
        card = QRect(room.left(), room.bottom() + 1 - size.height(), size.width(), size.height())
        self.setGeometry(card.adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the window's events as they are."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks on the card from the window; those on its shadow go on."""
        event.setAccepted(self._card.geometry().contains(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Keep what is behind from scrolling."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cast the shadow."""
        painter = QPainter(self)
        if not self._card.geometry().contains(event.rect()):
            paint_shadow(painter, self._card.geometry(), self._looks.now.shadow)
        painter.end()
