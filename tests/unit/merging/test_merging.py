"""Merging: all that a colleague's library holds comes in once, as one step; theirs is only read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import InvalidInput, LibraryError
from app.library import schema
from app.model import AttributeChange, Status
from app.workspace import Workspace
from tests.libraries import add, displaced, finished, imported, sound, tables

TRAINS = "The night train runs again. A bed costs 59 euros."


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "theirs", origin="colleague") as found:
        yield found


def filled(workspace: Workspace, tmp_path: Path, *titles: str) -> None:
    """Give a library what a second coder makes: the same article in it, and one of their own."""
    for title in titles:
        (tmp_path / f"{title}.md").write_text(f"# {title}\n\n{TRAINS} About {title}.\n")
    imported(workspace, *(tmp_path / f"{title}.md" for title in titles))
    workspace.themes.add("Transport", definition="How things move", digit=1)
    workspace.attributes.add("Tone", "choice", ["calm"])
    keys = workspace.articles.keys()
    for key in keys:
        mark = workspace.highlights.add(key, *workspace.highlights.locate(key, "night train"), ["Transport > Trains"])
        workspace.highlights.note(mark.id, "A note")
        workspace.articles.edit(key, attributes={"Tone": "calm"})
        workspace.articles.theme(key, ["Transport"])
    workspace.collections.add("List")
    workspace.collections.put("List", [one.id for one in workspace.articles.by_keys(keys)])


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def merged(workspace: Workspace, other: Workspace):
    other.close()
    return finished(workspace.merge(other.library.folder))


def test_all_comes_in_once_as_one_step_and_can_be_undone(workspace, theirs, tmp_path):
    filled(workspace, tmp_path, "Trains")
    filled(theirs, tmp_path, "Trains", "Ferries")
    before, history = tables(workspace.library.database), workspace.history()
    report = merged(workspace, theirs)
    assert (report.articles, report.highlights, report.themes, report.collections) == (1, 2, 0, 0)
    assert report.notes == ()
    assert workspace.articles.count() == 2
    assert [" > ".join(theme.path) for theme in workspace.themes.all()] == ["Transport", "Transport > Trains"]
    assert workspace.stats()["highlights"] == 3
    assert len(workspace.collections.find("List").items) == 2
    assert workspace.search("theme:trains", passages=True).total == 3
    assert workspace.search("ferries tone:calm").total == 1
    assert sound(workspace) == []
    assert len(workspace.history()) == len(history) + 1
    assert "theirs" in str(workspace.history()[0].label)
    after = tables(workspace.library.database)
    workspace.undo()
    assert tables(workspace.library.database) == before
    workspace.redo()
    assert tables(workspace.library.database) == after


def test_merging_again_changes_nothing(workspace, theirs, tmp_path):
    filled(workspace, tmp_path, "Trains")
    filled(theirs, tmp_path, "Trains", "Ferries")
    merged(workspace, theirs)
    after, history = tables(workspace.library.database), workspace.history()
    report = finished(workspace.merge(tmp_path / "theirs"))
    assert (report.articles, report.highlights, report.themes, report.collections, report.step) == (0, 0, 0, 0, None)
    assert tables(workspace.library.database) == after
    assert workspace.history() == history


def test_merging_into_an_empty_library_gives_the_same_and_the_originals(workspace, theirs, tmp_path):
    filled(theirs, tmp_path, "Trains", "Ferries")
    wanted = [(one.metadata, one.attributes, one.words) for one in theirs.articles.by_keys(theirs.articles.keys())]
    merged(workspace, theirs)
    ours = workspace.articles.by_keys(workspace.articles.keys())
    assert sorted(wanted, key=str) == sorted(((one.metadata, one.attributes, one.words) for one in ours), key=str)
    assert [theme.definition for theme in workspace.themes.all()] == ["How things move", ""]
    assert sound(workspace) == []


def test_files_that_theirs_names_outside_of_it_are_named_no_more(workspace, theirs, tmp_path):
    filled(theirs, tmp_path, "Trains")
    named = str(tmp_path / "Trains.md")
    theirs.library.database.execute("UPDATE article SET original=?", (named,))
    theirs.library.database.execute("INSERT INTO picture (article_id, digest) VALUES (1, ?)", (f"../../{named}",))
    assert merged(workspace, theirs).articles == 1
    assert workspace.articles.originals() == set()
    assert sound(workspace) == []


def test_theirs_is_only_read_though_it_is_foreign_or_open(workspace, theirs, tmp_path):
    filled(theirs, tmp_path, "Trains")
    theirs.close()
    with closing(sqlite3.connect(tmp_path / "theirs" / "library.db")) as connection, connection:
        connection.execute("CREATE TRIGGER wipe AFTER INSERT ON theme BEGIN DELETE FROM article; END")
    before = folder_bytes(tmp_path / "theirs")
    finished(workspace.merge(tmp_path / "theirs"))
    assert folder_bytes(tmp_path / "theirs") == before
    assert workspace.library.database.rows("SELECT name FROM sqlite_master WHERE type='trigger'") == []
    assert [path.name for path in workspace.library.backups.iterdir() if path.name.startswith(".")] == []


def test_a_library_that_is_open_elsewhere_is_merged_as_it_is(workspace, theirs, tmp_path):
    filled(theirs, tmp_path, "Trains")
    with theirs.library.deed("Not yet done"):
        theirs.articles.remove(theirs.articles.keys())
        assert finished(workspace.merge(tmp_path / "theirs")).articles == 1


def test_a_highlight_finds_its_words_in_our_text_or_is_an_orphan(workspace, theirs):
    """Both have the article by its id, in two versions."""
    key = add(theirs.holdings, TRAINS, "Critics say the coaches are old.")
    theirs.highlights.add(key, *theirs.highlights.locate(key, "59 euros"), note="Kept")
    theirs.highlights.add(key, *theirs.highlights.locate(key, "coaches are old"))
    ours = add(workspace.holdings, "Good news.", TRAINS)
    uid = theirs.articles.by_keys([key])[0].id
    workspace.library.database.execute("UPDATE article SET uid=? WHERE id=?", (uid, ours))
    report = merged(workspace, theirs)
    first, second = workspace.highlights.of_article(ours)
    assert {(one.quote, one.status) for one in (first, second)} == {
        ("59 euros", Status.ANCHORED), ("coaches are old", Status.ORPHAN),
    }  # fmt: skip
    assert displaced(workspace.library.database) == []
    assert ["orphan" in str(note) for note in report.notes] == [True]
    anchored = next(one for one in (first, second) if one.status is Status.ANCHORED)
    assert anchored.prefix == workspace.bodies.content(ours).body.text[anchored.start - 32 : anchored.start]


def test_themes_are_known_by_id_wherever_we_hung_them(workspace, theirs):
    theirs.themes.ensure("Transport > Trains > Night")
    uids = {theme.name: theme.id for theme in theirs.themes.all()}
    workspace.themes.ensure("Old > Rail")
    workspace.themes.ensure("Old > Rail > night")
    workspace.library.database.execute("UPDATE theme SET uid=? WHERE name='Rail'", (uids["Trains"],))
    merged(workspace, theirs)
    assert {" > ".join(theme.path) for theme in workspace.themes.all()} == {
        "Old", "Old > Rail", "Old > Rail > night", "Transport",
    }  # fmt: skip


def test_choices_of_an_attribute_are_united(workspace, theirs):
    workspace.attributes.add("Tone", "choice", ["calm", "loud"])
    theirs.attributes.add("tone", "choice", ["shrill", "calm"])
    merged(workspace, theirs)
    assert workspace.attributes.find("Tone").choices == ("calm", "loud", "shrill")


def test_a_choice_that_is_written_otherwise_is_the_same_and_stays_as_it_is_with_us(workspace, theirs, tmp_path):
    for one, choice in ((workspace, "news"), (theirs, "News")):
        one.attributes.add("Kind", "choice", [choice])
        (tmp_path / "Trains.md").write_text(f"# Trains\n\n{TRAINS}\n")
        imported(one, tmp_path / "Trains.md")
        one.articles.edit(*one.articles.keys(), attributes={"Kind": choice})
    theirs.attributes.edit("Kind", AttributeChange(more=("Essay",)))
    report = merged(workspace, theirs)
    assert workspace.attributes.find("Kind").choices == ("news", "Essay")
    assert [one.attributes for one in workspace.articles.by_keys(workspace.articles.keys())] == [{"Kind": "news"}]
    assert (report.notes, report.overwritten) == ((), ())


def test_a_value_that_our_attribute_cannot_have_stays_behind_and_is_said(workspace, theirs):
    workspace.attributes.add("Score", "number")
    theirs.attributes.add("Score", "text")
    first, second = add(theirs.holdings, "One."), add(theirs.holdings, "Two.")
    theirs.articles.edit(first, attributes={"Score": "very high"})
    theirs.articles.edit(second, attributes={"Score": "7"})
    report = merged(workspace, theirs)
    assert any("very high" in str(note) for note in report.notes)
    found = [one.attributes.get("Score") for one in workspace.articles.by_keys(workspace.articles.keys())]
    assert sorted(filter(None, found)) == ["7"]


def test_of_two_notes_the_one_written_later_stays(workspace, theirs):
    workspace.notes.write("Ours, first")
    theirs.notes.write("Theirs, later")
    theirs.library.database.execute("UPDATE note SET modified=modified+1000")
    merged(workspace, theirs)
    assert workspace.notes.text() == "Theirs, later"
    workspace.undo()
    assert workspace.notes.text() == "Ours, first"


def test_what_stays_behind_is_said(workspace, theirs, tmp_path):
    filled(theirs, tmp_path, "Trains")
    workspace.collections.add("list", "is:unread")
    next(theirs.library.originals.glob("??/*")).unlink()
    notes = [str(note) for note in merged(workspace, theirs).notes]
    assert len(notes) == 2
    assert any("“list”" in note for note in notes)
    assert any("original" in note for note in notes)


def test_the_present_is_backed_up_first(workspace, theirs):
    add(theirs.holdings, "One.")
    merged(workspace, theirs)
    assert ["before-merge" in path.name for path in workspace.library.backups.iterdir()] == [True]


def test_what_cannot_be_merged_is_said_and_nothing_changes(workspace, tmp_path):
    add(workspace.holdings, "One.")
    before = tables(workspace.library.database)
    with pytest.raises(InvalidInput, match="into itself"):
        finished(workspace.merge(tmp_path / "library" / ".." / "library"))
    newer, foreign = tmp_path / "newer", tmp_path / "foreign"
    Workspace(newer).close()
    foreign.mkdir()
    with closing(sqlite3.connect(newer / "library.db")) as connection:
        connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    with closing(sqlite3.connect(foreign / "library.db")) as connection, connection:
        connection.execute("CREATE TABLE mine (a)")
    for folder in (newer, foreign, tmp_path / "nothing"):
        with pytest.raises(LibraryError) as raised:
            finished(workspace.merge(folder))
        assert str(folder) in str(raised.value)
    assert tables(workspace.library.database) == before
    assert list(workspace.library.backups.iterdir()) == []  # nor was anything backed up for nothing


def test_the_library_can_be_worked_in_while_both_are_copied(workspace, theirs, tmp_path):
    filled(theirs, tmp_path, "Trains")
    theirs.close()
    journey = workspace.merge(tmp_path / "theirs")
    apart: set[str] = set()
    for number, _ in enumerate(journey):
        apart |= {thread.name for thread in threading.enumerate() if thread.name.startswith("apart")}
        workspace.themes.add(f"Meanwhile {number}")
    assert apart
    assert {"Transport", "Meanwhile 0", "Meanwhile 1"} <= {theme.name for theme in workspace.themes.all()}
    assert sound(workspace) == []
