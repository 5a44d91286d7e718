"""The ends of a highlight are moved by words and by characters; keys pressed in a row go on from one another."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.screen.reader.bodies import THEMES, article, content, highlight, told
from ui.reader.reader import Reader
from ui.reader.selecting import nudged, snapped

TEXT = "He said: “No, it’s (almost) done.” Then he left.\nAnd that was all."


def words_after(text, chosen, which, count, **more):
    start = text.index(chosen)
    first, last = nudged(text, (start, start + len(chosen)), which, count, **more)
    return text[first:last]


@pytest.mark.parametrize(
    ("chosen", "which", "count", "wanted"),
    [
        ("done", "end", 1, "done.”"),
        ("done", "end", 2, "done.” Then"),
        ("done.”", "end", -1, "done"),
        ("No", "start", -1, "“No"),
        ("No", "start", -2, "said: “No"),
        ("“No", "start", 1, "No"),
        ("almost", "end", 1, "almost)"),
        ("almost", "start", -1, "(almost"),
        ("No", "end", 1, "No, it’s"),
        ("left", "end", 2, "left.\nAnd"),
    ],
)
def test_an_end_can_take_what_closes_a_sentence_or_a_quotation(chosen, which, count, wanted):
    assert words_after(TEXT, chosen, which, count) == wanted


@pytest.mark.parametrize(
    ("text", "chosen", "which", "wanted"),
    [
        ("Er sagte „Nein“ und ging.", "Nein", "end", "Nein“"),
        ("Er sagte „Nein“ und ging.", "Nein", "start", "„Nein"),
        ("Er sagte »Nein« und ging.", "Nein", "start", "»Nein"),
        ("他说“不。”我走。", "不", "end", "不。”"),
        ("هل هذا صحيح؟ نعم.", "صحيح", "end", "صحيح؟"),
    ],
)
def test_so_it_is_in_other_languages(text, chosen, which, wanted):
    assert words_after(text, chosen, which, 1 if which == "end" else -1) == wanted


@pytest.mark.parametrize(
    ("chosen", "which", "count", "wanted"),
    [
        ("done", "end", 1, "done."),
        ("done", "end", -1, "don"),
        ("done", "start", 1, "one"),
        ("done", "start", -1, ") done"),
        ("left.", "end", 1, "left.\nA"),
        ("d", "end", -1, "d"),
    ],
)
def test_an_end_is_moved_by_a_character(chosen, which, count, wanted):
    assert words_after(TEXT, chosen, which, count, exact=True) == wanted


def test_no_character_is_torn_apart():
    assert words_after("a 👩‍🚀 went up", "went", "start", -1, exact=True) == "👩‍🚀 went"
    assert words_after("cafe\u0301s", "caf", "end", 1, exact=True) == "cafe\u0301"


def test_at_the_ends_of_the_text_nothing_moves():
    assert nudged("One.", (0, 4), "end", 1) == (0, 4)
    assert nudged("One.", (0, 4), "end", 1, exact=True) == (0, 4)
    assert nudged("One.", (0, 4), "start", -1, exact=True) == (0, 4)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("ประเทศไทยรวมเลือดเนื้อ", "รวม"),
        ("ສະບາຍດີຊາວໂລກ", "ດີ"),
        ("မြန်မာနိုင်ငံ", "နိုင်"),
        ("ភាសាខ្មែរ", "ខ្មែ"),
    ],
)
def test_where_no_spaces_part_words_a_selection_stays_as_it_was_made(text, chosen):
    start = text.index(chosen)
    span = start, start + len(chosen)
    assert snapped(text, span, to_words=True) == span


def test_there_an_end_moves_by_a_letter_with_its_signs():
    assert words_after("ประเทศไทยรวมเลือดเนื้อ", "รวมเ", "end", 1) == "รวมเลื"


@pytest.fixture
def reader(looks, shown):
    made = Reader(looks)
    shown(made, 900, 700)
    made.show_themes(THEMES)
    body = content("The quick brown fox jumps over the lazy dog.")
    made.show_article(article(body.body), body)
    made.show_highlights([highlight(body.body, "brown fox", ("t1",))])
    made.focus_highlight("h")
    QApplication.processEvents()
    return made


def test_a_key_goes_on_from_what_was_asked_for_last(reader):
    moves = told(reader.move_wished)
    reader.nudge("end", 1)
    reader.nudge("end", 1)
    reader.nudge("start", -1)
    assert [reader.text()[slice(*span)] for _, span in moves] == [
        "brown fox jumps", "brown fox jumps over", "quick brown fox jumps over",
    ]  # fmt: skip


def test_what_was_refused_is_asked_for_no_longer(reader):
    moves = told(reader.move_wished)
    reader.nudge("end", 1)
    reader.refused("h")
    reader.nudge("end", 1)
    assert [reader.text()[slice(*span)] for _, span in moves] == ["brown fox jumps"] * 2


def test_what_is_shown_counts_again_once_all_is_answered(reader):
    body = reader._content.body
    moves = told(reader.move_wished)
    reader.nudge("end", 1)
    reader.nudge("end", 1)
    reader.answered("h")
    reader.show_highlights([highlight(body, "brown fox jumps", ("t1",))])
    reader.nudge("end", 1)  # one is on its way still
    reader.answered("h")
    reader.answered("h")
    reader.show_highlights([highlight(body, "fox", ("t1",))])  # it was changed elsewhere
    reader.nudge("end", 1)
    assert [reader.text()[slice(*span)] for _, span in moves][2:] == ["brown fox jumps over the", "fox jumps"]


def test_a_digit_twice_takes_the_theme_off_again(reader):
    wishes = told(reader.retheme_wished)
    reader.put_theme("t2")
    reader.put_theme("t2")
    reader.clear_themes()
    assert wishes == [("h", ("t2",), ()), ("h", (), ("t2",)), ("h", (), ("t1",))]


def test_a_key_without_a_focused_highlight_is_told(reader):
    reader.focus_highlight(None)
    missing = told(reader.nothing_meant)
    reader.nudge("end", 1)
    assert missing == [()]
