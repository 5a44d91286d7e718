"""A document in volumes: each is as much of it as can be set at once in little memory, in a folder of its own.

What is short, as most is, comes to one volume. A volume ends where a page begins anyway; where none does for long, at a
heading; and where there is none either, between two paragraphs or passages, which then stand on different pages. That
depends on what is written alone, so that equal bundles make equal volumes on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from app.exporters._fonts import Fonts
from app.exporters._manuscript import Manuscript, Value, broken
from app.exporters._opening import Meaning, facts, legend, title_line, uses
from app.exporters._typesetter import DATA
from app.exporters._values import encoded, title_of
from app.text.body import clean_line
from app.text.directions import is_rightward

ENOUGH: Final = 400_000
"""So many bytes of values make a volume, if a page begins there: typst takes some four hundred times as much memory."""
LISTED: Final = 4_000
"""So many lines of the contents are set at once."""
_FULL: Final = 1.15  # times as much: the next heading begins a page
_MOST: Final = 1.3  # times as much: whatever comes next does
_PIXELS: Final = 100  # of a picture take as much memory as a byte of values
_SHORT: Final = 40
_DROP: Final = 60.0


@dataclass(slots=True, eq=False)
class Volume:
    """A volume whose values lie in ``folder``.

    ``running`` is the title of what goes on at its beginning, ``listed`` where in the contents the lines begin and end
    that stand in it. ``pages`` and ``levels``, those of its headings, are known when it was looked through.
    """

    folder: Path
    running: str = ""
    listed: tuple[int, int] = (0, 0)
    pages: int = 0
    levels: list[int] = field(default_factory=list)


class _Writing:
    """A volume on its way into its folder."""

    def __init__(self, folder: Path, manuscript: Manuscript, running: str) -> None:
        self.volume = Volume(folder, running)
        self._manuscript = manuscript
        self._parts: list[bytes] = []
        self._notes: list[bytes] = []
        self._size = 0
        manuscript.turned()

    @property
    def filled(self) -> float:
        """Return how many times as much as is enough is in it."""
        pixels = sum(self._manuscript.shown.values())
        return (self._size + pixels / _PIXELS) / ENOUGH

    def put(self, value: Value) -> None:
        """Add a part that the manuscript yielded last."""
        notes = [_json(note) for note in self._manuscript.notes[len(self._notes) :]]
        self._parts.append(_json(value))
        self._notes += notes
        self._size += sum(map(len, (self._parts[-1], *notes)))

    def end(self) -> Volume:
        """Write it down but for its frame."""
        pictures = _json(list(self._manuscript.shown))
        self.volume.folder.mkdir()
        with (self.volume.folder / DATA).open("wb") as file:
            file.writelines((b'{"pictures":', pictures, b',"parts":[', b",".join(self._parts), b'],"notes":['))
            file.writelines((b",".join(self._notes), b"]"))
        return self.volume


def written(folder: Path, manuscript: Manuscript, fonts: Fonts, volumes: list[Volume]) -> Iterator[None]:
    """Write a document into a folder as ``volumes``, which are added in their order; yields after each part of it."""
    for _ in _bodies(folder, manuscript, volumes):
        yield
    count = len(manuscript.contents) if len(manuscript.contents) > 1 else 0
    if len(volumes) == 1:
        volumes[0].listed = (0, count)
    else:
        volumes[:0] = _fronts(folder, manuscript, count)
    frame = _frame(manuscript, fonts)
    opening, closing = _ends(manuscript)
    for volume in volumes:
        own = frame | {"contents": manuscript.contents[slice(*volume.listed)]}
        own |= opening if volume is volumes[0] else {}
        own |= closing if volume is volumes[-1] else {}
        with (volume.folder / DATA).open("ab") as file:
            file.write(b"," + _json(own)[1:])
        yield


def _bodies(folder: Path, manuscript: Manuscript, volumes: list[Volume]) -> Iterator[None]:
    """Write the parts of the document into volumes."""
    writing = _Writing(folder / "volume-0", manuscript, "")
    for value in manuscript.parts():
        is_turn = value["k"] == "turn"
        if writing.filled >= (_MOST if is_turn else 1.0) and (is_turn or value.get("new")):
            volumes.append(writing.end())
            before = manuscript.heads[: value.get("run")][-1:]
            writing = _Writing(folder / f"volume-{len(volumes)}", manuscript, before[0][0] if before else "")
        if not is_turn:
            writing.put(value)
        manuscript.is_full = writing.filled >= _FULL
        yield
    if writing.filled or not volumes:
        volumes.append(writing.end())


def _fronts(folder: Path, manuscript: Manuscript, count: int) -> Iterator[Volume]:
    """Write the volumes that hold the contents alone."""
    for number, begin in enumerate(range(0, count, LISTED)):
        front = _Writing(folder / f"contents-{number}", manuscript, "").end()
        front.listed = (begin, min(count, begin + LISTED))
        yield front


def _json(value: Any) -> bytes:
    return encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _frame(manuscript: Manuscript, fonts: Fonts) -> Value:
    """Return what every volume says of the document, and how it is drawn."""
    bundle, paper = manuscript.bundle, manuscript.paper
    title = clean_line(title_line(bundle))
    moment = datetime.fromtimestamp(bundle.made // 1000, UTC)
    return {
        "title": title,
        "short": (title if len(title) <= _SHORT else f"{title[:_SHORT].rstrip()}…").replace(" ", "\u00a0"),
        "facts": facts(bundle),
        "keywords": [clean_line(theme.name) for theme, _ in uses(bundle)],
        "made": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second],
        "size": paper.size,
        "page": paper.page._asdict(),
        "fonts": {"serif": fonts.serif, "sans": fonts.sans, "mono": fonts.mono},
        "broken": [],
        "sets": [{"fill": wash.fill, "lines": wash.lines} for wash in manuscript.palette.washes],
    }


def _ends(manuscript: Manuscript) -> tuple[Value, Value]:
    """Return what the first volume has before, and what the last has after its parts."""
    bundle = manuscript.bundle
    title = clean_line(title_line(bundle))
    explained = [_entry(manuscript, one) for one in legend(bundle, manuscript.options)]
    if _is_single(manuscript, title):
        # No cover stands before a single article: what its themes mean follows it.
        return {}, {"themes": [one for one in explained if one["about"] or one["note"]]}
    cover = {
        "t": broken(title),
        "d": int(is_rightward(title)),
        "drop": _DROP if len(manuscript.contents) > 1 else 0,
        "note": manuscript.blocks(bundle.note),
        "themes": explained,
    }
    return {"cover": cover}, {}


def _is_single(manuscript: Manuscript, title: str) -> bool:
    """Return whether the document is one article, whose own head is the title."""
    bundle = manuscript.bundle
    alone = len(manuscript.contents) == 1 and len(bundle.articles) == 1
    return alone and title_of(bundle.articles[0].article.metadata) == title and not bundle.note.strip()


def _entry(manuscript: Manuscript, entry: Meaning) -> Value:
    theme = entry.theme
    return {
        "name": broken(clean_line(theme.name)),
        "colour": manuscript.palette.line((theme.id,)),
        "depth": len(theme.path) - 1,
        "about": manuscript.blocks(entry.definition),
        "note": manuscript.blocks(entry.note),
        "count": str(entry.times) if entry.times else "",
    }
