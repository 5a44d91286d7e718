"""A deed on many rows as it goes: a card in the corner that comes when it takes long, and can stop it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.progress import Progress
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.floating import FloatingCard
from ui.widgets.labels import label
from ui.wording import filled, number

_WIDE: Final = 400
_LEAST: Final = 140  # of the height: with less, it lies on what is there
_APPEARS: Final = 400  # milliseconds after the first progress: what is done by then needs no card


class DeedCard(FloatingCard):
    """Floats at the bottom left of ``parent``; it never takes the keyboard by itself."""

    stop_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self._title = label("", "strong", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = label("", "muted")
        self._stop = button(self.tr("Stop"))
        self._stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        self._stop.clicked.connect(self._wish_stop)
        below = row(self._count, None, self._stop, spacing=8)
        self.set_content(column(self._title, self._bar, 2, below, margins=(20, 14, 16, 16), spacing=6))
        self._coming = QTimer(self, singleShot=True, interval=_APPEARS)
        self._coming.timeout.connect(self._come)
        self._under_way = False

    def show_progress(self, title: str, progress: Progress) -> None:
        """Show what is being done, and how far it is."""
        if not self._under_way:
            self._under_way = True
            self._coming.start()
        if self._title.text() != title:
            self._title.setText(title)
            self._bar.setAccessibleName(title)
            self._stop.setEnabled(True)
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        of_all = self.tr("{done} of {total}")
        self._count.setText(filled(of_all, done=number(progress.done), total=number(progress.total)))
        if self.isVisible():
            self.fit(_WIDE)  # the card of an import may have come, grown or gone

    def room(self) -> QRect:
        """Return the room above the card of an import; where that is too low, all of it."""
        above = self.room_above()
        return above if above.height() >= _LEAST else super().room()

    def end(self) -> None:
        """Go: nothing is under way any more."""
        self._under_way = False
        self._coming.stop()
        self._title.setText("")
        if self.isVisible():
            self.vanish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place in the corner when the window changes its size."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize and self.isVisible():
            self.fit(_WIDE)
        return super().eventFilter(watched, event)

    def _come(self) -> None:
        self.fit(_WIDE)
        self.appear()

    def _wish_stop(self) -> None:
        self._stop.setEnabled(False)
        self.stop_wished.emit()
