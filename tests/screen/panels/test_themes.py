"""The tree of themes: what a click, a key, a drag and the menu of a theme do."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu

from app.model import Theme
from app.settings import SETTINGS
from tests.screen.panels.values import HIGHLIGHTS, THEMES
from ui.panels.themes import ThemesPanel
from ui.widgets.theme_lines import KINDS


@pytest.fixture
def panel(looks, shown):
    made = shown(ThemesPanel(looks), 300, 760)
    made.show_themes(THEMES)
    made.show_here({"war": 2}, frozenset({"war"}))
    made.activateWindow()
    made.tree.setFocus()
    return made


def heard(signal):
    got = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def middle(panel, id_):
    return panel.tree.row_of(id_).center()


def click(panel, id_):
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, id_))


def key(panel, key_):
    QTest.keyClick(panel.tree, key_)


def entry(menu: QMenu, text: str):
    return next(action for action in menu.actions() if action.text().startswith(text))


def test_a_click_puts_the_theme_on_and_tells_which_is_chosen(panel, qtbot):
    chosen = heard(panel.selected)
    with qtbot.waitSignal(panel.put_wished) as put:
        click(panel, "dip")
    assert put.args == ["dip"]
    assert chosen == ["dip"]


def test_a_double_click_opens_the_board_and_puts_nothing_on(panel, qtbot):
    put, boards = heard(panel.put_wished), heard(panel.board_wished)
    click(panel, "dro")
    QTest.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, "dro"))
    qtbot.wait(320)
    assert boards == ["dro"]
    assert put == []


def test_the_keys_of_a_theme(panel):
    panel.tree.select("esc")
    boards, put, gone = heard(panel.board_wished), heard(panel.put_wished), heard(panel.delete_wished)
    key(panel, Qt.Key.Key_Return)
    key(panel, Qt.Key.Key_Space)
    key(panel, Qt.Key.Key_Delete)
    assert (boards, put, gone) == (["esc"], ["esc"], ["esc"])
    key(panel, Qt.Key.Key_Down)
    assert panel.tree.current() == "dro"


def rename(panel, id_):
    panel.tree.select(id_)
    key(panel, Qt.Key.Key_F2)
    field = panel.tree.viewport().findChild(QLineEdit)
    assert field is not None
    return field


def test_f2_renames_in_the_row(panel, qtbot):
    renamed = heard(panel.rename_wished)
    field = rename(panel, "esc")
    assert field.selectedText() == "Escalation"
    QTest.keyClicks(field, "Rising & falling")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: renamed == [("esc", "Rising & falling")])


def test_esc_takes_a_new_name_back(panel, qtbot):
    renamed = heard(panel.rename_wished)
    field = rename(panel, "esc")
    QTest.keyClicks(field, "No")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.wait(30)
    assert renamed == []


def test_a_name_in_writing_survives_new_values_and_new_themes(panel, qtbot):
    field = rename(panel, "esc")
    QTest.keyClicks(field, "Half a na")
    panel.show_themes([replace(theme, highlights=theme.highlights + 1) for theme in THEMES])
    panel.show_themes((*THEMES, Theme(9, "new", "New", ("New",))))
    assert field.text() == "Half a na"
    renamed = heard(panel.rename_wished)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: renamed == [("esc", "Half a na")])
    qtbot.waitUntil(lambda: len(panel.tree.themes) == 5)
    assert panel.tree.current() == "esc"


def test_what_is_folded_stays_folded_and_the_current_theme_stays(panel):
    panel.tree.select("war")
    key(panel, Qt.Key.Key_Left)
    folded = panel.tree.rows_height()
    panel.show_themes((*THEMES, Theme(9, "new", "New", ("New",))))
    assert panel.tree.rows_height() == folded * 3 // 2  # two rows before, three now
    assert panel.tree.current() == "war"


def test_the_plus_field_adds_and_stays_for_the_next(panel):
    added = heard(panel.add_wished)
    panel.add()
    QTest.keyClicks(panel.add_field, "  Weather   fronts ")
    QTest.keyClick(panel.add_field, Qt.Key.Key_Return)
    QTest.keyClicks(panel.add_field, "Sea")
    QTest.keyClick(panel.add_field, Qt.Key.Key_Return)
    assert added == [("Weather fronts", None), ("Sea", None)]
    QTest.keyClick(panel.add_field, Qt.Key.Key_Escape)
    assert panel.add_field.isHidden()


def test_a_theme_below_another_by_its_menu(panel):
    added = heard(panel.add_wished)
    entry(panel.menu("dip"), "New theme below").trigger()
    QTest.keyClicks(panel.add_field, "Talks")
    QTest.keyClick(panel.add_field, Qt.Key.Key_Return)
    assert added == [("Talks", "dip")]


def test_the_menu_opens_by_keyboard(panel, qtbot):
    panel.tree.select("dip")
    asked = heard(panel.tree.menu_wished)
    QApplication.sendEvent(panel.tree.viewport(), _menu_key(panel))
    assert [id_ for id_, _ in asked][-1:] == ["dip"]
    for menu in panel.findChildren(QMenu):
        menu.close()


def _menu_key(panel):
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), panel.mapToGlobal(QPoint(1, 1)))


def test_digits_are_given_and_taken(panel):
    wished = heard(panel.digit_wished)
    menu = panel.menu("dip")
    digits = entry(menu, "Key").menu().actions()
    assert digits[0].text() == "1  (War has it)"
    assert digits[-1].isChecked()
    digits[6].trigger()
    digits[-1].trigger()
    assert wished == [("dip", 7), ("dip", 0)]


def test_a_name_with_an_ampersand_stands_in_the_menu_as_it_is(panel):
    panel.show_themes((replace(THEMES[0], name="War & peace"), *THEMES[1:]))
    assert entry(panel.menu("dip"), "Key").menu().actions()[0].text() == "1  (War && peace has it)"


def test_a_colour_by_arrows_and_by_its_number(panel):
    wished = heard(panel.recolour_wished)
    panel.open_colours("dip")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wished == [("dip", "#5560c8")]  # the one after the blue it had
    panel.open_colours("dip")
    field = panel._colours.field
    field.selectAll()
    QTest.keyClicks(field, "nothing")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(wished) == 1
    field.selectAll()
    QTest.keyClicks(field, "#A1B2C3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert wished[1:] == [("dip", "#a1b2c3")]
    assert panel._colours.isHidden()


def test_a_definition_is_kept_by_closing_and_taken_back_by_esc(panel):
    wished = heard(panel.define_wished)
    panel.open_definition("dip")
    field = panel._definitions.field
    QTest.keyClicks(field, ", and all round them")
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(290, 750))
    assert wished == [("dip", "Talks, and all round them")]
    panel.open_definition("esc")
    QTest.keyClicks(field, "thrown away")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(wished) == 1


def test_merging_asks_into_which_theme_and_makes_none(panel):
    merged = heard(panel.merge_wished)
    entry(panel.menu("esc"), "Merge").trigger()
    field = panel._chooser.field
    QTest.keyClicks(field, "nowhere")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert merged == []
    assert "No theme is called that." in [one.text() for one in panel._chooser.findChildren(QLabel) if one.isVisible()]
    field.clear()
    QTest.keyClicks(field, "dipl")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert merged == [("esc", "dip")]


def test_a_theme_is_not_moved_below_itself(panel):
    moved = heard(panel.move_wished)
    entry(panel.menu("war"), "Move below").trigger()
    offered = [panel._chooser.rows.row(number).theme.id for number in range(panel._chooser.rows.rowCount())]
    assert offered == ["dip"]
    QTest.keyClick(panel._chooser.field, Qt.Key.Key_Return)
    entry(panel.menu("esc"), "Move to the top").trigger()
    assert moved == [("war", "dip", None), ("esc", None, None)]


def drag(panel, id_, place, kind="theme"):
    data = QMimeData()
    data.setData(f"application/x-commonplace-{kind}", id_.encode())
    actions, none = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    move = QDragMoveEvent(place, actions, data, Qt.MouseButton.LeftButton, none)
    panel.tree.dragMoveEvent(move)
    drop = QDropEvent(QPointF(place), actions, data, Qt.MouseButton.LeftButton, none)
    panel.tree.dropEvent(drop)
    return move.isAccepted()


def test_dropping_a_theme_on_another_nests_it_and_between_brings_it_up(panel):
    moved = heard(panel.move_wished)
    assert drag(panel, "esc", middle(panel, "dip"))
    below_last = QPoint(60, panel.tree.row_of("dip").bottom() - 2)
    assert drag(panel, "dro", below_last)
    assert moved == [("esc", "dip", None), ("dro", None, None)]


def test_articles_and_passages_are_dropped_on_a_theme_and_on_nothing_else(panel):
    dropped, moved = heard(panel.dropped), heard(panel.move_wished)
    assert drag(panel, "a1\nh2", middle(panel, "esc"), "ids")
    assert drag(panel, "h2", edge(panel, "dip", lower=True), "ids")
    assert not drag(panel, "h2", QPoint(60, panel.tree.row_of("dip").bottom() + 40), "ids")
    assert dropped == [(("a1", "h2"), "esc"), (("h2",), "dip")]
    assert moved == []


def edge(panel, id_, *, lower, x=150):
    box = panel.tree.row_of(id_)
    return QPoint(x, box.bottom() - 2 if lower else box.top() + 2)


def test_a_theme_lands_between_the_rows_where_it_is_dropped(panel):
    moved = heard(panel.move_wished)
    assert drag(panel, "dip", edge(panel, "war", lower=False))
    assert drag(panel, "dro", edge(panel, "esc", lower=False))
    assert drag(panel, "dip", edge(panel, "war", lower=True))  # it is unfolded: before the first of those below
    assert drag(panel, "dip", edge(panel, "esc", lower=True))
    assert moved == [("dip", None, "war"), ("dro", "war", "esc"), ("dip", "war", "esc"), ("dip", "war", "dro")]


def test_left_of_the_last_of_some_rows_a_theme_comes_after_the_one_above_them(panel):
    moved = heard(panel.move_wished)
    assert drag(panel, "esc", edge(panel, "dro", lower=True))
    assert drag(panel, "esc", edge(panel, "dro", lower=True, x=2))
    assert moved == [("esc", "war", None), ("esc", None, "dip")]


def test_dropped_where_it_stands_a_theme_stays(panel):
    moved = heard(panel.move_wished)
    assert not drag(panel, "esc", edge(panel, "dro", lower=False))
    assert not drag(panel, "dip", edge(panel, "dip", lower=True))
    assert moved == []


def test_alt_and_an_arrow_changes_places_with_the_theme_beside(panel):
    moved = heard(panel.move_wished)
    panel.tree.select("esc")
    for key_ in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(panel.tree, key_, Qt.KeyboardModifier.AltModifier)
    entry(panel.menu("dip"), "Move up").trigger()
    assert moved == [("esc", "war", None), ("dip", None, "war")]
    assert not entry(panel.menu("dip"), "Move down").isEnabled()


def test_a_theme_cannot_be_dropped_into_its_own_children(panel):
    moved = heard(panel.move_wished)
    assert not drag(panel, "war", middle(panel, "esc"))
    assert not drag(panel, "esc", middle(panel, "war"))  # there it is already
    assert moved == []


def test_the_filter_comes_with_many_themes_and_keeps_the_ancestors(panel):
    assert panel.filter_field.isHidden()
    many = [*THEMES, *(Theme(20 + n, f"t{n}", f"Theme {n}", (f"Theme {n}",)) for n in range(12))]
    panel.show_themes(many)
    assert panel.filter_field.isVisible()
    rows = panel.tree.rows_height() // 16
    QTest.keyClicks(panel.filter_field, "escal")
    assert panel.tree.rows_height() == 2 * rows  # the theme, and the one above it
    QTest.keyClick(panel.filter_field, Qt.Key.Key_Escape)
    assert panel.tree.rows_height() == 16 * rows


@pytest.mark.parametrize("words", ["élan", "ELAN", "stance towards"])
def test_the_filter_looks_into_definitions_and_notes_and_past_accents(panel, words):
    many = [Theme(20 + n, f"t{n}", f"Theme {n}", (f"Theme {n}",)) for n in range(15)]
    panel.show_themes(many)
    row = panel.tree.rows_height() // 15
    for told in ({"definition": "The élan of others, and a stance towards it"}, {"note": "*élan*: a stance towards"}):
        panel.show_themes([replace(one, **told) if one.id == "t7" else one for one in many])
        panel.filter_field.setText(words)
        assert panel.tree.rows_height() == row
        assert not panel.tree.row_of("t7").isEmpty()
        panel.filter_field.clear()


def test_five_hundred_themes_scroll_in_their_own_room(panel):
    many = [Theme(n, f"t{n}", f"Theme {n}", (f"Theme {n}",), digit=None) for n in range(500)]
    panel.show_themes(many)
    panel.tree.select("t300")
    scrolled = panel.tree.verticalScrollBar().value()
    assert scrolled > 0
    panel.show_themes([replace(theme, highlights=7) for theme in many])
    panel.show_themes(many[:-1])
    assert panel.tree.verticalScrollBar().value() == scrolled
    assert panel.tree.height() <= panel.height()


def test_without_themes_the_panel_says_what_to_do(panel, qtbot):
    panel.show_themes(())
    assert panel.tree.isHidden()
    QTest.mouseClick(panel._hint._button, Qt.MouseButton.LeftButton)
    assert panel.add_field.isVisible()


def test_notes_stand_below_and_other_articles_open(panel):
    panel.show_highlights(HIGHLIGHTS, THEMES)
    panel.show_also("Drones", [("b", "Cheap <b>drones</b>", "Systems · 12 Dec", 8)])
    words = [panel.list.model().index(row, 0).data() for row in range(panel.list.model().rowCount())]
    assert words[0] == "NOTES ON THIS ARTICLE 2"
    assert words[-2:] == ["ALSO MARKED  “DRONES” 1", "Cheap <b>drones</b>, Systems · 12 Dec, 8"]
    opened = heard(panel.article_wished)
    place = panel.list.visualRect(panel.list.model().index(len(words) - 1, 0)).center()
    for held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier):
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, held, place)  # it is chosen with others
    assert opened == []
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["b"]


def test_a_focused_highlight_without_a_note_is_shown_and_not_counted(panel):
    panel.show_highlights([replace(one, note="") for one in HIGHLIGHTS[1:]] + [HIGHLIGHTS[0]], THEMES)
    notes = sum(bool(one.note) for one in HIGHLIGHTS[:1])
    panel.focus(HIGHLIGHTS[1].id)
    words = [panel.list.model().index(row, 0).data() for row in range(panel.list.model().rowCount())]
    assert words[0] == f"NOTES ON THIS ARTICLE {notes}"
    assert any(HIGHLIGHTS[1].quote in one for one in words)


def test_a_tip_shows_markup_in_a_name_as_letters(panel):
    panel.show_themes([replace(THEMES[3], name="<b>x</b>", path=("<b>x</b>",))])
    tip = panel.tree.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert "23 in the library" in " ".join(tip.split())


def test_the_line_of_each_theme_is_shown_below_its_colour_where_lines_differ(panel):
    panel.show_themes(THEMES)

    def strokes(theme):
        """Return how often the line below a theme's colour begins anew."""
        image, box = panel.tree.viewport().grab().toImage(), panel.tree.row_of(theme.id)
        ground = image.pixelColor(box.left() + 2, box.center().y() + 6)
        along = range(box.left() + 2, box.left() + 29)
        drawn = [image.pixelColor(x, box.center().y() + 6) != ground for x in along]
        return sum(not before and here for before, here in pairwise(drawn))

    panel.tree.tell_apart(True)
    assert [strokes(theme) for theme in THEMES[:3]] == [1, 3, 8]
    panel.show_themes([THEMES[1]])
    assert strokes(THEMES[1]) == 3
    assert next(one for one in SETTINGS if one.key == "lines").help.startswith({6: "Six kinds"}[len(KINDS)])
