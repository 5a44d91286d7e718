"""The pictures of articles in a library: kept with them, handed on, erased with them, and merged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.exporting.bundling import Selection
from app.importing.originals import Originals
from app.pictures import kind_in, kind_of
from app.text.body import Body, Piece
from app.workspace import Workspace
from tests.libraries import finished, imported, sound

IMPORTS = Path(__file__).resolve().parents[1] / "data" / "imports"
FILES = IMPORTS / "wall saved" / "The Sea Wall_files"
PAGE = IMPORTS / "wall saved" / "The Sea Wall.html"


def kept(workspace: Workspace) -> set[bytes]:
    """Return the bytes of every picture in the folder of originals."""
    files = [path.read_bytes() for path in (workspace.library.folder / "originals").rglob("*") if path.is_file()]
    return {data for data in files if data.startswith((b"\x89PNG", b"\xff\xd8\xff"))}


@pytest.fixture
def pictures() -> set[bytes]:
    return {(FILES / "wall.png").read_bytes(), (FILES / "boat.jpg").read_bytes()}


def test_the_pictures_of_a_page_are_kept_and_its_folder_is_no_article(workspace, pictures):
    report = imported(workspace, PAGE.parent)
    assert [taken.title for taken in report.added] == ["The Sea Wall Is Too Low"]
    assert (report.failed, report.skipped) == ((), ())
    (key,) = workspace.articles.keys()
    assert set(workspace.pictures(workspace.bodies.content(key).body).values()) == pictures == kept(workspace)
    assert sound(workspace) == []


def test_a_text_that_was_there_gets_the_pictures_it_lacked_once(workspace, tmp_path, pictures):
    bare = tmp_path / "The Sea Wall.html"
    shutil.copy(PAGE, bare)
    bare.write_text(bare.read_text() + "<!-- saved once more -->")
    assert len(imported(workspace, bare).added) == 1
    (key,) = workspace.articles.keys()
    mark = workspace.highlights.add_quote(key, "nobody there looks up")
    assert kept(workspace) == set()
    assert len(imported(workspace, PAGE).updated) == 1
    assert set(workspace.pictures(workspace.bodies.content(key).body).values()) == pictures == kept(workspace)
    assert workspace.highlights.of_article(key) == (mark,)
    assert len(imported(workspace, IMPORTS / "wall.mhtml").duplicates) == 1
    assert sound(workspace) == []
    workspace.undo()
    assert workspace.pictures(workspace.bodies.content(key).body) == {}


def test_pictures_come_back_with_undo_and_go_for_good(workspace, pictures):
    imported(workspace, PAGE)
    (key,) = workspace.articles.keys()
    workspace.articles.remove([key])
    workspace.undo()
    assert set(workspace.pictures(workspace.bodies.content(key).body).values()) == pictures
    workspace.erase([key])
    assert kept(workspace) == set()


def test_a_picture_of_two_articles_stays_when_one_is_erased(workspace, tmp_path, pictures):
    other = tmp_path / "Other.html"
    other.write_text(PAGE.read_text().replace("Too Low", "Too High").replace("water", "tide").replace("wall.html", "o"))
    shutil.copytree(FILES, tmp_path / "Other_files")
    assert len(imported(workspace, PAGE, other).added) == 2
    workspace.erase([workspace.articles.keys()[0]])
    assert kept(workspace) == pictures


def test_pictures_are_merged_in(workspace, tmp_path, pictures):
    with Workspace(tmp_path / "theirs", origin="colleague") as theirs:
        imported(theirs, PAGE)
    finished(workspace.merge(tmp_path / "theirs"))
    (key,) = workspace.articles.keys()
    assert set(workspace.pictures(workspace.bodies.content(key).body).values()) == pictures
    assert workspace.articles.pictures(key)
    assert sound(workspace) == []


def test_pictures_go_out_in_a_page_and_come_back_from_it(workspace, tmp_path, pictures):
    imported(workspace, PAGE)
    report = finished(workspace.export(Selection(), "html", tmp_path / "out.html", {}))
    assert not any("image" in str(message) for message in report.left_behind)
    with Workspace(tmp_path / "again") as again:
        imported(again, tmp_path / "out.html")
        (key,) = again.articles.keys()
        assert set(again.pictures(again.bodies.content(key).body).values()) == pictures


def test_pictures_that_go_out_know_their_kinds(workspace, pictures):
    imported(workspace, PAGE)
    found = workspace.bundle(Selection()).pictures
    assert set(found.values()) == pictures
    assert len(found) == len(pictures)
    assert [kind_in(found, digest) for digest in found] == [kind_of(found[digest]) for digest in found]
    assert kind_in(found, "0" * 64) is None


@pytest.mark.parametrize("name", ["../outside", "", "0" * 64, "A" * 64, "/etc/passwd", "0" * 64 + "\n"])
def test_a_text_names_no_file_but_kept_pictures(name, tmp_path):
    (tmp_path / "outside").write_bytes(b"x")
    body = Body.of([Piece("", "image", {"picture": name, "alt": "x"})])
    assert Originals(tmp_path / "originals").pictures(body) == {}


def test_the_original_of_a_part_is_the_whole_file(workspace):
    imported(workspace, IMPORTS / "pages.zip")
    held = workspace.articles.keys()
    assert held
    for key in held:
        assert workspace.original(key).suffix == ".zip"
