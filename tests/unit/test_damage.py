"""Whatever a damaged disk did to the file, the program answers, or says in a sentence that it is damaged."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from app.errors import AppError
from app.workspace import Workspace
from tests.libraries import finished

LIBRARY = Path(__file__).resolve().parents[1] / "data" / "library-1.sqlite"
PAGE = 4096


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the file with a page that is empty, noise, or has a few other bytes."""
    pages, page = bytearray(data), chance.randrange(len(data) // PAGE)
    start = page * PAGE
    kind = chance.choice(["empty", "noise", "bytes"])
    if kind == "bytes":
        for _ in range(chance.choice([1, 5, 50])):
            pages[start + chance.randrange(PAGE)] = chance.randrange(256)
    else:
        pages[start : start + PAGE] = bytes(PAGE) if kind == "empty" else chance.randbytes(PAGE)
    return bytes(pages)


def use(folder: Path) -> list[str]:
    """Do a little of everything; return what was said."""
    said = []
    try:
        with Workspace(folder, create=False) as workspace:
            for deed in (
                lambda: workspace.articles.by_keys(workspace.articles.keys()),
                lambda: workspace.search("train"),
                lambda: workspace.search("note", passages=True),
                workspace.themes.all,
                workspace.collections.all,
                workspace.history,
                workspace.undo,
                lambda: finished(workspace.check(deep=True)),
                lambda: workspace.themes.add("New"),
            ):
                try:
                    deed()
                except AppError as error:
                    said.append(str(error))
    except AppError as error:
        said.append(str(error))
    return said


def test_a_damaged_file_is_answered_or_said(tmp_path):
    said = 0
    for seed in range(60):
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / "library.db").write_bytes(damaged(LIBRARY.read_bytes(), random.Random(seed)))
        sentences = use(folder)
        assert all(sentence[0].isupper() or sentence[0] == "“" for sentence in sentences)
        said += bool(sentences)
    assert said > 10


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE article SET state='finished'",
        "UPDATE article SET origins='[]'",
        "UPDATE article SET origins='nonsense'",
        "UPDATE article SET details='7'",
        "UPDATE article SET published='soon'",
        "UPDATE highlight SET status='nowhere'",
        "UPDATE theme SET definition=CAST(x'ff80c3' AS TEXT)",
    ],
)
def test_values_that_are_none_are_damage(tmp_path, damage):
    copyfile(LIBRARY, tmp_path / "library.db")
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection, connection:
        connection.execute(damage)
    said = use(tmp_path)
    assert said
    assert all("damaged" in sentence for sentence in said)
