"""Many files on their way into their places: all of each or nothing, whatever happens in between."""

from __future__ import annotations

import errno
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import ExportFailed
from app.exporters._base import Export, Exporter, File
from app.exporting.journey import _run
from app.exporting.placing import AT_ONCE
from app.model import Bundle
from app.progress import end_of
from app.writing import told

MANY = 2 * AT_ONCE + 5


def folder_of(*files: File, merge=None) -> Exporter:
    return Exporter("x", "X", "", lambda *_: Export(iter(files), (), len(files)), merge=merge)


def writing(exporter: Exporter, folder: Path):
    return _run(exporter, Bundle("", ()), folder, {})


def numbered(count: int = MANY) -> list[File]:
    return [File(f"{number:03}.txt", b"new %d" % number) for number in range(count)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@contextmanager
def largest(size: int) -> Iterator[None]:
    """Let no file grow larger: the limit stands for a full disk, since it fails in the same places."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_all_of_them_get_their_places_in_order(tmp_path):
    files = numbered()
    report = end_of(writing(folder_of(*files), tmp_path))
    assert contents(tmp_path) == {file.path: file.data for file in files}
    assert [path.name for path in report.written] == [file.path for file in files]


@pytest.mark.parametrize("name", ["old", "new/folder"])
def test_whoever_stops_leaves_all_as_it_was(tmp_path, name):
    (tmp_path / "old").mkdir()
    had = {"001.txt": b"old", "100.txt": b"old"}
    for place, data in had.items():
        (tmp_path / "old" / place).write_bytes(data)
    files = [*numbered(AT_ONCE + 5), File("sub/last.txt", b"new")]
    steps = 1
    while True:
        work = writing(folder_of(*files), tmp_path / name)
        is_done = any(next(work, None) is None for _ in range(steps))
        work.close()
        if is_done:
            break
        assert [path.name for path in tmp_path.iterdir()] == ["old"]
        assert (contents(tmp_path / "old"), len(list((tmp_path / "old").iterdir()))) == (had, 2)
        steps += 1 if steps > len(files) else 23
    assert steps > len(files) + 1  # it was stopped while they took their places, too
    assert (tmp_path / name / "sub" / "last.txt").read_bytes() == b"new"


@pytest.mark.parametrize("has_links", [True, False])
def test_what_cannot_take_its_place_lets_those_before_it_go_back(tmp_path, monkeypatch, has_links):
    """A disk without second names for a file (FAT) keeps the old ones in another way."""
    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", refused)
    (tmp_path / "001.txt").write_bytes(b"old")
    before = (tmp_path / "001.txt").stat().st_ino
    work = writing(folder_of(*numbered()), tmp_path)
    for _ in range(MANY + 1):
        next(work)
    (tmp_path / "130.txt").mkdir()
    with pytest.raises(ExportFailed, match=r"130\.txt is a folder"):
        end_of(work)
    assert contents(tmp_path) == {"001.txt": b"old"}
    assert (tmp_path / "001.txt").stat().st_ino == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001.txt", "130.txt"]


def refused(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_what_somebody_writes_in_meanwhile_is_not_written_over(tmp_path):
    (tmp_path / "001.txt").write_bytes(b"old")
    work = writing(folder_of(*numbered()), tmp_path)
    for _ in range(MANY):
        next(work)
    (tmp_path / "001.txt").write_bytes(b"old, and more")
    with pytest.raises(ExportFailed, match=r"001\.txt was changed by another program"):
        end_of(work)
    assert contents(tmp_path) == {"001.txt": b"old, and more"}


def test_a_full_disk_leaves_no_folder_that_was_made_for_the_export(tmp_path):
    files = [*numbered(100), File("sub/large.txt", b"x" * 50_000)]
    with largest(20_000), pytest.raises(ExportFailed, match=r"large\.txt grew larger"):
        end_of(writing(folder_of(*files), tmp_path / "a" / "b"))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_of_all_that_does_not_fit():
    with pytest.raises(ExportFailed, match="The disk is full: Notes was not written"), told("a.md", "Notes"):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_among_many_files_leaves_the_old_ones_and_no_halves(tmp_path):
    (tmp_path / "010.txt").write_bytes(b"old")
    files = [*numbered(10), File("010.txt", b"x" * 50_000), *numbered()[11:]]
    with largest(20_000), pytest.raises(ExportFailed, match=r"010\.txt grew larger"):
        end_of(writing(folder_of(*files), tmp_path))
    assert contents(tmp_path) == {"010.txt": b"old"}


def test_a_place_that_cannot_be_taken_leaves_no_halves(tmp_path):
    (tmp_path / "003.txt").mkdir()
    with pytest.raises(ExportFailed, match=r"003\.txt"):
        end_of(writing(folder_of(*numbered(6)), tmp_path))
    assert (tmp_path / "003.txt").is_dir()
    assert not list(tmp_path.glob(".*"))


def test_what_would_be_the_same_is_left_alone(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"mine, " + name.encode())
    before = (tmp_path / "a").stat()
    merging = folder_of(File("a", b"a"), File("b", b"other"), merge=lambda _old, new: b"mine, " + new)
    report = end_of(writing(merging, tmp_path))
    after = (tmp_path / "a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (tmp_path / "b").read_bytes() == b"mine, other"
    assert [path.name for path in report.written] == ["a", "b"]
