"""Segments: some documents as flat, sorted arrays that are written once and never changed.

Documents are numbered in the order of their keys. One sorted list of terms serves all fields (each term begins with the
code of its field); for term ``t`` the postings are ``off[t]:off[t + 1]``: ``doc`` holds their documents, ascending, and
posting ``p`` has the positions ``pos[at[p]:at[p + 1]]``. Stems need no postings: a line of ``stems`` (field, language,
stem) leads to the terms that have it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import language, schema
from app.search.distinct import distinct
from app.search.entries import ArticleEntry, Entry, PassageEntry
from app.search.lines import encode
from app.search.numbering import Numbering
from app.search.schema import Kind

FORM: Final = 1
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
        "at": "<u4",
        "pos": "<u4",
        "stems": "<u1",
        "stemoff": "<u4",
        "stemids": "<u4",
    }
)
"""The columns of a segment and the types of their numbers (little-endian, whatever the machine)."""

DOCUMENT_COLUMNS: Final = ("key", "article", "first", "last", "when", "size", "flags", "tongue")
"""The columns with one number a document. ``first`` and ``last`` are days, 0 when unknown; ``when`` milliseconds."""

ORPHAN, NOTED = 1, 2
"""Bits of ``flags``."""

_AT_ONCE: Final = 200
"""So many documents are cut into tokens at once."""

LONGEST_VALUE: Final = 200
"""A keyword is at most so many code points."""


@dataclass(slots=True)
class _Draft:
    """What is gathered document by document, before it is sorted."""

    kind: Kind
    known: dict[str, int] = field(default_factory=dict)
    fields: dict[str, Numbering] = field(default_factory=dict)
    tokens: array[int] = field(default_factory=lambda: array("I"))
    runs: array[int] = field(default_factory=lambda: array("I"))
    owners: array[int] = field(default_factory=lambda: array("I"))

    def texts(self, first: int, code: str, texts: Sequence[str]) -> NDArray[np.uint32]:
        """Take in a text field of documents that follow one another; returns the lengths in words."""
        if not any(texts):
            return np.zeros(len(texts), np.uint32)
        if code not in self.fields:
            self.fields[code] = Numbering(code, self.known)
        numbers, lengths = self.fields[code].numbers(texts)
        self.tokens.frombytes(numbers.tobytes())
        self.runs.frombytes(lengths.tobytes())
        self.owners.extend(range(first, first + len(texts)))
        return lengths

    def keyword(self, document: int, code: str, value: str) -> None:
        """Take in a whole value."""
        value = " ".join(value.split())[:LONGEST_VALUE].encode("utf-8", "replace").decode()
        if value:
            self.tokens.append(self.known.setdefault(code + value, len(self.known)))
            self.owners.append(document)
            self.runs.append(1)


def build(kind: Kind, entries: Iterable[Entry]) -> Columns:
    """Return the columns of a segment with these documents; of two with one key the later counts."""
    documents = [entry for _, entry in sorted({entry.key: entry for entry in entries}.items())]
    draft = _Draft(kind)
    fields = schema.TEXT_FIELDS[kind]
    lengths = np.zeros((len(fields), len(documents)), "<u4")
    for start in range(0, len(documents), _AT_ONCE):
        part = documents[start : start + _AT_ONCE]
        for row, (name, code) in enumerate(fields):
            lengths[row, start : start + len(part)] = draft.texts(start, code, [getattr(entry, name) for entry in part])
    for number, entry in enumerate(documents):
        for code, value in _keywords(entry):
            draft.keyword(number, code, value)
        if isinstance(entry, ArticleEntry):
            for key, value in sorted(entry.attributes.items()):
                draft.texts(number, schema.attribute_codes(key)[0], [value])
    columns = {"length": lengths.ravel(), **_document_columns(documents), **_postings(draft)}
    titles = [title_key(entry.title) if isinstance(entry, ArticleEntry) else "" for entry in documents]
    return {**columns, "titles": encode(titles), **_stems(columns, list(draft.known))}


def title_key(title: str) -> str:
    """Return what a title is sorted by: its folded words; nothing when it has none."""
    return " ".join(language.words(title))[:LONGEST_VALUE]


def _keywords(entry: Entry) -> Iterable[tuple[str, str]]:
    """Yield the whole values of a document with the codes of their fields; none twice, since counts count on it."""
    for key in sorted(set(entry.themes)):
        yield schema.THEME, str(key)
    if isinstance(entry, ArticleEntry):
        yield schema.OUTLET, entry.outlet
        yield schema.JOINED, "".join(language.words(entry.outlet))
        yield schema.STATE, entry.state
        yield schema.LANGUAGE, (entry.language or "").lower()
        yield schema.MONTH, _month(entry.published)
        for key, value in sorted(entry.attributes.items()):
            yield schema.attribute_codes(key)[1], value


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
    rows = []
    for entry in documents:
        spoken = schema_tongue(entry.language)
        noted = NOTED if language.tokens(entry.note) else 0
        if isinstance(entry, PassageEntry):
            flags = noted | (ORPHAN if entry.orphan else 0)
            rows.append((entry.key, entry.article, 0, 0, entry.created, entry.start, flags, spoken))
        else:
            first, last = entry.published or (0, 0)
            rows.append((entry.key, entry.key, first, last, entry.added, entry.words, noted, spoken))
    table = list(zip(*rows, strict=True)) or [()] * len(DOCUMENT_COLUMNS)
    return {name: np.array(values, TYPES[name]) for name, values in zip(DOCUMENT_COLUMNS, table, strict=True)}


def schema_tongue(code: str | None) -> int:
    """Return the number of the stemmer that serves a language."""
    return language.TONGUES.index(language.tongue(code))


def _postings(draft: _Draft) -> dict[str, NDArray[Any]]:
    """Sort what was gathered into terms, postings and positions; leaves ``draft.known`` in the order of the terms.

    Numbers have 32 bits wherever they can: of ten thousand articles this takes some hundred megabytes for a moment.
    """
    terms = sorted(draft.known)
    count = len(terms)
    old = np.fromiter(map(draft.known.__getitem__, terms), np.intp, count)
    rank = np.empty(count, np.uint32)
    rank[old] = np.arange(count, dtype=np.uint32)
    draft.known = dict.fromkeys(terms, 0)
    runs, owners, tokens = (_numbers(one) for one in (draft.runs, draft.owners, draft.tokens))
    total = len(tokens)
    # one number holds the term and the place in the text: sorting it keeps documents and positions in order
    keyed = rank.take(tokens).astype(np.uint64)
    keyed <<= np.uint64(32)
    keyed |= np.arange(total, dtype=np.uint32)
    keyed.sort()
    order = keyed.astype(np.uint32)
    keyed >>= np.uint64(32)
    term = keyed.astype(np.uint32)
    del keyed
    doc = owners.repeat(runs).take(order)
    fresh = np.ones(total, bool)
    np.not_equal(term[1:], term[:-1], out=fresh[1:])
    fresh[1:] |= doc[1:] != doc[:-1]
    first = fresh.nonzero()[0]
    counts = np.bincount(term.take(first), minlength=count)
    start = np.cumsum(runs, dtype=np.uint32) - runs
    position = np.arange(total, dtype=np.uint32)
    position -= start.repeat(runs)
    return {
        "terms": encode(terms),
        "off": np.concatenate(([0], np.cumsum(counts))).astype("<u4"),
        "doc": doc.take(first),
        "at": np.append(first, total).astype("<u4"),
        "pos": position.take(order),
    }


def _numbers(found: array[int]) -> NDArray[np.uint32]:
    return np.frombuffer(found, np.uint32) if found else np.zeros(0, np.uint32)


def _stems(columns: Columns, terms: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the lines that lead from a stem to its terms, for each language the documents of a term are in."""
    leads: dict[str, list[int]] = {}
    for number, tongue in _spoken(columns, len(terms)):
        term = terms[number]
        if term[0].islower():
            code, word = split(term)
            leads.setdefault(stem_line(code, language.TONGUES[tongue], word), []).append(number)
    return stem_columns(leads)


def _spoken(columns: Columns, count: int) -> Iterable[tuple[int, int]]:
    """Return each of ``count`` terms with each language that its documents are in, ascending."""
    tongues = columns["tongue"]
    if len(tongues) and (tongues == tongues[0]).all():
        return zip(range(count), repeat(int(tongues[0])))
    owner = np.repeat(np.arange(count), gaps(columns["off"]))
    pairs: list[int] = distinct(owner * 256 + tongues[columns["doc"]]).tolist()
    return ((pair >> 8, pair & 255) for pair in pairs)


def gaps(offsets: NDArray[Any]) -> NDArray[np.int64]:
    """Return how far each of ``offsets`` is from the next."""
    found: NDArray[np.int64] = offsets[1:].astype(np.int64) - offsets[:-1]
    return found


def split(term: str) -> tuple[str, str]:
    """Split a term of a text field into the code of its field and the word."""
    cut = term.index(":") + 1 if term[0] == "a" else 1
    return term[:cut], term[cut:]


def stem_line(code: str, tongue: str, word: str) -> str:
    """Return the line under which the terms with the stem of ``word`` are kept."""
    return f"{code}{tongue}/{language.stem(tongue, word)}"


def stem_columns(leads: Mapping[str, Sequence[int]]) -> dict[str, NDArray[Any]]:
    """Return the columns for a table from stems to the numbers of terms."""
    lines = sorted(leads)
    counts = [len(leads[line]) for line in lines]
    return {
        "stems": encode(lines),
        "stemoff": np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype("<u4"),
        "stemids": np.array([number for line in lines for number in leads[line]], "<u4"),
    }
