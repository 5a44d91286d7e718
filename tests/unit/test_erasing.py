"""Erased for good is gone: no file of the library holds a word of it, and all else stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app import unwritten
from app.errors import LibraryError, NotFound
from app.places import unwritten_words
from app.workspace import Workspace
from tests.libraries import add, finished, imported, sound, tables

# Words that stand nowhere else; the index keeps them folded and cut to their stems.
WORDS = ("zyxwomat", "quillbrax", "vornelup", "drumhaggle", "plimsorrel")


def library_bytes(workspace: Workspace) -> dict[str, bytes]:
    folder = workspace.library.folder
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def holding(workspace: Workspace, *words: str) -> list[tuple[str, str]]:
    return [
        (name, word)
        for name, data in library_bytes(workspace).items()
        for word in words
        if word.encode() in data.lower() or word.encode() in name.lower().encode()
    ]


def filled(workspace: Workspace, tmp_path: Path) -> tuple[int, int]:
    """Import two articles and do all that leaves traces with the first."""
    folder = tmp_path / "in"
    folder.mkdir()
    secret, other = folder / "secret.md", folder / "other.md"
    secret.write_text("# The zyxwomat report\n\nA quillbrax was seen.\n\nShe called it a vornelup, twice.\n")
    other.write_text("# Night trains\n\nThe night train runs again.\n")
    report = imported(workspace, folder)
    keys = {Path(taken.source).name: workspace.articles.key(taken.id) for taken in report.added}
    key = keys["secret.md"]
    text = workspace.bodies.content(key).body.text
    start = text.index("quillbrax")
    mark = workspace.highlights.add(key, start, start + 9, ["Sightings"], "About the drumhaggle")
    gone = workspace.highlights.add(key, start, start + 9, ["Sightings"])
    workspace.highlights.note(gone.id, "plimsorrel")
    workspace.highlights.remove(gone.id)
    workspace.highlights.retheme(mark.id, ["Birds"])
    workspace.articles.note(key, "Ask about the plimsorrel")
    workspace.articles.note(key, "")
    workspace.articles.edit(key, {"title": "A plimsorrel title"})
    workspace.undo()
    secret.write_text("# The zyxwomat report\n\nA quillbrax was seen again.\n\nA vornelup, twice; drumhaggle.\n")
    assert len(imported(workspace, secret).updated) == 1
    workspace.bodies.leave_out(key, len(workspace.bodies.content(key).body.blocks) - 1)
    workspace.highlights.add(keys["other.md"], 0, 9, ["Sightings"], "All is well")
    finished(workspace.back_up())
    return key, keys["other.md"]


def test_no_file_of_the_library_holds_a_word_of_it(workspace, tmp_path):
    key, other = filled(workspace, tmp_path)
    assert {word for _, word in holding(workspace, *WORDS)} == set(WORDS)
    workspace.erase([key])
    assert holding(workspace, *WORDS) == []
    assert workspace.articles.keys() == [other]
    assert sound(workspace) == []
    assert [workspace.search(word).total for word in WORDS] == [0] * len(WORDS)


def test_nothing_else_is_touched_and_its_history_stays(workspace, tmp_path):
    key, other = filled(workspace, tmp_path)
    workspace.erase([key])
    assert workspace.bodies.content(other).body.text.endswith("The night train runs again.")
    assert [theme.name for theme in workspace.themes.all()] == ["Sightings", "Birds"]
    (mark,) = workspace.highlights.of_article(other)
    assert mark.note == "All is well"
    present = tables(workspace.library.database)
    labels = [str(step.label) for step in workspace.history()]
    assert labels[-1] == "Import of 2 articles"
    done = [step for step in workspace.history() if step.done]
    for _ in done:
        workspace.undo()
    assert not any(tables(workspace.library.database).values())
    for _ in done:
        workspace.redo()
    assert tables(workspace.library.database) == present
    assert sound(workspace) == []


def test_it_cannot_be_undone(workspace, tmp_path):
    filled(workspace, tmp_path)
    workspace.erase(workspace.articles.keys())
    assert workspace.stats()["articles"] == 0
    while True:
        try:
            workspace.undo()
        except NotFound:
            break
    assert workspace.articles.keys() == []
    while True:
        try:
            workspace.redo()
        except NotFound:
            break
    assert workspace.articles.keys() == []
    assert holding(workspace, *WORDS, "night train runs") == []


def test_what_other_articles_share_stays(workspace, tmp_path):
    """One file may hold several articles; its original goes with the last of them."""
    key, other = filled(workspace, tmp_path)
    digest = workspace.articles.by_keys([other])[0].original
    workspace.library.database.execute("UPDATE article SET original=?", (digest,))
    assert workspace.erase([key]) == 1
    assert (workspace.library.originals / digest[:2] / digest).is_file()
    assert workspace.erase([other]) == 0
    assert not (workspace.library.originals / digest[:2] / digest).exists()


def test_another_program_that_holds_the_file_open_is_named(workspace, tmp_path):
    key, _ = filled(workspace, tmp_path)
    with Workspace(tmp_path / "library") as other, other.library.database.snapshot():
        assert other.articles.count() == 2
        workspace.library.database.execute("PRAGMA busy_timeout=100")
        with pytest.raises(LibraryError, match="keeps the library open"):
            workspace.erase([key])
    assert workspace.articles.count() == 1
    finished(workspace.check(deep=True, repair=True))
    assert holding(workspace, *WORDS) == []


def test_what_cannot_be_deleted_keeps_all(workspace, tmp_path, monkeypatch):
    key, _ = filled(workspace, tmp_path)
    before = tables(workspace.library.database)
    next(workspace.library.backups.iterdir()).unlink()
    (workspace.library.backups / "x.commonplace-backup").mkdir()
    with pytest.raises(LibraryError, match="could not be deleted"):
        workspace.erase([key])
    assert tables(workspace.library.database) == before


@pytest.mark.parametrize("way", ["{folder}/mine.txt", "../mine.txt"])
@pytest.mark.parametrize("statement", ["UPDATE article SET original=?2 WHERE id=?1",
                                       "INSERT INTO picture (article_id, digest) VALUES (?1, ?2)"])  # fmt: skip
def test_a_library_that_names_a_file_of_the_user_has_no_hold_on_it(workspace, tmp_path, statement, way):
    mine = tmp_path / "mine.txt"
    mine.write_text("Mine.")
    key = add(workspace.holdings, "The night train runs again.")
    workspace.library.database.execute(statement, (key, way.format(folder=tmp_path)))
    with pytest.raises(NotFound):
        workspace.original(key)
    workspace.erase([key])
    assert mine.read_text() == "Mine."
    assert workspace.articles.count() == 0


def test_copies_that_were_opened_go_too(workspace, tmp_path):
    key, other = filled(workspace, tmp_path)
    copy, kept = workspace.original(key), workspace.original(other)
    workspace.erase([key])
    assert not copy.parent.exists()
    assert kept.is_file()


def test_a_copy_that_cannot_be_deleted_is_named_and_keeps_all(workspace, tmp_path):
    key, _ = filled(workspace, tmp_path)
    before = tables(workspace.library.database)
    copy = workspace.original(key)
    copy.unlink()
    copy.parent.rmdir()
    copy.parent.write_text("No folder.")
    with pytest.raises(LibraryError, match="opened” could not be deleted"):
        workspace.erase([key])
    assert tables(workspace.library.database) == before
    assert sound(workspace) == []


def test_words_that_the_library_did_not_take_go_too_and_those_of_others_stay(workspace, tmp_path):
    key, _ = filled(workspace, tmp_path)
    unwritten.keep(workspace.library.folder, ["About the zyxwomat"])
    unwritten.put_aside(unwritten.find(workspace.library.folder))
    unwritten.keep(workspace.library.folder, ["A quillbrax"])
    other = workspace.library.folder.with_name(f"{workspace.library.folder.name}-other")
    unwritten.keep(other, ["Harbour"])
    workspace.erase([key])
    assert list(unwritten_words().iterdir()) == [unwritten.find(other)]
    assert unwritten.find(workspace.library.folder) is None


def test_more_articles_are_erased_at_once_than_a_statement_has_room_for(workspace):
    """SQLite as Python brings it has 32,766 places for values in a statement; here it has 600."""
    keys = [add(workspace.holdings, f"The story of number {number}.", title=str(number)) for number in range(2)]
    workspace.library.database.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 600)
    workspace.erase([keys[1], *range(1_000, 2_000)])
    assert workspace.articles.keys() == keys[:1]
