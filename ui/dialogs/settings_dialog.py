"""The settings, made row by row from the program's one table of them: a new setting appears here by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from app.settings import Setting, Value
from ui.dialogs.sheet import Sheet
from ui.looks import Looks, typefaces
from ui.widgets.boxes import column, rule, scrolled
from ui.widgets.buttons import button
from ui.widgets.fields import CheckBox, DropDown
from ui.widgets.labels import label
from ui.widgets.number_field import NumberField
from ui.widgets.segments import Segments
from ui.wording import translated

Field = CheckBox | DropDown | NumberField | QLineEdit | Segments

_WIDTH: Final = 680
_HEIGHT: Final = 768
_FEW: Final = 4


class SettingsDialog(Sheet):
    """Shows the settings in their groups; each change is told at once by ``changed``, with the key and the value."""

    changed = Signal(str, object)

    def __init__(self, looks: Looks, table: Sequence[Setting], parent: QWidget) -> None:
        """Make a row for each setting of the table, at its default."""
        super().__init__(looks, parent, "", width=_WIDTH, height=_HEIGHT)
        self.title.setText(self.tr("Settings"))
        self._table = {setting.key: setting for setting in table}
        self._values: dict[str, Value] = {setting.key: setting.default for setting in table}
        self._fields: dict[str, Field] = {}
        self._reset = button(self.tr("Back to the defaults"))
        self._close = button(self.tr("Close"))
        self._lay_out(table)
        self._reset.clicked.connect(self._reset_all)
        self._close.clicked.connect(self.dismiss)
        self.show_values(self._values)

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show the values in force; nothing is sent."""
        for key, value in values.items():
            if key in self._fields:
                self._values[key] = value
                _show(self._fields[key], value)
        self._judge()

    def show_setting(self, key: str) -> None:
        """Open the sheet with the keyboard in one setting."""
        self.open()
        if key in self._fields:
            self._fields[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget | None:
        """Return the field of the first setting."""
        return next(iter(self._fields.values()), self._close)

    def _lay_out(self, table: Sequence[Setting]) -> None:
        rows = column(spacing=0)
        for group, settings in groupby(table, attrgetter("group")):
            rows.addWidget(label(translated(group).upper(), "section"))
            rows.addSpacing(6)
            for setting in settings:
                rows.addLayout(self._row(setting))
                rows.addSpacing(6)
                rows.addWidget(rule())
                rows.addSpacing(6)
            rows.addSpacing(14)
        rows.addStretch(1)
        rows.setContentsMargins(0, 0, 14, 0)
        holder = QWidget()
        holder.setLayout(rows)
        area = scrolled(holder)
        self.body.addWidget(area, 1)
        self.buttons.addWidget(self._reset)
        self.buttons.addStretch(1)
        self.add_primary(self._close)

    def _row(self, setting: Setting) -> QGridLayout:
        name, tip = translated(setting.name), translated(setting.help)
        field = self._field(setting, name)
        field.setAccessibleDescription(tip)
        self._fields[setting.key] = field
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(0)
        words: QLabel = label(name)
        words.setBuddy(field)
        grid.addWidget(words, 0, 0)
        if tip:
            grid.addWidget(label(tip, "small", wrap=True), 1, 0)
        side = Qt.AlignmentFlag.AlignVCenter
        if isinstance(field, CheckBox):
            side |= Qt.AlignmentFlag.AlignRight
        grid.addWidget(field, 0, 1, 2 if tip else 1, 1, side)
        grid.setColumnStretch(0, 1)
        field.setMinimumWidth(0 if isinstance(field, CheckBox) else 290)
        grid.setRowMinimumHeight(0, 24)
        return grid

    def _field(self, setting: Setting, name: str) -> Field:
        told = partial(self._chosen, setting.key)
        if setting.kind == "yes/no":
            box = CheckBox(self._looks, "")
            box.setAccessibleName(name)
            box.toggled.connect(told)
            return box
        if setting.kind == "number":
            number = NumberField(self._looks, name, (setting.least, setting.most), setting.step)
            number.chosen.connect(told)
            return number
        if setting.kind in ("choice", "typeface"):
            return self._choice(setting, name)
        line = QLineEdit()
        line.setAccessibleName(name)
        line.editingFinished.connect(partial(self._written, setting.key, line))
        return line

    def _choice(self, setting: Setting, name: str) -> Field:
        choices = [(key, translated(words)) for key, words in setting.choices]
        if setting.kind == "typeface":
            choices += [(family, family) for family in typefaces()]
        if len(choices) <= _FEW:
            segments = Segments(self._looks, choices, name)
            segments.chosen.connect(partial(self._chosen, setting.key))
            return segments
        drop = DropDown(self._looks)
        drop.setAccessibleName(name)
        for key, words in choices:
            drop.addItem(words, key)
        drop.activated.connect(partial(self._picked, setting.key, drop))
        return drop

    def _picked(self, key: str, drop: DropDown, _index: int) -> None:
        self._chosen(key, drop.currentData())

    def _written(self, key: str, line: QLineEdit) -> None:
        self._chosen(key, line.text())

    def _chosen(self, key: str, value: Value) -> None:
        if value != self._values[key]:
            self._values[key] = value
            self._judge()
            self.changed.emit(key, value)

    def _judge(self) -> None:
        self._reset.setEnabled(any(self._values[key] != setting.default for key, setting in self._table.items()))

    def _reset_all(self) -> None:
        for key, setting in self._table.items():
            _show(self._fields[key], setting.default)
            self._chosen(key, setting.default)


def _show(field: Field, value: Value) -> None:
    """Show a value in a field, without a word of it."""
    field.blockSignals(True)
    if isinstance(field, CheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, NumberField):
        field.show_number(float(value))
    elif isinstance(field, Segments):
        field.show_key(str(value))
    elif isinstance(field, DropDown):
        field.setCurrentIndex(max(0, field.findData(value)))
    else:
        field.setText(str(value))
    field.blockSignals(False)
