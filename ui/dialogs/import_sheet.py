"""An import as it goes, and what came of it: a card in the corner that leaves the reader reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app.progress import Progress
from ui.dialogs.import_report import ImportReportView
from ui.dialogs.journey_words import found_line, headline, progress_line, whole_report
from ui.dialogs.pace import Pace
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton, button
from ui.widgets.floating import FloatingCard
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport

_SMALL: Final = 400
_LARGE: Final = 560
_DRAWN_EVERY: Final = 80


class ImportSheet(FloatingCard):
    """Floats at the bottom left of ``parent``; it never takes the keyboard by itself."""

    cancel_wished = Signal()
    retry_wished = Signal(object)
    undo_wished = Signal(int)
    open_wished = Signal(str)
    compare_wished = Signal(str)
    place_wished = Signal(str)
    details_wished = Signal()
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one; :meth:`begin` shows it."""
        super().__init__(looks, parent)
        self._report: ImportReport | None = None
        self._progress: Progress | None = None
        self._pace = Pace(monotonic())
        self._stopping = False
        self._drawing = QTimer(self)
        self._drawing.setSingleShot(True)
        self._drawing.setInterval(_DRAWN_EVERY)
        self._drawing.timeout.connect(self._draw_progress)
        self._make(looks)
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Show that an import begins."""
        self._report, self._stopping = None, False
        self._pace = Pace(monotonic())
        self._title.setText(self.tr("Importing"))
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("Cancel"))
        self._name.setText(self.tr("Looking for files…"))
        self._bar.setRange(0, 0)
        self._bar.setValue(0)
        self._progress = None
        self._count.setText("")
        self._show_running(True)
        self.appear()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is; many of these in a row cost one drawing."""
        self._progress = progress
        self._pace.take(progress.done, monotonic())
        if not self._drawing.isActive():
            self._drawing.start()

    def show_report(self, report: ImportReport) -> None:
        """Show what was done; after a cancel, say that what is in stays in."""
        self._drawing.stop()
        self._report = report
        self._title.setText(headline(report))
        self._below.setText(self._sentence(report))
        self._list.show_report(report)
        self._retry.setVisible(bool(report.failed))
        self._undo.setVisible(report.step is not None)
        self._copy.setText(self.tr("Copy report"))
        self._gaps.hide()
        listed = self._list.model().rowCount() > 0
        self._list.setVisible(listed)
        self._copy.setVisible(listed)
        self._show_running(False)
        self.appear()

    def show_gaps(self, count: int) -> None:
        """Offer to fill in what is not known of so many of the articles."""
        one, many = self.tr("1 needs details"), self.tr("{count} need details")
        self._gap_count.setText(one if count == 1 else filled(many, count=number(count)))
        self._gaps.setVisible(count > 0)
        if not self._finished.isHidden():
            self._fit()

    def show_error(self, what: str, hint: str) -> None:
        """Say why the import as a whole did not go on, and what to do."""
        self._drawing.stop()
        self._report = None
        self._title.setText(what)
        self._below.setText(hint)
        for hidden in (self._list, self._retry, self._undo, self._copy, self._gaps):
            hidden.hide()
        self._show_running(False)
        self.appear()

    def is_running(self) -> bool:
        """Tell whether an import is going on as far as this card knows."""
        return self.isVisible() and self._running.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc once the import is over; while it runs, Esc leaves it running."""
        if event.key() == Qt.Key.Key_Escape and not self.is_running():
            self._close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place in the corner when the window changes its size."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _make(self, looks: Looks) -> None:
        self._title = label("", "strong", wrap=True)
        self._title.setStyleSheet("font-size: 16px;")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the import"))
        self._count = label("", "muted")
        self._name = ElidedLabel("", "small")
        self._cancel = button(self.tr("Cancel"))
        self._below = label("", "muted", wrap=True)
        self._list = ImportReportView(looks)
        self._gap_count = label("", "muted")
        self._fill_in = button(self.tr("Fill in…"), "link")
        self._gaps = QWidget()
        self._retry = button(self.tr("Try the failed ones again"))
        self._undo = button(self.tr("Undo the import"))
        self._copy = button(self.tr("Copy report"))
        self._done = button(self.tr("Close"), "primary")
        self._corner = IconButton(looks, "ph.x", self.tr("Close"), size=16)
        self._running, self._finished = QWidget(), QWidget()

    def _lay_out(self) -> None:
        self._running.setLayout(
            column(self._bar, 2, row(self._count, None, self._cancel, spacing=8), self._name, spacing=6)
        )
        self._gaps.setLayout(row(self._gap_count, self._fill_in, None, spacing=6))
        buttons = row(self._retry, self._undo, self._copy, None, self._done, spacing=8)
        self._finished.setLayout(column(self._below, self._list, self._gaps, 8, buttons, spacing=8))
        head = row(self._title, self._corner, spacing=8)
        self.set_content(column(head, self._running, self._finished, margins=(20, 14, 16, 16), spacing=8))

    def _connect(self) -> None:
        self._cancel.clicked.connect(self._stop)
        self._retry.clicked.connect(self._retry_failed)
        self._undo.clicked.connect(self._undo_import)
        self._copy.clicked.connect(self._copy_report)
        self._done.clicked.connect(self._close)
        self._corner.clicked.connect(self._close)
        self._fill_in.clicked.connect(self.details_wished)
        self._list.open_wished.connect(self.open_wished)
        self._list.compare_wished.connect(self.compare_wished)
        self._list.place_wished.connect(self.place_wished)
        self._list.grown.connect(self._fit)

    def _show_running(self, running: bool) -> None:
        self._running.setVisible(running)
        self._finished.setVisible(not running)
        self._corner.setVisible(not running)
        self._fit()

    def _fit(self) -> None:
        """Take the room that is needed, and no more than the window has."""
        running = not self._finished.isVisibleTo(self)
        self._below.setVisible(bool(self._below.text()))
        room = self.room()
        self._list.setFixedHeight(max(92, min(self._list.wanted_height(), room.height() - 220)))
        self.fit(_SMALL if running else _LARGE)

    def _draw_progress(self) -> None:
        progress = self._progress
        if progress is None:
            return
        if not progress.name:  # files are still looked for
            self._count.setText(found_line(progress.total))
            return
        total = max(progress.total, progress.done)
        self._bar.setRange(0, total)
        self._bar.setValue(progress.done)
        self._count.setText(progress_line(progress, self._pace))
        self._name.setText(Path(progress.name).name)

    def _sentence(self, report: ImportReport) -> str:
        if self._stopping:
            return self.tr("You stopped the import. What was read before is in the library and can be undone.")
        if report.failed:
            return self.tr("Each file that failed is below, with its reason.")
        return ""

    def _stop(self) -> None:
        self._stopping = True
        self._cancel.setEnabled(False)
        self._cancel.setText(self.tr("Stopping…"))
        self.cancel_wished.emit()

    def _retry_failed(self) -> None:
        if self._report is not None:
            self.retry_wished.emit(_paths(self._report))

    def _undo_import(self) -> None:
        if self._report is not None and self._report.step is not None:
            self.undo_wished.emit(self._report.step)
            self._close()  # what it lists can be opened no longer

    def _copy_report(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(whole_report(self._report))
            self._copy.setText(self.tr("Copied"))

    def _close(self) -> None:
        self.vanish()
        self.closed.emit()


def _paths(report: ImportReport) -> Sequence[Path]:
    """Return the files that failed, or of which a part failed, each once."""
    return tuple(dict.fromkeys(Path(refused.file or refused.source) for refused in report.failed))
