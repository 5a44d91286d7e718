"""The bridge: nobody waits on the screen, answers come in order, stale ones never, changes are told once."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer

from app.errors import NotFound
from app.workspace import Workspace
from tests.libraries import add
from ui.bridge import Bridge


@pytest.fixture
def bridge(tmp_path, qtbot, qapp):
    made = Bridge(tmp_path / "library", create=True)
    with qtbot.waitSignal(made.opened):
        pass
    yield made
    made.end()
    made.join()
    made.deleteLater()


def test_an_answer_comes_back_to_the_thread_of_the_screen(bridge, qtbot):
    answers = []
    bridge.ask(lambda workspace: workspace.articles.count(), answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: answers == [0])


def test_a_deed_tells_what_it_touched(bridge, qtbot):
    with qtbot.waitSignal(bridge.changed) as told:
        bridge.ask(lambda workspace: add(workspace.holdings, "A line.").__int__())
    assert len(told.args[0].articles) == 1
    assert told.args[0].label.template


def test_of_questions_with_one_key_only_the_latest_is_answered(bridge, qtbot):
    answers = []
    bridge.ask(lambda workspace: time.sleep(0.1))
    for number in range(5):
        bridge.ask(lambda workspace, number=number: number, answers.append, key="search")
    qtbot.waitUntil(bridge.is_idle)
    assert answers == [4]


def test_a_known_error_goes_to_whoever_asked_or_to_the_window(bridge, qtbot):
    def job(workspace):
        raise NotFound("There is no “{name}”.", name="x")

    own = []
    bridge.ask(job, refused=own.append)
    qtbot.waitUntil(lambda: len(own) == 1)
    with qtbot.waitSignal(bridge.refused) as told:
        bridge.ask(job)
    assert str(told.args[0]) == "There is no “x”."


def test_a_bug_is_told_and_the_bridge_goes_on(bridge, qtbot):
    with qtbot.waitSignal(bridge.broke) as told:
        bridge.ask(lambda workspace: workspace.nothing)
    assert isinstance(told.args[0], AttributeError)
    answers = []
    bridge.ask(lambda workspace: 1, answers.append)
    qtbot.waitUntil(lambda: answers == [1])


def test_a_journey_shows_its_steps_and_can_be_stopped(bridge, qtbot):
    steps, ends = [], []

    def journey(workspace):
        yield from range(100_000)

    ticket = bridge.walk(journey, steps.append, ends.append, stopped=lambda: ends.append("stopped"))
    qtbot.waitUntil(lambda: len(steps) > 3)
    ticket.cancel()
    qtbot.waitUntil(lambda: ends == ["stopped"])
    qtbot.waitUntil(bridge.is_idle)


def test_a_bug_in_a_journey_is_told_and_ends_it(bridge, qtbot):
    def journey(workspace):
        yield workspace.articles.count()
        yield workspace.nothing

    ends = []
    with qtbot.waitSignal(bridge.broke):
        bridge.walk(journey, lambda _step: None, ends.append, stopped=lambda: ends.append("stopped"))
    qtbot.waitUntil(bridge.is_idle)
    assert ends == ["stopped"]


def test_what_a_stopped_journey_did_last_is_told(bridge, qtbot):
    def journey(workspace):
        try:
            while True:
                yield None
        finally:
            add(workspace.holdings, "Stored at the end.")

    seen = []
    bridge.changed.connect(seen.append)
    ticket = bridge.walk(journey, lambda _step: None)
    qtbot.wait(20)
    ticket.cancel()
    qtbot.waitUntil(lambda: len(seen) == 1)


def test_what_the_steps_of_a_journey_touch_is_told_now_and_then_and_all_of_it_before_its_end(bridge, qtbot):
    def journey(workspace):
        for number in range(12):
            yield add(workspace.holdings, f"Line {number}.")

    steps, told, known_at_the_end = [], [], []
    bridge.changed.connect(lambda changes: told.append(changes.articles))
    bridge.walk(journey, steps.append, lambda _nothing: known_at_the_end.append(frozenset().union(*told)))
    qtbot.waitUntil(lambda: bool(known_at_the_end))
    assert len(steps) == 12
    assert known_at_the_end == [frozenset(steps)]


def test_what_another_program_writes_is_noticed(bridge, qtbot, tmp_path):
    with Workspace(tmp_path / "library") as other:
        add(other.holdings, "From elsewhere.")
    with qtbot.waitSignal(bridge.changed_elsewhere, timeout=6000):
        pass


def test_a_library_that_is_taken_away_is_told_of_once_and_works_again_when_it_is_back(bridge, qtbot, tmp_path):
    told = []
    bridge.refused.connect(told.append)
    (tmp_path / "library").rename(tmp_path / "away")
    qtbot.waitUntil(lambda: len(told) == 1, timeout=6000)
    assert "cannot be found" in str(told[0])
    bridge.findChild(QTimer).timeout.emit()  # it looks round again
    qtbot.waitUntil(bridge.is_idle)
    assert len(told) == 1
    (tmp_path / "away").rename(tmp_path / "library")
    bridge.ask(lambda workspace: workspace.themes.add("Back"))
    qtbot.waitUntil(bridge.is_idle)
    assert len(told) == 1
    with Workspace(tmp_path / "library") as workspace:
        assert workspace.themes.seek("Back")


def test_the_last_deed_before_the_end_is_kept(tmp_path, qtbot, qapp):
    bridge = Bridge(tmp_path / "library", create=True)
    with qtbot.waitSignal(bridge.opened):
        pass
    bridge.ask(lambda workspace: time.sleep(0.05))
    bridge.ask(lambda workspace: workspace.themes.add("Last words"))
    bridge.end()
    bridge.join()
    with Workspace(tmp_path / "library") as workspace:
        assert workspace.themes.seek("Last words")
    bridge.deleteLater()


def test_a_folder_that_holds_no_library_is_refused(tmp_path, qtbot, qapp):
    bridge = Bridge(tmp_path / "nowhere")
    with qtbot.waitSignal(bridge.failed_to_open):
        pass
    bridge.end()
    bridge.join()
    bridge.deleteLater()


def test_a_bridge_to_nowhere_answers_nothing(qtbot, qapp):
    bridge = Bridge(None)
    bridge.ask(lambda workspace: pytest.fail("asked"))
    bridge.walk(lambda workspace: pytest.fail("walked"), print)
    assert bridge.is_idle()
    assert not bridge.is_open()
    bridge.end()
    bridge.join()
    bridge.deleteLater()
