"""The table of actions: every one has a name, keys that clash with none, a place in the help, and does something."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import opened
from ui import actions
from ui.actions import ACTIONS, GROUPS, READER, help_rows, name_of
from ui.commands import needing
from ui.widgets.overlay import Overlay


def test_every_action_has_a_name_of_its_own_and_a_group():
    assert len({action.key for action in ACTIONS}) == len(ACTIONS)
    named = [action for action in ACTIONS if not action.key.startswith("theme-")]
    assert len({action.name for action in named}) == len(named)
    assert {action.group for action in ACTIONS} == set(GROUPS)


def test_no_key_does_two_things():
    taken = defaultdict(list)
    for action in ACTIONS:
        for keys in action.keys:
            sequence = QKeySequence(keys)
            assert sequence.count() == 1, keys
            taken[sequence.toString()].append(action.key)
    assert {keys: names for keys, names in taken.items() if len(names) > 1} == {}


def test_a_letter_alone_works_in_the_reader_only():
    """Elsewhere it would be typed; `/` and `?` are typed nowhere but in fields, which take them first."""
    for action in ACTIONS:
        if any(len(keys) == 1 and keys.isalnum() for keys in action.keys):
            assert action.where == READER


def test_the_keys_of_the_design_are_there(qapp):
    """Section 9 of the design names them."""
    wanted = {
        *"123456789", "0", "H", "N", "T", "C", "E", "J", "K", "Shift+J", "Shift+K", "Alt+Down", "Alt+Up", "[", "]",
        "Shift+[", "Shift+]", "Ctrl+Z", "Ctrl+Shift+Z", "Alt+Left", "Alt+Right", "/", "Ctrl+F", "Ctrl+K", "?", "F1",
        "F11", "Del",
    }  # fmt: skip
    assert wanted <= {keys for action in ACTIONS for keys in action.keys}


def test_every_action_with_a_key_stands_in_the_help(qapp):
    told = {what for _, _, what in help_rows()}
    assert {name_of(action) for action in ACTIONS if action.keys} <= told


@pytest.fixture
def nothing_chosen(monkeypatch):
    """Stand in for a reader who has no other program."""
    monkeypatch.setattr("ui.commands.describing.QDesktopServices.openUrl", lambda *_: True)


def go_through(hands, *, again: bool = False):
    """Do every action but the last, and take away by Esc what it opened."""
    for action in ACTIONS:
        if action.key == "quit":
            continue
        for _ in range(2 if again else 1):
            hands.window.actions_by_key[action.key].trigger()
            hands.qtbot.wait(1)
            hands.rest_shortly()
        for _ in range(3):
            hands.key(Qt.Key.Key_Escape)
    hands.rest()


@pytest.mark.usefixtures("nothing_chosen")
def test_every_action_may_be_asked_for_with_nothing_open(qtbot, looks, tmp_path):
    """On the first page and in an empty library it says something or does nothing; it never breaks."""
    broken = []
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        hands.window.messages.reported.connect(lambda *report: broken.append(report))
        go_through(hands)
        assert broken == []
        hands.window.shelf.open(str(tmp_path / "library"), create=True)
        hands.until(lambda: hands.window.context.bridge.is_open())
        hands.rest()
        go_through(hands)
        assert broken == []
        assert hands.window.isVisible()
        hands.window.actions_by_key["quit"].trigger()
        hands.until(lambda: not hands.window.isVisible())
    assert broken == []


@pytest.mark.usefixtures("nothing_chosen")
def test_on_the_first_page_what_needs_a_library_says_so_and_nothing_begins(qtbot, looks, tmp_path):
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        said = []
        hands.window.messages.spoken.connect(said.append)
        for action in ACTIONS:
            if action.needs is not needing.nothing:
                hands.window.actions_by_key[action.key].trigger()
                assert said == ["No library is open."], action.key
                said.clear()
        assert not hands.window.importing.is_busy()
        assert hands.window.is_idle()
        assert not any(sheet.isVisible() for sheet in hands.window.findChildren(Overlay))


@pytest.mark.usefixtures("nothing_chosen")
@pytest.mark.parametrize(
    "key",
    [
        "collect",
        "remove-article",
        "original",
        "compare",
        "like-this",
        "left-out",
        "next-hit",
        "copy-source",
        "highlight",
        "find",
    ],
)
def test_without_an_article_what_needs_one_says_so(qtbot, looks, tmp_path, key):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        said = []
        hands.window.messages.spoken.connect(said.append)
        hands.act(key)
        assert said == ["No article is open."]


@pytest.mark.usefixtures("nothing_chosen")
def test_every_action_may_be_asked_for_twice_on_an_article_with_marks(qtbot, looks, tmp_path):
    """Each on a passage that is focused, and once more where the first time has left it."""
    library = tmp_path / "library"
    with Workspace(library) as workspace:
        workspace.themes.add("Water")
        (tmp_path / "ferry.md").write_text("# The ferry\n\nIt runs at night. Nobody asked for it.\n\nIt is dear.\n")
        imported(workspace, tmp_path / "ferry.md")
        article = workspace.search("", limit=1).found[0].article
        workspace.highlights.add(article.key, 0, 8, ["Water"])
    broken = []
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.window.messages.reported.connect(lambda *report: broken.append(report))
        hands.until(lambda: hands.window.context.session.highlights)
        hands.window.reader.focus_highlight(hands.window.context.session.highlights[0].id)
        go_through(hands, again=True)
        assert broken == []


def test_the_actions_are_installed_once(qtbot, looks, tmp_path):
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        assert set(hands.window.actions_by_key) == {action.key for action in ACTIONS}
        assert actions.READER in {action.where for action in ACTIONS}
