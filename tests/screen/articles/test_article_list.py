"""The list: pages on demand, choosing, opening, keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from app.model import State, Theme
from ui.articles.delegate import RowDelegate
from ui.articles.list import OPEN_AFTER, ArticleList
from ui.articles.model import PAGE
from ui.articles.paged import MOST_CHOSEN, runs
from ui.listing import Listing

EVERYTHING = Listing()


@pytest.fixture
def view(looks, shown):
    """Return an empty list on the screen."""
    made = ArticleList(looks)
    shown(made, 330, 800)
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    return made


def colours(picture):
    return {picture.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, 700, 3)}


def settled(qtbot):
    qtbot.wait(120)


def test_a_hundred_thousand_rows_cost_one_page_and_the_end_two_more(view, shelf, qtbot):
    library = shelf(100_000)
    library.serve(view)
    view.show_listing(EVERYTHING)
    settled(qtbot)
    assert library.asked == [("", 0, PAGE)]
    view.scrollToBottom()
    settled(qtbot)
    assert [offset for _, offset, _ in library.asked] == [0, 100_000 - PAGE]
    assert view.verticalScrollBar().maximum() > 100_000 * 100 - 800


def test_rows_that_are_flung_past_are_not_asked_for(view, shelf, qtbot):
    library = shelf(100_000)
    library.serve(view)
    view.show_listing(EVERYTHING)
    settled(qtbot)
    bar = view.verticalScrollBar()
    for step in range(1, 101):
        bar.setValue(bar.maximum() * step // 100)
    settled(qtbot)
    assert len(library.asked) <= 3
    assert library.asked[-1][1] == 100_000 - PAGE


def test_a_steady_scroll_does_not_put_asking_off_for_ever(view, shelf, qtbot):
    library = shelf(100_000)
    library.serve(view)
    view.show_listing(EVERYTHING)
    settled(qtbot)
    bar = view.verticalScrollBar()
    for step in range(1, 31):
        bar.setValue(step * 10_000)
        qtbot.wait(10)
        if len(library.asked) > 1:
            break
    assert len(library.asked) > 1


def test_pages_of_another_listing_are_ignored(view, shelf):
    library = shelf(500)
    old, new = Listing("old"), Listing("new")
    view.show_listing(old)
    view.show_listing(new)
    view.take_page(old, 0, library.page(old, 0, PAGE))
    assert view.model().rowCount() == 0
    view.take_page(new, 0, shelf(3).page(new, 0, PAGE))
    view.take_page(old, 100, library.page(old, 100, PAGE))
    assert view.model().rowCount() == 3


def test_a_listing_with_another_order_is_another_listing(view, shelf):
    by_title = Listing("", False, "title")
    view.show_listing(by_title)
    view.take_page(EVERYTHING, 0, shelf(5).page(EVERYTHING, 0, PAGE))
    assert view.model().rowCount() == 0


def test_a_page_after_refresh_keeps_what_is_chosen_where_it_is(view, shelf, qtbot):
    library = shelf(300)
    library.serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(5, 0))
    view.verticalScrollBar().setValue(130)
    settled(qtbot)
    assert view.selected() == ("a5",)
    before = view.visualRect(view.currentIndex()).top()
    library.numbers[:0] = [900, 901, 902]
    view.refresh()
    assert view.selected() == ("a5",)
    assert view.currentIndex().row() == 8
    assert view.visualRect(view.currentIndex()).top() == before
    assert view.model().rowCount() == 303


def test_what_is_gone_after_refresh_is_not_chosen_and_the_next_one_is_a_key_away(view, shelf, qtbot):
    library = shelf(300)
    library.serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(5, 0))
    library.numbers.remove(5)
    view.refresh()
    assert view.selected() == ()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.selected() == ("a7",)


def test_refresh_asks_only_for_what_is_in_sight(view, shelf, qtbot):
    library = shelf(100_000)
    library.serve(view)
    view.show_listing(EVERYTHING)
    view.scrollToBottom()
    settled(qtbot)
    library.asked.clear()
    view.refresh()
    assert library.asked == [("", 100_000 - PAGE, PAGE)]
    view.scrollToTop()
    settled(qtbot)
    assert ("", 0, PAGE) in library.asked


def test_an_article_chosen_before_its_page_is_there_is_chosen_when_it_comes(view, shelf):
    library = shelf(50)
    view.show_listing(EVERYTHING)
    view.select("a7")
    assert view.selected() == ()
    view.take_page(EVERYTHING, 0, library.page(EVERYTHING, 0, PAGE))
    assert view.selected() == ("a7",)


def test_what_is_chosen_stays_chosen_in_another_listing_that_has_it(view, shelf):
    library = shelf(50)
    library.serve(view)
    view.show_listing(EVERYTHING)
    view.select("a7")
    library.numbers = [9, 7, 3]
    view.show_listing(Listing("narrower"))
    assert view.selected() == ("a7",)
    assert view.currentIndex().row() == 1


def test_choosing_by_program_opens_nothing(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    with qtbot.assertNotEmitted(view.open_wished, wait=OPEN_AFTER + 60):
        view.select("a7")


def test_a_click_opens_at_once_and_with_control_only_chooses(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    opened = []
    view.open_wished.connect(lambda *what: opened.append(what))
    spot = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [("a2", None)]
    other = view.visualRect(view.model().index(4, 0)).center()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, control, other)
    qtbot.wait(OPEN_AFTER + 60)
    assert opened == [("a2", None)]
    assert view.selected() == ("a2", "a4")


def test_arrows_open_once_when_they_come_to_rest(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(0, 0))
    opened = []
    view.open_wished.connect(lambda *what: opened.append(what))
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert opened == []
    qtbot.waitUntil(lambda: opened == [("a4", None)])


def test_shift_and_arrows_choose_without_opening(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.assertNotEmitted(view.open_wished, wait=OPEN_AFTER + 60):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected() == ("a0", "a1", "a2")


def test_enter_opens_at_once_a_passage_with_its_highlight(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(Listing("", passages=True))
    view.setCurrentIndex(view.model().index(3, 0))
    with qtbot.waitSignal(view.open_wished, timeout=50) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["a3", "h3"]


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Qt.Key.Key_End], 49),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_End, Qt.Key.Key_Up], 48),
        ([Qt.Key.Key_Down, Qt.Key.Key_Down], 2),
    ],
)
def test_keys_move(view, shelf, qtbot, keys, row):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(0, 0))
    for key in keys:
        qtbot.keyClick(view, key)
    assert view.currentIndex().row() == row
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_page_keys_move_by_what_is_in_sight(view, shelf, qtbot):
    shelf(500).serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    down = view.currentIndex().row()
    assert 5 <= down <= 9
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() == 0


def test_up_on_the_first_row_leaves_the_list(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(1, 0))
    with qtbot.assertNotEmitted(view.up_pressed):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.up_pressed, timeout=50):
        qtbot.keyClick(view, Qt.Key.Key_Up)


def test_delete_wishes_the_chosen_away_and_nothing_when_none_is(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    with qtbot.assertNotEmitted(view.remove_wished):
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    view.setCurrentIndex(view.model().index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(view.remove_wished, timeout=50) as removed:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert removed.args == [("a1", "a2")]


def test_all_rows_are_chosen_with_those_that_were_not_there(view, shelf, qtbot):
    library = shelf(450)
    library.serve(view)
    view.show_listing(EVERYTHING)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(view.selected()) == 450)
    assert view.selected() == tuple(f"a{number}" for number in range(450))
    assert len(library.asked) == 1, "no page is fetched only to be named"


def named_late(view, library):
    """Answer for a library, but for the ids of all rows; return what was wished for."""
    library.serve(view, named=False)
    wished = []
    view.names_wished.connect(wished.append)
    view.show_listing(EVERYTHING)
    return wished


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_3, Qt.Key.Key_Menu])
def test_what_is_done_before_all_ids_are_there_is_done_with_all_chosen_rows(view, shelf, qtbot, key):
    library = shelf(450)
    wished = named_late(view, library)
    heard = []
    for signal in (view.remove_wished, view.digit_pressed, view.menu_wished):
        signal.connect(lambda ids, *_more: heard.append(ids))
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, key)
    assert wished
    assert heard == []
    view.take_names(EVERYTHING, [f"a{number}" for number in library.numbers])
    assert heard == [tuple(f"a{number}" for number in range(450))]


def test_what_waits_for_ids_is_let_go_of_when_other_rows_are_chosen_or_none_come(view, shelf, qtbot):
    library = shelf(450)
    named_late(view, library)
    ids = [f"a{number}" for number in library.numbers]
    with qtbot.assertNotEmitted(view.remove_wished):
        for let_go in (lambda: view.selectRow(3), view.miss_names, lambda: view.show_listing(Listing("another"))):
            qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            qtbot.keyClick(view, Qt.Key.Key_Delete)
            let_go()
            view.take_names(EVERYTHING, ids)
            view.take_names(EVERYTHING, ())


def test_thousands_of_chosen_rows_stay_chosen_by_their_ids_when_rows_move(view, shelf, qtbot):
    library = shelf(6_000)
    library.serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    every = tuple(f"a{number}" for number in range(1, 6_000))
    assert view.selected() == every
    library.numbers = range(3, 6_000)
    view.refresh()
    settled(qtbot)
    assert view.selected() == every[2:]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    settled(qtbot)
    assert view.selected() == every[2:]
    view.show_listing(Listing("another"))
    settled(qtbot)
    assert set(view.selected()) <= set(every)


def test_more_than_can_be_named_are_not_chosen(view, shelf, qtbot):
    library = shelf(MOST_CHOSEN + 1)
    library.serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(view.overfilled) as heard:
        qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == [MOST_CHOSEN]
    settled(qtbot)
    assert view.selected() == ("a0",)
    assert len(library.asked) == 1


def test_choosing_right_after_a_move_opens_nothing_and_what_opens_late_takes_nothing_back(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.assertNotEmitted(view.open_wished, wait=OPEN_AFTER + 60):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected() == ("a1", "a2")
    view.select("a1")
    assert view.selected() == ("a1", "a2")
    view.select("a7")
    assert view.selected() == ("a7",)


def test_digits_go_with_the_chosen_rows(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    heard = []
    view.digit_pressed.connect(lambda *said: heard.append(said))
    qtbot.keyClick(view, Qt.Key.Key_1)
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_3, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(view, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert heard == [(("a0", "a1"), 3)]


def test_the_menu_is_wished_for_what_is_under_the_mouse(view, shelf, qtbot):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    spot = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=spot)
    around = view.viewport().mapToGlobal(spot)
    with qtbot.waitSignal(view.menu_wished, timeout=50) as menu:
        QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, around))
    assert menu.args[0] == ("a2",)
    assert isinstance(menu.args[1], QPoint)
    with qtbot.waitSignal(view.menu_wished, timeout=50) as menu:
        qtbot.keyClick(view, Qt.Key.Key_Menu)
    assert menu.args[0] == ("a2",)


def test_enter_in_the_search_box_opens_the_first_row_even_before_it_is_there(view, shelf, qtbot):
    library = shelf(50)
    view.show_listing(EVERYTHING)
    with qtbot.assertNotEmitted(view.open_wished):
        view.open_first()
    with qtbot.waitSignal(view.open_wished, timeout=50) as opened:
        view.take_page(EVERYTHING, 0, library.page(EVERYTHING, 0, PAGE))
    assert opened.args == ["a0", None]


def test_passages_have_taller_rows(view, shelf):
    shelf(50).serve(view)
    view.show_listing(EVERYTHING)
    low = view.rowHeight(0)
    view.show_listing(Listing("", passages=True))
    assert view.rowHeight(0) > low
    view.show_listing(EVERYTHING)
    assert view.rowHeight(0) == low == 101


def test_marks_and_states_are_seen(view, shelf, themes, make_found, qtbot):
    shelf(3).serve(view)
    view.show_listing(EVERYTHING)
    view.show_themes(themes)
    blank = view.viewport().grab().toImage()
    view.show_marks({"a1": ("t1",)})
    dotted = view.viewport().grab().toImage()
    assert dotted != blank
    view.show_themes([Theme(1, "t1", "Escalation", ("Escalation",), colour="#2f78b3")])
    assert view.viewport().grab().toImage() != dotted
    view.show_marks({"a1": ()})
    assert view.viewport().grab().toImage() == blank
    read = view.model().found(0)
    assert read.article.state is State.UNREAD


def test_a_row_is_told_to_a_screen_reader(view, shelf, themes):
    shelf(5).serve(view)
    view.show_themes(themes)
    view.show_marks({"a3": ("t2",)})
    view.show_listing(EVERYTHING)
    told = view.model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.split("\n") == ["Title 3", "The Ledger  ·  19 Dec 2024", "3 highlights", "Diplomacy"]


def test_rows_without_a_page_are_drawn_calmly(view, shelf, qtbot):
    library = shelf(1_000)
    view.show_listing(EVERYTHING)
    view.take_page(EVERYTHING, 0, library.page(EVERYTHING, 0, PAGE))
    written = view.viewport().grab().toImage()
    view.verticalScrollBar().setValue(101 * 500)
    waiting = view.viewport().grab().toImage()
    assert 1 < len(colours(waiting)) < len(colours(written)) / 3


@pytest.mark.parametrize("look", ["light", "dark", "sepia"])
def test_a_new_look_is_drawn_at_once(view, shelf, looks, look, qtbot):
    shelf(3).serve(view)
    view.show_listing(EVERYTHING)
    view.select("a0")
    looks.choose(look)
    picture = view.viewport().grab().toImage()
    ground = picture.pixelColor(view.viewport().width() - 14, 20)
    assert ground.name() == looks.now.colours["selected"]


def test_runs_join_neighbours():
    assert list(runs([])) == []
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]


@pytest.mark.parametrize(
    ("field", "detail", "said"),
    [
        ("text", "", ""),
        ("title", "", ""),
        ("note", "", "Note: "),
        ("leftout", "", "Left out: "),
        ("Tone", "", "Tone: "),
        ("details", "reading_time", "Reading time: "),
        ("details", "", "Details: "),
    ],
)
def test_a_row_says_what_its_excerpt_is_from_where_that_is_not_the_text(looks, make_found, field, detail, said):
    delegate = RowDelegate(looks)
    one = replace(make_found(1), field=field, detail=detail)
    text, spans = delegate.told(one)
    assert text == said + one.excerpt
    assert [text[start:end] for start, end in spans] == ["Caspian"]
    delegate.deleteLater()
