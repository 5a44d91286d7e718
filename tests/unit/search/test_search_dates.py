"""Dates in queries: in figures, in words, and what each field makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.model import AttributeKind
from app.search import dates
from app.search.entries import Names
from app.search.plan import Both, Days, Nothing, Text
from app.search.reading import read
from app.wording import MONTHS

TODAY = date(2025, 3, 5)
NAMES = Names(today=TODAY)


def day(text):
    return date.fromisoformat(text).toordinal()


def unlabelled(plan):
    """Return a plan without what its dates are called; the days alone tell."""
    if isinstance(plan, Days):
        return replace(plan, label="")
    return replace(plan, parts=tuple(map(unlabelled, plan.parts))) if hasattr(plan, "parts") else plan


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-02", ("2025-02-01", "2025-02-28")),
        ("2025-02-03", ("2025-02-03", "2025-02-03")),
        ("2025-01..2025-03", ("2025-01-01", "2025-03-31")),
        ("2025-03..2025-01", ("2025-01-01", "2025-03-31")),
        ("2025-01/2025-03", ("2025-01-01", "2025-03-31")),
        ("2024-12-03 / 2025-01-05", ("2024-12-03", "2025-01-05")),
        ("2025/03", ("2025-03-01", "2025-03-31")),
        ("2025-01..last week", ("2025-01-01", "2025-03-02")),
        ("today", ("2025-03-05", "2025-03-05")),
        ("Yesterday", ("2025-03-04", "2025-03-04")),
        ("this week", ("2025-03-03", "2025-03-09")),
        ("last  week", ("2025-02-24", "2025-03-02")),
        ("past week", ("2025-02-27", "2025-03-05")),
        ("last 7 days", ("2025-02-27", "2025-03-05")),
        ("past two weeks", ("2025-02-20", "2025-03-05")),
        ("last 3 months", ("2024-12-06", "2025-03-05")),
        ("last month", ("2025-02-01", "2025-02-28")),
        ("this year", ("2025-01-01", "2025-12-31")),
        ("last year", ("2024-01-01", "2024-12-31")),
        ("3 days ago", ("2025-03-02", "2025-03-02")),
        ("a week ago", ("2025-02-24", "2025-03-02")),
        ("two months ago", ("2025-01-01", "2025-01-31")),
        ("march", ("2025-03-01", "2025-03-31")),
        ("Dec. 19, 2024", ("2024-12-19", "2024-12-19")),
        ("19. December 2024", ("2024-12-19", "2024-12-19")),
        ("dec.", ("2024-12-01", "2024-12-31")),
        ("sept. 2024 to 2. feb. 2025", ("2024-09-01", "2025-02-02")),
        ("4.3.2025", ("2025-03-04", "2025-03-04")),
        ("04.03.2025", ("2025-03-04", "2025-03-04")),
        ("19/12/2024", ("2024-12-19", "2024-12-19")),
        ("12/19/2024", ("2024-12-19", "2024-12-19")),
        ("3/3/2025", ("2025-03-03", "2025-03-03")),
        ("1.2.2025..4.3.2025", ("2025-02-01", "2025-03-04")),
        ("q1 2025", ("2025-01-01", "2025-03-31")),
        ("Q4 2024", ("2024-10-01", "2024-12-31")),
        ("2024-Q2", ("2024-04-01", "2024-06-30")),
        ("2024q2", ("2024-04-01", "2024-06-30")),
        ("q3 2024 to q1 2025", ("2024-07-01", "2025-03-31")),
        ("april", ("2024-04-01", "2024-04-30")),
        ("Sept 2024", ("2024-09-01", "2024-09-30")),
        ("4 march", ("2025-03-04", "2025-03-04")),
        ("6 march", ("2024-03-06", "2024-03-06")),
        ("4th March 2023", ("2023-03-04", "2023-03-04")),
        ("March 4, 2023", ("2023-03-04", "2023-03-04")),
        ("29 february", ("2024-02-29", "2024-02-29")),
        ("monday", ("2025-03-03", "2025-03-03")),
        ("wed", ("2025-03-05", "2025-03-05")),
        ("last wednesday", ("2025-02-26", "2025-02-26")),
        ("between march 2024 and may 2024", ("2024-03-01", "2024-05-31")),
        ("from 4 march 2024 to yesterday", ("2024-03-04", "2025-03-04")),
        ("2024 to 2025", ("2024-01-01", "2025-12-31")),
        ("january to march", ("2025-01-01", "2025-03-31")),
        ("2025-01 - 2025-03", ("2025-01-01", "2025-03-31")),
        ("2025-01 – 2025-03", ("2025-01-01", "2025-03-31")),
        ("march to may 2024", ("2024-03-01", "2024-05-31")),
        ("march – may 2024", ("2024-03-01", "2024-05-31")),
        ("between march and may 2024", ("2024-03-01", "2024-05-31")),
        ("from march to may 2024", ("2024-03-01", "2024-05-31")),
        ("from march until may 2024", ("2024-03-01", "2024-05-31")),
        ("march..may 2024", ("2024-03-01", "2024-05-31")),
        ("march to 2024-05", ("2024-03-01", "2024-05-31")),
        ("4 march to 6 march 2024", ("2024-03-04", "2024-03-06")),
        ("march 4 to march 6, 2024", ("2024-03-04", "2024-03-06")),
        ("nov to feb 2024", ("2023-11-01", "2024-02-29")),
        ("nov to feb", ("2024-11-01", "2025-02-28")),
        ("march to april", ("2024-03-01", "2024-04-30")),
        ("december 2023 to february", ("2023-12-01", "2025-02-28")),
        ("4 march 2025 to 6 march", ("2025-03-04", "2025-03-06")),
        ("tuesday to friday", ("2025-02-25", "2025-02-28")),
        ("10-12 march 2024", ("2024-03-10", "2024-03-12")),
        ("10 - 12 march 2024", ("2024-03-10", "2024-03-12")),
        ("10 to 12 march 2024", ("2024-03-10", "2024-03-12")),
        ("between 10 and 12 march", ("2024-03-10", "2024-03-12")),
        ("28 feb to 2 march 2024", ("2024-02-28", "2024-03-02")),
        ("2025/03/04", ("2025-03-04", "2025-03-04")),
        ("2025-3-4", ("2025-03-04", "2025-03-04")),
        ("2025/3", ("2025-03-01", "2025-03-31")),
        ("since march 2024 until may 2024", ("2024-03-01", "2024-05-31")),
        ("since march until may 2024", ("2024-03-01", "2024-05-31")),
        ("after march 2024 before june 2024", ("2024-04-01", "2024-05-31")),
        ("after february", ("2025-03-01", "9999-12-31")),
        ("before last week", ("0001-01-01", "2025-02-23")),
        ("2025/13/01", None),
        ("10-12 marchs 2024", None),
        ("since march", ("2025-03-01", "9999-12-31")),
        ("before march", ("0001-01-01", "2025-02-28")),
        ("2025-02-30", None),
        ("31.2.2025", None),
        ("3/4/2025", None),
        ("13/13/2025", None),
        ("4.3/2025", None),
        ("q5 2025", None),
        ("q1", None),
        ("31 february", None),
        ("0 days", None),
        ("3000 years ago", None),
        ("999 weeks ago week", None),
        ("0000", None),
        ("..", None),
        ("x..2025", None),
        ("about 2025-01-01", None),
        ("since since march", None),
        ("last", None),
        ("", None),
    ],
)
def test_what_a_date_means(text, days):
    assert dates.day_range(text, TODAY) == (tuple(map(day, days)) if days else None)


@pytest.mark.parametrize(
    ("field", "text", "days"),
    [
        ("before", "2025-01..2025-03", ("0001-01-01", "2024-12-31")),
        ("after", "2025-01..2025-03", ("2025-04-01", "9999-12-31")),
        ("since", "2025-01..2025-03", ("2025-01-01", "9999-12-31")),
        ("until", "2025-01..2025-03", ("0001-01-01", "2025-03-31")),
        ("on", "2025-01..2025-03", ("2025-01-01", "2025-03-31")),
        ("published", "between 2024 and last week", ("2024-01-01", "2025-03-02")),
        ("since", "2 weeks", ("2025-02-17", "9999-12-31")),
        ("before", "3 months", ("0001-01-01", "2024-11-30")),
    ],
)
def test_what_a_field_makes_of_a_date(field, text, days):
    assert dates.limit(field, text, TODAY) == tuple(map(day, days))


WORDS = st.sampled_from(
    ["last", "past", "this", "a", "2", "30", "days", "week", "ago", "march", "since", "until", "between", "and", "from",
     "to", "2025", "monday", "..", "0", "999", "years", "4th", "today", "²", "٣", "q1", "31.12.2025", "9/9/0001",
     "before", "after", "9999", "10-12",
     "2025/3"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=7).map(" ".join), st.dates())
@example("last 999 years", date.min)
@example("february", date.min)
@example("until today", date.max)
def test_no_words_and_no_day_lead_out_of_the_calendar(text, today):
    for name in ("before", "after", "since", "until", "on"):
        found = dates.limit(name, text, today)
        assert found is None or found[0] <= found[1] + 1
        assert found is None or (dates.FIRST_DAY <= found[0] <= dates.LAST_DAY + 1)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_in_words_is_the_day_in_figures(today):
    written = f"{today.day} {MONTHS[today.month - 1]} {today.year}"
    assert dates.day_span(written, today) == dates.day_span(today.isoformat(), today)
    assert dates.day_span(f"{today.day} {MONTHS[today.month - 1]}", today) == dates.day_span("today", today)
    assert dates.day_span("yesterday", today) == dates.day_span((today - timedelta(1)).isoformat(), today)
    this, last = dates.day_span("this week", today), dates.day_span("last week", today)
    assert this
    assert last
    assert last[1] + 1 == this[0] <= today.toordinal() <= this[1]


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("published:last week", 'published:"last week"'),
        ("published: last week", 'published:"last week"'),
        ("Published:last week drone", 'published:"last week" drone'),
        ("drone published:last week OR war", 'drone published:"last week" OR war'),
        ("(published:4 march 2025) drone", '(published:"4 march 2025") drone'),
        ("published:last week before:2025", 'published:"last week" before:2025'),
        ("-published:last week", '-published:"last week"'),
        ("since:between march and may", 'since:"between march and may"'),
        ("drone since march", 'drone since:"march"'),
        ("(drone OR since last week)", '(drone OR since:"last week")'),
        ("on:march war", 'on:"march" war'),
        ("since march drone", 'since:"march" drone'),
        ("drone since march (x)", 'drone since:"march" (x)'),
        ("since 2025-03 drone", 'since:"2025-03" drone'),
        ("drone -since 4 march 2025 war", 'drone -since:"4 march 2025" war'),
        ("since the war and since march", 'since the war and since:"march"'),
        ('"a b" since march "c d"', '"a b" since:"march" "c d"'),
        ("published:2024 to 2025 drone", 'published:"2024 to 2025" drone'),
        ("published:january to march", 'published:"january to march"'),
        ("published:2025-01 - 2025-03 war", 'published:"2025-01 - 2025-03" war'),
        ("published:2025-01 -2025-03", 'published:"2025-01" -2025-03'),
        ("published:2024 to title:x", 'published:"2024" to title:x'),
        ("published:>2025-03", "after:2025-03"),
        ("since:2 weeks drone", 'since:"2 weeks" drone'),
        ("published:q1 2025 drone", 'published:"q1 2025" drone'),
        ("date:last week drone", 'published:"last week" drone'),
        ("published:march to may 2024 drone", 'published:"march to may 2024" drone'),
        ("published:10-12 march 2025 drone", 'published:"10-12 march 2025" drone'),
        ("since march 2024 until may 2024 drone", 'published:"march 2024 to may 2024" drone'),
        ("published:since march until may 2024", 'published:"march 2024 to may 2024"'),
        ("drone after february", 'drone after:"february"'),
        ("Before last week drone", 'before:"last week" drone'),
        ("drone until yesterday", 'drone until:"yesterday"'),
        ("published:2025/03/04", "published:2025-03-04"),
        ("drone since q1 2025", 'drone since:"q1 2025"'),
        ("published:>= last month drone", 'since:"last month" drone'),
        ("published:since march 2025 drone", 'published:"since march 2025" drone'),
    ],
)
def test_a_date_of_several_words_needs_no_quotation_marks(query, same):
    assert unlabelled(read(query, NAMES).plan) == unlabelled(read(same, NAMES).plan)


@pytest.mark.parametrize("query", ["published:31 february 2025", "on:2025-02-30", "drone published:31.2.2025 war"])
def test_of_a_day_that_does_not_exist_one_sentence_says_so(query):
    (note,) = read(query, NAMES).notes
    assert str(note).startswith("There is no such date as ")


@pytest.mark.parametrize("query", ["since march drone", "drone since march (x)", "(since march) OR drone"])
def test_a_date_after_a_bare_since_is_said(query):
    assert any("“since march” is read as a date" in str(note) for note in read(query, NAMES).notes)


@pytest.mark.parametrize(
    "query",
    [
        '"since march"',
        "since the war",
        "title:since march",
        "title: since march",
        "since",
        "may",
        "last week",
        "before the war",
        "after",
        "until the end",
        '"after march"',
        "title:before march",
    ],
)
def test_words_that_may_be_words_stay_words(query):
    plan = read(query, NAMES).plan
    assert not any(isinstance(part, Days) for part in getattr(plan, "parts", (plan,)))


@pytest.mark.parametrize(
    "query",
    [
        "published:2024 t",
        "published:2024 to 20 ju",
        "on:la",
        "published:last w",
        'published:"last w',
        "on:2 da",
        "published:last ",
        "published:4.",
        "published:4.3.",
        "published:between 2024 and ",
        'published:"between 2024 and ',
        'published:"last ',
        "-published:last ",
        "since marc",
        "since march until ma",
    ],
)
def test_a_date_that_is_being_typed_narrows_nothing_yet(query):
    typed = read(f"drone {query}", NAMES, typing=True)
    assert typed.plan == read("drone", NAMES).plan
    assert any("narrows nothing yet" in str(note) for note in typed.notes)


@pytest.mark.parametrize(
    ("typed", "complete"),
    [
        ("published:2025-", "published:2025"),
        ("published:2025-0", "published:2025"),
        ("published:2025-1", "published:2025"),
        ("published:2025/", "published:2025"),
        ("published:2025-01-", "published:2025-01"),
        ("published:2025-01-3", "published:2025-01"),
        ("published:2025-01.", "published:2025-01"),
        ("published:2025-01..2", "published:2025-01.."),
        ("published:2025-01..202", "published:2025-01.."),
        ("published:2025-01..2025-", "published:2025-01..2025"),
        ("published:2025-01..2025-0", "published:2025-01..2025"),
        ("published:2024 -", "published:2024"),
        ("published:>2025-", "published:>2025"),
        ('published:"2025-', "published:2025"),
        ("-published:2025-", "-published:2025"),
        ("published:last week ", "published:last week"),
    ],
)
def test_a_date_that_is_being_typed_narrows_by_what_is_complete(typed, complete):
    assert unlabelled(read(f"drone {typed}", NAMES, typing=True).plan) == unlabelled(
        read(f"drone {complete}", NAMES).plan
    )


@pytest.mark.parametrize(
    "query",
    [
        "published:2025-01..2025-03",
        "published:between march 2024 and 4 may 2025 ",
        "-published:>=2025-01-04",
        "published:19.12.2024..31.12.2024",
        'on:"4 march 2025',
        "score:-2 to 3.5",
        "score:between 2 and 5",
        "seen:last 2 weeks",
        "theme:Middle East",
        'outlet:="New York Times',
        "score:>=3",
    ],
)
def test_a_value_that_is_being_typed_is_never_looked_for_as_words(query):
    names = Names(
        themes={1: ("Middle East",)},
        attributes={5: "score", 6: "seen"},
        attribute_kinds={5: AttributeKind.NUMBER, 6: AttributeKind.DATE},
        today=TODAY,
    )
    drone = read("drone", names).plan
    for length in range(query.index(":") + 1, len(query) + 1):
        plan = read(f"drone {query[:length]}", names, typing=True).plan
        parts = getattr(plan, "parts", (plan,))
        assert [part for part in parts if isinstance(getattr(part, "part", part), Text)] == [drone], query[:length]
        assert not any(isinstance(getattr(part, "part", part), Nothing | Both) for part in parts), query[:length]


@pytest.mark.parametrize("typed", ["2025-03-04", "04.03.2025", "4.3.2025", "3/3/2025"])
def test_a_day_in_figures_is_the_day_of_an_article_and_its_words(typed):
    plan = read(typed, NAMES).plan
    (days,) = [part for part in plan.parts if isinstance(part, Days)]
    assert days.first == days.last
    assert len(plan.parts) == 2


@pytest.mark.parametrize("typed", ["3/4/2025", "41.3.2025", '"04.03.2025"', "1.2.3"])
def test_what_may_be_another_day_or_none_is_words(typed):
    assert isinstance(read(typed, NAMES).plan, Text)
