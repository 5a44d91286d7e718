"""Sentences that sell something are marked inside a paragraph, to their last character."""

from __future__ import annotations

import pytest

from app.cleaning.phrases import lexicon
from app.cleaning.promotion import promotions

SELLING = "Subscribe to our newsletter"


@pytest.mark.parametrize(
    ("before", "end", "behind"),
    [
        ("", ".", ""),
        ("The wall is old. ", "!", " Nobody mends it."),
        ("Was it mended... or not? ", "!!”)", " It was not."),
        ("Version 2.5 is out… ", ".", " So is 2.6."),
        ("墙很旧。", "。", "没有人修。"),
        ("It is old, they say. ", "", ""),
    ],
)
def test_one_sentence_of_a_paragraph_sells(before, end, behind):
    text = f"{before}{SELLING}{end}{behind}"
    (run,) = promotions(text, lexicon("en"))
    assert text[run.start : run.end] == SELLING + end


def test_a_long_paragraph_without_an_end_is_read_at_once():
    assert promotions("The wall, the gate; " * 900, lexicon("en")) == ()
