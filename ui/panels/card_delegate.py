"""How cards, headings and the rows of other articles are drawn."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.citing import inner_quotes
from ui.looks import Looks
from ui.panels.cards import CARD_ROLE, Card, Heading, Item, Other, note_text
from ui.widgets.theme_marks import paint_dot
from ui.widgets.wrapped import paint_lines, wrapped
from ui.wording import ago, filled, in_a_row, number

MARGIN: Final = 16  # right of the cards, where the scroll bar lies
_GAP: Final = 8
_LEFT, _TOP, _RIGHT, _BOTTOM = 16, 11, 13, 10
_QUOTE_LINE: Final = 20
_NOTE_LINE: Final = 19
_FOOT: Final = 18
_LOCK: Final = 14  # pixels of the lock of a private note
_HEADING: Final = 34
_OTHER: Final = 46
_QUOTE_LINES: Final = (3, 12)  # at rest, and on the focused card
_NOTE_LINES: Final = (6, 60)
_MINUTE: Final = 60_000
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the parts of a card lie, counted from its top; all in pixels."""

    quote: tuple[str, ...]
    note: tuple[str, ...]
    note_top: int
    foot_top: int
    height: int


class CardDelegate(QStyledItemDelegate):
    """Draws the rows of a list of cards. ``focused`` and ``editing`` are keys; an edited card makes room below."""

    def __init__(self, looks: Looks, parent: QObject) -> None:
        """Draw in the colours of the look."""
        super().__init__(parent)
        self._looks = looks
        self.focused = self.editing = ""
        self.shows_chosen = False  # the chosen cards lie on a ground of their own
        self.editor_height = 0
        self._note = looks.font(14)
        self._small, self._name = looks.font(12), looks.font(12, 600)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return how high a row is at the width of the list."""
        item: Item = index.data(CARD_ROLE)
        if isinstance(item, Heading):
            return QSize(100, _HEADING)
        if isinstance(item, Other):
            return QSize(100, _OTHER)
        return QSize(100, self.shape(item, option.widget.width() - MARGIN).height + _GAP)

    def shape(self, card: Card, width: int) -> Shape:
        """Return where the parts of a card lie, at its width."""
        wide = card.key == self.focused
        room = width - _LEFT - _RIGHT
        said = card.highlight.quote.strip()
        quote = wrapped(f"“{inner_quotes(said)}”", self._looks.quoting(14, said), room, _QUOTE_LINES[wide])
        edited = card.key == self.editing
        note = () if edited or not card.highlight.note else self._note_lines(card, room, wide)
        note_top = _TOP + len(quote) * _QUOTE_LINE + 5 + (_FOOT + 2 if card.lost else 0)
        foot = note_top + (self.editor_height + 6 if edited else len(note) * _NOTE_LINE + (6 if note else 0))
        return Shape(quote, note, note_top, foot, foot + _FOOT + _BOTTOM)

    def card_rect(self, option_rect: QRect, width: int) -> QRect:
        """Return where the card is in its row."""
        return QRect(option_rect.left(), option_rect.top(), width - MARGIN, option_rect.height() - _GAP)

    def note_rect(self, card: Card, box: QRect) -> QRect:
        """Return where the note of a card is, or its editor."""
        shape = self.shape(card, box.width())
        left, width = box.left() + _LEFT - 6, box.width() - _LEFT - _RIGHT + 10
        return QRect(left, box.top() + shape.note_top, width, max(self.editor_height, _NOTE_LINE))

    def place_rect(self, card: Card, box: QRect) -> QRect:
        """Return where the words “Place by hand” are on the card of a lost passage."""
        words = QFontMetrics(self._name).horizontalAdvance(self.tr("Place by hand"))
        return QRect(box.right() - _RIGHT - words, box.top() + _TOP - 2, words + 4, _FOOT)

    def _note_lines(self, card: Card, width: int, wide: bool) -> tuple[str, ...]:
        return wrapped(note_text(card.highlight.note), self._note, width, _NOTE_LINES[wide])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        item: Item = index.data(CARD_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.card_rect(option.rect, option.widget.width())
        if isinstance(item, Heading):
            self._heading(painter, item, QRectF(box).adjusted(1, 8, -1, 4))
        elif isinstance(item, Other):
            self._other(painter, item, QRectF(box).adjusted(0, 0, 0, 4), option)
        else:
            self._card(painter, item, box, option)
        painter.restore()

    def _heading(self, painter: QPainter, item: Heading, box: QRectF) -> None:
        look = self._looks.now
        painter.setFont(self._looks.font(13))
        painter.setPen(look.colour("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, item.count)
        painter.setFont(self._name)
        painter.setPen(look.colour("faint"))
        box.adjust(0, 0, -QFontMetrics(self._looks.font(13)).horizontalAdvance(item.count) - 10, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, _cut(painter, item.text, box.width()))

    def _other(self, painter: QPainter, item: Other, box: QRectF, option: QStyleOptionViewItem) -> None:
        look = self._looks.now
        self._ground(painter, box, option)
        words = box.adjusted(3, 3, -38, 0)
        painter.setFont(self._looks.font(14, 600))
        painter.setPen(look.colour("text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, _cut(painter, item.title, words.width()))
        painter.setFont(self._looks.font(13))
        painter.setPen(look.colour("muted"))
        painter.drawText(
            words.adjusted(0, 19, 0, 0), Qt.AlignmentFlag.AlignTop, _cut(painter, item.where, words.width())
        )
        right = box.adjusted(0, 3, -3, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, number(item.count))

    def _ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        look = self._looks.now
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box.adjusted(-4, 0, 4, 0), 8, 8)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _card(self, painter: QPainter, card: Card, box: QRect, option: QStyleOptionViewItem) -> None:
        look, shape = self._looks.now, self.shape(card, box.width())
        focused = card.key == self.focused or bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        edge = "accent" if focused else "faint" if hovered else "rule"
        painter.setPen(QPen(look.colour(edge), 1))
        chosen = self.shows_chosen and bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setBrush(look.colour("selected" if chosen else "card"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        self._bar(painter, card, box)
        left, width, top = box.left() + _LEFT, box.width() - _LEFT - _RIGHT, box.top() + _TOP
        if card.lost:
            self._lost(painter, card, box)
            top += _FOOT + 2
        quoting = self._looks.quoting(14, card.highlight.quote)
        self._text(painter, shape.quote, (left, top, width), _QUOTE_LINE, quoting, look.colour("muted"))
        top = box.top() + shape.note_top
        self._text(painter, shape.note, (left, top, width), _NOTE_LINE, self._note, look.colour("text"))
        self._foot(painter, card, QRectF(left, box.top() + shape.foot_top, width, _FOOT))

    def _bar(self, painter: QPainter, card: Card, box: QRect) -> None:
        """Draw the bar of the themes' colours at the left edge."""
        colours = [self._looks.now.theme(theme.colour) for theme in card.themes[:3]]
        colours = colours or [self._looks.now.colour("faint")]
        painter.setPen(Qt.PenStyle.NoPen)
        height = (box.height() - 24) / len(colours)
        for place, colour in enumerate(colours):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(box.left() + 5, box.top() + 12 + place * height, 3, height), 1.5, 1.5)

    def _lost(self, painter: QPainter, card: Card, box: QRect) -> None:
        look = self._looks.now
        painter.setFont(self._name)
        painter.setPen(look.colour("danger"))
        line = QRectF(box.left() + _LEFT, box.top() + _TOP - 2, box.width(), _FOOT)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.tr("Not found in the text"))
        painter.setPen(look.colour("accent"))
        place = QRectF(self.place_rect(card, box))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.tr("Place by hand"))

    def _text(
        self,
        painter: QPainter,
        lines: tuple[str, ...],
        place: tuple[int, int, int],
        line_height: int,
        font: QFont,
        colour: QColor,
    ) -> None:
        left, top, width = place
        painter.setFont(font)
        painter.setPen(colour)
        paint_lines(painter, lines, QPointF(left, top), QSizeF(width, line_height))

    def _foot(self, painter: QPainter, card: Card, box: QRectF) -> None:
        look, metrics = self._looks.now, QFontMetrics(self._name)
        names = sum(metrics.horizontalAdvance(theme.name) + 23 for theme in card.themes)
        when = self._when(card)
        if names + QFontMetrics(self._small).horizontalAdvance(when) > box.width():
            when = self._when(card, short=True)
        when = QFontMetrics(self._small).elidedText(when, Qt.TextElideMode.ElideRight, int(box.width() * 0.6))
        painter.setFont(self._small)
        painter.setPen(look.colour("muted" if card.highlight.author else "faint"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, when)
        left = box.left()
        right = box.right() - QFontMetrics(self._small).horizontalAdvance(when) - 8
        if card.highlight.private:
            right -= _LOCK + 4
            at = QRect(round(right + 6), round(box.center().y() - _LOCK / 2), _LOCK, _LOCK)
            self._looks.icon("ph.lock-simple", "muted").paint(painter, at)
        painter.setFont(self._name)
        for place, theme in enumerate(card.themes):
            rest = len(card.themes) - place
            room = right - left - (0 if rest == 1 else metrics.horizontalAdvance(f"+{rest - 1}") + 6)
            if place and room < 13 + min(36, metrics.horizontalAdvance(theme.name)):
                painter.drawText(QRectF(left, box.top(), 40, _FOOT), Qt.AlignmentFlag.AlignVCenter, f"+{rest}")
                break
            name = metrics.elidedText(theme.name, Qt.TextElideMode.ElideRight, max(24, int(room - 13)))
            paint_dot(painter, QPointF(left + 4, box.center().y() + 0.5), look.theme(theme.colour), 3.5)
            painter.setPen(look.colour("muted"))
            width = metrics.horizontalAdvance(name)
            painter.drawText(QRectF(left + 12, box.top(), width + 4, _FOOT), Qt.AlignmentFlag.AlignVCenter, name)
            left += 12 + width + 11

    def _when(self, card: Card, *, short: bool = False) -> str:
        author = card.highlight.author
        if author:
            return author if short else in_a_row((author, self._ago(card)))
        return self._ago(card, short=short)

    def _ago(self, card: Card, *, short: bool = False) -> str:
        if not card.highlight.modified:
            return ""
        written = ago(card.highlight.modified, int(time.time() * 1000))
        edited = card.highlight.note and card.highlight.modified - card.highlight.created > _MINUTE
        return filled(self.tr("edited {when}"), when=written) if edited and not short else written


def _cut(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
