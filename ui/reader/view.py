"""The text of an article on the screen: its document, with all that is painted under the letters by us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget
from shiboken6 import isValid

from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.grounds import Grounds
from ui.reader.marks import Marks
from ui.reader.paint import MarkPainter, letter_px, letters
from ui.reader.render import GUTTER, Rendered
from ui.reader.scene import Scene, Seen
from ui.reader.selecting import snapped
from ui.reader.ticks import TickBar
from ui.reader.typography import Typography

NAMES: Final = 176  # pixels that brackets and the names of themes want beside the text
_PAD: Final = 6  # pixels above a line that was gone to
_MOVES: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class ArticleView(QTextBrowser):
    """Shows one scene at a time. Points of the screen are those of the viewport, spans are code points."""

    marked_clicked = Signal(QPointF)  # a click on the text that selects nothing
    selection_settled = Signal(bool)  # what was selected, and whether the mouse did it
    selection_gone = Signal()
    moved = Signal()  # the reader scrolled, not the program
    laid_out = Signal()  # lines broke anew, or scrolled: what lies over the text has to be moved
    menu_wished = Signal(QPoint, object)  # a global point, and the code point under it or None
    hovered = Signal(object)  # the id of a highlight, or None

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing."""
        super().__init__(parent)
        self._looks = looks
        self.scene: Scene | None = None
        self.marks: Marks | None = None
        self.painter = MarkPainter(looks)
        self.focused_block: int | None = None
        self.header: QWidget | None = None
        self._grounds: Grounds | None = None
        self._setting = Typography()
        self._target: int | None = None
        self._jumping = False
        self._pressed: QPoint | None = None
        self._dragged = False
        self._bar = TickBar(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(250)
        self._settle.timeout.connect(self._settled_by_keys)
        self._set_up()

    def _set_up(self) -> None:
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(self._bar)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Text of the article"))
        self._bar.valueChanged.connect(self._scrolled)
        self._bar.actionTriggered.connect(self._let_go)
        self.selectionChanged.connect(self._selection_changed)

    # What is shown

    @property
    def bar(self) -> TickBar:
        """Return the scroll bar with the ticks."""
        return self._bar

    def show_scene(self, scene: Scene, marks: Marks, rendered: Rendered, setting: Typography, position: int) -> None:
        """Show another document, with the line that holds ``position`` on top."""
        self._setting = setting
        self._jumping = True
        old = self.document()
        self.scene, self.marks = scene, marks
        self._grounds = Grounds(self._looks, scene, setting, self.text_width())
        self._target = None
        rendered.document.setParent(self)
        self.setDocument(rendered.document)
        self.setLineWrapColumnOrWidth(self.text_width() + 2 * GUTTER)
        if isValid(old) and old is not rendered.document and old.parent() is self:
            old.deleteLater()
        rendered.document.documentLayout().documentSizeChanged.connect(self._grown)
        self._jumping = False
        self._bar.setSingleStep(setting.line_height())
        self.restore(position)

    def show_blank(self) -> None:
        """Show no text at all."""
        self.scene = self.marks = self._grounds = None
        self._target = None
        old = self.document()
        self.setDocument(QTextDocument(self))
        if isValid(old) and old.parent() is self:
            old.deleteLater()

    def text_width(self) -> int:
        """Return how many pixels wide the lines are: the measure, or what room there is."""
        room = self.width() - self._bar.sizeHint().width() - 2 * GUTTER
        return max(120, min(self._setting.width(), room))

    def use_setting(self, setting: Typography) -> None:
        """Break the next document's lines by another setting."""
        self._setting = setting
        self._place_column()

    # Where things are

    def offset(self) -> int:
        """Return how far the document is scrolled."""
        return self._bar.value()

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
        return len(self.scene.body.text)

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
            self._scroll_to(top - high * 0.3)

    def scroll_to_top(self) -> None:
        """Show the header."""
        self._scroll_to(0)

    def _reach(self) -> None:
        if self._target is None or self.scene is None:
            return
        top = self.scene.top(self._target) - _PAD if self._target > 0 else 0.0
        if round(top) != self.offset():
            self._scroll_to(top)

    def _scroll_to(self, top: float) -> None:
        self._jumping = True
        wanted = max(0, round(top))
        if wanted > self._bar.maximum():
            limit = self.document().documentLayout().documentSize().height() - self.viewport().height()
            self._bar.setMaximum(max(self._bar.maximum(), round(limit)))
        self._bar.setValue(wanted)
        self._jumping = False

    def _grown(self) -> None:
        self._reach()
        self._bar.ask()

    def _let_go(self) -> None:
        self._target = None

    def _scrolled(self) -> None:
        if self.header is not None:
            self.header.move(self.header.x(), -self.offset())
        self.laid_out.emit()
        if self._jumping or (self._target is not None and self.offset() == self._bar.maximum()):
            return  # the program scrolled, or the document is not laid out that far yet
        self._let_go()
        self.moved.emit()

    # What is selected

    def selected_span(self) -> Span | None:
        """Return what is selected, or ``None``; left-out pieces never are."""
        cursor = self.textCursor()
        if self.scene is None or not cursor.hasSelection():
            return None
        positions = self.scene.positions
        start, end = positions.to_points(cursor.selectionStart()), positions.to_points(cursor.selectionEnd())
        return (start, end) if start < end else None

    def select(self, span: Span, *, backwards: bool = False) -> None:
        """Select a span."""
        if self.scene is None:
            return
        first, last = map(self.scene.positions.to_units, span)
        cursor = QTextCursor(self.document())
        cursor.setPosition(last if backwards else first)
        cursor.setPosition(first if backwards else last, QTextCursor.MoveMode.KeepAnchor)
        self._jumping = True
        self.setTextCursor(cursor)
        self._jumping = False

    def deselect(self) -> None:
        """Select nothing."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            where = self.offset()
            cursor.clearSelection()
            self._jumping = True
            self.setTextCursor(cursor)
            self._bar.setValue(where)
            self._jumping = False

    def span_rect(self, span: Span) -> QRect:
        """Return what a span covers in the viewport, as one rectangle; empty when nothing of it can be seen."""
        whole = QRectF()
        for rect in self.painted(span):
            whole = whole.united(rect)
        return whole.toAlignedRect()

    def _selection_changed(self) -> None:
        if not self.textCursor().hasSelection():
            self._settle.stop()
            self.selection_gone.emit()
        elif not self._dragged and self._pressed is None:
            self._settle.start()

    def _settled_by_keys(self) -> None:
        if self._pressed is None and self.textCursor().hasSelection():
            self.selection_settled.emit(False)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected text as plain text, to the letter."""
        data = QMimeData()
        span = self.selected_span()
        if span and self.scene is not None:
            data.setText(self.scene.body.text[span[0] : span[1]])
        return data

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

    def _place_column(self) -> None:
        room = self.width() - self._bar.sizeHint().width()
        column = self.text_width() + 2 * GUTTER
        spare = max(0, room - column)
        left = spare - min(spare, NAMES) if spare < 2 * NAMES else (spare - NAMES) // 2
        left = min(left, max(0, (spare - NAMES) // 2)) if spare > NAMES else min(left, 0)
        self.setViewportMargins(left, 0, spare - left, 0)
        if self.header is not None:
            self.header.setGeometry(GUTTER, -self.offset(), self.text_width(), self.header.height())
        if self.scene is None or self.lineWrapColumnOrWidth() == column:
            return
        keep = self.first_visible() if self._target is None else self._target
        self.setLineWrapColumnOrWidth(column)
        self.scene.forget()
        self._grounds = Grounds(self._looks, self.scene, self._setting, self.text_width())
        self.restore(keep)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grounds and marks, then let Qt draw the letters over them."""
        if self.scene is not None and self.marks is not None and self._grounds is not None:
            painter = QPainter(self.viewport())
            painter.setClipRect(event.rect())
            seen = self.seen(event.rect().top() - 4, event.rect().bottom() + 4)
            painter.translate(0, -self.offset())
            self._grounds.paint(painter, seen)
            self.painter.paint(painter, self.scene, self.marks, seen)
            self._paint_focused_block(painter, seen)
            painter.end()
        super().paintEvent(event)

    def _paint_focused_block(self, painter: QPainter, seen: Sequence[Seen]) -> None:
        for one in seen:
            if one.number is not None and one.number == self.focused_block:
                bar = QRectF(6, one.rect.top() + 4, 3, max(10.0, one.rect.height() - 8))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._looks.now.colour("accent"))
                painter.drawRoundedRect(bar, 1.5, 1.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a selection began."""
        self._let_go()
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._dragged = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which highlight is under the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._dragged = True
        else:
            here = self.highlights_at(event.position())
            self.hovered.emit(here[0] if here else None)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the selection as it was meant, or tell of a click."""
        linked = self.anchorAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self.textCursor().hasSelection():
            self._snap(exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        elif not linked:
            self.marked_clicked.emit(event.position())
        self._dragged = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word, as Qt does; the release settles it."""
        self._pressed = event.position().toPoint()
        super().mouseDoubleClickEvent(event)

    def _snap(self, *, exact: bool) -> None:
        span = self.selected_span()
        cursor = self.textCursor()
        if span is None or self.scene is None:
            self.deselect()
            return
        meant = snapped(self.scene.body.text, span, to_words=not exact)
        if meant[0] >= meant[1]:
            self.deselect()
            return
        if meant != span or cursor.selectedText() != "":
            self.select(meant, backwards=cursor.position() < cursor.anchor())
        self._settle.stop()
        self.selection_settled.emit(True)

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the mouse any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl the letters stay as they are, for their size is a setting."""
        self._let_go()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret from where one reads, not from where it was left long ago."""
        self._let_go()
        if event.key() in _MOVES and not self.textCursor().hasSelection():
            caret = self.cursorRect()
            if self.scene is not None and not self.viewport().rect().intersects(caret):
                cursor = QTextCursor(self.document())
                cursor.setPosition(self.scene.positions.to_units(self.first_visible()))
                self.setTextCursor(cursor)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without moving the text."""
        where = self.offset()
        super().focusInEvent(event)
        self._jumping = True
        self._bar.setValue(where)
        self._jumping = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for our own menu; Qt's copies rich text and opens links."""
        point = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
        self.menu_wished.emit(event.globalPos(), self.position_at(point))
        event.accept()
