"""What a search or a template may say: examples to read, and to try."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import label

_WIDTH: Final = 820
_HEIGHT: Final = 640
_EXAMPLES: Final = 300

Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class ExamplesSheet(Sheet):
    """``groups`` are (name, rows), each row an example and what it finds. An example that is pressed is ``tried``."""

    tried = Signal(str)

    def __init__(self, looks: Looks, title: str, intro: str, groups: Groups, parent: QWidget) -> None:
        """Make a hidden sheet of the examples."""
        super().__init__(looks, parent, "", width=_WIDTH, height=_HEIGHT)
        self.title.setText(title)
        self.click_closes = True
        self._first: QPushButton | None = None
        self.body.addWidget(label(intro, "muted", wrap=True))
        lines = column(spacing=18)
        for name, rows in groups:
            lines.addWidget(self._group(name, rows))
        lines.addStretch(1)
        holder = QWidget()
        holder.setLayout(lines)
        area = scrolled(holder, name=self.title.text())
        self.body.addWidget(area, 1)

    def first_field(self) -> QWidget | None:
        """Return the first example."""
        return self._first

    def _group(self, name: str, rows: Sequence[tuple[str, str]]) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _EXAMPLES)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(name.upper(), "section"), 0, 0, 1, 2)
        for number, (example, meaning) in enumerate(rows, 1):
            pressed = button(example.replace("&", "&&"), "link")
            pressed.setAccessibleName(f"{example}: {meaning}")
            pressed.clicked.connect(partial(self._try, example))
            self._first = self._first or pressed
            grid.addWidget(pressed, number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(meaning, wrap=True), number, 1)
        return whole

    def _try(self, example: str) -> None:
        self.dismiss()
        self.tried.emit(example)
