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
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import language, schema
from app.search.entries import ArticleEntry, Entry, PassageEntry
from app.search.lines import encode
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

LONGEST_VALUE: Final = 200
"""A keyword is at most so many code points."""


class _Vocabulary(dict[str, int]):
    """From tokens as they stand in a text to numbers of terms: folds each spelling once."""

    def __init__(self, code: str, known: dict[str, int]) -> None:
        super().__init__()
        self.code = code
        self.known = known

    def __missing__(self, token: str) -> int:
        """Fold a spelling that is seen for the first time, and number its term."""
        number = self[token] = self.known.setdefault(self.code + language.fold(token), len(self.known))
        return number


@dataclass(slots=True)
class _Draft:
    """What is gathered document by document, before it is sorted."""

    kind: Kind
    known: dict[str, int] = field(default_factory=dict)
    vocabularies: dict[str, _Vocabulary] = field(default_factory=dict)
    tokens: array[int] = field(default_factory=lambda: array("I"))
    runs: array[int] = field(default_factory=lambda: array("I"))
    owners: array[int] = field(default_factory=lambda: array("I"))

    def text(self, document: int, code: str, text: str) -> int:
        """Take in a text field; returns its length in words."""
        found = language.tokens(text)
        if found:
            vocabulary = self.vocabularies.get(code)
            if vocabulary is None:
                vocabulary = self.vocabularies[code] = _Vocabulary(code, self.known)
            self.tokens.extend(map(vocabulary.__getitem__, found))
            self._run(document, len(found))
        return len(found)

    def keyword(self, document: int, code: str, value: str) -> None:
        """Take in a whole value."""
        value = " ".join(value.split())[:LONGEST_VALUE].encode("utf-8", "replace").decode()
        if value:
            self.tokens.append(self.known.setdefault(code + value, len(self.known)))
            self._run(document, 1)

    def _run(self, document: int, length: int) -> None:
        self.owners.append(document)
        self.runs.append(length)


def build(kind: Kind, entries: Iterable[Entry]) -> Columns:
    """Return the columns of a segment with these documents; of two with one key the later counts."""
    documents = [entry for _, entry in sorted({entry.key: entry for entry in entries}.items())]
    draft = _Draft(kind)
    fields = schema.TEXT_FIELDS[kind]
    lengths = np.zeros((len(fields), len(documents)), "<u4")
    for number, entry in enumerate(documents):
        for row, (name, code) in enumerate(fields):
            lengths[row, number] = draft.text(number, code, getattr(entry, name))
        for code, value in _keywords(entry):
            draft.keyword(number, code, value)
        if isinstance(entry, ArticleEntry):
            for key, value in sorted(entry.attributes.items()):
                draft.text(number, schema.attribute_codes(key)[0], value)
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
    """Sort what was gathered into terms, postings and positions; leaves ``draft.known`` in the order of the terms."""
    terms = sorted(draft.known)
    count = len(terms)
    old = np.fromiter(map(draft.known.__getitem__, terms), np.int64, count)
    rank = np.empty(count, np.uint64)
    rank[old] = np.arange(count, dtype=np.uint64)
    draft.known = dict.fromkeys(terms, 0)
    runs = np.frombuffer(draft.runs, np.uint32).astype(np.int64) if draft.runs else np.zeros(0, np.int64)
    owners = np.frombuffer(draft.owners, np.uint32) if draft.owners else np.zeros(0, np.uint32)
    tokens = np.frombuffer(draft.tokens, np.uint32) if draft.tokens else np.zeros(0, np.uint32)
    doc = np.repeat(owners, runs)
    position = np.arange(len(tokens)) - np.repeat(np.cumsum(runs) - runs, runs)
    # one number holds the term and the place in the text: sorting it keeps documents and positions in order
    keyed = (rank[tokens] << np.uint64(32)) | np.arange(len(tokens), dtype=np.uint64)
    keyed.sort()
    order = (keyed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    term = (keyed >> np.uint64(32)).astype(np.int64)
    doc = doc[order]
    fresh = np.ones(len(tokens), bool)
    fresh[1:] = (term[1:] != term[:-1]) | (doc[1:] != doc[:-1])
    first = np.flatnonzero(fresh)
    return {
        "terms": encode(terms),
        "off": np.searchsorted(term[first], np.arange(count + 1)).astype("<u4"),
        "doc": doc[first].astype("<u4"),
        "at": np.append(first, len(tokens)).astype("<u4"),
        "pos": position[order].astype("<u4"),
    }


def _stems(columns: Columns, terms: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the lines that lead from a stem to its terms, for each language the documents of a term are in."""
    spoken = columns["tongue"]
    owner = np.repeat(np.arange(len(terms)), gaps(columns["off"]))
    pairs = np.unique(owner * 256 + spoken[columns["doc"]]) if len(owner) else np.zeros(0, np.int64)
    leads: dict[str, list[int]] = {}
    for pair in pairs.tolist():
        term = terms[pair >> 8]
        if term[0].islower():
            code, word = split(term)
            leads.setdefault(stem_line(code, language.TONGUES[pair & 255], word), []).append(pair >> 8)
    return stem_columns(leads)


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
