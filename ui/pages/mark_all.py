"""*Mark all hits* from the wish to the message: the sheet, what it asks, and the journeys that can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject

from app.errors import AppError
from app.lane import Ticket
from app.search import saying
from app.searching.answers import Proposal, Unit
from ui.commands import marking_hits
from ui.dialogs.mark_all_sheet import MarkAllSheet
from ui.frame import Frame
from ui.wording import complaint, filled

_UNIT: Final = "mark_unit"
_LONGEST: Final = 40  # letters of words in a title


class MarkAll(QObject):
    """Opens the sheet over a window, for what is searched for there."""

    def __init__(self, window: Frame) -> None:
        """Make the sheet."""
        super().__init__(window)
        self._window = window
        self._query = ""
        self._article: int | None = None  # the key of the one that is looked through alone
        self._ticket: Ticket | None = None
        self.sheet = MarkAllSheet(window.looks, window)
        self.sheet.look_up_wished.connect(self._look_up)
        self.sheet.mark_wished.connect(self._mark)
        self.sheet.stop_wished.connect(self._stop)

    def open(self, query: str) -> None:
        """Look through all hits of a query."""
        remembered = self._window.settings.remembered(_UNIT)
        unit = next((one for one in Unit if one == remembered), Unit.SENTENCE)
        self._begin(query, None, unit, self.tr("Mark all hits"))

    def open_in_article(self, words: str, article: int) -> None:
        """Look through one article for words, themselves and nothing round them unless that is wished.

        Raises ``InvalidInput`` where they cannot be searched for.
        """
        shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        title = filled(self.tr("Mark “{words}” everywhere in this article"), words=shown)
        self._begin(saying.phrase(words), article, Unit.WORD, title)

    def _begin(self, query: str, article: int | None, unit: Unit, title: str) -> None:
        self._query, self._article = query, article
        session = self._window.context.session
        last = session.theme(session.last_theme)
        self.sheet.title.setText(title)
        self.sheet.begin(unit, session.themes, (last,) if last is not None else ())

    def _look_up(self, unit: Unit) -> None:
        self._stop()
        if self._article is None:
            self._window.keep(**{_UNIT: unit.value})
        self._ticket = marking_hits.look_up(
            self._window.context.bridge,
            self._query,
            unit,
            self._article,
            self.sheet.show_progress,
            self.sheet.show_proposals,
            self._refused,
        )

    def _mark(self, chosen: Sequence[Proposal], themes: Sequence[str]) -> None:
        self.sheet.begin_marking()
        self._ticket = marking_hits.mark_hits(
            self._window.context, chosen, themes, self.sheet.show_progress, self._ended
        )

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _ended(self) -> None:
        self._ticket = None
        self.sheet.dismiss()

    def _refused(self, error: AppError) -> None:
        self.sheet.show_trouble(*complaint(error))
