"""Draws the rows of a board and knows how high they are; what was laid out is kept for the width at hand."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.model import Interlude
from ui.board.card import PAD_X, Card, column, draw_ground
from ui.board.interlude_card import InterludeCard
from ui.board.model import PassageModel, group_name
from ui.board.passage import Group
from ui.looks import Looks, font
from ui.wording import number

ESTIMATE: Final = 176  # of a row that was not laid out yet
_KEPT: Final = 96  # cards that stay laid out
_GROUP: Final = 48


class PassageDelegate(QStyledItemDelegate):
    """Draws cards and headings."""

    def __init__(self, looks: Looks, model: PassageModel, parent: QObject) -> None:
        """Draw the rows of ``model`` in the colours of ``looks``."""
        super().__init__(parent)
        self._looks, self._model = looks, model
        self._cards: OrderedDict[int, Card | InterludeCard] = OrderedDict()
        self._heights: dict[int, int] = {}
        self._width = 0
        self._editing: tuple[str | None, int] = (None, 0)
        looks.changed.connect(self.forget)
        model.modelReset.connect(self.forget)

    def forget(self) -> None:
        """Lay everything out anew."""
        self._cards.clear()
        self._heights.clear()

    def edit(self, passage: str | None, height: int) -> None:
        """Leave room for the editor of an item, or of a passage's note, so many pixels high."""
        for changed in (self._editing[0], passage):
            place = self._model.place(changed) if changed else None
            if place is not None:
                self._cards.pop(place, None)
                self._heights.pop(place, None)
        self._editing = (passage, height)

    def set_width(self, width: int) -> bool:
        """Lay out for a list of so many pixels; say whether that makes a difference to the cards."""
        if column(width)[1] == self._width:
            return False
        self._width = column(width)[1]
        self.forget()
        return True

    def known(self, place: int) -> int | None:
        """Return the height of a row if it was laid out."""
        return self._heights.get(place)

    def height(self, place: int) -> int:
        """Return the height of a row in pixels."""
        known = self._heights.get(place)
        if known is None:
            card = self.card(place)
            known = self._heights[place] = card.height if card else _GROUP
        return known

    def card(self, place: int) -> Card | InterludeCard | None:
        """Return the card in a row; ``None`` for a group."""
        item = self._model.item(place)
        if item is None:
            return None
        if place not in self._cards:
            editor = self._editing[1] if item.id == self._editing[0] else 0
            look = self._looks.now
            self._cards[place] = (
                InterludeCard(item, self._width, look, editor=editor)
                if isinstance(item, Interlude)
                else Card(item, self._model.themes, self._width, look, editor=editor)
            )
            if len(self._cards) > _KEPT:
                self._cards.popitem(last=False)
        self._cards.move_to_end(place)
        return self._cards[place]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row."""
        return QSize(self._width, self.height(index.row()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        left, wide = column(option.rect.width())
        place = QRectF(option.rect.left() + left, option.rect.top(), wide, option.rect.height())
        painter.save()
        row = self._model.rows[index.row()]
        if isinstance(row, Group):
            self._draw_group(painter, place, row)
        else:
            self._draw_card(painter, place, option, index.row())
        painter.restore()

    def _draw_card(self, painter: QPainter, place: QRectF, option: QStyleOptionViewItem, row: int) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        look, view = self._looks.now, option.widget
        assert isinstance(view, QAbstractItemView)
        selection = view.selectionModel()
        beside = row and self._model.passage(row) and self._model.passage(row - 1)
        if beside and not chosen and not selection.isSelected(self._model.index(row - 1)):
            line = QRectF(place.left() + PAD_X, place.top(), place.width() - 2 * PAD_X, 1)
            painter.fillRect(line, look.colour("rule"))
        ringed = current and (not chosen or len(selection.selectedRows()) > 1)
        draw_ground(painter, place, look, chosen=chosen, ringed=ringed, active=view.hasFocus())
        card = self.card(row)
        assert card is not None
        card.draw(painter, QPointF(place.topLeft()), chosen=chosen)

    def _draw_group(self, painter: QPainter, place: QRectF, group: Group) -> None:
        look = self._looks.now
        line = QRectF(place.left() + PAD_X, place.top() + 18, place.width() - 2 * PAD_X, 22)
        count = number(group.count)
        painter.setFont(font(13, 600))
        painter.setPen(look.colour("muted"))
        counted = painter.fontMetrics().horizontalAdvance(count) + 14
        name = painter.fontMetrics().elidedText(
            group_name(group), Qt.TextElideMode.ElideRight, int(line.width() - counted)
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(font(13))
        painter.setPen(look.colour("faint"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.fillRect(QRectF(line.left(), place.bottom() - 4, line.width(), 1), look.colour("rule"))
