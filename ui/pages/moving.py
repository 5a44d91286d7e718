"""Taking a library along: packed into one file, unpacked on the next machine, and warned of where others copy it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject

from app import places
from app.packing import SUFFIX, in_synchronised_folder, pack, unpack
from app.progress import Progress
from ui.commands import libraries
from ui.dialogs.choosing import choose_file, choose_target
from ui.dialogs.new_library import free_folder
from ui.frame import Frame
from ui.wording import filled, number, said

_WARNED: Final = "synchronised"
_PAUSE: Final = 1_500  # milliseconds between two words on how far it is


class Moving(QObject):
    """Packs and unpacks libraries for a window."""

    def __init__(self, window: Frame) -> None:
        """Look at each library that is opened."""
        super().__init__(window)
        self._window = window
        self._told = QElapsedTimer()
        self._told.start()
        window.shelf.came.connect(self._look)

    def pack(self) -> None:
        """Ask for a file, and pack the open library into it."""
        folder = self._window.context.bridge.folder
        if folder is not None:
            start = str(Path.home() / f"{folder.name}{SUFFIX}")
            choose_target(
                self._window, self.tr("Pack the library into one file"), start, SUFFIX, partial(self._pack, folder)
            )

    def unpack(self) -> None:
        """Ask for a packed library, and open it in a folder of its own."""
        choose_file(self._window, self.tr("Open a packed library"), str(Path.home()), SUFFIX, self.unpack_file)

    def unpack_file(self, file: str) -> None:
        """Unpack a file into a new folder beside the other libraries, and open it."""
        folder = free_folder(places.libraries_folder() / (Path(file).stem or "library"))
        errand = self._window.shelf.send(partial(unpack, Path(file), folder))
        errand.progressed.connect(partial(self._tell, self.tr("Unpacking the library: {done} of {total} files.")))
        errand.done.connect(lambda made: self._window.shelf.open(str(made)))

    def _pack(self, folder: Path, file: str) -> None:
        errand = self._window.shelf.send(partial(pack, folder, Path(file)))
        errand.progressed.connect(partial(self._tell, self.tr("Packing the library: {done} of {total} files.")))
        errand.done.connect(self._packed)

    def _tell(self, template: str, progress: Progress) -> None:
        """Say how far it is, now and then."""
        if self._told.hasExpired(_PAUSE):
            self._told.start()
            self._window.messages.say(filled(template, done=number(progress.done), total=number(progress.total)))

    def _packed(self, file: Path) -> None:
        self._window.messages.say(
            filled(self.tr("The library is packed into “{file}”."), file=file.name),
            hint=self.tr("Copy that file to the other computer and open it there with “Open a packed library”."),
        )

    def _look(self, _facts: libraries.Facts) -> None:
        """Warn once of each library that lies where a service copies it to other machines."""
        folder = self._window.context.bridge.folder
        service = places.synchroniser(folder) if folder is not None else ""
        warned = self._window.settings.remembered(_WARNED, [])
        known = [str(one) for one in warned] if isinstance(warned, list) else []
        if service and str(folder) not in known:
            self._window.keep(**{_WARNED: [*known, str(folder)]})
            self._window.messages.say(said(in_synchronised_folder(service)))
