"""A small sheet to change the colour of a theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLineEdit, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled

HUES: Final = (
    ("#cf4a3a", QT_TRANSLATE_NOOP("hues", "Red")),
    ("#d9772b", QT_TRANSLATE_NOOP("hues", "Orange")),
    ("#c98a10", QT_TRANSLATE_NOOP("hues", "Amber")),
    ("#7f9a1d", QT_TRANSLATE_NOOP("hues", "Olive")),
    ("#3f9a4b", QT_TRANSLATE_NOOP("hues", "Green")),
    ("#1d9a84", QT_TRANSLATE_NOOP("hues", "Teal")),
    ("#2593b8", QT_TRANSLATE_NOOP("hues", "Cyan")),
    ("#2f78b3", QT_TRANSLATE_NOOP("hues", "Blue")),
    ("#5560c8", QT_TRANSLATE_NOOP("hues", "Indigo")),
    ("#8158c4", QT_TRANSLATE_NOOP("hues", "Purple")),
    ("#b84a96", QT_TRANSLATE_NOOP("hues", "Magenta")),
    ("#7a7468", QT_TRANSLATE_NOOP("hues", "Stone")),
)
_COLUMNS: Final = 6
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}


class _Swatch(QAbstractButton):
    """One colour to choose; the chosen one has a ring."""

    def __init__(self, looks: Looks, colour: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks, self.colour = looks, colour
        self.setCheckable(True)
        self.setFixedSize(34, 34)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return its one size."""
        return QSize(34, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the colour as it will look on the paper."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            painter.setPen(
                QPen(look.colour("accent" if self.hasFocus() else "text" if self.isChecked() else "rule"), 1.6)
            )
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.theme(self.colour))
        painter.drawRoundedRect(box.adjusted(5, 5, -5, -5), 5, 5)
        painter.end()


class ColourPopover(FocusPopover):
    """Twelve hues that can be told apart, and a field for any other; ``picked`` sends a theme's id and ``#rrggbb``."""

    picked = Signal(str, str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self._theme = ""
        self._name = ElidedLabel("", "strong", self)
        self._swatches = [_Swatch(looks, hue, QCoreApplication.translate("hues", name), self) for hue, name in HUES]
        grid = QGridLayout()
        grid.setSpacing(2)
        for place, swatch in enumerate(self._swatches):
            grid.addWidget(swatch, place // _COLUMNS, place % _COLUMNS)
            swatch.clicked.connect(self._take_swatch)
            swatch.installEventFilter(self)
        self.field = QLineEdit(self)
        self.field.setMaxLength(7)
        self.field.setAccessibleName(self.tr("Colour as #rrggbb"))
        self.field.setPlaceholderText("#rrggbb")
        self.field.returnPressed.connect(self._take_field)
        self.field.textEdited.connect(self._calm)
        self._wrong = label(self.tr("Write a colour as # and six digits or letters a to f."), "error", self, wrap=True)
        own = row(label(self.tr("Any other"), "muted", self), self.field, spacing=8)
        self.setLayout(column(self._name, 2, grid, 4, own, self._wrong, margins=(14, 12, 14, 13), spacing=5))
        self.setFixedWidth(2 * 14 + _COLUMNS * 36)

    def open_for(self, theme: Theme, anchor: QRect) -> None:
        """Show it for a theme, below ``anchor`` in the parent's coordinates."""
        self._theme = theme.id
        self._name.setText(filled(self.tr("Colour of “{theme}”"), theme=theme.name))
        self.field.setText(theme.colour)
        self._wrong.hide()
        chosen = self._swatches[0]
        for swatch in self._swatches:
            swatch.setChecked(swatch.colour == theme.colour.lower())
            chosen = swatch if swatch.isChecked() else chosen
        self.open_at(anchor)
        self.take_keyboard(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk over the swatches with the arrows, and take one by Enter."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, _Swatch):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
            if key in _STEPS:
                place = self._swatches.index(watched) + _STEPS[key]
                if 0 <= place < len(self._swatches):
                    self._swatches[place].setFocus(Qt.FocusReason.TabFocusReason)
                elif place >= len(self._swatches):
                    self.field.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _take_swatch(self) -> None:
        swatch = self.sender()
        assert isinstance(swatch, _Swatch)
        self._take(swatch.colour)

    def _take_field(self) -> None:
        text = "#" + self.field.text().strip().lstrip("#").lower()
        if len(text) == 7 and QColor.isValidColorName(text):
            self._take(text)
        else:
            self._wrong.show()
            self.setFixedHeight(self.sizeHint().height())

    def _take(self, colour: str) -> None:
        self.hide()
        self.picked.emit(self._theme, colour)

    def _calm(self) -> None:
        self._wrong.hide()
