"""Refresh: after a deed, whatever shows what it touched asks the library again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.changes import Changes
from ui.commands import boards, collecting, describing, finding, libraries, opening, theming, undoing
from ui.context import Context

_TOGETHER = 0  # milliseconds: changes told in one turn of the event loop are shown at once


class Refresh(QObject):
    """Gathers what was touched and shows it again, a moment later."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Watch the library of a context."""
        super().__init__(parent)
        self._context = context
        self._waiting: list[Changes] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOGETHER)
        self._timer.timeout.connect(self._show)

    def touched(self, changes: Changes) -> None:
        """Show again what a deed touched."""
        self._waiting.append(changes)
        self._timer.start()

    def everything(self) -> None:
        """Show everything again: another program has written, or another library is open."""
        self._waiting.clear()
        context = self._context
        context.parts.list.refresh()
        finding.show_counts(context)
        finding.show_facets(context)
        theming.show_themes(context)
        describing.show_attributes(context)
        collecting.show_collections(context)
        boards.reload_board(context)
        opening.reload_article(context)
        self._show_history()

    def is_idle(self) -> bool:
        """Tell whether nothing waits to be shown again."""
        return not self._waiting

    def stop(self) -> None:
        """Show nothing any more."""
        self._timer.stop()
        self._waiting.clear()

    def _show(self) -> None:
        waiting, self._waiting = self._waiting, []
        articles = frozenset().union(*(changes.articles for changes in waiting))
        marks = frozenset().union(*(changes.highlights for changes in waiting))
        themes = any(changes.themes for changes in waiting)
        attributes = any(changes.attributes for changes in waiting)
        collections = any(changes.collections for changes in waiting)
        context = self._context
        article = context.session.article
        if attributes:
            describing.show_attributes(context)
        if themes or marks:
            theming.show_themes(context)
        if article is not None and article.key in articles:
            opening.reload_article(context)
        elif marks or themes:
            opening.reload_marks(context)
        opening.reopen_article(context, articles)
        found = bool(articles or marks or themes)
        if found:
            context.parts.list.refresh()
            finding.show_counts(context)
        if found or attributes:
            finding.show_facets(context)
        if collections or themes or attributes:  # their queries name themes and attributes
            collecting.show_collections(context)
        if found or collections:
            boards.refresh_board(context, articles, marks)
        self._show_history()

    def _show_history(self) -> None:
        if self._context.parts.side.history.isVisible():
            undoing.show_history(self._context)


def show_library(context: Context, facts: libraries.Facts) -> None:
    """Show which library is open."""
    context.session.name, context.session.example = facts.name, facts.example
    context.parts.library.show_name(facts.name, example=facts.example)
