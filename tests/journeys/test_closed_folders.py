"""What lies where nobody may look ends no program: each way to it says so in a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workspace import Workspace
from tests.libraries import finished, imported
from tests.unprivileged import commonplace, in_turn, python

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
    said_of(
        mine,
        (["merge", closed], "cannot be opened. Check the permissions"),
        (["coder", "take-in", closed], "Check the permissions of the folders"),
        (["restore", backup], "cannot be opened. Check its permissions"),
        (["restore", closed / "backups" / backup.name], "cannot be opened. Check its permissions"),
        (["example", closed / "example"], "cannot be put into"),
        (["export", closed / "notes", "--format", "markdown"], "There is no permission to write notes."),
        (["export", closed / "notes.json", "--format", "json"], "There is no permission to write notes.json."),
    )


def test_a_way_in_a_circle_and_one_too_long_say_what_to_do(closed, tmp_path):
    circle, mine = tmp_path / "circle", tmp_path / "mine"
    circle.symlink_to("circle")
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe ferry was sold to a yard in another country.\n")
    with Workspace(mine) as workspace:
        imported(workspace, tmp_path / "ferry.md")
    said_of(
        mine,
        (["merge", circle], "There is no library in"),
        (["coder", "take-in", circle], "There is nothing at"),
        (["coder", "prepare", closed / "round", "--coder", "Ada"], "may not be looked into. Choose another"),
        (["coder", "prepare", tmp_path / ("x" * 300), "--coder", "Ada"], "cannot be used for a library"),
    )


def said_of(library: Path, *asked: tuple[list[object], str]) -> None:
    """Check that each command fails with one sentence, which holds the words beside it."""
    answers = in_turn(library, *(words for words, _sentence in asked))
    for (words, sentence), (code, answer, said) in zip(asked, answers, strict=True):
        assert (code, answer, sentence in said, said.count("\n")) == (1, "", True, 1), (words, said)


def test_what_may_be_read_beside_a_folder_that_may_not_be_entered_comes_in(tmp_path):
    folder = tmp_path / "in"
    (folder / "listed").mkdir(parents=True)
    for name in ("listed/logo.png", "later.md"):
        (folder / name).write_text("# The ferry\n\nThe ferry was sold to a yard in another country.\n")
    (folder / "listed").chmod(0o400)
    try:
        code, answer, _said = commonplace(tmp_path / "library", "import", folder, folder / "listed" / "logo.png")
    finally:
        (folder / "listed").chmod(0o700)
    assert code == 3
    assert [Path(one["source"]).name for one in answer["added"]] == ["later.md"]
    assert [one["error"] for one in answer["failed"]] == [
        "The file may not be read. Mend its permissions and import it again."
    ] * 2


def test_a_folder_that_nobody_may_look_for_is_not_watched(closed, tmp_path):
    program = f"""
from pathlib import Path
from app.errors import InvalidInput
from app.workspace import Workspace
with Workspace(Path({str(tmp_path / "mine")!r})) as workspace:
    try:
        workspace.watching.add(Path({str(closed)!r}))
    except InvalidInput as error:
        print(error)
"""
    ended = python("-c", program)
    assert ended.stdout.strip().endswith("Choose one that is there, and that you may read."), ended.stderr


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
    ended = python("-c", program)
    assert ended.stdout.strip() == f"{closed} '' 1", ended.stderr
