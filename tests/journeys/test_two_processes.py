"""Two programs work on one library at once: nothing is lost, nobody is turned away."""

from __future__ import annotations

import json
import shutil

import pytest

from app.errors import NotFound
from app.workspace import Workspace
from tests.libraries import displaced, sound, tables


@pytest.mark.slow
def test_two_readers_at_once_lose_nothing(tmp_path, articles, started, missing):
    """They import folders that overlap, and make the same new themes."""
    paths = sorted(articles.iterdir())
    names = {"Ann": paths[:60], "Ben": paths[40:100]}
    for name, own in names.items():
        (tmp_path / name).mkdir()
        for path in own:
            shutil.copy(path, tmp_path / name)
    processes = [started(tmp_path / "library", tmp_path / name, name) for name in names]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [complaints for _, complaints in said] == ["", ""]
    deeds = [json.loads(line) for lines, _ in said for line in lines.splitlines()]
    with Workspace(tmp_path / "library", create=False) as workspace:
        assert workspace.articles.count() == 100
        assert len({deed["word"] for deed in deeds if deed["deed"] == "article"}) == 100
        assert workspace.stats()["highlights"] == sum(deed["deed"] == "highlight" for deed in deeds) == 100
        assert missing(workspace, deeds) == []
        themes = [theme.path for theme in workspace.themes.all()]
        assert len(set(themes)) == len(themes)
        assert {("Common ground",), ("Money", "Prices")} <= set(themes)
        assert displaced(workspace.library.database) == []
        assert sound(workspace) == []
        assert {step.origin for step in workspace.history()} == {"Ann", "Ben"}
        end = tables(workspace.library.database)
        steps = workspace.history()
        for _ in steps:
            workspace.undo()
        with pytest.raises(NotFound):
            workspace.undo()
        assert not any(tables(workspace.library.database).values())
        for _ in steps:
            workspace.redo()
        assert tables(workspace.library.database) == end


def test_what_one_does_the_other_sees_at_once(tmp_path):
    with Workspace(tmp_path) as one, Workspace(tmp_path) as other:
        for number in range(25):
            writer, reader = (one, other) if number % 2 else (other, one)
            writer.themes.add(f"Theme {number}")
            assert reader.themes.find(f"Theme {number}")
            assert reader.search("").total == 0
        one.undo()
        with pytest.raises(NotFound):
            other.themes.find("Theme 24")
        other.redo()
        assert one.themes.find("Theme 24")
