"""The journey of files into the library: found, kept, read in processes of their own, recognised, stored, indexed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Final

from app.drafts import Codebook, Draft, Framework
from app.errors import AppError, ImportFailed, InvalidInput
from app.importers import _companions
from app.importers._parts import unkept
from app.importing.originals import Originals
from app.importing.reader import Job
from app.importing.reading import Readers, Result
from app.importing.reporting import Alike, Group, ImportReport, Reporting, Taken
from app.importing.rereading import Rereading
from app.importing.scouting import Scouted, looked_for
from app.importing.splittings import Splittings, Way
from app.importing.taking import Taking
from app.library.articles import Source
from app.library.bodies import Reanchored
from app.library.holdings import Holdings
from app.progress import Progress
from app.wording import Message

BATCH: Final = 16
BATCH_SECONDS: Final = 0.5
BATCH_TEXT: Final = 1 << 16  # code points
BATCH_KNOWN: Final = 200  # articles that are put into the collection in one transaction
_SETTLED_BY_READERS: Final = os.name == "posix"
"""Only here a file that is open for reading can be brought to the disk."""

_SPLIT_BEFORE: Final = "This file was split into articles when it came in: import it with the same options again."


@dataclass(frozen=True, slots=True)
class _Read:
    """A draft of a file, or none: with what is to be there before its first, and what comes when its last is in.

    ``last`` says that no other draft of the file comes after it.
    """

    source: Source
    draft: Draft | None
    last: bool = True
    codebooks: Sequence[Codebook] = ()
    defined: Sequence[Framework] = ()
    arranged: Sequence[Framework] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """How files are to be read: the key of an importer (``None``: each as it looks), and its options.

    ``again`` says that those whose bytes the library knows are read once more, for parts that could not be read.
    """

    format: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


class Import:
    """One import. Iterate :meth:`run` for progress; ``report`` says at any time what was done so far.

    Stopping the iteration leaves in what is in; everything is one step of the history.
    """

    def __init__(
        self,
        holdings: Holdings,
        paths: Sequence[Path],
        collection: str = "",
        jobs: int | None = None,
        form: Form | Mapping[Path, Form] | None = None,
        origin: str = "",
        meanwhile: Iterator[None] | None = None,
        tables: Mapping[str, str] | None = None,
        folders: Sequence[Path] = (),
        readers: Readers | None = None,
    ) -> None:
        """Prepare to import files and folders, into a collection when one is named (it is made when it is new).

        ``form`` says how all of them are to be read, or how those are that it names; without one a file's own format
        is found out. ``origin`` is what the history says of the step, where that is not the library's own. A step of
        ``meanwhile`` is taken between two files. ``tables`` says what the columns of tables hold, by their header,
        where nothing is said of the file. ``folders`` are those with which files that are named were given before.
        ``readers`` that are at hand read the files and go on; otherwise so many ``jobs`` start and end with the import.
        """
        self._reporting = Reporting()
        self._holdings = holdings
        self._originals = Originals(holdings.library.originals)
        self._paths = paths
        self._collection = collection
        self._jobs = jobs
        self._readers = readers
        self._origin = origin
        self._form = form if isinstance(form, Form) else Form()
        self._forms = form if isinstance(form, Mapping) else {}
        self._meanwhile = meanwhile or iter(())
        self._tables = tables or {}
        self._folders = folders
        self._taking = Taking(holdings)
        self._splittings = Splittings(holdings.library)
        self._ways: dict[str, Way] = {}
        self._seen: dict[str, str] = {}
        self._rereading = Rereading(holdings, self._taking)
        self._unfinished: set[str] = set()
        self._known: list[int] = []
        self._pending: list[_Read] = []
        self._last: list[_Read] = []
        self._done = self._total = 0
        self._name = ""

    @property
    def report(self) -> ImportReport:
        """Return what was done so far."""
        return self._reporting.so_far()

    def run(self, patience: float | None = None) -> Generator[Progress, None, None]:
        """Import, and yield progress after each file; with ``patience``, after so many seconds without one, too."""
        started = time.monotonic()
        self._refuse_query()
        try:
            with contextlib.nullcontext(self._readers) if self._readers else Readers(self._jobs) as readers:
                readers.begin()
                found = yield from looked_for(self._paths, self._reporting, self._folders)
                self._total = len(found)
                yield from self._read(found, readers, patience)
            yield from self._store_rest()
        except GeneratorExit:
            self._store()  # of a file of many articles the rest comes the next time
            raise
        finally:
            self._remove_spare()
            self._reporting.seconds = round(time.monotonic() - started, 3)

    def _read(
        self, found: Sequence[Scouted], readers: Readers, patience: float | None
    ) -> Generator[Progress, None, None]:
        """Read files and store their articles, batch by batch."""
        last = time.monotonic()
        with contextlib.closing(self._to_read(found)) as jobs:
            for result in readers.read(jobs, patience):
                if result is None:
                    yield Progress(self._done, self._total, self._name)
                    continue
                self._received(result)
                while len(self._pending) >= BATCH:
                    self._store()
                    last = time.monotonic()
                    yield Progress(self._done, self._total, result.job.name)
                if time.monotonic() - last > BATCH_SECONDS:
                    self._store()
                    last = time.monotonic()
                else:
                    next(self._meanwhile, None)
                self._done += 1
                self._name = result.job.name
                yield Progress(self._done, self._total, self._name)

    def _to_read(self, found: Iterable[Scouted]) -> Generator[Job | None, None, None]:
        """Keep a copy of each file found, and hand on those that are not in the library yet; otherwise nothing."""
        self._originals.sweep()
        for path, given in found:
            self._name = self._name or str(path)
            try:
                digest = yield from self._originals.put_in_steps(path, durably=not _SETTLED_BY_READERS)
            except AppError as error:
                self._reporting.fail(path, error)
            except OSError as error:
                self._reporting.fail(path, unkept(error))
            else:
                form = self._forms.get(path, self._form)
                if not self._is_known(digest, path, form):
                    form = self._as_before(path, form)
                    self._seen[digest] = str(path)
                    kept = self._originals.path(digest)
                    folder = _companions.folder_of(path)
                    yield Job(
                        kept, str(path), form.format, form.options, folder, given,
                        tables=self._tables, settled=_SETTLED_BY_READERS,
                    )  # fmt: skip
                    continue
                with contextlib.suppress(OSError):  # one that nobody reads may have been mended
                    self._originals.settle(digest)
            self._done += 1
            self._name = str(path)
            yield None

    def _is_known(self, digest: str, path: Path, form: Form) -> bool:
        """Recognise a file by its bytes, among the library's and among those of this very import.

        One of the library's is read again for what of it is not in yet, or in another way than by itself.
        """
        arrivals = self._holdings.arrivals
        if digest not in self._seen and arrivals.is_unfinished(digest):
            self._unfinished.add(digest)
        again = form.again or (form == Form() and digest in self._unfinished)
        known = [] if again or form != Form() else self._holdings.articles.by_keys(arrivals.of_file(digest))
        if known:
            if self._collection:
                self._known += [article.key for article in known]
            self._reporting.duplicates += [
                Taken(article.id, article.metadata.title or "", str(path), key=article.key, file=str(path))
                for article in known
            ]
            return True
        if digest in self._seen:
            self._reporting.skip(path, Message("The same file as “{other}”.", {"other": self._seen[digest]}))
            return True
        if again:
            self._rereading.begin(digest)
        return False

    def _as_before(self, path: Path, form: Form) -> Form:
        """Return the form of a file: as it was split the last time, where nothing is said of it now."""
        way = None if form.format or form.options else self._splittings.of(str(path.absolute()))
        if way is None:
            return form
        self._reporting.split.append(str(path))
        return replace(form, format=way[0], options=way[1])

    def _received(self, result: Result) -> None:
        digest = result.job.path.name
        path = Path(result.job.name)
        for part in result.unread:
            (self._reporting.skip if part.passed else self._reporting.fail)(path / part.part, part.error, path)
        around = result.codebooks or result.frameworks
        if result.error is not None or not (result.drafts or result.unread or around):
            self._reporting.fail(path, result.error or ImportFailed("There is no text in this file."))
            return
        self._reporting.recalled.update(result.recalled)
        self._ways[str(path.absolute())] = result.job.format, result.job.options
        source = Source(path.name, str(path.absolute()), digest, result.format)
        read = self._rereading.of(digest, result.drafts)
        if len(read) < len(result.drafts):
            self._unfinished.discard(digest)  # what is missing of it is still missing after this import
            self._reporting.skip(path, Message(_SPLIT_BEFORE))
        self._taking.expect(read)
        drafts: Sequence[Draft | None] = read or ((None,) if around else ())
        for number, draft in enumerate(drafts, 1):
            last = number == len(drafts)
            books, defined = (result.codebooks, result.frameworks) if number == 1 else ((), ())
            arranged = result.frameworks if last and draft is not None else ()
            self._pending.append(_Read(source, draft, last, books, defined, arranged))
        if not read and result.frameworks:
            # What it puts in order may come with other files.
            self._last.append(_Read(source, None, arranged=result.frameworks))

    def _store_rest(self) -> Iterator[Progress]:
        """Store all that has been read, in steps."""
        while self._pending or self._known or self._last:
            if not self._pending:
                # What lists others lies above them.
                self._pending = sorted(self._last, key=lambda read: (read.source.path.count(os.sep), read.source.path))
                self._last = []
            self._store()
            yield Progress(self._done, self._total, self._name)

    def _store(self) -> None:
        """Store a batch of what has been read, in one transaction, as a part of the import's one step."""
        if not self._pending and not self._known:
            return
        count = _together(self._pending)
        batch, self._pending = self._pending[:count], self._pending[count:]
        known, self._known = self._known[:BATCH_KNOWN], self._known[BATCH_KNOWN:]
        library, reporting = self._holdings.library, self._reporting
        try:
            with (
                reporting.all_or_nothing(),
                library.acting(self._origin),
                library.deed("Import of {count} articles", reporting.step, count=0) as deed,
            ):
                self._take_in(batch, known)
                deed.label = reporting.label()
        except AppError as error:
            for file in dict.fromkeys(read.source.path for read in batch):
                reporting.fail(Path(file), error)
            raise
        if deed.changes:
            reporting.step = deed.changes.step

    def _take_in(self, batch: Sequence[_Read], known: Sequence[int]) -> None:
        """Store what was read, inside a deed; ``known`` are articles that only go into the collection."""
        for read in batch:
            self._prepare(read)
        with self._holdings.themes.remembering():
            keys = [self._take(read.draft, read.source) for read in batch if read.draft is not None]
        self._keep_originals(read.source for read in batch if read.draft is not None)
        for read in batch:
            self._arrange(read)
        self._account(batch)
        if self._collection:
            there = [article.key for article in self._holdings.articles.by_keys(known)]
            self._holdings.collections.put_articles(self._collection, [*there, *keys])

    def _account(self, batch: Sequence[_Read]) -> None:
        """Keep in mind of which file only a part is in, and which are in to the end: an import may stop anywhere."""
        for read in batch:
            if read.last and read.draft is not None:
                self._splittings.remember(read.source.path, *self._ways.pop(read.source.path, (None, {})))
            if read.last and read.source.original in self._unfinished:
                self._holdings.arrivals.finish(read.source.original, read.source.path)
        if batch and not batch[-1].last:
            self._unfinished.add(batch[-1].source.original)
            self._holdings.arrivals.interrupt(batch[-1].source.original)

    def _keep_originals(self, sources: Iterable[Source]) -> None:
        """Copy once more what another import, which failed over the same file, has removed meanwhile."""
        for source in sources:
            if not self._originals.path(source.original).exists():
                with contextlib.suppress(AppError, OSError):
                    self._originals.put(Path(source.path))

    def _remove_spare(self) -> None:
        """Remove copies that no article has: of files that failed, were not reached, or have a text that was there.

        Under the write lock, so that no other import is just about to store an article that needs one of them.
        """
        if not self._seen:
            return
        with self._holdings.library.database.transaction():
            for digest in self._seen.keys() - self._holdings.articles.originals():
                self._originals.remove(digest)

    def _prepare(self, read: _Read) -> None:
        """Make the themes and fields that a file describes, before its first article is stored."""
        for codebook in read.codebooks:
            self._reporting.themes += self._taking.take_codebook(codebook)
            self._reporting.stay(self._taking.stayed(), read.source.path)
        for framework in read.defined:
            self._say_left(framework, self._taking.define(framework, read.source), read.source)

    def _arrange(self, read: _Read) -> None:
        """Make the collections that a file describes, once its last article is in."""
        for framework in read.arranged:
            arranged = self._taking.arrange(framework)
            self._reporting.collections += arranged.made
            self._reporting.tidy(arranged.rules)
            self._reporting.stay(self._taking.stayed(), read.source.path)
            self._say_left(framework, arranged.left, read.source)

    def _say_left(self, framework: Framework, left: Iterable[Message], source: Source) -> None:
        file = Path(source.path)
        for said in left:
            self._reporting.skip(file / framework.part if framework.part else file, said, file)

    def _take(self, draft: Draft, whole: Source) -> int:
        """Store a draft, and say in the report what became of it."""
        source = whole
        if draft.part:
            source = replace(whole, name=f"{whole.name}/{draft.part}", path=f"{whole.path}/{draft.part}")
        held = self._rereading.left_alone(draft, source)
        if held is not None:
            self._taking.leave_alone(draft, held)
            self._record("duplicate", held, source, Reanchored(), whole.path)
            return held
        alike = self._taking.like(draft)
        done = self._taking.take(draft, source)
        if draft.pictures:
            for digest in self._holdings.articles.pictures(done.key) & draft.pictures.keys():
                self._originals.put_bytes(draft.pictures[digest])
        self._record(done.group, done.key, source, done.highlights, whole.path)
        if done.group == "added" and alike:
            named = self._holdings.articles.named(alike[0].article)
            self._reporting.similar.append(Alike(self._reporting.added[-1], *named, alike[0].share))
        for misfit in done.misfits:
            self._reporting.leave(misfit, source.path, whole.path)
        self._reporting.pass_over(done.passed, whole.path)
        self._reporting.stay(self._taking.stayed(), whole.path)
        if done.learnt is not None:
            self._reporting.learn(done.learnt)
        return done.key

    def _record(self, group: Group, key: int, source: Source, highlights: Reanchored, file: str) -> None:
        uid, title = self._holdings.articles.named(key)
        self._reporting.record(group, Taken(uid, title, source.path, highlights, key, file))

    def _refuse_query(self) -> None:
        """Raise ``InvalidInput`` when the collection is not one to be filled by hand."""
        held = self._holdings.collections.named(self._collection) if self._collection else None
        if held is not None and held.query:
            raise InvalidInput(
                "“{name}” is filled by its query.", "Import into a collection without one.", name=held.name
            )


def _together(pending: Sequence[_Read]) -> int:
    """Return how many drafts are stored in one transaction: one at least, no more text than can be soon."""
    sizes = accumulate(len(read.draft.body.text) if read.draft else 0 for read in pending[:BATCH])
    return max(1, sum(size <= BATCH_TEXT for size in sizes))
