"""The tabs of the right side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.screen.panels.values import ARTICLE, ATTRIBUTES, COLLECTIONS, CONTENT, HIGHLIGHTS, THEMES, step
from ui.panels.side_pane import SidePane


@pytest.fixture
def pane(looks, shown):
    made = shown(SidePane(looks), 316, 900)
    made.themes.show_themes(THEMES)
    made.notes.show_article(ARTICLE)
    made.notes.show_highlights(HIGHLIGHTS, THEMES)
    made.article.show_article(ARTICLE, CONTENT, ATTRIBUTES, THEMES)
    made.collections.show_collections(COLLECTIONS)
    made.history.show_steps([step(1, "First")])
    made.activateWindow()
    return made


def heard(signal):
    got = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def test_tabs_by_mouse_and_by_arrows(pane):
    QTest.mouseClick(pane._tabs["notes"], Qt.MouseButton.LeftButton)
    assert pane.tab() == "notes"
    pane._tabs["notes"].setFocus()
    QTest.keyClick(pane._tabs["notes"], Qt.Key.Key_Right)
    assert pane.tab() == "article"
    assert pane.article.isVisible()


@pytest.mark.parametrize("width", [300, 316, 360])
def test_the_tabs_and_the_plus_fit(pane, width, qtbot):
    pane.resize(width, 700)
    qtbot.wait(10)
    boxes = [*(pane._tabs[name] for name in ("themes", "notes", "article", "collections")), pane._plus]
    for box in boxes:
        assert box.width() >= box.sizeHint().width()
    assert boxes[-1].geometry().right() < width


def test_the_plus_begins_something_on_every_tab(pane):
    begun = {
        "themes": lambda: pane.themes.add_field,
        "article": lambda: pane.article.attributes.form.name,
        "collections": lambda: pane.collections.add_field,
        "notes": lambda: pane.notes.own_note.field,
    }
    for name, field in begun.items():
        pane.show_tab(name)
        QTest.mouseClick(pane._plus, Qt.MouseButton.LeftButton)
        assert field().hasFocus(), name


def test_opening_a_tab_begins_no_writing(pane):
    pane.themes.tree.setFocus()
    pane.show_tab("notes")
    assert QApplication.focusWidget() is pane._tabs["notes"]


def test_the_history_slides_over_and_away(pane, qtbot):
    pane.show_history()
    qtbot.waitUntil(lambda: pane.history.mapTo(pane, QPoint(0, 0)).x() == 18)
    assert pane.history.list.hasFocus()
    QTest.keyClick(pane.history.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not pane.history.isVisible())
    assert pane._tabs["themes"].hasFocus()


def test_a_tab_sends_the_history_away(pane, qtbot):
    pane.show_history()
    pane.show_tab("notes")
    qtbot.waitUntil(lambda: not pane.history.isVisible())
    pane.show_history()
    qtbot.waitUntil(lambda: pane.history.mapTo(pane, QPoint(0, 0)).x() == 18)


def test_articles_held_over_a_tab_open_it(pane, qtbot):
    data = QMimeData()
    data.setData("application/x-commonplace-ids", b"a")
    tab = pane._tabs["collections"]
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(tab, enter)
    assert enter.isAccepted()
    qtbot.waitUntil(pane.collections.isVisible, timeout=2000)


def test_cards_below_the_themes_speak_for_the_notes(pane, qtbot):
    wished = heard(pane.notes.remove_wished)
    cards = pane.themes.list
    place = cards.visualRect(cards.model().index(1, 0)).center()
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClick(cards, Qt.Key.Key_Delete)
    assert wished == ["lost"]
    pane.notes.focus("three")
    model = cards.model()
    assert any("the third passage" in model.index(row, 0).data() for row in range(model.rowCount()))


@pytest.mark.parametrize("look", ["light", "sepia", "dark"])
def test_every_look_draws_all_tabs(pane, looks, look):
    seen = set()
    looks.choose(look)
    for name in ("themes", "notes", "article", "collections"):
        pane.show_tab(name)
        image = pane.grab().toImage()
        seen.add(bytes(image.constBits())[:40_000])
        assert image.width() == 316
    assert len(seen) == 4
