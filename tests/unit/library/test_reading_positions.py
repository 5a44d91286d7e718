"""Reading positions: no deed of the history, and there again with an article that comes back."""

from __future__ import annotations

from tests.libraries import add


def test_a_position_comes_back_with_its_article(workspace):
    key = add(workspace.holdings, "One two three.", title="Counting")
    other = add(workspace.holdings, "Four.", title="More")
    workspace.positions.put(key, 8)
    workspace.positions.put(other, 1)
    workspace.articles.remove([key])
    assert workspace.positions.recent(5) == [other]
    workspace.positions.put(key, 3)  # a window that does not know yet
    workspace.undo()
    assert workspace.positions.of(key) == 8
    assert set(workspace.positions.recent(5)) == {key, other}


def test_a_position_comes_back_with_an_import_that_is_done_again(workspace):
    with workspace.library.deed("Import"):
        key = add(workspace.holdings, "One two three.")
    workspace.positions.put(key, 4)
    workspace.undo()
    assert workspace.positions.recent(5) == []
    workspace.redo()
    assert workspace.positions.of(key) == 4


def test_of_what_is_erased_no_position_stays(workspace):
    key, removed = add(workspace.holdings, "One."), add(workspace.holdings, "Two.")
    for one in (key, removed):
        workspace.positions.put(one, 1)
    workspace.articles.remove([removed])
    workspace.erase([key])
    left = [row["article_id"] for row in workspace.library.database.rows("SELECT article_id FROM position")]
    assert left == [removed], "that one can still come back"
