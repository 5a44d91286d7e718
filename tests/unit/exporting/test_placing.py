"""Many files on their way into their places: all of each or nothing, whatever happens in between."""

from __future__ import annotations

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

MANY = 2 * AT_ONCE + 5


def folder_of(*files: File, merge=None) -> Exporter:
    return Exporter("x", "X", "", lambda *_: Export(iter(files), (), len(files)), merge=merge)


def writing(exporter: Exporter, folder: Path, written: list[Path] | None = None):
    return _run(exporter, Bundle("", ()), folder, {}, [] if written is None else written)


def numbered(count: int = MANY) -> list[File]:
    return [File(f"{number:03}.txt", b"new %d" % number) for number in range(count)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


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


@pytest.mark.parametrize("steps", [1, AT_ONCE, AT_ONCE + 3, MANY])
def test_whoever_stops_knows_what_is_there_and_nothing_else_is(tmp_path, steps):
    written: list[Path] = []
    (tmp_path / "001.txt").write_bytes(b"old")
    work = writing(folder_of(*numbered()), tmp_path, written)
    for _ in range(steps):
        next(work)
    work.close()
    found = contents(tmp_path)
    replaced = tmp_path / "001.txt" in written
    assert found.pop("001.txt") == (b"new 1" if replaced else b"old")
    assert sorted(found) == sorted(path.name for path in written if path.name != "001.txt")


def test_a_full_disk_among_many_files_leaves_the_old_ones_and_no_halves(tmp_path):
    (tmp_path / "010.txt").write_bytes(b"old")
    files = [*numbered(10), File("010.txt", b"x" * 50_000), *numbered()[11:]]
    with largest(20_000), pytest.raises(ExportFailed, match=r"010\.txt grew larger"):
        end_of(writing(folder_of(*files), tmp_path))
    found = contents(tmp_path)
    assert found.pop("010.txt") == b"old"
    assert all(data.startswith(b"new") for data in found.values())


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
