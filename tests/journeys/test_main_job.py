"""The main job of `dev.py run`, on the real command line, and the window drawn at its end."""

from __future__ import annotations

import csv
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent.parent
MARKED = "You cannot ship the night we drew it."
# `dev.py run` but for its first step: a test does not bring the environment up to date in which it runs.
RUN = "import sys; sys.path.insert(0, sys.argv[1]); import dev; sys.exit(dev.run(dev.Environment(dev.ROOT), []))"


def call(*arguments: object, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Start one of the programs in packaging/ as a developer would, without a screen unless one is named."""
    clean = {name: value for name, value in os.environ.items() if not name.endswith("DISPLAY") and name[:3] != "QT_"}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT.parent, env=clean | surroundings
    )


def main_job(folder: Path) -> subprocess.CompletedProcess[str]:
    return call(ROOT / "packaging" / "main_job.py", "--into", folder)


def assert_a_window_is_drawn(picture: Path) -> None:
    """Look for what no empty picture has: the size of a window, and many colours along one line through the text."""
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1600, 1000)
    image = QImage(str(picture))
    assert len({image.pixel(x, y) for x in range(300, 1200) for y in range(200, 800, 7)}) > 50


@pytest.mark.timeout(400)  # a score of processes, on a machine that may be busy
def test_the_main_job_ends_in_an_annotated_set(tmp_path):
    folder = tmp_path / "a folder"
    ended = main_job(folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    results = folder / "results"
    with (results / "highlights.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert MARKED in cells
    assert MARKED in (results / "articles.html").read_text(encoding="utf-8")
    assert MARKED in (results / "annotations.jsonld").read_text(encoding="utf-8")
    assert list((results / "markdown").rglob("*.md"))
    assert_a_window_is_drawn(results / "window.png")


@pytest.mark.timeout(400)
def test_where_the_screen_does_not_answer_the_main_job_is_done_and_the_window_drawn(tmp_path):
    ended = call("-c", RUN, ROOT / "packaging", DISPLAY=":5977", XDG_DATA_HOME=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "“:5977”" in ended.stdout.splitlines()[0]
    assert "xcb" not in ended.stdout
    picture = next(tmp_path.rglob("window.png"))
    assert str(picture) in ended.stdout.splitlines()[-2]
    assert_a_window_is_drawn(picture)


def test_the_main_job_leaves_a_full_folder_alone(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    ended = main_job(tmp_path / "full")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "holds something already" in ended.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_window_that_cannot_be_opened_never_shows_qt_s_own_words(tmp_path):
    """The door of the installed program, too, says in a sentence what is wrong, and does not abort."""
    ended = call("-m", "ui", "--library", tmp_path / "library", DISPLAY=":5977", PYTHONPATH=str(ROOT))
    assert ended.returncode == 1
    assert "“:5977”" in ended.stderr
    assert "xcb" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
