"""Backups: whole, verified, restored in one go, and undoable."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from app import backup
from app.errors import LibraryError
from app.library import schema
from app.workspace import Workspace
from tests.libraries import add, finished, sound, tables

DATA = Path(__file__).resolve().parents[1] / "data"


def filled(workspace: Workspace) -> int:
    key = add(workspace.holdings, "The night train runs again.", "A bed costs 59 euros.")
    workspace.highlights.add(key, 4, 15, ["Transport"], "A note")
    return key


def test_a_backup_restores_every_table_and_search_answers(workspace):
    key = filled(workspace)
    before = tables(workspace.library.database)
    history = workspace.history()
    made = finished(workspace.back_up())
    workspace.articles.remove([key])
    add(workspace.holdings, "Something else.")
    finished(workspace.restore(made.path))
    assert tables(workspace.library.database) == before
    assert workspace.history() == history
    assert [found.article.key for found in workspace.search("train").found] == [key]
    assert workspace.search("something").total == 0
    assert workspace.search("theme:transport", passages=True).total == 1
    assert sound(workspace) == []
    workspace.undo()
    assert workspace.stats()["highlights"] == 0


def test_a_restore_is_undone_by_restoring_what_was_backed_up_before(workspace):
    filled(workspace)
    made = finished(workspace.back_up())
    workspace.themes.merge(workspace.themes.add("Other").id, "Transport")
    add(workspace.holdings, "Something else.")
    present = tables(workspace.library.database)
    finished(workspace.restore(made.path))
    latest = backup.backups(workspace.library.backups)[0]
    assert "before-restore" in latest.path.name
    finished(workspace.restore(latest.path))
    assert tables(workspace.library.database) == present
    assert workspace.search("something").total == 1


def test_what_is_undone_or_redone_is_to_be_backed_up(workspace):
    assert workspace.is_backed_up()
    filled(workspace)
    for deed in (workspace.undo, workspace.redo):
        made = finished(workspace.back_up())
        ahead = workspace.library.journal.last_played() + 1
        os.utime(made.path, ns=(ahead * 1_000_000,) * 2)
        assert workspace.is_backed_up()
        deed()
        last = workspace.library.journal.last_played()
        for moment in (last - 1, last):
            os.utime(made.path, ns=(moment * 1_000_000,) * 2)
            assert not workspace.is_backed_up()


def test_a_backup_is_one_file_without_the_index_that_only_its_owner_reads(workspace):
    filled(workspace)
    made = finished(workspace.back_up())
    assert [path.name for path in workspace.library.backups.iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("SELECT count(*) FROM search_segment").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM article").fetchone() == (1,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_backup_is_of_one_moment_whatever_is_done_meanwhile(workspace, tmp_path):
    """The copy is taken while another connection goes on writing."""
    for number in range(40):
        add(workspace.holdings, "word " * 4000, title=str(number))
    journey = workspace.back_up()
    next(journey)
    add(workspace.holdings, "Too late.")
    made = finished(journey)
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("SELECT count(*) FROM article").fetchone() == (40,)
    assert not workspace.is_backed_up()


def test_a_backup_that_is_given_up_leaves_nothing(workspace):
    filled(workspace)
    journey = workspace.back_up()
    next(journey)
    journey.close()
    assert list(workspace.library.backups.iterdir()) == []


def test_what_a_kill_left_half_made_goes_with_a_later_backup(workspace):
    folder = workspace.library.backups
    parts = [folder / ".unpacked-old", folder / ".unpacked-new", folder / f".x{backup._SUFFIX}.part"]
    for part in parts[:2]:
        part.mkdir()
        (part / "library.db").write_bytes(b"words")
    parts[2].write_bytes(b"words")
    for part in (parts[0], parts[2]):
        os.utime(part, (0, 0))
    made = finished(workspace.back_up()).path
    assert set(folder.iterdir()) == {parts[1], made}


def test_where_there_is_no_backup_no_library_is_made(tmp_path):
    with pytest.raises(LibraryError, match="no backup"):
        finished(Workspace.restore_into(tmp_path / "typo", tmp_path / "nothing"))
    assert not (tmp_path / "typo").exists()


def test_what_is_no_backup_is_refused_and_nothing_changes(workspace, tmp_path):
    filled(workspace)
    made = finished(workspace.back_up()).path
    newer, foreign, broken, words = (tmp_path / name for name in ("newer", "foreign", "broken", "words"))
    newer.write_bytes(made.read_bytes())
    with closing(sqlite3.connect(newer)) as copy:
        copy.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    with closing(sqlite3.connect(foreign)) as copy, copy:
        copy.execute("CREATE TABLE article (id)")
    data = bytearray(made.read_bytes())
    data[len(data) // 3 : len(data) // 3 * 2] = bytes(len(data) // 3)
    broken.write_bytes(data)
    words.write_text("These are words.")
    before, files = tables(workspace.library.database), list(workspace.library.backups.iterdir())
    for file in (newer, foreign, broken, words, tmp_path, tmp_path / "nothing"):
        with pytest.raises(LibraryError):
            finished(workspace.restore(file))
    assert tables(workspace.library.database) == before
    assert list(workspace.library.backups.iterdir()) == files


def test_a_foreign_backup_runs_nothing(workspace, tmp_path):
    filled(workspace)
    made = finished(workspace.back_up()).path
    with closing(sqlite3.connect(made)) as copy, copy:
        copy.execute("CREATE TRIGGER a AFTER DELETE ON search_segment BEGIN DELETE FROM article; END")
        copy.execute("CREATE TRIGGER b AFTER INSERT ON theme BEGIN DELETE FROM article; END")
        copy.execute("INSERT INTO search_segment VALUES (1, 'article', 1, 1, 1, 1, 1, x'00', 1)")
    finished(workspace.restore(made))
    workspace.themes.add("New")
    assert workspace.stats()["articles"] == 1
    triggers = workspace.library.database.rows("SELECT name FROM sqlite_master WHERE type='trigger'")
    assert triggers == []


def test_another_who_has_the_library_open_sees_the_restored_one(workspace, tmp_path):
    filled(workspace)
    made = finished(workspace.back_up()).path
    with Workspace(tmp_path / "library") as other:
        other.articles.remove(other.articles.keys())
        assert other.search("train").total == 0
        finished(workspace.restore(made))
        assert other.search("train").total == 1
        other.articles.edit(other.articles.keys()[0], {"title": "Mine"})
    assert sound(workspace) == []


def test_old_backups_go_when_there_are_too_many_bytes_of_them(workspace, monkeypatch):
    filled(workspace)
    monkeypatch.setattr(backup, "BUDGET", 0)
    made = [finished(workspace.back_up()).path for _ in range(5)]
    assert [one.path for one in backup.backups(workspace.library.backups)] == made[: -backup.KEPT - 1 : -1]


def test_a_library_whose_folders_are_gone_can_be_backed_up(workspace):
    filled(workspace)
    workspace.library.backups.rmdir()
    assert finished(workspace.back_up()).path.is_file()


def test_a_folder_that_cannot_be_written_is_said(workspace):
    filled(workspace)
    workspace.library.backups.rmdir()
    Path(workspace.library.backups).write_text("in the way")
    with pytest.raises(LibraryError, match="could not be written"):
        finished(workspace.back_up())


@pytest.mark.parametrize("damage", ["head", "pages", "emptied"])
def test_a_backup_is_restored_over_a_damaged_library_which_is_kept(tmp_path, damage):
    folder = tmp_path / "library"
    with Workspace(folder) as workspace:
        key = add(workspace.holdings, "The tide comes in twice a day.", title="Tides")
        workspace.highlights.add_quote(key, "twice a day")
        before = tables(workspace.library.database)
        saved = finished(workspace.back_up()).path
    file = folder / "library.db"
    data = bytearray(file.read_bytes())
    if damage == "pages":
        data[3 * 4096 : 12 * 4096] = b"\xa5" * (9 * 4096)
    data[:100] = b"\xa5" * 100 if damage == "head" else data[:100]
    file.write_bytes(b"" if damage == "emptied" else bytes(data))
    (folder / "originals" / "ab").mkdir()
    aside = finished(Workspace.restore_into(folder, saved))
    assert aside is not None
    assert aside.exists()
    with Workspace(folder) as workspace:
        assert tables(workspace.library.database) == before
        assert workspace.search("twice").total == 1


def test_before_a_library_is_brought_to_this_version_it_is_backed_up_as_it_was(tmp_path):
    copyfile(DATA / "library-1.sqlite", tmp_path / "library.db")
    with Workspace(tmp_path) as workspace:
        titles = [article.metadata.title for article in workspace.articles.by_keys(workspace.articles.keys())]
        workspace.articles.remove(workspace.articles.keys())
        (made,) = backup.backups(workspace.library.backups)
        with closing(sqlite3.connect(made.path)) as old:
            assert old.execute("PRAGMA user_version").fetchone() == (1,)
        finished(workspace.restore(made.path))
        assert [article.metadata.title for article in workspace.articles.by_keys(workspace.articles.keys())] == titles
    with Workspace(tmp_path) as workspace:
        assert sorted("before-migration" in one.path.name for one in backup.backups(workspace.library.backups)) == [
            False,
            True,
        ]


def test_a_library_that_cannot_be_backed_up_is_not_migrated(tmp_path):
    copyfile(DATA / "library-1.sqlite", tmp_path / "library.db")
    (tmp_path / "backups").write_text("No folder.")
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(LibraryError):
        Workspace(tmp_path, create=False)
    assert (tmp_path / "library.db").read_bytes() == before


def test_a_damaged_library_is_said_to_be_that_and_not_migrated(tmp_path):
    data = bytearray((DATA / "library-1.sqlite").read_bytes())
    data[-20_000:] = bytes(20_000)
    (tmp_path / "library.db").write_bytes(data)
    with pytest.raises(LibraryError, match=r"The library in .* is damaged"):
        Workspace(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == data
    assert list((tmp_path / "backups").iterdir()) == []
