"""A list of which one is chosen: a dot, a name, a line below it, and a count at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.looks import Looks
from ui.widgets.list_rows import Index, ListRows

_LOW: Final = 32
_HIGH: Final = 48


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing to choose; ``below`` and ``count`` may be empty."""

    key: str
    name: str
    below: str = ""
    count: str = ""


class _Choices(ListRows):
    """The choices, for the list."""

    def shown(self, row: Choice) -> str:
        return ", ".join(part for part in (row.name, row.count, row.below) if part)


class ChoiceList(QListView):
    """One of several; the arrows choose. ``chosen`` tells the key of another choice."""

    chosen = Signal(str)

    def __init__(self, looks: Looks, name: str, parent: QWidget | None = None) -> None:
        """Make an empty list; ``name`` is what a listener hears."""
        super().__init__(parent)
        self._model = _Choices(self)
        self._key = ""
        self.setModel(self._model)
        self.setItemDelegate(_ChoiceDelegate(looks, self._model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current_changed)
        looks.changed.connect(self.viewport().update)

    def show_choices(self, choices: Sequence[Choice], rows: int) -> None:
        """Show choices, ``rows`` at a time at most; what was chosen stays chosen, else it is the first one."""
        wanted = self._key
        self._model.take(choices)
        keys = [choice.key for choice in choices]
        height = _HIGH if any(choice.below for choice in choices) else _LOW
        self.setFixedHeight(min(rows, max(1, len(choices))) * height + 2)
        self._key = ""
        if choices:
            self.choose(wanted if wanted in keys else keys[0])

    def choose(self, key: str) -> None:
        """Choose by key."""
        for row, choice in enumerate(self._model.rows):
            if choice.key == key:
                self.setCurrentIndex(self._model.index(row))

    def key(self) -> str:
        """Return what is chosen, or ``""`` when there is nothing to choose from."""
        return self._key

    def _current_changed(self, current: QModelIndex, _earlier: QModelIndex) -> None:
        if current.isValid() and self._model.rows[current.row()].key != self._key:
            self._key = self._model.rows[current.row()].key
            self.chosen.emit(self._key)


class _ChoiceDelegate(QStyledItemDelegate):
    """Draws a choice."""

    def __init__(self, looks: Looks, model: _Choices, parent: QListView) -> None:
        super().__init__(parent)
        self._looks = looks
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _HIGH if any(choice.below for choice in self._model.rows) else _LOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice, look = self._model.rows[index.row()], self._looks.now
        place: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            focused = chosen and option.widget.hasFocus()
            painter.setPen(QPen(look.colour("accent")) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 7, 7)
        top = place.top() + (16 if choice.below else place.height() // 2)
        self._paint_dot(painter, QPointF(place.left() + 18, top + 0.5), chosen=chosen)
        right = place.right() - 12
        right -= self._write(painter, QRect(place.left(), top - 11, right - place.left(), 22), choice.count, right=True)
        name = QRect(place.left() + 36, top - 11, right - place.left() - 46, 22)
        self._write(painter, name, choice.name, 600 if chosen else 400, "text")
        if choice.below:
            self._write(painter, QRect(name.left(), top + 9, place.right() - name.left() - 12, 18), choice.below)
        painter.restore()

    def _paint_dot(self, painter: QPainter, middle: QPointF, *, chosen: bool) -> None:
        look = self._looks.now
        painter.setPen(QPen(look.colour("accent" if chosen else "faint"), 1.4))
        painter.setBrush(look.colour("field"))
        painter.drawEllipse(middle, 7, 7)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(middle, 3.6, 3.6)

    def _write(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        weight: int = 400,
        colour: str = "muted",
        *,
        right: bool = False,
    ) -> int:
        font = self._looks.font(14 if colour == "text" else 13, weight)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)
        return metrics.horizontalAdvance(shown)
