"""The title is found below a site's navigation, however much of that stands above the article."""

from __future__ import annotations

from itertools import chain

import pytest

from app.cleaning.scraped import read_scraped

MENU = """Harbour Post
Harbours
Harbour Walls and Cranes
The Sea
Fish & Nets
Weather at Sea
Tides
Boats for Sale
Markets
The Harbour Shop
All Our Letters
Puzzles
Crosswords
Archive of the Post
Jobs at the Harbour
Advertise With Us
Newsletters
Videos
"""
TEXT = """The harbour wall that has stood for two hundred years will be raised by a metre, the council said on Tuesday.
Fishermen had asked for it since the storm of 2023, when the sea came over the wall and carried off eleven boats.
The wall is to be finished before the winter, and the market will move to the upper quay while people work on it.
"""
TITLE = "Town will raise its harbour wall by a metre"


@pytest.mark.parametrize(
    "head",
    [
        f"{TITLE}\nBy Ada Marsh\n4 March 2025\n",
        f"Harbours\n{TITLE}\n4 March 2025\n5 min read\n",
        f"Home » Harbours » {TITLE}\n{TITLE}\nThe old one was too low\nBy Ada Marsh\n",
        f"Home\n{TITLE}\nThe Harbour Wall\n",
    ],
)
def test_the_title_is_found_below_a_long_menu(head):
    draft = read_scraped(MENU + head + TEXT)
    assert draft.metadata.title == TITLE
    assert TITLE not in draft.body.text
    assert draft.body.text.endswith(TEXT.strip())


def test_nothing_is_lost_where_the_menu_reads_like_the_article():
    menu = "".join(f"{line}\n" for line in MENU.splitlines()) + "Read how we work at the harbour every day.\n"
    draft = read_scraped(f"{menu}{TITLE}\nBy Ada Marsh\n4 March 2025\n{TEXT}")
    assert draft.metadata.title == TITLE
    stated = chain.from_iterable([value] if isinstance(value, str) else value for value in draft.details.values())
    kept = {*draft.body.text.split("\n"), *(piece.text for piece in draft.left_out), *stated}
    assert kept.issuperset(menu.splitlines())


def test_the_title_is_found_below_a_short_menu():
    menu = "Letters from the Harbour\nFish & Nets\nSign out of this harbour\nTides\n4 March 2025\n"
    draft = read_scraped(f"{menu}{TITLE}\n{TEXT}")
    assert draft.metadata.title == TITLE
    assert draft.body.text == TEXT.strip()


def test_the_title_is_found_below_sentences_about_the_page():
    page = (
        "Harbour Post\nBoats for sale\n"
        "Our shop has boats, ropes and paint for all who live at the sea, and it sends them to every harbour of the "
        "islands within a week, or within a day if you write to us in the morning.\n"
        "New in the shop are the oars of a yard that has made nothing else for over a hundred years, and that will "
        "make yours to measure if you tell us how tall you are and which boat they are for.\n"
        "Ropes\nPaint\n"
    )
    draft = read_scraped(f"{page}{TITLE}\nBy Ada Marsh\n4 March 2025\n{TEXT * 8}")
    assert draft.metadata.title == TITLE
    assert draft.metadata.byline == "Ada Marsh"
    assert draft.body.text == (TEXT * 8).strip()
