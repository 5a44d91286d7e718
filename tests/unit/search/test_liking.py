"""More like this: which words tell a text, and that enough of them are in each answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.search.entries import ArticleEntry, Likeness, Names, PassageEntry
from app.search.index import TABLES, Index
from app.search.language import words

WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "the", "and", "of", "l’eau"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join), min_size=2, max_size=8)

CHOSEN = st.lists(st.sampled_from(WORDS[:8]), unique=True, min_size=1, max_size=8)


def test_telling_words_are_frequent_here_and_rare_elsewhere(shop):
    texts = ["platform platform harbour the", "platform harbour the bread"] + ["the bread and salt"] * 30
    shop.change([ArticleEntry(key, text=text) for key, text in enumerate(texts, 1)])
    assert shop.index.telling(texts[0]) == ("platform", "harbour")
    # only this one has it, so that nothing could be found by it
    assert shop.index.telling(f"{texts[0]} unheard") == ("platform", "harbour")
    assert shop.index.telling("harbour unheard", known=False) == ("harbour",)


def test_passages_are_told_by_words_that_passages_have(shop):
    shop.change(
        [ArticleEntry(1, text="platform harbour"), ArticleEntry(2, text="platform bread")],
        [PassageEntry(7, 1, "platform"), PassageEntry(8, 2, "platform")],
    )
    assert shop.index.telling("platform harbour", passages=True) == ("platform",)


def test_no_index_no_words(shop):
    assert shop.index.telling("anything at all") == ()


@contextmanager
def filled(entries: Sequence[ArticleEntry], cut: int) -> Iterator[Index]:
    """Give an index of the entries with ``cut`` of them in each segment."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in TABLES:
            connection.execute(statement)
        index = Index(connection)
        for start in range(0, len(entries), cut):
            index.change(entries[start : start + cut])
        yield index


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, chosen=CHOSEN, cut=st.integers(1, 7))
def test_answers_have_enough_of_the_words_whatever_the_segments(texts, chosen, cut):
    def alike(label: str, passages: bool) -> Likeness | None:
        return None if passages else Likeness(label, tuple(chosen), 1)

    names = Names(alike=alike)
    entries = [ArticleEntry(key, text=text) for key, text in enumerate(texts, 1)]
    least = min(len(chosen), max(2, round(len(chosen) * 0.3)))
    expected = {entry.key for entry in entries[1:] if len(set(chosen) & set(words(entry.text))) >= least}
    with filled(entries, len(entries)) as one, filled(entries, cut) as several:
        found, again = one.keys("like:x", names), several.keys("like:x", names)
        assert set(found) == expected
        assert found == again
        assert one.telling(texts[0]) == several.telling(texts[0])


@pytest.mark.parametrize("query", ["like:", "like:gone", "like:*"])
def test_what_is_not_there_is_like_nothing(shop, query):
    shop.change([ArticleEntry(1, text="alpha")])
    assert shop.index.count(query, Names()) == (1 if query == "like:" else 0)
