from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.quotes import Folded, find, find_like, fold, nearest, occurrences

LETTERS = "ab c\u00a0\n\t“”‘’'\"–—-.…é\u0301\u0308\u00ad\u200bﬁ👩\u200d🚀中\u212b\u1100\u1161\u11a8가し\u3099𝐀ي"
TEXTS = st.text(LETTERS, max_size=60)
QUOTES = st.text(LETTERS, min_size=1, max_size=8)


@given(TEXTS, QUOTES)
def test_every_exact_occurrence_is_found_in_order(text: str, quote: str) -> None:
    places = [at for at in range(len(text)) if text.startswith(quote, at)]
    assert occurrences(text, quote) == places
    for nth, at in enumerate(places, 1):
        assert find(text, quote, nth) == (at, at + len(quote))
    assert find(text, quote, len(places) + 1) is None


@given(TEXTS, QUOTES, st.integers(-5, 70), st.integers(1, 5))
def test_the_nearest_occurrences_come_first(text: str, quote: str, place: int, most: int) -> None:
    places = occurrences(text, quote)
    found = nearest(text, quote, place, most)
    assert found == sorted(found, key=lambda at: (abs(at - place), at))
    assert set(found) == {*[at for at in places if at < place][-most:], *[at for at in places if at >= place][:most]}


def test_occurrences_may_overlap() -> None:
    assert occurrences("aaaa", "aa") == [0, 1, 2]
    assert occurrences("aaaa", "") == []


def test_a_hint_counts_from_the_nearest() -> None:
    assert find("x..x..x", "x", hint=4) == (3, 4)
    assert find("x..x..x", "x", 2, hint=4) == (6, 7)


def test_occurrences_are_counted_from_one() -> None:
    with pytest.raises(ValueError):
        find("abc", "b", 0)
    with pytest.raises(ValueError):
        find_like("abc", "b", 0)


@given(TEXTS)
def test_folding_knows_the_way_back(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text) == Folded(folded.text)
    position = 0
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= position <= start < end <= len(text) or start < position <= end
        position = max(position, start)


@given(TEXTS, st.data())
def test_a_passage_is_found_however_it_was_typed(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    retyped = unicodedata.normalize("NFD", quote).replace("“", '"').replace("—", "--").replace(" ", "\u00a0\n")
    found = find_like(text, retyped)
    if fold(quote).text.strip():
        assert found
        assert fold(text[slice(*found)]).text.strip() == fold(retyped).text.strip()


@pytest.mark.parametrize(
    ("text", "quote", "passage"),
    [
        ("He said “it’s fine” – twice.", '"it\'s fine" - twice', "“it’s fine” – twice"),
        ("one line\nand the next", "line and", "line\nand"),
        ("a\u00a0b  c", "a b c", "a\u00a0b  c"),
        ("un cafe\u0301 noir", "café", "cafe\u0301"),
        ("un café noir", "cafe\u0301 noir", "café noir"),
        ("the ﬁrst", "first", "ﬁrst"),
        ("so... then", "so… then", "so... then"),
        ("wait—what", "wait -- what", None),
        ("wait—what", "wait--what", "wait—what"),
        ("hy\u00adphen\u00adated words", "hyphenated", "hy\u00adphen\u00adated"),
        ("각 and \u1100\u1161\u11a8", "\u1100\u1161\u11a8", "\u1100\u1161\u11a8"),
        ("각", "\u1100\u1161\u11a8", "각"),
        ("👩‍🚀 flies", "👩‍🚀 flies", "👩‍🚀 flies"),
        ("An ångström \u212b", "Å", "\u212b"),
        ("Case Counts", "case", None),
        ("text", " text\n", "text"),
        ("\n\u0301\u3099", "\u3099\u0301", "\u0301\u3099"),
        ("text", " ", None),
        ("cafe\u0301", "cafe", None),
    ],
)
def test_typography_makes_no_difference(text: str, quote: str, passage: str | None) -> None:
    found = find_like(text, quote)
    assert (found and text[slice(*found)]) == passage


def test_passages_to_the_letter_come_first() -> None:
    text = "it’s, it's, it’s"
    assert [find_like(text, "it's", nth) for nth in (1, 2, 3, 4)] == [(6, 10), (0, 4), (12, 16), None]
