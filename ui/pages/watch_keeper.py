"""Watched folders over a window: a look into them now and then, what they bring, and the sheet that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.importing.watching import Fresh, Mark, Watched
from app.loading import load
from ui.commands import filling, watching
from ui.dialogs.choosing import choose_folder
from ui.dialogs.journey_words import watched_words
from ui.frame import Frame

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport
    from ui.dialogs.watched_sheet import WatchedSheet

LOOK_AGAIN: Final = 15_000  # milliseconds


class WatchKeeper(QObject):
    """Looks into the watched folders of the open library as long as the window is open."""

    details_wished = Signal(object)
    place_wished = Signal(str)
    table_wished = Signal(object)

    def __init__(self, window: Frame) -> None:
        """Begin to look once a library is open."""
        super().__init__(window)
        self._window = window
        self._is_looking = False
        self._tried: dict[Path, Mark] = {}  # what this window has tried to bring, in this library
        self._waiting: set[Path] = set()  # what of it holds tables that wait for a word
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_AGAIN)
        self._clock.timeout.connect(self.look)
        window.shelf.came.connect(self._begin)
        window.known_columns.grown.connect(self._try_tables_again)

    def look(self) -> None:
        """Look what is new in the watched folders, unless an import is under way."""
        if self._is_looking or self._window.importing.is_busy() or not self._window.context.bridge.is_open():
            return
        self._is_looking = True
        watching.look(self._window.context, dict(self._tried), self._found, self._refused)

    def open(self) -> None:
        """Show which folders are watched."""
        self._show_again()
        self._sheet.open()

    @cached_property
    def _sheet(self) -> WatchedSheet:
        sheet: WatchedSheet = load("ui.dialogs.watched_sheet").WatchedSheet(self._window.looks, self._window)
        sheet.add_wished.connect(self._choose)
        sheet.remove_wished.connect(self._leave)
        return sheet

    def _begin(self, _facts: object) -> None:
        self._is_looking, self._tried, self._waiting = False, {}, set()
        self._clock.start()

    def _try_tables_again(self) -> None:
        """Let the next look find once more what holds tables that could not be read: they may be known now."""
        if self._waiting:
            self._tried = {path: mark for path, mark in self._tried.items() if path not in self._waiting}
            watching.forget(self._window.context, frozenset(self._waiting))

    def _found(self, found: Sequence[Fresh]) -> None:
        self._is_looking = False
        if self._window.importing.is_busy():
            return  # the next look finds it again
        again: set[Path] = set()
        for fresh in found:
            self._tried |= fresh.files
            again |= self._waiting & fresh.files.keys()
        self._waiting -= again
        self._window.importing.bring(self._window.context.bridge, found, self._tell, again)

    def _refused(self, error: AppError) -> None:
        self._is_looking = False
        self._window.messages.complain(error)

    def _tell(self, report: ImportReport) -> None:
        self._waiting |= {Path(one.file) for one in report.unmapped}
        if report.added or report.updated:
            articles = filling.taken(report)
            filling.ask_count(self._window.context, articles, partial(self._say, report, articles))
        elif report.failed:
            self._say(report, (), 0)

    def _say(self, report: ImportReport, articles: Sequence[int], gaps: int) -> None:
        """Say what came; offer to place what lost its passage, to say what a table holds, or to fill in what lacks."""
        lost = [one for one in (*report.added, *report.updated) if one.highlights.orphaned]
        deed = (self.tr("Fill in what is missing…"), partial(self.details_wished.emit, articles)) if gaps else None
        table = next((Path(one.file) for one in report.unmapped if one.source == one.file), None)
        if table is not None:
            deed = self.tr("Say what its columns hold…"), partial(self.table_wished.emit, [table])
        if lost:
            deed = self.tr("Place them again…"), partial(self.place_wished.emit, lost[0].id)
        what, hint = watched_words(report)
        self._window.messages.say(what, hint=hint, deed=deed)

    def _choose(self, collection: str) -> None:
        choose_folder(self._window, self.tr("A folder to watch"), str(Path.home()), partial(self._add, collection))

    def _add(self, collection: str, folder: str) -> None:
        watching.watch(self._window.context, Path(folder), collection, self._changed)

    def _leave(self, folder: Path) -> None:
        watching.leave(self._window.context, folder, self._show_again)

    def _changed(self) -> None:
        self._show_again()
        self.look()

    def _show_again(self) -> None:
        watching.ask_watched(self._window.context, self._show)

    def _show(self, watched: Sequence[Watched]) -> None:
        names = [one.name for one in self._window.context.session.collections if not one.query]
        self._sheet.show_watched(watched, names)
