"""Rounds that a file tells of: what they tie up here, what of them is passed over, and that this is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.drafts import Mark
from app.errors import Conflict
from app.exporting.bundling import Selection
from app.library.rounds import CONSENSUS
from app.rounds import Round
from app.workspace import Workspace
from tests.libraries import add, finished, imported

TEXT = "The ferry runs again. The mayor smiled."
FIRST, SECOND = "1" * 32, "2" * 32


def mark(workspace: Workspace, author: str, words: str) -> str:
    """Let an author have marked words, as a file of another program says; return the highlight's id."""
    (key,) = workspace.articles.keys()
    start = TEXT.index(words)
    with workspace.library.deed("Marks come"):
        taken = workspace.holdings.marks.take_in(key, [Mark(words, start, start + len(words), author=author)])
    return taken.made[0]


def code(workspace: Workspace, coder: str, uid: str = FIRST, taken: int = 5) -> None:
    """Let a coder's round be in."""
    (article,) = workspace.articles.by_keys(workspace.articles.keys())
    workspace.rounds.keep(Round(uid, coder, (article.id,), 1, taken))
    with workspace.library.deed("Round"):
        workspace.rounds.cover([article.key], coder)


def exported(workspace: Workspace, path: Path) -> Path:
    finished(workspace.export(Selection(), "json", path, {}))
    return path


def said(report) -> list[str]:
    return [str(one.reason) for one in report.skipped]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return what a library was exported to in which Anna's round is a layer."""
    with Workspace(tmp_path / "other") as other:
        add(other.holdings, TEXT)
        mark(other, "Anna", "ferry")
        code(other, "Anna")
        return exported(other, tmp_path / "all.json")


def test_marks_that_were_here_before_stay_free(workspace, file):
    add(workspace.holdings, TEXT)
    held = mark(workspace, "Anna", "mayor")
    report = imported(workspace, file)
    assert said(report) == [
        "Another “Anna” is known here: the round did not come along, and marks by “Anna” can be changed."
    ]
    assert (workspace.rounds.coders(), workspace.rounds.covered(workspace.articles.keys())) == ((), {})
    workspace.highlights.note(held, "mine")
    assert {one.quote for one in workspace.highlights.of_article(*workspace.articles.keys())} == {"ferry", "mayor"}


@pytest.mark.parametrize(("uid", "coders"), [(FIRST, ("Anna",)), (SECOND, ())])
def test_a_coder_who_was_asked_here_is_only_known_by_the_same_round(workspace, file, uid, coders):
    workspace.rounds.keep(Round(uid, "Anna", (), 1))
    assert bool(said(imported(workspace, file))) == (not coders)
    assert workspace.rounds.coders() == coders


def test_an_import_that_is_undone_ties_nothing_up(workspace, file):
    add(workspace.holdings, TEXT)
    assert said(imported(workspace, file)) == []
    (layer,) = workspace.highlights.of_article(*workspace.articles.keys())
    with pytest.raises(Conflict):
        workspace.highlights.note(layer.id, "mine")
    workspace.undo()
    held = mark(workspace, "Anna", "mayor")
    workspace.highlights.note(held, "mine")
    assert workspace.rounds.layers() == {CONSENSUS}
    workspace.undo()
    workspace.undo()
    assert said(imported(workspace, file)) == []
    assert workspace.rounds.coders() == ("Anna",)


def test_what_a_newer_round_would_change_is_passed_over_and_said(workspace, file, tmp_path):
    imported(workspace, file)
    with Workspace(tmp_path / "newer") as newer:
        imported(newer, file)
        theme = newer.themes.add("Boats")
        (key,) = newer.articles.keys()
        code(newer, "Anna", SECOND, 9)
        with newer.library.deed("Round"):
            newer.layers.put_theme(key, theme, "Anna")
            mayor = Mark("mayor", TEXT.index("mayor"), TEXT.index("mayor") + 5)
            newer.layers.replace(key, "Anna", [(mayor, [])], [theme])
        again = exported(newer, tmp_path / "newer.json")
    rest = "did not come along, for nothing changes a round that is in. Take the new one in."
    assert said(imported(workspace, again)) == [f"2 marks by Anna {rest}"]
    assert [one.quote for one in workspace.highlights.of_article(*workspace.articles.keys())] == ["ferry"]
    assert [(one.id, one.taken) for one in workspace.rounds.all()] == [(FIRST, 5), (SECOND, 0)]
