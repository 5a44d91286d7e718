"""Which of how many hits one is at, with buttons to the one before and the next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.wording import filled, number

_PICTURE = 14


class HitWalk(QWidget):
    """Says ``3 of 12``; where there is nothing to walk over, it is not there."""

    next_wished = Signal()
    previous_wished = Signal()
    changed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Be not there."""
        super().__init__(parent)
        self._looks = looks
        self._picture = QLabel(self)
        self._words = label("", "faint", self)
        self._buttons = (
            IconButton(looks, "ph.caret-up", self.tr("Previous hit (Shift+F3)"), self, size=14),
            IconButton(looks, "ph.caret-down", self.tr("Next hit (F3)"), self, size=14),
        )
        for one, wish in zip(self._buttons, (self.previous_wished, self.next_wished), strict=True):
            one.setFixedSize(24, 24)
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.clicked.connect(wish)
        self.setLayout(row(self._picture, 6, self._words, 4, *self._buttons, spacing=0))
        looks.changed.connect(self._draw)
        self._draw()
        self.hide()

    def show_hits(self, current: int, total: int, title: int) -> None:
        """Say how many hits the text has, at which one is (from 1, 0: at none), and how many the title has."""
        if current:
            said = filled(self.tr("{place} of {count}"), place=number(current), count=number(total))
        elif total:
            said = self.tr("1 hit") if total == 1 else filled(self.tr("{count} hits"), count=number(total))
        else:
            said = self.tr("in the title") if title else ""
        self._words.setText(said)
        for one in self._buttons:
            one.setVisible(total > 0)
        if self.isHidden() == bool(said):
            self.setVisible(bool(said))
        self.changed.emit()

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def _draw(self) -> None:
        self._picture.setPixmap(self._looks.icon("ph.magnifying-glass", "faint").pixmap(QSize(_PICTURE, _PICTURE)))
