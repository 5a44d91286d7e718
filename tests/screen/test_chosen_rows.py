"""What is done with the rows that are chosen in the list: collected, likened, themed, all of them in one step."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame

from app.progress import Progress
from app.workspace import Workspace
from tests.libraries import add, imported
from tests.windows import Hands, opened
from ui.widgets.toast import Toast
from ui.wording import number

SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("Ash", "Birch", "Cedar", "Elm", "Fir")


@pytest.fixture
def hands(qtbot, looks, tmp_path: Path) -> Iterator[Hands]:
    """Return a reader of five articles with a passage in each, the first of which is open and has the keyboard."""
    for name in NAMES:
        text = f"# {name}\n\nA {name.lower()} stands by the water.\n\nNobody cut it.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, *(tmp_path / f"{name}.md" for name in NAMES))
        workspace.themes.add("Trees", digit=1)
        workspace.themes.add("Water", digit=2)
        workspace.collections.add("Wood")
        for key in workspace.keys(""):
            workspace.highlights.add_quote(key, "Nobody cut it.", themes=["Trees"])
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as reader:
        reader.open(reader.titles()[0])
        reader.window.list.setFocus()
        yield reader


def choose(hands: Hands, rows: int) -> tuple[str, ...]:
    """Choose so many rows from the first on by the keyboard; return their ids."""
    for _ in range(rows - 1):
        hands.key(Qt.Key.Key_Down, SHIFT, to=hands.window.list)
    hands.rest()
    chosen = hands.window.list.selected()
    assert len(chosen) == rows
    return chosen


def list_passages(hands: Hands) -> None:
    hands.window.search.set_passages(True)
    hands.rest()
    hands.window.list.setFocus()
    hands.key(Qt.Key.Key_Home, to=hands.window.list)
    hands.rest()


def heard(hands: Hands) -> list[str]:
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    return said


def collected(hands: Hands) -> tuple[str, ...]:
    hands.window.actions_by_key["collect"].trigger()
    hands.choose(hands.menu(), "Wood")
    return hands.until(lambda: hands.window.context.session.collections[0].items)


def test_the_chosen_rows_are_collected(hands):
    chosen = choose(hands, 4)
    assert collected(hands) == chosen


def test_chosen_passages_are_collected(hands):
    list_passages(hands)
    chosen = choose(hands, 3)
    assert collected(hands) == chosen


def test_a_row_that_is_only_chosen_is_collected_before_the_open_article(hands):
    hands.window.list.selectRow(2)
    assert collected(hands) == hands.window.list.selected() != (hands.window.context.session.article.id,)


def test_what_the_keyboard_is_on_in_the_text_is_collected_though_rows_are_chosen(hands):
    choose(hands, 4)
    hands.click_text("Nobody cut it.")
    assert hands.window.reader.hasFocus() or hands.view.hasFocus()
    assert collected(hands) == (hands.window.reader.focused(),)


def test_one_row_has_articles_like_it_and_of_several_that_is_refused_in_words(hands):
    hands.window.list.selectRow(2)
    chosen = hands.window.list.selected()[0]
    hands.act("like-this")
    assert chosen in hands.window.search.listing().query
    hands.window.search.clear()
    hands.rest()
    hands.window.list.setFocus()
    hands.key(Qt.Key.Key_Home, to=hands.window.list)
    choose(hands, 3)
    before, said = hands.window.search.listing(), heard(hands)
    hands.act("like-this")
    assert said == ["More than one is chosen."]
    assert hands.window.search.listing() == before


def themes_on_articles(hands: Hands) -> list[list[str]]:
    """Return the names of the themes on each article as a whole, in the order of the list."""
    names = {theme.id: theme.name for theme in hands.window.context.session.themes}
    rows = hands.window.list.model()
    hands.rest()
    return [[names[theme] for theme in rows.found(row).article.themes] for row in range(rows.rowCount())]


def themes_on_passages(hands: Hands) -> list[list[str]]:
    names = {theme.id: theme.name for theme in hands.window.context.session.themes}
    rows = hands.window.list.model()
    hands.rest()
    return [[names[theme] for theme in rows.found(row).highlight.themes] for row in range(rows.rowCount())]


def press(hands: Hands, digit: int) -> None:
    hands.key(Qt.Key.Key_0 + digit, to=hands.window.list)
    hands.rest()


def test_a_digit_puts_a_theme_on_all_chosen_articles_takes_it_off_again_and_is_one_step(hands):
    choose(hands, 3)
    said = heard(hands)
    press(hands, 2)
    assert themes_on_articles(hands) == [["Water"]] * 3 + [[]] * 2
    hands.key(Qt.Key.Key_Down, SHIFT, to=hands.window.list)
    press(hands, 2)
    assert themes_on_articles(hands) == [["Water"]] * 4 + [[]], "it goes on those that lack it first"
    press(hands, 2)
    assert themes_on_articles(hands) == [[]] * 5
    assert said == ["Put on 3 articles: Water.", "Put on one article: Water.", "Taken off 4 articles: Water."]
    hands.act("undo")
    assert themes_on_articles(hands) == [["Water"]] * 4 + [[]]
    hands.act("undo")
    hands.act("undo")
    assert themes_on_articles(hands) == [[]] * 5


def test_digits_are_for_the_themes_of_chosen_passages(hands):
    list_passages(hands)
    choose(hands, 3)
    said = heard(hands)
    press(hands, 2)
    assert themes_on_passages(hands) == [["Trees", "Water"]] * 3 + [["Trees"]] * 2
    press(hands, 0)
    assert themes_on_passages(hands) == [[]] * 3 + [["Trees"]] * 2
    press(hands, 9)
    assert said == ["Put on 3 passages: Water.", "Taken off 3 passages: Trees, Water.", "No theme has the digit 9."]
    hands.act("undo")
    hands.act("undo")
    assert themes_on_passages(hands) == [["Trees"]] * 5


def test_articles_and_passages_together_are_called_both(hands):
    article, said = hands.window.context.session.article.id, heard(hands)
    water = next(theme.id for theme in hands.window.context.session.themes if theme.name == "Water")
    hands.window.side.themes.dropped.emit((article, hands.window.context.session.highlights[0].id), water)
    hands.rest()
    assert said == ["Put on 2 articles and passages: Water."]
    hands.act("undo")
    assert said[1:] == ["Undone: Themes of 2 articles and passages"]


def test_rows_that_are_dropped_on_a_theme_get_it_in_one_step(hands):
    water = next(theme.id for theme in hands.window.context.session.themes if theme.name == "Water")
    chosen, said = choose(hands, 3), heard(hands)
    hands.window.side.themes.dropped.emit(chosen, water)
    assert themes_on_articles(hands) == [["Water"]] * 3 + [[]] * 2
    hands.window.side.themes.dropped.emit(chosen[:1], water)
    hands.rest()
    assert said == ["Put on 3 articles: Water.", "“Water” is on it already."]
    hands.act("undo")
    assert themes_on_articles(hands) == [[]] * 5


def test_themes_are_put_and_taken_by_the_menu_of_the_list(hands):
    list_passages(hands)
    choose(hands, 2)
    hands.window.list.menu_wished.emit(
        hands.window.list.selected(), hands.window.mapToGlobal(hands.window.rect().center())
    )
    hands.choose(hands.menu(), "Themes…")
    picker = hands.window.menus.row_themes.picker
    hands.until(picker.isVisible)
    hands.type("Bark", to=picker.field)
    hands.key(Qt.Key.Key_Return, to=picker.field)
    hands.rest()
    assert themes_on_passages(hands) == [["Trees", "Bark"]] * 2 + [["Trees"]] * 3
    hands.act("undo")
    assert [theme.name for theme in hands.window.context.session.themes] == ["Trees", "Water"]
    hands.window.menus.row_themes.open(hands.window.list.selected(), hands.window.pos())
    hands.until(picker.isVisible)
    hands.rest()
    hands.key(Qt.Key.Key_Return, to=picker.field)  # on the first, which both have
    hands.rest()
    assert themes_on_passages(hands) == [[]] * 2 + [["Trees"]] * 3


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """Return a library with many articles."""
    with Workspace(tmp_path / "library") as workspace, workspace.library.deed("Many"):
        workspace.themes.add("Water", digit=1)
        for place in range(100):
            add(workspace.holdings, f"Number {place} stands by the water.", title=f"Number {place:03}")
    return tmp_path / "library"


def choose_all(hands: Hands) -> None:
    hands.window.list.setFocus()
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=hands.window.list)


def test_what_is_collected_right_after_ctrl_a_is_what_was_meant_though_the_keyboard_moves(
    qtbot, looks, tmp_path, crowd
):
    with Workspace(crowd) as workspace:
        workspace.collections.add("Wood")
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        hands.open(hands.titles()[0])
        choose_all(hands)
        assert not hands.window.list.are_named()
        hands.window.actions_by_key["collect"].trigger()
        hands.window.reader.setFocus()
        hands.choose(hands.menu(), "Wood")
        assert len(hands.until(lambda: hands.window.context.session.collections[0].items)) == 100


def under_water(library: Path) -> int:
    with Workspace(library) as workspace:
        return workspace.count("theme:Water")


def test_a_digit_right_after_ctrl_a_is_for_all_that_is_listed(qtbot, looks, tmp_path, crowd):
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        said = heard(hands)
        choose_all(hands)
        hands.key(Qt.Key.Key_1, to=hands.window.list)
        hands.rest()
        assert said == ["Put on 100 articles: Water."]
        assert under_water(crowd) == 100


def test_the_card_of_a_deed_lies_above_that_of_an_import_and_below_a_sheet(qtbot, looks, tmp_path, crowd):
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        window = hands.window
        deed, sheet = window.context.parts.deeds, window.import_sheet
        sheet.begin()
        hands.act("palette")
        deed.show_progress("Changing much", Progress(1, 100, ""))
        hands.until(deed.isVisible)
        cards = [one.findChild(QFrame) for one in (deed, sheet)]
        places = [one.rect().translated(one.mapTo(window, QPoint(0, 0))) for one in cards]
        assert not places[0].intersects(places[1])
        assert window.childAt(places[0].center()) is not None
        assert not deed.isAncestorOf(window.childAt(places[0].center()))
        sheet.vanish()
        deed.show_progress("Changing much", Progress(2, 100, ""))
        assert cards[0].mapTo(window, cards[0].rect().bottomLeft()) == places[1].bottomLeft()
        deed.end()


def test_undo_right_after_a_deed_on_many_rows_takes_back_that_deed(qtbot, looks, tmp_path, crowd):
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        choose_all(hands)
        hands.until(hands.window.list.are_named)
        hands.key(Qt.Key.Key_1, to=hands.window.list)
        hands.act("undo")
        assert under_water(crowd) == 0
        assert len(hands.titles()) == 100


def test_a_deed_on_many_rows_shows_how_far_it_is_and_stops_when_that_is_wished(qtbot, looks, tmp_path, crowd):
    parts = threading.Semaphore(1)
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        said, bridge = heard(hands), hands.window.context.bridge
        bridge.ask(lambda workspace: workspace.library.follow(lambda _changes: parts.acquire(timeout=20)))
        choose_all(hands)
        hands.until(hands.window.list.are_named)
        hands.key(Qt.Key.Key_1, to=hands.window.list)
        hands.until(hands.window.context.parts.deeds.isVisible)
        hands.click(hands.labelled("Stop"))
        parts.release(100)
        hands.rest()
        some = under_water(crowd)
        assert 0 < some < 100
        assert said == [f"Stopped. What was done by then, with {some} of them, stays."]
        assert not hands.window.context.parts.deeds.isVisible()
        hands.click(hands.labelled("Undo"))
        hands.rest()
        assert under_water(crowd) == 0


def test_a_deed_on_many_rows_is_done_to_its_end_though_the_window_is_closed(qtbot, looks, tmp_path, crowd):
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        choose_all(hands)
        hands.until(hands.window.list.are_named)
        hands.key(Qt.Key.Key_1, to=hands.window.list)
        hands.window.close()
    assert under_water(crowd) == 100


def test_all_that_is_listed_is_chosen_by_ctrl_a_and_done_in_one_step(qtbot, looks, tmp_path, crowd):
    with opened(qtbot, crowd, tmp_path / "settings.json", looks) as hands:
        hands.search("wat")  # half a word, which the list completes
        choose_all(hands)
        hands.until(lambda: len(set(hands.window.list.selected())) == 100)
        said = heard(hands)
        hands.window.list.menu_wished.emit(hands.window.list.selected(), hands.window.pos())
        hands.choose(hands.menu(), "Remove from the library")
        assert said == ["100 articles removed."]
        assert hands.titles() == []
        hands.act("undo")
        hands.until(lambda: len(hands.titles()) == 100)


def test_that_no_more_can_be_chosen_is_said_with_what_acts_on_all_that_is_found(hands):
    said = heard(hands)
    hands.window.list.overfilled.emit(10_000)
    assert said == [f"No more than {number(10_000)} rows can be chosen at once."]
    assert "Ctrl+S keeps all that the search finds" in hands.window.findChild(Toast).text()


def test_cards_that_are_chosen_beside_the_text_are_removed_and_themed_in_one_step(hands):
    article = hands.window.context.session.article
    for quote in ("stands", "water"):
        hands.window.reader.mark_wished.emit(hands.span_of(quote), "Trees")
    hands.until(lambda: len(hands.quotes()) == 3)
    ids = tuple(one.id for one in hands.window.context.session.highlights)
    said = heard(hands)

    def worn() -> list[int]:
        hands.rest()
        return [len(one.themes) for one in hands.window.context.session.highlights]

    hands.window.side.notes.digit_pressed.emit(ids, 2)
    assert worn() == [2, 2, 2]
    hands.window.side.notes.take_all_wished.emit(ids[:2], hands.window.context.session.themes[0].id)
    assert sorted(worn()) == [1, 1, 2]
    hands.window.side.notes.remove_all_wished.emit(ids[1:])
    assert len(worn()) == 1
    assert said == ["Put on 3 passages: Water.", "Taken off 2 passages: Trees.", "2 highlights removed."]
    for _ in range(3):
        hands.act("undo")
    assert worn() == [1, 1, 1]
    assert hands.window.context.session.article.id == article.id


def test_enter_takes_the_first_of_the_collections_that_a_key_offers(hands):
    chosen = choose(hands, 2)
    hands.act("collect")
    hands.key(Qt.Key.Key_Return, to=hands.menu())
    hands.until(lambda: hands.window.context.session.collections[0].items == chosen)
