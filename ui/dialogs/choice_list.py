"""A list of which one is chosen: a dot, a name, a line below it, a count at the right, headings between them."""

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
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.looks import Looks
from ui.widgets.list_rows import Index, ListRows

_LOW: Final = 32
_HIGH: Final = 48
_HEADING: Final = 30
_LEAST: Final = 3  # rows in sight, however little room there is


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing to choose; ``below`` and ``count`` may be empty.

    Those that follow each other under one ``group`` stand below it as a heading. ``also`` are further words by which
    the choice is found.
    """

    key: str
    name: str
    below: str = ""
    count: str = ""
    group: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    name: str


class _Choices(ListRows):
    """The choices and their headings, for the list."""

    def shown(self, row: Choice | _Heading) -> str:
        if isinstance(row, _Heading):
            return row.name
        return ", ".join(part for part in (row.name, row.count, row.below) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a heading cannot be chosen."""
        heading = index.isValid() and isinstance(self.rows[index.row()], _Heading)
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)


class ChoiceList(QListView):
    """One of several; the arrows choose. ``chosen`` tells the key of another choice."""

    chosen = Signal(str)

    def __init__(self, looks: Looks, name: str, parent: QWidget | None = None) -> None:
        """Make an empty list; ``name`` is what a listener hears."""
        super().__init__(parent)
        self._looks = looks
        self._model = _Choices(self)
        self._choices: Sequence[Choice] = ()
        self._key = ""
        self._low = self._high = 0
        self.setModel(self._model)
        self.setItemDelegate(_ChoiceDelegate(looks, self._model, self))
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.selectionModel().currentChanged.connect(self._current_changed)
        looks.changed.connect(self.viewport().update)

    def show_choices(self, choices: Sequence[Choice], rows: int) -> None:
        """Show choices, ``rows`` at a time at most and a few at least; what was chosen stays so, else it is the first.

        Where there is not room for all of these rows, it is as high as there is.
        """
        self._choices = tuple(choices)
        height = _HIGH if any(choice.below for choice in choices) else _LOW
        headings = len({choice.group for choice in choices} - {""})
        wanted = max(height, len(choices) * height + headings * _HEADING)
        self._low, self._high = (min(most * height, wanted) + 2 for most in (min(_LEAST, rows), rows))
        self.setMaximumHeight(self._high)
        self.updateGeometry()
        self._show(choices)

    def sizeHint(self) -> QSize:
        """Return the height of all rows that it shows at a time."""
        return QSize(super().sizeHint().width(), self._high)

    def minimumSizeHint(self) -> QSize:
        """Return the height of a few."""
        return QSize(super().minimumSizeHint().width(), self._low)

    def narrow(self, words: str) -> None:
        """Show only what has all of these words in it; what was chosen stays so, else it is the first that is shown.

        Where nothing is, the choice stays what it was.
        """
        parts = words.casefold().split()
        self._show([one for one in self._choices if all(part in _said(one) for part in parts)])

    def choose(self, key: str) -> None:
        """Choose by key."""
        for row, choice in enumerate(self._model.rows):
            if isinstance(choice, Choice) and choice.key == key:
                self.setCurrentIndex(self._model.index(row))

    def has(self, key: str) -> bool:
        """Tell whether there is a choice with a key."""
        return any(choice.key == key for choice in self._choices)

    def key(self) -> str:
        """Return what is chosen, or ``""`` when there is nothing to choose from."""
        return self._key

    def moveCursor(self, how: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first choice by Home: Qt would go to its heading, and stay where it is."""
        if how is QListView.CursorAction.MoveHome:
            first = next((row for row, one in enumerate(self._model.rows) if isinstance(one, Choice)), 0)
            return self._model.index(first)
        return super().moveCursor(how, modifiers)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say it when nothing is called so."""
        super().paintEvent(event)
        if not self._model.rows and self._choices:
            painter = QPainter(self.viewport())
            painter.setFont(self._looks.font(13))
            painter.setPen(self._looks.now.colour("muted"))
            middle = self.viewport().rect()
            painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, self.tr("Nothing is called that."))
            painter.end()

    def _show(self, choices: Sequence[Choice]) -> None:
        wanted = self._key
        rows: list[Choice | _Heading] = []
        group = ""
        for choice in choices:
            if choice.group and choice.group != group:
                rows.append(_Heading(choice.group))
            group = choice.group
            rows.append(choice)
        self._model.take(rows)
        keys = [choice.key for choice in choices]
        if not keys and any(choice.key == wanted for choice in self._choices):
            return
        self._key = ""
        if keys:
            self.choose(wanted if wanted in keys else keys[0])
            if wanted not in keys or wanted == keys[0]:
                self.scrollToTop()  # the heading of the first is seen, too

    def _current_changed(self, current: QModelIndex, _earlier: QModelIndex) -> None:
        if current.isValid() and self._model.rows[current.row()].key != self._key:
            self._key = self._model.rows[current.row()].key
            self.chosen.emit(self._key)


def _said(choice: Choice) -> str:
    """Return all words by which a choice is found."""
    return f"{choice.name} {choice.below} {choice.group} {choice.also}".casefold()


class _ChoiceDelegate(QStyledItemDelegate):
    """Draws a choice."""

    def __init__(self, looks: Looks, model: _Choices, parent: QListView) -> None:
        super().__init__(parent)
        self._looks = looks
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._model.rows[index.row()]
        if isinstance(row, _Heading):
            return QSize(80, _HEADING)
        return QSize(80, _HIGH if row.below else _LOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice, look = self._model.rows[index.row()], self._looks.now
        place: QRect = option.rect
        if isinstance(choice, _Heading):
            self._write(painter, place.adjusted(12, 8, -12, 0), choice.name, 600, "faint")
            return
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
