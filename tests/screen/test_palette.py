"""The palette finds by a few letters, is worked from the keyboard, and takes late answers only for what is typed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from ui.matching import Catalogue, Matcher, folded
from ui.palette import Entry, Palette
from ui.widgets.key_caps import key_groups

NAMES = [
    Entry("export", "Export the collection…", "Action", "Ctrl+E", "ph.export"),
    Entry("next", "Next highlight", "Action", "Alt+Down", "ph.arrow-down"),
    Entry("size", "Text size", "Setting"),
    Entry("eco", "Économie", "Theme", "1"),
    Entry("drone", "Drone technology", "Theme", "3"),
]


@pytest.fixture
def window(shown):
    made = QWidget()
    made.behind = QLineEdit(made)
    return shown(made, 1000, 700)


@pytest.fixture
def palette(looks, window):
    made = Palette(looks, window)
    made.open(NAMES)
    return made


def keys(palette):
    return [entry.key for entry in palette.shown_entries()]


def field():
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    return focused


# ---------------------------------------- matching

words = st.text(st.sampled_from("abcdeéßİſ½\u0301 ABC.-x😀\n"), max_size=24)


@given(words, words)
def test_the_places_spell_the_query(query, text):
    matcher, ready = Matcher(query), folded(text)
    places = matcher.places(ready)
    if matcher.rank(ready) is None:
        assert places == ()
    else:
        assert "".join(ready.text[place] for place in places) == matcher.letters
        assert list(places) == sorted(set(places))


@given(words, words)
def test_each_letter_is_folded_by_itself(left, right):
    assert folded(left + right).text == folded(left).text + folded(right).text


@given(words)
def test_a_folded_text_is_as_long_as_the_text(text):
    assert len(folded(text).text) == len(text)


@given(words, words)
def test_exactly_the_texts_that_hold_the_letters_in_order_match(query, text):
    matcher, ready = Matcher(query), folded(text)
    rest = iter(ready.text)
    assert (matcher.rank(ready) is not None) == all(letter in rest for letter in matcher.letters)


@given(words, st.lists(words, max_size=12), st.integers(1, 14))
def test_a_catalogue_finds_what_each_text_by_itself_would(query, texts, limit):
    matcher = Matcher(query)
    ranks = [(matcher.rank(folded(text)), number) for number, text in enumerate(texts)]
    expected = [number for rank, number in sorted(one for one in ranks if one[0] is not None)]
    assert Catalogue(texts).best(matcher, limit) == expected[:limit]


@given(words, words)
def test_more_letters_match_no_more_texts(query, text):
    assume(Matcher(query).rank(folded(text)) is None)
    assert Matcher(query + "a").rank(folded(text)) is None


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("exp", ["Export", "Quick export", "Each xylophone plays", "An inexpert"]),
        ("ec", ["Economy", "War economy", "Export collection", "Speculation", "Eats a cat"]),
        ("the", ["The end", "To the sea", "Other"]),
        ("exp col", ["Exp col", "Export the collection", "Xexpycol"]),
        ("a", ["Ab", "Abc", "Abcd"]),
    ],
)
def test_better_matches_come_first(query, texts):
    turned = list(reversed(texts))
    found = Catalogue(turned).best(Matcher(query), 9)
    assert [turned[number] for number in found] == texts


def test_accents_and_case_say_nothing():
    assert Matcher("ÉCO").places(folded("L’economie")) == (2, 3, 4)
    assert Matcher("eco").places(folded("Économie")) == (0, 1, 2)


@settings(deadline=400)
@given(st.integers(20, 99))
def test_a_hostile_title_takes_no_longer(size):
    assert Matcher("a" * size + "b").rank(folded("a " * 150)) is None


@pytest.mark.parametrize(
    ("hint", "groups"),
    [
        ("Ctrl+Shift+Z", (("Ctrl", "Shift", "Z"),)),
        ("J K", (("J",), ("K",))),
        ("Ctrl++", (("Ctrl", "+"),)),
        ("+", (("+",),)),
        ("", ()),
    ],
)
def test_a_hint_is_read_as_keys(hint, groups):
    assert key_groups(hint) == groups


# ---------------------------------------- the palette


def test_it_opens_with_all_entries_and_the_keyboard(palette):
    assert keys(palette) == [entry.key for entry in NAMES]
    assert palette.text() == ""
    assert palette.isAncestorOf(field())


def test_typing_narrows_and_tells(palette, qtbot):
    with qtbot.waitSignal(palette.typed) as told:
        qtbot.keyClicks(field(), "e")
    assert told.args == ["e"]
    assert keys(palette)[:2] == ["eco", "export"]
    qtbot.keyClicks(field(), "xp")
    assert keys(palette) == ["export"]
    qtbot.keyClick(field(), Qt.Key.Key_Backspace)
    assert set(keys(palette)) == {"export", "next", "size"}


def test_enter_chooses_and_gives_the_keyboard_back(looks, window, qtbot):
    window.behind.setFocus()
    palette = Palette(looks, window)
    palette.open(NAMES)
    qtbot.keyClicks(field(), "tech")
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(field(), Qt.Key.Key_Return)
    assert chosen.args == ["drone"]
    assert not palette.isVisible()
    assert QApplication.focusWidget() is window.behind


@pytest.mark.parametrize(
    ("pressed", "key"),
    [
        ([Qt.Key.Key_Down], "next"),
        ([Qt.Key.Key_Up], "drone"),
        ([Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up], "next"),
        ([Qt.Key.Key_PageDown], "drone"),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_Down], "export"),
    ],
)
def test_the_arrows_walk_the_list(palette, qtbot, pressed, key):
    for one in pressed:
        qtbot.keyClick(field(), one)
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(field(), Qt.Key.Key_Enter)
    assert chosen.args == [key]


def test_escape_closes_and_chooses_nothing(palette, qtbot):
    with qtbot.assertNotEmitted(palette.chosen), qtbot.waitSignal(palette.closed):
        qtbot.keyClick(field(), Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_click_beside_it_closes(palette, qtbot):
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_a_click_on_a_row_chooses_it(palette, qtbot):
    listed = palette.findChild(QListView)
    place = listed.visualRect(listed.model().index(2, 0)).center()
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["size"]


def test_enter_with_nothing_found_does_nothing(palette, qtbot):
    qtbot.keyClicks(field(), "zzz")
    assert keys(palette) == []
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClick(field(), Qt.Key.Key_Return)
    assert palette.isVisible()


def test_late_answers_are_appended_once_and_only_for_what_is_typed(palette, qtbot):
    late = [Entry("drone", "Drone technology", "Theme"), Entry("article:7", "Cheap air defence", "Article")]
    qtbot.keyClicks(field(), "dro")
    palette.add("dr", late)
    assert keys(palette) == ["drone"]
    palette.add("dro", late)
    assert keys(palette) == ["drone", "article:7"]
    qtbot.keyClicks(field(), "n")
    assert keys(palette) == ["drone"]


def test_a_late_answer_whose_name_matches_best_comes_first(palette, qtbot):
    qtbot.keyClicks(field(), "nex")
    assert keys(palette)[0] == "next"
    palette.add("nex", [Entry("a", "In the text", "Article"), Entry("b", "Nexus", "Article")])
    assert keys(palette)[:2] == ["next", "b"]
    assert keys(palette)[-1] == "a"


def test_late_answers_keep_the_chosen_row(palette, qtbot):
    qtbot.keyClicks(field(), "e")
    qtbot.keyClick(field(), Qt.Key.Key_Down)
    second = keys(palette)[1]
    palette.add("e", [Entry("x", "Elsewhere", "Article")])
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(field(), Qt.Key.Key_Return)
    assert chosen.args == [second]


def test_what_comes_to_stand_first_keeps_the_chosen_row_and_what_is_typed(palette, qtbot):
    listed = keys(palette)
    qtbot.keyClick(field(), Qt.Key.Key_Down)
    palette.add_first([Entry("read", "Next ferries", "Article")])
    assert keys(palette) == ["read", *listed]
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(field(), Qt.Key.Key_Return)
    assert chosen.args == [listed[1]]
    palette.open(NAMES)
    qtbot.keyClicks(field(), "nex")
    palette.add_first([Entry("read", "Next ferries", "Article"), Entry("other", "Harbours", "Article")])
    assert set(keys(palette)[:2]) == {"next", "read"}
    assert "other" not in keys(palette)


def test_it_opens_fresh_each_time(palette, qtbot):
    qtbot.keyClicks(field(), "dro")
    qtbot.keyClick(field(), Qt.Key.Key_Escape)
    palette.open(NAMES[:2])
    assert keys(palette) == ["export", "next"]


def test_matching_letters_look_different(palette, qtbot):
    listed = palette.findChild(QListView)
    plain = listed.grab().toImage()
    qtbot.keyClicks(field(), "e")
    qtbot.keyClick(field(), Qt.Key.Key_Backspace)
    assert listed.grab().toImage() == plain
    palette.open([NAMES[4]])
    before = listed.grab().toImage()
    qtbot.keyClicks(field(), "techno")
    assert listed.grab().toImage() != before


def test_a_very_long_or_strange_text_is_drawn(palette, qtbot):
    palette.open([Entry("a", "😀<b>e" * 400, "<i>", "Ctrl++", "ph.article"), Entry("b", "\ud800 é\n\tlast", "")])
    qtbot.keyClicks(field(), "e")
    assert not palette.grab().isNull()
    assert keys(palette) == ["b", "a"]


def test_it_follows_a_small_window(palette, window):
    window.resize(420, 300)
    assert palette.size() == window.size()
    assert palette.rect().contains(palette.card.geometry())


def test_it_follows_the_look(palette, looks):
    light = palette.card.grab().toImage()
    looks.choose("dark")
    dark = palette.card.grab().toImage()
    looks.choose("light")
    assert dark != light
    assert palette.card.grab().toImage() == light
