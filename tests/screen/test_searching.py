"""Searching at the whole window: what it remembers, what it counts, and what it marks in the open article."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from app.searching.answers import Unit
from app.settings import Settings
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.dialogs.mark_all_sheet import MarkAllSheet
from ui.dialogs.name_sheet import NameSheet
from ui.search.facet_list import FacetList

FERRY = (
    "# The ferry\n\nThe night ferry runs again with 300 seats.\n\nTickets cost 15 lira, and the night ferry is full.\n"
)
DRONES = "# Drones\n\nNine drones were counted over the harbour in one night.\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with two articles of two outlets, and a theme on one of them."""
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    (tmp_path / "drones.md").write_text(DRONES, encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md", tmp_path / "drones.md")
        for title, outlet in (("ferry", "The Quay"), ("drones", "Skywatch")):
            key = workspace.keys(f"title:{title}")[0]
            workspace.articles.edit(key, {"outlet": outlet})
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def counts(hands: Hands) -> dict[str, int]:
    return {row.name: row.count for row in hands.window.search.findChild(FacetList).values()}


def remembered(settings: Path, library: Path) -> list[str]:
    return Settings(settings).remembered("searches", {}).get(str(library), [])


def test_what_was_entered_or_led_to_an_article_is_remembered_for_its_library(qtbot, looks, library, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        hands.search("night")
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        hands.search("harb")
        hands.open("Drones")
        hands.search("seats and nothing else")
        assert remembered(settings, library) == ["harb", "night"]
        hands.window.shelf.open(str(tmp_path / "other"), create=True)
        hands.until(lambda: hands.window.context.bridge.folder == tmp_path / "other")
        hands.rest()
        hands.act("search")
        assert not hands.window.search.recent.is_open()
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("search")
        assert hands.window.search.recent.is_open()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Delete):
            hands.key(key)
        hands.rest()
        assert remembered(settings, library) == ["night"]
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert hands.window.search.box.text() == "night"


def test_a_foreign_hand_in_the_settings_does_no_harm(qtbot, looks, library, settings):
    Settings(settings).remember(searches={str(library): [7, "night", ""], "x": 3})
    with opened(qtbot, library, settings, looks) as hands:
        hands.search("harbour")
        hands.key(Qt.Key.Key_Return)
        hands.rest()
    assert remembered(settings, library) == ["harbour", "night"]


def test_counts_come_with_the_answer_and_a_second_outlet_can_be_chosen(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("facets")
        assert counts(hands) == {"The Quay": 1, "Skywatch": 1}
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert hands.titles() == ["Drones"]
        assert counts(hands) == {"The Quay": 1, "Skywatch": 1}
        hands.key(Qt.Key.Key_Down)
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert sorted(hands.titles()) == ["Drones", "The ferry"]
        hands.search("seats")
        assert counts(hands) == {"The Quay": 1, "Skywatch": 0}


def test_a_field_of_any_name_narrows_the_list(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        for name in ("🌍", '"'):
            workspace.attributes.add(name)
        workspace.articles.edit(workspace.keys("title:ferry")[0], attributes={"🌍": "sea", '"': "said"})
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("facets")
        for name in ("🌍", '"'):
            hands.window.search.open_facets(True, f"attribute:{name}")
            hands.window.search.findChild(FacetList).setFocus()
            hands.key(Qt.Key.Key_Return)
            hands.rest()
            assert hands.titles() == ["The ferry"]
            hands.key(Qt.Key.Key_Return)
            hands.rest()
            assert len(hands.titles()) == 2


def test_counts_follow_a_deed(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.search.open_facets(True, "state")
        hands.rest()
        before = counts(hands)
        hands.open("Drones")
        hands.act("read")
        assert counts(hands) != before
        assert counts(hands)["Read"] == 1


def test_the_strip_stays_as_it_was_left(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("facets")
        hands.window.search.open_facets(True, "month")
    with opened(qtbot, library, settings, looks) as hands:
        assert hands.window.search.are_facets_open()
        assert hands.window.search.facet() == "month"
        hands.act("facets")
    with opened(qtbot, library, settings, looks) as hands:
        assert not hands.window.search.are_facets_open()


def walk(hands: Hands) -> str:
    return hands.window.centre.hits.text() if hands.window.centre.hits.isVisible() else ""


def test_hits_of_the_open_article_are_counted_walked_over_and_marked_in_its_title(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Drones")
        assert walk(hands) == ""
        hands.search("night")
        hands.open("The ferry")
        assert walk(hands) == "2 hits"
        hands.act("next-hit")
        assert walk(hands) == "1 of 2"
        hands.act("previous-hit")
        assert walk(hands) == "2 of 2"
        hands.click(hands.labelled("Next hit (F3)"))
        assert walk(hands) == "1 of 2"
        hands.search("title:ferry")
        assert walk(hands) == "in the title"
        assert hands.window.reader.header.hits() == ((4, 9),)
        hands.search("seats")
        assert walk(hands) == "1 hit"
        assert hands.window.reader.header.hits() == ()
        hands.search("")
        assert walk(hands) == ""


def test_what_is_typed_while_an_article_opens_is_what_is_marked_in_it(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Drones")
        hands.search("seats")
        hands.window.list.open_wished.emit(hands.window.list.model().found(0).article.id, None)
        hands.window.search.set_query("lira")
        hands.rest()
        reader = hands.window.reader
        assert [hands.text[start:end] for start, end in reader.hits()] == ["lira"]


def test_a_board_has_no_hits_to_walk_over(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.search("night")
        hands.open("The ferry")
        assert walk(hands) == "2 hits"
        with Workspace(library) as workspace:
            collection = workspace.collections.add("Boats")
        hands.until(lambda: hands.window.context.session.collections)
        hands.window.side.collections.open_wished.emit(collection.id)
        hands.rest()
        assert walk(hands) == ""
        hands.key(Qt.Key.Key_Escape)
        hands.rest()
        assert walk(hands) == "2 hits"


def keep_as(hands: Hands, name: str) -> None:
    hands.act("save-search")
    sheet = [one for one in hands.window.findChildren(NameSheet) if one.isVisible()][-1]
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=sheet.field)
    hands.type(name, to=sheet.field)
    hands.key(Qt.Key.Key_Return, to=sheet.field)
    hands.rest()


def kept(library: Path) -> dict[str, str]:
    with Workspace(library) as workspace:
        return {one.name: one.query for one in workspace.collections.all()}


def test_a_kept_search_is_opened_refined_and_kept_again(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        boats = workspace.collections.add("Boats", "ferry")
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.side.collections.open_wished.emit(boats.id)
        hands.rest()
        assert hands.window.search.box.text() == "ferry"
        assert hands.titles() == ["The ferry"]
        hands.type(" night")
        hands.qtbot.wait(120)
        hands.rest()
        hands.click(hands.labelled("Keep the change"))
        hands.rest()
        assert kept(library) == {"Boats": "ferry night"}
        hands.type(" -drone")
        keep_as(hands, "Boats without drones")
        assert kept(library) == {"Boats": "ferry night", "Boats without drones": "ferry night -drone"}
        assert hands.window.search.kept().name == "Boats without drones"
        hands.act("undo")
        assert kept(library) == {"Boats": "ferry night"}
        assert hands.window.search.kept() is None
        hands.act("undo")
        assert kept(library) == {"Boats": "ferry"}


def test_keeping_under_the_same_name_changes_that_collection(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        boats = workspace.collections.add("Boats", "ferry")
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.side.collections.open_wished.emit(boats.id)
        hands.rest()
        hands.type(" seats")
        keep_as(hands, "Boats")
        assert kept(library) == {"Boats": "ferry seats"}


def test_a_renamed_theme_is_renamed_in_the_box(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        workspace.themes.add("Water")
        boats = workspace.collections.add("Boats", "theme:Water ferry")
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.side.collections.open_wished.emit(boats.id)
        hands.rest()
        before = hands.window.search.box.text()
        hands.window.side.themes.rename_wished.emit(hands.window.context.session.themes[0].id, "Sea")
        hands.rest()
        assert hands.window.search.box.text() == before.replace("Water", "Sea") != before


def test_all_hits_are_marked_as_one_step_but_those_that_are_refused(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        workspace.themes.add("Water")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.search("night")
        hands.act("mark-hits")
        sheet = hands.window.findChild(MarkAllSheet)
        assert [one.quote for one in sheet.chosen()] == [
            "The night ferry runs again with 300 seats.",
            "Tickets cost 15 lira, and the night ferry is full.",
            "Nine drones were counted over the harbour in one night.",
        ]
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
            hands.key(key, to=sheet.list)
        sheet.picker.picked.emit("Water > Boats")
        hands.key(Qt.Key.Key_Return, to=sheet.list)
        hands.rest()
        assert not sheet.isVisible()
        assert hands.window.reader.isAncestorOf(QApplication.focusWidget())  # there, Ctrl+Z takes the marks back
        assert hands.quotes() == ["Tickets cost 15 lira, and the night ferry is full."]
        with Workspace(library) as workspace:
            assert workspace.count("", passages=True) == workspace.count('theme:"Water > Boats"', passages=True) == 2
        hands.act("mark-hits")
        assert [bool(one.highlight) for one in sheet.chosen()] == [False, True, True]
        sheet.escape()
        hands.rest()
        hands.act("undo")
        assert hands.quotes() == []
        with Workspace(library) as workspace:
            assert [theme.name for theme in workspace.themes.all()] == ["Water"]


def test_without_words_there_is_nothing_to_mark_and_it_is_said(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("mark-hits")
        assert hands.window.findChild(MarkAllSheet) is None
        hands.search("is:unread")
        hands.act("mark-hits")
        sheet = hands.window.findChild(MarkAllSheet)
        assert sheet.isVisible()
        assert sheet.chosen() == ()
        hands.key(Qt.Key.Key_Escape, to=sheet)
        assert not sheet.isVisible()


def test_what_is_like_an_article_and_like_a_passage_is_listed(qtbot, looks, library, settings, tmp_path):
    (tmp_path / "boats.md").write_text("# Boats\n\nThe night ferry is full of seats, and lira.\n", encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "boats.md")
        for quote in ("The night ferry runs", "The night ferry is full of seats"):
            workspace.highlights.add_quote(workspace.keys(f'"{quote}"')[0], quote)
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("like-this")
        assert hands.titles()[0] == "Boats"
        assert "The ferry" not in hands.titles()
        hands.click(hands.labelled("Take the filter “Like “The ferry”” away"))
        hands.rest()
        assert len(hands.titles()) == 3
        hands.window.reader.focus_highlight(hands.window.context.session.highlights[0].id)
        hands.act("like-this")
        assert hands.window.search.listing().passages
        assert hands.window.list.model().rowCount() == 1
        assert hands.window.list.model().found(0).highlight.quote == "The night ferry is full of seats"


def test_the_menu_of_the_list_finds_what_is_like_a_row(qtbot, looks, library, settings, tmp_path):
    (tmp_path / "boats.md").write_text("# Boats\n\nThe night ferry is full of seats, and lira.\n", encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "boats.md")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Boats")
        hands.window.list.menu_wished.emit(hands.window.list.selected(), hands.window.mapToGlobal(QPoint(50, 300)))
        hands.choose(hands.menu(), "Articles like this one")
        assert hands.titles()[0] == "The ferry"
        assert "Boats" not in hands.titles()


def test_the_list_is_put_into_each_order(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        for title, published in (("ferry", "2024-05-01"), ("drones", "2025-02-03")):
            workspace.articles.edit(workspace.keys(f"title:{title}")[0], {"published": published})
    with opened(qtbot, library, settings, looks) as hands:
        orders = hands.window.search.findChild(QToolButton, "order").menu().actions()
        for order, first in (("oldest", "The ferry"), ("published", "Drones"), ("title", "Drones")):
            next(one for one in orders if one.data() == order).trigger()
            hands.rest()
            assert hands.titles()[0] == first


def test_the_bar_says_where_one_is_however_one_got_there(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("find")
        bar = hands.window.reader.finding.bar
        hands.type("night", to=bar.field)
        said = [label.text() for label in bar.findChildren(QLabel)]
        assert said == ["1 of 2"]
        hands.act("next-hit")
        assert [label.text() for label in bar.findChildren(QLabel)] == ["2 of 2"]


def test_words_are_marked_wherever_they_stand_in_one_article_as_one_step(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.drag(hands.span_of("night ferry"))
        hands.click(hands.labelled("Mark these words everywhere in the article"))
        sheet = hands.until(lambda: hands.window.findChild(MarkAllSheet))
        hands.until(sheet.chosen)
        assert [one.quote for one in sheet.chosen()] == ["night ferry", "night ferry"]
        assert hands.labelled("Mark 2 passages").isEnabled()
        sheet.picker.picked.emit("Boats")
        hands.key(Qt.Key.Key_Return, to=sheet.list)
        hands.rest()
        assert hands.quotes() == ["night ferry", "night ferry"]
        hands.act("undo")
        assert hands.quotes() == []
        hands.search("night")
        hands.act("mark-hits")  # what was marked for one article says nothing of a search
        assert len(sheet.chosen()) == 3
        assert sheet.unit() is Unit.SENTENCE


QUOTED = (
    "# The strike\n\nHe called it “the end of the truce” on Monday.\n\n"
    "The talks over the end of the truce go on, the crew said.\n"
)


def test_a_phrase_with_typographic_quotes_stays_one_phrase(qtbot, looks, library, settings, tmp_path):
    (tmp_path / "strike.md").write_text(QUOTED, encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "strike.md")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The strike")
        hands.drag(hands.span_of("it “the end of the truce” on"))
        hands.act("search-selection")
        assert hands.titles() == ["The strike"]
        hands.window.reader.view.select(hands.span_of("“the end of the truce”"))
        hands.window.reader.mark_everywhere()
        sheet = hands.until(lambda: hands.window.findChild(MarkAllSheet))
        hands.until(sheet.chosen)
        assert [one.quote for one in sheet.chosen()] == ["the end of the truce", "the end of the truce"]


def test_what_is_too_long_to_be_searched_for_is_refused(qtbot, looks, library, settings, tmp_path):
    (tmp_path / "long.md").write_text(f"# Long\n\n{'many words ' * 200}\n", encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "long.md")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Long")
        told = []
        hands.window.messages.spoken.connect(told.append)
        hands.act("next-paragraph")
        for wish in (hands.window.reader.search_selection, hands.window.reader.mark_everywhere):
            wish()
            hands.rest()
            assert "too long" in told.pop()
        assert hands.window.search.query() == ""
        assert not any(sheet.isVisible() for sheet in hands.window.findChildren(MarkAllSheet))
