"""How far an export is, and what came of it: the files it wrote, and what it had to leave behind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.progress import Progress
from ui.dialogs.journey_words import progress_line
from ui.dialogs.pace import Pace
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row, scrolled
from ui.widgets.buttons import IconButton, button
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number, said

if TYPE_CHECKING:
    from app.exporting.journey import ExportReport

_SHOWN: Final = 8


class ExportOutcome(QWidget):
    """A bar while the export goes on, then its report. ``open_wished`` carries a file or a folder to open."""

    open_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._looks = looks
        self._headline = label("", "strong", wrap=True)
        self._headline.setStyleSheet("font-size: 16px;")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the export"))
        self._count = label("", "muted")
        self._name = ElidedLabel("", "small")
        self._listed: QVBoxLayout = column(spacing=4)
        holder = QWidget()
        holder.setLayout(column(self._listed, None))
        self._report = scrolled(holder, name=self.tr("What came of the export"))
        self.setLayout(column(self._headline, self._bar, self._count, self._name, self._report, None, spacing=8))
        self.layout().setStretch(4, 100)

    def begin(self, target: str) -> None:
        """Show that an export begins."""
        self._headline.setText(self.tr("Exporting"))
        self._bar.setRange(0, 0)
        self._count.setText("")
        self._name.setText(target)
        self._show(running=True)

    def show_progress(self, progress: Progress, pace: Pace) -> None:
        """Show how far it is."""
        self._bar.setRange(0, max(progress.total, progress.done))
        self._bar.setValue(progress.done)
        self._count.setText(progress_line(progress, pace))
        self._name.setText(progress.name)

    def show_report(self, report: ExportReport) -> None:
        """Show what was written and what was left behind."""
        one, many = self.tr("One file is written"), self.tr("{count} files are written")
        count = len(report.written)
        self._headline.setText(one if count == 1 else filled(many, count=number(count)))
        emptied(self._listed)
        self._list_files(report.written)
        self._list_left_behind(report)
        self._show(running=False)

    def _list_left_behind(self, report: ExportReport) -> None:
        if not report.left_behind:
            return
        self._listed.addWidget(label(self.tr("LEFT BEHIND"), "section"))
        for sentence in report.left_behind:
            dash = label("–", "muted")
            line = row(dash, label(said(sentence), wrap=True), spacing=8)
            line.setAlignment(dash, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            self._listed.addLayout(line)

    def _list_files(self, written: Sequence[Path]) -> None:
        self._listed.addWidget(label(self.tr("WRITTEN"), "section"))
        for path in written[:_SHOWN]:
            self._listed.addLayout(self._file(path))
        rest = len(written) - _SHOWN
        if rest > 0:
            self._listed.addWidget(label(filled(self.tr("and {count} more"), count=number(rest)), "muted"))
        folders = dict.fromkeys(str(path.parent) for path in written)
        if folders:
            show = button(self.tr("Show in folder"))
            show.clicked.connect(partial(self.open_wished.emit, next(iter(folders))))
            self._listed.addSpacing(8)
            self._listed.addLayout(row(show, None))
        self._listed.addSpacing(14)

    def _file(self, path: Path) -> QHBoxLayout:
        open_file = IconButton(self._looks, "ph.arrow-square-out", filled(self.tr("Open {name}"), name=path.name))
        open_file.clicked.connect(partial(self.open_wished.emit, str(path)))
        words = column(ElidedLabel(path.name, "strong"), ElidedLabel(str(path.parent), "small"), spacing=0)
        made = row(words, open_file, spacing=8)
        made.setStretch(0, 1)
        return made

    def _show(self, *, running: bool) -> None:
        for widget in (self._bar, self._count, self._name):
            widget.setVisible(running)
        self._report.setVisible(not running)
