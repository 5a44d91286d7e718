"""A look at a codebook: its themes are counted, and what is only said of it is no part that cannot be read."""

from __future__ import annotations

from app.importing.glimpsing import glimpse
from app.importing.journey import Form
from app.progress import end_of


def test_the_themes_of_a_codebook_are_counted(workspace, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("name,description\nWall,Of stone.\nTide,\n", encoding="utf-8")
    seen = end_of(glimpse(workspace.library, path, Form("codebook")))
    assert (seen.error, seen.total, seen.themes, seen.unread) == (None, 0, 2, ())
