"""The main job of `dev.py run`, on the real command line."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def main_job(folder: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, ROOT / "packaging" / "main_job.py", "--into", folder]
    return subprocess.run(program, capture_output=True, text=True, encoding="utf-8", cwd=folder.parent)


@pytest.mark.timeout(400)  # a score of processes, on a machine that may be busy
def test_the_main_job_ends_in_an_annotated_set(tmp_path):
    folder = tmp_path / "a folder"
    ended = main_job(folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    results = folder / "results"
    with (results / "highlights.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert "You cannot ship the night we drew it." in cells
    assert "You cannot ship the night we drew it." in (results / "articles.html").read_text(encoding="utf-8")
    assert "You cannot ship the night we drew it." in (results / "annotations.jsonld").read_text(encoding="utf-8")
    assert list((results / "markdown").rglob("*.md"))


def test_the_main_job_leaves_a_full_folder_alone(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    ended = main_job(tmp_path / "full")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "holds something already" in ended.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
