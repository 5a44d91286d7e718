"""Where the article begins and ends among the lines of a page."""

from __future__ import annotations

import pytest

from app.cleaning.scraped import read_scraped

FIRST = (
    "The old bridge over the Tarn reopened on Monday after two years of repairs, and a baker was the first to cross."
)
SECOND = (
    "Engineers replaced forty-one of its ninety stones, and the mayor said that the river decides what a bridge is."
)
LAST = "The café at its foot serves coffee again, and the queue reached the third arch before noon."


@pytest.mark.parametrize(
    "prompts", [["Share this story"], ["Share this story", "Subscribe to our newsletter"], ["Advertisement"]]
)
def test_a_prompt_inside_the_article_does_not_end_it(prompts):
    draft = read_scraped("\n\n".join(["A bridge reopens", FIRST, SECOND, *prompts, LAST, "Leave a comment"]))
    assert draft.body.text.split("\n")[-3:] == [FIRST, SECOND, LAST]
    assert [piece.text for piece in draft.left_out] == [*prompts, "Leave a comment"]


def test_what_stands_below_the_comments_is_not_the_article():
    below = "This site uses Akismet to reduce spam. Learn how your comment data is processed."
    draft = read_scraped(f"A bridge reopens\n\n{FIRST}\n\n{SECOND}\n\nLeave a Reply\n\n{below}")
    assert draft.body.text.split("\n")[-1] == SECOND


def test_an_interview_keeps_its_questions_and_answers():
    talk = [
        "What do you think of the plan?",
        "It is late, and it is too small. A bridge is not mended by drawing it again on better paper.",
        "What's next?",
        "We wait for the river, and then for the money, which has never been as punctual as the river.",
    ]
    draft = read_scraped("\n\n".join(["A bridge reopens", FIRST, *talk, SECOND]))
    assert draft.body.text.split("\n") == [FIRST, *talk, SECOND]


def test_a_list_keeps_its_items_and_what_follows_on_it():
    items = [
        "Get the best stones from the quarry",
        "Read more plans before you sign one",
        "Share the cost with the port",
    ]
    draft = read_scraped("\n".join(["A bridge reopens", "", FIRST, "", *(f"• {item}" for item in items), "", SECOND]))
    assert draft.body.text.split("\n") == [FIRST, *items, SECOND]


def test_furniture_below_the_article_still_ends_it():
    below = ["More stories", "Follow us on Facebook", "Read more about bridges", "Sign up for our newsletter."]
    draft = read_scraped("\n\n".join(["A bridge reopens", FIRST, SECOND, *below]))
    assert draft.body.text.split("\n") == [FIRST, SECOND]
