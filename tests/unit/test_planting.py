"""The example library: planted from its sources through the workspace, sound, and marked as an example."""

from __future__ import annotations

import tomllib

import pytest

from app import places
from app.errors import Conflict
from app.planting import is_example, plant
from app.workspace import Workspace
from tests.libraries import displaced, finished, sound


def test_the_example_is_all_that_its_sources_say(tmp_path):
    marks = tomllib.loads((places.seeds() / "marks.toml").read_text(encoding="utf-8"))
    done = finished(plant(tmp_path / "example"))
    assert done == len(marks["article"]) >= 10
    with Workspace(tmp_path / "example", create=False) as workspace:
        assert is_example(workspace)
        highlights = [mark for article in marks["article"] for mark in article.get("highlight", ())]
        assert workspace.stats()["highlights"] == len(highlights)
        found = workspace.highlights.by_keys(workspace.keys("", passages=True))
        assert sorted(mark.quote for mark in found) == sorted(mark["quote"] for mark in highlights)
        assert len(workspace.collections.all()) == len(marks.get("collection", ()))
        assert displaced(workspace.library.database) == []
        assert sound(workspace) == []
        assert {step.origin for step in workspace.history()} == {"example"}


def test_it_is_never_mixed_with_a_library_that_is_there(tmp_path):
    with Workspace(tmp_path / "mine") as workspace:
        assert not is_example(workspace)
    with pytest.raises(Conflict, match="already"):
        finished(plant(tmp_path / "mine"))
    with Workspace(tmp_path / "mine") as workspace:
        assert workspace.stats()["articles"] == 0
