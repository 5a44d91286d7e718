"""What a person reads about a journey: how far it is, what it did, as a line or as a whole report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.progress import Progress
from ui.dialogs.pace import Pace
from ui.wording import filled, in_a_row, isolated, number, said

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport, Refused, Taken, Tidied

_SEPARATOR = " · "


def progress_line(progress: Progress, pace: Pace) -> str:
    """Return ``1,204 of 3,000 · 87/s · 20 s left``, without what is not known yet."""
    say = QCoreApplication.translate
    total = max(progress.total, progress.done)
    parts = [filled(say("journeys", "{done} of {total}"), done=number(progress.done), total=number(total))]
    rate = pace.rate()
    if rate >= 1:
        parts.append(filled(say("journeys", "{rate}/s"), rate=number(round(rate))))
    left = pace.seconds_left(progress.done, total)
    if left is not None and progress.done < total:
        parts.append(time_left(left))
    return _SEPARATOR.join(parts)


def found_line(count: int) -> str:
    """Return how many files there are by now, while more may be found; ``""`` before the first."""
    say = QCoreApplication.translate
    return _counted(count, say("journeys", "1 file so far"), say("journeys", "{count} files so far")) if count else ""


def time_left(seconds: float) -> str:
    """Return how long it still takes, roughly: ``20 s left``, ``3 min left``, ``2 h left``."""
    say = QCoreApplication.translate
    if seconds < 10:
        return filled(say("journeys", "{count} s left"), count=max(1, round(seconds)))
    if seconds < 90:
        return filled(say("journeys", "{count} s left"), count=round(seconds / 5) * 5)
    if seconds < 5400:
        return filled(say("journeys", "{count} min left"), count=round(seconds / 60))
    return filled(say("journeys", "{count} h left"), count=round(seconds / 3600))


def file_name(one: Taken | Refused) -> str:
    """Return the name of a file, with the way inside it where it holds several: ``box.zip/letters/first.html``."""
    source = PurePath(one.source)
    folder = PurePath(one.file or one.source).parent
    name = source.relative_to(folder).as_posix() if source.is_relative_to(folder) else source.name
    return name if name not in ("", ".") else one.source


def marks_words(taken: Taken, *, came: bool) -> str:
    """Return what became of an article's highlights, where it has any; ``came`` says that they are new with it."""
    say = QCoreApplication.translate
    marks = taken.highlights
    kept, moved, lost = len(marks.kept), len(marks.moved), len(marks.orphaned)
    if came:
        one, many = say("journeys", "1 highlight came with it"), say("journeys", "{count} highlights came with it")
    else:
        one, many = say("journeys", "1 highlight in its place"), say("journeys", "{count} highlights in their places")
    gone = say("journeys", "1 lost its passage"), say("journeys", "{count} lost their passages")
    parts = (
        (kept, one, many),
        (moved, say("journeys", "1 went along with its passage"), say("journeys", "{count} went with their passages")),
        (lost, *gone),
    )
    return in_a_row(
        single if count == 1 else filled(several, count=number(count)) for count, single, several in parts if count
    )


def files_words(count: int) -> str:
    """Return ``in one file``, or in how many."""
    say = QCoreApplication.translate
    return _counted(count, say("journeys", "in one file"), say("journeys", "in {count} files"))


def headline(report: ImportReport) -> str:
    """Return ``1,198 added, 2 updated, 4 in the library already, 3 failed``, without what there is none of."""
    say = QCoreApplication.translate
    themes = say("journeys", "1 new theme") if len(report.themes) == 1 else say("journeys", "{count} new themes")
    collections = say("journeys", "{count} new collections")
    if len(report.collections) == 1:
        collections = say("journeys", "1 new collection")
    counts = (
        (len(report.added), say("journeys", "{count} added")),
        (len(report.similar), say("journeys", "{count} of them much like others")),
        (len(report.updated), say("journeys", "{count} updated")),
        (len(report.duplicates), say("journeys", "{count} in the library already")),
        (len(report.themes), themes),
        (len(report.collections), collections),
        (len(report.skipped), say("journeys", "{count} skipped")),
        (len(report.failed), say("journeys", "{count} failed")),
    )
    parts = [filled(template, count=number(count)) for count, template in counts if count]
    return ", ".join(parts) if parts else say("journeys", "Nothing was imported")


def watched_words(report: ImportReport) -> tuple[str, str]:
    """Return what came from a watched folder, and below it what is to be known of that."""
    say = QCoreApplication.translate
    articles = (*report.added, *report.updated)
    added, updated = len(report.added), len(report.updated)
    tables = sum(one.source == one.file for one in report.unmapped)
    lost = sum(len(one.highlights.orphaned) for one in articles)
    came = (
        say("journeys", "One article came from a watched folder."),
        say("journeys", "{count} articles came from a watched folder."),
    )
    changed = (
        say("journeys", "One article of a watched folder was updated."),
        say("journeys", "{count} articles of a watched folder were updated."),
    )
    parts = (
        (updated if added else 0, say("journeys", "One was updated."), say("journeys", "{count} were updated.")),
        (
            len(report.similar),
            say("journeys", "One is much like another article."),
            say("journeys", "{count} are much like other articles."),
        ),
        (
            lost,
            say("journeys", "One highlight lost its passage."),
            say("journeys", "{count} highlights lost their passages."),
        ),
        (
            tables,
            say("journeys", "Say once what the columns of a table hold; its like is then read by itself."),
            say("journeys", "Say once what the columns of {count} tables hold; their like is then read by itself."),
        ),
        (
            len(report.unmapped) - tables,
            say("journeys", "A table in another file waits: bring in one like it, and say what its columns hold."),
            say("journeys", "{count} tables in other files wait: bring in one like them, and say what they hold."),
        ),
        (
            len(report.failed) - len(report.unmapped),
            say("journeys", "One could not be read; import it by hand to see why."),
            say("journeys", "{count} could not be read; import them by hand to see why."),
        ),
    )
    what = _counted(added, *came) if added or not updated else _counted(updated, *changed)
    as_before = say("journeys", "Columns as you said before: {columns}.")
    recalled = (filled(as_before, columns=one.columns) for one in report.recalled)
    counted = (_counted(*part) for part in parts if part[0])
    return what, " ".join((*counted, *recalled, *_tidied_words(report.tidied)))


def _tidied_words(tidied: Sequence[Tidied]) -> tuple[str, ...]:
    """Return what is left out of articles of an outlet from now on, or of how many outlets that is."""
    say = QCoreApplication.translate
    if len(tidied) == 1:
        (one,) = tidied
        return (filled(say("journeys", "{outlet}: {said}"), outlet=isolated(one.outlet), said=said(one.said)),)
    many = say("journeys", "Some lines are left out of the articles of {count} outlets from now on.")
    return (filled(many, count=number(len(tidied))),) * bool(tidied)


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else filled(many, count=number(count))


def whole_report(report: ImportReport) -> str:
    """Return everything that an import did, as text to paste elsewhere."""
    say = QCoreApplication.translate
    lines = [headline(report)]
    for name, taken in (
        (say("journeys", "Added"), report.added),
        (say("journeys", "Updated"), report.updated),
        (say("journeys", "In the library already"), report.duplicates),
    ):
        came = taken is report.added
        lines += ["", name] * bool(taken)
        lines += [_tabbed(one.title, one.source, marks_words(one, came=came)) for one in taken]
    if report.similar:
        lines += ["", say("journeys", "Much like others")]
        lines += [_tabbed(one.taken.title, one.title, f"{int(one.share * 100)} %") for one in report.similar]
    if report.themes:
        lines += ["", say("journeys", "New themes"), *report.themes]
    if report.collections:
        lines += ["", say("journeys", "New collections"), *report.collections]
    if report.tidied:
        lines += ["", say("journeys", "Left out from now on")]
        lines += [_tabbed(one.outlet, said(one.said)) for one in report.tidied]
    if report.recalled:
        lines += ["", say("journeys", "Columns as you said before")]
        lines += [_tabbed(one.columns, files_words(one.files)) for one in report.recalled]
    if report.split:
        lines += ["", say("journeys", "Split as you said before"), *report.split]
    for name, refused in (
        (say("journeys", "Skipped"), report.skipped),
        (say("journeys", "Failed"), report.failed),
    ):
        lines += ["", name] * bool(refused) + [_tabbed(one.source, said(one.reason)) for one in refused]
    return "\n".join(lines) + "\n"


def _tabbed(*parts: str) -> str:
    return "\t".join(part for part in parts if part)
