"""The options of a format, each as the field that suits it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.exporters._base import Exporter
from app.importers._base import Importer
from app.options import Option
from ui.looks import Looks
from ui.widgets.boxes import column, emptied
from ui.widgets.fields import CheckBox, DropDown
from ui.widgets.labels import label
from ui.wording import filled, translated

Field = CheckBox | DropDown | QLineEdit

# What a format is good for. One that is not named here says what it writes.
_GOOD_FOR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bibtex": QT_TRANSLATE_NOOP("formats", "A bibliography for LaTeX, JabRef and Zotero."),
        "csl": QT_TRANSLATE_NOOP("formats", "A bibliography for Zotero and pandoc."),
        "brat": QT_TRANSLATE_NOOP("formats", "Labelled spans beside each text, in a folder."),
        "codebook_csv": QT_TRANSLATE_NOOP("formats", "A row for each theme, with what it means."),
        "csv": QT_TRANSLATE_NOOP("formats", "A row for each passage, for spreadsheets."),
        "doccano": QT_TRANSLATE_NOOP("formats", "Texts with labelled spans, to train models with."),
        "epub": QT_TRANSLATE_NOOP("formats", "A book for reading programs, with footnotes."),
        "html": QT_TRANSLATE_NOOP("formats", "A page to read and print, with its highlights."),
        "jsonld": QT_TRANSLATE_NOOP("formats", "The open standard for annotations, for other tools."),
        "label_studio": QT_TRANSLATE_NOOP("formats", "Tasks with labelled spans, and their interface."),
        "markdown": QT_TRANSLATE_NOOP("formats", "A note for each article, linked, for a vault."),
        "pdf": QT_TRANSLATE_NOOP("formats", "A typeset report, with notes in the margin."),
        "ris": QT_TRANSLATE_NOOP("formats", "A bibliography for EndNote, Mendeley and others."),
        "readwise": QT_TRANSLATE_NOOP("formats", "Passages and notes, for its bulk import."),
        "xlsx": QT_TRANSLATE_NOOP("formats", "Sheets: passages, articles, themes, counts."),
    }
)


def good_for(exporter: Exporter) -> str:
    """Return in a line what a format is good for."""
    known = _GOOD_FOR.get(exporter.key)
    if known is not None:
        return QCoreApplication.translate("formats", known)
    if exporter.suffix:
        return filled(QCoreApplication.translate("formats", "A file ending in {suffix}."), suffix=exporter.suffix)
    return QCoreApplication.translate("formats", "A folder of files.")


class ExportOptions(QWidget):
    """The fields of one format's options. ``changed`` tells that one of them has another value."""

    changed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._looks = looks
        self._fields: dict[str, Field] = {}
        self._chosen: dict[tuple[str, str], str] = {}
        self._format = ""
        self._column = column(spacing=4)
        self.setLayout(self._column)

    def show_options(self, exporter: Exporter | Importer) -> None:
        """Show the options of a format, as they were chosen the last time."""
        self._remember()
        emptied(self._column)
        self._fields, self._format = {}, exporter.key
        for option in exporter.options:
            self._add(option, self._chosen.get((exporter.key, option.key)))
        self.setVisible(bool(exporter.options))

    def values(self) -> Mapping[str, str]:
        """Return what is chosen, as the command line would write it."""
        return MappingProxyType({key: _value(field) for key, field in self._fields.items()})

    def _remember(self) -> None:
        for key, value in self.values().items():
            self._chosen[self._format, key] = value

    def _add(self, option: Option, chosen: str | None) -> None:
        name = translated(option.name)
        field = self._field(option, name, chosen)
        field.setAccessibleName(name)
        field.setAccessibleDescription(translated(option.help))
        if not isinstance(field, CheckBox):
            head = label(name, "strong")
            head.setBuddy(field)
            self._column.addWidget(head)
        self._column.addWidget(field)
        if option.help:
            self._column.addWidget(label(translated(option.help), "small", wrap=True))
        self._column.addSpacing(4)
        self._fields[option.key] = field

    def _field(self, option: Option, name: str, chosen: str | None) -> Field:
        if isinstance(option.default, bool):
            box = CheckBox(self._looks, name)
            box.setChecked(option.default if chosen is None else chosen == "yes")
            box.toggled.connect(self._tell)
            return box
        value = option.default if chosen is None else chosen
        if option.choices:
            drop = DropDown(self._looks)
            for choice in option.choices:
                drop.addItem(_capital(translated(choice)), choice)
            drop.setCurrentIndex(max(0, drop.findData(value)))
            drop.currentIndexChanged.connect(self._tell)
            return drop
        line = QLineEdit(value)
        line.textChanged.connect(self._tell)
        return line

    def _tell(self) -> None:
        self.changed.emit()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(field: Field) -> str:
    if isinstance(field, CheckBox):
        return "yes" if field.isChecked() else "no"
    if isinstance(field, DropDown):
        return str(field.currentData())
    return field.text()
