"""Whatever lies in a folder, the good files come in, and each of the others is named with a reason."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.unprivileged import commonplace

GOOD = {
    "good.txt": "The night train\n\nThe night train to Vienna runs again after six years of silence.\n",
    "good.md": "# The ferry\n\nThe ferry was sold to a yard in another country, and nobody was told.\n",
    "good.html": "<!doctype html><html><head><title>The bridge</title></head><body><article><h1>The bridge</h1>"
    "<p>The bridge was closed for repairs that nobody had planned for, and it will stay closed until spring.</p>"
    "<p>Until then the ferry runs twice an hour, the town council said, and it costs as much as the bus.</p>"
    "<p>Shops on the far side count on fewer customers; some of them will close over the winter.</p>"
    "</article></body></html>",
}


def reasons(answer: dict[str, object]) -> dict[str, str]:
    """Return the reasons by the names of the files."""
    failed = {Path(one["source"]).name: one["error"] for one in answer["failed"]}
    return failed | {Path(one["source"]).name: one["reason"] for one in answer["skipped"]}


@pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and permissions as POSIX has them")
@pytest.mark.parametrize("named", ["the folder", "each file"])
def test_a_reason_for_each_and_the_good_ones_are_in(tmp_path, monkeypatch, named):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "blank.md").write_text("\n \n\t\n")
    (folder / "binary.txt").write_bytes(os.urandom(50_000))
    (folder / "program.txt").write_bytes(Path(sys.executable).read_bytes()[:100_000])
    (folder / "broken.txt").write_bytes(b"The mayor\xff\xfe\x80 said \x00\x00\x01 no\xc3 to \xed\xa0\x80 it.\n" * 40)
    (folder / "closed.txt").write_text("Nobody may read this.")
    (folder / "closed.txt").chmod(0o000)
    (folder / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    os.mkfifo(folder / "pipe.txt")
    bad = {"empty.txt", "blank.md", "binary.txt", "program.txt", "closed.txt", "dangling.txt", "circle.txt", "pipe.txt"}
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.txt")
        (folder / "shut").mkdir(mode=0o000)
        paths = [folder] if named == "the folder" else sorted(folder.iterdir())
        try:
            code, answer, said = commonplace(tmp_path / "library", "import", *paths, folder / "absent.txt")
        finally:
            (folder / "shut").chmod(0o700)
    assert code == 3
    assert said.count("\n") == 1
    assert "could not be imported; the rest is in" in said
    assert {Path(one["source"]).name for one in answer["added"]} >= set(GOOD)
    given = reasons(answer)
    assert set(given) - {"broken.txt"} == bad | {"socket.txt", "shut", "absent.txt"}
    assert all(reason.endswith(".") and len(reason.split()) > 3 for reason in given.values()), given
    # A text with a few broken letters is still a text, or is named.
    added = {Path(one["source"]).name for one in answer["added"]}
    assert ("broken.txt" in added) != ("broken.txt" in given)
    checked, report, _ = commonplace(tmp_path / "library", "check", "--deep")
    assert (checked, report["problems"]) == (0, [])


def test_an_empty_folder_and_one_of_other_things_say_so(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, answer, said = commonplace(tmp_path / "library", "import", tmp_path / "empty", tmp_path / "pictures")
    assert (code, said) == (0, "")
    assert reasons(answer) == {
        "empty": "There are no files in this folder.",
        "a.png": "Files ending in .png are not read.",
    }


def test_a_folder_imported_twice_adds_nothing_and_says_so(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    first = commonplace(tmp_path / "library", "import", folder)
    again = commonplace(tmp_path / "library", "import", folder)
    assert (first[0], again[0], again[2]) == (0, 0, "")
    assert len(first[1]["added"]) == 3
    assert [again[1][group] for group in ("added", "updated", "skipped", "failed")] == [[], [], [], []]
    assert {one["id"] for one in again[1]["duplicates"]} == {one["id"] for one in first[1]["added"]}
    assert len(commonplace(tmp_path / "library", "history")[1]["steps"]) == 1


def test_where_the_library_cannot_be_written_it_says_so(tmp_path):
    (tmp_path / "shut").mkdir(mode=0o500)
    (tmp_path / "good.txt").write_text(GOOD["good.txt"])
    code, answer, said = commonplace(tmp_path / "shut" / "library", "import", tmp_path / "good.txt")
    assert (code, answer) == (1, {})
    assert said.count("\n") == 1
    assert "ermission" in said
