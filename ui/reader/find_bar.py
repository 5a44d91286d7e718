"""Finding words in the article: a bar that slides in at the top of the reader."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QLineEdit, QWidget
from shiboken6 import isValid

from ui.looks import Looks
from ui.widgets.boxes import row, rule
from ui.widgets.buttons import Chip, IconButton
from ui.widgets.labels import label
from ui.wording import filled, number

SLIDE: Final = 130  # milliseconds
_WIDTH: Final = 460
_EDGE: Final = 10


class FindBar(QFrame):
    """A field with a count, in the upper right corner of ``parent``; it needs no place in a layout."""

    sought = Signal(str, bool, bool)
    next_wished = Signal()
    previous_wished = Signal()
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(parent)
        self._looks = looks
        self._came_from: QWidget | None = None
        self.setProperty("surface", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(self.tr("Find in the article"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find in the article"))
        self.field.setAccessibleName(self.tr("Find in the article"))
        self.field.setProperty("role", "quiet")
        self.field.textEdited.connect(self._seek)
        self._count = label("", "faint", self)
        self._count.setMinimumWidth(64)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.previous = self._icon("ph.caret-up", self.tr("Previous (Shift+Enter)"), self.previous_wished)
        self.next = self._icon("ph.caret-down", self.tr("Next (Enter)"), self.next_wished)
        self.case = self._choice("Aa", self.tr("Match case (Alt+C)"), "Alt+C")
        self.words = self._choice(self.tr("Words"), self.tr("Whole words only (Alt+W)"), "Alt+W")
        close = self._icon("ph.x", self.tr("Close (Esc)"), self.dismiss)
        line = row(margins=(8, 5, 6, 5), spacing=3)
        line.addWidget(self.field, 1)
        upright = rule(self, upright=True)
        upright.setFixedHeight(18)
        for widget in (self._count, self.previous, self.next, upright, self.case, self.words, close):
            line.addWidget(widget)
        self.setLayout(line)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(22)
        self._shadow.setOffset(0, 4)
        self.setGraphicsEffect(self._shadow)
        looks.changed.connect(self._shade)
        self._shade()
        parent.installEventFilter(self)
        self.show_count(0, 0)
        self.hide()

    def open(self, text: str = "") -> None:
        """Slide in with the keyboard in the field; without ``text`` what was sought last stands there, selected."""
        here = QApplication.focusWidget()
        if here is not None and not self.isAncestorOf(here):
            self._came_from = here
        if not self.isVisible():
            self._place()
            self._slide.stop()
            self._slide.setStartValue(QPoint(self.x(), -self.height()))
            self._slide.setEndValue(QPoint(self.x(), _EDGE))
            self.move(self.x(), -self.height())
            self.show()
            self._slide.start()
        self.raise_()
        if text:
            self.field.setText(" ".join(text.split()))
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text():
            self._seek()

    def dismiss(self) -> None:
        """Go away; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        here = QApplication.focusWidget()
        earlier, self._came_from = self._came_from, None
        held = here is not None and self.isAncestorOf(here)
        if held and earlier is not None and isValid(earlier) and earlier.isVisible():
            earlier.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.closed.emit()

    def show_count(self, current: int, total: int) -> None:
        """Say which of how many hits is shown; ``current`` counts from 1, and is 0 when none is."""
        missing = not total and bool(self.field.text())
        if missing:
            said = self.tr("Not found")
        elif not total:
            said = ""
        else:
            said = filled(self.tr("{place} of {count}"), place=number(current), count=number(total))
        self._count.setText(said)
        self._count.setProperty("role", "error" if missing else "faint")
        self._count.style().polish(self._count)
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, back by Shift+Enter, away by Esc."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = held == Qt.KeyboardModifier.ShiftModifier
            (self.previous_wished if back else self.next_wished).emit()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keep the bar's keys from the window's shortcuts."""
        overriding = event.type() is QEvent.Type.ShortcutOverride
        if (
            overriding
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            event.accept()
            return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop sliding."""
        self._slide.stop()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the reader changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._slide.stop()
            self._place()
        return False

    def _place(self) -> None:
        room = self.parentWidget().width() - 2 * _EDGE
        self.resize(min(_WIDTH, room), self.sizeHint().height())
        self.move(self.parentWidget().width() - _EDGE - self.width() - 12, _EDGE)
        if self.x() < _EDGE:
            self.move(_EDGE, _EDGE)

    def _seek(self) -> None:
        self.sought.emit(self.field.text(), self.case.isChecked(), self.words.isChecked())
        if not self.field.text():
            self.show_count(0, 0)

    def _icon(self, icon: str, tip: str, deed: object) -> IconButton:
        made = IconButton(self._looks, icon, tip, self, size=16)
        made.clicked.connect(deed)
        return made

    def _choice(self, word: str, tip: str, keys: str) -> Chip:
        made = Chip(word, self)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.setShortcut(keys)
        made.toggled.connect(self._seek)
        return made

    def _shade(self) -> None:
        self._shadow.setColor(QColor(0, 0, 0, self._looks.now.shadow))
