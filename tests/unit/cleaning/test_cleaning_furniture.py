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
