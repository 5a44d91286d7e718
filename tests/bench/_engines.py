"""The engines that are measured: each builds its index from a corpus and answers with its best and with all keys."""

from __future__ import annotations

import importlib
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from _corpus import TEXTS
from _questions import Question
from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import RamStorage

from app.search.entries import ArticleEntry, Names
from app.search.execute import Executor, Shelves
from app.search.index import TABLES, Index
from app.search.ordering import ordered
from app.search.shelf import Shelf
from app.search.store import Store

TOP: Final = 20
HEAP: Final = 256 << 20
PART: Final = 500
"""So many articles are a segment before they are merged."""
BUILT: Final = 50_000
"""So many articles are indexed at once."""


class Engine(Protocol):
    """What an engine must be able to do: its best hits with the total, and all keys."""

    name: str

    def top(self, question: Question) -> object: ...

    def keys(self, question: Question) -> set[int]: ...

    def size(self) -> int: ...

    def close(self) -> None: ...


def connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def weight(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    return sum(one.stat().st_size for one in (path.iterdir() if path.is_dir() else (path,)))


class Ours:
    """Our engine on a library's file."""

    name = "ours"

    def __init__(self, folder: Path, articles: Iterable[ArticleEntry]) -> None:
        self.path = folder / "ours.db"
        self.connection = connected(self.path)
        for statement in TABLES:
            self.connection.execute(statement)
        self.index = Index(self.connection)
        self.connection.execute("BEGIN IMMEDIATE")
        remaining = iter(articles)
        while part := list(islice(remaining, BUILT)):
            self.index.change(part)
        for _ in self.index.tend(nullcontext):
            pass
        self.connection.execute("COMMIT")

    @cached_property
    def executor(self) -> Executor:
        """Return what carries out plans on all articles."""
        store = Store(self.connection)
        return Executor(Shelves(Shelf("article", store.live("article")), Shelf("passage", ())), "article")

    def top(self, question: Question) -> object:
        found = self.executor.find(question.plan)
        return found.frequency, ordered(self.executor, found, "relevance", TOP)

    def keys(self, question: Question) -> set[int]:
        return set(self.executor.shelf.column("key")[self.executor.find(question.plan).documents].tolist())

    def answer(self, query: str) -> object:
        """Return a whole answer to what was typed."""
        return self.index.search(query, Names())

    def size(self) -> int:
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return weight(self.path)

    def close(self) -> None:
        self.connection.close()


def merging(path: Path, articles: Iterable[ArticleEntry]) -> list[float]:
    """Index articles part by part, then merge the parts as the program does while nobody waits.

    Returns the milliseconds of the clock that each step took.
    """
    with closing(connected(path)) as connection:
        for statement in TABLES:
            connection.execute(statement)

        @contextmanager
        def transaction() -> Iterator[None]:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")

        index = Index(connection)
        remaining = iter(articles)
        while part := list(islice(remaining, PART)):
            with transaction():
                index.change(part)
        taken = []
        begun = time.perf_counter()
        for _ in index.tend(transaction):
            taken.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
        return taken


@cache
def tantivy() -> Any:
    """Return the yardstick, which the environment keeps apart (pyproject.toml says why)."""
    sys.path.append(str(Path(sys.prefix) / "yardsticks"))
    return importlib.import_module("tantivy")


class Tantivy:
    """Tantivy, written by one thread and left with the segments it likes."""

    name = "tantivy"

    def __init__(self, folder: Path, articles: Iterable[ArticleEntry]) -> None:
        t = tantivy()
        self.path = folder / "tantivy"
        self.path.mkdir()
        builder = t.SchemaBuilder()
        for name in TEXTS:
            builder.add_text_field(name, tokenizer_name="words", index_option="position")
        builder.add_unsigned_field("key", fast=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        self.schema = builder.build()
        self.index = t.Index(self.schema, path=str(self.path))
        self.index.register_tokenizer("words", t.TextAnalyzerBuilder(t.Tokenizer.whitespace()).build())
        writer = self.index.writer(HEAP, num_threads=1)
        for one in articles:
            document = t.Document()
            for name in TEXTS:
                document.add_text(name, getattr(one, name))
            document.add_unsigned("key", one.key)
            document.add_integer("day", one.published[0] if one.published else 0)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.made: dict[int, Any] = {}

    def _query(self, question: Question) -> Any:
        if id(question) not in self.made:
            self.made[id(question)] = question.tantivy(tantivy(), self.schema)
        return self.made[id(question)]

    def top(self, question: Question) -> object:
        return self.searcher.search(self._query(question), TOP, count=True)

    def keys(self, question: Question) -> set[int]:
        hits = self.searcher.search(self._query(question), max(1, self.searcher.num_docs)).hits
        return set(self.searcher.fast_field_values("key", [address for _, address in hits])) if hits else set()

    def size(self) -> int:
        return weight(self.path)

    def close(self) -> None:
        self.made.clear()


class Fts5:
    """SQLite's own full-text search, with a table of days beside it."""

    name = "fts5"

    def __init__(self, folder: Path, articles: Iterable[ArticleEntry]) -> None:
        self.path = folder / "fts5.db"
        self.connection = connected(self.path)
        self.connection.execute("CREATE TABLE day (key INTEGER PRIMARY KEY, day INTEGER)")
        names = ", ".join(TEXTS)
        self.connection.execute(
            f"CREATE VIRTUAL TABLE words USING fts5 ({names}, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        days: list[tuple[int, int]] = []
        self.connection.execute("BEGIN")
        self.connection.executemany(
            f"INSERT INTO words (rowid, {names}) VALUES (?, ?, ?, ?, ?)", (self._row(one, days) for one in articles)
        )
        self.connection.executemany("INSERT INTO day VALUES (?, ?)", days)
        self.connection.execute("COMMIT")

    def _row(self, one: ArticleEntry, days: list[tuple[int, int]]) -> tuple[object, ...]:
        days.append((one.key, one.published[0] if one.published else 0))
        return (one.key, *(getattr(one, name) for name in TEXTS))

    def _ask(self, question: Question, what: str, ending: str = "") -> list[tuple[int]]:
        limit = " AND (SELECT day FROM day WHERE key = words.rowid) BETWEEN ? AND ?" if question.days else ""
        asked = f"SELECT {what} FROM words WHERE words MATCH ?{limit}{ending}"
        return self.connection.execute(asked, (question.fts, *(question.days or ()))).fetchall()

    def top(self, question: Question) -> object:
        return self._ask(question, "rowid", f" ORDER BY rank LIMIT {TOP}")

    def keys(self, question: Question) -> set[int]:
        return {row[0] for row in self._ask(question, "rowid")}

    def size(self) -> int:
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return weight(self.path)

    def close(self) -> None:
        self.connection.close()


class StockWhoosh:
    """Whoosh with its own postings, in memory."""

    name = "whoosh"

    def __init__(self, folder: Path, articles: Iterable[ArticleEntry]) -> None:
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
        schema = fields.Schema(key=fields.STORED, day=fields.NUMERIC, **dict.fromkeys(TEXTS, text))
        self.storage = RamStorage()
        found = self.storage.create_index(schema)
        writer = found.writer(limitmb=256)
        for one in articles:
            written = {name: getattr(one, name) for name in TEXTS}
            writer.add_document(key=one.key, day=one.published[0] if one.published else 0, **written)
        writer.commit()
        self.searcher = found.searcher()
        self.stored = np.array([row["key"] for row in self.searcher.reader().all_stored_fields()])

    def top(self, question: Question) -> object:
        return self.searcher.search(question.whoosh, limit=TOP)

    def keys(self, question: Question) -> set[int]:
        found = self.searcher.docs_for_query(question.judged or question.whoosh)
        return set(self.stored[list(found)].tolist())

    def size(self) -> int:
        return sum(self.storage.file_length(name) for name in self.storage.list())

    def close(self) -> None:
        self.searcher.close()
