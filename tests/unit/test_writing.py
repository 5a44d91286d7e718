"""What a disk refuses: one sentence, the old file untouched, nothing half-written, wherever in between it says so."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app import writing
from app.coding.agreeing import AgreementTable, CodingUnit, write_csv
from app.coding.agreement import agreement
from app.errors import ExportFailed
from app.exporters._base import Export, Exporter, File
from app.exporting.journey import _run
from app.exporting.placing import AT_ONCE
from app.model import Bundle
from app.progress import end_of
from app.proofing.proof import Proof
from app.proofing.table import write
from app.writing import make_folders, placed, prepared, replacing

REFUSED = {
    errno.EBUSY: "x.txt is open in another program. Close it there, and export again.",
    errno.ETXTBSY: "x.txt is open in another program. Close it there, and export again.",
    errno.ENOSPC: "The disk is full: x.txt was not written. Make room, or choose another disk.",
    errno.EDQUOT: "Your share of the disk is used up: x.txt was not written. Make room, or choose another.",
    errno.EROFS: "x.txt lies on a medium that can only be read. Choose another folder.",
    errno.EPERM: "There is no permission to write x.txt. Choose another folder, or change its permissions.",
    errno.EILSEQ: "This disk does not allow the name x.txt. Choose another name, without special characters.",
    errno.EIO: f"x.txt could not be written: {os.strerror(errno.EIO)}. Choose another place.",
}
TABLE = AgreementTable(CodingUnit.SENTENCES, ("", "B. Coder"), 1, agreement({}))
PLACES = ("open", "flush", "replace")


def refuse(monkeypatch, where: str, error: Callable[[], OSError], after: int = 0) -> None:
    """Let the operating system refuse what is asked of it for a file that is being written, ``after`` so many times."""
    owner, name = {"open": (os, "open"), "flush": (writing, "_FLUSH"), "replace": (Path, "replace")}[where]
    asked = getattr(owner, name)
    done = []

    def refused(what, *given, **also):
        if where == "open" and not str(what).endswith(".part"):
            return asked(what, *given, **also)
        done.append(what)
        if len(done) > after:
            raise error()
        return asked(what, *given, **also)

    monkeypatch.setattr(owner, name, refused)


def windows(code: int) -> OSError:
    """Return what Windows says, in the form in which Python hands it on there."""
    error = OSError(errno.EINVAL if code == 123 else errno.EACCES, "What Windows says")
    error.winerror = code
    return error


def exported(target: Path, *files: File) -> None:
    suffix = "" if len(files) > 1 else ".txt"
    end_of(_run(Exporter("x", "X", suffix, lambda *_: Export(iter(files))), Bundle("", ()), target, {}))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("code", REFUSED)
def test_what_the_disk_refuses_is_one_sentence_and_the_old_file_stays(tmp_path, monkeypatch, code, where):
    (tmp_path / "x.txt").write_bytes(b"old")
    refuse(monkeypatch, where, lambda: OSError(code, os.strerror(code)))
    with pytest.raises(ExportFailed) as caught:
        exported(tmp_path / "x.txt", File("", b"new"))
    assert str(caught.value) == REFUSED[code]
    with pytest.raises(ExportFailed), replacing(tmp_path / "x.txt") as file:
        file.write(b"new")
    assert contents(tmp_path) == {"x.txt": b"old"}


@pytest.mark.parametrize("where", PLACES)
def test_a_disk_that_is_full_half_way_leaves_the_old_files_only(tmp_path, monkeypatch, where):
    names = [f"{number:03}.txt" for number in range(AT_ONCE + 9)]
    (tmp_path / names[-1]).write_bytes(b"old")
    refuse(monkeypatch, where, lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), after=AT_ONCE + 3)
    with pytest.raises(ExportFailed, match="The disk is full: "):
        exported(tmp_path, *(File(name, b"new") for name in names))
    assert contents(tmp_path) == {names[-1]: b"old"}


@pytest.mark.parametrize(
    ("code", "said"),
    [(32, REFUSED[errno.EBUSY]), (33, REFUSED[errno.EBUSY]), (123, REFUSED[errno.EILSEQ]), (5, REFUSED[errno.EPERM])],
)
def test_what_windows_refuses_is_said_alike(tmp_path, monkeypatch, code, said):
    refuse(monkeypatch, "open", lambda: windows(code))
    with pytest.raises(ExportFailed) as caught:
        exported(tmp_path / "x.txt", File("", b"new"))
    assert str(caught.value) == said
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(("old", "said"), [(b"old", REFUSED[errno.EBUSY]), (None, REFUSED[errno.EPERM])])
def test_a_file_that_is_open_elsewhere_is_not_taken_for_a_lack_of_permission(tmp_path, monkeypatch, old, said):
    """Windows says of both that access is denied; but beside the file a new one could be made."""
    if old is not None:
        (tmp_path / "x.txt").write_bytes(old)
    refuse(monkeypatch, "replace", lambda: windows(5))
    with pytest.raises(ExportFailed) as caught:
        exported(tmp_path / "x.txt", File("", b"new"))
    assert str(caught.value) == said
    assert contents(tmp_path) == ({} if old is None else {"x.txt": old})


@pytest.mark.parametrize("name", ["a\ud800b.txt", "a\0b.txt"])
def test_a_name_that_no_disk_can_hold_is_said(tmp_path, name):
    for target in (tmp_path / name, tmp_path / name / "x.txt"):
        with pytest.raises(ExportFailed, match=r"does not allow the name a\ufffdb\.txt"):
            exported(target, File("", b"new"))
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", ["circle", "circle/x.csv", "circle/a/x.csv"])
@pytest.mark.parametrize("is_folder", [True, False])
def test_links_that_lead_in_a_circle_are_said(tmp_path, name, is_folder):
    (tmp_path / "circle").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "circle")
    with pytest.raises(ExportFailed, match="links on the way to it lead in a circle"):
        prepared(tmp_path / name, is_folder=is_folder)


@pytest.mark.parametrize("name", ["FILE/z.csv", "FILE/a/z.csv"])
@pytest.mark.parametrize("is_folder", [True, False])
def test_a_file_where_a_folder_is_to_be_is_named(tmp_path, name, is_folder):
    (tmp_path / "FILE").write_text("old")
    with pytest.raises(ExportFailed, match=r"z\.csv cannot be made: “FILE”, which it is to lie in, is a file"):
        prepared(tmp_path / name, is_folder=is_folder)


def test_no_folder_stays_of_those_that_cannot_all_be_made(tmp_path):
    with pytest.raises(OSError, match="too long"):
        make_folders(tmp_path / "a" / "b" / ("c" * 300))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("write", [lambda path: write_csv(TABLE, path), lambda path: write(Proof("x"), path)])
def test_a_table_that_is_refused_leaves_no_folder_that_it_made(tmp_path, monkeypatch, where, write):
    with monkeypatch.context() as patched:
        refuse(patched, where, lambda: OSError(errno.ENOSPC, "No space"))
        with pytest.raises(ExportFailed, match="disk is full"):
            write(tmp_path / "new" / "folders" / "table.csv")
    assert list(tmp_path.iterdir()) == []
    write(tmp_path / "new" / "folders" / "table.csv")
    assert (tmp_path / "new" / "folders" / "table.csv").stat().st_size


def test_what_is_refused_before_the_file_is_begun_is_told_too(tmp_path):
    with pytest.raises(ExportFailed, match=r"There is no permission to write x\.txt"), placed(tmp_path / "a" / "x.txt"):
        raise PermissionError(errno.EACCES, "No")
    assert list(tmp_path.iterdir()) == []
