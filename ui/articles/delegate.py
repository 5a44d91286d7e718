"""How a row of the list is drawn: an article with its excerpt, or a passage with its quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.citing import inner_quotes
from app.model import Article, State, Status, Theme
from app.searching.answers import Found
from app.text.ranges import Span
from ui.looks import SERIF, Looks
from ui.widgets.lines import begun, elided, laid_out, one_line
from ui.widgets.theme_marks import paint_dot
from ui.wording import day, detail_name, filled, in_a_row, isolated, number

ARTICLE_HEIGHT: Final = 101
PASSAGE_HEIGHT: Final = 122
MOST_DOTS: Final = 5
_BETWEEN: Final = "  ·  "
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_DOT: Final = 3.6
_STEP: Final = 10.0
_QUOTE_LINE: Final = 21
_TOLD: Final = 300
_OWN: Final = frozenset(("text", "title", "by", "outlet"))  # what an excerpt is from where that need not be said


class RowDelegate(QStyledItemDelegate):
    """Draws found articles and passages; a row whose page has not come yet is drawn as grey bars."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        """Draw in the colours of ``looks``."""
        super().__init__(parent)
        self._looks = looks
        self.keyed = False
        """Whether keys are used, so that the row they act on is framed."""
        self.opened = ""
        """The id of the article that is open: its row has a bar, whatever else is chosen."""
        self.themes: Mapping[str, Theme] = {}
        self.marks: dict[str, tuple[str, ...]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of an article's row."""
        return QSize(240, ARTICLE_HEIGHT)

    def themes_of(self, found: Found) -> list[Theme]:
        """Return the themes that are shown with a row, in the order of the tree for articles."""
        if found.highlight is not None:
            return [self.themes[theme] for theme in found.highlight.themes if theme in self.themes]
        own = {*found.article.themes, *self.marks.get(found.article.id, ())}
        return [theme for key, theme in self.themes.items() if key in own]

    def state_of(self, article: Article) -> str:
        """Return how far the reader is with an article, in a word; nothing when it was never opened."""
        words = {
            State.READING: self.tr("reading"),
            State.READ: self.tr("read"),
            State.ARCHIVED: self.tr("archived"),
        }
        return words.get(article.state, "")

    def spoken(self, found: Found) -> str:
        """Return a row in words, for tool tips and screen readers."""
        article = found.article
        source = in_a_row((*self._outlet_and_day(article), self.state_of(article)), _BETWEEN)
        themes = ", ".join(theme.name for theme in self.themes_of(found))
        quote = f"“{inner_quotes(found.highlight.quote[:_TOLD])}”" if found.highlight is not None else ""
        title = article.metadata.title or self.tr("Untitled")
        parts = [quote, title, source, "" if quote else self._counted(article.highlights), themes]
        return "\n".join(one_line(part) for part in parts if part)

    def _counted(self, highlights: int) -> str:
        if highlights == 1:
            return self.tr("1 highlight")
        return filled(self.tr("{count} highlights"), count=number(highlights)) if highlights else ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(8, 2, -8, -2)
        found = index.data(Qt.ItemDataRole.UserRole)
        if found is None:
            self._placeholder(painter, card, index.row())
        else:
            self._ground(painter, card, option, found)
            inside = QRectF(card.left() + 14, card.top(), card.width() - 26, card.height())
            painter.setClipRect(card)
            if found.highlight is None:
                self._article(painter, inside, found)
            else:
                self._passage(painter, inside, found)
        painter.restore()

    def _ground(self, painter: QPainter, card: QRectF, option: QStyleOptionViewItem, found: Found) -> None:
        """Draw what a row stands on. A passage that is chosen counts as opened."""
        state = option.state
        look = self._looks.now
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(look.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(card, 9, 9)
        if chosen if found.highlight is not None else found.article.id == self.opened:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(card.left(), card.top() + 12, 3, card.height() - 24), 1.5, 1.5)
        if self.keyed and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)

    def _article(self, painter: QPainter, area: QRectF, found: Found) -> None:
        look, article = self._looks.now, found.article
        strong = article.state in (State.UNREAD, State.READING)
        title = article.metadata.title or self.tr("Untitled")
        self._line(painter, area, area.top() + 10, 20, title, self._looks.font(15, 600), "text" if strong else "muted")
        told = begun(*self.told(found))
        layout = laid_out(*told, self._hit(), self._looks.font(13), area.width(), 2, 18)
        painter.setPen(look.colour("muted"))
        layout.draw(painter, QPointF(area.left(), area.top() + 32))
        top = area.top() + 71
        right = self._marks(painter, area.right(), top, found)
        self._source(painter, QRectF(area.left(), top, right - area.left(), 18), article)

    def told(self, found: Found) -> tuple[str, Sequence[Span]]:
        """Return the excerpt of an article, with what it is from where that is not the article's own text."""
        places = {
            "note": self.tr("Note: "),
            "quote": self.tr("Marked: "),
            "theme": self.tr("Theme: "),
            "leftout": self.tr("Left out: "),
            "section": self.tr("Section: "),
            "address": self.tr("Address: "),
            "details": f"{detail_name(found.detail)}: " if found.detail else self.tr("Details: "),
        }
        if found.field in _OWN:
            return found.excerpt, found.spans
        before = places.get(found.field, f"{found.field}: ")
        return before + found.excerpt, [(start + len(before), end + len(before)) for start, end in found.spans]

    def _passage(self, painter: QPainter, area: QRectF, found: Found) -> None:
        highlight = found.highlight
        assert highlight is not None
        look, themes = self._looks.now, self.themes_of(found)
        font = self._looks.font(15, family=SERIF)
        shown = (highlight.quote, ()) if found.field == "theme" else (found.excerpt, found.spans)
        layout = laid_out(*shown, self._hit(), font, area.width() - 13, 3, _QUOTE_LINE)
        high = layout.lineCount() * _QUOTE_LINE
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.theme(themes[0].colour) if themes else look.colour("rule"))
        painter.drawRoundedRect(QRectF(area.left(), area.top() + 13, 3, high - 1), 1.5, 1.5)
        painter.setPen(look.colour("text"))
        layout.draw(painter, QPointF(area.left() + 13, area.top() + 11))
        line = QRectF(area.left() + 13, area.top() + 14 + high, area.width() - 13, 18)
        font, source = self._looks.font(13), self._outlet_and_day(found.article)
        tail = _BETWEEN + in_a_row(source, _BETWEEN)
        if QFontMetricsF(font).horizontalAdvance(tail) > line.width() * 0.6:
            tail = _BETWEEN + isolated(source[-1])
        self._headed(painter, line, found.article.metadata.title or self.tr("Untitled"), tail, font, "muted")
        line.translate(0, 18)
        if highlight.status is Status.ORPHAN:
            self._line(painter, line, line.top(), 18, self.tr("lost from the text"), self._looks.font(12), "danger")
        else:
            self._names(painter, line, themes)

    def _names(self, painter: QPainter, line: QRectF, themes: Sequence[Theme]) -> None:
        """Draw dots with the names of themes, and how many more there are."""
        font, left = self._looks.font(12, 600), line.left()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for place, theme in enumerate(themes):
            more = f"+{len(themes) - place}"
            room = line.right() - left - 12 - (metrics.horizontalAdvance(more) + 10 if place < len(themes) - 1 else 0)
            if room < 28:
                painter.setPen(self._looks.now.colour("faint"))
                painter.drawText(QRectF(left, line.top(), 40, line.height()), _MIDDLE, more)
                return
            paint_dot(painter, QPointF(left + 4, line.center().y() + 0.5), self._looks.now.theme(theme.colour), _DOT)
            name = elided(theme.name, font, room)
            painter.setPen(self._looks.now.colour("muted"))
            painter.drawText(QRectF(left + 12, line.top(), room + 2, line.height()), _MIDDLE, name)
            left += 12 + metrics.horizontalAdvance(name) + 10

    def _marks(self, painter: QPainter, right: float, top: float, found: Found) -> float:
        """Draw the number of highlights and the dots of the themes at the right; return what room is left."""
        count = number(found.article.highlights) if found.article.highlights else ""
        if count:
            font = self._looks.font(13)
            wide = QFontMetricsF(font).horizontalAdvance(count)
            painter.setFont(font)
            painter.setPen(self._looks.now.colour("faint"))
            painter.drawText(QRectF(right - wide - 1, top, wide + 2, 18), _MIDDLE, count)
            right -= wide + 6
        for theme in reversed(self.themes_of(found)[:MOST_DOTS]):
            paint_dot(painter, QPointF(right - 4, top + 9.5), self._looks.now.theme(theme.colour), _DOT)
            right -= _STEP
        return right - 6

    def _source(self, painter: QPainter, line: QRectF, article: Article) -> None:
        """Draw outlet, day and state; where there is little room the state goes first, then the end of the outlet."""
        font, parts, state = self._looks.font(13), self._outlet_and_day(article), self.state_of(article)
        if QFontMetricsF(font).horizontalAdvance(in_a_row((*parts, state), _BETWEEN)) <= line.width():
            parts = [part for part in (*parts, state) if part]
        tail = in_a_row(parts[1:], _BETWEEN)
        self._headed(painter, line, parts[0], _BETWEEN + tail if tail else "", font, "faint")

    def _outlet_and_day(self, article: Article) -> list[str]:
        return [part for part in (article.metadata.outlet or "", day(article.metadata.published)) if part]

    def _headed(self, painter: QPainter, line: QRectF, head: str, tail: str, font: QFont, colour: str) -> None:
        """Draw ``head`` and ``tail``; the head gives way."""
        room = line.width() - QFontMetricsF(font).horizontalAdvance(tail)
        text = isolated(elided(head, font, room)) + tail if room > 40 else elided(head + tail, font, line.width())
        self._line(painter, line, line.top(), line.height(), text, font, colour)

    def _line(
        self, painter: QPainter, area: QRectF, top: float, height: float, text: str, font: QFont, colour: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._looks.now.colour(colour))
        painter.drawText(QRectF(area.left(), top, area.width(), height), _MIDDLE, elided(text, font, area.width()))

    def _hit(self) -> QTextCharFormat:
        """Return how a found word looks."""
        form = QTextCharFormat()
        form.setForeground(self._looks.now.colour("text"))
        form.setBackground(self._looks.now.colour("hit"))
        form.setFontWeight(QFont.Weight.DemiBold)
        return form

    def _placeholder(self, painter: QPainter, card: QRectF, row: int) -> None:
        """Draw grey bars, a little different from row to row."""
        colour = QColor(self._looks.now.colour("rule"))
        colour.setAlphaF(0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        wide = card.width() - 26
        for top, height, part in (
            (15, 11, 0.55 + row % 4 * 0.1),
            (38, 8, 0.95),
            (55, 8, 0.8 - row % 3 * 0.1),
            (77, 8, 0.3),
        ):
            painter.drawRoundedRect(QRectF(card.left() + 14, card.top() + top, wide * part, height), 4, 4)
