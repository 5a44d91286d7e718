"""A PDF object by object: reading those of a file that typst wrote, and writing them into another under new numbers.

No more than one object is held. typst writes plainly: every object stands by itself and is no part of a stream, the
table of where they are is text, and what a stream says of itself begins with its length. Of any other file that does
not hold, and it is refused.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

_HEAD: Final = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
_REFERENCE: Final = re.compile(rb"/(\w+) (\d+) 0 R")
_NUMBER: Final = re.compile(rb"(\d+) 0 R")
_TOKEN: Final = re.compile(rb"\b(\d+) 0 R\b|/(StructParents?) (\d+)")
_MARK: Final = re.compile(rb"[()]|\\.", re.DOTALL)
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf]\r\n)+)trailer\n(<<.*>>)\nstartxref", re.DOTALL)
_IMAGE: Final = b"/Type/XObject/Subtype/Image/"
_STREAM: Final = b">>\nstream\n"
_ENTRY: Final = 20  # bytes that a line of the table has
_TAIL: Final = 64


class Source:
    """A PDF that typst wrote. Raises ``RuntimeError`` when it is none."""

    def __init__(self, path: Path) -> None:
        """Open it, and read the table of its objects."""
        self._file = path.open("rb")
        size = self._file.seek(0, 2)
        self._file.seek(max(0, size - _TAIL))
        begin = re.search(rb"startxref\n(\d+)\n%%EOF", self._file.read())
        self._end = int(begin[1]) if begin else size
        self._file.seek(self._end)
        table = _TABLE.match(self._file.read())
        if not table:
            self._file.close()
            raise RuntimeError(f"{path.name} has no table of its objects")
        self._places = array("Q", (int(table[2][at : at + 10]) for at in range(0, len(table[2]), _ENTRY)))
        following = sorted([*self._places[1:], self._end])
        after = dict(pairwise(following))
        self._ends = array("Q", [0, *(after[place] for place in self._places[1:])])
        self.trailer = references(table[3])

    def __enter__(self) -> Source:
        """Return it, open."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self._file.close()

    @property
    def numbers(self) -> range:
        """Return the numbers of all its objects."""
        return range(1, len(self._places))

    def read(self, number: int) -> tuple[bytes, bytes]:
        """Return an object: what it says, and from there the stream, if it is one."""
        place = self._places[number]
        self._file.seek(place)
        found = self._file.read(self._ends[number] - place)
        begin, end = b"%d 0 obj\n" % number, found.rfind(b"\nendobj")
        if not found.startswith(begin) or end < 0:
            raise RuntimeError(f"object {number} is not where it should be")
        value = found[len(begin) : end]
        cut = value.find(_STREAM) if value.startswith(b"<</Length ") else -1
        return (value, b"") if cut < 0 else (value[: cut + 2], value[cut + 2 :])

    def value(self, number: int) -> bytes:
        """Return what an object says that is no stream."""
        return self.read(number)[0]


def references(value: bytes) -> dict[str, int]:
    """Return the objects that a dictionary refers to by its keys."""
    said = b"".join(part for part, _ in _parted(value))
    return {key.decode(): int(number) for key, number in _REFERENCE.findall(said)}


def unreferring(value: bytes) -> bytes:
    """Return a dictionary that has no words without the keys that refer to objects."""
    return _REFERENCE.sub(b"", value)


def numbers_in(value: bytes) -> list[int]:
    """Return the objects that a value of references alone refers to."""
    return [int(number) for number in _NUMBER.findall(value)]


def renumbered(value: bytes, numbers: Mapping[int, int], keys: int) -> bytes:
    """Return a value that refers to objects by other numbers, and to the tree of tags by keys that are so much higher.

    What stands in its words stays.
    """

    def other(token: re.Match[bytes]) -> bytes:
        if token[1]:
            return b"%d 0 R" % numbers[int(token[1])]
        return b"/%b %d" % (token[2], int(token[3]) + keys)

    return b"".join(_TOKEN.sub(other, part) + words for part, words in _parted(value))


def _parted(value: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a value says, each time with the words in brackets that follow it: in these nothing is a reference."""
    begin = 0
    while (start := value.find(b"(", begin)) >= 0:
        yield value[begin:start], value[start : (begin := _closed(value, start))]
    yield value[begin:], b""


def _closed(value: bytes, start: int) -> int:
    """Return where words end that begin with a bracket; they may hold others in pairs."""
    depth = 0
    for mark in _MARK.finditer(value, start):
        depth += {b"(": 1, b")": -1}.get(mark[0], 0)
        if not depth:
            return mark.end()
    return len(value)


def fingerprints(source: Source, numbers: Iterable[int]) -> dict[int, bytes]:
    """Return for each image among these objects, and for all that it refers to, a name for what is in it."""
    found: dict[int, bytes] = {}

    def printed(number: int) -> bytes:
        value, stream = source.read(number)
        below = {one: printed(one).hex().encode() for one in numbers_in(value)}
        value = _NUMBER.sub(lambda one: below[int(one[1])], value)
        found[number] = hashlib.sha256(b"%d %b%b" % (len(value), value, stream)).digest()
        return found[number]

    for number in numbers:
        if number not in found and _IMAGE in source.value(number):
            printed(number)
    return found


class Sink:
    """A PDF on its way into a file, and the hash of what is written."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin it."""
        self._file = file
        self._places = array("Q", [0])
        self._hash = hashlib.sha256()
        self._at = 0
        self._write(_HEAD)

    def reserve(self) -> int:
        """Return the number of an object that is yet to be put."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, value: bytes, number: int = 0) -> int:
        """Write an object, under a reserved number or a new one, and return its number."""
        number = number or self.reserve()
        self._places[number] = self._at
        self._write(b"%d 0 obj\n" % number)
        self._write(value)
        self._write(b"\nendobj\n")
        return number

    @property
    def identity(self) -> bytes:
        """Return a name for what is written by now."""
        return b64encode(self._hash.digest()[:16])

    def end(self, root: int, info: int, identity: bytes) -> None:
        """Write the table of the objects."""
        begin = self._at
        self._write(b"\nxref\n0 %d\n0000000000 65535 f\r\n" % len(self._places))
        for place in self._places[1:]:
            self._write(b"%010d 00000 n\r\n" % place)
        trailer = (len(self._places), root, info, identity, identity, begin + 1)
        self._write(b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[(%b)(%b)]>>\nstartxref\n%d\n%%%%EOF" % trailer)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._at += len(data)


def joined(numbers: Iterable[int]) -> bytes:
    """Return references to objects, one after the other."""
    return b" ".join(b"%d 0 R" % number for number in numbers)
