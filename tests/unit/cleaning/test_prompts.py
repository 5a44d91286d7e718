"""Prompts between the sentences of an article end it in no language, and take with them only what they lead to."""

from __future__ import annotations

import pytest

from app.cleaning.lines import FULL_STOP
from app.cleaning.scraped import read_scraped

HEAD = (
    "Council closes two libraries in the harbour",
    "Two branch libraries will close at the end of the year after councillors voted for it on Thursday night.",
    "The vote followed four hours of debate and a petition that eleven thousand people had signed.",
)


def body(*lines: str) -> list[str]:
    return read_scraped("\n".join(lines)).body.text.split("\n")


@pytest.mark.parametrize(
    "last",
    [
        ("What comes next", "The council meets again in May.", "Nobody expects it to change its mind."),
        (
            "Opponents said that people could run the buildings:",
            "• the branch at Mill Lane",
            "• the branch at Eastgate",
            "The council said no.",
        ),
        (
            "He named two that would be missed:",
            "• the branch at Mill Lane, open since 1931",
            "• the branch at Eastgate, open since 1974",
        ),
    ],
)
def test_an_article_goes_on_behind_a_heading_or_a_line_with_a_colon(last):
    found = body(*HEAD, "ADVERTISEMENT", *last, "Privacy policy")
    assert found == [*HEAD[1:], *(line.removeprefix("• ") for line in last)]


def test_a_short_chapter_behind_a_sentence_below_a_link_is_kept():
    chapter = ("What comes next", "The council meets again in May. Nobody expects it to change its mind.")
    lines = (*HEAD, "See also: The libraries that closed last year", "Readers in the harbour wept.", *chapter)
    assert body(*lines, "Sign up", "Privacy policy") == [*HEAD[1:], "Readers in the harbour wept.", *chapter]


def test_what_sells_at_the_end_is_no_chapter():
    pitch = ("The Harbour Letter", "All that matters in the harbour, each morning. It is written by people you know.")
    assert body(*HEAD, "Sign up", *pitch, "Privacy policy") == [*HEAD[1:]]


@pytest.mark.parametrize("label", ["Read more", "See also", "Related"])
def test_the_title_below_a_link_to_read_more_goes_with_it(label):
    last = "The council meets again in May, and nobody there expects it to change its mind before the autumn."
    draft = read_scraped("\n".join((*HEAD, label, "How the harbour lost its last cinema in a single year", last)))
    assert draft.body.text.split("\n") == [*HEAD[1:], last]
    assert [piece.text for piece in draft.left_out] == [label, "How the harbour lost its last cinema in a single year"]


@pytest.mark.parametrize(
    "text", ["„Das war alles.“", "»Das war alles.«", "Er sagte: ‹Das war alles.›", "「終わった。」", "“Fue todo.”"]
)
def test_a_sentence_ends_in_the_quotation_marks_of_its_language(text):
    assert FULL_STOP.search(text)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "İzmir'de su kesintisi üç gün sürecek",
            (
                "İzmir'de ana iletim hattındaki arıza nedeniyle dört ilçede su kesintisi üç gün sürecek, İZSU duyurdu.",
                "Ekiplerin çalışmaları gece boyunca devam etti, arızanın eski borulardan kaynaklandığı belirtildi.",
            ),
        ),
        (
            "W Warszawie staną tramwaje",
            (
                "Zarząd Transportu Miejskiego uruchomi autobusy zastępcze, kursujące co pięć minut przez weekend.",
                "Remont torowiska ronda Dmowskiego zakończą brygady robocze poniedziałkowym rankiem.",
            ),
        ),
    ],
)
def test_languages_with_few_small_words_are_read_as_well(title, lines):
    menu = {"İ": ("Ana Sayfa", "Gündem", "Ekonomi", "Giriş Yap"), "W": ("Strona główna", "Kraj", "Zaloguj się")}
    draft = read_scraped("\n".join((*menu[title[0]], title, *lines)))
    assert draft.metadata.title == title
    assert draft.body.text.split("\n") == list(lines)
