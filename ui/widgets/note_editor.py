"""Where a note is written: plain Markdown that saves itself in quiet moments and never loses a letter."""

from __future__ import annotations

from collections import deque
from typing import Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QStackedLayout, QWidget
from shiboken6 import isValid

from app.text.body import clean_line
from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton
from ui.widgets.markdown_document import MarkdownView

QUIET: Final = 1_000  # milliseconds after the last letter
LATEST: Final = 10_000  # milliseconds after the first one that is not saved
_ECHO: Final = 2_000  # how long an answer to a save may take, in milliseconds
_LEFT, _RIGHT, _PADDING = 9, 32, 8  # pixels between the frame and the text; the button lies on the right
_TOGGLE, _LEAST = 24, 20
_LINE_ENDS: Final = {ord(end): "\n" for end in "\r\u2028\u2029"}
_HOLDING: Final = {"**": {2, 3}, "*": {1, 3}}  # how many stars beside a word say that it is marked so already


class NoteEditor(QWidget):
    """A quiet editor that grows with its text. ``saved`` carries the note's key and its whole text."""

    saved = Signal(str, str)
    link_wished = Signal(str)

    def __init__(
        self,
        looks: Looks,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        lines: tuple[int, int] = (1, 12),
        quiet: int = QUIET,
        latest: int = LATEST,
    ) -> None:
        """Show nothing yet. ``lines`` are the fewest and the most it is high; ``quiet`` and ``latest`` milliseconds."""
        super().__init__(parent)
        self._looks, self._lines = looks, lines
        self._key = ""
        self._loading = False
        self._known = ""  # what the library holds, as far as we know
        self._sent: deque[str] = deque(maxlen=64)  # what was saved and has not come back yet
        self._since_sent = QElapsedTimer()
        self._watched: list[QWidget] = []
        self._quiet, self._latest = self._timer(quiet), self._timer(latest)
        self.field = _Field(self)
        self.field.setPlaceholderText(placeholder or self.tr("Write a note"))
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setReadOnly(True)
        self.field.left.connect(self.flush)
        self.field.entered.connect(self.update)
        self.field.resized.connect(self._fit)
        self.field.textChanged.connect(self._typed)
        self.preview = MarkdownView(looks, self)
        self.preview.link_wished.connect(self.link_wished)
        self._build()
        looks.changed.connect(self.update)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.flush)

    def show_note(self, key: str, text: str) -> None:
        """Show a note. The text of the note that is shown already is taken over unless somebody is typing it."""
        text = _cleaned(text)
        if key != self._key:
            self.flush()
            self._sent.clear()
            self._key = key
            self.field.setReadOnly(not key)
            self.show_preview(False)
            self._take_over(text)
        elif not self._is_echo(text):
            if self._is_typing():
                self._known = text  # what is being written now will replace it
            else:
                self._take_over(text)

    def key(self) -> str:
        """Return the key of the note that is shown."""
        return self._key

    def text(self) -> str:
        """Return the text as it stands there now."""
        return self.field.text()

    def flush(self) -> None:
        """Save now what is not saved yet."""
        self._quiet.stop()
        self._latest.stop()
        self._unwatch()
        text = self.text()
        if text != self._known and self._key:
            self._known = text
            self._sent.append(text)
            self._since_sent.start()
            self.saved.emit(self._key, text)
        self.update()

    def focus(self) -> None:
        """Put the caret behind the last letter, ready to write."""
        self.show_preview(False)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def show_preview(self, on: bool) -> None:
        """Show the text as it will read, or as it is written."""
        if on != self.is_preview():
            had_focus = self.field.hasFocus() or self.preview.hasFocus()
            self.preview.show_markdown(self.text())
            shown = self.preview if on else self.field
            self._stack.setCurrentWidget(shown)
            icon, tip = ("ph.pencil-simple", self.tr("Write")) if on else ("ph.eye", self.tr("Preview"))
            self.toggle.show_icon(icon, tip)
            if had_focus:
                shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def is_preview(self) -> bool:
        """Say whether the note is shown as it will read."""
        return self._stack.currentWidget() is self.preview

    # ------------------------------------------------ what Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a frame, in the accent's colour while one writes."""
        look = self._looks.now
        active = self.field.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent" if active else "rule"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text is at this width."""
        super().resizeEvent(event)
        self.toggle.move(self.width() - _TOGGLE - 5, 6)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before it goes out of sight."""
        self.flush()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save before it is closed."""
        self.flush()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Save before it is deleted."""
        if event.type() is QEvent.Type.DeferredDelete:
            self.flush()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save before something that holds this is deleted: Qt tells the children nothing of it."""
        if event.type() is QEvent.Type.DeferredDelete:
            self.flush()
        return False

    # ------------------------------------------------ own

    def _build(self) -> None:
        self.toggle = IconButton(self._looks, "ph.eye", self.tr("Preview"), self, size=15)
        self.toggle.setFixedSize(_TOGGLE, _TOGGLE)
        self.toggle.clicked.connect(self._switch)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.field)
        self._stack.addWidget(self.preview)
        line = row(margins=(_LEFT, _PADDING, _RIGHT, _PADDING))
        line.addLayout(self._stack, 1)
        self.setLayout(line)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer

    def _typed(self) -> None:
        self._fit()
        if self._key and not self._loading:
            self._quiet.start()
            if not self._latest.isActive():
                self._latest.start()
                self._watch()

    def _take_over(self, text: str) -> None:
        """Show a text that came from outside; the caret stays where it was, as far as there is text."""
        self._known = text
        if text == self.text():
            return
        position = self.field.textCursor().position()
        self._loading = True
        self.field.setPlainText(text)
        self._loading = False
        self._known = self.text()
        cursor = self.field.textCursor()
        cursor.setPosition(min(position, max(0, self.field.document().characterCount() - 1)))
        self.field.setTextCursor(cursor)
        if self.is_preview():
            self.preview.show_markdown(text)
        self._fit()

    def _is_echo(self, text: str) -> bool:
        """Say whether a text is what we saved, or older than that: what comes in answer lies behind what is shown."""
        if text.strip() == self._known.strip():
            self._sent.clear()
            return True
        if self._sent and self._since_sent.elapsed() < _ECHO:
            while text in self._sent and self._sent.popleft() != text:
                pass
            return True
        return False

    def _is_typing(self) -> bool:
        composing = self.field.textCursor().block().layout().preeditAreaText()
        return self._quiet.isActive() or self._latest.isActive() or bool(composing)

    def _watch(self) -> None:
        self._unwatch()
        holder = self.parentWidget()
        while holder is not None:
            holder.installEventFilter(self)
            self._watched.append(holder)
            holder = holder.parentWidget()

    def _unwatch(self) -> None:
        while self._watched:
            holder = self._watched.pop()
            if isValid(holder):
                holder.removeEventFilter(self)

    def _switch(self) -> None:
        self.show_preview(not self.is_preview())

    def _fit(self) -> None:
        """Take the height of the text, between the fewest and the most lines."""
        line = self.field.fontMetrics().lineSpacing()
        fewest, most = self._lines[0] * line, self._lines[1] * line
        if self.is_preview():
            wanted = self.preview.wanted_height(max(40, self.width() - _LEFT - _RIGHT))
            if wanted > most:
                self.preview.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        else:
            wanted = self.field.wanted_height(most)
        height = max(fewest, _LEAST, min(wanted + 2, most)) + 2 * _PADDING
        self.toggle.setVisible(self.is_preview() or not self.field.document().isEmpty())
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


class _Field(QPlainTextEdit):
    """Plain text without a frame; Ctrl+B and Ctrl+I mark it in Markdown."""

    entered = Signal()
    left = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)

    def text(self) -> str:
        """Return the text to the letter; ``toPlainText`` would make spaces of no-break spaces."""
        return _cleaned(self.document().toRawText())

    def wanted_height(self, most: int) -> int:
        """Return how high the text is in pixels, or ``most`` when it is higher."""
        height, block = 0.0, self.document().begin()
        while block.isValid() and height < most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return round(height + 0.5)

    def sizeHint(self) -> QSize:
        """Return next to nothing: the editor round it decides."""
        return QSize(80, 20)

    def minimumSizeHint(self) -> QSize:
        """Return the same as :meth:`sizeHint`."""
        return QSize(40, 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that lines may be broken in other places now."""
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that writing may begin."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that writing is over."""
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Keep the marks' keys from the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _mark(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put marks round the selection, or take them off."""
        if (mark := _mark(event)) and not self.isReadOnly():
            self._wrap(mark)
        else:
            super().keyPressEvent(event)

    def _wrap(self, mark: str) -> None:
        cursor = self.textCursor()
        start, end, width = cursor.selectionStart(), cursor.selectionEnd(), len(mark)
        marked = start < end and {self._stars(start - 1, -1), self._stars(end, 1)} <= _HOLDING[mark]
        cursor.beginEditBlock()
        for place in (end, start):  # the later one first: it does not move the earlier one
            cursor.setPosition(place)
            if marked:
                step = QTextCursor.MoveOperation.Right if place == end else QTextCursor.MoveOperation.Left
                cursor.movePosition(step, QTextCursor.MoveMode.KeepAnchor, width)
                cursor.removeSelectedText()
            else:
                cursor.insertText(mark)
        cursor.endEditBlock()
        moved = -width if marked else width
        cursor.setPosition(start + moved)
        cursor.setPosition(end + moved, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _stars(self, position: int, step: int) -> int:
        """Return how many stars stand at a place (in units) and beyond it, three at most."""
        count = 0
        while count < 3 and position >= 0 and self.document().characterAt(position) == "*":
            count, position = count + 1, position + step
        return count


def _mark(event: QKeyEvent) -> str:
    """Return the mark of Markdown that a key stands for, or nothing."""
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
        return ""
    return {Qt.Key.Key_B.value: "**", Qt.Key.Key_I.value: "*"}.get(event.key(), "")


def _cleaned(text: str) -> str:
    """Return a text with plain line ends, as every file and the database can hold it."""
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS).split("\n")
    return "\n".join(map(clean_line, lines))
