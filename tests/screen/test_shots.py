"""The driver that works a window like a reader, and the pictures that it takes."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QMenu, QPushButton, QTextEdit, QVBoxLayout, QWidget

ROOT = Path(__file__).resolve().parent.parent.parent
PROSE = "A back channel is a corridor with two doors. " * 3 + "Nobody knows who holds the second key. " + "So. " * 4000


@pytest.fixture
def driving(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Return packaging/screen_driver.py, which stands outside the program."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    import screen_driver

    yield screen_driver
    del sys.modules["screen_driver"]


@pytest.fixture
def desk(looks, shown, driving, tmp_path):
    """Return a driver before a window with a text, a list, a field and a button."""
    window = QWidget()
    window.text, window.list, window.field = QTextEdit(PROSE), QListView(), QLineEdit()
    window.text.setReadOnly(True)
    window.list.setModel(QStringListModel([f"Article {number}" for number in range(500)], window.list))
    window.button = QPushButton("Export && go")
    window.setLayout(QVBoxLayout())
    for part in (window.text, window.list, window.field, window.button):
        window.layout().addWidget(part)
    shown(window, 500, 700)
    return driving.ScreenDriver(window, lambda: True, tmp_path)


def test_it_selects_words_with_the_mouse(desk):
    desk.select(desk.window.text, "corridor with two doors")
    assert desk.window.text.textCursor().selectedText() == "corridor with two doors"


def test_it_selects_from_words_to_words(desk):
    desk.select(desk.window.text, "Nobody knows", "second key")
    assert desk.window.text.textCursor().selectedText() == "Nobody knows who holds the second key"


def test_it_clicks_a_row_that_is_far_down(desk):
    desk.click_item(desk.window.list, "Article 432")
    assert [index.data() for index in desk.window.list.selectedIndexes()] == ["Article 432"]


def test_it_types_and_presses_keys_where_the_focus_is(desk):
    desk.click(desk.window.field)
    desk.type("royalt*")
    desk.press("Ctrl+A", "X")
    assert desk.window.field.text() == "x"


def test_it_finds_a_button_by_its_words(desk, qtbot):
    with qtbot.waitSignal(desk.window.button.clicked):
        desk.click(desk.labelled("Export & go", QPushButton))


def test_it_chooses_from_an_open_menu(desk, driving):
    chosen = []
    menu = QMenu(desk.window)
    for name in ("&Rename", "Merge into …"):
        menu.addAction(name).triggered.connect(lambda _checked, name=name: chosen.append(name))
    menu.popup(desk.window.mapToGlobal(desk.window.rect().center()))
    with pytest.raises(driving.NothingThere, match="Delete"):
        desk.choose("Delete")
    desk.choose("Merge")
    assert chosen == ["Merge into …"]


def test_what_is_not_there_is_said(desk, driving):
    for look in (
        lambda: desk.select(desk.window.text, "no such words"),
        lambda: desk.item(desk.window.list, "no such article"),
        lambda: desk.labelled("no such button", QPushButton),
        lambda: desk.part(QDialog),
    ):
        with pytest.raises(driving.NothingThere):
            look()


def test_a_window_that_never_rests_is_not_waited_for_for_ever(looks, shown, driving, tmp_path, monkeypatch):
    monkeypatch.setattr(driving, "PATIENCE", 0.3)
    screen = driving.ScreenDriver(shown(QLabel("busy")), lambda: False, tmp_path)
    with pytest.raises(driving.NothingThere):
        screen.settle()


def test_a_picture_shows_the_dialogs_over_the_window_where_they_stand(desk, qtbot):
    dialog = QDialog(desk.window)
    dialog.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    dialog.setStyleSheet("background: #12ab34")
    dialog.resize(80, 60)
    dialog.move(desk.window.pos().x() + 100, desk.window.pos().y() + 200)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    image = desk.picture().toImage()
    green = QColor("#12ab34")
    inside, outside = image.pixelColor(140, 230), image.pixelColor(60, 230)
    assert (image.width(), image.height()) == (500, 700)
    assert inside == green
    assert outside != green


def shots(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "packaging" / "shots.py", *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=ROOT)


@pytest.mark.timeout(300)
def test_scenes_are_drawn_in_their_sizes_under_their_names(tmp_path):
    ended = shots(tmp_path / "new" / "folder", "--only", "library", "--look", "dark")
    assert (ended.returncode, ended.stderr) == (0, "")
    made = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert sorted(made) == ["library-dark-1100x700.png", "library-dark-1600x1000.png", "library-dark-3200x2000.png"]
    for name, content in made.items():
        assert "{}x{}".format(*struct.unpack(">II", content[16:24])) in name
        assert name in ended.stdout


def test_a_scene_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    ended = shots(tmp_path, "--only", "no-such-scene")
    assert ended.returncode == 2
    assert "selection-bar" in ended.stderr
