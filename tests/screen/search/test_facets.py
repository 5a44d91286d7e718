"""The strip under the search box: by what the list can be narrowed, how many have each value, and what a click does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ui.listing import Counts
from ui.search.facet_list import FacetList
from ui.search.facet_values import Facet, facets_of, rows_of
from ui.search.filters import ATTRIBUTE, MONTH, NOTE, OUTLET, STATE, THEME, UNDATED, Filter
from ui.search.pane import SearchPane

COUNTS = Counts(
    {
        "theme": (("Drones", 3), ("Drones > Sea", 2)),
        "outlet": (("The Ledger", 12), ("R&D “Weekly”", 3)),
        "month": (("2025-03", 5), ("2024-12", 4), ("2025", 2), ("2025-11", 1)),
        "state": (("read", 9), ("unread", 6)),
        "language": (("en", 14), ("uk", 1)),
        "attribute:Tone of voice": (("very critical", 2),),
    },
    {NOTE: 4, UNDATED: 3},
)


@pytest.fixture
def open_pane(pane):
    """Return a pane whose strip is open, with counts."""
    pane.open_facets(True)
    pane.show_facets(COUNTS)
    return pane


def offered(pane):
    return [(row.name, row.count) for row in pane.findChild(FacetList).values()]


def choose(pane, qtbot, name):
    values = pane.findChild(FacetList)
    place = [row.name for row in values.values()].index(name)
    index = values.model().index(place, 0)
    values.scrollTo(index)
    qtbot.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=values.visualRect(index).center())


def turn_to(pane, qtbot, facet):
    shown = [one for one in pane.findChildren(QToolButton) if one.text() == facet and one.isVisible()]
    if shown:
        qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    else:
        menu = next(one.menu() for one in pane.findChildren(QToolButton) if one.menu() and one.objectName() != "order")
        next(one for one in menu.actions() if one.text() == facet).trigger()


def test_a_click_puts_a_filter_on_and_a_second_takes_it_off(open_pane, qtbot):
    assert offered(open_pane) == [("The Ledger", 12), ("R&D “Weekly”", 3)]
    choose(open_pane, qtbot, "The Ledger")
    assert open_pane.wishes[-1].query == 'outlet:="The Ledger"'
    choose(open_pane, qtbot, "The Ledger")
    assert open_pane.wishes[-1].query == ""


@pytest.mark.parametrize(
    ("facet", "value", "query"),
    [
        ("Theme", "Sea", 'theme:"Drones > Sea"'),
        ("Month", "March", "published:=2025-03"),
        ("Month", "2024", "published:=2024"),
        ("Month", "Undated", "is:undated"),
        ("State", "Unread", "is:unread"),
        ("State", "Has a note", "has:note"),
        ("Language", "Ukrainian", "lang:=uk"),
        ("Tone of voice", "very critical", '"Tone of voice":="very critical"'),
    ],
)
def test_every_facet_narrows(open_pane, qtbot, facet, value, query):
    turn_to(open_pane, qtbot, facet)
    choose(open_pane, qtbot, value)
    assert open_pane.wishes[-1].query == query
    assert open_pane.facet() == ("attribute:Tone of voice" if facet == "Tone of voice" else facet.lower())


def test_months_stand_below_their_years_the_latest_first(open_pane, qtbot):
    turn_to(open_pane, qtbot, "Month")
    assert offered(open_pane) == [
        ("2025", 8), ("November", 1), ("March", 5), ("2024", 4), ("December", 4), ("Undated", 3),
    ]  # fmt: skip


def test_themes_stand_in_their_tree_with_those_above_them(pane, themes):
    counts = Counts({"theme": (("Drones > Sea", 2),)})
    rows = rows_of(pane, Facet(THEME), counts, (), {theme.id: theme for theme in themes})
    assert [(row.name, row.depth, row.count) for row in rows] == [("Drones", 0, 0), ("Sea", 1, 2)]


@pytest.mark.parametrize(
    "one",
    [
        Filter(OUTLET, "Gone"),
        Filter(MONTH, "2020-02"),
        Filter(STATE, "archived"),
        Filter(NOTE),
        Filter(UNDATED),
        Filter(ATTRIBUTE, "kind", "Tone of voice"),
        Filter(THEME, "t3"),
    ],
)
def test_what_is_chosen_stays_to_be_taken_away_though_nothing_has_it(pane, themes, one):
    facet = Facet({NOTE: STATE, UNDATED: MONTH}.get(one.kind, one.kind), one.name)
    rows = rows_of(pane, facet, Counts(), (one,), {theme.id: theme for theme in themes})
    assert one in [row.filter for row in rows]


def test_the_readers_own_fields_follow_what_every_library_has():
    assert [facet.key for facet in facets_of(COUNTS)] == [
        "outlet", "theme", "month", "state", "language", "attribute:Tone of voice",
    ]  # fmt: skip


def test_alternatives_are_counted_without_each_other(open_pane, qtbot):
    choose(open_pane, qtbot, "The Ledger")
    turn_to(open_pane, qtbot, "State")
    choose(open_pane, qtbot, "Unread")
    tally = open_pane.tally()
    assert tally.query == 'is:unread outlet:="The Ledger"'
    assert dict(tally.aside) == {"outlet": "is:unread", "state": 'outlet:="The Ledger"'}
    assert dict(tally.single) == {
        NOTE: 'is:unread has:note outlet:="The Ledger"', UNDATED: 'is:unread is:undated outlet:="The Ledger"',
    }  # fmt: skip


def test_nothing_is_counted_while_the_strip_is_folded_away(pane, qtbot):
    assert not pane.are_facets_open()
    assert pane.tally() is None
    with qtbot.waitSignal(pane.facets_wished, timeout=50):
        qtbot.mouseClick(pane.filter_button, Qt.MouseButton.LeftButton)
    assert pane.tally().query == ""
    with qtbot.assertNotEmitted(pane.facets_wished):
        qtbot.mouseClick(pane.filter_button, Qt.MouseButton.LeftButton)
    assert not pane.are_facets_open()


@pytest.mark.parametrize("width", [250, 334, 500])
def test_its_place_is_fixed_whatever_is_counted(looks, shown, width):
    pane = SearchPane(looks)
    shown(pane, width, 500)
    pane.open_facets(True)
    height = pane.sizeHint().height()
    for counts in (Counts(), COUNTS, Counts({"outlet": tuple((f"Outlet {n}", n) for n in range(300, 0, -1))})):
        pane.show_facets(counts)
        assert pane.sizeHint().height() == height
        assert pane.minimumSizeHint().width() <= 250
        assert pane.width() == width


def test_it_is_worked_by_keyboard(open_pane, qtbot):
    open_pane.toggle_facets()
    open_pane.toggle_facets()
    values = open_pane.findChild(FacetList)
    assert values.hasFocus()
    qtbot.keyClick(values, Qt.Key.Key_Down)
    qtbot.keyClick(values, Qt.Key.Key_Space)
    assert open_pane.wishes[-1].query == 'outlet:="R&D ?Weekly?"'
    qtbot.keyClick(values, Qt.Key.Key_Return)
    assert open_pane.wishes[-1].query == ""
    qtbot.keyClick(values, Qt.Key.Key_Escape)
    assert open_pane.box.hasFocus()


def test_arrows_turn_to_the_next_facet(open_pane, qtbot):
    tab = next(one for one in open_pane.findChildren(QToolButton) if one.text() == "Outlet" and one.isVisible())
    tab.setFocus()
    qtbot.keyClick(tab, Qt.Key.Key_Right)
    assert open_pane.facet() == "theme"
    qtbot.keyClick(open_pane.window().focusWidget(), Qt.Key.Key_Left)
    assert open_pane.facet() == "outlet"
    qtbot.keyClick(open_pane.window().focusWidget(), Qt.Key.Key_Left)
    assert open_pane.facet() == "attribute:Tone of voice"


def test_the_keyboard_stays_on_its_value_when_the_counts_come(open_pane, qtbot):
    open_pane.toggle_facets()
    open_pane.toggle_facets()
    values = open_pane.findChild(FacetList)
    qtbot.keyClick(values, Qt.Key.Key_Down)
    open_pane.show_facets(Counts({"outlet": (("R&D “Weekly”", 9), ("A new one", 2), ("The Ledger", 1))}))
    assert values.currentIndex().data() == "R&D “Weekly”"


def test_a_facet_that_is_gone_gives_way(open_pane, qtbot):
    turn_to(open_pane, qtbot, "Tone of voice")
    open_pane.show_facets(Counts({"outlet": (("The Ledger", 1),)}))
    assert open_pane.facet() == "outlet"
    assert offered(open_pane) == [("The Ledger", 1)]
