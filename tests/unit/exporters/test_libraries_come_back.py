"""Any library, exported and imported into an empty one, is there table by table; imported again it changes nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from jsonschema import Draft202012Validator

from app import places
from app.library.holdings import Holdings
from tests.libraries import displaced, opened, tables
from tests.random_libraries import owned, plans, planted, sequences, taken_in, written

# What no file carries: where on a disk the files lie that articles were read from. Ranks only say an order, which is
# compared.
STAYS = {"article": ("path",), "collection_item": ("rank",), "interlude": ("rank",)}
# What only our own JSON carries besides: from which files articles were read, older texts, and what is known of notes
# beside their words: a note is known by what it is on.
NOT_CARRIED = {
    **STAYS,
    "article": ("source", "path", "original", "format"),
    "version": (),
    "note": ("uid", "created", "modified"),
}

# Each example fills two libraries.
FEW = settings(max_examples=max(1, settings().max_examples // 6))


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


@FEW
@given(plan=plans())
def test_json_brings_everything_back(schema, plan):
    with two_libraries() as (home, away):
        planted(plan, home)
        file = written(home, "json")
        schema.validate(json.loads(file))
        assert taken_in(away, "commonplace", file, "all.json") == []
        assert owned(away.library.database, STAYS) == owned(home.library.database, STAYS)
        assert sequences(away) == sequences(home)
        assert _anonymous(written(away, "json")) == _anonymous(file)
        assert (away.rounds.all(), away.rounds.layers()) == (home.rounds.all(), home.rounds.layers())
        assert displaced(away.library.database) == []
        _changes_nothing(away, "commonplace", file)
        _changes_nothing(home, "commonplace", file)


@FEW
@given(plan=plans())
def test_web_annotations_with_texts_bring_everything_back_but_pictures_and_rounds(plan):
    leave = {**NOT_CARRIED, "picture": (), "layer_article": ()}
    with two_libraries() as (home, away):
        planted(plan, home)
        file = written(home, "jsonld", texts="yes")
        assert taken_in(away, "jsonld", file, "all.jsonld") == []
        assert owned(away.library.database, leave) == owned(home.library.database, leave)
        assert sequences(away) == sequences(home)
        assert displaced(away.library.database) == []
        _changes_nothing(away, "jsonld", file)
        _changes_nothing(home, "jsonld", file)


@FEW
@given(plan=plans())
def test_projects_bring_back_all_that_the_standard_has_a_place_for(plan):
    """What has none: structure, pictures, what was left out, lost passages. What is short is told us alone."""
    leave = {
        **NOT_CARRIED,
        "article": (*NOT_CARRIED["article"], "details", "origins"), "body": ("structure", "left_out"),
        "version": (), "picture": (), "furniture": (), "layer_article": (),
    }  # fmt: skip
    with two_libraries() as (home, away):
        planted(plan, home)
        file = written(home, "qdpx")
        _changes_nothing(home, "qdpx", file)
        with home.library.deed("Lost"):
            home.library.database.execute("DELETE FROM highlight WHERE status='orphan'")
        assert taken_in(away, "qdpx", file, "all.qdpx") == []
        assert owned(away.library.database, leave) == owned(home.library.database, leave)
        assert displaced(away.library.database) == []


@FEW
@given(plan=plans())
def test_annotations_of_hypothesis_bring_marks_back(plan):
    with two_libraries() as (home, away):
        planted(plan, home)
        assume(_is_any_marked(home))
        file = written(home, "hypothesis")
        assert taken_in(away, "hypothesis", file, "all.json") == []
        assert _marks(away) == _marks(home)
        assert displaced(away.library.database) == []
        _changes_nothing(away, "hypothesis", file)
        _changes_nothing(home, "hypothesis", file)


@FEW
@given(plan=plans())
def test_annotations_of_hypothesis_find_their_places_in_the_texts(plan):
    with two_libraries() as (home, away):
        planted(plan, home)
        assume(_is_any_marked(home))
        taken_in(away, "commonplace", written(home, "json"), "all.json")
        with away.library.deed("Unmarked"):
            away.library.database.execute("DELETE FROM highlight")
            away.library.database.execute("DELETE FROM layer_article")
        file = written(home, "hypothesis")
        assert taken_in(away, "hypothesis", file, "marks.json") == []
        leave = {**NOT_CARRIED, "collection_item": (), "interlude": (), "layer_article": ()}
        assert owned(away.library.database, leave) == owned(home.library.database, leave)


def _anonymous(file: bytes) -> bytes:
    """Return a library as JSON without its name, which is that of its folder."""
    return file.replace(b'"title":"home"', b'"title":""', 1).replace(b'"title":"away"', b'"title":""', 1)


def _is_any_marked(holdings: Holdings) -> bool:
    return bool(_marked(holdings)) or bool(holdings.themes.keys())


def _marked(holdings: Holdings) -> set[str]:
    """Return the ids of the articles that anybody marked or said something of."""
    layers = holdings.layers.on_articles(holdings.articles.keys())
    return {
        one.id
        for one in holdings.articles.by_keys(holdings.articles.keys())
        if one.highlights or one.themes or one.note.strip() or one.key in layers
    }


def _marks(holdings: Holdings) -> dict[str, list[dict[str, Any]]]:
    """Return what Hypothesis carries: passages with their words, themes and notes, not where they stand in a text."""
    rows = {name: [json.loads(row) for row in found] for name, found in owned(holdings.library.database, {}).items()}
    marked = _marked(holdings)
    themes = ("theme", "article_theme", "layer_theme", "highlight_theme")
    carried = {
        "article": ("uid", "address"),
        "highlight": ("uid", "article_id", "quote", "prefix", "suffix", "status", "created", "modified", "author"),
        "note": ("article_id", "highlight_id", "theme_id", "text", "private"),
        **{name: tuple(rows[name][0]) if rows[name] else () for name in themes},
    }
    found = {table: [{name: row[name] for name in names} for row in rows[table]] for table, names in carried.items()}
    found["article"] = [row for row in found["article"] if row["uid"] in marked]
    found["note"] = [row for row in found["note"] if any(row[name] for name in carried["note"][:3])]
    return {name: sorted(found[name], key=str) for name in carried}


def _changes_nothing(holdings: Holdings, key: str, file: bytes) -> None:
    before = tables(holdings.library.database)
    assert taken_in(holdings, key, file, "again.json") == []
    assert tables(holdings.library.database) == before
