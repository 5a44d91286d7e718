"""Opening: every library of ours opens for ever, all else is refused with a sentence, and nothing foreign runs.

``tests/data/library-1.sqlite`` is a library of schema version 1 as the program of its time wrote it. It was made by
``python tests/data/make_library.py FILE``, and is never made again: a new version adds a new file.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from app.errors import LibraryError
from app.library import schema
from app.library.database import Database
from app.library.library import Library
from app.model import Origin
from app.workspace import Workspace
from tests.libraries import add, displaced, opened, tables

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "data"

OPEN = """
import sys
from pathlib import Path
from app.library.library import Library
for _ in range(3):
    library = Library(Path(sys.argv[1]))
    with library.deed("New theme", theme="x"):
        library.database.insert("theme", {"uid": __import__("uuid").uuid4().hex, "name": "x", "colour": "#000000"})
    library.close()
"""


def database(folder: Path, *statements: str) -> Path:
    """Make a database of somebody else's."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return folder


def test_a_new_library_is_private_and_has_its_folders(tmp_path):
    Library(tmp_path / "a" / "library").close()
    folder = tmp_path / "a" / "library"
    assert {path.name for path in folder.iterdir()} == {"library.db", "originals", "backups"}
    if os.name == "posix":
        assert [path.stat().st_mode & 0o777 for path in (folder, folder / "originals")] == [0o700, 0o700]


def test_where_there_is_none_and_none_is_to_be_made(tmp_path):
    with pytest.raises(LibraryError, match="no library"):
        Library(tmp_path / "nothing", create=False)
    assert not (tmp_path / "nothing").exists()


def test_a_newer_library_is_refused_and_left_alone(tmp_path):
    Library(tmp_path).close()
    database(tmp_path, f"PRAGMA user_version={schema.VERSION + 1}")
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(LibraryError, match=r"newer Commonplace.*Update"):
        Library(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE mine (a)"],
        ["PRAGMA user_version=1"],
        ["PRAGMA application_id=7"],
        ["CREATE TABLE article (id)", "PRAGMA user_version=1"],
    ],
)
def test_a_database_of_somebody_else_is_refused_and_left_alone(tmp_path, statements):
    database(tmp_path, *statements, "CREATE TABLE kept (a)")
    with pytest.raises(LibraryError, match="not a library of Commonplace"):
        Library(tmp_path)
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        assert ("kept",) in connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name='step'").fetchone() == (0,)


@pytest.mark.parametrize(
    "content", [b"These are words, and no database at all.\n" * 100, b"SQLite format 3\0" + b"\0" * 4080]
)
def test_a_file_that_is_no_database_is_refused(tmp_path, content):
    (tmp_path / "library.db").write_bytes(content)
    with pytest.raises(LibraryError):
        Library(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "library.db").mkdir()
    with pytest.raises(LibraryError):
        Library(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "library").write_text("words")
    for create in (True, False):
        with pytest.raises(LibraryError):
            Library(tmp_path / "library", create=create)


@pytest.mark.parametrize("table", ["article", "change", "claim", "search_segment", "setting", "watched_file"])
def test_a_library_that_lacks_a_table_is_damaged(tmp_path, table):
    Library(tmp_path).close()
    database(tmp_path, f"DROP TABLE {table}")
    with pytest.raises(LibraryError, match="damaged"):
        Library(tmp_path)


def test_triggers_and_views_of_a_foreign_file_are_dropped_before_they_run(tmp_path):
    Library(tmp_path).close()
    database(
        tmp_path,
        "CREATE TRIGGER wipe AFTER INSERT ON theme BEGIN DELETE FROM article; DELETE FROM step; END",
        'CREATE TRIGGER "a""b; DROP TABLE article" BEFORE INSERT ON article BEGIN SELECT RAISE(IGNORE); END',
        "CREATE VIEW seen AS SELECT * FROM article",
    )
    holdings = opened(tmp_path)
    add(holdings, "A text.")
    holdings.themes.add("Weather")
    assert holdings.articles.count() == 1
    assert holdings.library.database.rows("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')") == []
    holdings.library.undo()
    holdings.library.close()


def test_four_processes_make_the_same_library_at_once(tmp_path):
    """Each makes it or finds it made; no one is refused, no deed is lost."""
    for turn in range(2):
        folder = tmp_path / str(turn)
        command = [sys.executable, "-c", OPEN, folder]
        ended = [
            process.communicate()[1]
            for process in [
                subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(4)
            ]
        ]
        assert ended == [b""] * 4
        with closing(Library(folder)) as library:
            assert library.database.value("SELECT count(*) FROM theme") == 12
            assert len(library.journal.steps()) == 12
            assert library.database.value("PRAGMA journal_mode") == "wal"


def test_what_is_not_allowed_is_said(tmp_path):
    """In a child that is not the superuser, to whom everything is allowed."""
    Library(tmp_path / "library").close()
    program = """
import os, sys
from pathlib import Path
from app.errors import LibraryError
from app.library.library import Library
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
for create in (True, False):
    for folder in sys.argv[1:]:
        try:
            Library(Path(folder), create=create)
        except LibraryError as error:
            print(error)
"""
    (tmp_path / "library").chmod(0o000)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:2]:
        parent.chmod(parent.stat().st_mode | 0o011)
    try:
        ended = subprocess.run(
            [sys.executable, "-c", program, tmp_path / "library", closed / "new"],
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
    finally:
        (tmp_path / "library").chmod(0o700)
    assert ended.stderr == ""
    said = ended.stdout.splitlines()
    assert len(said) == 4
    assert all("ermission" in line or "no library" in line for line in said)


def test_the_file_is_kept_safe(tmp_path):
    with closing(Library(tmp_path)) as library:
        wanted = {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "recursive_triggers": 1,
        }  # fmt: skip
        assert {name: library.database.value(f"PRAGMA {name}") for name in wanted} == wanted


def test_transactions_wait_for_another_writer(tmp_path):
    """They begin immediately: nothing is read first and refused afterwards."""
    Library(tmp_path).close()
    other = Database(tmp_path / "library.db")
    mine = Database(tmp_path / "library.db")
    mine.execute("PRAGMA busy_timeout=10")
    with other.transaction(), pytest.raises(LibraryError, match="busy"), mine.transaction():
        pass
    other.close()
    mine.close()


# ---------------------------------------- libraries of every version


@pytest.mark.parametrize("file", sorted(DATA.glob("library-*.sqlite")), ids=lambda path: path.stem)
def test_a_library_of_every_version_opens_for_ever(tmp_path, file):
    """With all that was in it, its whole history, and all that can be done today."""
    copyfile(file, tmp_path / "library.db")
    wanted = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    with Workspace(tmp_path) as workspace:
        backups = [path.name for path in workspace.library.backups.iterdir()]
        is_old = not file.stem.endswith(f"-{schema.VERSION}")
        assert [name.endswith("-before-migration.commonplace-backup") for name in backups] == [True] * is_old
        assert [article.metadata.title for article in workspace.articles.by_keys(workspace.articles.keys())] == wanted[
            "titles"
        ]
        key = workspace.articles.keys()[-1]
        article = workspace.articles.by_keys([key])[0]
        assert article.metadata.origins["byline"] is Origin.MINE
        assert [mark.quote for mark in workspace.highlights.of_article(key)] == wanted["quotes"]
        assert [" > ".join(theme.path) for theme in workspace.themes.all()] == wanted["themes"]
        assert displaced(workspace.library.database) == []
        assert [str(step.label) for step in workspace.history()] == wanted["history"]
        # an index of an older form is said to be pending, and is made anew while nobody waits
        assert workspace.pending() in (0, len(wanted["titles"]))
        finished(workspace.tend())
        for _ in finished(workspace.check(deep=True)).problems:
            raise AssertionError("the check of an old library found something")
        assert [found.article.id for found in workspace.search("coaches").found] == [article.id]
        before = tables(workspace.library.database)
        steps = [step for step in workspace.history() if step.done]
        for _ in steps:
            workspace.undo()
        assert not any(tables(workspace.library.database).values())
        for _ in steps:
            workspace.redo()
        assert tables(workspace.library.database) == before
        workspace.themes.add("A new one")


def test_what_the_rounds_told_of_what_a_coder_coded_is_told_by_the_articles_now(tmp_path):
    copyfile(DATA / "library-6.sqlite", tmp_path / "library.db")
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection, connection:
        ids = [row[0] for row in connection.execute("SELECT uid FROM article ORDER BY id")]
        rounds = [
            {"id": "a", "coder": "Ben", "articles": [*ids, "gone"], "taken": 2, "missing": ids[1:]},
            {"id": "b", "coder": "Cy", "articles": ids, "taken": 0, "missing": []},
            {"id": "c", "coder": "Zoe", "articles": ids, "taken": 3, "blank": True},
            {"id": "d", "coder": "Undone", "articles": ids, "taken": 4, "missing": []},
            "no round",
        ]
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('rounds', ?)", (json.dumps(rounds),))
        connection.execute("UPDATE highlight SET author='Ben' WHERE id=(SELECT min(id) FROM highlight)")
    with Workspace(tmp_path) as workspace:
        keys = [workspace.articles.by_id(uid) for uid in ids]
        found = [workspace.rounds.articles(coder) for coder in ("Ben", "Cy", "Zoe", "Undone")]
        assert found == [set(keys[:1]), set(), set(keys), set()]


def test_where_the_reader_was_is_kept_and_comes_back_from_now_on(tmp_path):
    copyfile(DATA / "library-7.sqlite", tmp_path / "library.db")
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection, connection:
        connection.execute("INSERT INTO position SELECT id, id, 9, 5 FROM article")
    with Workspace(tmp_path) as workspace:
        keys = workspace.articles.keys()
        assert [workspace.positions.of(key) for key in keys] == keys
        workspace.articles.remove(keys)
        workspace.undo()
        assert [workspace.positions.of(key) for key in keys] == keys


def finished(journey):
    while True:
        try:
            next(journey)
        except StopIteration as stop:
            return stop.value


def test_there_is_a_library_of_this_version():
    assert (DATA / f"library-{schema.VERSION}.sqlite").is_file()
