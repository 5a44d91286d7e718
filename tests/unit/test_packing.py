"""A library in one file: all that it holds comes out of it again, and nothing that is none of its own."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import zipfile
from pathlib import Path

import pytest

from app import places
from app.errors import Conflict, ExportFailed, LibraryError, NotFound
from app.exporting.bundling import Selection
from app.packing import pack, unpack
from app.workspace import Workspace
from tests.libraries import finished, imported, sound, tables
from tests.unit.test_writing import refuse


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return the folder of a library with an imported article and a mark."""
    source = tmp_path / "One.txt"
    source.write_text("Night trains\n\nThe night train to Vienna runs again.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, source)
        workspace.highlights.add_quote(workspace.articles.keys()[0], "night train", 1, ["Rail"], "A note")
    return tmp_path / "library"


@pytest.fixture
def packed(library: Path, tmp_path: Path) -> Path:
    return finished(pack(library, tmp_path / "out" / "library.commonplace"))


def test_all_of_it_opens_elsewhere(library, packed, tmp_path):
    finished(unpack(packed, tmp_path / "next" / "machine"))
    with Workspace(library) as before, Workspace(tmp_path / "next" / "machine") as after:
        assert tables(after.library.database) == tables(before.library.database)
        assert [str(step.label) for step in after.history()] == [str(step.label) for step in before.history()]
        assert after.original(after.articles.keys()[0]).read_bytes().startswith(b"Night trains")
        finished(after.tend())
        assert sound(after) == []
        assert after.search("vienna").total == 1
        after.undo()


def test_the_same_library_packs_to_the_same_bytes(library, packed, tmp_path):
    again = finished(pack(library, tmp_path / "again.commonplace"))
    assert again.read_bytes() == packed.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_nobody_else_may_read_it_as_nobody_else_may_read_the_library(packed):
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600


def test_nothing_is_put_where_something_is(packed, library, tmp_path):
    with pytest.raises(Conflict):
        finished(unpack(packed, library))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(Conflict):
        finished(unpack(packed, tmp_path / "full"))
    (tmp_path / "empty").mkdir()
    finished(unpack(packed, tmp_path / "empty"))


def test_the_empty_folder_one_stands_in_and_the_longest_name(packed, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert finished(unpack(packed, Path())) == Path()
    longest = tmp_path / ("é" * 127)
    finished(unpack(packed, longest))
    assert all((folder / "library.db").is_file() for folder in (tmp_path / "here", longest))


def test_what_is_no_folder_and_what_is_no_file_are_told_apart(packed, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    for taken in ("mine.txt", "dangling"):
        with pytest.raises(Conflict, match=taken):
            finished(unpack(packed, tmp_path / taken))
    for other in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(LibraryError, match="is not a packed library"):
            finished(unpack(other, tmp_path / "new"))
    with pytest.raises(NotFound):
        finished(unpack(tmp_path / "mine.txt" / "x", tmp_path / "new"))
    with pytest.raises(LibraryError, match="cannot be unpacked into"):
        finished(unpack(packed, tmp_path / "mine.txt" / "x"))
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "name", ["../outside", "originals/ab/../../x", "/etc/x", "originals/ab/" + "a" * 64, "other.txt", "library.db-wal"]
)
def test_what_no_library_has_is_refused(packed, tmp_path, name):
    with zipfile.ZipFile(packed, "a") as box:
        box.writestr(name, b"x")
    with pytest.raises(LibraryError):
        finished(unpack(packed, tmp_path / "new"))
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "outside").exists()


def test_damage_is_found_and_leaves_nothing(packed, tmp_path):
    data = bytearray(packed.read_bytes())
    for cut in (len(data) // 2, 10, 0):
        (tmp_path / "cut.commonplace").write_bytes(data[:cut])
        with pytest.raises(LibraryError):
            finished(unpack(tmp_path / "cut.commonplace", tmp_path / "new"))
    data[len(data) // 3] ^= 0xFF
    (tmp_path / "bent.commonplace").write_bytes(data)
    with pytest.raises(LibraryError):
        finished(unpack(tmp_path / "bent.commonplace", tmp_path / "new"))
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*"))


def test_an_original_that_was_exchanged_is_found(packed, tmp_path):
    changed = tmp_path / "changed.commonplace"
    with zipfile.ZipFile(packed) as box, zipfile.ZipFile(changed, "w") as other:
        for entry in box.infolist():
            other.writestr(entry.filename, box.read(entry) if entry.filename == "library.db" else b"something else")
    with pytest.raises(LibraryError, match="damaged"):
        finished(unpack(changed, tmp_path / "new"))


def test_a_file_that_is_not_there_and_a_folder_that_cannot_be_written(library, tmp_path):
    with pytest.raises(NotFound):
        finished(unpack(tmp_path / "none", tmp_path / "new"))
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportFailed):
        finished(pack(library, tmp_path / "file" / "x.commonplace"))


def test_nothing_is_written_over_a_library(library, tmp_path):
    with Workspace(library) as workspace:
        (backup,) = [finished(workspace.back_up()).path]
        for place in (library / "library.db", backup):
            before = place.read_bytes()
            with pytest.raises(ExportFailed, match="nothing is written over it"):
                finished(pack(library, place))
            with pytest.raises(ExportFailed, match="nothing is written over it"):
                finished(workspace.export(Selection(), "csv", place, {}))
            assert place.read_bytes() == before
        (tmp_path / "other.db").write_bytes(b"SQLite format 3\0 of somebody else")
        finished(pack(library, tmp_path / "other.db"))


def test_nothing_takes_the_place_of_the_log_of_a_library(library, tmp_path):
    with Workspace(library) as workspace:
        workspace.themes.add("Only in the log")
        for kind in ("wal", "shm", "journal"):
            with pytest.raises(ExportFailed, match="nothing is written over it"):
                finished(workspace.export(Selection(), "csv", library / f"library.db-{kind}", {}))
        for name in ("-wal", "notes-wal", "notes-journal"):
            finished(workspace.export(Selection(), "csv", tmp_path / name, {}))
            assert (tmp_path / name).stat().st_size > 0


def test_it_is_the_disk_of_the_file_that_takes_no_more(library, packed):
    before = packed.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limit[1]))
    try:
        with pytest.raises(ExportFailed, match=r"^library\.commonplace could not be written"):
            finished(pack(library, packed))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert packed.read_bytes() == before
    assert [path.name for path in packed.parent.iterdir()] == [packed.name]


def test_what_fails_leaves_no_folder_that_it_made(library, packed, tmp_path, monkeypatch):
    before = sorted(tmp_path.rglob("*"))
    journey = pack(library, tmp_path / "new" / "folders" / "x.commonplace")
    next(journey)
    journey.close()
    with monkeypatch.context() as patched:
        refuse(patched, "replace", lambda: OSError(errno.ENOSPC, "No space"))
        with pytest.raises(ExportFailed, match="disk is full"):
            finished(pack(library, tmp_path / "new" / "folders" / "x.commonplace"))
    (tmp_path / "out" / "cut.commonplace").write_bytes(packed.read_bytes()[:-3000])
    with pytest.raises(LibraryError):
        finished(unpack(tmp_path / "out" / "cut.commonplace", tmp_path / "new" / "folders" / "library"))
    (tmp_path / "out" / "cut.commonplace").unlink()
    assert sorted(tmp_path.rglob("*")) == before


def test_packing_that_is_stopped_leaves_the_old_file(library, packed):
    before = packed.read_bytes()
    journey = pack(library, packed)
    next(journey)
    journey.close()
    assert packed.read_bytes() == before
    assert [path.name for path in packed.parent.iterdir()] == [packed.name]


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/papers/library", "Dropbox"), ("Dropbox (Team)/library", "Dropbox"),
        ("OneDrive - A School/l", "OneDrive"),
        ("Nextcloud2/l", "Nextcloud"), ("Google Drive/l", "Google Drive"), ("dropbox-leaks/l", ""), ("boxes/l", ""),
        ("Documents/library", ""),
    ],
)  # fmt: skip
def test_folders_that_are_copied_elsewhere_are_known(tmp_path, folder, service):
    assert places.synchroniser(tmp_path / folder) == service


def test_a_synchronised_folder_is_known_by_its_marks(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    assert places.synchroniser(tmp_path / "deep" / "library") == "Syncthing"
