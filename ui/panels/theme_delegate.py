"""How a row of the theme tree is drawn and renamed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.looks import Looks
from ui.panels.theme_model import ROW_ROLE, ThemeRow
from ui.widgets.theme_lines import dashed, line_of
from ui.widgets.theme_marks import paint_square
from ui.wording import number

ROW: Final = 35  # 34 of ground and one between
EDGE: Final = 16  # right of the rows, where the scroll bar lies
_LINE: Final = 1.5  # of the theme's line, thinner than in the text so that its strokes are seen in little room
_HALF: Final = 11.0  # of its length
_KEY: Final = QSize(19, 18)
_ROOMY: Final = 250  # so wide that the number in the library has a column of its own
_Index = QModelIndex | QPersistentModelIndex


class ThemeDelegate(QStyledItemDelegate):
    """Draws colour, name, counts and key; ``renamed`` sends a theme's index and its new name."""

    renamed = Signal(object, str)

    def __init__(self, looks: Looks, parent: QObject) -> None:
        """Draw in the colours of the look."""
        super().__init__(parent)
        self._looks = looks
        self.tells_apart = False  # the line of each theme is drawn below its colour
        self.most = 0  # the largest number in the library: all of them get its width

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row; its ground is the view's business."""
        row: ThemeRow = index.data(ROW_ROLE)
        look, box = self._looks.now, QRectF(option.rect).adjusted(0, 0, 0, -1)
        box.setRight(option.widget.width() - EDGE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = box.center().y()
        colour, centre = look.theme(row.theme.colour), QPointF(box.left() + 15, middle)
        paint_square(painter, centre - QPointF(0, 4 if self.tells_apart else 0), colour, 12)
        if self.tells_apart:
            painter.setPen(dashed(QPen(colour, _LINE), line_of(row.theme)))
            low = QPointF(0, 6)
            painter.drawLine(centre + low - QPointF(_HALF, 0), centre + low + QPointF(_HALF, 0))
        right = self._key(painter, row, box)
        right = self._counts(painter, row, box, right, roomy=option.widget.width() >= _ROOMY)
        painter.setFont(self._looks.font(14, 600 if row.focused else 400))
        painter.setPen(look.colour("text"))
        words = QRectF(box.left() + 31, box.top(), right - 6 - box.left() - 31, box.height())
        name = painter.fontMetrics().elidedText(row.theme.name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()

    def _key(self, painter: QPainter, row: ThemeRow, box: QRectF) -> float:
        left = box.right() - 12 - _KEY.width()
        if row.theme.digit:
            look = self._looks.now
            cap = QRectF(left + 0.5, box.center().y() - 8.5, _KEY.width() - 1, _KEY.height() - 1)
            painter.setPen(QPen(look.colour("rule"), 1))
            painter.setBrush(look.colour("card"))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setFont(self._looks.font(11, 600))
            painter.setPen(look.colour("muted"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(row.theme.digit))
        return left - 11

    def _counts(self, painter: QPainter, row: ThemeRow, box: QRectF, right: float, *, roomy: bool) -> float:
        look = self._looks.now
        metrics = QFontMetrics(self._looks.font(13))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(self._looks.font(13))
        if roomy:
            painter.setPen(look.colour("faint"))
            painter.drawText(QRectF(right - 60, box.top(), 60, box.height()), flags, number(row.theme.highlights))
            right -= max(metrics.horizontalAdvance("00"), metrics.horizontalAdvance(number(self.most))) + 9
        if not row.here:
            return right
        painter.setFont(self._looks.font(13, 600))
        painter.setPen(look.colour("text" if row.focused else "muted"))
        painter.drawText(QRectF(right - 60, box.top(), 60, box.height()), flags, number(row.here))
        return right - metrics.horizontalAdvance("00" if row.here < 100 else "0,000")

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Return a field for the name."""
        field = QLineEdit(parent)
        field.setFont(self._looks.font(14))
        field.setStyleSheet("padding: 1px 6px")
        field.setAccessibleName(self.tr("Name of the theme"))
        return field

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the name, unless the reader has begun to change it."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Wish for the new name; an empty one and the old one are none."""
        assert isinstance(editor, QLineEdit)
        name = " ".join(editor.text().split())
        if name and name != index.data(Qt.ItemDataRole.EditRole):
            self.renamed.emit(index, name)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        """Lay the field over the name and the counts."""
        editor.setGeometry(QRect(option.rect).adjusted(24, 2, 0, -3))
        editor.setFixedWidth(option.widget.width() - EDGE - editor.x() - 4)
