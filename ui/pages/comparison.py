"""Comparing over a window: the open article beside an earlier text of it, or beside another article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.loading import load
from app.model import Article
from ui.commands import comparing, opening
from ui.frame import Frame

if TYPE_CHECKING:
    from app.comparing import Other
    from ui.dialogs.comparison_sheet import ComparisonSheet


class ComparisonPage(QObject):
    """Opens the sheet, and hands on what is wished in it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._article: Article | None = None

    def open(self) -> None:
        """Show the open article beside what it can be compared with, or say that there is nothing."""
        article = self._window.context.session.article
        if article is not None:
            comparing.ask_others(self._window.context, article.key, lambda others: self._show(article, others))

    @cached_property
    def _sheet(self) -> ComparisonSheet:
        made = load("ui.dialogs.comparison_sheet").ComparisonSheet
        sheet: ComparisonSheet = made(self._window.looks, self._window)
        sheet.chosen.connect(self._compare)
        sheet.carry_wished.connect(self._carry)
        sheet.open_wished.connect(self._open_other)
        return sheet

    def _show(self, article: Article, others: Sequence[Other]) -> None:
        if not others:
            self._window.messages.say(
                self.tr("There is nothing to compare this article with."),
                hint=self.tr("It has no earlier text, and no other article says mostly the same."),
            )
            return
        self._article = article
        self._sheet.show_others(article, others)
        self._sheet.open()

    def _compare(self, other: Other) -> None:
        if self._article is not None:
            comparing.ask_comparison(self._window.context, self._article.key, other, self._sheet.show_comparison)

    def _carry(self, other: Other) -> None:
        if self._article is not None and other.article is not None:
            comparing.carry(self._window.context, other.article.key, self._article.key, lambda: self._compare(other))

    def _open_other(self, article: str) -> None:
        self._sheet.dismiss()
        opening.open_article(self._window.context, article)
