"""Is the index what the library says? Compared posting by posting, through a fingerprint of each document."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import language, schema, segments
from app.search.entries import Entry
from app.search.inverting import starts_of
from app.search.lines import Lines
from app.search.mending import build
from app.search.pages import SegmentDamaged
from app.search.schema import Kind
from app.search.segments import Columns
from app.search.written import Live, Segment
from app.wording import Message

_CHUNK: Final = 100
_STEP: Final = 1 << 18
_PAIRS: Final = 20_000
_MOST: Final = 100
_MIX: Final = 0x9E3779B97F4A7C15

_MISSING: Final = "The search index lacks {kind} {key}."
_DIFFERENT: Final = "The search index has other words for {kind} {key} than the library."
_SPARE: Final = "The search index has {kind} {key}, which is not in the library."
_STEMS: Final = "The search index lacks forms of words."
_TWICE: Final = "The search index has {kind} {key} twice."
_MORE: Final = "And more of the same."

Cut = Callable[[str, int, int], NDArray[Any]]
"""Gives the numbers ``first:last`` of a column."""


def fingerprints(cut: Cut, documents: int, kind: Kind, lines: Lines) -> Generator[None, None, NDArray[np.uint64]]:
    """Return a number for each document, made of every one of its postings, positions, lengths and columns.

    Yields between steps, each with a bounded number of positions.
    """
    found = np.zeros(documents, np.uint64)
    for seed, name in enumerate(segments.DOCUMENT_COLUMNS):
        found += _mixed(cut(name, 0, documents).astype(np.int64).view(np.uint64) + _seed(seed))
    for row in range(schema.rows(kind)):
        lengths = cut("length", row * documents, (row + 1) * documents)
        found += _mixed(lengths.astype(np.uint64) + _seed(100 + row))
    yield
    off, begin = (cut(name, 0, len(lines) + 1).astype(np.int64) for name in ("off", "begin"))
    for code, first, end in segments.fields(lines):
        own = schema.row(kind, code)
        lengths = np.ones(documents) if own is None else cut("length", own * documents, (own + 1) * documents)
        starts = starts_of(lengths)
        while first < end:
            last = int(np.searchsorted(begin, begin[first] + _STEP, side="right")) - 1
            last = max(first + 1, min(end, last))
            terms = np.fromiter(map(_hashed, lines.between(first, last)), np.uint64, last - first)
            counts = cut("often", int(off[first]), int(off[last])).astype(np.int64)
            owners = cut("doc", int(off[first]), int(off[last])).repeat(counts)
            positions = (cut("place", int(begin[first]), int(begin[last])) - starts[owners]).astype(np.uint64)
            marks = terms.repeat(segments.gaps(begin[first : last + 1])) + _mixed(positions)
            np.add.at(found, owners, _mixed(marks))
            first = last
            yield
    return found


def _titled(marks: NDArray[np.uint64], titles: NDArray[Any]) -> NDArray[np.uint64]:
    """Return fingerprints that tell titles apart too."""
    lines = titles.tobytes().split(b"\n")[:-1]
    return marks + np.fromiter(map(_hashed, lines), np.uint64, len(marks))


def _seed(number: int) -> np.uint64:
    return np.uint64(number * _MIX & 0xFFFFFFFFFFFFFFFF)


def _hashed(line: bytes) -> int:
    return int.from_bytes(blake2b(line, digest_size=8).digest(), "little")


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers so well shuffled that sums of them tell sets apart (the finaliser of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def verify(
    kind: Kind, lives: Iterable[Live], entries: Iterable[Entry], refused: Container[int] = ()
) -> Generator[None, None, list[Message]]:
    """Return a sentence for every difference between the index of a kind and what it should hold, within reason.

    That it lacks what is known as ``refused``, since it cannot be indexed, is none. Yields between steps. Raises
    ``SegmentDamaged`` when a segment cannot be read.
    """
    indexed: dict[int, int] = {}
    said: list[Message] = []
    for live in lives:
        segment = live.segment
        lines = segment.lines("terms")
        marks = yield from fingerprints(segment.slice, segment.documents, kind, lines)
        marks = _titled(marks, segment.column("titles"))
        for document, (key, mark) in enumerate(zip(segment.column("key").tolist(), marks.tolist(), strict=True)):
            if live.alive is None or live.alive[document]:
                if key in indexed:
                    said.append(Message(_TWICE, {"kind": kind, "key": key}))
                indexed[key] = mark
        if not (yield from _stems_hold(segment, lines)):
            said.append(Message(_STEMS))
    remaining = iter(entries)
    while chunk := list(islice(remaining, _CHUNK)):
        columns, failed = build(kind, chunk)
        said += _compared(kind, indexed, (yield from _expected(kind, columns)))
        said += _unexpected(kind, indexed, failed, refused)
        yield
    said += [Message(_SPARE, {"kind": kind, "key": key}) for key in indexed]
    return said if len(said) <= _MOST else [*said[:_MOST], Message(_MORE)]


def _expected(kind: Kind, built: Columns) -> Generator[None, None, dict[int, int]]:
    """Return what the fingerprints of documents should be, by key."""
    documents = len(built["key"])
    marks = yield from fingerprints(
        lambda name, first, last: built[name][first:last], documents, kind, Lines(built["terms"])
    )
    return dict(zip(built["key"].tolist(), _titled(marks, built["titles"]).tolist(), strict=True))


def _compared(kind: Kind, indexed: dict[int, int], expected: dict[int, int]) -> Iterator[Message]:
    """Yield a sentence for each difference, and take what was looked for out of ``indexed``."""
    for key, mark in expected.items():
        own = indexed.pop(key, None)
        if own != mark:
            yield Message(_MISSING if own is None else _DIFFERENT, {"kind": kind, "key": key})


def _unexpected(
    kind: Kind, indexed: dict[int, int], failed: Iterable[int], refused: Container[int]
) -> Iterator[Message]:
    """Yield a sentence for what cannot be indexed and is there all the same, or is not known as such."""
    for key in failed:
        if indexed.pop(key, None) is not None:
            yield Message(_DIFFERENT, {"kind": kind, "key": key})
        elif key not in refused:
            yield Message(_MISSING, {"kind": kind, "key": key})


def _stems_hold(segment: Segment, lines: Lines) -> Generator[None, None, bool]:
    """Return whether each word leads to and from its stem in the language of each document that has it."""
    words = [line.decode() for line in lines]
    offsets, numbers = segment.column("stemoff").tolist(), segment.column("stemids").tolist()
    known = {
        (line.decode(), number)
        for row, line in enumerate(segment.lines("stems"))
        for number in numbers[offsets[row] : offsets[row + 1]]
    }
    yield
    tongues, off = segment.column("tongue"), segment.column("off").astype(np.int64)
    for first in range(0, len(words), _PAIRS):
        last = min(first + _PAIRS, len(words))
        doc = segment.slice("doc", int(off[first]), int(off[last]))
        owner = np.repeat(np.arange(first, last), segments.gaps(off[first : last + 1]))
        for pair in np.unique(owner * 256 + tongues[doc]).tolist():
            word = words[pair >> 8]
            if word[0].islower():
                code, stemmed = segments.split(word)
                line = segments.stem_line(code, language.TONGUES[pair & 255], stemmed)
                if (line, pair >> 8) not in known:
                    return False
        yield
    return True


def is_sound(segment: Segment) -> bool:
    """Tell whether all bytes of a segment are those that were written, and lead nowhere but into the segment itself."""
    try:
        return _is_sound(segment)
    except (SegmentDamaged, ValueError, IndexError, OverflowError, MemoryError):
        return False


def _is_sound(segment: Segment) -> bool:
    columns = {name: segment.column(name) for name in segments.TYPES}
    terms, stems = segment.lines("terms"), segment.lines("stems")
    rows = schema.rows(segment.kind)
    titles = columns["titles"].tobytes().decode().count("\n")
    return (
        all(len(columns[name]) == segment.documents for name in segments.DOCUMENT_COLUMNS)
        and len(columns["length"]) == rows * segment.documents
        and titles == segment.documents
        and bool(np.all(np.diff(columns["key"]) > 0))
        and _below(columns["tongue"], len(language.TONGUES))
        and _are_sorted(terms)
        and _are_sorted(stems)
        and _are_offsets(columns["off"], len(terms), len(columns["doc"]))
        and len(columns["often"]) == len(columns["doc"])
        and _are_offsets(columns["begin"], len(terms), len(columns["place"]))
        and _are_offsets(columns["stemoff"], len(stems), len(columns["stemids"]))
        and _below(columns["doc"], segment.documents)
        and _below(columns["stemids"], len(terms))
        and all(_stand(segment, *own) for own in segments.fields(terms))
    )


def _stand(segment: Segment, code: str, first: int, last: int) -> bool:
    """Tell whether the words of a field stand in the documents that have them, and as often as these have them."""
    off, begin = (segment.slice(name, first, last + 1) for name in ("off", "begin"))
    doc, often = (segment.slice(name, int(off[0]), int(off[-1])) for name in ("doc", "often"))
    place = segment.slice("place", int(begin[0]), int(begin[-1]))
    if not bool(np.all((often >= 1) & (often <= len(place)))):
        return False
    times = often.astype(np.int64)
    ends = np.concatenate(([0], np.cumsum(times)))
    if not np.array_equal(ends[off.astype(np.int64) - int(off[0])], begin.astype(np.int64) - int(begin[0])):
        return False
    starts, owners = segment.starts(code), doc.astype(np.intp).repeat(times)
    fresh = np.ones(len(place), bool)
    fresh[begin[:-1].astype(np.int64) - int(begin[0])] = False
    ascending = (place[1:] > place[:-1]) | ~fresh[1:]
    return bool(np.all(ascending) and np.all((place >= starts[owners]) & (place < starts[owners + 1])))


def _below(numbers: NDArray[Any], end: int) -> bool:
    return not len(numbers) or int(numbers.max()) < end


def _are_offsets(offsets: NDArray[Any], ranges: int, end: int) -> bool:
    """Tell whether offsets cut ``end`` numbers into so many ranges."""
    ascending = bool(np.all(offsets[1:] >= offsets[:-1]))
    return len(offsets) == ranges + 1 and int(offsets[0]) == 0 and int(offsets[-1]) == end and ascending


def _are_sorted(lines: Lines) -> bool:
    """Tell whether lines are words in order."""
    lines.data.decode()
    last = b""
    for line in lines:
        if line <= last:
            return False
        last = line
    return True
