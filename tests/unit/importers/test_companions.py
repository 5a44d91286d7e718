"""Which files in a folder may be articles, and which are passed over without a word."""

from __future__ import annotations

from pathlib import Path

from app.importers import _companions

PICTURE = f"{'0f' * 32}.png"
READ = frozenset((".html", ".docx", ".md"))


def test_what_is_no_readers_own_is_passed_over_and_other_names_are_said_to_be_no_articles(tmp_path):
    for name in (
        "Wall.HTML", "Wall_files/advertisement.html", "wall_files_of_mine/letter.docx", "README", "old.doc", "song.mp3",
        f"attachments/{PICTURE}", "attachments/mine.png", ".hidden.md", ".git/config", "~$letter.docx", "Thumbs.db",
        "__MACOSX/Wall.html", "$RECYCLE.BIN/gone.html",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = {path.relative_to(tmp_path).as_posix(): may for path, may in _companions.files_in(tmp_path, READ)}
    assert found == {
        "README": True, "Wall.HTML": True, "old.doc": True, "song.mp3": False,
        "attachments/mine.png": False, "wall_files_of_mine/letter.docx": True,
    }  # fmt: skip


def test_a_folder_that_cannot_be_read_is_told(tmp_path):
    told: list[OSError] = []
    assert list(_companions.files_in(tmp_path / "nothing", READ, told.append)) == []
    assert [Path(error.filename) for error in told] == [tmp_path / "nothing"]
