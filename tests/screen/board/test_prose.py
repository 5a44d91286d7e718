"""Lines of a passage: cut round it, and marked where its words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screen.board.values import article, passage
from ui.board.model import note_lines, source
from ui.board.prose import Prose, cropped, nearby, shortened
from ui.looks import SERIF, font, load_fonts

WORDS = st.lists(st.sampled_from(["harbour", "a", "🚁", "e\u0301", "ميزان", "the", "long-winded", "."]), max_size=200)


def prose(text, marked=(0, 0), width=400, most=6):
    return Prose(text, font(17, family=SERIF), width, 27, most, marked)


@given(WORDS, st.data())
def test_what_is_shown_fits_and_the_passage_is_in_it(looks_once, words, data):
    text = " ".join(words) or "x"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = prose(text, (start, end), width=300, most=3)
    assert made.count <= 3
    assert made.height == made.count * 27
    first, last = made.marked
    assert 0 <= first <= last <= len(made.text)
    whole = text[start:end]
    kept = made.text[first:last]
    assert whole.startswith(kept)
    if kept != whole:
        assert made.text.endswith("…")
    if kept.strip():
        assert made.bands()
    for band in made.bands():
        assert -1 <= band.left() < band.right() <= 301 + 6
        assert 0 <= band.top() < made.height


@pytest.fixture(scope="module")
def looks_once(qapp):
    """The program's fonts, once for all examples."""
    load_fonts()


def test_the_mark_lies_under_its_words_and_nothing_else(looks_once):
    made = prose("one two three", (4, 7))
    (band,) = made.bands()
    before, through = prose("one ", (0, 4)), prose("one two", (0, 7))
    assert band.left() == pytest.approx(before.bands()[0].right(), abs=5)  # the space may hang
    assert band.right() == pytest.approx(through.bands()[0].right(), abs=0.5)


def test_letters_beyond_the_first_plane_do_not_shift_the_mark(looks_once):
    plain, astral = prose("xx word", (3, 7)), prose("🚁🚁 word", (3, 7))
    assert plain.bands()[0].width() == pytest.approx(astral.bands()[0].width(), abs=0.5)


def test_arabic_stands_at_the_right_and_is_marked_there(looks_once):
    text = "وقال المسؤول إن المحادثات ستستمر."
    made = prose(text, (0, 4))
    (band,) = made.bands()
    assert band.right() == pytest.approx(400, abs=2)
    assert band.width() < 100


def test_a_passage_of_several_paragraphs_keeps_its_lines(looks_once):
    assert prose("One.\nTwo.\nThree.", (0, 16)).count == 3


def test_a_passage_longer_than_a_card_is_cut_with_an_ellipsis(looks_once):
    made = prose("word " * 5000, (0, 25_000))
    assert made.count == 6
    assert made.text.endswith("…")
    assert len(made.text) < 1000


def test_the_passage_is_shown_with_as_much_before_as_after(looks_once):
    made = prose("before " * 300 + "MARKED" + " after" * 300, (2100, 2106))
    assert made.text.startswith("…")
    assert made.text.endswith("…")
    assert made.text[slice(*made.marked)] == "MARKED"
    line = made.bands()[0].top() / 27
    assert 1 <= line <= 4


@given(st.text("ab \u0301👩🏽‍🚀", max_size=60), st.data())
def test_cutting_keeps_the_beginning_of_the_passage(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut, marked = shortened(text, (start, end), data.draw(st.integers(1, 70)))
    assert cut.endswith("…")
    assert 0 <= marked[0] <= marked[1] < len(cut)
    assert text.startswith(cut[:-1])
    near, where = nearby(text, (start, end))
    assert near[slice(*where)] == text[start:end]


def test_lines_before_a_long_passage_give_way_to_it():
    text = "aa bb cc dd ee ff"
    lines = [(0, 3), (3, 6), (6, 9), (9, 12), (12, 15), (15, 17)]
    assert cropped(text, (6, 17), lines, 2)[0].startswith("…cc")
    assert cropped(text, (15, 17), lines, 2) == ("…ee ff", (4, 6))


def test_a_note_is_plain_text_and_its_html_too():
    assert note_lines("# Ask\n\n- **who**\n- <b>when</b>\n") == "Ask\n• who\n• <b>when</b>"
    assert note_lines(" \n ") == ""


def test_the_source_says_what_is_known():
    whole = article("a", outlet="World\nToday", published="2024-12", title="Talks")
    shown = source(passage("h", whole)).translate(dict.fromkeys((0x2068, 0x2069)))
    assert shown == "World Today · Dec 2024 · ¶ 3 · Talks"
    bare = source(passage("h", article("a", title=None), paragraph=0)).translate(dict.fromkeys((0x2068, 0x2069)))
    assert bare == "undated · Untitled"
