"""A file that was split into articles and comes again: no article is lost, none is overwritten by a piece of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importing import Form
from app.reporting import ImportReport
from app.workspace import Workspace
from tests.libraries import imported

WALL = "The wall that keeps the sea out of the town will be raised by a metre, the council said."
TIDE = "Nobody in the town remembers a tide as high as the one that came in on Monday night."
BOATS = "Three of the boats that were damaged in the storm can be rented again from tomorrow on."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "all.md"
    made.write_text(f"# The wall\n\n{WALL}\n\n# The tide\n\n{TIDE}\n\n# The boats\n\n{BOATS}\n")
    return made


def split(workspace: Workspace, file: Path, **options: str) -> ImportReport:
    return imported(workspace, file, form=Form(options=options))


def test_what_is_missing_of_a_split_file_comes_with_its_options_and_never_as_the_whole_file(workspace, file):
    keys = [one.key for one in split(workspace, file, split="headings").added]
    workspace.articles.remove([keys[1]])
    for _ in range(2):
        report = imported(workspace, file)
        assert (report.added, report.updated, report.failed) == ((), (), ())
        (skipped,) = report.skipped
        assert "split into articles" in str(skipped.reason)
    report = split(workspace, file, split="headings")
    assert ([one.title for one in report.added], len(report.duplicates)) == (["The tide"], 2)
    assert len(imported(workspace, file).duplicates) == 3
