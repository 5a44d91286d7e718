"""The list of collections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.screen.panels.values import COLLECTIONS
from ui.panels.collections import CollectionsPanel

MIME = "application/x-commonplace-ids"


@pytest.fixture
def panel(looks, shown):
    made = shown(CollectionsPanel(looks), 300, 600)
    made.show_collections(COLLECTIONS)
    made.activateWindow()
    return made


def heard(signal):
    got = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def place(panel, row):
    return panel.list.visualRect(panel.list.model().index(row, 0)).center()


def spoken(panel):
    model = panel.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def test_what_stands_in_the_rows(panel):
    assert spoken(panel) == ["Brief, 2 items", "Found ones, by search: drone*", "Empty, empty"]


def test_click_enter_and_delete(panel):
    opened, gone = heard(panel.open_wished), heard(panel.delete_wished)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, 1))
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert opened == ["found", "empty"]
    assert gone == ["empty"]


def test_the_menu(panel):
    wished = heard(panel.export_wished)
    actions = panel.menu("brief").actions()
    assert [action.text() for action in actions] == ["Open", "Rename…", "Describe…", "Export…", "Delete"]
    actions[3].trigger()
    assert wished == ["brief"]


def test_a_new_one_in_its_row(panel):
    added = heard(panel.add_wished)
    panel.add()
    QTest.keyClicks(panel.add_field, "  For   Thursday")
    QTest.keyClick(panel.add_field, Qt.Key.Key_Return)
    assert panel.add_field.hasFocus()  # ready for the next name
    assert added == ["For Thursday"]
    panel.add()
    QTest.keyClicks(panel.add_field, "No")
    QTest.keyClick(panel.add_field, Qt.Key.Key_Escape)
    assert panel.add_field.isHidden()
    assert len(added) == 1


def drop(panel, row, kind=MIME):
    data = QMimeData()
    data.setData(kind, b"a\nb\n")
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = QDragMoveEvent(place(panel, row), Qt.DropAction.CopyAction, data, button, none)
    panel.list.dragMoveEvent(move)
    lit = panel.list.lit
    panel.list.dropEvent(QDropEvent(QPointF(place(panel, row)), Qt.DropAction.CopyAction, data, button, none))
    return lit


def test_articles_are_dropped_on_a_collection_that_lights_up(panel):
    put = heard(panel.put_wished)
    dark = panel.grab().toImage()
    assert drop(panel, 0) == "brief"
    assert put == [("brief", ("a", "b"))]
    assert panel.list.lit == ""
    assert panel.grab().toImage() == dark


def test_a_collection_that_a_search_fills_takes_nothing(panel):
    put = heard(panel.put_wished)
    assert drop(panel, 1) == ""
    assert put == []


def test_the_light_is_seen(panel):
    dark = panel.grab().toImage()
    panel.list._light("brief")
    assert panel.grab().toImage() != dark


def test_the_current_one_stays_when_others_come(panel):
    panel.list.setCurrentIndex(panel.list.model().index(2, 0))
    panel.show_collections([replace(COLLECTIONS[0], id="first", name="A first one"), *COLLECTIONS])
    assert panel.list.one_at(panel.list.currentIndex()).id == "empty"


def test_without_collections_the_panel_says_what_to_do(panel):
    panel.show_collections(())
    assert panel.list.isHidden()
    panel._hint._button.click()
    assert panel.add_field.isVisible()
    assert panel.grab(panel.rect().translated(QPoint(0, 0))).width() > 0


def test_f2_asks_for_another_name(panel):
    wished = heard(panel.rename_wished)
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    assert wished == ["found"]


def test_a_collection_is_described_below_its_row(panel):
    written = heard(panel.note_wished)
    next(action for action in panel.menu("brief").actions() if action.text() == "Describe…").trigger()
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "For Thursday")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert written == [("brief", "For Thursday")]


def carried(panel, id_):
    data = QMimeData()
    data.setData("application/x-commonplace-collection", id_.encode())
    return data


@pytest.mark.parametrize(
    ("id_", "row", "below", "order"),
    [
        ("brief", 2, True, ("found", "empty", "brief")),
        ("empty", 0, False, ("empty", "brief", "found")),
        ("found", 1, False, None),
        ("elsewhere", 0, False, None),
    ],
)
def test_a_collection_is_dragged_to_another_place(panel, id_, row, below, order):
    arranged, put = heard(panel.arrange_wished), heard(panel.put_wished)
    at = QPointF(place(panel, row) + QPoint(0, 20 if below else -20))
    none, left, move = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
    data = carried(panel, id_)
    over = QDragMoveEvent(at.toPoint(), move, data, left, none)
    panel.list.dragMoveEvent(over)
    assert over.isAccepted()
    assert panel.list.lit == ""
    QApplication.processEvents()
    panel.list.dropEvent(QDropEvent(at, move, data, left, none))
    assert (arranged, put) == ([order] if order else [], [])


def test_alt_and_arrows_move_a_collection_and_it_stays_chosen(panel):
    arranged = heard(panel.arrange_wished)
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    QTest.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert arranged == [("found", "brief", "empty")]
    panel.show_collections([COLLECTIONS[1], COLLECTIONS[0], COLLECTIONS[2]])
    assert panel.list.one_at(panel.list.currentIndex()).id == "brief"
