"""A library that is taken away while it is open: SQLite would write on and say nothing, and all of it would be lost."""

from __future__ import annotations

from shutil import copytree, rmtree

import pytest

from app.errors import LibraryGone
from tests.libraries import opened, tables


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_nothing_is_done_in_a_library_that_is_not_there_any_more(holdings, tmp_path, how):
    holdings.themes.add("Kept")
    folder, away = holdings.library.folder, tmp_path / "away"
    if how == "deleted":
        rmtree(folder)
    else:
        folder.rename(away)
    if how == "replaced":
        copytree(away, folder)
    with pytest.raises(LibraryGone, match="cannot be found"):
        holdings.themes.add("Lost")
    assert [theme.name for theme in holdings.themes.all()] == ["Kept"]


def test_a_library_that_is_put_back_goes_on(holdings, tmp_path):
    folder, away = holdings.library.folder, tmp_path / "away"
    folder.rename(away)
    with pytest.raises(LibraryGone):
        holdings.themes.add("Trains")
    away.rename(folder)
    holdings.themes.add("Trains")
    other = opened(folder)
    assert tables(other.library.database) == tables(holdings.library.database)
    other.library.close()
