"""The floating bar above a selection: one click puts a theme on it, and reading goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.widgets.boxes import emptied, row, rule
from ui.widgets.buttons import IconButton, button
from ui.widgets.labels import label
from ui.widgets.popover import Popover
from ui.widgets.theme_marks import ThemeSwatch
from ui.wording import filled

SHOWN_DONE: Final = 3_000  # milliseconds
_NAMED: Final = 4  # swatches that show a name instead of a digit
_GAP: Final = 8
_EDGE: Final = 8
_MARGINS: Final = (7, 5, 7, 5)
_LONGEST_NAME: Final = 40


class SelectionBar(Popover):
    """Swatches of the themes and what else can be done with a selection. It never takes the keyboard from the text."""

    theme_chosen = Signal(str)
    note_chosen = Signal()
    picker_chosen = Signal()
    copy_chosen = Signal()
    search_chosen = Signal()
    everywhere_chosen = Signal()
    plain_chosen = Signal()
    undo_chosen = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self.setAccessibleName(self.tr("Mark the selection"))
        self._anchor, self._above = QRect(), True
        self._swatches = QHBoxLayout()
        self._swatches.setSpacing(2)
        self._choice, self._done = QWidget(self), QWidget(self)
        self._choice.setLayout(self._icons())
        self._word = label("", "", self._done)
        self._done.setLayout(self._after())
        self.setLayout(row(self._choice, self._done, margins=_MARGINS, spacing=0))
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a click beside a swatch is no click in the text
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_DONE)
        self._timer.timeout.connect(self.hide)

    def open_at(self, anchor: QRect, above: bool = True, themes: Sequence[Theme] = ()) -> None:
        """Show it over or under the selection, whose rectangle is given in the parent's coordinates."""
        self._timer.stop()
        self._anchor, self._above = anchor, above
        self._show_themes(themes)
        self._turn_to(self._choice)

    def show_done(self, theme_name: str) -> None:
        """Say for a moment that the selection has a theme now ("" for none), and offer to take that back."""
        name = theme_name if len(theme_name) <= _LONGEST_NAME else theme_name[: _LONGEST_NAME - 1] + "…"
        said = filled(self.tr("Added to {theme}"), theme=name) if name else self.tr("Highlighted")
        self._word.setText(said)
        self._turn_to(self._done)
        self._timer.start()

    def is_done(self) -> bool:
        """Say whether it shows what was done, rather than what can be done."""
        return self.isVisible() and self._done.isVisibleTo(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the text."""
        event.ignore()

    def _icons(self) -> QHBoxLayout:
        line = row(spacing=2)
        line.addLayout(self._swatches)
        line.addSpacing(4)
        self._rule = rule(self._choice, upright=True)
        self._rule.setFixedHeight(20)
        line.addWidget(self._rule)
        line.addSpacing(4)
        for icon, tip, signal in (
            ("ri.mark-pen-line", self.tr("Highlight (H)"), self.plain_chosen),
            ("ph.note-pencil", self.tr("Note (N)"), self.note_chosen),
            ("ph.tag", self.tr("Choose a theme (T)"), self.picker_chosen),
            ("ph.copy", self.tr("Copy with citation (C)"), self.copy_chosen),
            ("ph.check-square-offset", self.tr("Mark these words everywhere in the article"), self.everywhere_chosen),
            ("ph.magnifying-glass", self.tr("Search the library"), self.search_chosen),
        ):
            made = IconButton(self._looks, icon, tip, self._choice)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(signal)
            line.addWidget(made)
        return line

    def _after(self) -> QHBoxLayout:
        line = row(10, self._word, 6, spacing=4)
        for text, signal in ((self.tr("Undo"), self.undo_chosen), (self.tr("Note"), self.note_chosen)):
            made = button(text, "link", self._done)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(self.hide)
            made.clicked.connect(signal)
            line.addWidget(made)
        return line

    def _show_themes(self, themes: Sequence[Theme]) -> None:
        emptied(self._swatches)
        numbered = sorted((theme for theme in themes if theme.digit), key=lambda theme: theme.digit or 0)
        for theme in numbered[:9] or themes[:_NAMED]:
            swatch = ThemeSwatch(self._looks, theme, theme.digit, self._choice)
            swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            swatch.clicked.connect(self._choose)
            self._swatches.addWidget(swatch)
            swatch.show()
        if not themes:
            first = button(self.tr("New theme…"), "link", self._choice)
            first.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            first.clicked.connect(self.picker_chosen)
            self._swatches.addWidget(first)
            first.show()

    def _choose(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, ThemeSwatch):
            self.theme_chosen.emit(swatch.theme.id)

    def _turn_to(self, page: QWidget) -> None:
        """Show one of the two pages, as wide as it needs to be, beside the selection and inside the parent."""
        for one in (self._choice, self._done):
            one.setVisible(one is page)
        room = self.parentWidget().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.layout().activate()
        for place in reversed(range(1, self._swatches.count())):
            if self.sizeHint().width() <= room.width():
                break
            self._swatches.itemAt(place).widget().hide()
            self.layout().activate()
        self.resize(self.sizeHint().boundedTo(room.size()))
        left = self._anchor.center().x() - self.width() // 2
        over = self._anchor.top() - _GAP - self.height()
        under = self._anchor.bottom() + 1 + _GAP
        fits_over, fits_under = over >= room.top(), under + self.height() <= room.bottom() + 1
        top = over if fits_over and (self._above or not fits_under) else under
        self.move(
            max(room.left(), min(left, room.right() + 1 - self.width())),
            max(room.top(), min(top, room.bottom() + 1 - self.height())),
        )
        self.show()
        self.raise_()
