"""Filters make queries that the library reads as they were meant."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.model import AttributeKind, State, Theme
from app.search import language, schema
from app.search.designations import Designations
from app.search.entries import ArticleEntry, Names, PassageEntry
from app.search.matching import matches
from app.search.plan import Being, Both, Either, Everything, Plan, Slot, Text, Themed, Whole
from app.search.reading import read
from app.search.tree import plainly
from tests.sample_index import indexed
from ui.search import filters
from ui.search.filters import ALL, MARKED, UNREAD, Filter, composed, has_operators, may_grow

UID = "a" * 32
WORDS = st.text(st.sampled_from('abc xyz OR()"-:*~“”>'), max_size=30)
NAMES = st.text(st.sampled_from("abcXYZ äß\"“”>:()-—*?&1 '’"), min_size=1, max_size=14).map(str.strip).filter(bool)


def tree(*paths):
    """Return themes by id with these paths, and what a query knows of them."""
    themes = {f"t{key}": Theme(key, f"{key:032x}", path[-1], path) for key, path in enumerate(paths, 1)}
    known = {theme.key: theme.path for theme in themes.values()}
    return themes, Names(themes=known, theme_ids={theme.id: theme.key for theme in themes.values()})


def parts(plan: Plan):
    return set(plan.parts) if isinstance(plan, Both) else {plan}


def test_nothing_chosen_is_everything():
    assert composed("", ALL, (), {}) == ""
    assert composed("  ", ALL, (), {}) == ""


@pytest.mark.parametrize(("view", "plan"), [(UNREAD, Being("unread")), (MARKED, Being("annotated"))])
def test_views(view, plan):
    assert read(composed("", view, (), {}), Names()).plan == plan


@pytest.mark.parametrize("state", list(State))
def test_each_state_is_read(state):
    query = composed("", ALL, (Filter(filters.STATE, state.value),), {})
    assert read(query, Names()).plan == Being(state.value)


def test_states_outlets_and_languages_are_alternatives_and_themes_all_count():
    themes, names = tree(("Drones",), ("Drones", "Sea"))
    chosen = (
        Filter(filters.STATE, "read"),
        Filter(filters.THEME, "t1"),
        Filter(filters.STATE, "unread"),
        Filter(filters.THEME, "t2"),
        Filter(filters.LANGUAGE, "en"),
        Filter(filters.LANGUAGE, "uk"),
        Filter(filters.NOTE),
        Filter(filters.UNDATED),
    )
    reading = read(composed("caspian", ALL, chosen, themes), names)
    assert not reading.notes
    plans = parts(reading.plan)
    assert Either((Being("read"), Being("unread"))) in plans
    languages = [Whole(schema.LANGUAGE, Slot("exact", code), "lang") for code in ("en", "uk")]
    assert Either(tuple(languages)) in plans
    assert {Being("note"), Being("undated")} < plans
    assert {plan.keys for plan in plans if isinstance(plan, Themed)} == {frozenset({1, 2}), frozenset({2})}
    assert [plan.slots[0].text for plan in plans if isinstance(plan, Text)] == ["caspian"]


VALUES = st.sampled_from(
    ["Times", "Financial Times", "times", "The “Times”", 'The "Times"', "good", "very good", "👍", "2", "-2", "2.5",
     "5*", "x: y (z)", "What next?", "OR", "a  b", "R&D", "—", "Site.com", "en", "en-gb", "2025-03", "NOT -x", "A＊",
     "=2", ">3"]
)  # fmt: skip
PUBLISHED = st.one_of(
    st.none(),
    st.tuples(st.integers(2024, 2025), st.integers(0, 3), st.integers(0, 2)).map(lambda given: days(*given)),
)


def days(year: int, month: int, day: int) -> tuple[int, int]:
    """Return the first and the last day of a year, a month of it, or a day of that."""
    if not month:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    first = date(year, month, max(1, day)).toordinal()
    return (first, first) if day else (first, date(year, month + 1, 1).toordinal() - 1)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(VALUES, VALUES, st.sampled_from(["en", "en-gb", "", "x"]), PUBLISHED), max_size=8), st.booleans()
)
@example([("The “Times”", "👍", "en", days(2025, 3, 0)), ("The ?Times?", "2", "en-gb", days(2025, 0, 0))], False)
def test_a_facet_finds_as_many_as_it_counts(rows, passages):
    articles = [
        ArticleEntry(key, outlet=outlet, attributes={7: value}, language=spoken, published=published)
        for key, (outlet, value, spoken, published) in enumerate(rows, 1)
    ]
    names = Names(attributes={7: "Theme"}, attribute_kinds={7: AttributeKind.NUMBER}, today=date(2025, 6, 1))
    with indexed(articles, [PassageEntry(key, key, "x") for key in range(1, len(rows) + 1)]) as index:
        facets = index.facets("", names, passages=passages)
        for facet, kind in (
            ("outlet", filters.OUTLET),
            ("language", filters.LANGUAGE),
            ("attribute:7", filters.ATTRIBUTE),
        ):
            for value, count in facets[facet]:
                name = "Theme" if kind == filters.ATTRIBUTE else ""
                query = composed("", ALL, (Filter(kind, value, name),), {}, {UID: "Theme"})
                like = [one for one, _ in facets[facet] if len(one) == len(value) and spelt(one) == spelt(value)]
                assert index.count(query, names, passages) == count or len(like) > 1, query
        for month, rows_of in months(facets["month"]).items():
            query = composed("", ALL, (Filter(filters.MONTH, month),), {})
            assert index.count(query, names, passages) == rows_of


def spelt(value: str) -> str:
    """Return a value as far as the language can say it: a sign that means something there is any one letter."""
    return re.sub('["*?“”＊]', "?", value)


def months(counted) -> dict[str, int]:
    """Return the counts of months, and of years with all their months."""
    found = dict(counted)
    for month, count in counted:
        if len(month) > 4:
            found[month[:4]] = found.get(month[:4], 0) + count
    return found


@given(
    st.lists(
        st.lists(NAMES.filter(bool), min_size=1, max_size=3).map(tuple),
        min_size=1,
        max_size=5,
        unique_by=lambda path: plainly(str(path)),
    )
)
@example([("War",), ("Politics", "War"), ("A", "Politics", "War")])
@example([("The “deal”",), ("Other", "The “deal”")])
def test_a_filter_by_a_theme_means_no_other_one(paths):
    themes, names = tree(*paths)
    below = Designations(names.themes).below
    for given_id, theme in themes.items():
        plan = read(composed("", ALL, (Filter(filters.THEME, given_id),), themes), names).plan
        assert isinstance(plan, Themed)
        assert plan.keys == below([theme.path])


@given(st.lists(NAMES, min_size=1, max_size=3).map(tuple))
@example(('Said "so"',))
@example(("Drones", "Sea > land"))
@example(("A: b", "(c) -d"))
@example(("100%", "***"))
@example(("—",))
def test_a_theme_of_any_name_finds_itself(path):
    themes, names = tree(path)
    reading = read(composed("", ALL, (Filter(filters.THEME, "t1"),), themes), names)
    assert isinstance(reading.plan, Themed)
    assert reading.plan.keys == {1}


def test_months_are_alternatives_and_without_a_date_is_one_of_them():
    chosen = (Filter(filters.MONTH, "2025-02"), Filter(filters.UNDATED), Filter(filters.MONTH, "2024"))
    query = composed("", ALL, chosen, {})
    assert query == "(published:=2025-02 OR published:=2024 OR is:undated)"
    assert isinstance(read(query, Names()).plan, Either)


@given(NAMES.filter(bool), NAMES.filter(bool), NAMES.filter(language.words))
@example("🌍", "🌎", "x")
@example("a: b", "a b", "x")
@example("“”", '"', "x")
@example("a-b", "ab", "x")
def test_an_attribute_of_any_name_finds_its_value(name, other, value):
    assume(plainly(name) != plainly(other))
    attributes = {"b" * 32: other, UID: name}
    query = composed("", ALL, (Filter(filters.ATTRIBUTE, value, name),), {}, attributes)
    names = Names(attributes={6: other, 7: name}, attribute_ids={"b" * 32: 6, UID: 7})
    reading = read(query, names)
    assert isinstance(reading.plan, Whole), query
    assert reading.plan.code == "A7:", query
    assert matches(reading.plan.value, " ".join(value.split()))


def test_values_of_one_attribute_are_alternatives_and_those_of_two_are_not():
    chosen = (
        Filter(filters.ATTRIBUTE, "dry", "Tone"),
        Filter(filters.ATTRIBUTE, "yes", "Signed"),
        Filter(filters.ATTRIBUTE, "warm", "Tone"),
    )
    attributes = {UID: "Tone", "b" * 32: "Signed"}
    assert composed("", ALL, chosen, {}, attributes) == "(Tone:=dry OR Tone:=warm) Signed:=yes"


def test_a_theme_or_an_attribute_that_is_gone_narrows_nothing():
    assert composed("x", ALL, (Filter(filters.THEME, "t9"), Filter(filters.ATTRIBUTE, "dry", "Tone")), {}) == "x"


@given(WORDS)
@example("caspian OR oil")
@example("(caspian OR oil")
@example("a) OR b")
@example("a OR(b)")
@example("(a)OR(b)")
@example('a OR"b"')
@example('"unclosed OR b')
@example("x -")
def test_what_is_typed_means_the_same_beside_a_filter(words):
    alone = read(words, Names()).plan
    together = read(composed(words, UNREAD, (), {}), Names()).plan
    if isinstance(alone, Everything):
        return
    assert Being("unread") in parts(together), composed(words, UNREAD, (), {})


@given(
    st.lists(st.sampled_from(["caspian", "oil", "OR", "-gas", '"black sea"', "title:war"]), max_size=6).map(" ".join)
)
def test_plain_queries_keep_their_plan_beside_a_filter(words):
    alone = read(words, Names()).plan
    together = read(composed(words, UNREAD, (), {}), Names()).plan
    if isinstance(alone, Everything):
        return
    assert parts(together) == {Being("unread")} | parts(alone)


@pytest.mark.parametrize("words", ["drone", "black se", "by:le", "a", '"black se', '"black" se', "(a OR dro", "无人"])
def test_the_word_being_typed_may_be_a_beginning(words):
    assert may_grow(words)


@pytest.mark.parametrize("words", ["", "drone ", "(a OR drone)", '"black sea"', "“black sea”", "drone\t"])
def test_a_word_with_something_behind_it_is_finished(words):
    assert not may_grow(words)


def test_a_space_that_ends_what_is_typed_stays_beside_a_filter():
    assert composed("  is:un  ", UNREAD, (), {}) == "is:unread is:un "
    assert composed("a OR is:un ", UNREAD, (), {}) == "is:unread (a OR is:un )"
    reading = read(composed("a OR is:un ", UNREAD, (), {}), Names(), typing=True)
    assert any("narrows nothing yet" in str(note) for note in reading.notes)


@given(WORDS)
@example("(caspian OR oi")
@example('"black se')
@example("title:dro")
def test_the_word_being_typed_is_the_same_beside_a_filter(words):
    alone = read(words, Names(), typing=may_grow(words)).plan
    together = read(composed(words, UNREAD, (), {}), Names(), typing=may_grow(words)).plan
    if not isinstance(alone, Everything):
        assert growing(together) == growing(alone)


def growing(plan: Plan) -> list[Text]:
    """Return the words of a plan that are still being typed."""
    if isinstance(plan, Both | Either):
        return [one for part in plan.parts for one in growing(part)]
    return [plan] if isinstance(plan, Text) and plan.growing else []


@pytest.mark.parametrize("words", ['"a b"', "a OR b", "title:a", "dro*", "-a", "a -b", "(a)", "a~"])
def test_operators_are_seen(words):
    assert has_operators(words)


@pytest.mark.parametrize("words", ["", "caspian sea", "counter-drone", "Putin’s goals", "or and not"])
def test_words_are_no_operators(words):
    assert not has_operators(words)
