"""Handing an annotated set on: what, in which format, where to, with the beginning of it to see before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from app.exporters._base import GROUPS, Exporter
from app.exporting.presets import Preset
from app.progress import Progress
from ui.dialogs.choice_list import Choice, ChoiceList
from ui.dialogs.export_options import ExportOptions, good_for
from ui.dialogs.export_presets import PresetLine
from ui.dialogs.export_preview import ExportPreview
from ui.dialogs.export_report import ExportOutcome
from ui.dialogs.export_target import ExportTarget
from ui.dialogs.export_what import ExportWhat
from ui.dialogs.export_wish import ExportWish, Scope
from ui.dialogs.find_line import FindLine
from ui.dialogs.pace import Pace
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, row, scrolled
from ui.widgets.buttons import button
from ui.widgets.fields import CheckBox
from ui.widgets.labels import label
from ui.widgets.tips import plain_tip
from ui.wording import translated

if TYPE_CHECKING:
    from app.exporting.journey import ExportReport

__all__ = ["ExportDialog", "ExportWish", "Scope"]

_QUIET: Final = 250
_CHOICES: Final = QSize(1240, 880)
_OUTCOME: Final = QSize(620, 440)
_LEFT: Final = 344
_MIDDLE: Final = 264
_NARROW: Final = 960  # there the options stand above the preview
_FORMATS: Final = 7
_PRESETS: Final = 330  # pixels
_FEW: Final = 5  # formats that need no line to be found by


class ExportDialog(Sheet):
    """A sheet with what and format, the options, and a preview beside each other; then progress, then what came of it.

    In a low window the lists are shorter and the options scroll: what is chosen and what it makes are seen together.
    """

    preview_wished = Signal(object)
    preview_dropped = Signal()
    export_wished = Signal(object)
    cancel_wished = Signal()
    open_wished = Signal(str)
    presets_changed = Signal(object)

    def __init__(self, looks: Looks, formats: Sequence[Exporter], parent: QWidget) -> None:
        """Offer some formats; :meth:`show_scopes` says what can be exported."""
        super().__init__(looks, parent, "", width=_CHOICES.width())
        self.title.setText(self.tr("Export"))
        self._formats = {exporter.key: exporter for exporter in formats}
        self._asked: ExportWish | None = None
        self._pace = Pace(monotonic())
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_QUIET)
        self._waiting.timeout.connect(self._ask_preview)
        self._make(looks)
        self._lay_out()
        self._connect()
        self._format_list.show_choices([_choice(one) for one in _in_groups(formats)], _FORMATS)
        self._find.setVisible(len(formats) > _FEW)
        self._show_form()

    def set_default_folder(self, folder: str) -> None:
        """Say in which folder exports are proposed."""
        self._target.set_folder(folder)

    def folder(self) -> str:
        """Return the folder that is chosen, to be proposed the next time."""
        return self._target.folder()

    def show_scopes(self, scopes: Sequence[Scope], chosen: str = "") -> None:
        """Show what can be exported, with one of them chosen by key; no preset is in force that exports another."""
        self._what.show_scopes(scopes, chosen)
        self._preset_line.release(self._what.meant()[0])
        self._follow()

    def show_names(self, names: Mapping[str, Sequence[str]]) -> None:
        """Offer names in the library where an option asks for one; see :meth:`ExportOptions.show_names`."""
        self._options.show_names(names)
        self._show_options()

    def show_presets(self, kept: Sequence[Preset]) -> None:
        """Offer the presets that are kept."""
        self._preset_line.show_presets(kept)

    def choose_format(self, key: str) -> None:
        """Choose a format by key."""
        self._find.clear()
        self._format_list.choose(key)

    def choose(self, preset: Preset, *, what: bool = True) -> None:
        """Choose all that a preset says and that there is here; ``what``: also what is exported, or nothing."""
        if what:
            self._what.choose(preset)
        for box, on in ((self._marked, preset.marked), (self._private, preset.private)):
            box.setChecked(on)
        self._options.choose(preset.format, preset.options)
        self.choose_format(preset.format)
        self._show_options()
        if preset.folder:
            self._target.start_over()
            self._target.set_folder(preset.folder)
        self._follow()

    def choices(self) -> Preset:
        """Return what is chosen, as a preset without a name."""
        exporter = self._format()
        what, called = self._what.meant()
        return Preset(
            "",
            what,
            exporter.key if exporter is not None else "",
            dict(self._options.values()),
            self._marked.isChecked(),
            self._private.isChecked(),
            self._target.folder(),
            called,
        )

    def open(self) -> None:
        """Show the choices, as they were the last time; a place that could not be written to is not proposed again."""
        if not self._error.isHidden():
            self._target.start_over()
        self._show_form()
        super().open()
        self._later()

    def wish(self) -> ExportWish | None:
        """Return what is chosen, or ``None`` as long as something is missing."""
        scope, exporter = self._what.scope(), self._format()
        target = self._target.path()
        if scope is None or exporter is None or target is None:
            return None
        switched = replace(scope.selection, marked=self._marked.isChecked(), private=self._private.isChecked())
        return ExportWish(scope.key, switched, exporter.key, self._options.values(), target)

    def show_preview(self, wish: ExportWish, name: str, data: bytes) -> None:
        """Show the beginning of a file, unless something else was asked for meanwhile."""
        exporter = self._format()
        if wish == self._asked and exporter is not None:
            self._preview.add(name, data, sketched=not name.lower().endswith(exporter.ending(wish.options)))

    def show_progress(self, progress: Progress) -> None:
        """Show how far the export is."""
        self._pace.take(progress.done, monotonic())
        self._outcome.show_progress(progress, self._pace)

    def show_report(self, report: ExportReport) -> None:
        """Show what was written and what was left behind."""
        self._outcome.show_report(report)
        self._show_outcome(running=False)

    def show_error(self, what: str, hint: str) -> None:
        """Show why there is no preview, or no export, and what to do."""
        if self._pages.currentWidget() is self._form:
            self._preview.clear(f"{what} {hint}".strip())
            return
        self._show_form()
        self._error.setText(f"{what} {hint}".strip())
        self._error.show()
        self._target.take_focus()

    def escape(self) -> None:
        """Close, or stop an export that is going on."""
        if self._stop.isVisible():
            self._cancel()
        else:
            self.dismiss()

    def first_field(self) -> QWidget:
        """Return the list of what can be exported."""
        return self._what.choices

    def _make(self, looks: Looks) -> None:
        self._what = ExportWhat(looks)
        self._format_list = ChoiceList(looks, self.tr("Format"))
        self._find = FindLine(self._format_list, self.tr("Find a format"))
        self._preset_line = PresetLine(looks, self.choices)
        self._marked = CheckBox(looks, self.tr("Only articles with highlights"))
        self._marked.setToolTip(plain_tip(self.tr("Those with a highlight, a theme or a note")))
        self._private = CheckBox(looks, self.tr("Private notes too"))
        self._private.setToolTip(plain_tip(self.tr("Otherwise they stay here, and the report counts them")))
        self._options = ExportOptions(looks)
        self._options_column = QWidget()
        self._beside = row(spacing=18)
        self._target = ExportTarget()
        self._preview = ExportPreview(looks)
        self._outcome = ExportOutcome(looks)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self._again = button(self.tr("Export something else"))
        self._stop = button(self.tr("Cancel"))
        self._back = button(self.tr("Cancel"))
        self._export = button(self.tr("Export"), "primary")
        self._close = button(self.tr("Close"), "primary")
        self._form = QWidget()
        self._pages = QStackedWidget()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(
            column(
                *(label(self.tr("WHAT"), "section"), self._what, row(self._marked, self._private, None), 8),
                *(label(self.tr("FORMAT"), "section"), self._find, self._format_list, None),
                margins=(0, 0, 4, 0),
                spacing=6,
            )
        )
        self._preset_line.setFixedWidth(_PRESETS)
        self.head.insertWidget(self.head.count() - 1, self._preset_line)
        fields = QWidget()
        fields.setLayout(column(self._options, None, margins=(0, 0, 4, 0)))
        choices, options = scrolled(left), scrolled(fields)
        left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # its lists shrink first
        choices.setFixedWidth(_LEFT)
        self._options_column.setFixedWidth(_MIDDLE)
        self._options_column.setLayout(column(label(self.tr("OPTIONS"), "section"), options, spacing=6))
        save = row(column(7, label(self.tr("Save as"), "strong"), None), self._target, spacing=12)
        for part in (self._options_column, self._preview):
            self._beside.addWidget(part, 1)
        columns = row(choices, self._beside, spacing=18)
        columns.setStretch(1, 1)
        self._form.setLayout(column(columns, 6, save, spacing=6))
        self._form.layout().setStretch(0, 1)
        self._pages.addWidget(self._form)
        self._pages.addWidget(self._outcome)
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self._error)
        for widget in (self._again, None, self._stop, self._back, self._export, self._close):
            self.buttons.addStretch(1) if widget is None else self.buttons.addWidget(widget)

    def _connect(self) -> None:
        self._what.changed.connect(self._follow)
        self._format_list.chosen.connect(self._follow_format)
        self._options.changed.connect(self._follow)
        for box in (self._marked, self._private):
            box.toggled.connect(self._later)
        self._preset_line.chosen.connect(self.choose)
        self._preset_line.changed.connect(self.presets_changed)
        self._target.changed.connect(self._judge)
        self._export.clicked.connect(self._begin)
        self._stop.clicked.connect(self._cancel)
        self._again.clicked.connect(self._show_form)
        for closing in (self._back, self._close):
            closing.clicked.connect(self.dismiss)
        self._outcome.open_wished.connect(self.open_wished)
        self.closed.connect(self._drop_preview)

    def _format(self) -> Exporter | None:
        return self._formats.get(self._format_list.key())

    def _follow_format(self) -> None:
        self._show_options()
        self._follow()

    def _show_options(self) -> None:
        exporter = self._format()
        if exporter is not None:
            self._options.show_options(exporter)
            self._options_column.setVisible(bool(exporter.options))
            self._preview.describe(f"{translated(exporter.name)}. {good_for(exporter)}")

    def _follow(self) -> None:
        scope, exporter = self._what.scope(), self._format()
        if exporter is not None:
            self._target.propose(
                (scope.called or scope.name) if scope is not None else "", exporter.ending(self._options.values())
            )
        self._later()

    def _later(self) -> None:
        """Ask for a preview when nothing has changed for a while."""
        self._judge()
        self._drop_preview()
        self._waiting.start()

    def _drop_preview(self) -> None:
        """Say that what was asked for is not wanted any more: a template may take long to show nothing."""
        self._waiting.stop()
        if self._asked is not None:
            self._asked = None
            self.preview_dropped.emit()

    def _judge(self) -> None:
        self._export.setEnabled(self.wish() is not None)

    def _ask_preview(self) -> None:
        wish = self.wish()
        if self._what.scope() is None:
            self._preview.clear("")
        if wish is None or not self.isVisible() or self._pages.currentWidget() is not self._form:
            return
        self._asked = wish
        self._preview.clear(self.tr("Looking…"))
        self.preview_wished.emit(wish)

    def _begin(self) -> None:
        wish = self.wish()
        if wish is None:
            return
        self._drop_preview()
        self._pace = Pace(monotonic())
        self._outcome.begin(str(wish.target))
        self._show_outcome(running=True)
        self.export_wished.emit(wish)

    def _cancel(self) -> None:
        self.cancel_wished.emit()
        self._show_form()

    def _show_form(self) -> None:
        self._pages.setCurrentWidget(self._form)
        self._show_buttons(self._back, self._export)
        self.primary = self._export
        self._target.look()
        self._judge()
        if self._asked is None:
            self._waiting.start()

    def _show_outcome(self, *, running: bool) -> None:
        self._pages.setCurrentWidget(self._outcome)
        if running:
            self._show_buttons(self._stop)
            self.primary = None
            self._stop.setFocus()
        else:
            self._show_buttons(self._again, self._close)
            self.primary = self._close
            self._close.setFocus()

    def _show_buttons(self, *shown: QWidget) -> None:
        self._error.hide()
        for one in (self._again, self._stop, self._back, self._export, self._close):
            one.setVisible(one in shown)
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the options beside the preview, or above it where there is no room for that."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._beside.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def wanted_size(self) -> QSize:
        """Return room for the choices, or less for what came of them."""
        return _CHOICES if self._pages.currentWidget() is self._form else _OUTCOME

    def wanted_place(self, room: QRect, size: QSize) -> QRect:
        """Return the middle of the room."""
        return QRect(room.center() - QRect(0, 0, size.width(), size.height()).center(), size)


def _in_groups(formats: Sequence[Exporter]) -> list[Exporter]:
    """Return formats under their headings, in each by name."""
    return sorted(formats, key=lambda one: (GROUPS.index(one.group), translated(one.name).casefold()))


def _choice(exporter: Exporter) -> Choice:
    also = f"{exporter.key} {exporter.suffix}"
    return Choice(exporter.key, translated(exporter.name), good_for(exporter), "", translated(exporter.group), also)
