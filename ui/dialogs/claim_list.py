"""The quotations and figures of a draft in a list, each with the verdict on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.proofing.proof import Claim, Kind
from ui.dialogs.verdicts import COLOURS, verdict_on
from ui.looks import SERIF, Looks
from ui.widgets.lines import ELLIPSIS, elided, formatted, one_line
from ui.widgets.list_rows import ListRows, paint_ground, set_up_list

ROW: Final = 78
_EDGE: Final = 12
_BADGE: Final = 20  # pixels high
_PAD: Final = 8
_LINE: Final = 21
_WORDS: Final = 34  # pixels from the top of a row
_LEAD: Final = 48  # characters of the sentence that are shown before a figure
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class ClaimRows(ListRows):
    """Claims, one a row."""

    def shown(self, row: Claim) -> str:
        """Return the draft's words."""
        return one_line(row.words)

    def spoken(self, row: Claim) -> str:
        """Return the verdict, then the draft's words."""
        return f"{verdict_on(row)}: {one_line(row.words)}"


class _ClaimDelegate(QStyledItemDelegate):
    """Draws the verdict, where the words stand, and the words."""

    def __init__(self, looks: Looks, rows: ClaimRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        claim: Claim = self._rows.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._looks.now)
        inside = QRectF(option.rect).adjusted(_EDGE, 9, -_EDGE, -7)
        left = self._paint_badge(painter, inside, claim)
        self._paint_source(painter, inside.adjusted(left + 10, 0, 0, 0), claim)
        self._paint_words(painter, inside, claim)
        painter.restore()

    def _paint_badge(self, painter: QPainter, inside: QRectF, claim: Claim) -> float:
        """Draw the verdict; return how wide that is."""
        look, font = self._looks.now, self._looks.font(12, 600)
        words = verdict_on(claim)
        wide = QFontMetricsF(font).horizontalAdvance(words) + 2 * _PAD
        box = QRectF(inside.left(), inside.top(), wide, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.wash(COLOURS[claim.verdict]))
        painter.drawRoundedRect(box, _BADGE / 2, _BADGE / 2)
        painter.setFont(font)
        painter.setPen(look.theme(COLOURS[claim.verdict]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return wide

    def _paint_source(self, painter: QPainter, room: QRectF, claim: Claim) -> None:
        """Say where the words stand, in the line of the verdict."""
        if claim.witness is None:
            return
        known, font = claim.witness.article.metadata, self._looks.font(12)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour("faint"))
        said = known.outlet or known.title or ""
        painter.drawText(
            QRectF(room.left(), room.top(), room.width(), _BADGE), _RIGHT, elided(said, font, room.width())
        )

    def _paint_words(self, painter: QPainter, inside: QRectF, claim: Claim) -> None:
        """Draw a quotation, or a figure in its sentence."""
        look, strong = self._looks.now, QTextCharFormat()
        strong.setForeground(look.colour("text"))
        text, span = f"“{claim.words}”", (0, len(claim.words) + 2)
        if claim.kind is Kind.FIGURE:
            first = max(0, claim.at[0] - _LEAD)
            first = claim.context.find(" ", first, claim.at[0]) + 1 if first else 0
            before = ELLIPSIS if first else ""
            text = before + claim.context[first:]
            span = claim.at[0] - first + len(before), claim.at[1] - first + len(before)
            strong.setFontWeight(600)
        font = self._looks.font(15, family=SERIF)
        layout = formatted(text, [(span, strong)], font, inside.width(), 2, _LINE)
        painter.setPen(look.colour("muted"))
        layout.draw(painter, QPointF(inside.left(), inside.top() + _WORDS - 10))


class ClaimList(QListView):
    """Lists claims; ``chosen`` tells which one is looked at, ``opened`` the witness whose passage is wished for.

    ``turned`` tells that those with the verdict before (-1) or after (1) are wished for.
    """

    chosen = Signal(object)
    opened = Signal(object)
    copy_wished = Signal()
    turned = Signal(int)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """List nothing yet."""
        super().__init__(parent)
        self.claims = ClaimRows(self)
        self.setModel(self.claims)
        self.setItemDelegate(_ClaimDelegate(looks, self.claims, self))
        set_up_list(self)
        self.verticalScrollBar().setSingleStep(ROW // 2)
        self.setAccessibleName(self.tr("Quotations and figures of the draft"))
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)
        looks.changed.connect(self.viewport().update)

    def take(self, claims: Sequence[Claim], current: int = 0) -> None:
        """List these, the one with the number ``current`` chosen, or else the first."""
        self.claims.take(claims)
        place = next((row for row, one in enumerate(claims) if one.number == current), 0)
        if claims:
            self.setCurrentIndex(self.claims.index(place))
            self.scrollTo(self.claims.index(place))
        else:
            self.chosen.emit(None)

    def current(self) -> Claim | None:
        """Return the claim that is looked at."""
        index = self.currentIndex()
        found: Claim | None = self.claims.rows[index.row()] if index.isValid() else None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the citation by C, turn to other verdicts by Left and Right; Enter and Esc belong to the sheet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        elif event.key() == Qt.Key.Key_C and not event.modifiers():
            self.copy_wished.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every row as wide as there is room."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.claims.rows[index.row()])

    def _open(self, index: QModelIndex) -> None:
        claim: Any = self.claims.rows[index.row()]
        if claim.witness is not None:
            self.opened.emit(claim.witness)
