"""The texts that an article had before go along as JSON; every other format that comes back says that they stay."""

from __future__ import annotations

import pytest

from app.exporting.bundling import Selection
from app.model import Content
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import add, finished

SAID = "The earlier texts of one article."


@pytest.fixture
def library(tmp_path):
    with Workspace(tmp_path / "library") as workspace:
        key = add(workspace.holdings, "The first text.", title="Changed")
        add(workspace.holdings, "The only text.", title="Not changed")
        with workspace.library.deed("Changed"):
            workspace.bodies.change(key, Content(Body.of(["The second text."])), "by hand", [])
        yield workspace


@pytest.mark.parametrize(
    ("key", "options", "said"),
    [("json", {}, []), ("jsonld", {"texts": "yes"}, [SAID]), ("markdown", {}, [SAID]), ("qdpx", {}, [SAID])],
)
def test_what_becomes_of_them_is_said(library, tmp_path, key, options, said):
    report = finished(library.export(Selection(), key, tmp_path / "out", options))
    assert [str(one) for one in report.left_behind] == said
