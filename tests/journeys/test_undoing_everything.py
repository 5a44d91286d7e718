"""Everything undone, step by step, after a restart: each table and each answer is as it was; and all of it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import NotFound
from app.model import AttributeChange
from app.workspace import Workspace
from tests.libraries import Tables, imported, sound, tables

ROOT = Path(__file__).resolve().parents[2]
QUERIES = (
    "",
    "report OR drone*",
    "theme:work",
    '"of the"',
    "-the",
    "is:read",
    "tone:calm",
    "in:List",
    "by:reader",
    "lang:en",
)
OF_PASSAGES = ("", "theme:coast", "note:report", "is:orphaned")


def answers(workspace: Workspace) -> list[object]:
    """Return what search says to many queries, in articles and in passages."""
    found: list[object] = []
    for passages, queries in ((False, QUERIES), (True, OF_PASSAGES)):
        for query in queries:
            results = workspace.search(query, passages=passages, limit=100, order="title")
            hits = [((one.highlight or one.article).id, one.excerpt, one.spans) for one in results.found]
            found.append((query, passages, results.total, sorted(hits), results.facets))
    return found


def deeds(workspace: Workspace) -> list[Callable[[], object]]:
    """Return the deeds of an afternoon, to be done one after the other."""

    def key(number: int) -> int:
        return sorted(workspace.articles.keys())[number]

    def uid(number: int) -> str:
        return workspace.articles.by_keys([key(number)])[0].id

    def mark(number: int) -> str:
        return workspace.highlights.of_article(key(0))[number].id

    return [
        lambda: imported(workspace, ROOT / "seeds" / "articles", collection="List"),
        lambda: workspace.highlights.add(key(0), 0, 20, ["Work", "Sea > Ships"], "First *note*"),
        lambda: workspace.highlights.add(key(0), 10, 40, ["Work"]),
        lambda: workspace.highlights.add(key(1), 5, 30, ["Sea"], "Second"),
        lambda: workspace.attributes.add("Tone", "choice", ["calm", "loud"]),
        lambda: workspace.articles.edit(
            key(1), {"byline": "The Reader", "title": "The Report"}, "read", {"Tone": "calm"}
        ),
        lambda: workspace.articles.theme(key(2), ["Work"]),
        lambda: workspace.articles.note(key(2), "A note on the report"),
        lambda: workspace.bodies.leave_out(key(0), 0),
        lambda: workspace.highlights.retheme(mark(0), ["Money"], ["Work"]),
        lambda: workspace.themes.merge("Ships", "Work"),
        lambda: workspace.themes.edit("Sea", new_name="Coast", note="By the sea"),
        lambda: workspace.themes.move("Work", "Coast"),
        lambda: workspace.collections.put("List", [mark(0)]),
        lambda: workspace.collections.take("List", [uid(3)]),
        lambda: workspace.highlights.note(mark(1), "The report, again"),
        lambda: workspace.articles.edit(key(0), {"language": "de"}),
        lambda: workspace.bodies.keep(key(0), len(workspace.bodies.content(key(0)).left_out) - 1),
        lambda: workspace.highlights.remove(mark(0)),
        lambda: workspace.articles.remove([key(1), key(4)]),
        lambda: workspace.attributes.edit("Tone", AttributeChange("Voice", "How it is said.", {"calm": "even"})),
        lambda: workspace.attributes.delete("Voice"),
        lambda: workspace.themes.delete("Work"),
        lambda: workspace.collections.delete("List"),
        lambda: workspace.notes.write("All done"),
    ]


@pytest.mark.slow
def test_every_step_back_and_forth(tmp_path):
    states: list[tuple[Tables, list[object]]] = []
    with Workspace(tmp_path) as workspace:
        for deed in deeds(workspace):
            states.append((tables(workspace.library.database), answers(workspace)))
            deed()
        states.append((tables(workspace.library.database), answers(workspace)))
        assert len(workspace.history()) == len(states) - 1
        assert sound(workspace) == []
    with Workspace(tmp_path, create=False) as workspace:
        for wanted in states[-2::-1]:
            workspace.undo()
            assert (tables(workspace.library.database), answers(workspace)) == wanted
        with pytest.raises(NotFound):
            workspace.undo()
        assert sound(workspace) == []
        assert workspace.stats()["articles"] == 0
    with Workspace(tmp_path, create=False) as workspace:
        for wanted in states[1:]:
            workspace.redo()
            assert (tables(workspace.library.database), answers(workspace)) == wanted
        assert sound(workspace) == []
