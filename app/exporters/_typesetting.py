"""Typesetting in a process of its own, so that it can be watched and stopped: a folder goes in, a PDF comes out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.errors import ExportFailed
from app.exporters import _typesetter
from app.exporters._apart import working
from app.exporters._fonts import Fonts
from app.exporters._margins import Anchor, placed
from app.exporters._paper import Paper
from app.places import resources

SET: Final = _typesetter.SET


def furnish(folder: Path, fonts: Fonts) -> None:
    """Put the template, and the fonts, into a folder; no others are seen, so that which is taken is no accident."""
    shutil.copyfile(resources() / "export" / _typesetter.SOURCE, folder / _typesetter.SOURCE)
    (folder / _typesetter.FONTS).mkdir()
    if fonts.boxes:
        (folder / _typesetter.FONTS / "boxes.ttf").write_bytes(fonts.boxes)
    for number, font in enumerate(fonts.files):
        place = folder / _typesetter.FONTS / f"{number:03}{font.suffix}"
        try:
            place.symlink_to(font)
        except OSError:
            shutil.copyfile(font, place)
    _place(folder, {"heads": {}, "last": "", "notes": {}, "contents": [], "measure": True})


def typeset(folder: Path, paper: Paper, heads: list[tuple[str, bool]]) -> Iterator[None]:
    """Set the document of a folder as :data:`SET`; yields while it waits, some thirty times a second.

    ``heads`` are the running titles by number, and whether each begins its page. Two runs: the first finds where
    everything stands, then the notes get their places in the margin, and the second draws. Raises ``ExportFailed``.
    """
    yield from _run("survey", folder)
    found = json.loads((folder / _typesetter.FOUND).read_text(encoding="utf-8"))
    heights: Mapping[int, float] = dict(found["heights"])
    rise = paper.size * 0.72  # from the base line of a passage up to the top of its letters
    anchors = [Anchor(number, page, place - rise, heights[number]) for number, page, place in found["notes"]]
    page = paper.page
    margins = {
        str(number): {"scale": scale, "notes": notes}
        for number, (scale, notes) in placed(anchors, page.top - 30, page.height - page.bottom + 34).items()
    }
    last = heads[-1][0] if heads else ""
    contents = [{"page": at, "y": place} for _, at, place in found["heads"]]
    titles = _running([(number, at) for number, at, _ in found["heads"]], heads)
    _place(folder, {"heads": titles, "last": last, "notes": margins, "contents": contents, "measure": False})
    yield from _run("set", folder)


def _place(folder: Path, value: Mapping[str, Any]) -> None:
    (folder / "placed.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _running(begun: Iterable[tuple[int, int]], heads: list[tuple[str, bool]]) -> Mapping[str, str | None]:
    """Return the running titles of pages up to the last heading: of what goes on there, none where it begins there."""
    titles: dict[str, str | None] = {}
    page, current = 1, ""
    for number, at in begun:
        title, is_new = heads[number]
        titles.update((str(one), current) for one in range(page + 1, at + 1) if str(one) not in titles)
        if is_new:
            titles[str(at)] = None
        page, current = at, title
    return titles


def _run(task: str, folder: Path) -> Iterator[None]:
    status = yield from working(task, folder)
    if status:
        raise ExportFailed(
            "The PDF could not be set: {reason}", "Export fewer articles at once, or to another format.",
            reason=_reason(folder, status),
        )  # fmt: skip


def _reason(folder: Path, status: int) -> str:
    try:
        return str(json.loads((folder / _typesetter.FOUND).read_text(encoding="utf-8"))["error"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"the typesetting process ended with {status}."
