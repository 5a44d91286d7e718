"""Is the index what the library says? Compared posting by posting, through a fingerprint of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.errors import LibraryError
from app.search import language, schema, segments
from app.search.entries import Entry
from app.search.lines import Lines
from app.search.schema import Kind
from app.search.segments import Columns
from app.search.shelf import Shelf
from app.wording import Message

_CHUNK: Final = 500
_MOST: Final = 100
_MIX: Final = 0x9E3779B97F4A7C15

_MISSING: Final = "The search index lacks {kind} {key}."
_DIFFERENT: Final = "The search index has other words for {kind} {key} than the library."
_SPARE: Final = "The search index has {kind} {key}, which is not in the library."
_STEMS: Final = "The search index lacks forms of words."
_TWICE: Final = "The search index has {kind} {key} twice."
_MORE: Final = "And more of the same."


def fingerprints(columns: Columns, kind: Kind, lines: Lines) -> NDArray[np.uint64]:
    """Return a number for each document, made of every one of its postings, positions, lengths and columns."""
    documents = len(columns["key"])
    found = np.zeros(documents, np.uint64)
    for seed, name in enumerate(segments.DOCUMENT_COLUMNS):
        found += _mixed(columns[name].astype(np.int64).view(np.uint64) + _seed(seed))
    for seed, row in enumerate(columns["length"].reshape(len(schema.TEXT_FIELDS[kind]), documents)):
        found += _mixed(row.astype(np.uint64) + _seed(100 + seed))
    titles = columns["titles"].tobytes().split(b"\n")[:-1]
    found += np.fromiter(map(_hashed, titles), np.uint64, documents)
    terms = np.fromiter(map(_hashed, lines), np.uint64, len(lines))
    owners = np.repeat(terms, segments.gaps(columns["off"]))
    counts = segments.gaps(columns["at"])
    marks = _mixed(np.repeat(owners, counts) + _mixed(columns["pos"].astype(np.uint64)))
    np.add.at(found, np.repeat(columns["doc"], counts), marks)
    return found


def _seed(number: int) -> np.uint64:
    return np.uint64(number * _MIX & 0xFFFFFFFFFFFFFFFF)


def _hashed(line: bytes) -> int:
    return int.from_bytes(blake2b(line, digest_size=8).digest(), "little")


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers so well shuffled that sums of them tell sets apart (the finaliser of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def verify(shelf: Shelf, entries: Iterable[Entry]) -> Iterator[Message]:
    """Yield a sentence for every difference between the index of a kind and what it should hold."""
    try:
        yield from islice(_differences(shelf, entries), _MOST)
    except LibraryError as error:
        yield Message(f"{error.template} {error.hint}".strip(), error.values)


def _differences(shelf: Shelf, entries: Iterable[Entry]) -> Iterator[Message]:
    kind = shelf.kind
    indexed: dict[int, int] = {}
    for live in shelf.lives:
        columns: dict[str, NDArray[Any]] = {name: live.segment.column(name) for name in segments.TYPES}
        lines = live.segment.lines("terms")
        marks = fingerprints(columns, kind, lines)
        for document, (key, mark) in enumerate(zip(columns["key"].tolist(), marks.tolist(), strict=True)):
            if live.alive is None or live.alive[document]:
                if key in indexed:
                    yield Message(_TWICE, {"kind": kind, "key": key})
                indexed[key] = mark
        if not _stems_hold(columns, lines):
            yield Message(_STEMS)
    remaining = iter(entries)
    while chunk := list(islice(remaining, _CHUNK)):
        built = segments.build(kind, chunk)
        marks = fingerprints(built, kind, Lines(built["terms"]))
        for key, mark in zip(built["key"].tolist(), marks.tolist(), strict=True):
            own = indexed.pop(key, None)
            if own != mark:
                yield Message(_MISSING if own is None else _DIFFERENT, {"kind": kind, "key": key})
    for key in indexed:
        yield Message(_SPARE, {"kind": kind, "key": key})


def _stems_hold(columns: Columns, lines: Lines) -> bool:
    """Return whether each word leads to and from its stem in the language of each document that has it."""
    words = [line.decode() for line in lines]
    offsets, numbers = columns["stemoff"].tolist(), columns["stemids"].tolist()
    known = {
        (line.decode(), number)
        for row, line in enumerate(Lines(columns["stems"]))
        for number in numbers[offsets[row] : offsets[row + 1]]
    }
    owner = np.repeat(np.arange(len(words)), segments.gaps(columns["off"]))
    pairs = np.unique(owner * 256 + columns["tongue"][columns["doc"]]) if len(owner) else np.zeros(0, np.int64)
    for pair in pairs.tolist():
        word = words[pair >> 8]
        if word[0].islower():
            line = segments.stem_line(segments.split(word)[0], language.TONGUES[pair & 255], segments.split(word)[1])
            if (line, pair >> 8) not in known:
                return False
    return True
