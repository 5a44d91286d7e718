"""The card of a highlight: its words, its themes, its note, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from app.citing import inner_quotes
from app.model import Highlight, Theme
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton, button
from ui.widgets.flow import FlowLayout
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.labels import label
from ui.widgets.note_editor import NoteEditor
from ui.widgets.theme_marks import ThemeTag
from ui.widgets.wrapped import paint_lines, wrapped
from ui.wording import ago, filled

_WIDTH: Final = 380
_LINES: Final = 3
_GAP: Final = 8
_EDGE: Final = 8
_BAR: Final = 12  # from the bar's left edge to the words


class HighlightCard(FocusPopover):
    """Shows one highlight beside its passage. Esc or a click elsewhere closes it, and the note is saved."""

    retheme_wished = Signal(str, object, object)
    note_saved = Signal(str, str)
    private_wished = Signal(str, bool)
    extend_wished = Signal(str, int, int)
    copy_wished = Signal(str)
    remove_wished = Signal(str)
    picker_wished = Signal(str)
    next_overlap_wished = Signal()
    link_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self._highlight: Highlight | None = None
        self._anchor, self._over = QRect(), False
        self.setAccessibleName(self.tr("Highlight"))
        self._quote = _Quote(looks, self)
        self._here = label("", "small", self)
        self._next = button(self.tr("Next"), "link", self)
        self._next.setToolTip(self.tr("Go to the next highlight here (E)"))
        self._next.clicked.connect(self.next_overlap_wished)
        self._overlap = QWidget(self)
        self._overlap.setLayout(row(self._here, self._next, None, spacing=4))
        self._tags = QWidget(self)
        self._flow = FlowLayout(self._tags)
        self._add = IconButton(looks, "ph.plus", self.tr("Add a theme (T)"), self._tags, size=14)
        self._add.setText(self.tr("Add a theme"))
        self._add.setFixedHeight(26)
        self._add.clicked.connect(self._wish_picker)
        self.note = NoteEditor(looks, self, placeholder=self.tr("Write a note (N)"))
        self.note.saved.connect(self.note_saved)
        self.note.private_wished.connect(self.private_wished)
        self.note.link_wished.connect(self.link_wished)
        self._when = label("", "small", self)
        self._whose = label("", "small", self)
        self._guarded: frozenset[str] = frozenset()
        self.setLayout(
            column(
                self._overlap,
                self._whose,
                self._quote,
                self._tags,
                self.note,
                self._actions(),
                margins=(14, 12, 14, 8),
                spacing=9,
            )
        )

    def guard(self, authors: frozenset[str]) -> None:
        """Take whose highlights can only be looked at: those of other coders."""
        self._guarded = authors

    def open_at(
        self,
        anchor: QRect,
        highlight: Highlight | None = None,
        themes: Sequence[Theme] = (),
        place: int = 1,
        count: int = 1,
    ) -> None:
        """Show a highlight beside ``anchor`` (in the parent's coordinates), the ``place``-th of ``count`` there."""
        if highlight is None:
            return
        self._anchor = anchor
        self._fill(highlight, themes, place, count)
        self._over = anchor.bottom() + _GAP + self._wanted().height() > self._room().bottom() and (
            anchor.top() - self._room().top() > self._room().bottom() - anchor.bottom()
        )
        self._settle()
        self.show()
        self.raise_()

    def show_highlight(self, highlight: Highlight, themes: Sequence[Theme], place: int = 1, count: int = 1) -> None:
        """Take over a highlight that changed, if it is the one that is shown; a note being written stays as it is."""
        if self._highlight is not None and highlight.id == self._highlight.id:
            self._fill(highlight, themes, place, count)
            self._settle()

    def highlight(self) -> str | None:
        """Return the id of the highlight that is shown, or ``None``."""
        return self._highlight.id if self._highlight is not None and self.isVisible() else None

    def focus_note(self) -> None:
        """Put the caret into the note."""
        if self.isVisible():
            self.take_keyboard(self.note.field)
            self.note.focus()

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with the note."""
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._settle()
        return super().event(event)

    def _fill(self, highlight: Highlight, themes: Sequence[Theme], place: int, count: int) -> None:
        self._highlight = highlight
        by_id = {theme.id: theme for theme in themes}
        worn = [by_id[one] for one in highlight.themes if one in by_id]
        self._quote.show_quote(highlight.quote, worn)
        self._overlap.setVisible(count > 1)
        self._here.setText(filled(self.tr("{place} of {count} here"), place=place, count=count))
        guarded = highlight.author in self._guarded
        self._whose.setVisible(bool(highlight.author))
        said = self.tr("Coded by {name}: only to be looked at") if guarded else self.tr("By {name}")
        self._whose.setText(filled(said, name=highlight.author))
        self._show_tags(worn, fixed=guarded)
        for part in self._changing:
            part.setVisible(not guarded)
        self.note.setVisible(not guarded or bool(highlight.note))
        if guarded:
            self.note.show_note("", highlight.note)
        else:
            self.note.show_note(highlight.id, highlight.note, highlight.private)
        moment = highlight.modified or highlight.created
        self._when.setText(ago(moment, QDateTime.currentMSecsSinceEpoch()) if moment else "")

    def _show_tags(self, themes: Sequence[Theme], *, fixed: bool) -> None:
        here = QApplication.focusWidget()
        held = here is not None and here is not self._add and self._tags.isAncestorOf(here)
        if held:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._add:
                widget.hide()
                widget.deleteLater()
        for theme in themes:
            tag = ThemeTag(self._looks, theme, self._tags, removable=not fixed)
            tag.removed.connect(self._take_off)
            self._flow.addWidget(tag)
            tag.show()
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self._add.setToolButtonStyle(alone if themes else beside)
        self._add.setVisible(not fixed)
        self._flow.addWidget(self._add)
        self._flow.invalidate()

    def _actions(self) -> QHBoxLayout:
        earlier, later = "ph.caret-left", "ph.caret-right"
        start = (
            (earlier, self.tr("Start a word earlier ([)"), self._start_earlier),
            (later, self.tr("Start a word later (])"), self._start_later),
        )
        end = (
            (earlier, self.tr("End a word earlier (Shift+[)"), self._end_earlier),
            (later, self.tr("End a word later (Shift+])"), self._end_later),
        )
        line = row(spacing=1)
        self._changing: list[QWidget] = []
        for word, moves in ((self.tr("Start"), start), (self.tr("End"), end)):
            made = [label(word, "small", self), *(self._action(icon, tip, deed, 14) for icon, tip, deed in moves)]
            for part in made:
                line.addWidget(part)
            self._changing += made
            line.addSpacing(6)
        line.addStretch(1)
        line.addWidget(self._when)
        line.addSpacing(4)
        line.addWidget(self._action("ph.copy", self.tr("Copy with citation (C)"), self._copy, 17))
        remove = self._action("ph.trash", self.tr("Delete the highlight (Delete)"), self._remove, 17)
        self._changing.append(remove)
        line.addWidget(remove)
        return line

    def _action(self, icon: str, tip: str, deed: Callable[[], None], size: int) -> IconButton:
        made = IconButton(self._looks, icon, tip, self, size=size)
        made.clicked.connect(deed)
        return made

    def _start_earlier(self) -> None:
        self._extend(-1, 0)

    def _start_later(self) -> None:
        self._extend(1, 0)

    def _end_earlier(self) -> None:
        self._extend(0, -1)

    def _end_later(self) -> None:
        self._extend(0, 1)

    def _extend(self, start: int, end: int) -> None:
        if self._highlight is not None:
            self.extend_wished.emit(self._highlight.id, start, end)

    def _take_off(self, theme: str) -> None:
        if self._highlight is not None:
            self.retheme_wished.emit(self._highlight.id, (), (theme,))

    def _wish_picker(self) -> None:
        if self._highlight is not None:
            self.picker_wished.emit(self._highlight.id)

    def _copy(self) -> None:
        if self._highlight is not None:
            self.copy_wished.emit(self._highlight.id)

    def _remove(self) -> None:
        if self._highlight is not None:
            gone = self._highlight.id
            self.hide()
            self.remove_wished.emit(gone)

    def _room(self) -> QRect:
        return self.parentWidget().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)

    def _wanted(self) -> QSize:
        """Return the size for what is shown; some rows break into lines, so that the height follows the width."""
        width = min(_WIDTH, self._room().width())
        self.layout().activate()
        return QSize(width, self.layout().totalHeightForWidth(width))

    def _settle(self) -> None:
        """Lie over or under the passage and inside the parent; the side stays while the note grows."""
        room, size = self._room(), self._wanted()
        left = max(room.left(), min(self._anchor.left(), room.right() + 1 - size.width()))
        top = self._anchor.top() - _GAP - size.height() if self._over else self._anchor.bottom() + 1 + _GAP
        top = max(room.top(), min(top, room.bottom() + 1 - size.height()))
        self.setGeometry(QRect(left, top, size.width(), size.height()))


class _Quote(QWidget):
    """The words of a highlight in three lines at most, with a bar in the colours of its themes."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self._text = ""
        self._themes: tuple[Theme, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        looks.changed.connect(self.update)

    def show_quote(self, text: str, themes: Sequence[Theme]) -> None:
        """Show other words, or the same with other themes."""
        self._text, self._themes = f"“{inner_quotes(' '.join(text.split()))}”", tuple(themes)
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return that fewer words fit on a narrow line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of its lines."""
        return max(1, len(self._lines(width))) * self._line_height()

    def sizeHint(self) -> QSize:
        """Return the size of three lines."""
        return QSize(_WIDTH, self.heightForWidth(self.width() or _WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the lines."""
        look, height = self._looks.now, self._line_height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = [look.theme(theme.colour) for theme in self._themes] or [look.colour("rule")]
        part = (self.height() - 4) / len(colours)
        for number, colour in enumerate(colours):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(0, 2 + number * part, 3, part), 1.5, 1.5)
        painter.setFont(self._font())
        painter.setPen(look.colour("muted"))
        paint_lines(painter, self._lines(self.width()), QPointF(_BAR, 0), QSizeF(self.width() - _BAR, height))
        painter.end()

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self._text, self._font(), width - _BAR, _LINES)

    def _line_height(self) -> int:
        return QFontMetrics(self._font()).height() + 1

    def _font(self) -> QFont:
        return self._looks.quoting(15, self._text)
