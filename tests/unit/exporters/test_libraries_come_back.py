"""Any library, exported and imported into an empty one, is there table by table; imported again it changes nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from app import places
from app.library.holdings import Holdings
from tests.libraries import displaced, opened, tables
from tests.random_libraries import owned, plans, planted, sequences, taken_in, written

# What no file carries: the files that articles were read from and older texts stay in the library; ranks only say an
# order, which is compared; a note is known by what it is on; rules are about articles to come.
NOT_CARRIED = {
    "article": ("source", "path", "original", "format"),
    "version": (),
    "furniture": (),
    "layer_theme": (),
    "note": ("uid", "created", "modified"),
    "collection_item": ("rank",),
    "interlude": ("rank",),
}


@contextmanager
def two_libraries() -> Iterator[tuple[Holdings, Holdings]]:
    with tempfile.TemporaryDirectory() as folder:
        home, away = opened(Path(folder) / "home"), opened(Path(folder) / "away")
        try:
            yield home, away
        finally:
            home.library.close()
            away.library.close()


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    path = places.resources() / "export" / "library.schema.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


@settings(max_examples=25)
@given(plan=plans())
def test_json_brings_everything_back(schema, plan):
    with two_libraries() as (home, away):
        planted(plan, home)
        file = written(home, "json")
        schema.validate(json.loads(file))
        assert taken_in(away, "commonplace", file, "all.json") == []
        assert owned(away.library.database, NOT_CARRIED) == owned(home.library.database, NOT_CARRIED)
        assert sequences(away) == sequences(home)
        assert displaced(away.library.database) == []
        _changes_nothing(away, "commonplace", file)
        _changes_nothing(home, "commonplace", file)


def _changes_nothing(holdings: Holdings, key: str, file: bytes) -> None:
    before = tables(holdings.library.database)
    assert taken_in(holdings, key, file, "again.json") == []
    assert tables(holdings.library.database) == before
