"""Imported files are kept once, as they were; only regular files are opened."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import threading
from pathlib import Path

import pytest

from app.errors import ImportFailed
from app.importers._base import LARGEST
from app.importing.originals import Originals
from app.progress import end_of


@pytest.fixture
def originals(tmp_path):
    return Originals(tmp_path / "originals")


def kept(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_once_under_its_hash(originals, tmp_path):
    data = os.urandom(3_000_000)
    digest = hashlib.sha256(data).hexdigest()
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(data)
        assert originals.put(tmp_path / name) == digest
    assert kept(tmp_path / "originals") == [digest]
    assert originals.path(digest).read_bytes() == data
    assert originals.intact(digest)
    originals.path(digest).write_bytes(data[1:])
    assert not originals.intact(digest)
    originals.remove(digest)
    originals.remove(digest)
    assert not originals.intact(digest)


def test_many_at_once_keep_one(originals, tmp_path):
    (tmp_path / "one").write_bytes(b"the same" * 100_000)
    threads = [threading.Thread(target=originals.put, args=(tmp_path / "one",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(tmp_path / "originals")) == 1


def refusals(tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    return {
        "empty": "is empty",
        "folder": "is a folder",
        "nothing": "no such file",
        "dangling": "no such file",
        "circle": "cannot be opened",
        "x" * 300: "cannot be opened",
    }


def test_what_is_no_file_is_refused_with_a_reason_and_leaves_nothing(originals, tmp_path):
    for name, reason in refusals(tmp_path).items():
        with pytest.raises(ImportFailed, match=reason):
            originals.put(tmp_path / name)
    assert kept(tmp_path / "originals") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipes_sockets_and_devices_are_refused_without_waiting(originals, tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        for name in ("pipe", "socket", "/dev/zero", "/dev/null"):
            with pytest.raises(ImportFailed, match="pipe, socket or device"):
                originals.put(tmp_path / name)


def test_a_file_that_is_too_large_to_be_read_is_refused_before_it_is_copied(originals, tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ImportFailed, match=f"larger than {LARGEST >> 20} MB"):
        originals.put(tmp_path / "large")
    assert not (tmp_path / "originals").exists()


def test_a_library_may_be_larger_than_other_files(originals, tmp_path, monkeypatch):
    monkeypatch.setattr("app.importing.originals.LARGEST", 10)
    own, other = tmp_path / "own.json", tmp_path / "other.json"
    own.write_bytes(b'{"format":"commonplace","version":2}' + b" " * 5000)
    other.write_bytes(b'{"format":"other","version":2}' + b" " * 5000)
    assert originals.path(originals.put(own)).read_bytes() == own.read_bytes()
    with pytest.raises(ImportFailed, match="larger than 0 MB"):
        originals.put(other)


def test_a_file_that_grows_too_large_while_it_is_copied_leaves_nothing(originals, tmp_path, monkeypatch):
    (tmp_path / "growing").write_bytes(b"x" * 3_000_000)
    steps = originals.put_in_steps(tmp_path / "growing")
    next(steps)
    monkeypatch.setattr("app.importing.originals.LARGEST", 10)
    with pytest.raises(ImportFailed, match="larger than"):
        list(steps)
    assert kept(tmp_path / "originals") == []


def test_a_large_file_is_copied_in_steps_and_leaves_nothing_when_they_stop(originals, tmp_path):
    (tmp_path / "large").write_bytes(os.urandom(3_500_000))
    steps = originals.put_in_steps(tmp_path / "large")
    next(steps)
    steps.close()
    assert kept(tmp_path / "originals") == []
    assert len(list(originals.put_in_steps(tmp_path / "large"))) == 3
    assert kept(tmp_path / "originals") == [hashlib.sha256((tmp_path / "large").read_bytes()).hexdigest()]


def test_a_copy_that_is_settled_elsewhere_is_not_brought_to_the_disk_here(originals, tmp_path, monkeypatch):
    (tmp_path / "one").write_bytes(b"one")
    (tmp_path / "two").write_bytes(b"two")
    synced = []
    monkeypatch.setattr("app.importing.originals.os.fsync", synced.append)
    digest = end_of(originals.put_in_steps(tmp_path / "one", durably=False))
    folders = len(synced)  # those of the copies are durable once they are made
    originals.put(tmp_path / "two")
    assert folders <= 2 < len(synced)
    assert originals.path(digest).read_bytes() == b"one"


@pytest.mark.parametrize("left", [b"", b"on", b"no!"])
def test_what_came_to_the_disk_only_in_part_is_no_copy(originals, tmp_path, left):
    (tmp_path / "one").write_bytes(b"one")
    digest = originals.put(tmp_path / "one")
    originals.path(digest).write_bytes(left)
    assert originals.put(tmp_path / "one") == digest
    assert originals.path(digest).read_bytes() == b"one"
    assert kept(tmp_path / "originals") == [digest]


def test_a_copy_that_cannot_be_read_is_made_again(originals, tmp_path, monkeypatch):
    (tmp_path / "one").write_bytes(b"one")
    digest = originals.put(tmp_path / "one")
    broken, opened = originals.path(digest), Path.open

    def failing(path, *arguments, **options):
        if path == broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", failing)
    assert originals.put(tmp_path / "one") == digest
    assert not originals.intact(digest)


def test_a_copy_that_nobody_reads_is_settled_once(originals, tmp_path, monkeypatch):
    (tmp_path / "one").write_bytes(b"one")
    digest = end_of(originals.put_in_steps(tmp_path / "one", durably=False))
    synced = []
    monkeypatch.setattr("app.importing.originals.os.fsync", synced.append)
    originals.settle(digest)
    assert synced
    synced.clear()
    originals.settle(digest)
    assert not synced


def test_what_an_interrupted_copy_left_is_swept_away_later(originals, tmp_path):
    (tmp_path / "one").write_bytes(b"x")
    originals.put(tmp_path / "one")
    old, young = (tmp_path / "originals" / name for name in (".1-a.part", ".2-b.part"))
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert originals.sweep() == 1
    assert young.exists()
    assert not old.exists()


def test_what_nothing_refers_to_is_removed_once_it_is_old(originals, tmp_path, monkeypatch):
    digests = []
    for text in ("one", "two"):
        (tmp_path / text).write_text(text)
        digests.append(originals.put(tmp_path / text))
    assert originals.remove_except({digests[0]}) == 0
    monkeypatch.setattr("app.importing.originals._ABANDONED", -60.0)
    assert originals.remove_except({digests[0]}) == 1
    assert kept(tmp_path / "originals") == [digests[0]]
