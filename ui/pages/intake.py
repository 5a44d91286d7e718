"""What is chosen or dropped comes in at once; of tables whose columns nobody has mapped yet it is asked first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from app.importers._base import importers
from app.importers._columns import SUFFIXES
from app.lane import Ticket
from app.loading import load
from ui.commands import importing
from ui.dialogs.choosing import choose_files, choose_folder
from ui.frame import Frame

if TYPE_CHECKING:
    from app.importing.glimpsing import Glimpse
    from app.importing.journey import Form
    from ui.dialogs.import_dialog import ImportDialog
    from ui.dialogs.import_wish import ImportWish

_LATER: Final = 200  # milliseconds


class Intake(QObject):
    """Takes files for a window, and asks about some of them, one after the other."""

    def __init__(self, window: Frame) -> None:
        """Ask nothing yet."""
        super().__init__(window)
        self._window = window
        self._dialog: ImportDialog | None = None
        self._ticket: Ticket | None = None
        self._is_asking = False
        self._plain: list[Path] = []
        self._tables: list[Path] = []
        self._forms: dict[Path, Form] = {}
        window.shelf.came.connect(self._let_go)

    def choose_files(self) -> None:
        """Choose files to import."""
        choose_files(self._window, self.tr("Import files"), self._folder(), self._bring_in_chosen)

    def choose_folder(self) -> None:
        """Choose a folder to import."""
        choose_folder(
            self._window, self.tr("Import a folder"), self._folder(), lambda name: self._bring_in_chosen([name])
        )

    def choose_with_options(self) -> None:
        """Choose files to import, and how they are to be read."""
        choose_files(self._window, self.tr("Import with options"), self._folder(), self._ask)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import files and folders, one import at a time."""
        if self._window.importing.is_busy():
            self._window.messages.say(
                self.tr("An import is going on."), hint=self.tr("Bring these in when it is done.")
            )
        elif self._window.context.bridge.is_open():
            self._take(paths)

    def _folder(self) -> str:
        return str(self._window.settings.remembered("import_folder", str(Path.home())))

    def _bring_in_chosen(self, names: Sequence[str]) -> None:
        self.bring_in(self._begun_from(names))

    def _ask(self, names: Sequence[str]) -> None:
        paths = self._begun_from(names)
        if not self._is_asking:
            self._show(paths)

    def _begun_from(self, names: Sequence[str]) -> list[Path]:
        """Return what was chosen; the next choice begins beside it."""
        paths = [Path(name) for name in names]
        self._window.keep(import_folder=str(paths[0].parent))
        return paths

    def _take(self, paths: Sequence[Path]) -> None:
        """Import files and folders, once it is known what the columns of the tables among them hold."""
        for path in paths:
            (self._tables if path.suffix.lower() in SUFFIXES else self._plain).append(path)
        if not self._is_asking:
            self._next()

    def _let_go(self) -> None:
        """Forget what was to come into another library."""
        self._plain, self._tables, self._forms, self._is_asking = [], [], {}, False
        if self._dialog is not None:
            self._dialog.dismiss()

    def _next(self) -> None:
        """Look at the next table; when there is none, import all that was taken."""
        self._is_asking = bool(self._tables)
        if self._tables:
            path = self._tables.pop(0)
            form = load("app.importing.journey").Form()
            bridge = self._window.context.bridge
            self._ticket = importing.look(bridge, path, form, partial(self._looked, path), partial(self._passed, path))
            return
        if self._window.importing.is_busy():  # a watched folder has something just now
            self._is_asking = True
            QTimer.singleShot(_LATER, self, self._next)
            return
        paths, forms = [*self._plain, *self._forms], self._forms
        self._plain, self._forms = [], {}
        if paths:
            self._window.importing.begin(self._window.context.bridge, paths, forms)

    def _passed(self, path: Path, _error: AppError) -> None:
        """Let the import say what is wrong with a file."""
        self._plain.append(path)
        self._next()

    def _looked(self, path: Path, glimpse: Glimpse) -> None:
        if not glimpse.columns:
            self._plain.append(path)
        elif self._window.known_columns.of(list(glimpse.columns)) is not None:
            self._forms[path] = load("app.importing.journey").Form(glimpse.format)
        else:
            self._show([path])
            return
        self._next()

    def _show(self, paths: Sequence[Path]) -> None:
        self._is_asking = True
        if self._dialog is None:
            made = load("ui.dialogs.import_dialog").ImportDialog
            formats = list(importers().values())
            self._dialog = dialog = made(self._window.looks, formats, self._window.known_columns.of, self._window)
            dialog.glimpse_wished.connect(self._look)
            dialog.import_wished.connect(self._accept)
            dialog.closed.connect(self._closed)
        self._dialog.show_files(paths)
        self._dialog.open()

    def _look(self, wish: ImportWish) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        bridge = self._window.context.bridge
        show = partial(self._show_glimpse, wish)
        self._ticket = importing.look(bridge, wish.paths[0], wish.form, show, self._window.messages.complain)

    def _show_glimpse(self, wish: ImportWish, glimpse: Glimpse) -> None:
        if self._dialog is not None:
            self._dialog.show_glimpse(wish, glimpse)

    def _accept(self, wish: ImportWish) -> None:
        assert self._dialog is not None
        columns = self._dialog.columns()
        if columns:
            self._window.known_columns.remember(columns)
        self._forms |= dict.fromkeys(wish.paths, wish.form)

    def _closed(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._next()
