"""The pane: from what is typed and chosen to a listing, and from an answer to what is said."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton

from app.model import Attribute, AttributeKind
from app.search.entries import Names
from app.search.explaining import explain
from app.search.reading import read
from ui.listing import ADDED, PUBLISHED, RELEVANCE, TITLE, Listing
from ui.search.filters import Filter
from ui.search.pane import SearchPane
from ui.search.rows import _PLAIN


def press(qtbot, pane, word):
    """Press the button with this word on it, wherever it is in the window."""
    found = [one for one in pane.window().findChildren(QAbstractButton) if one.text() == word and one.isVisible()]
    assert len(found) == 1, [one.text() for one in pane.findChildren(QAbstractButton)]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def said(pane):
    return [one.text() for one in pane.findChildren(QLabel) if one.isVisible() and one.text()]


def active(pane):
    return [one.text() for one in pane.findChildren(QToolButton) if one.property("filter") and one.isVisible()]


def test_nothing_is_wished_for_before_something_is_done(pane):
    assert pane.wishes == []
    assert pane.listing() == Listing("", False, PUBLISHED)


def test_typing_is_asked_once_it_rests_with_the_last_word_open(pane, qtbot):
    pane.focus_box()
    qtbot.keyClicks(pane.box, "caspian dro")
    assert pane.wishes == []
    qtbot.waitUntil(lambda: len(pane.wishes) == 1)
    assert pane.wishes == [Listing("caspian dro", False, RELEVANCE, typing=True)]
    assert pane.wishes[0].typed == "caspian dro"


def test_enter_asks_at_once_for_the_words_themselves_and_opens_the_first(pane, qtbot):
    pane.focus_box()
    qtbot.keyClicks(pane.box, "drones")
    with qtbot.waitSignal(pane.open_first_wished, timeout=50):
        qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    assert pane.wishes == [Listing("drones", False, RELEVANCE)]
    qtbot.wait(150)
    assert len(pane.wishes) == 1


def test_a_space_finishes_the_word(pane, qtbot):
    qtbot.keyClicks(pane.box, "dro")
    qtbot.waitUntil(lambda: len(pane.wishes) == 1)
    qtbot.keyClicks(pane.box, " ")
    qtbot.waitUntil(lambda: len(pane.wishes) == 2)
    assert pane.wishes[1] == Listing("dro", False, RELEVANCE)


@pytest.mark.parametrize("words", ["is:un ", "drone since ", "published:last "])
def test_a_space_does_not_finish_a_value_that_is_half_typed(pane, qtbot, words):
    qtbot.keyClicks(pane.box, words)
    qtbot.waitUntil(lambda: bool(pane.wishes))
    assert pane.wishes[-1] == Listing(words, False, RELEVANCE, typing=True)
    qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    assert pane.wishes[-1] == Listing(words.strip(), False, RELEVANCE)


def test_what_is_chosen_while_a_word_is_typed_does_not_finish_it(pane, qtbot):
    qtbot.keyClicks(pane.box, "dro")
    qtbot.waitUntil(lambda: len(pane.wishes) == 1)
    press(qtbot, pane, "Unread")
    assert pane.wishes[-1] == Listing("is:unread dro", False, RELEVANCE, typing=True)


def test_enter_on_no_word_at_all_keeps_the_words_that_begin_so(pane, qtbot, answer):
    qtbot.keyClicks(pane.box, "dro")
    qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.open_first_wished, timeout=50):
        pane.show_results(answer("dro", total=0))
    assert pane.wishes == [Listing("dro", False, RELEVANCE), Listing("dro", False, RELEVANCE, typing=True)]
    pane.show_results(answer("dro", total=0))
    assert len(pane.wishes) == 2


def test_a_better_spelling_is_taken_up(pane, qtbot, answer):
    qtbot.keyClicks(pane.box, "drnes")
    qtbot.waitUntil(lambda: len(pane.wishes) == 1)
    pane.show_results(answer("drnes", total=1, suggestion="drones"))
    press(qtbot, pane, "Did you mean “drones”?")
    assert pane.box.text() == "drones"
    assert pane.wishes[-1] == Listing("drones", False, RELEVANCE)


def test_a_suggestion_leaves_the_filters_out(pane, qtbot, answer):
    press(qtbot, pane, "Unread")
    qtbot.keyClicks(pane.box, "drnes")
    qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    assert pane.wishes[-1].query == "is:unread drnes"
    pane.show_results(answer("is:unread drnes", total=1, suggestion="is:unread drones"))
    press(qtbot, pane, "Did you mean “drones”?")
    assert pane.wishes[-1].query == "is:unread drones"


def test_escape_clears_then_leaves(pane, qtbot):
    pane.focus_box()
    qtbot.keyClicks(pane.box, "oil")
    qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(pane.left):
        qtbot.keyClick(pane.box, Qt.Key.Key_Escape)
    assert pane.box.text() == ""
    assert pane.wishes[-1] == Listing("", False, PUBLISHED)
    with qtbot.waitSignal(pane.left, timeout=50):
        qtbot.keyClick(pane.box, Qt.Key.Key_Escape)


def test_the_cross_is_there_when_there_is_text_and_clears(pane, qtbot):
    cross = pane.box.findChild(QToolButton)
    assert not cross.isVisible()
    qtbot.keyClicks(pane.box, "oil")
    assert cross.isVisible()
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert pane.box.text() == ""
    assert pane.box.hasFocus()


def test_words_may_be_dropped_on_the_box_and_files_may_not(pane):
    words, file = QMimeData(), QMimeData()
    words.setText("caspian")
    file.setUrls([QUrl("file:///shelf/one.html")])

    def welcome(mime):
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPoint(50, 10), copy, mime, left, none)
        QApplication.sendEvent(pane.box, event)
        return event.isAccepted()

    assert welcome(words)
    assert not welcome(file)


def test_down_goes_to_the_list(pane, qtbot):
    with qtbot.waitSignal(pane.down_pressed, timeout=50):
        qtbot.keyClick(pane.box, Qt.Key.Key_Down)


def test_views_narrow_and_the_same_view_again_asks_nothing(pane, qtbot):
    press(qtbot, pane, "Marked")
    press(qtbot, pane, "Marked")
    press(qtbot, pane, "Unread")
    press(qtbot, pane, "All")
    assert [one.query for one in pane.wishes] == ["is:annotated", "is:unread", ""]


def test_counts_stand_behind_the_views_and_go_where_there_is_no_room(pane, qtbot):
    pane.show_counts(48, 3, 7)
    texts = {one.text() for one in pane.findChildren(QToolButton)}
    assert {"All  48", "Unread  3", "Marked  7"} < texts
    pane.resize(210, 700)
    texts = {one.text() for one in pane.findChildren(QToolButton)}
    assert {"Unread", "Marked"} < texts


def test_passages_are_listed(pane, qtbot):
    press(qtbot, pane, "Passages")
    press(qtbot, pane, "Articles")
    assert [one.passages for one in pane.wishes] == [True, False]


def test_the_best_match_comes_first_where_there_are_words_and_can_be_changed(pane, qtbot):
    actions = {action.data(): action for action in pane.findChild(QToolButton, "order").menu().actions()}
    assert not actions[RELEVANCE].isEnabled()
    assert actions[PUBLISHED].isChecked()
    pane.set_query("oil")
    assert actions[RELEVANCE].isEnabled()
    assert pane.wishes[-1].order == RELEVANCE
    actions[TITLE].trigger()
    assert pane.wishes[-1] == Listing("oil", False, TITLE)
    pane.set_query("")
    assert pane.wishes[-1].order == TITLE
    actions[ADDED].trigger()
    assert pane.wishes[-1].order == ADDED


def test_the_total_is_said(pane, answer):
    pane.show_results(answer(total=1))
    assert "1 article" in said(pane)
    pane.show_results(answer(total=17))
    assert "17 articles" in said(pane)
    pane.set_passages(True)
    pane.show_results(answer(total=17))
    assert "17 passages" in said(pane)


def test_how_a_query_was_read_is_said_only_where_it_is_not_plain(pane, answer):
    pane.set_query("oil")
    pane.show_results(answer("oil", said="with oil"))
    assert "Articles with oil." not in said(pane)
    pane.show_results(answer("oil", said="with oil", template="Articles {query}. Only the first words count."))
    assert "Articles with oil. Only the first words count." in said(pane)
    pane.set_query("-oil")
    pane.show_results(answer("-oil", said="without oil"))
    assert "Articles without oil." in said(pane)


@pytest.mark.parametrize("query", ["", "oil", "caspian sea"])
@pytest.mark.parametrize("passages", [True, False])
def test_plain_queries_are_explained_by_a_plain_sentence(query, passages):
    assert explain(read(query, Names(), passages), query, passages).template in _PLAIN


def test_an_answer_to_another_question_is_not_shown(pane, answer):
    pane.set_query("oil")
    pane.show_results(answer("oil", total=3))
    pane.show_results(answer("gas", total=99))
    assert "3 articles" in said(pane)


def test_waiting_is_said_only_when_it_takes_long(pane, answer, qtbot):
    pane.show_results(answer(total=3))
    pane.set_busy(True)
    pane.set_busy(False)
    qtbot.wait(350)
    assert "3 articles" in said(pane)
    pane.set_busy(True)
    qtbot.waitUntil(lambda: "Searching…" in said(pane))
    pane.show_results(answer(total=4))
    assert "4 articles" in said(pane)


def test_filters_in_force_are_shown_and_taken_away(pane, qtbot):
    pane._take_filters((Filter("state", "reading"), Filter("outlet", "The Ledger"), Filter("attribute", "dry", "Tone")))
    assert pane.wishes[-1].query == 'is:reading outlet:="The Ledger" Tone:=dry'
    assert active(pane) == ["Reading", "The Ledger", "Tone: dry"]
    assert pane.filter_button.toolTip() == "Narrow the list (3 in force)"
    press(qtbot, pane, "Reading")
    assert pane.wishes[-1].query == 'outlet:="The Ledger" Tone:=dry'
    qtbot.waitUntil(lambda: active(pane) == ["The Ledger", "Tone: dry"])


def test_a_filter_by_a_theme_follows_its_name_and_goes_with_it(pane, themes, qtbot):
    pane._take_filters((Filter("theme", "t1"), Filter("note")))
    renamed = type(themes[0])(1, "t1", "UAVs", ("UAVs",), colour="#1d9a84")
    pane.show_themes((renamed, themes[2]))
    assert pane.wishes[-1].query == "has:note theme:UAVs"
    pane.show_themes((themes[2],))
    assert pane.wishes[-1].query == "has:note"


def test_a_filter_by_an_attribute_goes_with_it(pane):
    pane._take_filters((Filter("attribute", "dry", "Tone"), Filter("note")))
    pane.show_attributes(())
    assert pane.wishes[-1].query == "has:note"


def test_a_filter_by_an_attribute_follows_the_names_of_the_field_and_its_choices(pane):
    tone, other = Attribute(1, "a1", "Tone", AttributeKind.CHOICE, ("calm", "dry", "loud")), Attribute(2, "a2", "Beat")
    pane.show_attributes((tone, other))
    pane._take_filters((Filter("attribute", "dry", "Tone"), Filter("attribute", "Sea", "Beat")))
    pane.show_attributes((replace(tone, name="Mood", choices=("calm", "wry", "loud", "shrill")), other))
    assert pane.wishes[-1].query == "Mood:=wry Beat:=Sea"
    pane.show_attributes((tone, other))
    assert pane.wishes[-1].query == "Tone:=dry Beat:=Sea"
    pane.show_attributes((replace(tone, choices=("calm", "loud"), name="Mood"), replace(other, name="Tone")))
    assert pane.wishes[-1].query == "Mood:=dry Tone:=Sea"


def test_the_same_themes_again_ask_nothing(pane, themes, qtbot):
    qtbot.keyClicks(pane.box, "drone")
    qtbot.waitUntil(lambda: len(pane.wishes) == 1)
    pane.show_themes(themes)
    assert len(pane.wishes) == 1


def test_another_query_takes_filters_and_views_away(pane, qtbot):
    press(qtbot, pane, "Unread")
    pane._take_filters((Filter("note"),))
    pane.set_query("oil")
    assert pane.wishes[-1] == Listing("oil", False, RELEVANCE)
    pane.clear()
    assert pane.wishes[-1] == Listing("", False, PUBLISHED)


@pytest.mark.parametrize("width", [250, 330, 500])
@pytest.mark.parametrize("suggestion", [None, "a very long suggestion of many words that nobody can read at a glance"])
def test_nothing_jumps_and_it_fits(looks, shown, answer, width, suggestion):
    pane = SearchPane(looks)
    shown(pane, width, 300)
    pane.show_counts(100_000, 90_000, 80_000)
    height = pane.sizeHint().height()
    pane.show_results(answer(total=100_000, suggestion=suggestion, template="Articles {query}. And a note."))
    assert pane.width() == width
    assert pane.minimumSizeHint().width() <= 250
    assert pane.sizeHint().height() == height


def test_hostile_names_are_plain(pane, qtbot, answer):
    pane.set_query("<img src=x>")
    pane.show_results(answer("<img src=x>", said="with <img src=x> " * 20, template="Articles {query}. A note."))
    tips = [one.toolTip() for one in pane.findChildren(QLabel) if "img" in one.toolTip()]
    assert tips
    assert all("<img" not in tip for tip in tips)


def test_where_nothing_is_found_the_list_offers_the_better_spelling_alone(pane, qtbot, answer):
    qtbot.keyClicks(pane.box, "drnes")
    qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    pane.show_results(answer("drnes", total=0, suggestion="drones"))
    assert not [one for one in pane.findChildren(QAbstractButton) if one.isVisible() and "drones" in one.text()]
