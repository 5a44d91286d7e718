"""The import dialog: in which format files are read, its options, which column holds what, and a live preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.importers._base import Importer
from app.importers._columns import OPTION, written
from app.importing.glimpsing import Glimpse
from app.importing.journey import Form
from app.options import chosen
from ui.dialogs.column_fields import ColumnFields
from ui.dialogs.export_options import ExportOptions
from ui.dialogs.import_glimpse import GlimpseView
from ui.dialogs.import_wish import ImportWish
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, row, scrolled
from ui.widgets.buttons import button
from ui.widgets.fields import DropDown
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number, translated

__all__ = ["ImportDialog", "ImportWish"]

_QUIET: Final = 250
_SIZE: Final = QSize(1000, 660)
_LEFT: Final = 372
_AUTOMATIC: Final = ""

Remembered = Callable[[Sequence[str]], Mapping[str, str] | None]


class ImportDialog(Sheet):
    """A sheet with the choices at the left and the first articles at the right."""

    glimpse_wished = Signal(object)
    import_wished = Signal(object)

    def __init__(self, looks: Looks, formats: Sequence[Importer], remembered: Remembered, parent: QWidget) -> None:
        """Offer some formats. ``remembered`` returns what columns of these names were said to hold earlier."""
        super().__init__(looks, parent, "", width=_SIZE.width())
        self.title.setText(self.tr("Import with options"))
        self._formats = {one.key: one for one in formats}
        self._remembered = remembered
        self._paths: tuple[Path, ...] = ()
        self._shown = _AUTOMATIC  # the format whose options are shown
        self._asked: ImportWish | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_QUIET)
        self._waiting.timeout.connect(self._ask)
        self._make(looks)
        self._lay_out()
        self._connect()

    def show_files(self, paths: Sequence[Path]) -> None:
        """Show files that are to be read in one way; the first of them is looked at."""
        self._paths = tuple(paths)
        self._file.setText(paths[0].name)
        more = len(paths) - 1
        self._more.setText(
            self.tr("One more file is read in the same way.")
            if more == 1
            else filled(self.tr("{count} more files are read in the same way."), count=number(more))
        )
        self._more.setVisible(more > 0)
        self._format.blockSignals(True)
        self._format.setCurrentIndex(0)
        self._format.setItemText(0, self.tr("As it looks"))
        self._format.blockSignals(False)
        self._start_over()

    def open(self) -> None:
        """Show it."""
        super().open()
        self._ask()

    def wish(self) -> ImportWish:
        """Return what is chosen."""
        options = dict(self._options.values()) if self._shown else {}
        columns = self._columns.values()
        if columns:
            options[OPTION.key] = written(columns)
        return ImportWish(self._paths, Form(self._shown or str(self._format.currentData()) or None, options))

    def columns(self) -> Mapping[str, str]:
        """Return what each column holds, by its name; nothing where the file is no table."""
        return self._columns.values()

    def show_glimpse(self, wish: ImportWish, glimpse: Glimpse) -> None:
        """Show what was seen, unless something else was asked for meanwhile."""
        if wish != self._asked:
            return
        again = False
        if glimpse.format in self._formats and glimpse.format != self._shown:
            again = self._show_format(glimpse.format, glimpse.before)
        again |= self._show_columns(glimpse.columns)
        self._asked = self.wish()
        held = self._columns.values().values()
        if glimpse.error is not None and held and "text" not in held:
            self._glimpse.say(self.tr("Choose at the left which column holds the text of the articles."))
        else:
            self._glimpse.show_glimpse(glimpse)
        self._import.setEnabled((glimpse.total > 0 or glimpse.themes > 0) and not again)
        if again:
            self._later()

    def first_field(self) -> QWidget:
        """Return the list of formats."""
        return self._format

    def wanted_size(self) -> QSize:
        """Return room for the choices and the preview."""
        return _SIZE

    def wanted_place(self, room: QRect, size: QSize) -> QRect:
        """Return the middle of the room."""
        return QRect(room.center() - QRect(0, 0, size.width(), size.height()).center(), size)

    def _make(self, looks: Looks) -> None:
        self._file = ElidedLabel("", "strong")
        self._more = label("", "small", wrap=True)
        self._format = DropDown(looks)
        self._format.setAccessibleName(self.tr("Format"))
        self._format.addItem(self.tr("As it looks"), _AUTOMATIC)
        for one in sorted(self._formats.values(), key=lambda one: translated(one.name)):
            self._format.addItem(translated(one.name), one.key)
        self._options = ExportOptions(looks)
        self._heading = label(self.tr("WHAT EACH COLUMN HOLDS"), "section")
        self._columns = ColumnFields(looks)
        self._glimpse = GlimpseView(looks)
        self._back = button(self.tr("Cancel"))
        self._import = button(self.tr("Import"), "primary")

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(
            column(
                *(label(self.tr("FILE"), "section"), self._file, self._more, 10),
                *(label(self.tr("FORMAT"), "section"), self._format, 10),
                *(self._options, self._heading, self._columns, None),
                margins=(0, 0, 10, 0),
                spacing=6,
            )
        )
        choices = scrolled(left)
        choices.setFixedWidth(_LEFT)
        choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.setAutoFillBackground(False)
        self.body.addLayout(row(choices, self._glimpse, spacing=18), 1)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self._import)
        self.primary = self._import

    def _connect(self) -> None:
        self._format.currentIndexChanged.connect(self._start_over)
        self._options.changed.connect(self._follow_options)
        self._columns.changed.connect(self._later)
        self._back.clicked.connect(self.dismiss)
        self._import.clicked.connect(self._begin)

    def _start_over(self) -> None:
        """Forget the options and columns of another format."""
        self._shown = _AUTOMATIC
        self._options.hide()
        self._columns.show_columns({})
        self._heading.hide()
        self._later()

    def _follow_options(self) -> None:
        """Look again; a table that is read otherwise may have other columns."""
        self._columns.show_columns({})
        self._heading.hide()
        self._later()

    def _show_format(self, key: str, before: Form | None) -> bool:
        """Show the options of a format, but for the columns, which have fields of their own.

        A file that was split ``before`` is split in the same way. Tells whether the options say otherwise than those
        with which the file was looked at.
        """
        importer = self._formats[key]
        offered = tuple(one for one in importer.options if one.key != OPTION.key)
        looked = before.options if before is not None else {}
        self._shown = key
        self._options.choose(key, looked)
        self._options.show_options(replace(importer, options=offered))
        if self._format.currentData() == _AUTOMATIC:
            told = filled(self.tr("As it looks: {format}"), format=translated(importer.name))
            self._format.setItemText(0, told)
        return chosen(key, offered, self._options.values()) != chosen(key, offered, looked)

    def _show_columns(self, columns: Mapping[str, str]) -> bool:
        """Show the columns of a table if they are others than before; tell whether they now hold something else."""
        if not columns or list(columns) == list(self._columns.values()):
            return False
        known = self._remembered(list(columns))
        self._columns.show_columns({name: (known or columns).get(name, held) for name, held in columns.items()})
        self._heading.show()
        return known is not None and dict(self._columns.values()) != dict(columns)

    def _later(self) -> None:
        """Look again when nothing has changed for a while."""
        self._asked = None
        self._import.setEnabled(False)
        self._waiting.start()

    def _ask(self) -> None:
        if not self.isVisible() or not self._paths:
            return
        self._waiting.stop()
        self._asked = self.wish()
        self._glimpse.say(self.tr("Looking…"))
        self.glimpse_wished.emit(self._asked)

    def _begin(self) -> None:
        wish = self.wish()
        self._waiting.stop()
        self.import_wished.emit(wish)
        self.dismiss()
