"""The card of an import over a window: how far it is, what came of it, and what is wished about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.model import Status
from ui.commands import filling, opening, undoing
from ui.frame import Frame

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport


class ImportPage(QObject):
    """Fills the card, and hands on what is wished in it; ``details_wished`` carries the keys of articles."""

    compare_wished = Signal()
    details_wished = Signal(object)

    def __init__(self, window: Frame) -> None:
        """Watch the imports of a window."""
        super().__init__(window)
        self._window = window
        self._taken: Sequence[int] = ()
        self._connect()

    def _connect(self) -> None:
        importing, card = self._window.importing, self._window.import_sheet
        importing.begun.connect(card.begin)
        importing.progressed.connect(card.show_progress)
        importing.reported.connect(self._report)
        importing.refused.connect(card.show_error)
        card.cancel_wished.connect(importing.cancel)
        card.retry_wished.connect(self._retry)
        card.undo_wished.connect(partial(undoing.undo_import, self._window.context))
        card.open_wished.connect(partial(opening.open_article, self._window.context))
        card.compare_wished.connect(self._compare)
        card.place_wished.connect(self.place)
        card.details_wished.connect(self._fill_in)
        self._window.shelf.changed.connect(self._count_again)

    def _report(self, report: ImportReport) -> None:
        self._taken = filling.taken(report)
        self._window.import_sheet.show_report(report)
        self._count()

    def _count_again(self, changes: Changes) -> None:
        """Count anew what is missing as it is filled in."""
        if self._window.import_sheet.isVisible() and not changes.articles.isdisjoint(self._taken):
            self._count()

    def _count(self) -> None:
        if self._taken:
            filling.ask_count(self._window.context, self._taken, self._window.import_sheet.show_gaps)

    def _retry(self, paths: Sequence[Path]) -> None:
        if not self._window.importing.is_busy():
            self._window.importing.retry(self._window.context.bridge, paths)

    def _compare(self, article: str) -> None:
        opening.open_article(self._window.context, article, then=self.compare_wished.emit)

    def place(self, article: str) -> None:
        """Open an article, by its id, at the first of its highlights that lost their passages."""
        opening.open_article(self._window.context, article, then=self._show_lost)

    def _show_lost(self) -> None:
        """Show the first highlight that lost its passage under the notes, where it can be placed by hand."""
        side = self._window.side
        side.show()
        side.show_tab("notes")
        lost = (one.id for one in self._window.context.session.highlights if one.status is Status.ORPHAN)
        side.notes.focus(next(lost, None))

    def _fill_in(self) -> None:
        self.details_wished.emit(self._taken)
