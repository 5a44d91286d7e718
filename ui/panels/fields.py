"""Values that are edited where they stand: on Enter and on leaving they are saved, Esc takes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSizePolicy, QWidget

from app.model import Origin
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.labels import label
from ui.widgets.tips import plain_tip

LABEL = 88
Check = Callable[[str], str]


class QuietLine(QLineEdit):
    """A line that looks like text until it is used. ``given`` sends a new value; ``refused`` a complaint, or none."""

    given = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, check: Check | None = None, parent: QWidget | None = None) -> None:
        """``name`` is for screen readers; ``check`` returns what is wrong with a value, or nothing."""
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setAccessibleName(name)
        self._check = check
        self._known = ""
        self._wrong = False
        self.textEdited.connect(self._calm)

    def show_value(self, value: str, *, force: bool = False) -> None:
        """Show a value; what the reader is changing, or could not save, stays unless ``force``."""
        changed = self.text() != self._known
        self._known = value
        if not force and changed and (self.hasFocus() or self._wrong):
            return
        self._calm()
        if self.text() != value:
            self.setText(value)
        if not self.hasFocus():
            self.setCursorPosition(0)
        self._offer_tip()

    def commit(self) -> None:
        """Send what was changed, if it can be a value."""
        value = self.text().strip()
        if value == self._known:
            self._calm()
            return
        complaint = self._check(value) if self._check is not None and value else ""
        self._wrong = bool(complaint)
        self.refused.emit(complaint)
        if not complaint:
            self._known = value
            self.setText(value)
            self.given.emit(value)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window as long as nothing is being changed here."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self.text() == self._known:
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save by Enter, take back by Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._known:
            self.setText(self._known)
            self._calm()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save on leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tip where it does not fit."""
        super().resizeEvent(event)
        self._offer_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let what does not fit fade out at the end, as long as nobody writes."""
        super().paintEvent(event)
        if self.hasFocus() or not self.toolTip():
            return
        role = QPalette.ColorRole.AlternateBase if self.underMouse() else QPalette.ColorRole.Window
        ground = QApplication.palette().color(role)
        clear = QColor(ground)
        clear.setAlpha(0)
        fade = QLinearGradient(self.width() - 34, 0, self.width() - 8, 0)
        fade.setColorAt(0, clear)
        fade.setColorAt(1, ground)
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(self.width() - 34, 2, -4, -2), fade)
        painter.end()

    def _offer_tip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width() - 14
        self.setToolTip("" if fits else plain_tip(self.text()))

    def _calm(self) -> None:
        if self._wrong:
            self._wrong = False
            self.refused.emit("")


class OriginMark(QWidget):
    """Says where a value comes from: nothing for what the source states, a badge or a pencil otherwise."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._badge, self._pencil = label(self.tr("derived"), "badge", self), QLabel(self)
        self._badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayout(row(self._badge, self._pencil, spacing=0))
        looks.changed.connect(self._draw)
        self._draw()
        self.show_origin(None)

    def show_origin(self, origin: Origin | None) -> None:
        """Show an origin."""
        self._badge.setVisible(origin is Origin.DERIVED)
        self._pencil.setVisible(origin is Origin.MINE)
        said = ""
        if origin is Origin.DERIVED:
            said = self.tr("Worked out from the text; edit to correct")
        elif origin is Origin.MINE:
            said = self.tr("Written by you")
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.setVisible(bool(said))

    def _draw(self) -> None:
        self._pencil.setPixmap(self._looks.icon("ph.pencil-simple", "faint").pixmap(QSize(14, 14)))


def head(name: str, parent: QWidget) -> QLabel:
    """Return the label before a value, cut to its column; its whole text is its tool tip."""
    made = label("", "muted", parent)
    made.ensurePolished()
    made.setText(made.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, LABEL - 4))
    made.setToolTip(plain_tip(name))
    made.setFixedWidth(LABEL)
    return made


class FieldRow(QWidget):
    """A label, the widget of a value beside it, a mark, and a line for what is wrong with it."""

    def __init__(
        self, name: str, value: QWidget, marks: tuple[QWidget, ...] = (), parent: QWidget | None = None
    ) -> None:
        """Put ``marks`` at the right end."""
        super().__init__(parent)
        self.label = head(name, self)
        self.value = value
        self._complaint = label("", "error", self, wrap=True)
        self._complaint.hide()
        line = row(self.label, value, *marks, spacing=4)
        line.setStretchFactor(value, 1)
        below = row(LABEL + 9, self._complaint)
        below.setStretchFactor(self._complaint, 1)
        self.setLayout(column(line, below, spacing=0))

    def complain(self, text: str) -> None:
        """Show what is wrong below the value, or nothing."""
        self._complaint.setText(text)
        self._complaint.setVisible(bool(text))
