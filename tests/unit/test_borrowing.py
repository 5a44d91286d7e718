"""Libraries borrowed: as a copy that goes in the end, and only read."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing

import pytest

from app.borrowing import borrow
from app.coding.handing import hand_over
from app.errors import LibraryError
from app.library import schema
from tests.libraries import add, finished


def test_what_is_done_to_a_copy_stays_in_it(workspace, tmp_path):
    add(workspace.holdings, "One.")
    near = tmp_path / "near"
    with ExitStack() as stack:
        borrowed = finished(borrow(stack, workspace.library.folder, near))
        add(borrowed, "Two.")
        assert borrowed.articles.count() == 2
    assert workspace.articles.count() == 1
    assert list(near.iterdir()) == []


def test_one_that_is_given_up_leaves_nothing(workspace, tmp_path):
    near = tmp_path / "near"
    with ExitStack() as stack:
        journey = borrow(stack, workspace.library.folder, near)
        next(journey)
        journey.close()
    assert list(near.iterdir()) == []


@pytest.mark.parametrize("damage", ["none", "newer", "words"])
def test_what_cannot_be_borrowed_is_named_where_it_lies(workspace, tmp_path, damage):
    """Also when it is what a coder hands back."""
    folder, near = workspace.library.folder, tmp_path / "near"
    workspace.close()
    if damage == "newer":
        with closing(sqlite3.connect(folder / "library.db")) as connection:
            connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    elif damage == "words":
        (folder / "library.db").write_text("These are words.")
    else:
        folder = tmp_path
    with ExitStack() as stack, pytest.raises(LibraryError) as raised:
        finished(borrow(stack, folder, near))
    assert f"“{folder}”" in str(raised.value)
    with pytest.raises(LibraryError) as raised:
        finished(hand_over(folder, near))
    assert f"“{folder}”" in str(raised.value)
    assert not near.exists() or list(near.iterdir()) == []
