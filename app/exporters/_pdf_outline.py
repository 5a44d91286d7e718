"""The outline of a PDF that is bound of several: read from each, and written for the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.exporters._pdf_objects import Sink, Source, references


class Heading(NamedTuple):
    """An entry of an outline: the level of its heading, its title as it is written, and where it stands."""

    level: int
    title: bytes
    place: int


def entries(source: Source, outline: int) -> Iterator[int]:
    """Yield the objects of the entries below one of an outline, in the order of the text; none for object 0."""
    number = references(source.value(outline)).get("First", 0) if outline else 0
    while number:
        yield number
        yield from entries(source, number)
        number = references(source.value(number)).get("Next", 0)


def headings(
    source: Source, found: Iterable[int], levels: Sequence[int], numbers: Mapping[int, int]
) -> Iterator[Heading]:
    """Yield the headings of entries, which are as many as their levels."""
    for number, level in zip(found, levels, strict=True):
        entry = source.value(number)
        title = entry[entry.index(b"/Title") : entry.rindex(b"/Dest ")]
        yield Heading(level, title, numbers[references(entry)["Dest"]])


def outlined(sink: Sink, whole: Sequence[Heading]) -> int:
    """Write the outline and return its object: each entry stands below the last one before it of a lower level."""
    root = sink.reserve()
    numbers = [sink.reserve() for _ in whole]
    below: dict[int, list[int]] = {root: []}
    above: dict[int, int] = {}
    path = [(0, root)]
    for number, heading in zip(numbers, whole, strict=True):
        while path[-1][0] >= heading.level:
            path.pop()
        above[number] = path[-1][1]
        below[above[number]].append(number)
        below[number] = []
        path.append((heading.level, number))
    places = {number: place for beside in below.values() for place, number in enumerate(beside)}
    for number, heading in zip(numbers, whole, strict=True):
        beside, place = below[above[number]], places[number]
        named = {"Parent": above[number]}
        named |= {"Next": beside[place + 1]} if number != beside[-1] else {}
        named |= {"Prev": beside[place - 1]} if place else {}
        sink.put(_entry(named, below[number], -1, b"%b/Dest %d 0 R" % (heading.title, heading.place)), number)
    return sink.put(_entry({}, below[root], 1, b"/Type/Outlines"), root)


def _entry(named: dict[str, int], below: Sequence[int], sign: int, rest: bytes) -> bytes:
    """Return an entry; the number of those below is less than none where they are folded in."""
    ends = named | ({"First": below[0], "Last": below[-1]} if below else {})
    count = b"/Count %d" % (sign * len(below)) if below else b""
    return b"<<%b%b%b>>" % (b"".join(b"/%b %d 0 R" % (key.encode(), at) for key, at in ends.items()), count, rest)
