"""What the engine does quickly is what the slow definition says: sets, the best, places, columns by the page, lines."""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect_left
from fnmatch import fnmatchcase
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.search import distinct, phrases, shelf
from app.search.entries import ArticleEntry, Names
from app.search.execute import Executor, Shelves
from app.search.index import Index
from app.search.lines import Lines, encode
from app.search.matching import distance_within
from app.search.nearness import near
from app.search.ordering import ordered
from app.search.plan import Both, Days, Either, Slot, Text, Without
from app.search.resident import PAGE, Column, Memory
from app.search.shelf import Found, Shelf
from app.search.store import Store

SIZE = 400
sets = st.one_of(
    st.frozensets(st.integers(0, SIZE - 1), max_size=6),
    st.frozensets(st.integers(0, SIZE - 1), min_size=40, max_size=200),
).map(lambda found: np.array(sorted(found), np.intp))


@given(sets, sets)
def test_what_two_sets_have_in_common_is_found_in_both(one, other):
    few, many = sorted((one, other), key=len)
    both, here, there = distinct.common(few, many, SIZE)
    assert both.tolist() == few[here].tolist() == many[there].tolist() == sorted({*few.tolist()} & {*many.tolist()})


@given(st.lists(sets, max_size=4))
def test_what_is_in_any_set_is_in_their_union(parts):
    expected = sorted(set().union(*(part.tolist() for part in parts)))
    assert distinct.united(parts, SIZE).tolist() == expected


counted = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, 9)), max_size=300)


@given(st.lists(counted, min_size=1, max_size=4), st.booleans(), st.sampled_from([np.intp, np.uint32]))
def test_sums_are_those_of_each_number(lists, dense, kind):
    size = SIZE if dense else SIZE * 100
    sets = [
        (np.array([place for place, _ in pairs], kind), np.array([number for _, number in pairs], np.float32))
        for pairs in lists
    ]
    found, sums = distinct.summed(sets, size, positive=False)
    totals: dict[int, int] = {}
    for place, number in (pair for pairs in lists for pair in pairs):
        totals[place] = totals.get(place, 0) + number
    assert dict(zip(found.tolist(), sums.tolist(), strict=True)) == totals
    assert found.tolist() == sorted(totals)
    assert found.dtype == np.intp


@given(sets, sets)
def test_a_part_of_a_set_stands_in_it_where_its_rows_say(one, other):
    many = np.array(sorted({*one.tolist(), *other.tolist()}), np.intp)
    assert many[distinct.rows_of(one, many, SIZE)].tolist() == one.tolist()


@given(st.integers(1, 6000), st.integers(1, 90), st.sampled_from([2, 5, 1000]), st.integers(0, 99), st.booleans())
@example(5000, 20, 2, 1, False)
@example(5000, 20, 2, 1, True)
@example(4096, 64, 1000, 1, False)
def test_the_best_are_the_first_of_all_in_order(count, most, different, seed, in_order):
    chance = np.random.default_rng(seed)
    keys = np.arange(count) if in_order else chance.permutation(count).astype(np.int64)
    scores = chance.integers(0, different, count).astype(np.float32)
    executor = SimpleNamespace(shelf=SimpleNamespace(column=lambda _name: keys, is_sorted=in_order))
    best = ordered(executor, Found(np.arange(count), scores), "relevance", most)
    expected = sorted(range(count), key=lambda place: (-scores[place], keys[place]))[:most]
    assert best.documents.tolist() == expected
    assert best.scores.tolist() == scores[expected].tolist()


@given(
    st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 30), st.sampled_from([90, 6000, 700_000, 60_000_000]),
    st.integers(0, 99),
)  # fmt: skip
@example(2000, 2000, 1, 700_000, 1)
@example(3000, 20, 1, 6000, 1)
@example(20, 3000, 2, 6000, 1)
def test_places_that_lead_to_others_are_found_in_a_table_as_by_bisection(count, others, ahead, total, seed):
    chance = np.random.default_rng(seed)
    begins, places = (np.unique(chance.integers(0, total, size)).astype(np.uint32) for size in (count, others))
    expected = sorted(set(begins.tolist()) & {place - ahead for place in places.tolist()})
    assert phrases.led_to(begins, places, ahead, total).tolist() == expected


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(1, 4), st.integers(0, 60), st.integers(0, 99))
def test_words_in_a_row_lie_in_one_document(lengths, count, begun, seed):
    owners = [document for document, length in enumerate(lengths) for _ in range(length)]
    starts = np.cumsum([0, *lengths]).astype(np.uint32)
    chosen = np.random.default_rng(seed).integers(0, max(1, len(owners)), begun) if owners else []
    begins = np.unique(np.array(chosen, np.uint32))
    within = {owners[one] for one in begins.tolist() if owners[one : one + count] == [owners[one]] * count}
    assert phrases.holding(begins, count, starts).tolist() == sorted(within)
    assert phrases.owners(begins, starts).tolist() == sorted({owners[one] for one in begins.tolist()})


words = st.lists(st.text(alphabet="abzé0", min_size=1, max_size=4), unique=True, max_size=300).map(sorted)


@given(words, st.lists(st.text(alphabet="abzé0", max_size=5), max_size=20))
@example([f"{number:03}" for number in range(300)], ["063", "064", "065", "127", "128", "299", "300", "0635", ""])
def test_lines_are_found_by_bisection(known, asked):
    lines = Lines(encode(known))
    raw = [word.encode() for word in known]
    assert list(lines) == raw
    for word in [*asked, *known]:
        place = bisect_left(raw, word.encode())
        assert lines.place(word.encode()) == place
        assert lines.find(word.encode()) == (place if word in known else -1)
        first, last = lines.beginning(word.encode())
        assert raw[first:last] == [one for one in raw if one.startswith(word.encode())]


crowded = st.sampled_from(["ab", "abc", "abé", "aé无"]).flatmap(
    lambda letters: st.tuples(
        st.text(alphabet=letters, min_size=1, max_size=11),
        st.sets(st.text(alphabet=letters, min_size=1, max_size=11), min_size=20, max_size=120),
    )
)


@settings(max_examples=150)
@given(crowded, st.integers(1, 2))
def test_among_many_words_those_near_one_are_found(words, most):
    word, others = words
    lines = Lines(encode(sorted([*(f"x{other}" for other in others), "wab", "ya"])))
    found = {lines[number].decode()[1:] for number in near(word, most, b"x", lines)}
    assert found == {other for other in others if distance_within(word, other, most)}


class Shop:
    """Pages of one column, and how many were read of them."""

    def __init__(self, count, start, kind="<u4"):
        self.numbers = (np.arange(count, dtype=np.uint32) * 7).astype(kind)
        data = bytes(start) + self.numbers.tobytes()
        self.pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
        self.read = 0

    def __call__(self, first, last):
        self.read += last - first + 1
        return self.pages[first : last + 1]


@settings(max_examples=60)
@given(
    st.sampled_from([0, 8, PAGE - 8, PAGE]),
    st.lists(st.tuples(st.integers(0, 70_000), st.integers(0, 70_000)).map(sorted), max_size=12),
    st.sampled_from([1 << 30, 3 * PAGE, 1]),
    st.sampled_from(["<u4", "<u2", "<u1"]),
)
def test_a_column_gives_what_was_written_and_keeps_within_memory(start, cuts, budget, written):
    shop = Shop(70_000, start, written)
    memory = Memory(budget)
    column = Column(memory, shop, start, len(shop.numbers), written)
    for first, last in cuts:
        found = column.slice(first, last)
        assert np.array_equal(found, shop.numbers[first:last])
        assert found.dtype == written
        assert not len(found) or not found.flags.writeable
        assert memory.used <= budget
    if budget == 1 << 30:
        assert shop.read <= len(shop.pages)
    with pytest.raises(IndexError):
        column.slice(0, len(shop.numbers) + 1)


def test_numbers_of_pages_are_plain_however_a_column_is_asked():
    """SQLite takes a number of NumPy's for bytes."""
    shop = Shop(70_000, 8)
    asked = []

    def read(first, last):
        asked.extend((type(first), type(last)))
        return shop(first, last)

    column = Column(Memory(1 << 30), read, 8, len(shop.numbers), "<u4")
    for start, end in ((20_000, 20_001), (50_000, 50_002), (0, 70_000)):
        assert len(column.slice(np.int32(start), np.int64(end))) == end - start
    assert set(asked) == {int}


def test_memory_is_shared_and_what_was_asked_for_last_stays():
    memory = Memory(4 * PAGE)
    shops = [Shop(16_384, 0) for _ in range(8)]
    columns = [Column(memory, shop, 0, 16_384, "<u4") for shop in shops]
    columns[0].whole()
    for column in columns[1:]:
        columns[0].whole()
        column.whole()
        assert memory.used <= 4 * PAGE
    assert shops[0].read <= 3
    memory.forget(columns[7])
    memory.forget(columns[7])
    assert memory.used <= 3 * PAGE
    assert columns[7].whole().tolist() == shops[7].numbers.tolist()


def test_numbers_beyond_their_bound_are_refused_when_their_page_is_read():
    shop = Shop(40_000, 8)
    column = Column(Memory(1 << 30), shop, 8, 40_000, "<u4", below=7 * 20_000)
    assert column.slice(0, 16_000)[-1] == 7 * 15_999
    with pytest.raises(IndexError):
        column.slice(30_000, 30_001)


def test_a_page_that_is_too_short_is_refused():
    shop = Shop(40_000, 0)
    shop.pages[1] = shop.pages[1][:-4]
    with pytest.raises(IndexError):
        Column(Memory(1 << 30), shop, 0, 40_000, "<u4").whole()


CHANCE = random.Random(4)
VOCABULARY = [f"{head}{number}{tail}" for head in ("a", "ba", "c") for number in range(400) for tail in ("", "n")]
MANY = [
    ArticleEntry(key, text=" ".join(CHANCE.choices(VOCABULARY, k=CHANCE.choice((0, 3, 60)))), published=(key, key + 3))
    for key in range(1, 300)
]


@pytest.fixture
def lively(shop):
    """An index of three segments in which some documents are dead."""
    for start in range(0, 300, 120):
        shop.change(MANY[start : start + 120])
    shop.change(gone_articles=range(1, 300, 7))
    return shop


def alive():
    return [one for one in MANY if one.key % 7 != 1]


@pytest.mark.parametrize("pattern", ["*a*", "*n", "?a*", "*1?n", "*99*", "*x*", "?????n"])
def test_open_patterns_find_what_a_scan_finds(lively, pattern):
    expected = re_found(pattern)
    assert set(lively.index.keys(f"text:{pattern}", Names())) == expected
    hits = lively.index.search(f"text:{pattern}", Names()).hits
    assert len({hit.score for hit in hits}) <= 1
    assert all(not hit.positions for hit in hits)
    for hit in hits[:3]:
        text = next(one.text for one in MANY if one.key == hit.key).split()
        own = lively.index.positions(f"text:{pattern}", Names(), hit.key)["text"]
        assert {text[place] for place in own} == {word for word in text if fits(pattern, word)}


def fits(pattern, word):
    return fnmatchcase(word, pattern)


def re_found(pattern):
    return {one.key for one in alive() if any(fits(pattern, word) for word in one.text.split())}


@pytest.mark.parametrize("prefix", ["a", "b", "ba", "c3", "ba39", "x"])
def test_prefixes_find_what_a_scan_finds(lively, prefix):
    expected = {one.key for one in alive() if any(word.startswith(prefix) for word in one.text.split())}
    assert set(lively.index.keys(f"text:{prefix}*", Names())) == expected


def test_conditions_narrow_words_as_they_do_alone(lively):
    store = Store(lively.connection)
    executor = Executor(Shelves(Shelf("article", store.live("article")), Shelf("passage", ())), "article")
    word, other = Text("text", (Slot("prefix", "ba1"),)), Text("text", (Slot("exact", "a7"),))
    days = Days(100, 180, "")
    keys = executor.shelf.column("key")

    def found(plan):
        return set(keys[executor.find(plan).documents].tolist())

    for plan in (word, other, Either((word, other)), Without(other)):
        assert found(Both((plan, days))) == found(plan) & found(days)
        assert found(Both((plan, Without(days)))) == found(plan) - found(days)
        assert set(keys[executor.documents(plan)].tolist()) == found(plan)
    assert found(Both((days, Without(word)))) == found(days) - found(word)


def test_phrases_over_segments_are_those_of_a_scan(shop):
    chance = random.Random(9)
    spelt = ("sea", "drone", "of", "the", "that")
    texts = {key: chance.choices(spelt, k=chance.choice((3, 40))) for key in range(1, 90)}
    for start in (1, 30, 60):
        shop.change([ArticleEntry(key, text=" ".join(texts[key])) for key in range(start, start + 30) if key in texts])
    shop.change(gone_articles=range(5, 90, 5))
    for _ in range(80):
        run = chance.choices(spelt, k=chance.choice((2, 3, 4)))
        expected = {
            key
            for key, own in texts.items()
            if key % 5 and any(own[at : at + len(run)] == run for at in range(len(own)))
        }
        assert set(shop.index.keys(f'text:"{" ".join(run)}"', Names())) == expected
        for hit in shop.index.search(f'text:"{" ".join(run)}"', Names()).hits[:3]:
            own = texts[hit.key]
            at = {
                start + step
                for start in range(len(own))
                if own[start : start + len(run)] == run
                for step in range(len(run))
            }
            assert set(hit.positions["text"]) == at
    small = Index(shop.connection, memory=1)
    assert small.keys('text:"sea of the"', Names()) == shop.index.keys('text:"sea of the"', Names())


def test_a_word_that_could_not_be_read_once_is_found_the_next_time(shop, monkeypatch):
    shop.change([ArticleEntry(number, text="A wall of stone.") for number in range(1, 4)])
    read, failed = shelf.postings, []

    def failing(*arguments):
        if not failed:
            failed.append(True)
            raise sqlite3.OperationalError("disk I/O error")
        return read(*arguments)

    monkeypatch.setattr(shelf, "postings", failing)
    with pytest.raises(sqlite3.OperationalError):
        shop.index.search("text:wall", Names())
    assert shop.index.search("text:wall", Names()).total == 3
