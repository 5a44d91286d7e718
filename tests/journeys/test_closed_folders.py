"""What lies where nobody may look ends no program: each way to it says so in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workspace import Workspace
from tests.libraries import finished
from tests.unprivileged import ROOT, commonplace, without_privileges

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """Return a library in a folder that nobody may look into, with a backup beside it that nobody may read."""
    folder = tmp_path / "closed"
    with Workspace(folder / "library") as workspace:
        backup = finished(workspace.back_up()).path
    backup = backup.rename(tmp_path / backup.name)
    backup.chmod(0)
    folder.chmod(0)
    yield folder / "library"
    folder.chmod(0o700)


def test_each_way_to_it_says_what_to_do(closed, tmp_path):
    (backup,) = tmp_path.glob("*.commonplace-backup")
    mine = tmp_path / "mine"
    with Workspace(mine):
        pass
    for words, sentence in (
        (["merge", closed], "cannot be opened. Check the permissions"),
        (["coder", "take-in", closed], "Check the permissions of the folders"),
        (["restore", backup], "cannot be opened. Check its permissions"),
        (["restore", closed / "backups" / backup.name], "cannot be opened. Check its permissions"),
        (["example", closed / "example"], "cannot be put into"),
        (["export", closed / "notes", "--format", "markdown"], "There is no permission to write notes."),
        (["export", closed / "notes.json", "--format", "json"], "There is no permission to write notes.json."),
    ):
        code, answer, said = commonplace(mine, *words)
        assert (code, answer, sentence in said, said.count("\n")) == (1, {}, True, 1), (words, said)


def test_the_window_opens_on_the_library_that_was_open_last_and_says_why_it_cannot(closed, tmp_path):
    """It is listed as before: the library itself says what is the matter with it."""
    program = f"""
from pathlib import Path
from app.settings import Settings
from ui.commands import libraries
settings = Settings(Path({str(tmp_path / "settings.json")!r}))
libraries.remember(settings, libraries.Known("Mine", {str(closed)!r}))
print(libraries.last(settings), repr(libraries.missing(settings)), len(libraries.known(settings)))
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=without_privileges,
    )
    if ended.returncode == 77:
        pytest.skip("the superuser cannot give up their privileges here")
    assert ended.stdout.strip() == f"{closed} '' 1", ended.stderr
