"""Scraped text of short lines: what nothing names as furniture stays, and what leads to other pages goes."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers.scraped_text import read

WALL = "The harbour office said on Tuesday that the sea wall would stay shut until the cracks had been measured."
MONEY = "Nobody has paid for such work in ten years, according to minutes that the council published in May."
COUNCIL = (
    "The council meets again on 14 June. Its budget, which ran to four million last year, has no line for the wall."
)


def one(*lines: str) -> Draft:
    (draft,) = read(File("\n".join(lines).encode(), "article.txt"))
    return draft


def body(draft: Draft) -> list[str]:
    return draft.body.text.split("\n")


def test_no_verse_of_a_poem_is_left_out_or_a_heading():
    verses = ["The stone was laid", "before my mother’s mother", "knew the tide.", "Now it is cracked", "and the gulls",
              "stand on one leg.", "Who pays the sea?"]  # fmt: skip
    draft = one("Wall", "", *verses[:3], "", *verses[3:6], "", verses[6])
    assert (draft.metadata.title, body(draft), draft.left_out) == ("Wall", verses, ())
    assert {piece.kind for piece in draft.body.pieces()} == {"paragraph"}


def test_subtitles_stay_whole():
    lines = ["1", "00:00:12,000 --> 00:00:16,500", "How long has the wall been shut?", "", "2",
             "00:00:17,000 --> 00:00:22,000", "For ten years, if you count the winter."]  # fmt: skip
    draft = one(*lines)
    assert body(draft) == [line for line in lines if line]
    assert draft.metadata.title == "How long has the wall been shut?"


@pytest.mark.parametrize("before", [(), (WALL, "")])
def test_a_table_stays_with_what_is_below_it(before):
    rows = ["Day\tHarbour\tIsland", "Mon\t07:30\t11:15", "Tue\t07:30\t11:15", "Wed\tnone\tnone"]
    draft = one("Ferries in summer", "", *before, *rows, "", MONEY)
    assert draft.metadata.title == "Ferries in summer"
    cells = [cell for row in rows for cell in row.split("\t")]
    assert body(draft) == [*filter(None, before), *cells, MONEY]
    places = [(one.attributes["row"], one.attributes["column"]) for one in draft.body.pieces() if one.kind == "cell"]
    assert places == [(row, column) for row in range(4) for column in range(3)]
    assert not draft.details


def test_every_post_of_a_live_report_stays():
    draft = one(
        "Storm in the north: ferries cancelled – live", "Tue 4 March 2025 17.42 GMT", "31m ago Ferries cancelled",
        "4m ago Power back in the harbour", "17.42 GMT", "Power back in the harbour",
        "Four thousand homes have light again, and crews are working through the night, a spokesman said.", "Share",
        "17.11 GMT", "Ferries cancelled", "All ferries in the north are cancelled until tomorrow at noon, they said.",
        "Share", "16.58 GMT", "A tree has fallen on the road by the sea, and drivers are asked to stay away.", "Share",
    )  # fmt: skip
    assert draft.metadata.title == "Storm in the north: ferries cancelled – live"
    texts = body(draft)
    assert [sum(text.startswith(begin) for text in texts) for begin in ("Four thousand", "All ferries", "A tree")] == [
        1,
        1,
        1,
    ]
    assert [piece.text for piece in draft.left_out if piece.kind == "share"] == ["Share"] * 3


RELATED = ("The tent that stayed", "Ferries cancelled")


@pytest.mark.parametrize("gap", [(), ("",)])
@pytest.mark.parametrize("before", [(WALL,), (WALL, MONEY)])
@pytest.mark.parametrize("behind", [(COUNCIL,), (COUNCIL, MONEY, WALL)])
def test_titles_below_a_link_to_read_more_go_and_the_next_paragraph_stays(gap, before, behind):
    lines = ["The wall that nobody paid for", *before, "Read more:", *RELATED, *behind, "Share this article"]
    draft = one(*(part for line in lines for part in (line, *gap)))
    assert body(draft) == [*before, *(text for text in behind if text not in before)] or body(draft) == [
        *before,
        *behind,
    ]
    assert [piece.text for piece in draft.left_out if piece.kind == "related"] == ["Read more:", *RELATED]


def test_a_heading_set_apart_from_titles_below_a_link_stays():
    above = ("The wall that nobody paid for", "", WALL, "", MONEY, "", "Read more:", *RELATED)
    draft = one(*above, "", "", "What it costs", "", COUNCIL, "", WALL)
    assert "What it costs" in body(draft)


def test_what_no_phrase_names_stays_below_the_article():
    draft = one("The wall that nobody paid for", "", WALL, "", MONEY, "", "Ada Marsh", "Tide Letters")
    assert body(draft) == [WALL, MONEY, "Ada Marsh", "Tide Letters"]
    page = one(
        "The wall that nobody paid for", "", WALL, "", MONEY, "", "Share this article", "Ada Marsh", "Tide Letters"
    )
    assert body(page) == [WALL, MONEY]
