"""A library for search: a real SQLite file with nothing but the tables of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from app.search.choosing import LIMITS, Limits
from app.search.index import TABLES, Index


class Shop:
    """An index on a file, and the transactions its owner would open."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA busy_timeout=5000")
        self.index = Index(self.connection, limits=limits)

    @contextmanager
    def deed(self) -> Iterator[Index]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.index
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self.deed():
            yield

    def change(self, *args: object, **kwargs: object) -> None:
        with self.deed() as index:
            index.change(*args, **kwargs)

    def segments(self) -> int:
        return self.connection.execute("SELECT count(*) FROM search_segment").fetchone()[0]


@pytest.fixture
def shops(tmp_path: Path) -> Iterator[Callable[[str], Shop]]:
    """Open as many shops as wanted, on one file or on several; all are closed in the end."""
    opened: list[Shop] = []

    def open_shop(name: str = "library.db", limits: Limits = LIMITS) -> Shop:
        path = tmp_path / name
        fresh = not path.exists()
        shop = Shop(path, limits)
        opened.append(shop)
        if fresh:
            for statement in TABLES:
                shop.connection.execute(statement)
        return shop

    yield open_shop
    for shop in opened:
        shop.connection.close()


@pytest.fixture(scope="session")
def shops_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[tuple[Shop, Shop]]]:
    """Give two fresh shops at each call, for properties that are tried many times; the first merges within limits."""

    @contextmanager
    def give(limits: Limits = LIMITS) -> Iterator[tuple[Shop, Shop]]:
        folder = tmp_path_factory.mktemp("shops")
        made = Shop(folder / "one.db", limits), Shop(folder / "two.db")
        for one in made:
            for statement in TABLES:
                one.connection.execute(statement)
        yield made
        for one in made:
            one.connection.close()

    return give


@pytest.fixture
def shop(shops: Callable[[str], Shop]) -> Shop:
    return shops("library.db")
