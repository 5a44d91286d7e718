"""What is done while a deed on many rows is under way: undoing, other deeds, copying, and what is said of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.errors import Conflict
from app.workspace import Workspace
from tests.libraries import add
from tests.windows import Hands, opened
from ui.commands import copying, filling
from ui.widgets.toast import Toast

MANY = 100


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with many articles."""
    with Workspace(tmp_path / "library") as workspace, workspace.library.deed("Many"):
        workspace.themes.add("Water", digit=1)
        workspace.themes.add("Air", digit=2)
        for place in range(MANY):
            add(workspace.holdings, f"Number {place} stands by the water.", title=f"Number {place:03}")
    return tmp_path / "library"


@pytest.fixture
def hands(qtbot, looks, library, tmp_path) -> Iterator[Hands]:
    """Return a reader who has chosen all articles."""
    with opened(qtbot, library, tmp_path / "settings.json", looks) as reader:
        reader.window.list.setFocus()
        reader.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=reader.window.list)
        reader.until(reader.window.list.are_named)
        reader.rest()
        yield reader


def held(hands: Hands, parts: int) -> threading.Semaphore:
    """Let so many parts of deeds be done; the next waits until it is released."""
    gate = threading.Semaphore(parts)
    hands.window.context.bridge.ask(
        lambda workspace: workspace.library.follow(lambda _changes: gate.acquire(timeout=20))
    )
    return gate


def press(hands: Hands, digit: int) -> None:
    hands.key(Qt.Key.Key_0 + digit, to=hands.window.list)


def heard(hands: Hands) -> list[str]:
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    return said


def under_way(hands: Hands) -> tuple[int, ...]:
    """Return the steps of the deed that is under way, once it has any."""
    return hands.until(lambda: hands.window.context.session.running[0].steps)


def count(library: Path, query: str) -> int:
    with Workspace(library) as workspace:
        return workspace.count(query)


def test_undo_in_the_history_stops_a_deed_and_takes_all_of_it_back(hands, library):
    gate, said = held(hands, 1), heard(hands)
    press(hands, 1)
    (step,) = under_way(hands)
    hands.window.side.history.undo_wished.emit(step)
    gate.release(MANY)
    hands.rest()
    assert count(library, "theme:Water") == 0
    assert [one.startswith("Undone: Themes of") for one in said] == [True]


def test_what_somebody_else_undoes_under_way_goes_no_further_and_that_is_said(hands, library):
    gate, said = held(hands, 1), heard(hands)
    press(hands, 1)
    (step,) = under_way(hands)
    hands.window.context.bridge.ask(lambda workspace: workspace.undo(step))
    gate.release(MANY)
    hands.rest()
    assert count(library, "theme:Water") == 0
    assert said == ["Stopped, since what was done by then was undone."]


def test_each_undo_takes_back_another_deed_of_those_under_way(hands, library):
    gate, said = held(hands, 1), heard(hands)
    press(hands, 1)
    under_way(hands)
    press(hands, 2)
    running = list(hands.window.context.session.running)
    for _ in range(2):
        hands.window.actions_by_key["undo"].trigger()
    gate.release(MANY)
    hands.until(lambda: all(one.unwanted for one in running))
    hands.rest()
    assert count(library, "theme:Water OR theme:Air") == 0
    assert [one.startswith("Undone: Themes of") for one in said] == [True], "nothing was seen of the one that waited"


def test_undo_of_a_message_is_for_what_the_message_tells(hands, library):
    parts: list[object] = []

    def refuse(changes) -> None:
        parts.append(changes)
        if len(parts) == 3:
            raise Conflict("Made up for the test.")

    hands.window.context.bridge.ask(lambda workspace: workspace.library.follow(refuse))
    press(hands, 1)
    hands.rest()
    assert 0 < count(library, "theme:Water") < MANY
    hands.window.side.themes.add_wished.emit("Earth", None)
    hands.rest()
    hands.click(hands.labelled("Undo"))
    hands.rest()
    assert count(library, "theme:Water") == 0
    assert "Earth" in [theme.name for theme in hands.window.context.session.themes]


def test_a_deed_of_two_steps_is_undone_and_done_again_as_one(hands, library):
    gate, said = held(hands, 1), heard(hands)
    last = hands.window.list.selected()[-1]
    press(hands, 1)
    under_way(hands)
    hands.window.context.bridge.ask(
        lambda workspace: workspace.articles.theme(workspace.articles.key(last), ["Air"], [])
    )
    gate.release(MANY)
    hands.rest()
    assert said == [f"Put on {MANY} articles: Water."]
    assert count(library, "theme:Water") == MANY
    hands.click(hands.labelled("Undo"))
    hands.rest()
    assert (count(library, "theme:Water"), count(library, "theme:Air")) == (0, 1)
    hands.click(hands.labelled("Redo"))
    hands.rest()
    assert (count(library, "theme:Water"), count(library, "theme:Air")) == (MANY, 1)


def test_what_was_offered_meanwhile_stays_on_offer_while_the_deed_goes_on(hands, library):
    gate, told = held(hands, 1), []
    toast = hands.window.findChild(Toast)
    press(hands, 1)
    (step,) = under_way(hands)
    air = next(theme.id for theme in hands.window.context.session.themes if theme.name == "Air")
    hands.window.side.themes.delete_wished.emit(air)
    gate.release(2)
    hands.until(lambda: "Theme deleted" in toast.text() and toast.isVisible())
    hands.window.context.bridge.changed.connect(told.append)
    gate.release(1)
    hands.until(lambda: any(changes.step == step for changes in told))
    assert toast.isVisible()
    hands.click(hands.labelled("Undo"))
    gate.release(MANY)
    hands.rest()
    assert count(library, "theme:Water") == MANY
    assert [theme.name for theme in hands.window.context.session.themes] == ["Water", "Air"]


def test_filling_in_details_of_many_articles_is_shown_and_can_be_stopped_and_undone(hands, library):
    gate, said, saved = held(hands, 1), heard(hands), []
    with Workspace(library) as workspace:
        keys = workspace.articles.keys()
    filling.fill_in(hands.window.context, keys, {"outlet": "The Ledger"}, (), saved.append, saved.append)
    hands.until(hands.window.context.parts.deeds.isVisible)
    hands.window.actions_by_key["undo"].trigger()
    gate.release(MANY)
    hands.rest()
    assert count(library, 'outlet:"The Ledger"') == 0
    assert saved == []
    assert [one.startswith("Undone: Details of") for one in said] == [True]


def test_undo_while_much_is_copied_undoes_and_lets_it_be_copied(hands, library):
    press(hands, 1)
    hands.rest()
    gate = threading.Event()
    hands.window.context.bridge.ask(lambda _workspace: gate.wait(20))
    copying.copy_things(hands.window.context, hands.window.list.selected(), "citation")
    hands.window.actions_by_key["undo"].trigger()
    gate.set()
    hands.rest()
    assert count(library, "theme:Water") == 0
    assert QGuiApplication.clipboard().text().count("Number") == MANY
