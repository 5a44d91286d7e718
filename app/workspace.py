"""THE door: an open library with its index and the journeys through it. Screen and command line use only this."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from app import backup, places
from app.backup import Backup
from app.changes import Changes
from app.checking import CheckReport, check
from app.citing import HOUSE
from app.deeds import Deeds
from app.erasing import compact, erase
from app.errors import LibraryDamaged, NotFound
from app.exporting.bundling import Selection, bundle
from app.exporting.journey import ExportReport, export, preview
from app.exporting.journey import check as check_export
from app.importing.originals import Originals
from app.importing.watching import Watching
from app.library.holdings import Holdings
from app.library.journal import room_left
from app.library.library import Library
from app.library.steps import Step
from app.loading import load
from app.merging.journey import MergeReport, merge, preview_merge
from app.model import Article, Bundle
from app.progress import Progress, end_of
from app.search.completing import Vocabulary
from app.search.index import Index
from app.search.mending import Mended
from app.searching import indexing
from app.searching.answers import Hits, Proposal, Proposals, Results, Unit
from app.searching.boards import Boards
from app.searching.finding import Searching
from app.searching.indexing import IndexState
from app.searching.marking import MarkReport, mark, propose
from app.stock import take_stock
from app.tending import Tending
from app.text.body import Body
from app.wording import Message

if TYPE_CHECKING:
    from app.importing.glimpsing import Glimpse
    from app.importing.journey import Form, Import
    from app.importing.reading import Readers
    from app.proofing.proof import Proof

PREVIEWED: Final = 8


class Workspace:
    """An open library. The nouns (``articles``, ``themes``, ...) read and change it; the methods are its journeys.

    For one thread at a time. Close it, or use it in a ``with`` statement.
    """

    def __init__(self, folder: Path, *, create: bool = True, origin: str = "command line") -> None:
        """Open the library in ``folder``, made when there is none and ``create`` says so. Raises ``LibraryError``."""
        self.library = Library(folder, create=create, origin=origin, before_migration=backup.before_migration)
        self.holdings = Holdings(self.library)
        self.articles = self.holdings.articles
        self.bodies = self.holdings.bodies
        self.gaps = self.holdings.gaps
        self.watching = Watching(self.library, self.holdings.collections)
        self.furniture = self.holdings.furniture
        self.versions = self.holdings.versions
        self.highlights = self.holdings.highlights
        self.themes = self.holdings.themes
        self.notes = self.holdings.notes
        self.attributes = self.holdings.attributes
        self.collections = self.holdings.collections
        self.rounds = self.holdings.rounds
        self.layers = self.holdings.layers
        self.positions = self.holdings.positions
        self.deeds = Deeds(self.holdings)
        self._index = Index(self.library.database.connection)
        self._searching = Searching(self.holdings, self._index)
        self.boards = Boards(self.holdings, self._searching)
        self._version = self.library.database.foreign_version()
        self.library.follow(partial(indexing.follow, self.holdings, self._index))
        self._tending = Tending(self.holdings, self._index)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Close the library."""
        self.library.close()

    def search(
        self,
        query: str,
        *,
        passages: bool = False,
        limit: int = 20,
        offset: int = 0,
        order: str = "relevance",
        reverse: bool = False,
        counted: bool = True,
        typing: bool = False,
    ) -> Results:
        """Answer a query with articles or passages; ``counted``: with the facets of the whole answer.

        ``order`` is relevance, published, added or title; ``reverse`` turns the last three round. While ``typing`` the
        last word may be the beginning of another.
        """
        return self._searching.search(
            query,
            passages=passages,
            limit=limit,
            offset=offset,
            order=order,
            reverse=reverse,
            counted=counted,
            typing=typing,
        )

    def facets(
        self, query: str, *, passages: bool = False, typing: bool = False
    ) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Return how often each outlet, theme, month, state, language and attribute value stands in an answer."""
        return self._searching.facets(query, passages=passages, typing=typing)

    def keys(self, query: str, *, passages: bool = False, order: str = "relevance", reverse: bool = False) -> list[int]:
        """Return the keys of all articles (or highlights) that a query finds, in order."""
        return self._searching.keys(query, passages=passages, order=order, reverse=reverse)

    def ids(
        self,
        query: str,
        *,
        passages: bool = False,
        order: str = "relevance",
        reverse: bool = False,
        typing: bool = False,
    ) -> Generator[Progress, None, list[str]]:
        """Look up the ids of all that a query finds, in the order of ``search``; yields progress, returns them."""
        return self._searching.ids(query, passages=passages, order=order, reverse=reverse, typing=typing)

    def count(self, query: str, *, passages: bool = False, typing: bool = False) -> int:
        """Return how many articles (or highlights) a query finds; ``typing`` as in ``search``."""
        return self._searching.count(query, passages=passages, typing=typing)

    def hits(self, query: str, article: int, *, typing: bool = False) -> Hits:
        """Return where the words of a query stand in one article; ``typing`` as in ``search``."""
        return self._searching.hits(query, article, typing=typing)

    def propose(self, query: str, unit: Unit, article: int | None = None) -> Generator[Progress, None, Proposals]:
        """Look up what a query would mark, in all articles or in one; yields progress, returns the proposals."""
        return propose(self.holdings, self._searching, query, unit, article)

    def mark(
        self, chosen: Sequence[Proposal], themes: Sequence[str], note: str = ""
    ) -> Generator[Progress, None, MarkReport]:
        """Mark the proposals that were not refused, as one step; yields progress, returns the report."""
        return mark(self.holdings, chosen, themes, note)

    def vocabulary(self) -> Vocabulary:
        """Return what a query can name in this library, with counts, to complete what is typed."""
        return self._searching.vocabulary()

    def pictures(self, body: Body) -> dict[str, bytes]:
        """Return the kept pictures that a text shows, by the SHA-256 that its image blocks name."""
        return Originals(self.library.originals).pictures(body)

    def keeps_original(self, article: Article) -> bool:
        """Tell whether the file that an article was read from is kept here: it stays where an export was made."""
        return Originals(self.library.originals).keeps(article.original)

    def original(self, article: int) -> Path:
        """Return a copy of the file that an article was read from, for another program to open.

        Raises ``NotFound`` when the library keeps none.
        """
        found = next(iter(self.articles.by_keys([article])), None)
        if found is None:
            raise NotFound("This article is not in the library any more.", "Choose another one in the list.")
        return Originals(self.library.originals).shown(found.original, found.source, places.opened_files())

    def import_files(
        self,
        paths: Sequence[Path],
        collection: str = "",
        jobs: int | None = None,
        form: Form | Mapping[Path, Form] | None = None,
        origin: str = "",
        tables: Mapping[str, str] | None = None,
        folders: Sequence[Path] = (),
        readers: Readers | None = None,
    ) -> Import:
        """Prepare an import of files and folders; iterate its ``run()`` and read its ``report``.

        ``form`` says how all of the files are to be read, or how those are that it names; without one that is found
        out. ``origin`` is what the history says of the step, where it is not this program's own. ``tables`` says what
        the columns of tables hold, by their header, where nothing is said of the file. ``folders`` are those with which
        files that are named were given before: pages show pictures that lie in them. ``readers`` that are at hand read
        the files and go on; otherwise so many ``jobs`` start and end with the import.
        """
        meanwhile = indexing.tend_meanwhile(self.holdings, self._index)
        make = load("app.importing.journey").Import
        made: Import = make(self.holdings, paths, collection, jobs, form, origin, meanwhile, tables, folders, readers)
        return made

    def preview_import(self, path: Path, form: Form) -> Generator[None, None, Glimpse]:
        """Look at what an import of a file would bring; yields while the file is being read, returns the glimpse.

        A file of which ``form`` says nothing, and that was split into articles before, is looked at as it was then.
        """
        journey: Generator[None, None, Glimpse] = load("app.importing.glimpsing").glimpse(self.library, path, form)
        return journey

    def proof(self, path: Path, style: str = HOUSE) -> Generator[Progress, None, Proof]:
        """Look up every quotation and figure of a draft of the reader's; yields progress, returns the report.

        Its citations are in a ``style`` of ``STYLES``.
        """
        journey: Generator[Progress, None, Proof] = load("app.proofing.journey").proof(
            self.holdings, self._index, path, style
        )
        return journey

    def bundle(self, selection: Selection, *, made: int | None = None) -> Bundle:
        """Gather what an export writes, at once and with all texts."""
        with self.library.database.snapshot():
            return end_of(bundle(self.holdings, selection, self.keys, made=made))

    def export(
        self,
        selection: Selection,
        key: str,
        target: Path,
        options: Mapping[str, str],
    ) -> Generator[Progress, None, ExportReport]:
        """Export a selection in the format ``key``; yields progress, returns the report.

        What goes out is the library as it is at the first step, whatever is done to it meanwhile.
        """
        check_export(key, options)
        return self._export(selection, key, target, options)

    def _export(
        self, selection: Selection, key: str, target: Path, options: Mapping[str, str]
    ) -> Generator[Progress, None, ExportReport]:
        with self.library.as_it_stands() as library:
            made = yield from bundle(Holdings(library), selection, self.keys, held=False)
            return (yield from export(made, key, target, options))

    def own_step(self, *, done: bool) -> Step | None:
        """Return the step of one's own that undoing (``done``) or redoing would take next."""
        journal, own = self.library.journal, self.library.own
        return journal.next_undo(own) if done else journal.next_redo(own)

    def own_history(self) -> tuple[list[Step], frozenset[int], Message | None]:
        """Return the steps, the latest first, the numbers of one's own, and what is to be said of room for more."""
        steps = self.history()
        return steps, frozenset(step.number for step in steps if self.library.own.holds(step)), room_left(steps)

    def was_changed_elsewhere(self) -> bool:
        """Tell whether another program has written to the library since this was asked last.

        Raises ``LibraryGone`` when it was moved, deleted or replaced meanwhile.
        """
        self.library.database.check_place()
        before, self._version = self._version, self.library.database.foreign_version()
        return self._version != before

    def preview(
        self, selection: Selection, key: str, options: Mapping[str, str], size: int
    ) -> Generator[object, None, list[tuple[str, bytes]]]:
        """Return the beginning, about ``size`` bytes, of each of the first files that an export would write.

        Yields between two parts.
        """
        with self.library.as_it_stands() as library:
            few = yield from bundle(Holdings(library), selection, self.keys, most=PREVIEWED)
        return (yield from preview(few, key, options, size))

    def undo(self, number: int | None = None) -> Changes:
        """Undo a step, the latest by default."""
        return self.library.undo(number)

    def redo(self, number: int | None = None) -> Changes:
        """Redo a step, by default the one that was undone last."""
        return self.library.redo(number)

    def history(self, limit: int = 1000) -> list[Step]:
        """Return the steps, the latest first."""
        return self.library.journal.steps(limit)

    def check(self, *, deep: bool = False, repair: bool = False) -> Generator[str, None, CheckReport]:
        """Check the library, and repair what can be; yields the part it is at, returns the report."""
        return check(self.holdings, self._index, deep=deep, repair=repair)

    def back_up(self, reason: str = "") -> Generator[None, None, Backup]:
        """Make a backup; yields meanwhile, returns it."""
        return backup.back_up(self.library.database.path, self.library.backups, reason)

    def is_backed_up(self) -> bool:
        """Tell whether the latest backup holds all that was done, undone and redone."""
        latest, made = self.library.journal.last_played(), backup.backups(self.library.backups)
        return not latest or bool(made and made[0].made > latest)

    def restore(self, file: Path) -> Iterator[None]:
        """Put a backup in place of the library's content; the present is backed up first. Raises ``LibraryError``."""
        backup.refuse(file)
        yield from self._restored(file)

    def _restored(self, file: Path) -> Iterator[None]:
        with backup.unpacked(file, self.library.backups) as folder:
            yield from self.back_up("before-restore")
            with Workspace(folder) as restored:
                for _ in restored.reindex():
                    yield
            backup.replace_content(self.library.database, folder)
        yield

    @classmethod
    def restore_into(cls, folder: Path, file: Path) -> Generator[None, None, Path | None]:
        """Restore a backup into the library in ``folder``, made when there is none, even one that is damaged.

        Returns where the damaged database was moved to, ``None`` when it was sound. Raises ``LibraryError``.
        """
        backup.refuse(file)
        try:
            with cls(folder) as workspace:
                yield from workspace._restored(file)
            return None
        except LibraryDamaged:
            aside = backup.set_aside(folder)
            with cls(folder) as workspace:
                yield from workspace._restored(file)
            return aside

    def reindex(self) -> Generator[Progress, None, Mended]:
        """Make the index anew from the texts, in short steps; meanwhile what is in it already is found."""
        return (yield from indexing.rebuild(self.holdings, self._index))

    def mend(self) -> Generator[Progress, None, Mended]:
        """Index what the index lacks or cannot read, in short steps, for who waits for an answer of it."""
        return (yield from indexing.mend(self.holdings, self._index))

    def retry(self) -> Generator[Progress, None, Mended]:
        """Index what is missing, and try once more what could not be indexed, in short steps."""
        return (yield from indexing.mend(self.holdings, self._index, again=True))

    def lacks_index(self) -> bool:
        """Tell whether the index holds more or less than it could."""
        return indexing.is_amiss(self.holdings, self._index)

    def index_state(self) -> IndexState:
        """Return what the index holds of the library, what it lacks and why, and how large it is."""
        return indexing.state(self.holdings, self._index)

    def pending(self, *, passages: bool = False) -> int:
        """Return how many articles (or highlights) cannot be found yet."""
        return indexing.pending(self.holdings, self._index, "passage" if passages else "article")

    def wants_tending(self) -> bool:
        """Tell whether something is to be indexed, learnt or put in order, when nobody waits.

        Nothing is while another program writes: what it is just merging would be taken for something left behind.
        """
        return self._tending.is_wanted()

    def tend(self) -> Generator[Progress, None, None]:
        """Index what is missing and put the index in order, in short steps, for when nobody waits."""
        return self._tending.tend()

    def tidy(self) -> None:
        """Index what little is missing, after a deed; what is more waits for :meth:`tend`, and so does any trouble."""
        self._tending.tidy()

    def merge(self, other: Path) -> Generator[Progress, None, MergeReport]:
        """Take in what another library holds, once the present is backed up; yields progress, returns the report."""
        return merge(self.holdings, other)

    def preview_merge(self, other: Path) -> Generator[Progress, None, MergeReport]:
        """Tell what a merge would do, on a copy of this library; yields progress, returns the report."""
        return preview_merge(self.holdings, other)

    def erase(self, articles: Sequence[int]) -> int:
        """Erase articles for good: with their marks and originals, from history, versions, index and backups too.

        Returns how many originals stay, since they hold other articles too. Raises ``LibraryError``, also while an
        export still reads what would have to be overwritten.
        """
        kept = erase(self.holdings, self._index, articles)
        compact(self.holdings)
        return kept

    def stats(self) -> dict[str, int]:
        """Return how much the library holds."""
        return take_stock(self.library)
