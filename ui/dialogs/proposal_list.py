"""The passages that would be marked, article by article; a click refuses one, or takes it back in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
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
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.model import Article, Theme
from app.searching.answers import Proposal
from ui.looks import SERIF, Looks
from ui.widgets.lines import elided, formatted, one_line
from ui.widgets.theme_marks import paint_dot
from ui.wording import day, filled, in_a_row, number

HEADING: Final = 36
PASSAGE: Final = 62
_LINE: Final = 21
_ABOVE: Final = 8
_TICK: Final = 18
_MARKED: Final = 104
_ROLE: Final = Qt.ItemDataRole.UserRole
_NONE: Final = QModelIndex()
_FLAGS: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a proposal by its number, or the heading of an article over its proposals from ``first`` to ``last``."""

    first: int
    last: int
    heading: bool


class ProposalModel(QAbstractListModel):
    """Proposals with the headings of their articles, and which of them are refused."""

    def __init__(self, parent: QObject) -> None:
        """Have none."""
        super().__init__(parent)
        self.found: tuple[Proposal, ...] = ()
        self.refused: set[int] = set()
        self._lines: list[Line] = []

    def take(self, found: Sequence[Proposal]) -> None:
        """Show these proposals, none of them refused."""
        self.beginResetModel()
        self.found, self.refused = tuple(found), set()
        self._lines = []
        for place, one in enumerate(self.found):
            if not place or one.article.key != self.found[place - 1].article.key:
                last = place
                while last < len(self.found) and self.found[last].article.key == one.article.key:
                    last += 1
                self._lines.append(Line(place, last, heading=True))
            self._lines.append(Line(place, place + 1, heading=False))
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return what stands in a row."""
        return self._lines[row]

    def state(self, line: Line) -> Qt.CheckState:
        """Return whether all, some or none of a row's proposals are taken."""
        refused = sum(place in self.refused for place in range(line.first, line.last))
        if not refused:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if refused == line.last - line.first else Qt.CheckState.PartiallyChecked

    def toggle(self, row: int) -> None:
        """Refuse what a row stands for; where all of it is refused already, take it back in."""
        line = self._lines[row]
        self._refuse(range(line.first, line.last), refused=self.state(line) is not Qt.CheckState.Unchecked)

    def refuse_all(self, *, refused: bool) -> None:
        """Refuse everything, or nothing."""
        self._refuse(range(len(self.found)), refused=refused)

    def chosen(self) -> tuple[Proposal, ...]:
        """Return what is not refused, in order."""
        return tuple(one for place, one in enumerate(self.found) if place not in self.refused)

    def rowCount(self, parent: Index = _NONE) -> int:
        """Return how many rows there are, with the headings."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the quote or title, whether it is taken, or (``UserRole``) the row."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        one = self.found[line.first]
        if role == _ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (one.article.metadata.title or self.tr("Untitled")) if line.heading else one_line(one.quote)
        return self.state(line) if role == Qt.ItemDataRole.CheckStateRole else None

    def _refuse(self, places: Iterable[int], *, refused: bool) -> None:
        self.refused = self.refused | set(places) if refused else self.refused - set(places)
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self._lines) - 1)))


class _ProposalDelegate(QStyledItemDelegate):
    """Draws headings, and passages in their surroundings with the words that were found."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self.themes: Mapping[str, Theme] = {}
        self.colour = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading, or of a passage."""
        return QSize(120, HEADING if index.data(_ROLE).heading else PASSAGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        line, model = index.data(_ROLE), index.model()
        assert isinstance(model, ProposalModel)
        box = QRectF(option.rect).adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box)
        self._paint_tick(painter, box, line, model.state(line))
        inside = box.adjusted(42 if not line.heading else 36, 0, -12, 0)
        one = model.found[line.first]
        if line.heading:
            self._paint_heading(painter, inside, one.article, line.last - line.first)
        else:
            self._paint_passage(painter, inside, one, refused=line.first in model.refused)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        look = self._looks.now
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box, 7, 7)
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget is not None and option.widget.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)

    def _paint_tick(self, painter: QPainter, box: QRectF, line: Line, state: Qt.CheckState) -> None:
        names = {
            Qt.CheckState.Checked: ("ri.checkbox-fill", "accent"),
            Qt.CheckState.PartiallyChecked: ("ri.checkbox-indeterminate-fill", "accent"),
            Qt.CheckState.Unchecked: ("ri.checkbox-blank-line", "faint"),
        }
        top = box.center().y() - _TICK / 2 + 1 if line.heading else box.top() + _ABOVE + (_LINE - _TICK) / 2
        place = QRect(round(box.left()) + 9, round(top), _TICK, _TICK)
        self._looks.icon(*names[state]).paint(painter, place)

    def _paint_heading(self, painter: QPainter, room: QRectF, article: Article, count: int) -> None:
        look, font = self._looks.now, self._looks.font(14, 600)
        small = self._looks.font(13)
        one, many = self.tr("1 passage"), self.tr("{count} passages")
        counted = one if count == 1 else filled(many, count=number(count))
        tail = in_a_row((article.metadata.outlet or "", day(article.metadata.published), counted))
        painter.setFont(small)
        painter.setPen(look.colour("faint"))
        wide = min(room.width() * 0.5, painter.fontMetrics().horizontalAdvance(tail) + 2)
        painter.drawText(room, _RIGHT, elided(tail, small, wide))
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        title = article.metadata.title or self.tr("Untitled")
        painter.drawText(room, _FLAGS, elided(title, font, room.width() - wide - 16))

    def _paint_passage(self, painter: QPainter, room: QRectF, one: Proposal, *, refused: bool) -> None:
        look = self._looks.now
        words = room.adjusted(0, 0, -_MARKED if one.highlight else 0, 0)
        passage, hit = QTextCharFormat(), QTextCharFormat()
        passage.setForeground(look.colour("muted" if refused else "text"))
        if not refused:
            passage.setBackground(self._wash())
        hit.setFontWeight(QFont.Weight.DemiBold)
        inside = [(span, hit) for span in one.hits if one.at[0] <= span[0] and span[1] <= one.at[1]]
        font = self._looks.font(15, family=SERIF)
        marked = [*inside, (one.at, passage)]
        layout = formatted(one.context, marked, font, words.width(), 2, _LINE)
        painter.setPen(look.colour("faint"))
        layout.draw(painter, QPointF(words.left(), room.top() + _ABOVE))
        if one.highlight:
            self._paint_marked(painter, room, one)

    def _paint_marked(self, painter: QPainter, room: QRectF, one: Proposal) -> None:
        """Say that a passage is marked already, with the dots of its themes."""
        font = self._looks.font(12, 600)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour("muted"))
        words = self.tr("marked")
        painter.drawText(room, _RIGHT, words)
        left = room.right() - painter.fontMetrics().horizontalAdvance(words) - 10
        for theme in reversed([self.themes[key] for key in one.themes if key in self.themes][:4]):
            paint_dot(painter, QPointF(left, room.center().y() + 0.5), self._looks.now.theme(theme.colour))
            left -= 11

    def _wash(self) -> QColor:
        """Return the ground of what would be marked, without transparency: parts of it are drawn one by one."""
        look = self._looks.now
        if not self.colour:
            return look.colour("hit")
        wash, under = look.wash(self.colour, 1.6), look.colour("card")
        share = wash.alphaF()
        mixed = (round(a * share + b * (1 - share)) for a, b in zip(wash.getRgb()[:3], under.getRgb()[:3], strict=True))
        return QColor(*mixed)


class ProposalList(QListView):
    """Lists proposals; ``changed`` tells that one was refused or taken back in."""

    changed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """List nothing yet."""
        super().__init__(parent)
        self.proposals = ProposalModel(self)
        self._delegate = _ProposalDelegate(looks, self)
        self.setModel(self.proposals)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Passages to be marked"))
        self.verticalScrollBar().setSingleStep(PASSAGE // 2)
        self.clicked.connect(self._toggle)
        looks.changed.connect(self.viewport().update)

    def take(self, found: Sequence[Proposal]) -> None:
        """List these, none of them refused."""
        self.proposals.take(found)
        self.scrollToTop()
        if found:
            self.setCurrentIndex(self.proposals.index(0))
        self.changed.emit()

    def show_themes(self, themes: Mapping[str, Theme], colour: str) -> None:
        """Name the themes of what is marked already, and show what would be marked in a theme's colour."""
        self._delegate.themes, self._delegate.colour = themes, colour
        self.viewport().update()

    def refuse_all(self, *, refused: bool) -> None:
        """Refuse everything, or nothing."""
        self.proposals.refuse_all(refused=refused)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Refuse or take back by Space; the other keys walk, or belong to the sheet."""
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Space is the only letter here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every row as wide as there is room."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            self.proposals.toggle(index.row())
            self.changed.emit()
