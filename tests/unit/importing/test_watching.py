"""Watched folders: what is new in them comes in once, when it is whole; what comes of it is nobody's own step."""

from __future__ import annotations

import json
import os
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from app.errors import InvalidInput, NotFound
from app.importing.journey import ImportReport
from app.importing.watching import ORIGIN, Fresh, Mark, Watched
from app.workspace import Workspace
from tests.libraries import finished, imported

LATER = 10.0
TRAINS = "# Night trains\n\nThe night train to Vienna runs again after six years, three times a week.\n"
FERRIES = "# Ferries\n\nThe ferry was sold to a yard in another country, and nobody was asked.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "deeper").mkdir(parents=True)
    return folder


def test_folders_are_remembered_by_the_library(tmp_path, inbox):
    with Workspace(tmp_path / "library") as workspace:
        workspace.watching.add(inbox, " Clippings ")
        workspace.watching.add(inbox / "deeper")
    with Workspace(tmp_path / "library") as workspace:
        assert workspace.watching.all() == (Watched(inbox, "Clippings"), Watched(inbox / "deeper"))
        workspace.watching.remove(inbox)
        assert workspace.watching.all() == (Watched(inbox / "deeper"),)
        assert workspace.history() == []
        with pytest.raises(NotFound):
            workspace.watching.remove(inbox)


def test_a_library_is_not_watched_by_itself(tmp_path):
    with Workspace(tmp_path / "library") as workspace:
        for folder in (tmp_path, tmp_path / "library", tmp_path / "library" / "originals"):
            with pytest.raises(InvalidInput, match="holds this library"):
                workspace.watching.add(folder)
        with pytest.raises(InvalidInput, match="is no folder"):
            workspace.watching.add(tmp_path / "nowhere")


@pytest.mark.parametrize("way", ["~nobody-of-this-name/in", "~/nowhere", "/" + "long" * 99, "/nu\0l"])
def test_a_way_that_leads_nowhere_is_not_watched(workspace, way):
    with pytest.raises(InvalidInput, match="is no folder"):
        workspace.watching.add(Path(way))
    with pytest.raises(NotFound):
        workspace.watching.remove(Path(way))


def put(path: Path, text: str, age: float = 60.0) -> Path:
    """Write a file as it was some seconds ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def look(workspace: Workspace, tried: Mapping[Path, Mark] = MappingProxyType({}), now: float = 0.0) -> list[Fresh]:
    return finished(workspace.watching.look(now or time.time(), tried))


def found(workspace: Workspace, now: float = 0.0) -> list[str]:
    """Return the names of what is new."""
    return sorted(path.name for fresh in look(workspace, now=now) for path in fresh.files)


def bring(workspace: Workspace) -> list[ImportReport]:
    """Bring in what is new, as a window does."""
    reports = []
    for fresh in look(workspace):
        report = imported(workspace, *fresh.files, collection=fresh.watched.collection)
        workspace.watching.remember(fresh, report.unread)
        reports.append(report)
    return reports


def test_a_file_is_found_when_it_is_whole_and_until_it_is_in(workspace, inbox):
    workspace.watching.add(inbox)
    now = time.time()
    (inbox / "a.md").write_text(TRAINS)
    assert found(workspace, now) == []  # it may still be written
    put(inbox / "b.md", FERRIES)
    put(inbox / "begun.pdf", "")
    put(inbox / ".hidden.md", TRAINS)
    assert found(workspace, now) == ["b.md"]
    assert found(workspace, now + LATER) == ["a.md", "b.md"]
    (fresh,) = look(workspace, now=now + LATER)
    assert look(workspace, fresh.files, now + LATER) == []
    put(inbox / "b.md", FERRIES + "More of them.\n")
    (again,) = look(workspace, fresh.files, now + LATER)
    assert list(again.files) == [inbox / "b.md"]


def test_a_file_from_a_time_to_come_is_found(workspace, inbox):
    workspace.watching.add(inbox)
    put(inbox / "a.md", TRAINS, age=-3600)
    assert found(workspace) == ["a.md"]


def test_a_folder_that_is_gone_has_nothing(workspace, inbox):
    workspace.watching.add(inbox / "deeper")
    (inbox / "deeper").rmdir()
    assert found(workspace) == []


def test_what_was_removed_or_undone_stays_away(tmp_path, inbox):
    put(inbox / "a.md", TRAINS)
    put(inbox / "deeper" / "b.md", FERRIES)
    with Workspace(tmp_path / "library") as workspace:
        workspace.watching.add(inbox, "Clippings")
        (report,) = bring(workspace)
        assert len(report.added) == 2
        workspace.articles.remove([report.added[0].key])
        assert bring(workspace) == []
    with Workspace(tmp_path / "library") as workspace:
        assert bring(workspace) == []
        workspace.undo()
        workspace.undo()
        assert workspace.articles.count() == 0
        assert bring(workspace) == []
        workspace.redo()
        assert workspace.articles.count() == 2


def test_a_file_that_changed_is_read_again_whatever_its_time_and_the_readers_deeds(workspace, inbox):
    """What synchronises, unpacks or moves files gives them the time of their writing, which may be long ago."""
    put(inbox / "a.md", TRAINS)
    workspace.watching.add(inbox)
    (report,) = bring(workspace)
    workspace.articles.edit(report.added[0].key, {"byline": "A. Writer"})
    put(inbox / "a.md", TRAINS + "\nA bed costs 59 euros, which is less than a hotel room.\n", age=86_400)
    (report,) = bring(workspace)
    assert [taken.title for taken in report.updated] == ["Night trains"]
    put(inbox / "a.md", TRAINS, age=60)
    assert found(workspace) == ["a.md"]


def test_what_is_brought_in_elsewhere_is_not_brought_twice(tmp_path, inbox):
    put(inbox / "a.md", TRAINS)
    with Workspace(tmp_path / "library") as one, Workspace(tmp_path / "library") as other:
        one.watching.add(inbox)
        assert found(other) == ["a.md"]
        bring(one)
        assert found(other) == []


def test_what_the_library_has_from_elsewhere_is_looked_at_once(tmp_path, inbox):
    elsewhere = put(tmp_path / "elsewhere" / "a.md", TRAINS)
    put(inbox / "same.md", TRAINS)
    put(inbox / "plain.txt", TRAINS.removeprefix("# "))  # other bytes, the same text
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, elsewhere)
        workspace.watching.add(inbox)
        (report,) = bring(workspace)
        assert (len(report.added), len(report.duplicates)) == (0, 2)
        assert found(workspace) == []
    with Workspace(tmp_path / "library") as workspace:
        assert found(workspace) == []
        put(inbox / "plain.txt", TRAINS + "\nA bed costs 59 euros, which is less than a hotel room.\n")
        assert found(workspace) == ["plain.txt"]


def test_parts_of_a_saved_page_and_what_is_no_article_by_its_name_are_left_alone(workspace, inbox):
    page = put(inbox / "Wall.html", f"<h1>The wall</h1>{'<p>It was built for a sea that stood a foot lower.</p>' * 9}")
    for name in ("advertisement.html", "style.css", "reader.js", "notes.txt"):
        put(inbox / "Wall_files" / name, "Buy one of these now, they are cheap. " * 9)
    for name in ("picture.png", "style.css", "Thumbs.db", "~$letter.docx", "page.html.part"):
        put(inbox / name, "Words that are of no article at all. " * 9)
    (inbox / "linked.html").symlink_to(page)
    workspace.watching.add(inbox)
    assert found(workspace) == ["Wall.html"]


def test_what_could_not_be_read_is_tried_again_and_a_part_of_a_file_is_not(workspace, inbox):
    put(inbox / "empty.html", "<html></html>")
    with zipfile.ZipFile(inbox / "some.zip", "w") as archive:
        archive.writestr("a.md", TRAINS)
        archive.writestr("empty.html", "<html></html>")
    os.utime(inbox / "some.zip", (0, 0))
    for name, *more in (("tables.zip",), ("mixed.zip", "b.md")):
        with zipfile.ZipFile(inbox / name, "w") as archive:
            archive.writestr("table.csv", "Kop,Verhaal\nMuur,Een muur.\n")
            for one in more:
                archive.writestr(one, TRAINS.replace("train", "boat"))
        os.utime(inbox / name, (0, 0))
    workspace.watching.add(inbox)
    (report,) = bring(workspace)
    assert (len(report.added), len(report.failed)) == (2, 4)
    assert found(workspace) == ["empty.html", "tables.zip"]
    workspace.watching.forget([inbox / "mixed.zip"])
    assert found(workspace) == ["empty.html", "mixed.zip", "tables.zip"]


def test_a_look_is_taken_in_short_steps(workspace, inbox):
    workspace.watching.add(inbox)
    none = sum(1 for _ in workspace.watching.look(time.time(), {}))
    for number in range(1000):
        put(inbox / f"{number}.md", TRAINS)
    assert sum(1 for _ in workspace.watching.look(time.time(), {})) >= none + 10


def test_erased_articles_leave_no_name_of_their_file_and_stay_away(workspace, inbox):
    put(inbox / "zyxwomat.md", TRAINS)
    workspace.watching.add(inbox)
    (report,) = bring(workspace)
    workspace.erase([report.added[0].key])
    assert b"zyxwomat" not in (workspace.library.folder / "library.db").read_bytes()
    assert bring(workspace) == []


def test_what_a_watched_folder_brings_stands_in_the_history_and_is_undone_there(tmp_path, inbox):
    (inbox / "a.md").write_text("# Night trains\n\nThe night train runs again.\n")
    with Workspace(tmp_path / "library", origin="window") as workspace:
        journey = workspace.import_files([inbox / "a.md"], origin=ORIGIN)
        for _ in journey.run():
            pass
        (step,) = workspace.history()
        assert step.origin == ORIGIN
        assert workspace.own_step(done=True) is None
        workspace.themes.add("Trains")
        assert workspace.history()[0].origin == "window"
        workspace.undo(step.number)
        assert workspace.articles.count() == 0


def test_a_collection_that_gets_another_name_goes_on_being_filled(tmp_path, inbox):
    put(inbox / "a.md", TRAINS)
    with Workspace(tmp_path / "library") as workspace:
        workspace.collections.add("Inbox")
        workspace.watching.add(inbox, "inbox")
        workspace.watching.add(inbox / "deeper", "Later")  # made by the first article
        put(inbox / "deeper" / "b.md", FERRIES)
        bring(workspace)
        for old, new in (("Inbox", "Clips"), ("Later", "Soon")):
            workspace.collections.edit(old, new_name=new)
    with Workspace(tmp_path / "library") as workspace:
        assert [one.collection for one in workspace.watching.all()] == ["Clips", "Soon"]
        put(inbox / "deeper" / "c.md", TRAINS.replace("Vienna", "Rome"))
        bring(workspace)
        assert [one.name for one in workspace.collections.all()] == ["Clips", "Soon"]
        assert len(workspace.collections.find("Soon").items) == 2
        workspace.collections.delete("Clips")
        assert [one.collection for one in workspace.watching.all()] == ["", "Soon"]
        workspace.undo()
        workspace.watching.remove(inbox / "deeper")
        assert [one.collection for one in workspace.watching.all()] == ["Clips"]


def test_folders_that_are_kept_with_the_names_of_their_collections_are_read(workspace, inbox):
    put(inbox / "a.md", TRAINS)
    kept = workspace.collections.add("Inbox")
    workspace.library.set_setting("watched folders", json.dumps([[str(inbox), "Inbox"]]))
    assert workspace.watching.all() == (Watched(inbox, "Inbox"),)
    bring(workspace)
    workspace.collections.edit(kept.id, new_name="Clips")
    assert workspace.watching.all() == (Watched(inbox, "Clips"),)
