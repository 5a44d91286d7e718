"""The index as part of a library: changes inside a transaction, merges, damage, other processes, checks."""

from __future__ import annotations

import random
import sqlite3
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.search import language, merging, segments
from app.search.choosing import LIMITS
from app.search.entries import ArticleEntry, Names, PassageEntry
from app.search.index import TABLES, Index
from app.search.mending import Source
from app.search.paging import Sheets
from tests.libraries import finished

NAMES = Names()


def article(key, text="drone", **more):
    return ArticleEntry(key, text=text, **more)


def test_what_is_put_is_found_and_what_is_changed_is_found_anew(shop):
    shop.change([article(1, "alpha beta"), article(2, "beta gamma")])
    assert shop.index.keys("beta", NAMES) == [1, 2]
    shop.change([article(1, "delta")])
    assert shop.index.keys("beta", NAMES) == [2]
    assert shop.index.keys("delta", NAMES) == [1]
    shop.change(gone_articles=[2])
    assert shop.index.keys("", NAMES) == [1]
    shop.change(gone_articles=[1, 77])
    assert shop.index.keys("", NAMES) == []
    assert shop.segments() == 0


def test_of_one_key_twice_the_later_counts(shop):
    shop.change([article(1, "alpha"), article(1, "beta")])
    assert shop.index.keys("beta", NAMES) == [1]
    assert shop.index.keys("alpha", NAMES) == []


def test_a_highlight_never_indexes_its_article_again(shop):
    shop.change([article(1, "alpha " * 500)])
    before = shop.connection.execute("SELECT id, version FROM search_segment").fetchall()
    shop.change(passages=[PassageEntry(5, 1, "alpha", "a note", themes=(3,))])
    after = shop.connection.execute("SELECT id, version, kind FROM search_segment").fetchall()
    assert {row[:2] for row in after} >= set(before)
    assert [row[2] for row in after if row[:2] not in before] == ["passage"]
    assert shop.index.keys("has:highlight note:note", NAMES) == [1]


def test_a_transaction_makes_one_segment_a_kind(shop):
    shop.change([article(key) for key in range(1, 40)], [PassageEntry(key, 1, "x") for key in range(1, 9)])
    assert shop.segments() == 2


def test_what_is_rolled_back_was_never_there(shop):
    shop.change([article(1, "alpha")])
    for word in ("beta", "gamma"):
        shop.connection.execute("BEGIN")
        shop.index.change([article(2, word)], gone_articles=[1])
        assert shop.index.keys(word, NAMES) == [2]
        assert shop.index.keys("", NAMES) == [2]
        shop.connection.execute("ROLLBACK")
        assert shop.index.keys("", NAMES) == [1]
        assert shop.index.keys(word, NAMES) == []


def test_a_word_that_is_asked_again_has_the_same_answer_page_by_page(shop):
    """The best of a lone word are remembered with it; whoever turns the pages beyond them gets the same order."""
    shop.change([ArticleEntry(key, text="boat " * (key % 7 + 1) + "sea " * (key % 11)) for key in range(200)])
    whole = [(hit.key, hit.score) for hit in shop.index.search('"boat"', Names(), limit=200).hits]
    assert len(whole) == 200
    assert [score for _, score in whole] == sorted((score for _, score in whole), reverse=True)
    for start, count in ((0, 20), (0, 200), (0, 64), (0, 65), (40, 20), (60, 20), (180, 40), (0, 1), (0, 20)):
        answer = shop.index.search('"boat"', Names(), limit=count, offset=start)
        assert [(hit.key, hit.score) for hit in answer.hits] == whole[start : start + count]
        assert answer.total == 200


def test_words_that_are_remembered_are_let_go_of_again(shop, monkeypatch):
    monkeypatch.setattr("app.search.shelf._REMEMBERED", 4)
    monkeypatch.setattr("app.search.shelf._REMEMBERED_POSTINGS", 60)
    shop.change([ArticleEntry(key, text=" ".join(f"word{key % part}" for part in range(2, 9))) for key in range(50)])
    words = [f"word{number}" for number in range(8)]
    first = {word: shop.index.keys(f'"{word}"', Names()) for word in words}
    assert {word: shop.index.keys(f'"{word}"', Names()) for word in words * 3} == first
    assert {word: sorted(keys) for word, keys in first.items()} == {
        word: [key for key in range(50) if any(f"word{key % part}" == word for part in range(2, 9))] for word in words
    }


def test_two_connections_see_each_other(shops):
    one, two = shops("shared.db"), shops("shared.db")
    for number in range(1, 60):
        writer, reader = (one, two) if number % 2 else (two, one)
        writer.change([article(number, f"common word{number}")], gone_articles=[number - 3] if number % 5 == 0 else [])
        assert set(reader.index.keys("common", NAMES)) == set(writer.index.keys("common", NAMES))
        assert reader.index.keys(f"word{number}", NAMES) == [number]
    assert one.segments() <= LIMITS.most


def test_a_search_sees_one_state_while_another_writes(shops):
    one, two = shops("shared.db"), shops("shared.db")
    one.change([article(1, "alpha")])
    one.connection.execute("BEGIN")
    assert one.index.keys("alpha", NAMES) == [1]
    for number in range(2, 40):
        two.change([article(number, "alpha")], gone_articles=[1])
    assert one.index.keys("alpha", NAMES) == [1]
    one.connection.execute("COMMIT")
    assert one.index.keys("alpha", NAMES) == list(range(2, 40))


def test_segments_stay_few(shop):
    for number in range(1, 200):
        shop.change([article(number, f"alpha n{number}")], [PassageEntry(number, number, "alpha")])
        assert shop.segments() <= 2 * LIMITS.most
    assert len(shop.index.keys("alpha", NAMES)) == 199
    assert len(shop.index.keys("alpha", NAMES, passages=True)) == 199


WORDS = ("alpha", "alphas", "beta", "gamma-delta", "émile", "über", "无人机", "The", "the", "U.S.", "l’eau")
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
entries = st.builds(
    ArticleEntry,
    st.integers(1, 9),
    texts,
    texts,
    outlet=st.sampled_from(["", "BBC", "Al Bawaba"]),
    language=st.sampled_from([None, "en", "fr", "zh", "de"]),
    state=st.sampled_from(["unread", "read"]),
    published=st.sampled_from([None, (739_000, 739_000), (738_886, 739_250)]),
    themes=st.sampled_from([(), (1,), (1, 2)]),
    attributes=st.sampled_from([{}, {4: "mild tone"}, {4: "harsh", 5: "ü"}]),
)
marks = st.builds(
    PassageEntry, st.integers(1, 9), st.integers(1, 9), texts, texts, st.sampled_from([(), (1,), (2,)]), st.booleans()
)
QUERIES = (
    "", "alpha", '"gamma delta"', "the -beta", "theme:x OR alpha", "is:annotated", "has:note", "outlet:albawaba",
    "alph*", "lang:fr", "a4:mild", "before:2024", "无人机", "-alpha", "is:undated OR émile",
)  # fmt: skip
THEMED = Names({1: ("x",), 2: ("x", "y")}, {4: "a4", 5: "a5"})


@contextmanager
def in_memory():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in TABLES:
        connection.execute(statement)
    try:
        yield Index(connection)
    finally:
        connection.close()


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.lists(entries, max_size=4), st.lists(marks, max_size=4), st.sets(st.integers(1, 9), max_size=2)),
        max_size=10,
    )
)
def test_the_number_of_segments_never_changes_an_answer(steps):
    with in_memory() as many, in_memory() as single:
        _compare(many, single, steps)


def _compare(many, single, steps):
    articles, passages = {}, {}
    for put, marked, gone in steps:
        many.change(put, marked, gone, gone)
        articles = {key: value for key, value in articles.items() if key not in gone} | {one.key: one for one in put}
        passages = {key: value for key, value in passages.items() if key not in gone} | {one.key: one for one in marked}
    single.change(articles.values(), passages.values())
    asked = [(query, view) for query in QUERIES for view in (False, True)]
    answers = [single.search(query, THEMED, passages=view) for query, view in asked]
    for _ in range(2):
        assert [many.search(query, THEMED, passages=view) for query, view in asked] == answers
        assert finished(many.check(articles.values(), passages.values())) == []
        many.compact()


def test_nothing_of_what_was_erased_stays(shop):
    shop.change([article(1, "secretword here"), article(2, "other words")])
    shop.change(gone_articles=[1])
    with shop.deed() as index:
        index.compact()
    pages = b"".join(row[0] for row in shop.connection.execute("SELECT data FROM search_page"))
    assert b"secretword" not in pages
    assert b"other" in pages
    assert shop.index.keys("", NAMES) == [2]


def drafted(shop, parts):
    """Return the pages of a merged segment, not yet in the place of its parts."""
    store = shop.index._store
    draft, sheets = store.begin(parts[0].segment.kind), Sheets()
    finished(merging.merge(parts, sheets))
    draft.documents = sheets.count["key"]
    draft.directory, pages = sheets.rest()
    with shop.deed():
        store.add(draft, pages)
    return draft


def test_a_merge_of_what_has_gone_meanwhile_changes_nothing(shop):
    shop.change([article(1, "alpha"), article(2, "alpha")])
    shop.change([article(3, "alpha")])
    parts = shop.index._store.live("article")
    draft = drafted(shop, parts)
    shop.change([article(2, "beta")], gone_articles=[3])
    with shop.deed():
        merging.replace(shop.index._store, parts, draft)
    assert shop.index.keys("alpha", NAMES) == [1]
    assert shop.index.keys("beta", NAMES) == [2]


def test_a_merge_takes_over_what_died_in_parts_that_are_still_there(shop):
    shop.change([article(1, "alpha"), article(2, "alpha"), article(5, "alpha")])
    shop.change([article(3, "alpha"), article(4, "alpha")])
    parts = shop.index._store.live("article")
    draft = drafted(shop, parts)
    shop.change([article(2, "beta")], gone_articles=[3])
    with shop.deed():
        merging.replace(shop.index._store, parts, draft)
    assert shop.index.keys("alpha", NAMES) == [1, 4, 5]
    assert shop.index.keys("beta", NAMES) == [2]
    left = [article(1, "alpha"), article(2, "beta"), article(4, "alpha"), article(5, "alpha")]
    assert finished(shop.index.check(left, ())) == []


def source(articles, passages=()):
    """Return a library with these articles and passages, by their keys."""
    held = {"article": articles, "passage": passages or {}}
    return Source(lambda kind: held[kind], lambda kind, keys: [held[kind][key] for key in keys if key in held[kind]])


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE search_page SET data = substr(data, 2)",
        "UPDATE search_page SET data = zeroblob(length)",
        "UPDATE search_page SET data = 'text'",
        "UPDATE search_page SET checksum = checksum + 1",
        "DELETE FROM search_page",
        "UPDATE search_segment SET directory = '{}'",
        "UPDATE search_segment SET directory = x'5b5d'",
        "UPDATE search_segment SET form = 99",
        "UPDATE search_segment SET documents = 7",
        "UPDATE search_segment SET live = 7",
        "INSERT INTO search_tombstone SELECT id, 1234 FROM search_segment",
        "INSERT INTO search_tombstone SELECT id, 'x' FROM search_segment",
    ],
)
def test_damage_is_named_and_mended(shops, damage):
    shop = shops("damaged.db")
    entries = [article(1, "alpha beta"), article(2, "beta")]
    shop.change(entries)
    shop.connection.execute(damage)
    fresh = shops("damaged.db")
    if "tombstone" in damage:
        fresh.connection.execute("UPDATE search_segment SET version = 5")
    assert fresh.index.search("alpha beta", NAMES).total == 0
    said = [str(message) for message in finished(fresh.index.check(entries, ()))]
    assert len(said) == 1
    assert "cannot be read" in said[0]
    assert "check --repair" in said[0]
    changed = [article(1, "gamma beta"), article(3, "beta")]
    fresh.change(changed)
    assert sorted(fresh.index.keys("beta", NAMES)) == [1, 3]
    assert sorted(shop.index.keys("beta", NAMES)) == [1, 3], "no other process finds an article twice"
    now = {one.key: one for one in [*entries, *changed]}
    assert finished(fresh.index.mend(fresh.transaction, source(now))).indexed == {"article": 1, "passage": 0}
    assert finished(fresh.index.check(now.values(), ())) == []
    assert sorted(fresh.index.keys("beta", NAMES)) == [1, 2, 3]
    assert not fresh.index.is_untidy()


def test_numbers_from_a_foreign_hand_lead_nowhere(shop, monkeypatch):
    honest = segments.build

    def hostile(kind, entries):
        columns = dict(honest(kind, entries))
        columns["doc"] = columns["doc"].astype(np.uint32) + 1_000_000
        return columns

    shop.change([article(2, "alpha")])
    monkeypatch.setattr(segments, "build", hostile)
    shop.change([article(1, "alpha")])
    monkeypatch.undo()
    assert shop.index.keys("alpha", NAMES) == [2]
    assert [one.live for one in shop.index.written() if one.broken] == [1]


def test_check_names_each_difference(shop):
    first = [article(1, "alpha beta alpha"), article(2, "gamma"), article(3, "delta", state="read")]
    shop.change(first, [PassageEntry(1, 1, "alpha")])
    assert finished(shop.index.check(first, [PassageEntry(1, 1, "alpha")])) == []
    other = [article(1, "alpha alpha beta"), article(3, "delta", state="unread"), article(4, "new")]
    said = [str(message) for message in finished(shop.index.check(other, [PassageEntry(1, 2, "alpha")]))]
    assert len(said) == 5
    assert "The search index lacks article 4." in said
    assert "The search index has article 2, which is not in the library." in said
    assert sum("other words" in sentence for sentence in said) == 3


def test_rebuilding_makes_the_same_answers(shop):
    entries = [article(key, f"alpha n{key % 7} beta", title=f"t{key}") for key in range(1, 60)]
    passages = [PassageEntry(key, key, f"n{key % 5}") for key in range(1, 30)]
    for one in entries:
        shop.change([one])
    shop.change(passages=passages)
    before = [shop.index.search(query, NAMES) for query in ("alpha", "n3", "t5", "quote:n4")]
    with shop.deed() as index:
        index.clear()
        index.change(entries, passages)
    assert [shop.index.search(query, NAMES) for query in ("alpha", "n3", "t5", "quote:n4")] == before
    assert shop.segments() == 2


def test_a_word_beyond_sixteen_bits_of_positions_is_found(shop):
    text = "filler " * 70_000 + "needle in hay"
    shop.change([article(1, text)])
    hit = shop.index.search('"needle in"', NAMES).hits[0]
    spans = language.spans(text, hit.positions["text"])
    assert [text[start:end] for start, end in spans] == ["needle", "in"]


def test_large_segments_are_read_page_by_page_within_memory(shops):
    shop = shops("large.db")
    chance = random.Random(3)
    vocabulary = [f"word{number}" for number in range(3000)]
    made = [article(key, " ".join(chance.choices(vocabulary, k=900))) for key in range(1, 300)]
    shop.change(made)
    small = Index(shop.connection, memory=1 << 20)
    wide = Index(shop.connection)
    for query in ("word1", '"word1 word2"~9', "word12*", "-word7", "word1 OR word2 OR word3"):
        assert small.search(query, NAMES) == wide.search(query, NAMES)
    assert small._store.pages.memory.used <= 1 << 20


def test_plain_scan_agrees(shop):
    chance = random.Random(11)
    vocabulary = ("drone", "drones", "war", "wars", "royalty", "caspian", "sea", "the", "U.S.", "Ukraine's", "20–30%")
    made = {key: " ".join(chance.choices(vocabulary, k=30)) for key in range(1, 80)}
    for key, text in made.items():
        shop.change([article(key, text)])
    for _ in range(60):
        one, two = chance.sample(vocabulary, 2)
        folded = {key: language.words(text) for key, text in made.items()}
        first, second = language.words(one), language.words(two)
        pair = {key for key, own in folded.items() if _run(own, first + second)}
        assert set(shop.index.keys(f'"{one} {two}"', NAMES)) == pair
        both = {key for key, own in folded.items() if _run(own, first) and _run(own, second)}
        assert set(shop.index.keys(f'"{one}" "{two}"', NAMES)) == both
        assert pair <= both
        less = {key for key, own in folded.items() if _run(own, first) and not _run(own, second)}
        assert set(shop.index.keys(f'"{one}" -"{two}"', NAMES)) == less


def _run(words, wanted):
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words)))
