"""Merging another library over a window: it is looked at first, and merged when that is wished."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.lane import Ticket
from app.loading import load
from ui.commands import coding
from ui.dialogs.choosing import choose_folder
from ui.errand import Errand
from ui.frame import Frame
from ui.wording import complaint

if TYPE_CHECKING:
    from app.merging.journey import MergeReport
    from ui.dialogs.merge_sheet import MergeSheet


class MergePage(QObject):
    """Asks for a library, shows what a merge would do, and does it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._other = Path()
        self._errand: Errand | None = None
        self._ticket: Ticket | None = None

    def open(self) -> None:
        """Ask which library is to be merged in."""
        here = self._window.context.bridge.folder
        start = str(here.parent if here is not None else Path.home())
        choose_folder(self._window, self.tr("Merge another library"), start, self.look_at)

    def look_at(self, folder: str) -> None:
        """Show what a merge of the library in a folder would do."""
        here = self._window.context.bridge.folder
        if here is None:
            return
        self._other = Path(folder)
        self._sheet.begin(self._other.name)
        errand = self._errand = self._window.shelf.send(partial(coding.previewing, here, self._other))
        errand.done.connect(partial(self._looked_at, errand))
        errand.refused.connect(partial(self._refused, errand))

    @cached_property
    def _sheet(self) -> MergeSheet:
        sheet: MergeSheet = load("ui.dialogs.merge_sheet").MergeSheet(self._window.looks, self._window)
        sheet.merge_wished.connect(self._merge)
        sheet.stopped.connect(self._stop)
        return sheet

    def _looked_at(self, errand: Errand, report: MergeReport) -> None:
        if errand is self._errand:
            self._sheet.show_preview(report)

    def _refused(self, errand: Errand, error: AppError) -> None:
        if errand is self._errand:
            self._show_trouble(error)

    def _show_trouble(self, error: AppError) -> None:
        self._sheet.show_trouble(" ".join(complaint(error)))

    def _merge(self) -> None:
        self._ticket = coding.merge(self._window.context, self._other, self._merged, self._show_trouble)

    def _merged(self, report: MergeReport) -> None:
        self._ticket = None
        self._sheet.dismiss()
        coding.say_merged(self._window.context, report)

    def _stop(self) -> None:
        self._errand = None
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
