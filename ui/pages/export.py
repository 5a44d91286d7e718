"""Exporting from the window: what there is to export, the dialog over it, the journey, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.errors import AppError
from app.exporters._base import exporters
from app.exporting import presets
from app.exporting.presets import Preset
from app.lane import Ticket
from app.loading import load
from app.options import ATTRIBUTES, CODERS
from ui.commands import exporting
from ui.dialogs import export_scopes
from ui.dialogs.export_scopes import EVERYTHING
from ui.dialogs.export_wish import ExportWish, Scope
from ui.frame import Frame
from ui.wording import complaint

if TYPE_CHECKING:
    from app.exporting.journey import ExportReport
    from ui.dialogs.export_dialog import ExportDialog

_FIRST: Final = "html"  # the format that is chosen as long as none was


class ExportPage(QObject):
    """Opens the export dialog over a window, and does what is wished in it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._dialog: ExportDialog | None = None
        self._ticket: Ticket | None = None
        self._looking: Ticket | None = None

    def open(self, chosen: str = "") -> None:
        """Open the dialog with something chosen by its key, or what was exported last."""
        self._window.search.settle(lambda: self._show(self._scopes(), chosen))

    def open_board(self) -> None:
        """Export what the board shows; of a collection that a search fills, the passages."""
        session = self._window.context.session
        kind, given = session.board or ("", "")
        if any(one.id == given and one.query for one in session.collections):
            kind = export_scopes.COLLECTION_PASSAGES
        self.open(f"{kind}:{given}" if given else "")

    def open_collection(self, collection: str) -> None:
        """Export a collection."""
        self.open(f"collection:{collection}")

    def open_articles(self, articles: Sequence[str]) -> None:
        """Export the chosen articles."""
        chosen = export_scopes.of_chosen(articles)
        self._window.search.settle(lambda: self._show([chosen, *self._scopes()], chosen.key))

    def _scopes(self) -> list[Scope]:
        session, query = self._window.context.session, self._window.search.query()
        scopes = [export_scopes.of_everything()]
        if session.article is not None:
            scopes.append(export_scopes.of_article(session.article))
        if query:
            listed = self._window.search.listing().passages
            scopes += [export_scopes.of_search(query, passages=passages) for passages in (listed, not listed)]
        for one in session.collections:
            scopes += export_scopes.of_collection(one)
        scopes += export_scopes.of_themes(session.themes)
        return scopes

    def _last(self, scopes: Sequence[Scope]) -> str:
        """Return what was exported last; of a search, what is searched for now."""
        last = presets.read(self._window.settings.remembered("export_last"))
        searches = (export_scopes.SEARCH, export_scopes.PASSAGES)
        if last is not None and last.kind in searches:
            return next((one.key for one in scopes if one.key.partition(":")[0] in searches), last.what)
        return last.what if last is not None else ""

    def _show(self, scopes: Sequence[Scope], chosen: str) -> None:
        settings, dialog = self._window.settings, self._dialog or self._made()
        dialog.set_default_folder(str(settings.remembered("export_folder", str(Path.home()))))
        session = self._window.context.session
        dialog.show_names({ATTRIBUTES: [one.name for one in session.attributes], CODERS: sorted(session.coders)})
        dialog.show_scopes(scopes, chosen or self._last(scopes) or EVERYTHING)
        dialog.open()

    def _made(self) -> ExportDialog:
        settings = self._window.settings
        made = load("ui.dialogs.export_dialog").ExportDialog
        dialog: ExportDialog = made(self._window.looks, list(exporters().values()), self._window)
        dialog.preview_wished.connect(self._preview)
        dialog.preview_dropped.connect(self._drop_preview)
        dialog.export_wished.connect(self._begin)
        dialog.cancel_wished.connect(self._cancel)
        dialog.open_wished.connect(_open_path)
        dialog.presets_changed.connect(self._keep_presets)
        dialog.show_presets(presets.read_all(settings.remembered("export_presets")))
        last = presets.read(settings.remembered("export_last"))
        dialog.choose(last or Preset("", EVERYTHING, _FIRST), what=False)
        self._dialog = dialog
        return dialog

    def _keep_presets(self, kept: Sequence[Preset]) -> None:
        try:
            self._window.settings.remember(export_presets=[presets.written(one) for one in kept])
        except AppError as error:
            self._window.messages.complain(error)

    def _drop_preview(self) -> None:
        if self._looking is not None:
            self._looking.cancel()

    def _preview(self, wish: ExportWish) -> None:
        self._drop_preview()
        self._looking = exporting.ask_preview(
            self._window.context.bridge, wish, partial(self._show_preview, wish), self._show_error
        )

    def _show_preview(self, wish: ExportWish, files: list[tuple[str, bytes]]) -> None:
        assert self._dialog is not None
        for path, data in files:
            self._dialog.show_preview(wish, path or wish.target.name, data)

    def _begin(self, wish: ExportWish) -> None:
        assert self._dialog is not None
        self._ticket = exporting.export(
            self._window.context.bridge,
            wish,
            self._dialog.show_progress,
            partial(self._exported, wish, self._dialog.choices()),
            self._show_error,
            self._stopped,
        )

    def _exported(self, wish: ExportWish, chosen: Preset, report: ExportReport) -> None:
        # a folder that could not be written to is not kept
        self._window.keep(export_folder=str(wish.target.parent), export_last=presets.written(chosen))
        assert self._dialog is not None
        self._dialog.show_report(report)

    def _stopped(self) -> None:
        self._ticket = None

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _show_error(self, error: AppError) -> None:
        assert self._dialog is not None
        self._dialog.show_error(*complaint(error))


def _open_path(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
