"""Numbers and days of the reader's own are compared as numbers and days, in both views."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.model import AttributeKind, Published
from app.search import numbers
from app.search.entries import ArticleEntry, Names, PassageEntry
from app.search.explaining import explain
from app.search.plan import Both, Ranged, Text, Without
from app.search.reading import read
from tests.sample_index import indexed

SCORE, SEEN = 7, 8
NAMES = Names(
    attributes={SCORE: "Score", SEEN: "Checked on", 9: "Tone"},
    attribute_ids={"a" * 32: SCORE},
    attribute_kinds={SCORE: AttributeKind.NUMBER, SEEN: AttributeKind.DATE, 9: AttributeKind.TEXT},
    today=date(2025, 3, 5),
)
NUMBERS = ("2", "2.0", "-2", "2.5", "3", "10", "0", "-0", "1000", "1e3", "-.5", "many", "")
DAYS = ("2025-03-04", "2025-03", "2025", "about 2025-02-28", "2024-02-29", "1999", "often", "")
SIGNS = st.sampled_from(("", ">", ">=", "<", "<="))


def articles(values, attribute):
    return [ArticleEntry(key, attributes={attribute: value}) for key, value in enumerate(values, 1)]


def found(values, attribute, query):
    """Return the values of the articles that a query finds, and make sure that it finds their passages too."""
    with indexed(
        articles(values, attribute), [PassageEntry(key, key, "x") for key in range(1, len(values) + 1)]
    ) as index:
        keys = sorted(index.keys(query, NAMES))
        assert sorted(index.keys(query, NAMES, passages=True)) == keys
        assert index.count(f"-{query}", NAMES) == len(values) - len(keys)
        return [values[key - 1] for key in keys]


def fits(sign, least, greatest, low, high):
    """Return whether what may be anything from ``least`` to ``greatest`` compares so with a range."""
    return {
        "": least <= high and greatest >= low,
        ">": greatest > high,
        ">=": greatest >= low,
        "<": least < low,
        "<=": least <= high,
    }[sign]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(NUMBERS), max_size=8),
    SIGNS,
    st.sampled_from((-2, 0, 2, 2.5, 3, 1000)),
    st.sampled_from((None, -2, 0, 2.5, 10)),
)
@example(["2", "-2", "2.5"], "", 2, None)
@example(["-2", "2"], "", -2, None)
def test_numbers_are_compared_as_numbers(values, sign, one, other):
    low, high = (one, one) if other is None else sorted((one, other))
    said = str(one) if other is None else f"{one}..{other}"
    known = [(value, numbers.number(value)) for value in values]
    wanted = [value for value, number in known if number is not None and fits(sign, number, number, low, high)]
    assert found(values, SCORE, f"score:{sign}{said}") == wanted


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(DAYS), max_size=8),
    SIGNS,
    st.sampled_from(DAYS[:-2]).filter(lambda day: " " not in day),
    st.sampled_from((None, "2025-03-03", "2024", "2025-02")),
)
def test_days_are_compared_as_those_of_publication(values, sign, one, other):
    ends = [Published.parse(day) for day in (one, other) if day is not None]
    low, high = min(day.day for day in ends), max(day.last_day() for day in ends)
    query = f'"checked on":{sign}{one if other is None else f"{one}..{other}"}'
    known = [(value, Published.parse(value)) for value in values if value not in {"often", ""}]
    wanted = [value for value, day in known if fits(sign, day.day, day.last_day(), low, high)]
    assert found(values, SEEN, query) == wanted


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("3..5", (3, 5)),
        ("5..3", (3, 5)),
        ("3..", (3, inf)),
        ("..5", (-inf, 5)),
        ("3-5", (3, 5)),
        ("3–5", (3, 5)),
        ("-5--3", (-5, -3)),
        ("3 to 5", (3, 5)),
        ("between 3 and 5", (3, 5)),
        ("1,000", (1000, 1000)),
        ("−2", (-2, -2)),
        (".5", (0.5, 0.5)),
        ("1e3", (1000, 1000)),
        ("..", None),
        ("nan", None),
        ("1e999", None),
        ("9" * 2000, None),
        ("1,00", None),
        ("three", None),
        ("", None),
    ],
)
def test_what_a_range_of_numbers_means(value, same):
    assert numbers.bounds(value) == same


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("score:3 to 5 drone", 'score:"3 to 5" drone'),
        ("score:>= 3", "score:>=3"),
        ("score: > 3", "score:>3"),
        ("score: -2", "score:-2"),
        ("score:(>3 OR -x)", "score:>3 OR -score:x"),
        ("score:(-2 OR 3)", "score:-2 OR score:3"),
        ("score:(–2..3 OR (-4))", "score:-2..3 OR score:-4"),
        ("score:(3 OR > -2)", "score:3 OR score:>-2"),
        ("(score:3) -2", "score:3 -2"),
        ('"checked on":last week drone', '"checked on":"last week" drone'),
        ('"checked on":>=last month', '"checked on":>="last month"'),
        ('"Score":2', "score:2"),
        (f"{'a' * 32}:>2", "score:>2"),
        ("score:＞２", "score:>2"),
    ],
)
def test_a_comparison_is_read_however_it_is_written(query, same):
    one, other = read(query, NAMES), read(same, NAMES)
    assert str(one.plan).replace("Score", "score") == str(other.plan).replace("Score", "score")
    assert [str(note) for note in one.notes] == [str(note) for note in other.notes]


def test_a_number_below_zero_is_found_among_others():
    assert found(["-2", "2", "3", "5"], SCORE, "score:(-2 OR 3)") == ["-2", "3"]
    said = str(explain(read("score:(-2 OR 3)", NAMES), "score:(-2 OR 3)", passages=False))
    assert said == "Articles with -2 in the field “score” or with 3 in the field “score”."


@pytest.mark.parametrize("query", ["score:-2", "score: -2", "score:>-2", "score:..-2", 'score:"-2"', "drone score:-.5"])
def test_a_minus_before_a_number_belongs_to_it(query):
    plan = read(query, NAMES).plan
    ranged = plan.parts[-1] if isinstance(plan, Both) else plan
    assert isinstance(ranged, Ranged)
    assert min(ranged.low, ranged.high) < 0


@pytest.mark.parametrize(
    "query",
    ["tone:-2", "score:-many", "title:-2", "-score:2", "score:-(2 OR 3)", "tone:(-2)", "score:(-many)", "-score:(-2)"],
)
def test_a_minus_before_anything_else_shuts_out(query):
    assert isinstance(read(query, NAMES).plan, Without)


def test_what_is_no_number_is_looked_for_as_words_and_a_pattern_as_one():
    assert isinstance(read("score:man*", NAMES).plan, Text)
    assert read("score:man*", NAMES).notes == []
    assert isinstance(read("score:many", NAMES).plan, Text)
    assert found(["many", "2"], SCORE, "score:*") == ["many", "2"]


def test_a_number_follows_its_article():
    with indexed(articles(["2", "5"], SCORE)) as index:
        assert index.keys("score:>3", NAMES) == [2]
        index.change([ArticleEntry(1, attributes={SCORE: "7"})], gone_articles=[2])
        assert index.keys("score:>3", NAMES) == [1]
        assert index.keys("score:<3", NAMES) == []


@pytest.mark.parametrize("query", ["score:", "score:>", "score:> ", '"checked on":202', "score:2 t", "outlet:="])
def test_a_value_that_is_being_typed_narrows_nothing_yet(query):
    assert read(f"drone {query}", NAMES, typing=True).plan == read("drone", NAMES).plan
