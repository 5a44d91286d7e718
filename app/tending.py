"""What is done for a library when nobody waits: indexing what is missing, learning what is alike, putting in order."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from typing import Final

from app.changes import Changes
from app.errors import LibraryError
from app.library.holdings import Holdings
from app.library.likenesses import Likenesses
from app.progress import Progress
from app.search.index import Index
from app.searching import indexing

FEW: Final = 100
"""So many documents are indexed at the end of a command at most."""

LEARNT: Final = 20
"""Of so many articles is it learnt in one step."""


class Tending:
    """Tends an open library and its index."""

    def __init__(self, holdings: Holdings, index: Index) -> None:
        """Tend ``holdings`` and ``index``; what is written by other programs from now on is noticed."""
        self._holdings = holdings
        self._database = holdings.library.database
        self._index = index
        self._quiet = self._database.foreign_version()
        self._has_changed = False
        holdings.library.follow(self._note_change)

    def _note_change(self, _changes: Changes) -> None:
        self._has_changed = True

    def _likenesses(self) -> Likenesses:
        return Likenesses(self._database, self._holdings.bodies)

    def is_wanted(self) -> bool:
        """Tell whether something is to be indexed, learnt or put in order.

        Nothing is while another program writes: what it is just merging would be taken for something left behind.
        """
        before, self._quiet = self._quiet, self._database.foreign_version()
        if self._quiet != before:
            return False
        if self._database.is_behind() or indexing.is_amiss(self._holdings, self._index):
            return True
        return self._index.is_untidy() or bool(self._likenesses().missing(1))

    def tend(self) -> Generator[Progress, None, None]:
        """Index what is missing and put the index in order, in short steps."""
        if indexing.is_amiss(self._holdings, self._index):
            yield from indexing.mend(self._holdings, self._index)
        yield from indexing.tend(self._holdings, self._index)
        # a merge may have come upon a part that cannot be read
        if indexing.is_amiss(self._holdings, self._index):
            yield from indexing.mend(self._holdings, self._index)
        yield from self._learn()
        if self._database.is_behind():
            self._database.checkpoint()

    def _learn(self) -> Generator[Progress, None, None]:
        """Learn by what articles are known that say mostly the same, where that is not known yet, in short steps."""
        likenesses = self._likenesses()
        while missing := likenesses.missing(LEARNT):
            with self._database.transaction():
                likenesses.fill(missing)
            yield Progress(0, len(missing), "")

    def tidy(self) -> None:
        """Index what little is missing, after a deed; what is more waits for :meth:`tend`, and so does any trouble."""
        with suppress(LibraryError):
            if self._has_changed and 0 < indexing.state(self._holdings, self._index).pending <= FEW:
                for _ in indexing.mend(self._holdings, self._index):
                    pass
