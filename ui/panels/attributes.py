"""The reader's own fields of an article: one row for each, by its kind, and the form for a new one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.model import Attribute, AttributeKind, Published
from ui.looks import Looks
from ui.panels.attribute_values import ChoiceBox, NewField, YesNo
from ui.panels.field_form import FieldForm
from ui.panels.fields import FieldRow, QuietLine
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton, button
from ui.widgets.tips import plain_tip
from ui.wording import filled


class Attributes(QWidget):
    """The rows of all own fields. ``given`` sends a field's name and its value, ``deleted`` a field's name.

    ``changed`` sends a field's id and what becomes another in it; ``opened`` a form that should come into sight.
    """

    given = Signal(str, str)
    added = Signal(str, str, object)
    changed = Signal(str, object)
    deleted = Signal(str)
    opened = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no fields yet."""
        super().__init__(parent)
        self._looks = looks
        self._rows: dict[str, tuple[Attribute, FieldRow]] = {}
        self._lines = column(spacing=2)
        self.form = NewField(looks, self)
        self.form.added.connect(self.added)
        self.form.closed.connect(self._closed)
        self.form.hide()
        self.changing = FieldForm(looks, self)
        self.changing.changed.connect(self.changed)
        self._new = button(self.tr("+ New field"), "link", self)
        self._new.clicked.connect(self.add)
        self.setLayout(column(self._lines, self.form, self.changing, row(self._new, None), spacing=4))

    def show_values(self, attributes: Sequence[Attribute], values: Mapping[str, str], *, force: bool) -> None:
        """Show all fields with their values; ``force`` overwrites what is being written: it is another article."""
        wanted = {attribute.id: attribute for attribute in attributes}
        self.changing.close_unless(wanted)
        for id_, (attribute, line) in list(self._rows.items()):
            if wanted.get(id_) != attribute:
                self._lines.removeWidget(line)
                line.hide()
                line.deleteLater()
                del self._rows[id_]
        for place, attribute in enumerate(attributes):
            if attribute.id not in self._rows:
                made = self._row(attribute)
                self._rows[attribute.id] = (attribute, made)
                self._lines.insertWidget(place, made)
            value = self._rows[attribute.id][1].value
            assert isinstance(value, QuietLine | ChoiceBox | YesNo)
            value.show_value(values.get(attribute.name, ""), force=force)

    def commit(self) -> None:
        """Send whatever was changed and not saved."""
        for _, line in self._rows.values():
            assert isinstance(line.value, QuietLine | ChoiceBox | YesNo)
            line.value.commit()

    def add(self) -> None:
        """Open the form for a new field."""
        self._new.hide()
        self.form.open()

    def change(self, name: str) -> None:
        """Open the form in which a field is changed."""
        found = next((attribute for attribute, _ in self._rows.values() if attribute.name == name), None)
        if found is not None:
            self.changing.open_for(found)
            self.opened.emit(self.changing)

    def field(self, name: str) -> QWidget | None:
        """Return the widget of a field's value."""
        return next((line.value for attribute, line in self._rows.values() if attribute.name == name), None)

    def menu(self, name: str) -> QMenu:
        """Return the menu of a field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Change the field…"), partial(self.change, name))
        delete = menu.addAction(self.tr("Delete the field on all articles"))
        delete.triggered.connect(partial(self.deleted.emit, name))
        return menu

    def _row(self, attribute: Attribute) -> FieldRow:
        value = self._value(attribute)
        tip = filled(self.tr("What can be done with “{field}”"), field=attribute.name)
        more = IconButton(self._looks, "ph.dots-three-vertical", tip, self, size=16)
        more.setFixedSize(26, 26)
        more.clicked.connect(partial(self._open_menu, attribute.name))
        made = FieldRow(attribute.name, value, (more,), self)
        if attribute.definition:
            made.label.setToolTip(plain_tip(attribute.definition))
        value.refused.connect(made.complain)
        value.given.connect(partial(self.given.emit, attribute.name))
        return made

    def _value(self, attribute: Attribute) -> QuietLine | ChoiceBox | YesNo:
        if attribute.kind is AttributeKind.CHOICE:
            return ChoiceBox(self._looks, attribute, self)
        if attribute.kind is AttributeKind.YES_NO:
            return YesNo(self._looks, attribute.name, self)
        checks = {AttributeKind.NUMBER: self._check_number, AttributeKind.DATE: self._check_date}
        line = QuietLine(attribute.name, checks.get(attribute.kind), self)
        hints = {AttributeKind.DATE: self.tr("2025-03-04"), AttributeKind.NUMBER: self.tr("a number")}
        line.setPlaceholderText(hints.get(attribute.kind, "–"))
        return line

    def _check_number(self, value: str) -> str:
        try:
            fine = math.isfinite(float(value))
        except ValueError:
            fine = False
        return "" if fine else self.tr("Write a number, such as 12 or 3.5.")

    def _check_date(self, value: str) -> str:
        try:
            Published.parse(value)
        except ValueError:
            return self.tr("Write a date such as 2025-03-04 or 2025-03.")
        return ""

    def _open_menu(self, name: str) -> None:
        asked = self.sender()
        assert isinstance(asked, QWidget)
        self.menu(name).popup(asked.mapToGlobal(QPoint(0, asked.height())))

    def _closed(self) -> None:
        self._new.show()
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)
