"""Comments of readers below a scraped article are left out of it, however much like it they read."""

from __future__ import annotations

import pytest

from app.cleaning.scraped import read_scraped

TITLE = "Town will raise its harbour wall by a metre"
HEAD = (TITLE, "By Ada Marsh", "March 4, 2025")
TEXT = (
    "The harbour wall that has stood for two hundred years will be raised by a metre, the council said on Tuesday.",
    "Fishermen had asked for it since the storm of 2023, when the sea came over the wall and carried off their boats.",
    "The wall is to be finished before the winter, and the market will move to the upper quay in the meantime.",
    "It will cost nine million, of which the islands pay a third, and nobody knows yet where the rest will come from.",
    "What happens to the old stones has not been decided, said the harbour master, who would like to keep them all.",
    "The last time that anybody worked on the wall was in the year in which the lighthouse was built, he said.",
)
SAID = "I have lived behind that wall for forty years and nobody has ever asked me what I think of it, or of the sea."
COMMENTS = ("Ben Lowe says:", "March 5, 2025 at 13:01", SAID, "Cy Dahl says:", "March 5, 2025 at 14:20", SAID, SAID)


@pytest.mark.parametrize(
    "comments",
    [
        COMMENTS,
        (f"15 Replies to “{TITLE}”", SAID, SAID, SAID),
        (f"2 thoughts on “{TITLE}”", SAID, SAID, SAID),
    ],
)
def test_comments_below_the_article_are_left_out(comments):
    draft = read_scraped("\n".join((*HEAD, *TEXT, *comments, "Privacy policy")))
    assert draft.body.text == "\n".join(TEXT)
    assert {piece.text for piece in draft.left_out}.issuperset(comments)


def test_what_somebody_says_in_the_article_stays_there():
    told = (*TEXT, "Ben Lowe says:", SAID, "Cy Dahl says:", SAID, *TEXT)
    assert read_scraped("\n".join((*HEAD, *told, "Privacy policy"))).body.text == "\n".join(told)
