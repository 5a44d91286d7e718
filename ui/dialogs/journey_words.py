"""What a person reads about a journey: how far it is, what it did, as a line or as a whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.progress import Progress
from ui.dialogs.pace import Pace
from ui.wording import filled, number, said

if TYPE_CHECKING:
    from app.importing import ImportReport

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


def headline(report: ImportReport) -> str:
    """Return ``1,198 added, 2 updated, 4 known already, 3 failed``, without what there is none of."""
    say = QCoreApplication.translate
    counts = (
        (len(report.added), say("journeys", "{count} added")),
        (len(report.updated), say("journeys", "{count} updated")),
        (len(report.duplicates), say("journeys", "{count} known already")),
        (len(report.themes), say("journeys", "{count} new themes")),
        (len(report.skipped), say("journeys", "{count} skipped")),
        (len(report.failed), say("journeys", "{count} failed")),
    )
    parts = [filled(template, count=number(count)) for count, template in counts if count]
    return ", ".join(parts) if parts else say("journeys", "Nothing was imported")


def whole_report(report: ImportReport) -> str:
    """Return everything that an import did, as text to paste elsewhere."""
    say = QCoreApplication.translate
    lines = [headline(report)]
    for name, taken in (
        (say("journeys", "Added"), report.added),
        (say("journeys", "Updated"), report.updated),
        (say("journeys", "Known already"), report.duplicates),
    ):
        lines += ["", name] * bool(taken) + [f"{one.title}\t{one.source}" for one in taken]
    for name, refused in (
        (say("journeys", "Skipped"), report.skipped),
        (say("journeys", "Failed"), report.failed),
    ):
        lines += ["", name] * bool(refused) + [f"{one.source}\t{said(one.reason)}" for one in refused]
    return "\n".join(lines) + "\n"
