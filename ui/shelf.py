"""The shelf: which library is open, how another takes its place, and the errands that run beside it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app import places
from app.errors import AppError
from app.workspace import Workspace
from ui.bridge import Bridge
from ui.commands import libraries, opening, writing
from ui.context import Context, Session
from ui.errand import Errand
from ui.wording import filled, number

_BACKUP_AFTER: Final = 8_000  # milliseconds after a library was opened


class Shelf(QObject):
    """Opens, makes and switches libraries. ``came`` brings the facts of one that is open now."""

    came = Signal(object)
    failed = Signal(object)
    changed = Signal(object)
    changed_elsewhere = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        """Start with no library open."""
        super().__init__(parent)
        self._context = context
        self._opening: Bridge | None = None
        self._bridges: list[Bridge] = []
        self._errands: list[Errand] = []
        self._planting: Errand | None = None
        self._left: list[tuple[Bridge, writing.Unwritten]] = []  # what was typed into libraries that are being closed

    def open(self, folder: str, *, create: bool = False, name: str = "") -> None:
        """Open the library in a folder; the one that was open is closed when the new one is there."""
        bridge = Bridge(places.written(folder).absolute(), create=create, parent=self)
        self._opening = bridge
        self._bridges.append(bridge)
        bridge.opened.connect(partial(self._opened, bridge, name))
        bridge.failed_to_open.connect(partial(self._not_opened, bridge))
        bridge.closed.connect(partial(self._let_go, bridge))
        bridge.refused.connect(self._context.messages.complain)
        bridge.broke.connect(self._context.messages.report)

    def make(self, folder: str, name: str) -> None:
        """Make a library in a folder and open it; where one is already, refuse."""
        try:
            made = libraries.site(places.written(folder).absolute(), name)
        except AppError as error:
            self.failed.emit(error)
        else:
            self.open(str(made), create=True, name=name)

    def open_example(self) -> None:
        """Open the example library; make it when it is not there yet."""
        if self._planting is not None and not self._planting.is_done():
            return  # a second click
        errand = self._planting = self.send(partial(libraries.planting, libraries.example_folder()))
        errand.done.connect(self.open)
        self._context.messages.say(self.tr("Preparing the example library …"))

    def send(self, journey: Callable[[], Generator[Any, None, Any]]) -> Errand:
        """Send an errand on its way; what goes wrong with it is told."""
        errand = Errand(journey, self)
        errand.refused.connect(self._context.messages.complain)
        errand.broke.connect(self._context.messages.report)
        for other in [one for one in self._errands if one.is_done()]:
            self._errands.remove(other)
            other.end()
            other.deleteLater()
        self._errands.append(errand)
        return errand

    def back_up(self) -> None:
        """Back up the open library now, and say so."""
        if self._context.bridge.folder is not None:
            self.send(partial(libraries.backing_up, self._context.bridge.folder)).done.connect(self._backed_up)

    def is_idle(self) -> bool:
        """Tell whether no library is being opened and no errand is under way."""
        return self._opening is None and all(errand.is_done() for errand in self._errands)

    def end(self) -> None:
        """Close everything, once what was refused until now had its last chance; returns when it is closed."""
        self._write_again()
        for bridge in self._bridges:
            bridge.end()
        for errand in self._errands:
            errand.end()
        for bridge in self._bridges:
            bridge.join()
        for bridge, unwritten in [*self._left, (self._context.bridge, self._context.session.unwritten)]:
            writing.keep(bridge.folder, unwritten)

    def _not_opened(self, bridge: Bridge, error: object) -> None:
        if bridge is self._opening:
            self._opening = None
        self._let_go(bridge)
        self.failed.emit(error)

    def _not_listed(self, bridge: Bridge, error: AppError) -> None:
        """Leave a library that was opened, but holds what cannot be read; the one before stays open."""
        if bridge is self._opening:
            self._opening = None
            self.failed.emit(error)
        bridge.end()

    def _let_go(self, bridge: Bridge) -> None:
        """Forget a library that is closed, unless the window closes with it; its thread is at its end."""
        bridge.join()
        for left in [left for left in self._left if left[0] is bridge]:
            self._left.remove(left)
            writing.keep(bridge.folder, left[1])
        if bridge in self._bridges and bridge is not self._context.bridge:
            self._bridges.remove(bridge)
            bridge.deleteLater()

    def _opened(self, bridge: Bridge, name: str) -> None:
        if name:
            bridge.ask(lambda workspace: workspace.library.set_setting("name", name))
        bridge.ask(libraries.facts, partial(self._came, bridge), refused=partial(self._not_listed, bridge))

    def _came(self, bridge: Bridge, facts: libraries.Facts) -> None:
        if bridge is not self._opening:
            bridge.end()  # a later wish has overtaken this one
            return
        self._opening = None
        self._put_in_place(bridge)
        self._context.messages.hush()
        try:
            libraries.remember(self._context.settings, libraries.Known(facts.name, str(bridge.folder), facts.example))
        except AppError as error:
            self._context.messages.complain(error)
        self.came.emit(facts)
        writing.offer(self._context)
        if self._context.settings.get("idle_backup"):
            QTimer.singleShot(_BACKUP_AFTER, self, partial(self._look_at_backups, bridge))

    def _put_in_place(self, bridge: Bridge) -> None:
        """Let a library take the place of the one that was open."""
        context = self._context
        before = context.bridge
        opening.close_article(context)
        context.parts.centre.show_board(shown=False)  # a note that is being written on it is one of the library before
        self._write_again()
        self._left.append((before, context.session.unwritten))
        context.session = Session()
        context.bridge = bridge
        before.end()
        bridge.changed.connect(self.changed)
        bridge.changed.connect(self._write_again)
        bridge.changed_elsewhere.connect(self.changed_elsewhere)

    def _write_again(self) -> None:
        """Write down what the library could not take until now."""
        writing.try_again(self._context)

    def _look_at_backups(self, bridge: Bridge) -> None:
        if bridge is self._context.bridge and bridge.is_open():
            bridge.ask(Workspace.is_backed_up, self._back_up_unless, idle=True)

    def _back_up_unless(self, done: bool) -> None:
        if not done and self._context.bridge.folder is not None:
            self.send(partial(libraries.backing_up, self._context.bridge.folder))

    def _backed_up(self, size: int) -> None:
        self._context.messages.say(filled(self.tr("Backed up: {size} kB, verified."), size=number(size // 1024)))
