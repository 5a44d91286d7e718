"""The board as its reader works it: by keys, by mouse, by dragging, and when its passages come anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from tests.screen.board.values import THEMES, article, passage, several
from ui.board.board import Board
from ui.board.empty import Empty
from ui.board.listing import PassageList
from ui.board.passage import Passage
from ui.widgets.buttons import Chip
from ui.widgets.carried import IDS
from ui.widgets.note_editor import NoteEditor


@pytest.fixture
def board(looks, shown):
    made = shown(Board(looks), 800, 700)
    made.show_passages("Escalation", "theme", several(), THEMES, theme="esc")
    made.setFocus()
    QApplication.processEvents()
    return made


@pytest.fixture
def collection(looks, shown):
    made = shown(Board(looks), 800, 700)
    items = [*several(3), Passage(None, article("whole", outlet="Ledger", title="Whole"), "", (0, 0), 0)]
    made.show_passages("Brief", "collection", items, THEMES, about="For Thursday")
    made.setFocus()
    QApplication.processEvents()
    return made


def cards(board):
    return board.findChild(PassageList)


def press(board, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or cards(board), key, modifier)
    QApplication.processEvents()


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def words(board):
    return [one.text() for one in board.findChildren(QLabel) if one.isVisible()]


def chips(board):
    return {chip.text(): chip for chip in board.findChildren(Chip) if chip.isVisible()}


def centre(board, place):
    view = cards(board)
    return view.visualRect(view.model().index(place, 0)).center()


# ---------------------------------------- what it says


def test_the_heading_says_whose_passages_they_are_and_how_many(board):
    assert {"Escalation", "What widens the war.", "6 passages in 3 articles"} <= set(words(board))
    assert set(chips(board)) == {"Date", "Outlet", "Order of reading"}


def test_a_theme_below_is_named_with_its_path(board):
    board.show_passages("Drones & more", "theme", several(1), THEMES)
    assert {"Escalation › Drones & more", "1 passage in 1 article"} <= set(words(board))


def test_a_collection_says_its_name_and_counts_articles_apart(collection):
    assert {"Brief", "For Thursday", "3 passages in 3 articles, and 1 article"} <= set(words(collection))
    assert list(chips(collection)) == ["Own order", "Date", "Outlet", "Order of reading"]
    assert collection.shown() == ("h0", "h1", "h2", "whole")


def test_those_who_hear_the_screen_hear_passage_source_themes_and_note(board):
    board.show_passages("E", "theme", [replace_note(several(1)[0], "Ask **her**.")], THEMES, theme="esc")
    spoken = cards(board).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for said in ("“what was marked”", "World Today", "19 Dec 2024", "¶ 3", "Talks", "Escalation", "Note: Ask her."):
        assert said in spoken


def replace_note(one, note):
    return replace(one, highlight=replace(one.highlight, note=note))


def test_a_private_note_says_so(board):
    one = replace_note(several(1)[0], "Ask **her**.")
    hidden = replace(one, highlight=replace(one.highlight, private=True))
    board.show_passages("E", "theme", [hidden], THEMES, theme="esc")
    spoken = cards(board).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Note: Private · Ask her." in spoken


@pytest.mark.parametrize(
    ("title", "kind", "by_hand", "said"),
    [
        ("Diplomacy", "theme", True, "press 2"),
        ("At sea", "theme", True, "press T"),
        ("Brief", "collection", True, "Drag passages or articles here"),
        ("Brief", "collection", False, "query"),
    ],
)
def test_an_empty_board_says_what_to_do_next(board, title, kind, by_hand, said):
    board.show_passages(title, kind, [], THEMES, by_hand=by_hand)
    assert any(said in line for line in words(board))
    assert not cards(board).isVisible()
    board.show_passages(title, kind, several(1), THEMES, by_hand=by_hand)
    assert cards(board).isVisible()


def test_hostile_names_are_shown_letter_by_letter(board):
    nasty = "<img src=x><b>bold</b>"
    whole = article("a", title=nasty, outlet=nasty, byline=nasty)
    themes = [replace(THEMES[0], name=nasty, path=(nasty,), definition=nasty)]
    board.show_passages(nasty, "theme", [passage("h", whole, note=nasty, quote=nasty)], themes)
    board.show_order("outlet")
    board.grab()
    assert nasty in words(board)


# ---------------------------------------- orders and filters


def test_another_board_begins_at_its_top_though_its_first_card_is_high(board):
    board.show_passages("Escalation", "theme", several(30), THEMES, theme="esc")
    bar = cards(board).verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    tall = [passage("tall", article("tall"), note="A line.\n\nAnother.\n\nA third.", before="Before it. " * 60)]
    board.show_passages("Brief", "collection", [*tall, *several(30)], THEMES)
    QApplication.processEvents()
    assert cards(board).model().rows[0].id == "tall"
    assert bar.value() == 0


def test_the_same_once_more_is_not_laid_out_anew_and_anything_else_is(board):
    resets = heard(cards(board).model().modelReset)
    board.show_passages("Escalation", "theme", several(), THEMES, theme="esc")
    assert resets == []
    board.show_passages("Escalation", "theme", several()[1:], THEMES, theme="esc")
    board.show_passages("Escalation", "theme", several()[1:], THEMES[1:], theme="esc")
    board.show_passages("Escalation", "theme", several()[1:], THEMES[1:], theme="esc", about="What rises")
    assert len(resets) == 3


def test_a_board_that_is_being_gathered_says_so_and_then_begins_at_its_top(board):
    board.show_waiting("Brief", "collection", THEMES)
    QApplication.processEvents()
    assert {"Brief", "Gathering the passages…"} <= set(words(board))
    assert board.shown() == ()
    assert not board.is_by_hand()
    closed = heard(board.closed)
    press(board, Qt.Key.Key_Escape)
    assert len(closed) == 1, "the keyboard stays on the board"
    board.show_passages("Brief", "collection", several(3), THEMES)
    assert cards(board).hasFocus()
    assert len(board.shown()) == 3
    assert board.selected() == board.shown()[:1]
    assert board.is_by_hand()


def test_another_order_shows_what_comes_first(board):
    board.show_passages("Escalation", "theme", several(30), THEMES, theme="esc")
    bar = cards(board).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    chips(board)["Outlet"].click()
    assert bar.value() == 0


def test_an_order_is_chosen_with_a_click(board):
    QTest.mouseClick(chips(board)["Order of reading"], Qt.MouseButton.LeftButton)
    assert board.order() == "reading"
    assert board.shown() == ("h5", "h2", "h4", "h1", "h3", "h0")


def test_sorted_by_outlet_headings_stand_between_and_cannot_be_chosen(board):
    board.show_order("outlet")
    model = cards(board).model()
    assert [model.index(place, 0).data() for place in (0, 3, 6)] == [
        "Harbour Review",
        "World Today",
        "Outlet not known",
    ]
    press(board, Qt.Key.Key_Home)
    assert board.selected() == ("h4",)
    press(board, Qt.Key.Key_J)
    press(board, Qt.Key.Key_J)
    assert board.selected() == ("h3",)
    press(board, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(board.selected()) == 6


def test_a_theme_below_is_a_filter(board):
    mixed = [*several(3), passage("sea", article("a"), themes=("sea",))]
    board.show_passages("Escalation", "theme", mixed, THEMES, theme="esc")
    QApplication.processEvents()
    assert list(chips(board))[:2] == ["All", "At sea  1"]  # a theme below without passages filters nothing
    QTest.mouseClick(chips(board)["At sea  1"], Qt.MouseButton.LeftButton)
    assert board.shown() == ("sea",)
    assert "1 passage in 1 article" in words(board)
    QTest.mouseClick(chips(board)["All"], Qt.MouseButton.LeftButton)
    assert len(board.shown()) == 4


# ---------------------------------------- keys


def test_arrows_and_letters_go_from_card_to_card(board):
    order = board.shown()
    assert board.selected() == order[:1]
    press(board, Qt.Key.Key_J)
    press(board, Qt.Key.Key_Down)
    assert board.selected() == order[2:3]
    press(board, Qt.Key.Key_K)
    assert board.selected() == order[1:2]
    press(board, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert board.selected() == order[1:3]
    press(board, Qt.Key.Key_End)
    assert board.selected() == order[-1:]
    press(board, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert board.selected() == order


def test_enter_and_a_double_click_open_the_passage_in_its_article(board):
    told = heard(board.open_wished)
    press(board, Qt.Key.Key_Return)
    QTest.mouseClick(cards(board).viewport(), Qt.MouseButton.LeftButton, pos=centre(board, 1))
    QTest.mouseDClick(cards(board).viewport(), Qt.MouseButton.LeftButton, pos=centre(board, 1))
    assert told == [("a2", "h4"), ("a2", "h1")]


def test_an_article_is_opened_at_its_beginning(collection):
    told = heard(collection.open_wished)
    press(collection, Qt.Key.Key_End)
    press(collection, Qt.Key.Key_Enter)
    assert told == [("whole", None)]


def test_a_digit_puts_its_theme_on_all_that_are_selected_or_takes_it_off(board):
    told = heard(board.retheme_wished)
    press(board, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    press(board, Qt.Key.Key_2)
    assert told == [(("h4", "h1"), ("dip",), ())]
    told.clear()
    press(board, Qt.Key.Key_1)
    assert told == [(("h4", "h1"), (), ("esc",))]
    told.clear()
    press(board, Qt.Key.Key_9)
    assert told == []
    press(board, Qt.Key.Key_0)
    assert told == [(("h4", "h1"), (), ("esc",))]


@pytest.mark.parametrize(
    ("key", "text", "held", "wished"),
    [
        (Qt.Key.Key_2, "2", Qt.KeyboardModifier.ShiftModifier, ("dip",)),  # as French keyboards write digits
        (Qt.Key.Key_2, "2", Qt.KeyboardModifier.KeypadModifier, ("dip",)),
        (Qt.Key.Key_twosuperior, "²", Qt.KeyboardModifier.NoModifier, None),
        (Qt.Key.Key_2, "٢", Qt.KeyboardModifier.NoModifier, ("dip",)),
    ],
)
def test_a_digit_is_what_the_keyboard_writes_as_one(board, key, text, held, wished):
    told = heard(board.retheme_wished)
    QApplication.sendEvent(cards(board), QKeyEvent(QEvent.Type.KeyPress, key, held, text))
    assert [values[1] for values in told] == ([wished] if wished else [])


def test_letters_collect_and_copy(board):
    collected, cited = heard(board.collect_wished), heard(board.citation_wished)
    press(board, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    press(board, Qt.Key.Key_A)
    press(board, Qt.Key.Key_C)
    assert collected == [(("h4", "h1"),)]
    assert cited == [(("h1",), "quotation")]


def test_delete_takes_out_of_a_collection_and_does_nothing_to_a_theme(board, collection):
    from_theme, told = heard(board.remove_wished), heard(collection.remove_wished)
    QTest.keyClick(cards(board), Qt.Key.Key_Delete)
    QTest.keyClick(cards(collection), Qt.Key.Key_Delete)
    assert (from_theme, told) == ([], [(("h0",),)])


def test_escape_closes(board):
    told = heard(board.closed)
    press(board, Qt.Key.Key_Escape)
    assert told == [()]


def test_the_menu_offers_what_the_keys_do(board):
    told = heard(board.retheme_wished)
    cards(board).menu_wished.emit(QPoint(10, 10))
    menu = board.findChild(QMenu)
    entries = {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}
    assert entries["Escalation"].isChecked()
    assert not entries["Diplomacy"].isChecked()
    assert "Drones && more" in entries
    entries["Diplomacy"].trigger()
    menu.close()
    assert told == [(("h4",), ("dip",), ())]


# ---------------------------------------- notes


def test_a_note_is_written_in_the_card(board):
    told = heard(board.note_wished)
    before = cards(board).rowHeight(0)
    press(board, Qt.Key.Key_N)
    editor = board.findChild(NoteEditor)
    assert editor.isVisible()
    assert cards(board).rowHeight(0) > before
    QTest.keyClicks(QApplication.focusWidget(), "Ask 1 jock")
    assert board.selected() == ("h4",)
    press(board, Qt.Key.Key_Escape)
    assert told == [("h4", "Ask 1 jock")]
    assert not editor.isVisible()
    assert cards(board).hasFocus()
    assert cards(board).rowHeight(0) == before


def test_the_card_grows_with_the_note(board):
    press(board, Qt.Key.Key_N)
    before = cards(board).rowHeight(0)
    for _ in range(4):
        press(board, Qt.Key.Key_Return)
    assert cards(board).rowHeight(0) > before
    editor = board.findChild(NoteEditor)
    bottom = editor.mapTo(cards(board).viewport(), QPoint(0, editor.height())).y()
    assert bottom <= cards(board).rowViewportPosition(0) + cards(board).rowHeight(0)


def test_what_is_being_written_outlives_new_passages(board):
    told = heard(board.note_wished)
    press(board, Qt.Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "half a ")
    board.show_passages("Escalation", "theme", several(), THEMES, theme="esc")
    QTest.keyClicks(QApplication.focusWidget(), "word")
    press(board, Qt.Key.Key_Escape)
    assert told[-1] == ("h4", "half a word")


def test_a_note_is_saved_when_its_card_goes_or_another_board_comes(board):
    told = heard(board.note_wished)
    press(board, Qt.Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "kept")
    board.show_passages("Diplomacy", "theme", several(1), THEMES, theme="dip")
    assert told == [("h4", "kept")]
    assert not board.findChild(NoteEditor).isVisible()


def test_going_to_another_card_closes_the_note(board):
    press(board, Qt.Key.Key_N)
    QTest.mouseClick(cards(board).viewport(), Qt.MouseButton.LeftButton, pos=centre(board, 1))
    assert not board.findChild(NoteEditor).isVisible()


# ---------------------------------------- passages come anew


def test_selection_and_place_stay(board):
    many = [passage(f"p{number}", article("a", added=1), start=number) for number in range(200)]
    board.show_passages("Escalation", "theme", many, THEMES, theme="esc")
    for _ in range(40):
        press(board, Qt.Key.Key_J)
    press(board, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    top = cards(board).top()
    y = cards(board).rowViewportPosition(40)
    board.show_passages("Escalation", "theme", many, THEMES, theme="esc")
    QApplication.processEvents()
    assert board.selected() == ("p40", "p41")
    assert cards(board).top() == top
    fewer = [one for one in many if one.id not in ("p3", "p5", "p41")]
    board.show_passages("Escalation", "theme", fewer, THEMES, theme="esc")
    QApplication.processEvents()
    assert board.selected() == ("p40",)
    assert cards(board).rowViewportPosition(38) == y


def test_when_the_selected_one_is_gone_the_next_is_selected(board):
    press(board, Qt.Key.Key_J)
    left = [one for one in several() if one.id != "h1"]
    board.show_passages("Escalation", "theme", left, THEMES, theme="esc")
    assert board.selected() == ("h3",)


def test_another_board_begins_at_its_top(board):
    many = [passage(f"p{number}", article("a")) for number in range(60)]
    board.show_passages("Escalation", "theme", many, THEMES, theme="esc")
    press(board, Qt.Key.Key_End)
    board.show_passages("Diplomacy", "theme", many, THEMES, theme="dip")
    assert cards(board).top() == (0, 0)
    assert board.selected() == ("p0",)


def test_ten_thousand_passages_are_few_widgets_and_few_cards(board, monkeypatch):
    drawn = []
    monkeypatch.setattr("ui.board.delegate.Card", counting(drawn))
    before = len(board.findChildren(object))
    many = [passage(f"p{number}", article("a"), start=number) for number in range(10_000)]
    board.show_passages("Escalation", "theme", many, THEMES, theme="esc")
    QApplication.processEvents()
    press(board, Qt.Key.Key_End)
    assert board.selected() == ("p9999",)
    assert len(board.findChildren(object)) - before < 20
    assert 0 < len(drawn) < 60
    view = cards(board)
    assert view.visualRect(view.currentIndex()).bottom() < view.viewport().height()


def counting(drawn):
    from ui.board.card import Card

    class Counted(Card):
        def __init__(self, *given, **named):
            drawn.append(given[0].id)
            super().__init__(*given, **named)

    return Counted


def test_every_row_in_sight_is_as_high_as_its_card(board):
    many = [passage(f"p{n}", article("a"), start=n, quote="some words " * (1 + n % 40)) for n in range(300)]
    board.show_passages("Escalation", "theme", many, THEMES, theme="esc")
    view = cards(board)
    for jump in (0, 5000, 12000, 11000, 10500, 300):
        view.verticalScrollBar().setValue(jump)
        QApplication.processEvents()
        place = view.rowAt(0)
        while place >= 0 and view.rowViewportPosition(place) < view.viewport().height() and place < 300:
            assert view.rowHeight(place) == view.itemDelegate().height(place)
            place += 1
    board.resize(520, 600)
    QApplication.processEvents()
    assert view.rowHeight(view.rowAt(0)) == view.itemDelegate().height(view.rowAt(0))


def test_scrolling_up_into_rows_not_measured_yet_moves_nothing_by_a_jump(board):
    many = [passage(f"p{n}", article("a"), start=n, quote="some words " * (1 + n % 40)) for n in range(300)]
    board.show_passages("Escalation", "theme", many, THEMES, theme="esc")
    view = cards(board)
    view.verticalScrollBar().setValue(20_000)
    QApplication.processEvents()
    for _ in range(60):
        held = view.rowAt(view.viewport().height() // 2)
        y = view.rowViewportPosition(held)
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() - 40)
        QApplication.processEvents()
        assert view.rowViewportPosition(held) - y == 40


# ---------------------------------------- dragging


def carried(*ids):
    data = QMimeData()
    data.setData(IDS, QByteArray("\n".join(ids).encode()))
    return data


def drop(widget, data, at):
    event = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)
    return event


def test_cards_are_carried_by_their_ids(collection):
    press(collection, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view = cards(collection)
    data = view.model().mimeData(view.selectionModel().selectedRows())
    assert bytes(data.data(IDS).data()).decode() == "h0\nh1\nh2\nwhole"


def test_pulling_a_card_carries_it_away(collection, monkeypatch):
    taken = []

    class Drag(QDrag):
        def exec(self, *actions):
            taken.append((bytes(self.mimeData().data(IDS).data()), self.pixmap().width()))
            return Qt.DropAction.IgnoreAction

    monkeypatch.setattr("ui.widgets.carried.QDrag", Drag)
    viewport, start = cards(collection).viewport(), centre(collection, 1)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (5, 20, 40):
        where = start + QPoint(0, step)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(where),
            QPointF(viewport.mapToGlobal(where)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start)
    assert taken[0][0] == b"h1"
    assert taken[0][1] > 20


def test_a_collection_takes_what_is_dropped_on_it_and_a_theme_does_not(board, collection):
    refused, told = heard(board.dropped), heard(collection.dropped)
    drop(cards(board), carried("a7"), QPoint(50, 50))
    drop(cards(collection), carried("a7", "h9"), QPoint(50, 50))
    assert (refused, told) == ([], [(("a7", "h9"),)])


def test_an_empty_collection_takes_what_is_dropped_on_it(collection):
    told = heard(collection.dropped)
    collection.show_passages("Brief", "collection", [], THEMES)
    drop(collection.findChild(Empty), carried("a7"), QPoint(50, 50))
    assert told == [(("a7",),)]


def test_dragging_within_puts_the_card_between_two_others(collection):
    told = heard(collection.reorder_wished)
    cards(collection).dropped_before.emit(3)
    assert told == [(("h1", "h2", "h0", "whole"),)]
    assert collection.shown() == ("h1", "h2", "h0", "whole")
    assert collection.selected() == ("h0",)


def test_alt_and_arrows_move_what_is_selected(collection):
    told = heard(collection.reorder_wished)
    press(collection, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(collection, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(collection, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [ids for (ids,) in told] == [
        ("h1", "h0", "h2", "whole"),
        ("h1", "h2", "h0", "whole"),
        ("h1", "h0", "h2", "whole"),
    ]
    press(collection, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(collection, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert len(told) == 4


def test_another_order_or_a_query_cannot_be_reordered(collection):
    told = heard(collection.reorder_wished)
    collection.show_order("date")
    press(collection, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    collection.show_order("own")
    collection.show_passages("Brief", "collection", several(3), THEMES, by_hand=False)
    press(collection, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert told == []
    assert list(chips(collection)) == ["Date", "Outlet", "Order of reading"]


def test_another_look_is_put_on_at_once(board, looks):
    def picture():
        QApplication.processEvents()
        return board.grab().toImage()

    light = picture()
    looks.choose("dark")
    dark = picture()
    looks.choose("light")
    assert dark.pixelColor(5, 300).lightness() < 60 < light.pixelColor(5, 300).lightness()
    assert picture() == light
