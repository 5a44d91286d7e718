"""Filling in over a window: what is not known of the articles of an import, or of the whole library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.changes import Changes
from app.errors import AppError
from app.loading import load
from app.model import Article, Gap
from ui.commands import filling, undoing
from ui.frame import Frame
from ui.wording import complaint

if TYPE_CHECKING:
    from ui.dialogs.details_form import Given
    from ui.dialogs.details_sheet import DetailsSheet


class DetailsPage(QObject):
    """Opens the sheet, hands on what is wished in it, and keeps it in step with the library."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window

    def open(self, articles: Sequence[int] | None = None) -> None:
        """Show of which articles something is missing, of some or of the whole library."""
        imported = articles is not None
        filling.ask_gaps(self._window.context, articles, lambda gaps: self._sheet.show_gaps(gaps, imported=imported))

    @cached_property
    def _sheet(self) -> DetailsSheet:
        context = self._window.context
        sheet: DetailsSheet = load("ui.dialogs.details_sheet").DetailsSheet(self._window.looks, self._window)
        sheet.articles_wished.connect(self._fetch)
        sheet.beginning_wished.connect(self._begin)
        sheet.values_wished.connect(self._offer)
        sheet.fill_wished.connect(self._fill)
        sheet.undo_wished.connect(partial(undoing.undo_filled, context))
        self._window.shelf.changed.connect(self._show_again)
        return sheet

    def _fetch(self, articles: Sequence[int]) -> None:
        filling.ask_articles(self._window.context, articles, self._sheet.show_articles)

    def _begin(self, article: int) -> None:
        filling.ask_beginning(self._window.context, article, self._show)

    def _offer(self, outlet: str) -> None:
        filling.ask_values(self._window.context, outlet, self._sheet.show_values)

    def _fill(self, articles: tuple[int, ...], given: Given) -> None:
        saved = partial(self._sheet.show_saved, len(articles))
        refused = partial(self._refused, articles, given)
        filling.fill_in(self._window.context, articles, given.fields, given.confirmed, saved, refused)

    def _refused(self, articles: tuple[int, ...], given: Given, error: AppError) -> None:
        """Give back what could not be written, and say why; where the sheet was closed over it, the window says so."""
        why = " ".join(complaint(error)).strip()
        if self._sheet.take_back_unsaved(articles, given, why):
            self._window.context.messages.announce(why)
        else:
            self._window.context.messages.complain(error)

    def _show(self, found: filling.Beginning | None) -> None:
        if found is not None:
            self._sheet.show_beginning(found.article, found.text)

    def _show_again(self, changes: Changes) -> None:
        if not self._sheet.isVisible():
            return
        touched = sorted(changes.articles.intersection(self._sheet.listed()))
        if touched:
            filling.ask_again(
                self._window.context, touched, self._sheet.known(touched), partial(self._changed, touched)
            )

    def _changed(self, touched: Sequence[int], found: tuple[tuple[Gap, ...], list[Article]]) -> None:
        self._sheet.show_changed(touched, *found)
