"""Finding the figures of a text, and what they are worth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.figures import Figure, figures


def said(text: str) -> list[tuple[str, set[Decimal], str]]:
    return [(text[one.start : one.end], set(one.values), one.unit) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12,500 drones", 12500, ""),
        ("12 500 drones", 12500, ""),
        ("12\u202f500 drones", 12500, ""),
        ("1.234.567,5 units", Decimal("1234567.5"), ""),
        ("3.4 million people", 3_400_000, ""),
        ("3,4 Mio. Menschen", 3_400_000, ""),
        ("45% of it", 45, "%"),
        ("45 per cent of it", 45, "%"),
        ("forty-five percent of it", 45, "%"),
        ("4.5 percentage points", Decimal("4.5"), "points"),
        ("$2bn", 2_000_000_000, "$"),
        ("US$2 billion", 2_000_000_000, "$"),
        ("two billion dollars", 2_000_000_000, "$"),
        ("€5m", 5_000_000, "€"),
        ("a 12-metre drone", 12, ""),
        ("seven drones", 7, ""),
        ("3½ billion", 3_500_000_000, ""),
        ("3 ¾ per cent of it", Decimal("3.75"), "%"),
        ("3 1/2 million drones", 3_500_000, ""),
        ("12⅓% of it", Decimal("12.3333"), "%"),
        ("½ million drones", 500_000, ""),
        ("three thousand drones", 3000, ""),
        ("three and a half million people", 3_500_000, ""),
        ("twenty and a quarter per cent of it", Decimal("20.25"), "%"),
        ("3 and a half dollars", Decimal("3.5"), "$"),
        ("\u0664\u066b\u0662 million", 4_200_000, ""),
        ("\u0661\u0662\u066c\u0665\u0660\u0660\u066b\u0665", Decimal("12500.5"), ""),
    ],
)
def test_a_figure_has_a_value_and_a_unit(text, value, unit):
    ((_, values, found),) = said(f"There were {text}.")
    assert (values, found) == ({Decimal(value)}, unit)


def test_a_point_before_three_digits_can_mean_two_things():
    ((_, values, _),) = said("12.500 Drohnen")
    assert values == {Decimal("12.5"), Decimal(12500)}


def test_the_first_number_of_a_range_may_have_the_scale_of_the_second():
    (first, second), (third, fourth) = said("$3–4 billion, then"), said("from 900,000 to 2m")
    assert first == ("$3", {Decimal(3), Decimal(3_000_000_000)}, "$")
    assert second[:2] == ("4 billion", {Decimal(4_000_000_000)})
    assert third[1] == {Decimal(900_000)}
    assert fourth[1] == {Decimal(2_000_000)}
    assert said("3 million to 4 billion")[0][1] == {Decimal(3_000_000)}


def test_both_ends_of_a_range_have_its_unit():
    assert [(words, unit) for words, _, unit in said("20–30% and between 20 and 30 per cent")] == [
        ("20", "%"), ("30%", "%"), ("20", "%"), ("30 per cent", "%"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "on 4 March 2025, on March 4, 2025, in March 2025, in 2024, in the 1990s, 2015–16",
        "on 2025-03-04 and 04/03/2025 at 14:30, at 6 p.m., at 6.30pm",
        "an F-16, a Su-34, COVID-19, G7, A4, version 1.2.3",
        "on page 12, pp. 4–5, paragraph 3, table 2, No. 10, § 9, [12], the 21st drone, 1st",
        "two thirds, one man",
        "he is 5'10\" tall, she 6’ 2½”, and both 5′10",
        "https://example.org/12,500",
    ],
)
def test_days_names_and_numbers_of_things_are_no_figures(text):
    assert said(text) == []


def test_numbers_of_a_list_are_none_but_those_of_its_lines_are():
    assert [words for words, _, _ in said("1. There were 30 of them\n2) and 40 more")] == ["30", "40"]


def test_figures_agree_by_value_and_contradict_by_unit():
    def one(text: str) -> Figure:
        return figures(text)[0]

    assert one("$2bn").agrees(one("2 billion dollars"))
    assert one("2 billion").agrees(one("$2bn"))
    assert one("12.500").agrees(one("12,500"))
    assert not one("$2bn").agrees(one("€2bn"))
    assert not one("45%").agrees(one("45 drones"))
    assert not one("45%").agrees(one("45 percentage points"))
    assert not one("45%").agrees(one("54%"))


@given(st.integers(100, 10**9).filter(lambda value: not 1500 <= value < 2100))
def test_every_way_to_group_a_number_has_the_same_value(value):
    for gap in (",", " ", "\u202f", "’"):
        ((words, values, _),) = said(f"Some {value:,} drones".replace(",", gap))
        assert (words.replace(gap, ""), values) == (str(value), {Decimal(value)})


@given(st.text("0123456789.,- %$€mbnk’'\n(", max_size=40))
def test_any_text_gives_figures_in_order(text):
    ends = [place for one in figures(text) for place in (one.start, one.end)]
    assert ends == sorted(ends)
