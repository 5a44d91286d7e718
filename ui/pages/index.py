"""The page of the search index over a window: filled when it is opened, and kept in step while it is there."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.loading import load
from ui.commands import indexing, opening
from ui.frame import Frame
from ui.wording import complaint

if TYPE_CHECKING:
    from ui.dialogs.index_sheet import IndexSheet


class IndexPage(QObject):
    """Opens the page, and hands on what is wished on it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window

    def open(self) -> None:
        """Show what the index holds now."""
        indexing.ask_state(self._window.context, self._sheet.show_state)
        self._sheet.open()

    @cached_property
    def _sheet(self) -> IndexSheet:
        window = self._window
        sheet: IndexSheet = load("ui.dialogs.index_sheet").IndexSheet(window.looks, window)
        sheet.check_wished.connect(self._check)
        sheet.rebuild_wished.connect(window.tending.rebuild)
        sheet.retry_wished.connect(window.tending.retry)
        sheet.open_wished.connect(self._open_article)
        window.tending.progressed.connect(sheet.show_progress)
        window.tending.ended.connect(self._show_again)
        window.tending.refused.connect(self._show_trouble)
        return sheet

    def _show_again(self) -> None:
        if self._sheet.isVisible():
            indexing.ask_state(self._window.context, self._sheet.show_state)

    def _show_trouble(self, error: AppError) -> None:
        self._sheet.show_trouble(" ".join(complaint(error)))

    def _open_article(self, article: str) -> None:
        self._sheet.dismiss()
        opening.open_article(self._window.context, article)

    def _check(self) -> None:
        folder = self._window.context.bridge.folder
        if folder is not None:
            self._sheet.show_checking()
            errand = self._window.shelf.send(partial(indexing.checking, folder))
            errand.done.connect(self._checked)
            errand.refused.connect(self._show_trouble)

    def _checked(self, problems: object) -> None:
        assert isinstance(problems, tuple)
        self._sheet.show_checked(problems)
        self._show_again()
