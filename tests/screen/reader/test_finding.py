"""Finding in the open article: what counts as the same, and that the bar says where one is however one got there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.reader.finding import found


def quotes(text: str, words: str, *, case: bool = False, whole: bool = False) -> list[str]:
    return [text[start:end] for start, end in found(text, words, case=case, whole=whole)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Müller and Muller, MU\u0308LLER", "muller", ["Müller", "Muller", "MU\u0308LLER"]),
        ("cafe, café, cafe\u0301s", "café", ["cafe", "café", "cafe\u0301"]),
        ("the coun\u00adter drone", "counter", ["coun\u00adter"]),
        ('«so», "so"', '"so"', ["«so»", '"so"']),
        ("Kyjiv  is not Київ", "киів", ["Київ"]),
        ("a.b acb", "a.b", ["a.b"]),
        ("nothing", "müll", []),
        ("한국은 학교다", "한국", ["한국"]),
        ("かぎとかき", "かき", ["かき"]),
    ],
)
def test_accents_capitals_and_typography_count_for_nothing(text, words, expected):
    assert quotes(text, words) == expected


def test_where_the_case_counts_letters_are_what_they_are():
    assert quotes("Müller, müller, Muller", "Müller", case=True) == ["Müller"]


def test_whole_words_end_where_they_do():
    assert quotes("Über über überall", "uber", whole=True) == ["Über", "über"]


LETTERS = st.text(st.sampled_from("aAäÄa\u0308eé '-–\"ßİıK\u212aж中ﬁ.*[^\\"), max_size=6)


@given(LETTERS, LETTERS.filter(str.strip), LETTERS)
def test_what_stands_there_to_the_letter_is_found(before, words, after):
    assert words.strip() in "\n".join(quotes(f"{before} {words} {after}", words)) or "\u0308" in words
    assert quotes(words, words)
