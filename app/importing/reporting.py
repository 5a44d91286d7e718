"""What an import did: the report that people and programs read, and the one that grows while the import goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import starmap
from pathlib import Path
from typing import Any, Final, Literal

from app.errors import AppError
from app.importers._columns import UNMAPPED
from app.library.attributes import Misfit
from app.library.bodies import Reanchored
from app.library.furniture import Learnt
from app.wording import Message

Group = Literal["added", "updated", "duplicate"]

_SHOWN: Final = 100  # characters of a line


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that an import added, updated or recognised.

    ``source`` names the part of the file that it is, where ``file`` holds several, otherwise the file itself.
    """

    id: str
    title: str
    source: str
    highlights: Reanchored = field(default_factory=Reanchored)
    key: int = 0
    file: str = ""


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
    """What is not in (a file, a part of one, or values), and why; ``source`` and ``file`` are as in :class:`Taken`."""

    source: str
    reason: Message
    file: str = ""


@dataclass(frozen=True, slots=True)
class Tidied:
    """An outlet of whose articles something is left out from now on, and what that is."""

    outlet: str
    said: Message


@dataclass(frozen=True, slots=True)
class Recalled:
    """What columns of tables were read as because it was said of earlier ones, and in how many files."""

    columns: str
    files: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. What is ``similar`` is among what was added; ``themes`` are the paths of those that are new.

    ``collections`` are the names of those that are new because a file describes them. ``tidied`` says what is left out
    of articles from now on, ``recalled`` which columns were read otherwise than by their names, ``split`` which files
    were split into articles as they were the last time. ``step`` is its number in the history, ``None`` when it
    changed nothing.
    """

    added: tuple[Taken, ...] = ()
    updated: tuple[Taken, ...] = ()
    duplicates: tuple[Taken, ...] = ()
    skipped: tuple[Refused, ...] = ()
    failed: tuple[Refused, ...] = ()
    similar: tuple[Alike, ...] = ()
    seconds: float = 0.0
    step: int | None = None
    themes: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    tidied: tuple[Tidied, ...] = ()
    recalled: tuple[Recalled, ...] = ()
    split: tuple[str, ...] = ()

    @property
    def unread(self) -> frozenset[str]:
        """Return the files of which nothing could be read, or nothing yet: that is so while tables wait for a word."""
        came = {one.file for one in (*self.added, *self.updated, *self.duplicates)}
        waiting = {one.file for one in self.unmapped} - came
        return frozenset(one.file for one in self.failed if one.source == one.file) | waiting

    @property
    def unmapped(self) -> tuple[Refused, ...]:
        """Return the tables that could not be read since nobody has said what their columns hold.

        One that lies in another file has another ``source`` than ``file``.
        """
        return tuple(one for one in self.failed if one.reason.template.startswith(UNMAPPED))


class Reporting:
    """The report of an import that is under way. It grows at its ends; :meth:`so_far` is all of it, as a value."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.added: list[Taken] = []
        self.updated: list[Taken] = []
        self.duplicates: list[Taken] = []
        self.skipped: list[Refused] = []
        self.failed: list[Refused] = []
        self.similar: list[Alike] = []
        self.themes: list[str] = []
        self.collections: list[str] = []
        self.tidied: list[Tidied] = []
        self.recalled: Counter[str] = Counter()
        self.split: list[str] = []
        # Values that articles could not have: by file and attribute one line, which tells of the first, and how many.
        self._misfits: dict[tuple[str, str], tuple[str, Misfit, int]] = {}
        # Marks that are not in since a round of their coder is: by file and coder how many.
        self._passed: Counter[tuple[str, str]] = Counter()
        # How much of what stayed as it was though a file says otherwise, and the first file that does.
        self._stayed: Counter[str] = Counter()
        self._otherwise = ""
        # What was learnt of outlets, one line for each.
        self._learnt: dict[str, Learnt] = {}
        self.seconds = 0.0
        self.step: int | None = None

    def so_far(self) -> ImportReport:
        """Return what was done until now."""
        return ImportReport(
            tuple(self.added),
            tuple(self.updated),
            tuple(self.duplicates),
            (
                *self.skipped,
                *starmap(_left, self._misfits.items()),
                *starmap(_passed, self._passed.items()),
                *((_stayed(self._otherwise, self._stayed),) if self._otherwise else ()),
            ),
            tuple(self.failed),
            tuple(self.similar),
            self.seconds,
            self.step,
            tuple(self.themes),
            tuple(self.collections),
            (*self.tidied, *map(_learnt, self._learnt.values())),
            tuple(starmap(Recalled, self.recalled.items())),
            tuple(self.split),
        )

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Take back what is reported inside when anything is raised there: it was not done."""
        lists: tuple[list[Any], ...] = (
            self.added, self.updated, self.duplicates, self.skipped, self.similar, self.themes, self.collections,
            self.tidied,
        )  # fmt: skip
        lengths = [len(one) for one in lists]
        misfits, passed, learnt = self._misfits.copy(), self._passed.copy(), self._learnt.copy()
        stayed, otherwise = self._stayed.copy(), self._otherwise
        try:
            yield
        except BaseException:
            for one, length in zip(lists, lengths, strict=True):
                del one[length:]
            self._misfits, self._passed, self._learnt = misfits, passed, learnt
            self._stayed, self._otherwise = stayed, otherwise
            raise

    def label(self) -> Message:
        """Return what the history calls the import."""
        count = len(self.added) + len(self.updated)
        if count == 1:
            said = "Import of one article"
        elif count or not (self.themes or self.collections or self.tidied):
            said = "Import of {count} articles"
        elif self.themes:
            said = "Import of a codebook"
        else:
            said = "Import of collections" if self.collections else "Import of what is always left out"
        return Message(said, {"count": count})

    def record(self, group: Group, taken: Taken) -> None:
        """Report what became of an article."""
        {"added": self.added, "updated": self.updated, "duplicate": self.duplicates}[group].append(taken)

    def leave(self, misfit: Misfit, path: str, file: str) -> None:
        """Report that an article, which is a file or a part of one, could not have a value that came with it."""
        first, one, count = self._misfits.get((file, misfit.name), (path, misfit, 0))
        self._misfits[file, misfit.name] = first, one, count + 1

    def pass_over(self, marks: Mapping[str, int], file: str) -> None:
        """Report how many marks of coders an article did not gain, since a round of theirs covers it."""
        self._passed.update({(file, coder): count for coder, count in marks.items()})

    def stay(self, counts: Counter[str], file: str) -> None:
        """Report how much of what stayed as it was, though a file of a library's own says otherwise."""
        if counts.total():
            self._stayed += counts
            self._otherwise = self._otherwise or file

    def tidy(self, rules: Mapping[str, int]) -> None:
        """Report how many lines a file says are always to be left out of the articles of outlets."""
        for outlet, count in rules.items():
            said = "{count} lines are left out of articles to come, as in the library that the file is from."
            if count == 1:
                said = "One line is left out of articles to come, as in the library that the file is from."
            self.tidied.append(Tidied(outlet, Message(said, {"count": count})))

    def learn(self, learnt: Learnt) -> None:
        """Report what was learnt of an outlet, with what was before."""
        name = learnt.outlet.casefold()
        held = self._learnt.get(name, learnt)
        self._learnt[name] = replace(held, lines=held.lines | learnt.lines, articles=held.articles | learnt.articles)

    def fail(self, path: Path, error: AppError, file: Path | None = None) -> None:
        """Report that a file, or a part of one, could not be taken in."""
        self.failed.append(Refused(str(path), _reason(error), str(file or path)))

    def skip(self, path: Path, reason: Message | AppError, file: Path | None = None) -> None:
        """Report that a file, or a part of one, was passed over."""
        said = _reason(reason) if isinstance(reason, AppError) else reason
        self.skipped.append(Refused(str(path), said, str(file or path)))


def _left(place: tuple[str, str], left: tuple[str, Misfit, int]) -> Refused:
    """Return the line about the values of one attribute that articles of a file could not have."""
    (file, name), (path, misfit, count) = place, left
    said = "{count} values of “{name}” did not come along. The first: {reason}"
    said = "A value of “{name}” did not come along. {reason}" if count == 1 else said
    return Refused(path, Message(said, {"name": name, "count": count, "reason": misfit.reason}), file)


def _passed(place: tuple[str, str], count: int) -> Refused:
    """Return the line about the marks of a coder in a file that are not in."""
    file, coder = place
    said = "{count} marks by {coder} did not come along, for nothing changes a round that is in. Take the new one in."
    if count == 1:
        said = "A mark by {coder} did not come along, for nothing changes a round that is in. Take the new one in."
    return Refused(file, Message(said, {"count": count, "coder": coder}), file)


def _stayed(file: str, counts: Mapping[str, int]) -> Refused:
    """Return the line about what stayed as it was though files say otherwise."""
    said = (
        "What is here stayed as it is where files say otherwise: {what}. Merging libraries joins them value by value."
    )
    what = ", ".join(f"{name} ({count})" for name, count in counts.items() if count)
    return Refused(file, Message(said, {"what": what}), file)


def _learnt(learnt: Learnt) -> Tidied:
    """Return the line about what repeats in the articles of an outlet."""
    said = "{lines} lines repeat, such as “{line}”: they are left out from now on (articles changed: {count})."
    if len(learnt.lines) == 1:
        said = "“{line}” repeats: it is left out from now on (articles changed: {count})."
    values: dict[str, str | int] = {"lines": len(learnt.lines), "line": learnt.first[:_SHOWN]}
    return Tidied(learnt.outlet, Message(said, values | {"count": len(learnt.articles)}))


def _reason(error: AppError) -> Message:
    return Message(f"{error.template} {error.hint}".strip(), error.values)
