"""Who wrote a scraped article: read from the lines near its headline, and from no others."""

from __future__ import annotations

import pytest

from app.cleaning.scraped import read_scraped
from app.model import Origin

MENU = ("Sign in", "Boats", "By Industry", "By Role", "Engines", "Ropes", "Sails", "Paint", "Repairs", "Second hand")
TITLE = "Town will raise its harbour wall by a metre"
TEXT = (
    "The harbour wall that has stood for two hundred years will be raised by a metre, the council said on Tuesday.",
    "Fishermen had asked for it since the storm of 2023, when the sea came over the wall and carried off their boats.",
    "The wall is to be finished before the winter, and the market will move to the upper quay in the meantime.",
)


def read(*lines: str):
    return read_scraped("\n".join(lines))


def test_menus_far_above_the_headline_do_not_sign():
    draft = read(*MENU, TITLE, "By Ada Marsh", "March 4, 2025", *TEXT)
    assert draft.metadata.title == TITLE
    assert draft.metadata.byline == "Ada Marsh"


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Marsh – Updated Mar 4, 2025 at 1:00 PM EST | Read by two lawyers of the Harbour Board",
        "By: Ada Marsh, Sr. Editor, Harbour Board of the Northern Islands - 20+ years of writing about the sea",
    ],
)
def test_a_long_line_may_begin_with_who_wrote(line):
    draft = read(*MENU, TITLE, line, *TEXT)
    assert draft.metadata.title == TITLE
    assert draft.metadata.byline == "Ada Marsh"


@pytest.mark.parametrize("line", ["Ada Marsh | Guest columnist", "Ada Marsh and Ben Lowe | Guest Columnists"])
def test_a_role_behind_a_bar_shows_who_wrote(line):
    draft = read(TITLE, line, *TEXT)
    assert draft.metadata.byline == line.split(" | ")[0]
    assert draft.details["role"] == line.split(" | ")[1]


@pytest.mark.parametrize(
    "above",
    [
        ("Ada Marsh March 4, 2025", "Blog"),
        ("Ada Marsh", "March 4, 2025", "5:50 am"),
        ("Ada Marsh", "March 4, 2025 · 5 min read"),
    ],
)
def test_who_wrote_and_when_may_stand_above_the_headline(above):
    draft = read(*MENU, *above, TITLE, *TEXT)
    assert draft.metadata.title == TITLE
    assert draft.metadata.byline == "Ada Marsh"
    assert str(draft.metadata.published) == "2025-03-04"


def test_a_day_in_figures_may_stand_beside_how_long_one_reads():
    draft = read(*MENU, TITLE, "By Ada Marsh", "04.03.2025 · 6 min read", *TEXT)
    assert draft.metadata.published is not None


@pytest.mark.parametrize("line", ["Ada Marsh, MS, RD, FAND", "Ada Marsh, PhD", "Ada Marsh, CFP"])
def test_a_name_with_its_letters_signs_above_the_day(line):
    assert read(TITLE, line, "March 4, 2025", *TEXT).metadata.byline == line


def test_a_town_with_its_state_does_not_sign():
    assert read(TITLE, "Ann Arbor, MI", "March 4, 2025", *TEXT).metadata.byline is None


@pytest.mark.parametrize(
    "foot",
    [
        ("Written by Ada Marsh", "Tags: harbours"),
        ("Article by", "Ada Marsh"),
        ("This post was written by Ada Marsh", "Back to all posts"),
    ],
)
def test_who_wrote_may_stand_below_the_article(foot):
    draft = read(TITLE, "March 4, 2025", *TEXT, *foot, "Privacy policy")
    assert draft.metadata.byline == "Ada Marsh"
    assert draft.body.text == "\n".join(TEXT)


def test_who_wrote_another_article_does_not_sign_this_one():
    foot = ("Read more", "The market moves", "By Ben Lowe", "Privacy policy")
    assert read(TITLE, "March 4, 2025", *TEXT, *foot).metadata.byline is None
    assert read(TITLE, "By Ada Marsh", *TEXT, "By Ben Lowe", "Privacy policy").metadata.byline == "Ada Marsh"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("by adamarsh", "adamarsh"),
        ("Posted on March 4, 2025 by adamarsh", "adamarsh"),
        ("Posted by Ada at March 4, 2025 11:15 AM", "Ada"),
        ("By Ada Marsh.\N{NO-BREAK SPACE} Last updated on March 4, 2025", "Ada Marsh"),
        ("By Ben Lowe Jr. on March 4, 2025", "Ben Lowe Jr."),
    ],
)
def test_a_name_ends_before_the_day_and_may_be_one_word(line, name):
    assert read(TITLE, line, *TEXT).metadata.byline == name


def test_two_words_of_a_headline_do_not_sign():
    assert read("By candlelight", "March 4, 2025", *TEXT).metadata.title == "By candlelight"


def test_a_byline_that_says_only_when_the_page_changed_dates_it():
    draft = read(TITLE, "By Ada Marsh – Updated March 4, 2025", *TEXT)
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.metadata.origins["published"] is Origin.DERIVED


@pytest.mark.parametrize("foot", [("Published", "March 4, 2025"), ("Written by Ada Marsh", "March 4, 2025")])
def test_the_day_may_stand_below_the_article(foot):
    draft = read(TITLE, *TEXT, *foot, "Privacy policy")
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.body.text == "\n".join(TEXT)


def test_the_day_of_another_article_does_not_date_this_one():
    assert read(TITLE, *TEXT, "Read more", "The market moves", "March 4, 2025").metadata.published is None
