"""Marking all hits: what is proposed, how it is refused, and what is wished in the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.model import Article, Metadata, Theme
from app.progress import Progress
from app.searching.answers import Proposal, Proposals, Unit
from app.wording import Message
from ui.dialogs.mark_all_sheet import MarkAllSheet

WATER = Theme(1, "t1", "Water", ("Water",), colour="#2f78b3")
MONEY = Theme(2, "t2", "Money", ("Money",), colour="#cf4a3a")
FERRY = Article(1, "a1", Metadata(title="The <b>ferry</b> & more"), words=9)
DRONES = Article(2, "a2", Metadata(title=""), words=9)


def proposal(article, start, *, highlight="", themes=()):
    context = "One night. The 🛸 night ferry runs. It is late."
    return Proposal(article, (start, start + 24), context[11:35], context, (11, 35), ((17, 22),), highlight, themes)


FOUND = (
    proposal(FERRY, 0),
    proposal(FERRY, 100, highlight="h1", themes=("t2", "gone")),
    proposal(DRONES, 0),
)


def proposals(found=FOUND, unit=Unit.SENTENCE, *, complete=True):
    return Proposals("night", unit, Message("Articles {query}.", {"query": "with night"}), found, complete)


@pytest.fixture
def sheet(looks, shown, qtbot):
    """Return an open sheet with three proposals; what it wishes is in its lists."""
    window = shown(QWidget(), 1000, 800)
    made = MarkAllSheet(looks, window)
    made.ground = window  # Python would let go of it
    made.asked, made.wished, made.stopped = [], [], []
    made.look_up_wished.connect(made.asked.append)
    made.mark_wished.connect(lambda *wish: made.wished.append(wish))
    made.stop_wished.connect(lambda: made.stopped.append(1))
    made.begin(Unit.SENTENCE, (WATER, MONEY), (WATER,))
    made.show_proposals(proposals())
    return made


def button(sheet, words):
    return next(one for one in sheet.findChildren(QAbstractButton) if words in (one.text(), one.accessibleName()))


def said(sheet):
    return [one.text() for one in sheet.findChildren(QLabel) if one.isVisible() and one.text()]


def click(sheet, qtbot, row):
    view = sheet.list
    index = view.model().index(row, 0)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def rows(sheet):
    model = sheet.list.model()
    marks = {Qt.CheckState.Checked: "x", Qt.CheckState.PartiallyChecked: "-", Qt.CheckState.Unchecked: " "}
    return [
        (model.line(row).heading, marks[model.index(row).data(Qt.ItemDataRole.CheckStateRole)])
        for row in range(model.rowCount())
    ]


def test_proposals_stand_below_their_articles_all_of_them_taken(sheet):
    assert sheet.asked == [Unit.SENTENCE]
    assert rows(sheet) == [(True, "x"), (False, "x"), (False, "x"), (True, "x"), (False, "x")]
    assert "3 of 3 chosen · 1 marked already" in said(sheet)
    assert "Articles with night." in said(sheet)
    assert sheet.list.model().index(0).data() == "The <b>ferry</b> & more"
    assert sheet.list.model().index(3).data() == "Untitled"


def test_a_click_refuses_one_and_a_second_takes_it_back(sheet, qtbot):
    click(sheet, qtbot, 1)
    assert rows(sheet)[:3] == [(True, "-"), (False, " "), (False, "x")]
    assert sheet.chosen() == FOUND[1:]
    assert button(sheet, "Mark 2 passages").isEnabled()
    click(sheet, qtbot, 1)
    assert sheet.chosen() == FOUND


def test_a_click_on_an_article_refuses_all_of_it(sheet, qtbot):
    click(sheet, qtbot, 0)
    assert sheet.chosen() == FOUND[2:]
    assert button(sheet, "Mark 1 passage").isEnabled()
    click(sheet, qtbot, 0)
    assert sheet.chosen() == FOUND


def test_it_is_worked_by_keyboard(sheet, qtbot):
    assert sheet.list.hasFocus() or sheet.focusWidget() is sheet.list
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.wished == [(FOUND[1:], ("t1",))]


def test_all_and_none(sheet, qtbot):
    qtbot.mouseClick(button(sheet, "None"), Qt.MouseButton.LeftButton)
    assert sheet.chosen() == ()
    assert not sheet.primary.isEnabled()
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.wished == []
    qtbot.mouseClick(button(sheet, "All"), Qt.MouseButton.LeftButton)
    assert sheet.chosen() == FOUND


def test_themes_are_put_on_taken_away_and_made(sheet, qtbot):
    sheet.picker.picked.emit("t2")
    sheet.picker.picked.emit("Money > Prices")
    assert sheet.themes() == ("t1", "t2", "Money > Prices")
    qtbot.mouseClick(button(sheet, "Take “Water” off"), Qt.MouseButton.LeftButton)
    sheet.picker.unpicked.emit("t2")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.wished == [(FOUND, ("Money > Prices",))]


def test_another_unit_asks_again_and_an_answer_that_comes_too_late_is_not_shown(sheet, qtbot):
    qtbot.mouseClick(button(sheet, "Words"), Qt.MouseButton.LeftButton)
    assert sheet.asked == [Unit.SENTENCE, Unit.WORD]
    assert not sheet.primary.isEnabled()
    sheet.show_proposals(proposals(FOUND[:1]))
    assert not sheet.primary.isEnabled()
    sheet.show_proposals(proposals(FOUND[:2], Unit.WORD))
    assert button(sheet, "Mark 2 passages").isEnabled()


def test_while_it_looks_and_marks_it_says_how_far_it_is(sheet, qtbot):
    sheet.begin(Unit.WORD, (WATER,), ())
    assert "Looking through the articles…" in said(sheet)
    sheet.show_proposals(proposals(unit=Unit.WORD))
    sheet.begin_marking()
    sheet.show_progress(Progress(2, 3, ""))
    assert "Marking…" in said(sheet)
    assert not sheet.primary.isEnabled()
    sheet.escape()
    assert sheet.stopped
    assert sheet.isVisible()


def test_esc_stops_the_looking_up_and_closes(sheet, qtbot):
    sheet.begin(Unit.WORD, (WATER,), ())
    qtbot.keyClick(sheet.list, Qt.Key.Key_Escape)
    assert sheet.stopped
    assert not sheet.isVisible()


def test_nothing_found_and_nothing_to_mark_are_said(sheet):
    sheet.show_proposals(proposals(()))
    assert any("No passage" in one for one in said(sheet))
    assert not sheet.primary.isEnabled()
    sheet.show_trouble("The query names no words.", "Give some.")
    assert "The query names no words.\nGive some." in said(sheet)


def test_that_there_are_more_is_said(sheet):
    sheet.show_proposals(proposals(complete=False))
    assert any("there are more" in one for one in said(sheet))


@pytest.mark.parametrize("width", [780, 1600])
def test_ten_thousand_are_shown_in_any_window(looks, shown, width):
    window = shown(QWidget(), width, 500)
    sheet = MarkAllSheet(looks, window)
    sheet.begin(Unit.WORD, (), ())
    many = tuple(proposal(FERRY if number % 300 else DRONES, number) for number in range(10_000))
    sheet.show_proposals(proposals(many, Unit.WORD))
    assert len(sheet.chosen()) == 10_000
    assert sheet.card.geometry().right() < width
    assert not sheet.grab().isNull()
