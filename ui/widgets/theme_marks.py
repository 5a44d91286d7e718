"""How a theme is shown in little: a dot, a square, a swatch with its digit, a tag with its name."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton
from ui.widgets.tips import plain_tip
from ui.wording import filled

DOT: Final = 4.0  # radius in pixels
SQUARE: Final = 11.0  # side in pixels
_SWATCH: Final = QSize(36, 30)
_WIDEST_NAME: Final = 92
_WIDEST_TAG: Final = 220
_PAINTED: Final = QPainter.RenderHint.Antialiasing


def paint_dot(painter: QPainter, centre: QPointF, colour: QColor, r: float = DOT) -> None:
    """Paint a round dot of radius ``r``; the colour is one that :meth:`Look.theme` returned."""
    painter.save()
    painter.setRenderHint(_PAINTED)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, r, r)
    painter.restore()


def paint_square(painter: QPainter, centre: QPointF, colour: QColor, side: float = SQUARE) -> None:
    """Paint a square with round corners; the colour is one that :meth:`Look.theme` returned."""
    painter.save()
    painter.setRenderHint(_PAINTED)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    square = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
    painter.drawRoundedRect(square, side * 0.28, side * 0.28)
    painter.restore()


def written_path(theme: Theme) -> str:
    """Return the names from the root to a theme, as ``A > B``."""
    return " > ".join(theme.path) or theme.name


class ThemeSwatch(QAbstractButton):
    """A button on a theme's own ground, with its dot and its digit; without a digit, with its name.

    Give it ``setCheckable(True)`` where it also says whether the theme is on something.
    """

    def __init__(self, looks: Looks, theme: Theme, digit: int | None, parent: QWidget | None = None) -> None:
        """Show the swatch of ``theme``."""
        super().__init__(parent)
        self._looks = looks
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self.update)
        self.show_theme(theme, digit)

    def show_theme(self, theme: Theme, digit: int | None) -> None:
        """Show another theme, or the same one changed."""
        self.theme, self.digit = theme, digit
        path = written_path(theme)
        named = filled(self.tr("{theme} ({digit})"), theme=path, digit=digit) if digit else path
        self.setToolTip(plain_tip(named))
        self.setAccessibleName(named)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the digit, or for the name as far as it is short."""
        if self.digit:
            return _SWATCH
        return QSize(34 + min(_WIDEST_NAME, _width(self._looks, self.theme.name)), 30)

    def minimumSizeHint(self) -> QSize:
        """Return the same as :meth:`sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, dot and digit."""
        look = self._looks.now
        colour = look.theme(self.theme.colour)
        painter = QPainter(self)
        painter.setRenderHint(_PAINTED)
        ground = QRectF(self.rect()).adjusted(1, 2, -1, -2)
        ringed = self.hasFocus() or self.isChecked()
        painter.setPen(QPen(look.colour("accent") if self.hasFocus() else colour, 1.4) if ringed else Qt.PenStyle.NoPen)
        raised = self.underMouse() or self.isDown() or self.isChecked()
        painter.setBrush(look.wash(self.theme.colour, 1.9 if raised else 1.0))
        painter.drawRoundedRect(ground.adjusted(0.7, 0.7, -0.7, -0.7), 7, 7)
        paint_dot(painter, QPointF(ground.left() + 11, ground.center().y()), colour)
        painter.setFont(self._looks.font(13, 600))
        painter.setPen(look.colour("text"))
        words = QRectF(ground.left() + 18, ground.top(), ground.width() - 20, ground.height())
        if self.digit:
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(self.digit))
        else:
            words.adjust(2, 0, -6, 0)
            name = painter.fontMetrics().elidedText(self.theme.name, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


class ThemeTag(QWidget):
    """A theme's dot and name; a removable one is a pill with a button that sends ``removed`` with the theme's id."""

    removed = Signal(str)

    def __init__(
        self,
        looks: Looks,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        removable: bool = False,
        strong: bool = False,
    ) -> None:
        """Show dot and name; ``strong`` in the colour of text, otherwise muted."""
        super().__init__(parent)
        self._looks, self.theme = looks, theme
        self._removable, self._strong = removable, strong
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(written_path(theme)))
        self.setAccessibleName(written_path(theme))
        looks.changed.connect(self.update)
        if removable:
            self._add_button()

    def sizeHint(self) -> QSize:
        """Return room for the whole name, unless it is very long."""
        name = min(_WIDEST_TAG, _width(self._looks, self.theme.name))
        return QSize(name + (46 if self._removable else 16), 26 if self._removable else 18)

    def minimumSizeHint(self) -> QSize:
        """Return that a long name may be cut."""
        return QSize(min(self.sizeHint().width(), 72), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, dot and name."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setRenderHint(_PAINTED)
        box = QRectF(self.rect())
        if self._removable:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.wash(self.theme.colour))
            painter.drawRoundedRect(box, 8, 8)
        left = 11.0 if self._removable else DOT
        paint_dot(painter, QPointF(left, box.center().y()), look.theme(self.theme.colour))
        painter.setFont(self._looks.font(13, 600))
        painter.setPen(look.colour("text" if self._removable or self._strong else "muted"))
        words = box.adjusted(left + 8, 0, -24 if self._removable else 0, 0)
        name = painter.fontMetrics().elidedText(self.theme.name, Qt.TextElideMode.ElideRight, int(words.width() + 0.5))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.end()

    def _add_button(self) -> None:
        tip = filled(self.tr("Take “{theme}” off"), theme=written_path(self.theme))
        off = IconButton(self._looks, "ph.x", tip, self, size=12)
        off.setToolTip(plain_tip(tip))
        off.setFixedSize(20, 20)
        off.clicked.connect(self._remove)
        self.setLayout(row(None, off, margins=(0, 3, 3, 3), spacing=0))

    def _remove(self) -> None:
        self.removed.emit(self.theme.id)


def _width(looks: Looks, text: str) -> int:
    return QFontMetrics(looks.font(13, 600)).horizontalAdvance(text) + 2
