"""Watched folders: what is new in them is seen once, when it is whole; what comes of it is nobody's own step."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.errors import InvalidInput, NotFound
from app.watching import ORIGIN, Watch, Watched
from app.workspace import Workspace

LATER = 10.0


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


def test_a_file_is_seen_once_and_again_when_it_changes(inbox):
    watch = Watch()
    (inbox / "a.md").write_text("one")
    (inbox / "deeper" / "b.md").write_text("two")
    (inbox / ".hidden.md").write_text("three")
    now = time.time()
    assert watch.fresh(inbox, now) == []  # they may still be written
    assert watch.fresh(inbox, now + LATER) == [inbox / "a.md", inbox / "deeper" / "b.md"]
    assert watch.fresh(inbox, now + LATER) == []
    os.utime(inbox / "a.md", (now + 1, now + 1))
    assert watch.fresh(inbox, now + LATER) == [inbox / "a.md"]
    watch.forget([inbox / "a.md"])
    assert watch.fresh(inbox, now + LATER) == [inbox / "a.md"]
    assert watch.fresh(inbox / "gone", now) == []


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
