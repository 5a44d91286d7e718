"""What stands above the text and is no part of it: title, byline, outlet, date, reading time, number of highlights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.model import Article, Origin
from app.text.directions import is_rightward
from app.text.ranges import Span
from ui.looks import Looks, font
from ui.reader.typography import Typography
from ui.widgets.tips import plain_tip
from ui.widgets.units import drawn_as
from ui.wording import day, filled, number, reading_time

_TOP: Final = 50
_BELOW_TITLE: Final = 12
_BELOW: Final = 30
_LINE: Final = 25
_DOT: Final = 22
_VALUE_PX: Final = 14
_MOST_LINES: Final = 12


class _Value(QAbstractButton):
    """A value of the metadata. A click wishes to change it; a dotted line says that the program derived it."""

    def __init__(self, looks: Looks, field: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks, self.field = looks, field
        self.derived = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if field:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        looks.changed.connect(self.update)

    def show_value(self, text: str, tip: str, *, derived: bool = False) -> None:
        """Show a value; ``tip`` says where it comes from."""
        self.setText(text)
        self.setShortcut(QKeySequence())  # Qt would make a key of the letter after an ampersand
        self.derived = derived
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(f"{text}, {tip}" if tip else text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the value."""
        return QSize(round(QFontMetricsF(font(_VALUE_PX)).horizontalAdvance(self.text()) + 2), _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the value, and a line below it that says what it is."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setFont(font(_VALUE_PX))
        lively = bool(self.field) and (self.underMouse() or self.hasFocus())
        painter.setPen(look.colour("text" if lively else "muted"))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self.derived or lively:
            colour = look.colour("accent" if self.hasFocus() else "faint")
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine if self.derived else Qt.PenStyle.SolidLine))
            low = self.height() - 3
            painter.drawLine(0, low, min(self.width(), painter.fontMetrics().horizontalAdvance(shown)), low)
        painter.end()


class _Title(QAbstractButton):
    """The title, broken into lines wherever it must be."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self._letters = QFont(font(36, 600))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.derived = False
        self._hits: tuple[Span, ...] = ()
        looks.changed.connect(self.update)

    def show_title(self, text: str, tip: str, *, derived: bool) -> None:
        """Show a title."""
        if text != self.text():
            self._hits = ()
        self.setText(text)
        self.setShortcut(QKeySequence())
        self.derived = derived
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(text)
        self.update()

    def show_hits(self, spans: Sequence[Span]) -> None:
        """Mark words that were searched for."""
        if tuple(spans) != self._hits:
            self._hits = tuple(spans)
            self.update()

    def hits(self) -> tuple[Span, ...]:
        """Return the words that are marked."""
        return self._hits

    def fit(self, width: int, setting: Typography) -> int:
        """Take the letters of a setting and return how high the title is in so many pixels."""
        self._letters = QFont(setting.font(1.9, 600))
        return round(self._line() * max(1, self._layout(width).lineCount())) + 4

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setPen(look.colour("text"))
        layout = self._layout(self.width())
        layout.draw(painter, QPointF(0, 0))
        if self.hasFocus() or self.derived:
            last = layout.lineAt(layout.lineCount() - 1)
            style = Qt.PenStyle.DotLine if self.derived else Qt.PenStyle.SolidLine
            painter.setPen(QPen(look.colour("accent" if self.hasFocus() else "faint"), 1, style))
            low = layout.lineCount() * self._line() + 1
            written = last.naturalTextRect()
            painter.drawLine(QPointF(written.left(), low), QPointF(written.right(), low))
        painter.end()

    def _line(self) -> float:
        return round(self._letters.pixelSize() * 1.2)

    def _layout(self, width: int) -> QTextLayout:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        rtl = is_rightward(self.text())
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        layout = QTextLayout(self.text(), self._letters)
        layout.setTextOption(option)
        layout.setFormats([self._marked(span) for span in self._hits])
        layout.beginLayout()
        while layout.lineCount() < _MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(max(20, width))
            line.setPosition(QPointF(0, (layout.lineCount() - 1) * self._line()))
        layout.endLayout()
        return layout

    def _marked(self, span: Span) -> QTextLayout.FormatRange:
        """Return the ground of a word that was searched for."""
        form = QTextCharFormat()
        form.setBackground(self._looks.now.colour("hit"))
        return drawn_as(form, self.text(), span)


class Header(QWidget):
    """Scrolls with the text; ``edit_wished`` names the field whose value was clicked."""

    edit_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Show nothing."""
        super().__init__(parent)
        self._looks = looks
        self._title = _Title(looks, self)
        self._values = {name: _Value(looks, name, self) for name in ("byline", "outlet", "published")}
        self._words, self._marks = _Value(looks, "", self), _Value(looks, "", self)
        self._dots: list[QPointF] = []
        self._title.clicked.connect(self._edit_title)
        for value in self._values.values():
            value.clicked.connect(self._edit)
        self.setAccessibleName(self.tr("About the article"))
        looks.changed.connect(self.update)

    def show_article(self, article: Article) -> None:
        """Show what is known of an article."""
        known = article.metadata
        self._title.show_title(
            known.title or self.tr("Untitled"), self._origin(article, "title"), derived=_derived(article, "title")
        )
        byline = filled(self.tr("By {name}"), name=known.byline) if known.byline else ""
        for field, text in (("byline", byline), ("outlet", known.outlet or ""), ("published", day(known.published))):
            self._values[field].show_value(text, self._origin(article, field), derived=_derived(article, field))
        self._words.show_value(reading_time(article.words) if article.words else "", "")

    def show_hits(self, spans: Sequence[Span]) -> None:
        """Mark words of the title that were searched for."""
        self._title.show_hits(spans)

    def hits(self) -> tuple[Span, ...]:
        """Return the words of the title that are marked."""
        return self._title.hits()

    def show_count(self, highlights: int) -> None:
        """Show how many highlights there are."""
        one, many = self.tr("1 highlight"), self.tr("{count} highlights")
        text = one if highlights == 1 else filled(many, count=number(highlights)) if highlights else ""
        if text != self._marks.text():
            self._marks.show_value(text, "")
            self._place(self.width())

    def fit(self, width: int, setting: Typography) -> int:
        """Lay everything out in a width and return the height that is needed."""
        high = self._title.fit(width, setting)
        self._title.setGeometry(0, _TOP, width, high)
        bottom = self._place(width)
        self.resize(width, bottom + _BELOW)
        return bottom + _BELOW

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots between the values."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._looks.now.colour("faint"))
        for dot in self._dots:
            painter.drawEllipse(QRectF(dot.x() - 1.3, dot.y() - 1.3, 2.6, 2.6))
        painter.end()

    def _place(self, width: int) -> int:
        """Put the values in a row from the title's side on, in as many lines as it takes; return where they end."""
        mirrored = is_rightward(self._title.text())
        x, y = 0, self._title.geometry().bottom() + _BELOW_TITLE
        self._dots = []
        for value in (*self._values.values(), self._words, self._marks):
            value.setVisible(bool(value.text()))
            if not value.text():
                continue
            wide = min(value.sizeHint().width(), width)
            if x and x + _DOT + wide > width:
                x, y = 0, y + _LINE
            elif x:
                middle = x + _DOT / 2
                self._dots.append(QPointF(width - middle if mirrored else middle, y + _LINE / 2 + 1))
                x += _DOT
            value.setGeometry(width - x - wide if mirrored else x, y, wide, _LINE)
            x += wide
        self.update()
        return y + _LINE

    def _origin(self, article: Article, field: str) -> str:
        """Say where a value comes from."""
        if getattr(article.metadata, field) is None:
            return self.tr("not known; click to write it")
        said = {
            Origin.STATED: self.tr("stated by the source"),
            Origin.DERIVED: self.tr("derived from the text"),
            Origin.MINE: self.tr("written by you"),
        }
        origin = article.metadata.origins.get(field)
        return "" if origin is None else said[origin]

    def _edit_title(self) -> None:
        self.edit_wished.emit("title")

    def _edit(self) -> None:
        value = self.sender()
        if isinstance(value, _Value):
            self.edit_wished.emit(value.field)


def _derived(article: Article, field: str) -> bool:
    known = getattr(article.metadata, field) is not None
    return known and article.metadata.origins.get(field) is Origin.DERIVED
