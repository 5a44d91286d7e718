"""Headings and texts between the passages of a collection: begun, written, moved and taken away by keys and mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from app.copying import Form
from app.model import Interlude
from tests.screen.board.values import THEMES, several
from ui.board.board import Board
from ui.board.listing import PassageList
from ui.board.menu import item_menu
from ui.widgets.carried import IDS
from ui.widgets.note_editor import NoteEditor

LEFT = Qt.MouseButton.LeftButton
HEADING = Interlude("i1", "Part one", 1)
TEXT = Interlude("i2", "Then the **port** shut.", 0)


@pytest.fixture
def board(looks, shown):
    made = shown(Board(looks), 800, 900)
    first, *others = several(3)
    show(made, [HEADING, first, TEXT, *others])
    made.setFocus()
    QApplication.processEvents()
    return made


def show(board, items):
    board.show_passages("Brief", "collection", items, THEMES, collection="c1")
    QApplication.processEvents()


def cards(board):
    return board.findChild(PassageList)


def press(board, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or cards(board), key, modifier)
    QApplication.processEvents()


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def choose(board, *ids):
    rows = [cards(board).model().place(one) for one in ids]
    cards(board).choose(rows, rows[0])


def editor(board):
    return board.findChild(NoteEditor)


def spoken(board):
    model = cards(board).model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_headings_and_texts_stand_between_the_passages_in_their_order(board):
    assert board.shown() == ("i1", "h0", "i2", "h1", "h2")
    assert spoken(board)[0] == "Heading 1: Part one"
    assert spoken(board)[2] == "Text: Then the port shut."


def test_what_is_emphasised_in_a_text_is_slanted_on_the_board(board):
    show(board, [replace(TEXT, text="The port *will* shut.")])
    slanted = cards(board).grab().toImage()
    show(board, [replace(TEXT, text="The port will shut.")])
    assert cards(board).grab().toImage() != slanted


def test_another_order_has_none_of_them(board):
    board.show_order("date")
    assert board.shown() == ("h1", "h0", "h2")
    board.show_order("own")
    assert board.shown() == ("i1", "h0", "i2", "h1", "h2")


@pytest.mark.parametrize(
    ("key", "level", "typed"), [(Qt.Key.Key_H, 1, "Part two"), (Qt.Key.Key_T, 0, "What they *said*.")]
)
def test_a_key_begins_above_what_is_selected_and_writing_keeps_it(board, key, level, typed):
    told = heard(board.interlude_wished)
    choose(board, "h1")
    press(board, key)
    fresh = board.shown()[3]
    assert board.shown() == ("i1", "h0", "i2", fresh, "h1", "h2")
    assert QApplication.focusWidget() is editor(board).field
    QTest.keyClicks(QApplication.focusWidget(), typed)
    press(board, Qt.Key.Key_Escape)
    assert told == [("c1", fresh, typed, level, "h1")]
    assert board.selected() == (fresh,)
    assert QApplication.focusWidget() is cards(board)


def test_a_text_goes_below_the_heading_that_is_selected(board):
    told = heard(board.interlude_wished)
    choose(board, "i1")
    press(board, Qt.Key.Key_T)
    QTest.keyClicks(editor(board).field, "Why.")
    assert spoken(board)[0] == "Heading 1: Part one"
    press(board, Qt.Key.Key_Escape)
    assert told[-1][2:] == ("Why.", 0, "h0")
    assert spoken(board)[:2] == ["Heading 1: Part one", "Text: Why."]


def test_enter_ends_a_heading_and_makes_a_line_in_a_text(board):
    told = heard(board.interlude_wished)
    choose(board, "i1")
    press(board, Qt.Key.Key_Return)
    assert editor(board).text() == "Part one"
    QTest.keyClicks(QApplication.focusWidget(), " and a half")
    press(board, Qt.Key.Key_Return)
    assert told == [("c1", "i1", "Part one and a half", 1, "")]
    choose(board, "i2")
    press(board, Qt.Key.Key_Return)
    press(board, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "New line.")
    press(board, Qt.Key.Key_Escape)
    assert told[1] == ("c1", "i2", f"{TEXT.text}\nNew line.", 0, "")


def test_a_double_click_writes(board):
    view = cards(board)
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    QTest.mouseDClick(view.viewport(), LEFT, pos=place)
    assert QApplication.focusWidget() is editor(board).field


def test_one_that_is_left_without_a_word_is_gone(board):
    told = heard(board.interlude_wished)
    press(board, Qt.Key.Key_T)
    assert len(board.shown()) == 6
    press(board, Qt.Key.Key_Escape)
    assert board.shown() == ("i1", "h0", "i2", "h1", "h2")
    assert told == []


def test_one_that_is_emptied_goes_when_it_is_left_and_not_before(board):
    told = heard(board.interlude_wished)
    choose(board, "i1")
    press(board, Qt.Key.Key_Return)
    press(board, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(board, Qt.Key.Key_Delete)
    editor(board).flush()
    assert told == []
    QTest.keyClicks(QApplication.focusWidget(), "Other")
    editor(board).flush()
    assert told.pop() == ("c1", "i1", "Other", 1, "")
    press(board, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(board, Qt.Key.Key_Delete)
    press(board, Qt.Key.Key_Escape)
    assert told == [("c1", "i1", "", 1, "")]


def test_a_new_one_stays_while_the_collection_comes_anew_and_becomes_what_the_library_has(board):
    told = heard(board.interlude_wished)
    choose(board, "h1")
    press(board, Qt.Key.Key_H)
    fresh = board.shown()[3]
    QTest.keyClicks(QApplication.focusWidget(), "Pa")
    items = [HEADING, several(3)[0], TEXT, *several(3)[1:]]
    show(board, items)
    assert board.shown() == ("i1", "h0", "i2", fresh, "h1", "h2")
    QTest.keyClicks(QApplication.focusWidget(), "rt")
    editor(board).flush()
    assert told == [("c1", fresh, "Part", 1, "h1")]
    items.insert(3, Interlude(fresh, "Part", 1))
    show(board, items)
    QTest.keyClicks(QApplication.focusWidget(), "s")
    press(board, Qt.Key.Key_Return)
    assert told[1] == ("c1", fresh, "Parts", 1, "")
    del items[3]
    show(board, items)
    assert fresh not in board.shown()


def test_what_is_being_written_goes_into_its_own_collection_when_another_is_opened(board):
    told = heard(board.interlude_wished)
    press(board, Qt.Key.Key_H)
    QTest.keyClicks(QApplication.focusWidget(), "Part")
    board.show_passages("Other", "collection", several(1), THEMES, collection="c2")
    assert [(values[0], values[2]) for values in told] == [("c1", "Part")]
    assert board.shown() == ("h0",)


def test_the_end_of_the_collection_and_an_empty_one(board):
    press(board, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert cards(board).model().item(5).level == 0
    press(board, Qt.Key.Key_Escape)
    show(board, [])
    told = heard(board.interlude_wished)
    QTest.keyClick(board, Qt.Key.Key_H)
    QTest.keyClicks(QApplication.focusWidget(), "First")
    press(board, Qt.Key.Key_Escape)
    assert [values[2:] for values in told] == [("First", 1, "")]


def test_the_buttons_do_what_the_keys_do_and_stand_only_where_it_is_possible(board):
    def buttons():
        return [one for one in board.findChildren(QToolButton) if "above what is chosen" in one.accessibleName()]

    heading, text = buttons()
    choose(board, "h2")
    QTest.mouseClick(heading, LEFT)
    assert cards(board).model().item(4).level == 1
    QTest.mouseClick(text, LEFT)
    assert board.shown()[:4] == ("i1", "h0", "i2", "h1")
    assert cards(board).model().item(4).level == 0
    press(board, Qt.Key.Key_Escape)
    board.show_passages("Escalation", "theme", several(2), THEMES, theme="esc")
    assert not any(one.isVisible() for one in buttons())
    press(board, Qt.Key.Key_H)
    assert board.shown() == ("h1", "h0")


@pytest.mark.parametrize(
    "modifiers", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier]
)
def test_everything_is_moved_by_keys(board, modifiers):
    told = heard(board.reorder_wished)
    choose(board, "i2")
    press(board, Qt.Key.Key_Down, modifiers)
    press(board, Qt.Key.Key_Up, modifiers)
    press(board, Qt.Key.Key_Up, modifiers)
    assert [ids for (ids,) in told] == [
        ("i1", "h0", "h1", "i2", "h2"),
        ("i1", "h0", "i2", "h1", "h2"),
        ("i1", "i2", "h0", "h1", "h2"),
    ]


def test_headings_are_dragged_to_another_place_and_stay_in_their_collection(board):
    told, elsewhere = heard(board.reorder_wished), heard(board.dropped)
    view = cards(board)
    choose(board, "i1", "h1")
    data = view.model().mimeData(view.selectionModel().selectedRows())
    assert bytes(data.data(IDS).data()) == b"h1"

    class Own(QDropEvent):
        def source(self):
            return view

    at = QPointF(view.visualRect(view.model().index(4, 0)).bottomLeft())
    event = Own(at, Qt.DropAction.MoveAction, data, LEFT, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop)
    view.dropEvent(event)
    assert told == [(("h0", "i2", "h2", "i1", "h1"),)]
    assert (elsewhere, board.selected()) == ([], ("i1", "h1"))
    choose(board, "i1")
    only = view.model().mimeData(view.selectionModel().selectedRows())
    assert isinstance(only, QMimeData)
    assert only.hasFormat(IDS)


def test_a_digit_makes_a_heading_of_another_level_or_a_text(board):
    told, marked = heard(board.interlude_wished), heard(board.retheme_wished)
    choose(board, "i1")
    press(board, Qt.Key.Key_3)
    press(board, Qt.Key.Key_1)
    press(board, Qt.Key.Key_0)
    press(board, Qt.Key.Key_7)
    assert told == [("c1", "i1", "Part one", 3, ""), ("c1", "i1", "Part one", 0, "")]
    choose(board, "i1", "h0")
    press(board, Qt.Key.Key_2)
    assert [values[0] for values in marked] == [("h0",)]
    assert len(told) == 2


def test_delete_takes_them_out_with_the_passages(board):
    told = heard(board.remove_wished)
    choose(board, "i1", "h0")
    press(board, Qt.Key.Key_Delete)
    assert told == [(("i1", "h0"),)]


def test_the_menu_offers_what_fits(board):
    def offered(*chosen):
        return [action.text().partition("\t")[0] for action in item_menu(chosen, THEMES, board, by_hand=True).actions()]

    assert offered(HEADING) == [
        "Write", "", "Heading 1", "Heading 2", "Heading 3", "Text", "",
        "Heading above", "Text above", "Text at the end", "", "Delete",
    ]  # fmt: skip
    both = offered(HEADING, several(1)[0])
    assert "Open in its article" in both
    assert "Take out of this collection" in both


def test_what_is_copied_are_the_passages(board):
    told = heard(board.citation_wished)
    choose(board, "i1", "h0")
    view = cards(board)
    view.menu_wished.emit(board.mapToGlobal(board.rect().center()))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == "Copy as Markdown").trigger()
    menu.close()
    assert told == [(("h0",), Form.MARKDOWN.value)]


def test_hostile_words_are_shown_letter_by_letter(board):
    show(board, [Interlude("i1", "<img src=x> & <b>", 2), Interlude("i2", "<b>raw</b>\n\n" + "long " * 3000, 0)])
    assert spoken(board)[0] == "Heading 2: <img src=x> & <b>"
    assert "<b>raw</b>" in spoken(board)[1]
    assert not board.grab().isNull()
