"""The surface of the reading pane: a document laid out in a column, with all that is painted under its letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QPointF,
    QPropertyAnimation,
    QRect,
    QRectF,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget
from shiboken6 import isValid

from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.grounds import Grounds
from ui.reader.marks import Marks
from ui.reader.paint import MarkPainter, letter_px, letters
from ui.reader.render import GUTTER, Rendered
from ui.reader.scene import Scene, Seen
from ui.reader.ticks import TickBar
from ui.reader.typography import Typography

NAMES: Final = 176  # pixels that brackets and the names of themes want beside the text
_MOTION: Final = 160  # milliseconds
_AHEAD: Final = 20_000  # code points after a place that surely fill the pane
_BESIDE: Final = 24  # pixels beyond what is drawn anew, for what is drawn outside a block
_RESTED: Final = 60  # milliseconds without scrolling after which pictures are decoded
_PAD: Final = 6  # pixels above a line that was gone to


class Canvas(QTextBrowser):
    """Shows one scene at a time. Points of the screen are those of the viewport, spans are code points."""

    moved = Signal()  # the reader scrolled, not the program
    narrowed = Signal()  # lines broke anew because there is more or less room
    laid_out = Signal()  # lines broke anew, or scrolled: what lies over the text has to be moved

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing."""
        super().__init__(parent)
        self._looks = looks
        self.scene: Scene | None = None
        self.marks: Marks | None = None
        self.painter = MarkPainter(looks)
        self.focused_block: int | None = None
        self.header: QWidget | None = None
        self.moves = False  # going somewhere is shown as a movement
        self._grounds: Grounds | None = None
        self._setting = Typography()
        self._target: int | None = None
        self._jumping = False
        self._between = False  # room was made for another document, which is not there yet
        self._decoding = QTimer(self)
        self._decoding.setSingleShot(True)
        self._decoding.timeout.connect(self._decode)
        self._bar = TickBar(self)
        self._motion = QPropertyAnimation(self._bar, b"value", self)
        self._motion.setDuration(_MOTION)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(self._arrived)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(self._bar)
        self._bar.valueChanged.connect(self._scrolled)
        self._bar.actionTriggered.connect(self._let_go)

    @property
    def bar(self) -> TickBar:
        """Return the scroll bar with the ticks."""
        return self._bar

    def show_scene(self, scene: Scene, marks: Marks, rendered: Rendered, setting: Typography, position: int) -> None:
        """Show another document, with the line that holds ``position`` on top."""
        self._setting = setting
        self._jumping = True
        width = self.text_width() + 2 * GUTTER
        if self.lineWrapColumnOrWidth() != width:
            self._put(QTextDocument())  # the lines of a long text are not broken twice
            self.setLineWrapColumnOrWidth(width)
        self.scene, self.marks = scene, marks
        self._grounds = Grounds(self._looks, scene, setting, self.text_width())
        self._target = None
        self._put(rendered.document)
        self.setCursorWidth(0)  # until the keyboard moves it, a caret says nothing to one who reads
        self._between = False
        rendered.document.documentLayout().documentSizeChanged.connect(self._grown)
        self._jumping = False
        self._bar.setSingleStep(setting.line_height())
        self.restore(position)

    def show_blank(self) -> None:
        """Show no text at all."""
        self.scene = self.marks = self._grounds = None
        self._target = None
        self._put(QTextDocument())

    def _put(self, document: QTextDocument) -> None:
        """Show a document and let go of the one before."""
        old = self.document()
        document.setParent(self)
        self.setDocument(document)
        if isValid(old) and old.parent() is self:
            old.deleteLater()

    def text_width(self) -> int:
        """Return how many pixels wide the lines are: the measure, or what room there is."""
        room = self.width() - self._bar.sizeHint().width() - 2 * GUTTER
        return max(120, min(self._setting.width(), room))

    def use_setting(self, setting: Typography) -> None:
        """Make room for the next document, whose lines break by another setting."""
        self._setting = setting
        self._between = True
        self._place_margins()

    # Where things are

    def offset(self) -> int:
        """Return how far the document is scrolled."""
        return self._bar.value()

    def destination(self) -> int:
        """Return how far the document will be scrolled when a movement has ended."""
        if self._motion.state() is QAbstractAnimation.State.Running:
            return int(self._motion.endValue())
        return self.offset()

    def in_sight(self, span: Span) -> bool:
        """Tell whether some line of a span can be read, or can be where a movement leads."""
        if self.scene is None:
            return False
        line = self._setting.line_height()
        top, bottom = self.scene.top(span[0]), self.scene.top(max(span[0], span[1] - 1)) + line
        above = self.destination() + line / 2
        return bottom > above and top < above + self.viewport().height() - line

    def seen(self, top: float | None = None, bottom: float | None = None) -> list[Seen]:
        """Return the blocks between two heights of the viewport, all that can be seen by default. Never keep them."""
        if self.scene is None:
            return []
        high = self.viewport().height()
        first, last = (0.0 if top is None else top), (high if bottom is None else bottom)
        return list(self.scene.seen(first + self.offset(), last + self.offset()))

    def painted(self, span: Span) -> list[QRectF]:
        """Return what is painted under a span, in the viewport's coordinates, as far as it can be seen."""
        if self.scene is None:
            return []
        found = []
        for one in self.seen():
            if one.number is None:
                continue
            for rect, base in self.scene.rects(span, one.number, one):
                found.append(letters(rect, base, letter_px(one)).translated(0, -self.offset()))
        return found

    def span_rect(self, span: Span) -> QRect:
        """Return what a span covers in the viewport, as one rectangle; empty when nothing of it can be seen."""
        whole = QRectF()
        for rect in self.painted(span):
            whole = whole.united(rect)
        return whole.toAlignedRect()

    def highlights_at(self, point: QPointF) -> list[str]:
        """Return the ids of the highlights under a point of the viewport, the shortest first."""
        if self.scene is None or self.marks is None:
            return []
        where = QPointF(point.x(), point.y() + self.offset())
        number = self.scene.number_at(where)
        if number is None:
            return []
        bounds = self.scene.positions.starts[number], self.scene.positions.ends[number]
        here = sorted(self.marks.in_block(number), key=lambda one: (one.end - one.start, one.start, one.id))
        clipped = [(one.id, (max(one.start, bounds[0]), min(one.end, bounds[1]))) for one in here]
        return [key for key, span in clipped if any(r.contains(where) for r, _ in self.scene.rects(span, number))]

    def position_at(self, point: QPointF) -> int | None:
        """Return the code point at a point of the viewport, or ``None`` beside the text of the article."""
        if self.scene is None:
            return None
        where = QPointF(point.x(), point.y() + self.offset())
        unit = self.document().documentLayout().hitTest(where, Qt.HitTestAccuracy.FuzzyHit)
        block = self.document().findBlock(max(unit, 0))
        if not block.isValid() or self.scene.number(block) is None:
            return None
        return self.scene.positions.to_points(unit)

    def first_visible(self) -> int:
        """Return where the first line that can be read begins, in code points."""
        if self.scene is None or not len(self.scene.positions):
            return 0
        top = self.offset() + _PAD + 4
        for one in self.seen():
            if one.number is None:
                continue
            layout = one.block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                if one.rect.top() + line.y() + line.height() > top:
                    return self.scene.positions.to_points(one.block.position() + line.textStart())
        above = self.scene.known_top(0) > top  # a long title alone can fill a low window
        return 0 if above else len(self.scene.body.text)

    def last_visible(self) -> int:
        """Return where the last line that can be read ends."""
        if self.scene is None:
            return 0
        bottom = self.offset() + self.viewport().height()
        for one in reversed(self.seen()):
            if one.number is None:
                continue
            layout = one.block.layout()
            for number in reversed(range(layout.lineCount())):
                line = layout.lineAt(number)
                if one.rect.top() + line.y() + line.height() <= bottom:
                    return self.scene.positions.to_points(one.block.position() + line.textStart() + line.textLength())
        return self.first_visible()

    # Going somewhere

    def restore(self, position: int) -> None:
        """Scroll so that the line that holds ``position`` is on top, now and when the layout has come so far."""
        self._target = position
        self._reach()
        QTimer.singleShot(0, self, self._reach)

    def show_span(self, span: Span) -> None:
        """Scroll as little as needed to have the beginning of a span well in sight."""
        if self.scene is None:
            return
        self._target = None
        high = self.viewport().height()
        top, bottom = self.scene.top(span[0]), self.scene.top(max(span[0], span[1] - 1)) + self._setting.line_height()
        if top - self.offset() < 40 or min(bottom, top + high * 0.5) - self.offset() > high - 60:
            self._scroll_to(top - high * 0.3, smoothly=self.moves)

    def _reach(self) -> None:
        if self._target is not None and self.scene is not None:
            top = self.scene.top(self._target) - _PAD if self._target > 0 else 0.0
            if round(top) != self.offset():
                self._scroll_to(top)
        self.laid_out.emit()

    def _scroll_to(self, top: float, *, smoothly: bool = False) -> None:
        self._motion.stop()
        self._jumping = True
        wanted = max(0, round(top))
        if wanted > self._bar.maximum():
            self._bar.setMaximum(max(self._bar.maximum(), min(wanted, self._limit())))
        if smoothly and self.isVisible():
            self._motion.setStartValue(self._bar.value())
            self._motion.setEndValue(min(wanted, self._bar.maximum()))
            self._motion.start()
            return
        self._bar.setValue(wanted)
        self._jumping = False

    def _limit(self) -> int:
        """Return how far one can scroll, as far as it is known: the whole of a long text is not laid out for that."""
        if self.scene is not None and self._target is not None and len(self.scene.body.text) - self._target > _AHEAD:
            return 2**30
        return round(self.document().documentLayout().documentSize().height()) - self.viewport().height()

    def arrive(self) -> None:
        """Be where a movement leads, at once: what lies over the text is put where the text will be."""
        if self._motion.state() is QAbstractAnimation.State.Running:
            end = self._motion.endValue()
            self._motion.stop()
            self._bar.setValue(int(end))
            self._jumping = False

    def _arrived(self) -> None:
        self._jumping = False

    def _grown(self) -> None:
        self._reach()
        self._bar.ask()

    def _let_go(self) -> None:
        """The reader takes over: nothing that was gone to is held any longer."""
        self._target = None
        if self._motion.state() is QAbstractAnimation.State.Running:
            self._motion.stop()
            self._jumping = False

    def _decode(self) -> None:
        """Decode a picture that is seen: one at a time, and never while the text moves."""
        if self.scene is not None and self.scene.pictures.are_wanted():
            self.scene.pictures.decode_one()
            self.viewport().update()

    def _scrolled(self) -> None:
        self._decoding.start(_RESTED)
        if self.header is not None:
            self.header.move(self.header.x(), -self.offset())
        self.laid_out.emit()
        if self._jumping or (self._target is not None and self.offset() == self._bar.maximum()):
            return  # the program scrolled, or the document is not laid out that far yet
        self._let_go()
        self.moved.emit()

    # What Qt tells

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: no file, no picture, no style sheet that an article names."""
        images = QTextDocument.ResourceType.ImageResource
        return QImage() if kind in (images, images.value) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle; lines break anew only where there is no room for the measure."""
        self._place_column()
        super().resizeEvent(event)
        self.laid_out.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the text as it is set when the program's font changes; Qt would lay all of it out anew."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            QFrame.changeEvent(self, event)
        else:
            super().changeEvent(event)

    def set_head(self, height: int) -> None:
        """Leave another height above the text for the header."""
        keep = self._kept()
        root = self.document().rootFrame()
        margins = root.frameFormat()
        margins.setTopMargin(height)
        root.setFrameFormat(margins)
        if self.scene is not None:
            self.scene.forget()
        self.restore(keep)

    def _kept(self) -> int:
        return self.first_visible() if self._target is None else self._target

    def _place_margins(self) -> None:
        spare = max(0, self.width() - self._bar.sizeHint().width() - self.text_width() - 2 * GUTTER)
        left = max(0, (spare - NAMES) // 2)
        self.setViewportMargins(left, 0, spare - left, 0)
        if self.header is not None:
            self.header.move(GUTTER, -self.offset())

    def _place_column(self) -> None:
        if self._between:
            return
        self._place_margins()
        column = self.text_width() + 2 * GUTTER
        if self.scene is None or self.lineWrapColumnOrWidth() == column:
            return
        keep = self._kept()
        self.setLineWrapColumnOrWidth(column)
        self.scene.forget()
        self._grounds = Grounds(self._looks, self.scene, self._setting, self.text_width())
        self.restore(keep)
        self.narrowed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grounds and marks, then let Qt draw the letters over them."""
        if self.scene is not None and self.marks is not None and self._grounds is not None:
            painter = QPainter(self.viewport())
            painter.setClipRect(event.rect())
            seen = self.seen(event.rect().top() - _BESIDE, event.rect().bottom() + _BESIDE)
            painter.translate(0, -self.offset())
            self._grounds.paint(painter, seen)
            self.painter.paint(painter, self.scene, self.marks, seen)
            self._paint_focused_block(painter, seen)
            painter.end()
            if self.scene.pictures.are_wanted() and not self._decoding.isActive():
                self._decoding.start(0)
        super().paintEvent(event)

    def _paint_focused_block(self, painter: QPainter, seen: Sequence[Seen]) -> None:
        for one in seen:
            if one.number is not None and one.number == self.focused_block:
                bar = QRectF(6, one.rect.top() + 4, 3, max(10.0, one.rect.height() - 8))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._looks.now.colour("accent"))
                painter.drawRoundedRect(bar, 1.5, 1.5)
