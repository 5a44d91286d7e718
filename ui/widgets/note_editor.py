"""Where a note is written: plain Markdown that saves itself in quiet moments and never loses a letter."""

from __future__ import annotations

from collections import deque
from typing import Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget
from shiboken6 import isValid

from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton
from ui.widgets.markdown_document import MarkdownView
from ui.widgets.note_field import NoteField, cleaned

QUIET: Final = 1_000  # milliseconds after the last letter
LATEST: Final = 10_000  # milliseconds after the first one that is not saved
_ECHO: Final = 2_000  # how long an answer to a save may take, in milliseconds
_LEFT, _RIGHT, _PADDING = 9, 32, 8  # pixels between the frame and the text; the button lies on the right
_TOGGLE, _LEAST = 24, 20


class NoteEditor(QWidget):
    """A quiet editor that grows with its text. ``saved`` carries the note's key and its whole text.

    A note that can be private has a lock; ``private_wished`` carries its key and whether it shall be.
    """

    saved = Signal(str, str)
    private_wished = Signal(str, bool)
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
        self._private: bool | None = None  # None: it has no lock
        self._known = ""  # what the library holds, as far as we know
        self._sent: deque[str] = deque(maxlen=64)  # what was saved and has not come back yet
        self._since_sent = QElapsedTimer()
        self._watched: list[QWidget] = []
        self._quiet, self._latest = self._timer(quiet), self._timer(latest)
        self.field = NoteField(self)
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

    def show_note(self, key: str, text: str, private: bool | None = None) -> None:
        """Show a note. The text of the note that is shown already is taken over unless somebody is typing it.

        ``private``: whether it stays out of exports, where that can be chosen.
        """
        text = cleaned(text)
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
        self.show_private(private)

    def show_private(self, private: bool | None) -> None:
        """Show whether the note stays out of exports; ``None`` where that cannot be chosen."""
        self._private = private
        self.lock.show_icon("ph.lock-simple-fill" if private else "ph.lock-simple-open")
        self.lock.setChecked(bool(private))
        self._fit()

    def is_private(self) -> bool:
        """Tell whether the note is shown as one that stays out of exports."""
        return bool(self._private)

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
        self.lock.move(self.width() - 2 * _TOGGLE - 7, 6)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before it goes out of sight."""
        self.flush()
        super().hideEvent(event)

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
        self.lock = IconButton(
            self._looks, "ph.lock-simple-open", self.tr("Private: stays out of exports"), self, size=15
        )
        self.lock.setFixedSize(_TOGGLE, _TOGGLE)
        self.lock.setCheckable(True)
        self.lock.clicked.connect(self._switch_private)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.field)
        self._stack.addWidget(self.preview)
        self._line = row(margins=(_LEFT, _PADDING, _RIGHT, _PADDING))
        self._line.addLayout(self._stack, 1)
        self.setLayout(self._line)
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

    def _switch_private(self) -> None:
        self.show_private(not self._private)
        self.flush()  # a note that is not kept yet cannot be private
        self.private_wished.emit(self._key, bool(self._private))

    def _fit(self) -> None:
        """Take the height of the text, between the fewest and the most lines."""
        written = self.is_preview() or not self.field.document().isEmpty()
        self.toggle.setVisible(written)
        self.lock.setVisible(written and self._private is not None)
        right = _RIGHT if self._private is None else _RIGHT + _TOGGLE + 2
        self._line.setContentsMargins(_LEFT, _PADDING, right, _PADDING)
        line = self.field.fontMetrics().lineSpacing()
        fewest, most = self._lines[0] * line, self._lines[1] * line
        if self.is_preview():
            wanted = self.preview.wanted_height(max(40, self.width() - _LEFT - right))
            if wanted > most:
                self.preview.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        else:
            wanted = self.field.wanted_height(most)
        height = max(fewest, _LEAST, min(wanted + 2, most)) + 2 * _PADDING
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
