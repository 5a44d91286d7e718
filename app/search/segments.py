"""Segments: some documents as flat, sorted arrays that are written once and never changed.

Documents are numbered in the order of their keys. One sorted list of terms serves all fields (each term begins with the
code of its field); for term ``t`` the postings are ``off[t]:off[t + 1]``: ``doc`` holds their documents, ascending, and
``often`` how often each has the term. The words of a field are counted through all documents: where the term stands in
this one long text say ``place[begin[t]:begin[t + 1]]``, ascending. Document ``d`` begins at the sum of the lengths
before it (``starts_of``); the value of a keyword stands at the number of its document. Stems need no postings: a
line of ``stems`` (field, language, stem) leads to the terms that have it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import language, schema
from app.search.distinct import distinct
from app.search.entries import ArticleEntry, Entry, PassageEntry
from app.search.inverting import (
    LONGEST_VALUE,
    Inverted,
    Keywords,
    Numbers,
    inverted_values,
    inverted_words,
    starts_of,
)
from app.search.lines import Lines, encode
from app.search.numbering import Numbering
from app.search.packing import alphabetical
from app.search.schema import Kind

FORM: Final = 5
"""The form in which segments are written; another number is another program's."""

Columns = Mapping[str, NDArray[Any]]

TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "key": "<i8",
        "article": "<i8",
        "first": "<i4",
        "last": "<i4",
        "when": "<i8",
        "size": "<u4",
        "flags": "<u1",
        "tongue": "<u1",
        "length": "<u4",
        "titles": "<u1",
        "terms": "<u1",
        "off": "<u4",
        "doc": "<u4",
        "often": "<f4",
        "begin": "<u4",
        "place": "<u4",
        "stems": "<u1",
        "stemoff": "<u4",
        "stemids": "<u4",
    }
)
"""The columns of a segment and the types of their numbers (little-endian, whatever the machine)."""

NARROWED: Final[Mapping[str, Sequence[str]]] = MappingProxyType(dict.fromkeys(("doc", "often"), ("<u1", "<u2", "<u4")))
"""Columns that are written in as few bytes as hold their numbers: the types of these."""

DOCUMENT_COLUMNS: Final = ("key", "article", "first", "last", "when", "size", "flags", "tongue")
"""The columns with one number a document. ``first`` and ``last`` are days, 0 when unknown; ``when`` milliseconds."""

_UNDATED: Final = (0, 0)

ORPHAN, NOTED = 1, 2
"""Bits of ``flags``."""


def build(kind: Kind, entries: Iterable[Entry]) -> Columns:
    """Return the columns of a segment with these documents; of two with one key the later counts."""
    documents = [entry for _, entry in sorted({entry.key: entry for entry in entries}.items())]
    lengths = np.zeros((schema.rows(kind), len(documents)), "<u4")
    titles = [""] * len(documents)
    fields = []
    for row, (name, code) in enumerate(schema.TEXT_FIELDS[kind]):
        texts = list(map(attrgetter(name), documents))
        if any(texts):
            numbering = Numbering()
            numbers, lengths[row] = numbering.numbers(texts)
            fields.append(inverted_words(code, numbering.known, numbers, lengths[row]))
            if name == "title":
                titles = _titles(list(numbering.known), numbers, lengths[row])
    if kind == "article":
        fields += _attributes(documents, lengths[-1])
    fields += _values(documents)
    fields = sorted((one for one in fields if one.words), key=attrgetter("code"))
    columns = {"length": lengths.ravel(), **_document_columns(documents), **_postings(fields)}
    return {**columns, "titles": encode(titles), **_stems(columns, fields)}


def _titles(words: Sequence[str], numbers: Numbers, lengths: Numbers) -> list[str]:
    """Return what titles are sorted by: their folded words, of which these are the numbers."""
    every = map(words.__getitem__, numbers.tolist())
    return [" ".join(islice(every, length))[:LONGEST_VALUE] for length in lengths.tolist()]


def _attributes(documents: Sequence[Entry], longest: Numbers) -> Iterator[Inverted]:
    """Yield the words of each attribute; ``longest`` becomes the length of the longest one of each document.

    So one number a document tells where the text of each of its attributes begins.
    """
    owned = [entry.attributes if isinstance(entry, ArticleEntry) else {} for entry in documents]
    found = []
    for key in sorted({key for own in owned for key in own}):
        numbering = Numbering()
        numbers, lengths = numbering.numbers([own.get(key, "") for own in owned])
        np.maximum(longest, lengths, out=longest)
        found.append((schema.attribute_codes(key)[0], numbering.known, numbers, lengths))
    starts = starts_of(longest)
    for code, known, numbers, lengths in found:
        yield inverted_words(code, known, numbers, lengths, starts)


def _values(documents: Sequence[Entry]) -> Iterator[Inverted]:
    """Yield the values of each keyword field."""
    fields: defaultdict[str, Keywords] = defaultdict(Keywords)
    for document, entry in enumerate(documents):
        # no value twice, since counts count on it
        for key in sorted(set(entry.themes)):
            fields[schema.THEME].add(document, str(key))
        if isinstance(entry, ArticleEntry):
            for key, value in entry.attributes.items():
                fields[schema.attribute_codes(key)[1]].add(document, value)
    articles = [entry for entry in documents if isinstance(entry, ArticleEntry)]
    if articles:
        outlets = [entry.outlet for entry in articles]
        fields[schema.OUTLET].add_each(outlets)
        fields[schema.JOINED].add_each(map(cache(language.joined), outlets))
        fields[schema.STATE].add_each(entry.state for entry in articles)
        fields[schema.LANGUAGE].add_each((entry.language or "").lower() for entry in articles)
        fields[schema.MONTH].add_each(map(cache(_month), [entry.published for entry in articles]))
    for code, own in fields.items():
        yield inverted_values(code, own)


def _month(published: tuple[int, int] | None) -> str:
    """Return ``2025-03``, or ``2025`` when no more is known, or nothing."""
    if published is None:
        return ""
    first, last = (date.fromordinal(day) for day in published)
    if (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    return str(first.year) if first.year == last.year else ""


def _document_columns(documents: Sequence[Entry]) -> dict[str, NDArray[Any]]:
    """Return the columns with one number a document."""
    tongue = cache(schema_tongue)
    spoken = [tongue(entry.language) for entry in documents]
    noted = [NOTED if entry.note and language.tokens(entry.note) else 0 for entry in documents]
    rows = [
        (entry.key, entry.article, 0, 0, entry.created, entry.start, flag | (ORPHAN if entry.orphan else 0))
        if isinstance(entry, PassageEntry)
        else (entry.key, entry.key, *(entry.published or _UNDATED), entry.added, entry.words, flag)
        for entry, flag in zip(documents, noted, strict=True)
    ]
    table = [*(zip(*rows, strict=True) if rows else [()] * (len(DOCUMENT_COLUMNS) - 1)), spoken]
    return {name: np.array(values, TYPES[name]) for name, values in zip(DOCUMENT_COLUMNS, table, strict=True)}


def schema_tongue(code: str | None) -> int:
    """Return the number of the stemmer that serves a language."""
    return language.TONGUES.index(language.tongue(code))


def _postings(fields: Sequence[Inverted]) -> dict[str, NDArray[Any]]:
    """Put sorted fields one after another."""
    lines = "".join(_lines(one.code, one.words) for one in fields)
    return {
        "terms": np.frombuffer(lines.encode("utf-8", "replace"), np.uint8),
        "off": _offsets([one.having for one in fields]),
        "doc": _joined([one.doc for one in fields], "<u1"),
        "often": _joined([one.often for one in fields], "<u1"),
        "begin": _offsets([one.standing for one in fields]),
        "place": _joined([one.place for one in fields], "<u4"),
    }


def _joined(parts: Sequence[NDArray[Any]], kind: str) -> NDArray[Any]:
    """Return numbers one after another, of a kind or of the least one beyond it that holds them all."""
    return np.concatenate([np.zeros(0, kind), *parts])


def _offsets(counts: Sequence[NDArray[Any]]) -> Numbers:
    """Return where each of neighbouring ranges begins, and where the last one ends."""
    return starts_of(np.concatenate([np.zeros(0, np.uint32), *counts]))


def _stems(columns: Columns, fields: Sequence[Inverted]) -> dict[str, NDArray[Any]]:
    """Return the lines that lead from a stem to its terms, for each language the documents of a term are in."""
    parts = []
    base = 0
    for one in fields:
        if one.code[0].islower():
            for tongue, rows in _spoken(columns, base, len(one.words)):
                words = one.words if rows is None else [one.words[row] for row in rows.tolist()]
                numbers = np.arange(len(words), dtype=np.uint32) if rows is None else rows
                parts.append(_led(f"{one.code}{tongue}/", language.stems(tongue, words), numbers + np.uint32(base)))
        base += len(one.words)
    return {
        "stems": np.frombuffer("".join(part.lines for part in parts).encode("utf-8", "replace"), np.uint8),
        "stemoff": _offsets([part.counts for part in parts]),
        "stemids": _joined([part.numbers for part in parts], "<u4"),
    }


class _Led(NamedTuple):
    """Lines for stems, and the numbers of the terms that each of them leads to."""

    lines: str
    counts: NDArray[np.int64]
    numbers: Numbers


def _led(head: str, stems: Sequence[str], numbers: Numbers) -> _Led:
    """Return the lines of stems in a field and a language, in order; ``numbers`` are those of the terms."""
    order = alphabetical(stems)
    counts = Counter(stems[row] for row in order)
    return _Led(_lines(head, list(counts)), np.array(list(counts.values()), np.int64), numbers.take(order))


def _lines(head: str, words: Sequence[str]) -> str:
    """Return a line for each of some words (there is one at least), with something before it."""
    return f"{head}{f'{chr(10)}{head}'.join(words)}\n"


def _spoken(columns: Columns, base: int, count: int) -> Iterable[tuple[str, Numbers | None]]:
    """Return each language of documents with some of ``count`` terms from ``base`` on, and which of the terms.

    These are numbers from 0 on, ascending; all for ``None``.
    """
    tongues = columns["tongue"]
    if len(tongues) and (tongues == tongues[0]).all():
        return [(language.TONGUES[int(tongues[0])], None)]
    off = columns["off"][base : base + count + 1]
    owner = np.repeat(np.arange(count), gaps(off))
    pairs = distinct(tongues[columns["doc"][off[0] : off[-1]]].astype(np.int64) * count + owner)
    return [
        (language.TONGUES[tongue], (pairs[pairs // count == tongue] % count).astype(np.uint32))
        for tongue in distinct(pairs // count).tolist()
    ]


def narrowest(highest: int) -> str:
    """Return the type in which numbers up to ``highest`` are written that are not negative."""
    return f"<u{np.min_scalar_type(highest).itemsize}"


def gaps(offsets: NDArray[Any]) -> NDArray[np.int64]:
    """Return how far each of ``offsets`` is from the next."""
    found: NDArray[np.int64] = offsets[1:].astype(np.int64) - offsets[:-1]
    return found


def fields(terms: Lines | Sequence[bytes]) -> Iterator[tuple[str, int, int]]:
    """Yield the code of each field that sorted terms are of, and from which number to which they go."""
    first = 0
    while first < len(terms):
        code = _code_of(terms[first].decode())
        # no UTF-8 text holds 0xFF, so this is above every term of the field
        last = bisect_left(terms, code.encode() + b"\xff", first)
        yield code, first, last
        first = last


def _code_of(term: str) -> str:
    """Return the code of the field of a term."""
    return term[: term.index(":") + 1] if term[0] in "aA" else term[0]


def split(term: str) -> tuple[str, str]:
    """Split a term of a text field into the code of its field and the word."""
    code = _code_of(term)
    return code, term[len(code) :]


def stem_line(code: str, tongue: str, word: str) -> str:
    """Return the line under which the terms with the stem of ``word`` are kept."""
    return f"{code}{tongue}/{language.stem(tongue, word)}"
