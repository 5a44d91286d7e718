"""Importing: files go in, progress and a report come up; it can be stopped, tried again and undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.importing.watching import ORIGIN as WATCHED
from app.importing.watching import Fresh
from app.lane import Ticket
from app.loading import load
from app.progress import Progress
from app.workspace import Workspace
from ui.bridge import Bridge
from ui.known_columns import KnownColumns
from ui.wording import complaint

if TYPE_CHECKING:
    from app.importing.glimpsing import Glimpse
    from app.importing.journey import Form, Import
    from app.importing.reporting import ImportReport

PATIENCE = 0.02
_CUT_SHORT = "import cut short"  # a setting of the library, until it is told


def cut_short(workspace: Workspace) -> tuple[int, int] | None:
    """Return how many files of how many an import had read when the window was closed over it; it is told once."""
    held = workspace.library.setting(_CUT_SHORT)
    if not held:
        return None
    workspace.library.set_setting(_CUT_SHORT, "")
    done, total = json.loads(held)
    return done, total


def look(
    bridge: Bridge, path: Path, form: Form, then: Callable[[Glimpse], None], refused: Callable[[AppError], None]
) -> Ticket:
    """Look at what an import of a file would bring; cancel the ticket when nobody wants to know any more."""
    return bridge.walk(
        lambda workspace: workspace.preview_import(path, form), lambda _step: None, then, refused=refused
    )


class Importing(QObject):
    """One import at a time, seen from the screen."""

    begun = Signal()
    progressed = Signal(object)
    reported = Signal(object)
    refused = Signal(str, str)

    def __init__(self, known_columns: KnownColumns, parent: QObject | None = None) -> None:
        """Start with nothing under way."""
        super().__init__(parent)
        self._known_columns = known_columns
        self._ticket: Ticket | None = None
        self._work: Import | None = None
        self._leaving = False
        self._forms: Mapping[Path, Form] = {}
        self._given: Sequence[Path] = ()

    def is_busy(self) -> bool:
        """Tell whether an import is under way."""
        return self._ticket is not None

    def begin(
        self,
        bridge: Bridge,
        paths: Sequence[Path],
        forms: Mapping[Path, Form] | None = None,
        folders: Sequence[Path] = (),
    ) -> None:
        """Import files and folders, some of them as ``forms`` say; what is under way already goes on alone.

        ``folders`` are those with which files were given before.
        """
        if self._ticket is not None or not paths:
            return
        self.begun.emit()
        self._forms = forms or {}
        self._given = (*paths, *folders)
        tables = self._known_columns.tables()
        self._ticket = bridge.walk(
            lambda workspace: self._walk(
                workspace, workspace.import_files(paths, form=forms, tables=tables, folders=folders)
            ),
            self.progressed.emit,
            self._done,
            refused=self._refused,
            stopped=self._stopped,
        )

    def retry(self, bridge: Bridge, paths: Sequence[Path]) -> None:
        """Import files of the import before once more, as they were read there, also those of which a part is in."""
        plain = load("app.importing.journey").Form()
        forms = {path: replace(self._forms.get(path, plain), again=True) for path in paths}
        self.begin(bridge, paths, forms, self._given)

    def bring(
        self, bridge: Bridge, found: Sequence[Fresh], then: Callable[[ImportReport], None], again: Set[Path]
    ) -> None:
        """Bring in what lies in watched folders, without a word while it goes on; ``then`` gets a report for each.

        Of files that are read ``again`` a part may be in.
        """
        if self._ticket is not None or not found:
            return
        first, *rest = found

        def done(report: ImportReport) -> None:
            self._ticket = None
            then(report)
            self.bring(bridge, rest, then, again)

        def refused(error: AppError) -> None:
            self._refused(error)
            self.bring(bridge, rest, then, again)

        tables = self._known_columns.tables()
        self._ticket = bridge.walk(
            lambda workspace: self._bring(workspace, first, tables, again),
            lambda _progress: None,
            done,
            refused=refused,
            stopped=self.let_go,
        )

    def let_go(self) -> None:
        """Forget an import whose library was closed: it has ended with it, and its report is of no use elsewhere."""
        self._ticket = self._work = None

    def cancel(self) -> None:
        """Stop after the file at hand; what is in stays in."""
        if self._ticket is not None:
            self._ticket.cancel()

    def leave(self) -> None:
        """Stop because the window closes: the library is told, and tells it when it is opened next."""
        self._leaving = True
        self.cancel()

    def _bring(
        self, workspace: Workspace, fresh: Fresh, tables: Mapping[str, str], again: Set[Path]
    ) -> Generator[Progress, None, ImportReport]:
        forms = dict.fromkeys(again & fresh.files.keys(), load("app.importing.journey").Form(again=True))
        work = workspace.import_files(
            list(fresh.files), fresh.watched.collection, form=forms, origin=WATCHED, tables=tables,
            folders=[fresh.watched.folder],
        )  # fmt: skip
        report = yield from self._walk(workspace, work)
        workspace.watching.remember(fresh, report.unread)
        return report

    def _walk(self, workspace: Workspace, work: Import) -> Generator[Progress, None, ImportReport]:
        self._work = work
        progress = Progress(0, 0, "")
        try:
            with closing(work.run(PATIENCE)) as run:
                for progress in run:
                    yield progress
        except GeneratorExit:
            if self._leaving and progress.done < progress.total:
                workspace.library.set_setting(_CUT_SHORT, json.dumps([progress.done, progress.total]))
            raise
        return work.report

    def _done(self, report: ImportReport) -> None:
        self._ticket = None
        self.reported.emit(report)

    def _stopped(self) -> None:
        self._ticket = None
        self.reported.emit(self._work.report if self._work else load("app.importing.reporting").ImportReport())

    def _refused(self, error: AppError) -> None:
        self._ticket = None
        self.refused.emit(*complaint(error))
