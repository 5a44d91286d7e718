"""Tending the index: merged, mended and swept in steps, in between of which anything may happen, a kill as well."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import LibraryError
from app.search import segments
from app.search.choosing import LIMITS, Limits
from app.search.entries import ArticleEntry, Names, PassageEntry
from app.search.mending import Source
from tests.libraries import finished

NAMES = Names()
WORDS = ("alpha", "alphas", "beta", "gamma", "gamma-delta", "émile", "无人机", "the")
QUERIES = ("", "alpha", '"gamma delta"', "the -beta", "alph*", "émile OR 无人机", "-alpha", "is:annotated")


TINY = Limits(few=1, together=2, largest=4000, places=7, words=5, written=1, reading=1)
"""Two parts at a time, a few words or places in a step, a page in a transaction, nothing kept that was read."""


def text(chance):
    return " ".join(chance.choices(WORDS, k=chance.randrange(12)))


def source(articles, passages=()):
    held = {"article": articles, "passage": dict(passages)}
    return Source(lambda kind: held[kind], lambda kind, keys: [held[kind][key] for key in keys if key in held[kind]])


def filled(shop, count=40, seed=1):
    """Index articles and passages one by one; return them by their keys."""
    chance = random.Random(seed)
    articles = {key: ArticleEntry(key, f"title {key}", text(chance)) for key in range(1, count)}
    passages = {key: PassageEntry(key, chance.randrange(1, count), text(chance)) for key in range(1, count // 2)}
    for one in articles.values():
        shop.change([one])
    for one in passages.values():
        shop.change(passages=[one])
    return articles, passages


def answers(index):
    return [index.search(query, NAMES, passages=view) for query in QUERIES for view in (False, True)]


def sound(shop, articles, passages=()):
    return finished(shop.index.check(articles.values(), dict(passages).values()))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_deeds_between_the_steps_of_a_merge_are_never_lost(shops_in, seed, pauses):
    """A merge is walked some steps at a time; between them articles come, change and go."""
    with shops_in() as (shop, plain):
        chance = random.Random(seed)
        articles, passages = filled(shop, 24, seed)
        steps = shop.index.tend(shop.transaction)
        for pause in pauses:
            list(islice(steps, pause))
            key = chance.randrange(1, 30)
            articles[key] = ArticleEntry(key, "changed", text(chance))
            gone = chance.randrange(1, 30)
            articles.pop(gone, None)
            shop.change([articles[key]] if key in articles else [], gone_articles=[gone])
        finished(steps)
        plain.change(articles.values(), passages.values())
        assert answers(shop.index) == answers(plain.index)
        assert sound(shop, articles, passages) == []


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 200), st.sampled_from((TINY, replace(TINY, together=3, largest=1 << 30))))
def test_however_little_is_merged_at_a_time_nothing_is_lost(shops_in, seed, length, limits):
    """The longest articles fill several pages of a column, so that pages are written before all of them are made."""
    with shops_in(limits) as (shop, plain):
        chance = random.Random(seed)
        articles, passages = filled(shop, 12, seed)
        for key in chance.sample(range(1, 20), 6):
            articles[key] = ArticleEntry(
                key, "é" * key, " ".join((text(chance), *WORDS) * length), attributes={1: "of"}
            )
            shop.change([articles[key]])
        gone = chance.sample(range(1, 20), 3)
        shop.change(gone_articles=gone)
        articles = {key: article for key, article in articles.items() if key not in gone}
        finished(shop.index.tend(shop.transaction))
        plain.change(articles.values(), passages.values())
        assert answers(shop.index) == answers(plain.index)
        assert sound(shop, articles, passages) == []
        assert not shop.index.is_untidy()


def test_what_one_merge_makes_is_no_larger_than_it_may_be(shops):
    shop = shops("bounded.db", replace(TINY, small=0, largest=6000))
    articles, passages = filled(shop, 60)
    finished(shop.index.tend(shop.transaction))
    sizes = sorted(one.size for one in shop.index.written() if one.kind == "article")
    assert sizes[-1] <= 6000
    assert len(sizes) <= 2 * -(-sum(sizes) // 6000)
    assert sound(shop, articles, passages) == []


def test_while_there_is_other_work_only_what_is_many_is_merged(shops):
    shop = shops("busy.db", Limits(most=100, few=2, many=8, together=8))
    articles, passages = filled(shop, 8)
    finished(shop.index.tend(shop.transaction, busy=True))
    assert shop.segments() == len(articles) + len(passages)
    for key in range(8, 12):
        articles[key] = ArticleEntry(key, text="alpha")
        shop.change([articles[key]])
    finished(shop.index.tend(shop.transaction, busy=True))
    assert shop.segments() == len(passages) + len(articles) - 7
    assert sound(shop, articles, passages) == []


def test_who_is_busy_leaves_alone_what_another_one_writes(shops):
    idle = shops("two.db", replace(TINY, most=100, small=0))
    articles, passages = filled(idle, 9)
    busy = shops("two.db", Limits(many=1, together=3, small=0))
    steps = idle.index.tend(idle.transaction)
    written = "SELECT count(*) FROM search_page WHERE segment NOT IN (SELECT id FROM search_segment)"
    while not idle.connection.execute(written).fetchone()[0]:
        next(steps)
    before = set(idle.connection.execute(written.replace("count(*)", "segment")))
    finished(busy.index.tend(busy.transaction, busy=True))
    assert set(busy.connection.execute(written.replace("count(*)", "segment"))) == before
    finished(steps)
    finished(idle.index.tend(idle.transaction))
    assert not busy.index.is_untidy()
    assert sound(idle, articles, passages) == []


def test_what_is_tended_is_of_few_parts_and_leaves_nothing_behind(shop):
    articles, passages = filled(shop, 150)
    before = answers(shop.index)
    assert shop.index.is_untidy()
    finished(shop.index.tend(shop.transaction))
    assert not shop.index.is_untidy()
    assert shop.segments() <= 2 * LIMITS.few
    assert answers(shop.index) == before
    assert sound(shop, articles, passages) == []
    kept = "SELECT count(*) FROM search_page WHERE segment NOT IN (SELECT id FROM search_segment)"
    assert shop.connection.execute(kept).fetchone() == (0,)


def test_killed_between_any_two_steps_the_index_says_the_same(shops):
    shop = shops("killed.db")
    articles, passages = filled(shop)
    before = answers(shop.index)
    for step in range(1, 500):
        again = shops("killed.db")
        steps = again.index.tend(again.transaction)
        taken = len(list(islice(steps, step)))
        steps.close()
        assert answers(shop.index) == before
        if taken < step:
            break
    assert not shop.index.is_untidy()
    assert sound(shop, articles, passages) == []


def test_two_that_tend_at_once_do_no_harm(shops):
    one, two = shops("both.db"), shops("both.db")
    articles, passages = filled(one)
    before = answers(one.index)
    walks = [shop.index.tend(shop.transaction) for shop in (one, two)]
    chance = random.Random(5)
    while walks:
        walk = chance.choice(walks)
        if next(walk, "end") == "end":
            walks.remove(walk)
    assert answers(two.index) == before
    assert sound(one, articles, passages) == []
    finished(one.index.tend(one.transaction))
    assert not two.index.is_untidy()


def test_what_died_is_written_out_of_a_worn_segment(shop):
    articles = {key: ArticleEntry(key, text=f"alpha word{key}") for key in range(1, 401)}
    shop.change(articles.values())
    shop.change(gone_articles=range(1, 200))
    finished(shop.index.tend(shop.transaction))
    assert [(one.documents, one.live) for one in shop.index.written()] == [(201, 201)]
    assert len(shop.index.keys("alpha", NAMES)) == 201


def test_a_merge_that_comes_upon_damage_ends_and_the_rest_is_merged(shop, shops):
    articles, _ = filled(shop, 12)
    shop.connection.execute("UPDATE search_page SET data = zeroblob(length) WHERE segment IN"
                            " (SELECT id FROM search_segment WHERE kind = 'article' ORDER BY id LIMIT 1)")  # fmt: skip
    fresh = shops("library.db")
    finished(fresh.index.tend(fresh.transaction))
    finished(fresh.index.tend(fresh.transaction))
    assert len(fresh.index.keys("", NAMES)) == len(articles) - 1
    assert finished(fresh.index.mend(fresh.transaction, source(articles))).indexed["article"] == 1
    assert sound(fresh, articles) == []


@pytest.mark.parametrize("kind", ["article", "passage"])
def test_a_segment_of_another_form_is_mended_while_the_rest_is_found(shop, shops, kind):
    articles, passages = filled(shop)
    before = answers(shop.index)
    finished(shop.index.tend(shop.transaction))
    shop.connection.execute("UPDATE search_segment SET form = form + 1 WHERE kind = ?", (kind,))
    fresh = shops("library.db")
    held = fresh.index.held()
    assert held[kind] == 0
    assert sum(held.values()) > 0
    assert {str(one.broken) for one in fresh.index.written() if one.broken} == {
        "It was written by another version of the program."
    }
    steps = fresh.index.mend(fresh.transaction, source(articles, passages))
    counted = [fresh.index.held()[kind] for _ in steps]
    assert counted == sorted(counted)
    assert len(set(counted)) > 2, "it is mended little by little"
    assert answers(fresh.index) == before
    assert sound(fresh, articles, passages) == []


def test_a_mend_that_is_broken_off_is_gone_on_with(shop):
    articles, passages = filled(shop)
    with shop.deed() as index:
        index.clear()
    steps = shop.index.mend(shop.transaction, source(articles, passages))
    list(islice(steps, 4))
    steps.close()
    held = sum(shop.index.held().values())
    assert 0 < held < len(articles) + len(passages)
    again = finished(shop.index.mend(shop.transaction, source(articles, passages)))
    assert sum(again.indexed.values()) == len(articles) + len(passages) - held
    assert sound(shop, articles, passages) == []


def test_a_mend_lets_go_of_what_the_library_has_not_and_of_what_stands_twice(shop):
    shop.change([ArticleEntry(1, text="alpha"), ArticleEntry(2, text="alpha")])
    with shop.deed() as index:
        index._store.write("article", segments.build("article", [ArticleEntry(2, text="beta")]))
    library = {2: ArticleEntry(2, text="gamma"), 3: ArticleEntry(3, text="alpha")}
    finished(shop.index.mend(shop.transaction, source(library)))
    assert sorted(shop.index.keys("", NAMES)) == [2, 3]
    assert sound(shop, library) == []


def test_what_cannot_be_indexed_is_named_and_hinders_nothing(shop):
    wrong = ArticleEntry(2, text="alpha", added=1 << 70)
    shop.change([ArticleEntry(1, text="alpha"), wrong, ArticleEntry(3, text="alpha")])
    assert sorted(shop.index.keys("alpha", NAMES)) == [1, 3]
    assert list(shop.index.failed()["article"]) == [2]
    library = {2: wrong, 4: ArticleEntry(4, text="alpha")}
    mended = finished(shop.index.mend(shop.transaction, source(library)))
    assert mended.indexed["article"] == 1
    assert "cannot be indexed" in str(mended.failed["article"][2])
    shop.change([ArticleEntry(2, text="alpha")])
    assert shop.index.failed()["article"] == {}
    assert sorted(shop.index.keys("alpha", NAMES)) == [2, 4]


def test_what_cannot_be_read_for_the_index_is_named_and_hinders_nothing(shop):
    library = {key: ArticleEntry(key, text="alpha") for key in range(1, 10)}

    def entries(kind, keys):
        if 5 in keys:
            raise LibraryError("The library is damaged.", "Restore it.")
        return [library[key] for key in keys]

    keys = Source(lambda kind: library if kind == "article" else (), entries)
    mended = finished(shop.index.mend(shop.transaction, keys))
    assert {key: str(why) for key, why in mended.failed["article"].items()} == {
        5: "The library is damaged. Restore it."
    }
    assert len(shop.index.keys("alpha", NAMES)) == 8


def test_a_deed_takes_away_what_it_cannot_read_and_a_rollback_brings_it_back(shop, shops):
    shop.change([ArticleEntry(1, text="alpha")])
    shop.connection.execute("UPDATE search_segment SET form = 9")
    fresh = shops("library.db")
    fresh.connection.execute("BEGIN")
    fresh.index.change([ArticleEntry(2, text="alpha")])
    assert fresh.index.keys("alpha", NAMES) == [2]
    fresh.connection.execute("ROLLBACK")
    assert fresh.index.keys("alpha", NAMES) == []
    fresh.connection.execute("UPDATE search_segment SET form = ?", (segments.FORM,))
    assert shops("library.db").index.keys("alpha", NAMES) == [1]
