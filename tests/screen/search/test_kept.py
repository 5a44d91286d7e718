"""A kept search in the box: it is named, can be changed and kept again, and follows its collection."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.model import Collection
from ui.search.filters import Filter

BOATS = Collection(1, "c1", "Boats & <b>ships</b>", 'theme:"Drones" ferry', stored="theme:1 ferry")


@pytest.fixture
def opened(pane):
    """Return a pane into whose box a kept search was put."""
    pane.open_kept(BOATS)
    return pane


def named(pane):
    return [one.text() for one in pane.findChildren(QLabel) if one.isVisible() and one.text() == BOATS.name]


def button(pane, name):
    return next(one for one in pane.findChildren(QAbstractButton) if name in (one.text(), one.accessibleName()))


def test_it_stands_in_the_box_and_is_named(opened):
    assert opened.box.text() == 'theme:"Drones" ferry'
    assert opened.wishes[-1].query == BOATS.query
    assert named(opened)
    assert not button(opened, "Keep the change").isVisible()


def test_what_is_changed_can_be_kept(opened, qtbot):
    opened._take_filters((Filter("note"),))
    with qtbot.waitSignal(opened.keep_wished, timeout=50) as wished:
        qtbot.mouseClick(button(opened, "Keep the change"), Qt.MouseButton.LeftButton)
    assert wished.args == ["c1"]
    opened.hold_kept(replace(BOATS, query="has:note"))
    assert not button(opened, "Keep the change").isVisible()


def test_changed_back_there_is_nothing_to_keep(opened, qtbot):
    qtbot.keyClicks(opened.box, " x")
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    assert button(opened, "Keep the change").isVisible()
    for _ in range(2):
        qtbot.keyClick(opened.box, Qt.Key.Key_Backspace)
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    assert not button(opened, "Keep the change").isVisible()


@pytest.mark.parametrize("way", ["close", "clear", "escape", "another"])
def test_it_is_left(opened, qtbot, way):
    if way == "close":
        qtbot.mouseClick(button(opened, "Leave this collection’s search"), Qt.MouseButton.LeftButton)
    elif way == "clear":
        opened.clear()
    elif way == "escape":
        qtbot.keyClick(opened.box, Qt.Key.Key_Escape)
    else:
        opened.set_query("oil")
    assert opened.kept() is None
    assert not named(opened)
    assert opened.wishes[-1].query == ("oil" if way == "another" else "")


def test_it_follows_its_collection_to_another_name_and_query(opened):
    renamed = replace(BOATS, name="Ships", query='theme:"UAVs" ferry')
    opened.show_collections((renamed,))
    assert opened.kept().name == "Ships"
    assert opened.box.text() == 'theme:"UAVs" ferry'
    assert not button(opened, "Keep the change").isVisible()


def test_what_was_changed_here_stays_though_the_collection_changes_elsewhere(opened, qtbot):
    qtbot.keyClicks(opened.box, " x")
    qtbot.keyClick(opened.box, Qt.Key.Key_Return)
    opened.show_collections((replace(BOATS, query="something else"),))
    assert opened.box.text() == 'theme:"Drones" ferry x'
    assert button(opened, "Keep the change").isVisible()


def test_it_goes_with_its_collection_and_the_words_stay(opened):
    opened.show_collections(())
    assert opened.kept() is None
    assert opened.box.text() == BOATS.query


def test_the_same_collections_again_ask_nothing(opened):
    asked = len(opened.wishes)
    opened.show_collections((BOATS,))
    assert len(opened.wishes) == asked


def test_a_search_for_what_is_like_something_is_called_by_its_words(pane, qtbot):
    pane.box.setText("oil")
    assert pane.called() == pane.query() == "oil"
    pane.list_like("ab12", "Two tables", passages=True)
    assert pane.called() == "Like “Two tables”"
    qtbot.keyClicks(pane.box, "oil")
    assert pane.called() == "Like “Two tables” · oil"


def test_what_is_like_something_is_listed_with_a_chip_that_is_taken_away(pane, qtbot):
    pane._take_filters((Filter("note"),))
    pane.list_like("ab12", "Two tables", passages=True)
    assert pane.wishes[-1].query == "like:ab12"
    assert pane.wishes[-1].passages
    assert pane.wishes[-1].order == "relevance"
    qtbot.keyClicks(pane.box, "oil")
    qtbot.keyClick(pane.box, Qt.Key.Key_Return)
    assert pane.wishes[-1].query == "like:ab12 oil"
    qtbot.mouseClick(button(pane, "Take the filter “Like “Two tables”” away"), Qt.MouseButton.LeftButton)
    assert pane.wishes[-1].query == "oil"
