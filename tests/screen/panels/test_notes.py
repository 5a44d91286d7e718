"""The cards of an article's highlights, and its own note."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.model import Highlight
from tests.screen.panels.values import ARTICLE, HIGHLIGHTS, OTHER, THEMES
from ui.panels.notes import NotesPanel
from ui.widgets.carried import carried_ids
from ui.widgets.note_editor import NoteEditor


@pytest.fixture
def panel(looks, shown):
    made = shown(NotesPanel(looks), 300, 900)
    made.show_article(ARTICLE)
    made.show_highlights(HIGHLIGHTS, THEMES)
    made.activateWindow()
    return made


def heard(signal):
    got = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def ids(panel):
    return [item.highlight.id for item in panel.list._cards.items]


def place(panel, id_):
    return panel.list.visualRect(panel.list.model().index(ids(panel).index(id_), 0))


def click(panel, id_):
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, id_).center())


def key(panel, key_):
    QTest.keyClick(panel.list, key_)


def editor(panel):
    return panel.list.findChild(NoteEditor)


def test_lost_passages_come_first_and_the_rest_in_the_order_of_the_text(panel):
    assert ids(panel) == ["lost", "one", "two", "three"]
    assert panel._count.text() == "4 highlights · 2 notes"


@pytest.mark.parametrize(
    ("key_", "left"),
    [("notes", ["lost", "one"]), ("bare", ["lost", "three"]), ("dip", ["two"]), ("", ["lost", "one", "two", "three"])],
)
def test_the_filters(panel, key_, left):
    panel.show_filter(key_)
    assert ids(panel) == left
    assert panel._count.text() == (f"{len(left)} of 4" if key_ else "4 highlights · 2 notes")


def test_the_filter_menu_offers_the_themes_that_are_on_the_article(panel):
    words = [action.text() for action in panel.filter_menu().actions() if action.text()]
    assert words == ["All highlights", "With notes", "Without a theme", "Diplomacy", "War", "Escalation"]


def test_arrows_walk_over_the_cards_and_focus_their_passages(panel, qtbot):
    focused = heard(panel.focus_wished)
    click(panel, "one")
    qtbot.waitUntil(lambda: focused == ["one"])
    key(panel, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: focused == ["one", "two"])
    panel.focus("two")  # the text answers
    qtbot.wait(20)
    assert focused == ["one", "two"]


def test_focus_from_the_text_shows_the_card_and_tells_nothing(panel, qtbot):
    focused = heard(panel.focus_wished)
    panel.list.setFocus()
    qtbot.wait(20)
    focused.clear()
    panel.show_filter("notes")
    panel.focus("three")
    qtbot.wait(20)
    assert "three" in ids(panel)
    assert focused == []


def test_enter_writes_the_note_in_its_card(panel):
    wished = heard(panel.note_wished)
    click(panel, "two")
    before = place(panel, "two").height()
    key(panel, Qt.Key.Key_Return)
    assert editor(panel).isVisible()
    assert place(panel, "two").height() > before
    assert place(panel, "two").contains(editor(panel).geometry())
    QTest.keyClicks(QApplication.focusWidget(), "A new note")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert wished == [("two", "A new note")]
    assert editor(panel).isHidden()
    assert panel.list.hasFocus()


def test_a_note_in_writing_survives_values_that_come_in_again(panel):
    click(panel, "one")
    key(panel, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), " and more")
    panel.show_highlights([replace(HIGHLIGHTS[0], themes=("dip",)), *HIGHLIGHTS[1:]], THEMES)
    more = Highlight(9, "new", "art", 1, 2, "earlier")
    panel.show_highlights([more, *HIGHLIGHTS], THEMES)
    assert editor(panel).isVisible()
    assert editor(panel).text() == "Compare the *figures* and more"
    assert place(panel, "one").contains(editor(panel).geometry())


def test_a_note_that_grows_makes_its_card_grow(panel, qtbot):
    click(panel, "two")
    key(panel, Qt.Key.Key_Return)
    before = place(panel, "two").height()
    for _ in range(6):
        QTest.keyClicks(QApplication.focusWidget(), "line")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place(panel, "two").height() > before + 40)
    assert place(panel, "two").contains(editor(panel).geometry())


def test_going_elsewhere_saves_and_closes_the_note(panel, qtbot):
    wished = heard(panel.note_wished)
    click(panel, "two")
    key(panel, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "x")
    panel.own_note.focus()
    qtbot.waitUntil(lambda: editor(panel).isHidden())
    assert wished == [("two", "x")]


def test_delete_removes_and_goes_to_the_next(panel, qtbot):
    gone, focused = heard(panel.remove_wished), heard(panel.focus_wished)
    click(panel, "one")
    key(panel, Qt.Key.Key_Delete)
    assert gone == ["one"]
    panel.show_highlights([one for one in HIGHLIGHTS if one.id != "one"], THEMES)
    qtbot.waitUntil(lambda: focused[-1:] == ["two"])
    key(panel, Qt.Key.Key_Delete)
    assert gone == ["one", "two"]


def test_a_lost_passage_is_placed_by_its_words_and_by_its_key(panel):
    placed = heard(panel.place_wished)
    box = panel.list._delegate.card_rect(place(panel, ids(panel)[0]), panel.list.width())
    item = panel.list._cards.items[0]
    words = panel.list._delegate.place_rect(item, box).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert placed == ["lost"]
    key(panel, Qt.Key.Key_P)
    assert placed == ["lost", "lost"]


def test_themes_of_a_card_are_picked(panel):
    wished = heard(panel.retheme_wished)
    click(panel, "two")
    key(panel, Qt.Key.Key_T)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "dro")
    panel.show_highlights([replace(HIGHLIGHTS[0], note="changed"), *HIGHLIGHTS[1:]], THEMES)  # while one types
    QTest.keyClicks(field, "n")
    assert field.text() == "dron"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert wished == [("two", ["dro"], [])]
    key(panel, Qt.Key.Key_T)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "dipl")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert wished[1:] == [("two", [], ["dip"])]


def test_the_menu_of_a_card(panel):
    lost, whole = panel.list._cards.items[0], panel.list._cards.items[2]
    words = [action.text() for action in panel.list.menu(lost).actions() if action.text()]
    assert words == ["Edit note", "Themes…", "Place by hand", "Remove highlight"]
    words = [action.text() for action in panel.list.menu(whole).actions() if action.text()]
    assert words == ["Write a note", "Themes…", "Remove highlight"]
    for menu in panel.findChildren(QMenu):
        menu.close()


def test_the_note_of_the_article_goes_to_the_article_it_was_written_on(panel):
    wished = heard(panel.article_note_wished)
    panel.own_note.focus()
    QTest.keyClicks(QApplication.focusWidget(), " goes on")
    panel.show_article(OTHER)
    assert wished == [("The note of the article goes on", "art")]
    assert panel.own_note.text() == ""


def test_the_place_stays_when_one_of_many_changes(panel, qtbot):
    many = [replace(HIGHLIGHTS[1], id=f"h{n}", start=n, end=n + 1, quote=f"passage {n}") for n in range(2000)]
    panel.show_highlights(many, THEMES)
    panel.list.scrollTo(panel.list.model().index(1200, 0), panel.list.ScrollHint.PositionAtTop)
    qtbot.wait(10)
    first = panel.list.indexAt(QPoint(20, 20)).row()
    assert first > 1000
    panel.show_highlights([replace(many[0], themes=()), *many[1:]], THEMES)
    assert panel.list.indexAt(QPoint(20, 20)).row() == first
    assert len(panel.list.viewport().children()) < 5


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_quote_with_letters_beyond_the_first_plane_is_cut_whole(panel, looks, look):
    looks.choose(look)
    panel.show_highlights([replace(HIGHLIGHTS[1], quote="😀 " * 400)], THEMES)
    item = panel.list._cards.items[0]
    shape = panel.list._delegate.shape(item, 280)
    assert shape.quote[-1].endswith("…")
    assert set("".join(shape.quote)) <= set("😀 “…")
    assert not panel.grab().isNull()


def test_without_an_article_or_highlights_the_panel_says_what_to_do(panel):
    panel.show_highlights([], THEMES)
    assert panel.list.isHidden()
    assert panel._hint._title.text() == "No highlights yet"
    panel.show_article(None)
    assert panel._hint._title.text() == "No article is open"
    assert panel.own_note.isHidden()


def choose(panel, *ids_):
    """Click the first of some cards, and the others with Ctrl held."""
    click(panel, ids_[0])
    for one in ids_[1:]:
        held, spot = Qt.KeyboardModifier.ControlModifier, place(panel, one).center()
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, held, spot)


def test_several_cards_are_chosen_and_stay_so_while_the_text_follows(panel, qtbot):
    focused = heard(panel.focus_wished)
    panel.focus_wished.connect(panel.focus)  # the text answers
    choose(panel, "one", "three")
    qtbot.waitUntil(lambda: focused[-1:] == ["three"])
    assert panel.list.chosen() == ("one", "three")
    panel.focus("two")  # another is clicked in the text
    assert panel.list.chosen() == ("two",)
    key(panel, Qt.Key.Key_Home)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.list.chosen() == ("lost", "one")
    QTest.keyClick(panel.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.list.chosen() == ("lost", "one", "two", "three")


def test_chosen_cards_look_different_and_one_alone_does_not(panel):
    click(panel, "one")
    alone = panel.list.grab(place(panel, "one")).toImage()
    choose(panel, "three", "one")
    assert panel.list.grab(place(panel, "one")).toImage() != alone


def test_chosen_cards_are_removed_or_get_themes_together(panel):
    gone, all_gone, digits = heard(panel.remove_wished), heard(panel.remove_all_wished), heard(panel.digit_pressed)
    put, taken = heard(panel.put_all_wished), heard(panel.take_all_wished)
    panel.show_highlights([replace(one, themes=("esc", *one.themes[1:])) for one in HIGHLIGHTS], THEMES)
    choose(panel, "three", "one")
    key(panel, Qt.Key.Key_Delete)
    key(panel, Qt.Key.Key_2)
    for words in ("dron", "escal"):  # none of them has the first, all have the second
        key(panel, Qt.Key.Key_T)
        QTest.keyClicks(QApplication.focusWidget(), words)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    both = ("one", "three")
    assert (gone, all_gone, digits) == ([], [both], [(both, 2)])
    assert (put, taken) == ([(both, "dro")], [(both, "esc")])
    words = [action.text() for action in panel.list.menu(panel.list._cards.items[1]).actions() if action.text()]
    assert words == ["Themes…", "Remove 2 highlights"]
    assert "Write a note" in [one.text() for one in panel.list.menu(panel.list._cards.items[2]).actions()]
    for menu in panel.findChildren(QMenu):
        menu.close()


def test_chosen_cards_are_carried_together(panel, monkeypatch):
    carried = []
    monkeypatch.setattr("ui.panels.card_list.carry", lambda *given: carried.append(given[2:4]))
    choose(panel, "three", "one")
    panel.list.startDrag(Qt.DropAction.CopyAction)
    assert [(carried_ids(data), words) for data, words in carried] == [(("one", "three"), "2 items")]
