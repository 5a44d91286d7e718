"""All keys of the program, in two columns, to look up and to search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.matching import folded
from ui.widgets.boxes import column, row, scrolled
from ui.widgets.key_caps import KeyCaps
from ui.widgets.labels import label

_WIDTH: Final = 900
_HEIGHT: Final = 640


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of a group: each with the folded words by which it is found."""

    whole: QWidget
    rows: tuple[tuple[QWidget, str], ...]


class KeysSheet(Sheet):
    """``rows`` are (group, keys, what they do), in order; groups stand together."""

    def __init__(self, looks: Looks, rows: Sequence[tuple[str, str, str]], parent: QWidget) -> None:
        """Make a hidden sheet of the keys."""
        super().__init__(looks, parent, "", width=_WIDTH, height=_HEIGHT)
        self.title.setText(self.tr("Keys"))
        self.click_closes = True
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Find a key or what it does"))
        self._field.setAccessibleName(self.tr("Find a key"))
        self._field.setClearButtonEnabled(True)
        self._find_icon = self._field.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._field.textChanged.connect(self._filter)
        self._nothing = label(self.tr("No key does that. Ctrl+K finds every action by its name."), "muted")
        self._nothing.hide()
        self._groups: list[_Group] = []
        self._lay_out(rows)
        looks.changed.connect(self._draw_icon)
        self._draw_icon()

    def open(self) -> None:
        """Show all keys, with the keyboard in the search."""
        self._field.clear()
        super().open()

    def first_field(self) -> QWidget:
        """Return the search."""
        return self._field

    def _lay_out(self, rows: Sequence[tuple[str, str, str]]) -> None:
        left, right = column(spacing=16), column(spacing=16)
        heights = [0, 0]
        named: dict[str, list[tuple[str, str]]] = {}
        for group, keys, what in rows:
            named.setdefault(group, []).append((keys, what))
        half = (len(rows) + 2 * len(named)) / 2
        for group, entries in named.items():
            side = 0 if heights[0] + len(entries) / 2 < half and heights[1] == 0 else 1
            heights[side] += len(entries) + 2
            self._add_group((left, right)[side], group, entries)
        for one in (left, right):
            one.addStretch(1)
        columns = row(left, right, margins=(0, 0, 12, 0), spacing=44)
        columns.setStretch(0, 1)
        columns.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(columns)
        area = scrolled(holder, name=self.tr("Keys"))
        self.body.addWidget(self._field)
        self.body.addSpacing(6)
        self.body.addWidget(self._nothing)
        self.body.addWidget(area, 1)

    def _add_group(self, side: QVBoxLayout, name: str, entries: Sequence[tuple[str, str]]) -> None:
        whole = QWidget()
        lines = column(label(name.upper(), "section"), 2, spacing=5)
        made = []
        for keys, what in entries:
            line = QWidget()
            words = label(what, wrap=True)
            line.setLayout(row(words, KeyCaps(self._looks, keys), spacing=16))
            line.layout().setStretch(0, 1)
            line.layout().setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
            lines.addWidget(line)
            made.append((line, folded(f"{name} {what} {keys}").text))
        whole.setLayout(lines)
        side.addWidget(whole)
        self._groups.append(_Group(whole, tuple(made)))

    def _filter(self, text: str) -> None:
        wanted = folded(text).text.split()
        found = False
        for group in self._groups:
            some = False
            for line, words in group.rows:
                fits = all(word in words for word in wanted)
                line.setVisible(fits)
                some = some or fits
            group.whole.setVisible(some)
            found = found or some
        self._nothing.setVisible(not found)

    def _draw_icon(self) -> None:
        self._find_icon.setIcon(self._looks.icon("ph.magnifying-glass"))
