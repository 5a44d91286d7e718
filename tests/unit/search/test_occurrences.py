"""Words in a text at hand: the same places as the index finds, and what was found together is one."""

from __future__ import annotations

import sqlite3
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.search.entries import ArticleEntry, Names
from app.search.execute import wanted_texts
from app.search.index import TABLES, Index
from app.search.language import spans
from app.search.occurrences import Known, occurrences
from app.search.reading import read

WORD = st.sampled_from(
    ["drone", "drones", "dröne", "sea", "seas", "a", "of", "strike", "U.S.", "1,000", "l’eau", "无人机"]
)
TEXT = st.lists(WORD, max_size=15).map(" ".join)
QUERY = st.sampled_from(
    [
        "drone",
        '"drone"',
        "drone sea",
        "drone OR of",
        '"a drone"',
        '"sea of drones"',
        '"drone a"~3',
        '"a sea drone"~2',
        "s*",
        "d?one",
        "dron~",
        "无人",
        "-drone sea",
        "us",
        '"a a"',
    ]
)


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in TABLES:
        connection.execute(statement)
    yield Index(connection)
    connection.close()


KEYS = count(1)


@settings(max_examples=150, deadline=None)
@given(text=TEXT, query=QUERY, language=st.sampled_from(["en", "fr", "ja", None]))
def test_the_index_finds_the_same_words(index, text, query, language):
    key = next(KEYS)
    index.change([ArticleEntry(key, text=text, language=language)])
    placed = spans(text, index.positions(query, Names(), key).get("text", ()))
    asked = [one for one in wanted_texts(read(query, Names()).plan) if not one.field]
    found = occurrences(asked, text, language)
    if all(one.slop == 1 for one in asked):  # of wide runs with one end the shortest is meant, the index places all
        assert all(any(first <= start and end <= last for first, last in found) for start, end in placed)
    # a run begins and ends with words that the index places too
    assert {start for start, _ in found} <= {start for start, _ in placed}
    assert {end for _, end in found} <= {end for _, end in placed}


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ('"sea of drones"', "The sea of drones, a sea of drones.", ["sea of drones", "sea of drones"]),
        ('"drone sea"~3', "drone drone at sea", ["drone at sea"]),
        ('"a b"~5 b', "a x b y b", ["a x b", "a x b y b", "b", "b"]),
        ("无人", "无人机无人", ["无人", "无人"]),
        ("ukraine", "Ukraine’s", ["Ukraine’s"]),
        ("drone", "", []),
    ],
)
def test_what_was_found_together_is_one(query, text, expected):
    asked = list(wanted_texts(read(query, Names()).plan))
    assert [text[start:end] for start, end in occurrences(asked, text)] == expected


@given(
    texts=st.lists(st.tuples(TEXT, st.sampled_from(["en", "fr", None])), max_size=5),
    queries=st.lists(QUERY, min_size=1, max_size=3),
)
def test_what_is_known_from_other_texts_changes_nothing(texts, queries):
    known = Known()
    for text, language in texts:
        for query in queries:
            asked = list(wanted_texts(read(query, Names()).plan))
            assert occurrences(asked, text, language, known) == occurrences(asked, text, language)
