"""The options of a format, each as the field that suits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.exporters._base import Exporter
from app.importers._base import Importer
from app.options import FILE, Option
from ui.dialogs.choosing import choose_file
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row
from ui.widgets.buttons import button
from ui.widgets.fields import CheckBox, DropDown
from ui.widgets.labels import label
from ui.wording import filled, translated

Field = CheckBox | DropDown | QLineEdit
_NO_NAMES: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


def good_for(exporter: Exporter) -> str:
    """Return in a line what a format is good for; one that does not say it says what it writes."""
    if exporter.good_for:
        return translated(exporter.good_for)
    if exporter.suffix:
        return filled(QCoreApplication.translate("formats", "A file ending in {suffix}."), suffix=exporter.suffix)
    return QCoreApplication.translate("formats", "A folder of files.")


class ExportOptions(QWidget):
    """The fields of one format's options. ``changed`` tells that one of them has another value.

    An option that needs another one is shown as long as that has the value it needs, and a yes/no option about what
    has names in the library as long as there are any.
    """

    changed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._looks = looks
        self._names = _NO_NAMES
        self._options: Sequence[Option] = ()
        self._fields: dict[str, Field] = {}
        self._places: dict[str, QWidget] = {}
        self._chosen: dict[tuple[str, str], str] = {}
        self._format = ""
        self._column = column(spacing=4)
        self.setLayout(self._column)

    def show_names(self, names: Mapping[str, Sequence[str]]) -> None:
        """Offer these names in the library, by what they are names of, where an option asks for one."""
        self._names = names

    def show_options(self, exporter: Exporter | Importer) -> None:
        """Show the options of a format, as they were chosen the last time."""
        self._remember()
        emptied(self._column)
        self._fields, self._places, self._format = {}, {}, exporter.key
        self._options = exporter.options
        for option in exporter.options:
            self._add(option, self._chosen.get((exporter.key, option.key)))
        self._follow()
        self.setVisible(bool(exporter.options))

    def choose(self, format_: str, values: Mapping[str, str]) -> None:
        """Take these values for the options of a format, the next time they are shown."""
        if format_ == self._format:
            self._fields = {}  # what stands in them is not remembered
        self._chosen |= {(format_, key): value for key, value in values.items()}

    def values(self) -> Mapping[str, str]:
        """Return what is chosen, as the command line would write it; what says nothing now is not among it."""
        found = {key: _value(field) for key, field in self._fields.items()}
        return MappingProxyType({one.key: found[one.key] for one in self._options if _holds(one, found)})

    def _remember(self) -> None:
        for key, field in self._fields.items():
            self._chosen[self._format, key] = _value(field)

    def _add(self, option: Option, chosen: str | None) -> None:
        name = translated(option.name)
        field = self._field(option, name, chosen)
        field.setAccessibleName(name)
        field.setAccessibleDescription(translated(option.help))
        lines = column(spacing=4)
        if not isinstance(field, CheckBox):
            head = label(name, "strong")
            head.setBuddy(field)
            lines.addWidget(head)
        if option.names == FILE:
            browse = button(self.tr("Choose…"))
            browse.clicked.connect(partial(self._choose_file, name, field))
            lines.addLayout(row(field, browse, spacing=8))
        else:
            lines.addWidget(field)
        if option.help:
            lines.addWidget(label(translated(option.help), "small", wrap=True))
        lines.addSpacing(4)
        place = QWidget()
        place.setLayout(lines)
        self._column.addWidget(place)
        self._fields[option.key], self._places[option.key] = field, place

    def _field(self, option: Option, name: str, chosen: str | None) -> Field:
        if isinstance(option.default, bool):
            box = CheckBox(self._looks, name)
            box.setChecked(option.default if chosen is None else chosen == "yes")
            box.toggled.connect(self._tell)
            return box
        value = option.default if chosen is None else chosen
        offered = option.choices or self._suggested(option)
        if offered:
            drop = DropDown(self._looks)
            for choice in offered:
                own = choice not in option.choices + option.suggestions  # a name of the reader's own stays as it is
                drop.addItem(choice if own else _capital(translated(choice)), choice)
            drop.setCurrentIndex(max(0, drop.findData(value)))
            drop.currentIndexChanged.connect(self._tell)
            return drop
        line = QLineEdit(value)
        line.textChanged.connect(self._tell)
        return line

    def _choose_file(self, name: str, field: QLineEdit) -> None:
        choose_file(self, name, str(Path(field.text()).parent) if field.text() else "", "", field.setText)

    def _suggested(self, option: Option) -> Sequence[str]:
        return tuple(dict.fromkeys((*option.suggestions, *self._names.get(option.names, ()))))

    def _follow(self) -> None:
        """Show the options that say something with the values that the others have."""
        found = {key: _value(field) for key, field in self._fields.items()}
        for option in self._options:
            is_about_nothing = isinstance(option.default, bool) and option.names and not self._names.get(option.names)
            self._places[option.key].setVisible(_holds(option, found) and not is_about_nothing)

    def _tell(self) -> None:
        self._follow()
        self.changed.emit()


def _holds(option: Option, values: Mapping[str, str]) -> bool:
    """Tell whether the option that another one needs has the value that it needs."""
    if option.key not in values:
        return False
    return option.needs is None or values.get(option.needs[0]) == option.needs[1]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(field: Field) -> str:
    if isinstance(field, CheckBox):
        return "yes" if field.isChecked() else "no"
    if isinstance(field, DropDown):
        return str(field.currentData())
    return field.text()
