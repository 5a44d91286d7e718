"""Taking a library along from the window: packed, unpacked and opened; and the warning where others copy it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import opened


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe night ferry runs again.\n", encoding="utf-8")
    with Workspace(tmp_path / "Dropbox" / "ferries") as workspace:
        imported(workspace, tmp_path / "ferry.md")
    return tmp_path / "Dropbox" / "ferries"


def choose(hands, file: Path) -> None:
    """Answer the file dialog that is open."""
    dialog = hands.window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()


def test_a_library_is_packed_and_opened_again(qtbot, looks, library, tmp_path, monkeypatch):
    monkeypatch.setenv("COMMONPLACE_LIBRARY", str(tmp_path / "here" / "library"))
    packed = tmp_path / "moved.commonplace"
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        hands.act("pack")
        choose(hands, packed)
        hands.until(lambda: any("is packed" in one for one in said))
        hands.act("unpack")
        choose(hands, packed)
        hands.until(lambda: hands.window.context.bridge.folder == tmp_path / "here" / "moved")
        hands.until(lambda: hands.titles() == ["The ferry"])


def test_a_library_that_others_copy_is_warned_of_once(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        assert hands.window.settings.remembered("synchronised", []) == [str(library)]
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        hands.act("backup")
        assert not any("Dropbox" in one for one in said)


def test_where_settings_cannot_be_kept_the_warning_comes_all_the_same(qtbot, looks, library, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with opened(qtbot, library, tmp_path / "file" / "settings.json", looks) as hands:
        hands.until(lambda: hands.titles() == ["The ferry"])
        assert hands.window.settings.remembered("synchronised") == [str(library)]
