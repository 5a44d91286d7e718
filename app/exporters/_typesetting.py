"""Typesetting in processes of its own, so that it can be watched and stopped: volumes go in, one PDF comes out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.errors import ExportFailed
from app.exporters import _binder, _typesetter
from app.exporters._apart import side_by_side, working
from app.exporters._fonts import Fonts
from app.exporters._margins import Anchor, placed
from app.exporters._paper import Paper
from app.exporters._volumes import Volume
from app.places import resources

SET: Final = _typesetter.SET
_SIDE_BY_SIDE: Final = 2
_Head = tuple[str, bool]
_Job = Generator[None, None, None]


def furnish(folder: Path, fonts: Fonts) -> None:
    """Put the fonts into a folder; no others are seen, so that which is taken is no accident."""
    (folder / _typesetter.FONTS).mkdir()
    if fonts.boxes:
        (folder / _typesetter.FONTS / "boxes.ttf").write_bytes(fonts.boxes)
    for number, font in enumerate(fonts.files):
        place = folder / _typesetter.FONTS / f"{number:03}{font.suffix}"
        try:
            place.symlink_to(font)
        except OSError:
            shutil.copyfile(font, place)


def typeset(folder: Path, volumes: Sequence[Volume], paper: Paper, heads: Sequence[_Head]) -> Iterator[float]:
    """Set the volumes of a folder as :data:`SET`; yields while it waits, about every 30 ms, what share of it is done.

    ``heads`` are the running titles by number, and whether each begins its page. Two runs over each volume: the first
    finds where everything stands, then the notes get their places in the margin, and the second draws. No more than two
    processes work at once, so that memory is bounded by the size of a volume. Raises ``ExportFailed``.
    """
    desk = _Desk(folder, volumes, paper, heads)
    runs = 2 * len(volumes) + (len(volumes) > 1)
    for jobs in desk.rounds():
        for _ in side_by_side(jobs, _SIDE_BY_SIDE):
            yield desk.runs / runs


@dataclass(slots=True)
class _Desk:
    """A document that is being set. ``runs`` are done; ``contents`` are the places of the headings by number."""

    folder: Path
    volumes: Sequence[Volume]
    paper: Paper
    heads: Sequence[_Head]
    runs: int = 0
    contents: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    def rounds(self) -> Iterator[list[_Job]]:
        """Yield the jobs of each round. Volumes of contents are drawn when the pages of all others are known."""
        if len(self.volumes) == 1:
            yield [self._drawn(self.volumes[0])]
            (self.volumes[0].folder / SET).replace(self.folder / SET)
            return
        fronts = [volume for volume in self.volumes if any(volume.listed)]
        bodies = [volume for volume in self.volumes if not any(volume.listed)]
        yield [*map(self._surveyed, fronts), *map(self._drawn, bodies)]
        yield [self._set(volume) for volume in fronts]
        yield [self._bound()]

    def _drawn(self, volume: Volume) -> _Job:
        yield from self._surveyed(volume)
        while not all(one.pages for one in self._before(volume)):
            yield
        yield from self._set(volume)

    def _surveyed(self, volume: Volume) -> _Job:
        shutil.copyfile(resources() / "export" / _typesetter.SOURCE, volume.folder / _typesetter.SOURCE)
        _write(volume.folder / _typesetter.PLACED, {
            "heads": {}, "last": "", "notes": {}, "contents": [], "before": 0, "apart": False, "measure": True,
        })  # fmt: skip
        yield from self._run("survey", volume.folder.name)
        found = _found(volume)
        volume.pages, volume.levels = found["pages"], found["levels"]

    def _set(self, volume: Volume) -> _Job:
        """Put everything of a volume into its place, and draw it."""
        found = _found(volume)
        before = sum(one.pages for one in self._before(volume))
        self.contents |= {
            number: {"page": before + page, "y": place, "to": f"at:{before + page}:{self._place(volume)}:{page}:"}
            for number, page, place in found["heads"]
        }
        _write(volume.folder / _typesetter.PLACED, {
            **self._titles(volume, [(number, page) for number, page, _ in found["heads"]]),
            "notes": self._margins(found), "contents": [self.contents[number] for number in range(*volume.listed)],
            "before": before, "apart": len(self.volumes) > 1, "measure": False,
        })  # fmt: skip
        yield from self._run("set", volume.folder.name)

    def _bound(self) -> _Job:
        """Bind the volumes."""
        _write(self.folder / _binder.BOUND, [(volume.folder.name, volume.levels) for volume in self.volumes])
        yield from self._run("bind")

    def _before(self, volume: Volume) -> Sequence[Volume]:
        return self.volumes[: self._place(volume)]

    def _place(self, volume: Volume) -> int:
        return self.volumes.index(volume)

    def _titles(self, volume: Volume, begun: Sequence[tuple[int, int]]) -> Mapping[str, Any]:
        last = self.heads[begun[-1][0]][0] if begun else volume.running
        return {"heads": _running(begun, self.heads, volume.running), "last": last}

    def _margins(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the places of the notes, page by page."""
        heights: Mapping[int, float] = dict(found["heights"])
        rise = self.paper.size * 0.72  # from the base line of a passage up to the top of its letters
        anchors = [Anchor(number, page, place - rise, heights[number]) for number, page, place in found["notes"]]
        page = self.paper.page
        return {
            str(number): {"scale": scale, "notes": notes}
            for number, (scale, notes) in placed(anchors, page.top - 30, page.height - page.bottom + 34).items()
        }

    def _run(self, task: str, *names: str) -> _Job:
        status = yield from working(task, self.folder, *names)
        if status:
            raise ExportFailed(
                "The PDF could not be set: {reason}", "Export fewer articles at once, or to another format.",
                reason=_reason(self.folder.joinpath(*names), status),
            )  # fmt: skip
        self.runs += 1


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _found(volume: Volume) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((volume.folder / _typesetter.FOUND).read_text(encoding="utf-8"))
    return found


def _running(begun: Iterable[tuple[int, int]], heads: Sequence[_Head], before: str) -> Mapping[str, str | None]:
    """Return the running titles of pages up to the last heading: of what goes on there, none where it begins there."""
    titles: dict[str, str | None] = {}
    page, current = 0, before
    for number, at in begun:
        title, is_new = heads[number]
        titles.update((str(one), current) for one in range(page + 1, at + 1) if str(one) not in titles)
        if is_new:
            titles[str(at)] = None
        page, current = at, title
    return titles


def _reason(folder: Path, status: int) -> str:
    try:
        return str(json.loads((folder / _typesetter.FOUND).read_text(encoding="utf-8"))["error"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"the typesetting process ended with {status}."
