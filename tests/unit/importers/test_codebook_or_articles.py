"""Tables of names and descriptions: themes where they may be, articles where their words say so."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.importing.journey import Form
from app.workspace import Workspace
from tests.libraries import imported

HEADLINES = [
    "Who pays for the wall that keeps the harbour dry is anybody’s guess",
    "The night train to Vienna runs again after six years of silence",
    "A ferry was sold abroad, and nobody on the island was asked",
]
STORY = "The wall was built for a sea that stood a foot lower, and nobody looked up from the nets when it broke. " * 20


def table(folder: Path, head: Sequence[str], *rows: Sequence[str]) -> Path:
    path = folder / "table.csv"
    with io.StringIO(newline="") as written:
        csv.writer(written).writerows([head, *rows])
        path.write_text(written.getvalue(), encoding="utf-8")
    return path


def test_names_and_descriptions_that_may_be_themes_are_and_it_is_said_how_to_read_them_otherwise(workspace, tmp_path):
    path = table(tmp_path, ["name", "description"], ["Wall", "Of stone, or any other."], ["Tide", ""])
    report = imported(workspace, path)
    assert (report.themes, report.failed) == (("Wall", "Tide"), ())
    (said,) = report.skipped
    assert said.source == str(path)
    assert str(said.reason) == (
        "The rows of table.csv became themes. If they are articles, undo this, and import it with options as a table"
        " (--format csv)."
    )


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["tag", "description"], ["Wall", "Of stone."]),
        (["name", "definition"], ["Wall", "Of stone."]),
        (["name", "description", "colour"], ["Wall", "Of stone.", "#aabbcc"]),
        (["Name", "Description", "Files", "References"], ["Wall", "Of stone.", "3", "12"]),
        (["code", "description"], [HEADLINES[0], STORY]),
    ],
)
def test_what_can_only_be_a_codebook_is_one_without_a_word(workspace, tmp_path, head, row):
    report = imported(workspace, table(tmp_path, head, row))
    assert (report.themes, report.skipped, report.failed) == ((row[0],), (), ())


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["name", "description"], [(name, f"{name}: nobody knows more.") for name in HEADLINES]),
        (["name", "description"], [(f"Wall {number}", f"{HEADLINES[number]}. {STORY}") for number in range(3)]),
        (["name", "description"], [("The Tide", "The wall broke."), ("The Tide", "The train runs again.")]),
        (["name", "description", "author", "date"], [("Wall", "It broke.", "Ada Marsh", "2025-03-04")]),
    ],
)
def test_what_looks_like_articles_becomes_no_themes_and_waits_for_a_word(workspace, tmp_path, head, rows):
    path = table(tmp_path, head, *rows)
    report = imported(workspace, path)
    assert report.themes == ()
    assert [one.source for one in report.unmapped] == [str(path)]
    assert "as a codebook (--format codebook)" in str(report.failed[0].reason)
    report = imported(workspace, path, form=Form("csv", {"columns": "title=name;text=description"}))
    assert [one.title for one in report.added] == [name for name, *_rest in rows]


def test_a_codebook_that_looks_like_articles_is_read_as_one_where_someone_says_so(tmp_path):
    path = table(tmp_path, ["name", "description"], *((name, STORY) for name in HEADLINES))
    with Workspace(tmp_path / "library") as workspace:
        assert imported(workspace, path, form=Form("codebook")).themes == tuple(HEADLINES)
