"""The journey of files into the library: found, kept, read in processes of their own, recognised, stored, indexed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app import companions
from app.errors import AppError, ImportFailed, InvalidInput
from app.importers._base import importers
from app.library.articles import Source
from app.library.bodies import Reanchored
from app.library.holdings import Holdings
from app.model import Draft
from app.originals import Originals
from app.progress import Progress
from app.reading import Job, Readers, Result
from app.taking import Taking
from app.wording import Message

BATCH: Final = 16
BATCH_SECONDS: Final = 0.5
LOOKING: Final = 0.02  # seconds after which one who looks for files says how many there are by now


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that an import added, updated or recognised."""

    id: str
    title: str
    source: str
    highlights: Reanchored = field(default_factory=Reanchored)


@dataclass(frozen=True, slots=True)
class Alike:
    """An article that was added though another one says mostly the same.

    ``share`` is how much of the shorter text is in both, from 0 to 1.
    """

    taken: Taken
    id: str
    title: str
    share: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not in, and why."""

    source: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. What is ``similar`` is among what was added.

    ``step`` is its number in the history, ``None`` when it changed nothing.
    """

    added: tuple[Taken, ...] = ()
    updated: tuple[Taken, ...] = ()
    duplicates: tuple[Taken, ...] = ()
    skipped: tuple[Refused, ...] = ()
    failed: tuple[Refused, ...] = ()
    similar: tuple[Alike, ...] = ()
    seconds: float = 0.0
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """How files are to be read: the key of an importer (``None``: each as it looks), and its options."""

    format: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


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
        form: Form | None = None,
        origin: str = "",
        meanwhile: Iterator[None] | None = None,
    ) -> None:
        """Prepare to import files and folders, into a collection when one is named (it is made when it is new).

        ``form`` says how all of them are to be read; without it each file's own format is found out. ``origin`` is
        what the history says of the step, where that is not the library's own. A step of ``meanwhile`` is taken between
        two files.
        """
        self.report = ImportReport()
        self._holdings = holdings
        self._originals = Originals(holdings.library.originals)
        self._paths = paths
        self._collection = collection
        self._jobs = jobs
        self._origin = origin
        self._form = form or Form()
        self._meanwhile = meanwhile or iter(())
        self._taking = Taking(holdings)
        self._seen: dict[str, str] = {}
        self._known: list[int] = []
        self._pending: list[tuple[Source, Sequence[Draft]]] = []
        self._done = self._total = 0
        self._name = ""

    def run(self, patience: float | None = None) -> Generator[Progress, None, None]:
        """Import, and yield progress after each file; with ``patience``, after so many seconds without one, too."""
        started = last = time.monotonic()
        self._refuse_query()
        try:
            found: list[Path] = []
            for path in self._found():
                found.append(path)
                if time.monotonic() - last > LOOKING:
                    yield Progress(0, len(found), "")
                    last = time.monotonic()
            self._total = len(found)
            with Readers(self._jobs) as readers:
                for result in readers.read(self._to_read(found), patience):
                    if result is None:
                        yield Progress(self._done, self._total, self._name)
                        continue
                    self._received(result)
                    if len(self._pending) >= BATCH or time.monotonic() - last > BATCH_SECONDS:
                        self._store()
                        last = time.monotonic()
                    else:
                        next(self._meanwhile, None)
                    self._done += 1
                    self._name = result.job.name
                    yield Progress(self._done, self._total, self._name)
        finally:
            self._store()
            self._remove_spare()
            self.report = replace(self.report, seconds=round(time.monotonic() - started, 3))

    def _to_read(self, found: Iterable[Path]) -> Iterator[Job]:
        """Keep a copy of each file found, and hand on those that are not in the library yet."""
        self._originals.sweep()
        for path in found:
            try:
                digest = self._originals.put(path)
            except AppError as error:
                self._fail(path, error)
            except OSError as error:
                self._fail(path, _disk(error))
            else:
                if not self._is_known(digest, path):
                    self._seen[digest] = str(path)
                    kept = self._originals.path(digest)
                    yield Job(kept, str(path), self._form.format, self._form.options, companions.folder_of(path))
                    continue
            self._done += 1

    def _found(self) -> Iterator[Path]:
        """Yield the files that were named, and those in the folders that were named."""
        for path in self._paths:
            try:
                if path.is_dir():
                    yield from self._in_folder(path)
                else:
                    yield path
            except OSError as error:
                self._fail(path, _disk(error))

    def _in_folder(self, folder: Path) -> Iterator[Path]:
        suffixes = {suffix for importer in importers().values() for suffix in importer.suffixes}
        empty = True
        for place, folders, names in os.walk(folder, onerror=self._unreadable):
            kept = companions.without(folders, names)
            folders[:] = sorted(name for name in kept if not name.startswith("."))
            for name in sorted(names):
                if name.startswith("."):
                    continue
                empty = False
                path = Path(place, name)
                if path.suffix.lower() in suffixes or not path.suffix or not path.is_file():
                    yield path
                else:
                    self._skip(path, Message("Files ending in {suffix} are not read.", {"suffix": path.suffix}))
        if empty and os.access(folder, os.R_OK):
            self._skip(folder, Message("There are no files in this folder."))

    def _unreadable(self, error: OSError) -> None:
        self._fail(Path(str(error.filename)), _disk(error))

    def _is_known(self, digest: str, path: Path) -> bool:
        """Recognise a file by its bytes, among the library's and among those of this very import."""
        known = self._holdings.articles.by_keys(self._holdings.articles.by_original(digest))
        if known:
            if self._collection:
                self._known += [article.key for article in known]
            taken = [Taken(article.id, article.metadata.title or "", str(path)) for article in known]
            self.report = replace(self.report, duplicates=(*self.report.duplicates, *taken))
            return True
        if digest in self._seen:
            again = Message("The same file as “{other}”.", {"other": self._seen[digest]})
            self._skip(path, again)
            return True
        return False

    def _received(self, result: Result) -> None:
        digest = result.job.path.name
        path = Path(result.job.name)
        for part in result.unread:
            self._fail(path / part.part, part.error)
        if result.error is not None or not (result.drafts or result.unread):
            self._fail(path, result.error or ImportFailed("There is no text in this file."))
            return
        source = Source(path.name, str(path.absolute()), digest, result.format)
        self._pending.append((source, result.drafts))

    def _store(self) -> None:
        """Store what has been read, in one transaction, as a part of the import's one step."""
        if not self._pending and not self._known:
            return
        pending, self._pending = self._pending, []
        known, self._known = self._known, []
        before = self.report
        library = self._holdings.library
        try:
            template = "Import of {count} articles"
            with library.acting(self._origin), library.deed(template, self.report.step, count=0) as deed:
                keys = [self._take(draft, source) for source, drafts in pending for draft in drafts]
                self._keep_originals(source for source, _drafts in pending)
                if self._collection:
                    there = [article.key for article in self._holdings.articles.by_keys(known)]
                    self._holdings.collections.put_articles(self._collection, [*there, *keys])
                count = len(self.report.added) + len(self.report.updated)
                template = "Import of {count} articles" if count != 1 else "Import of one article"
                deed.label = Message(template, {"count": count})
        except BaseException:
            self.report = before
            raise
        if deed.changes:
            self.report = replace(self.report, step=deed.changes.step)

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

    def _take(self, draft: Draft, whole: Source) -> int:
        """Store a draft, and say in the report what became of it."""
        source = replace(whole, name=f"{whole.name}/{draft.part}", path=f"{whole.path}/{draft.part}")
        for picture in draft.pictures.values():
            self._originals.put_bytes(picture)
        alike = self._taking.like(draft)
        group, key, highlights = self._taking.take(draft, source if draft.part else whole)
        self._record(group, key, source if draft.part else whole, highlights)
        if group == "added" and alike:
            other = self._holdings.articles.by_keys([alike[0].article])[0]
            similar = Alike(self.report.added[-1], other.id, other.metadata.title or "", alike[0].share)
            self.report = replace(self.report, similar=(*self.report.similar, similar))
        return key

    def _record(self, group: str, key: int, source: Source, highlights: Reanchored | None = None) -> None:
        article = self._holdings.articles.by_keys([key])[0]
        taken = Taken(article.id, article.metadata.title or "", source.path, highlights or Reanchored())
        if group == "added":
            self.report = replace(self.report, added=(*self.report.added, taken))
        elif group == "updated":
            self.report = replace(self.report, updated=(*self.report.updated, taken))
        else:
            self.report = replace(self.report, duplicates=(*self.report.duplicates, taken))

    def _refuse_query(self) -> None:
        """Raise ``InvalidInput`` when the collection is not one to be filled by hand."""
        held = self._holdings.collections.named(self._collection) if self._collection else None
        if held is not None and held.query:
            raise InvalidInput(
                "“{name}” is filled by its query.", "Import into a collection without one.", name=held.name
            )

    def _fail(self, path: Path, error: AppError) -> None:
        reason = Message(f"{error.template} {error.hint}".strip(), error.values)
        self.report = replace(self.report, failed=(*self.report.failed, Refused(str(path), reason)))

    def _skip(self, path: Path, reason: Message) -> None:
        self.report = replace(self.report, skipped=(*self.report.skipped, Refused(str(path), reason)))


def _disk(error: OSError) -> ImportFailed:
    return ImportFailed(
        "The file could not be kept ({reason}).",
        "Check the disk and the permissions, then import it again.",
        reason=error.strerror or str(error),
    )
