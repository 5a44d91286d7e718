"""Exporting a vault again: a note is found by its id, however its reader calls it and wherever it was moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.exporting.journey import export
from app.model import Article, Bundle, BundledArticle, Collection, Content, Highlight, Metadata
from app.progress import end_of
from app.text.body import Body

MINE = "\nMy own words.\n"


def bundle(*titles: str) -> Bundle:
    items = []
    for number, title in enumerate(titles):
        uid = f"{number + 1:08x}{number:024x}"
        marks = (Highlight(number, f"{number + 1000:032x}", uid, 0, 4, "Some"),)
        items.append(BundledArticle(Article(number, uid, Metadata(title)), Content(Body.of(["Some text."])), marks))
    ids = tuple(item.article.id for item in items)
    chosen = Collection(1, "c" * 32, "Best", sequence=ids)
    return Bundle("A set", tuple(items), collections=(chosen,), whole=True)


def notes(vault: Path) -> list[str]:
    return sorted(path.relative_to(vault).as_posix() for path in vault.rglob("*.md") if not path.is_symlink())


def exported(vault: Path, *titles: str) -> Path:
    """Export articles of these titles; return the note of the first."""
    end_of(export(bundle(*titles), "markdown", vault, {}))
    return next(vault.glob(f"{titles[0]} *.md"), vault)


@pytest.mark.parametrize("place", ["My name.md", "Read/My name.md", "Read/One 00000001.md", "Read/deep/Themes.md"])
def test_a_note_that_was_renamed_or_moved_is_written_where_it_is(tmp_path, place):
    note = exported(tmp_path, "One", "Two")
    moved = tmp_path / place
    moved.parent.mkdir(parents=True, exist_ok=True)
    moved.write_text(note.read_text().replace("Some text", "Old text") + MINE)
    note.unlink()
    before = notes(tmp_path)
    exported(tmp_path, "One", "Two")
    assert notes(tmp_path) == before
    assert "Some text" in moved.read_text()
    assert moved.read_text().endswith(MINE)
    link = moved.stem if moved.stem != "Themes" else "Read/deep/Themes"
    for lists in ("A set.md", "Collections/Best cccccccc.md"):
        assert f"[[{link}|One]]" in (tmp_path / lists).read_text()


def test_a_note_that_was_moved_goes_with_its_corrected_title_and_one_that_was_renamed_does_not(tmp_path):
    first = exported(tmp_path, "One", "Two")
    (tmp_path / "Read").mkdir()
    first.rename(tmp_path / "Read" / first.name)
    next(tmp_path.glob("Two *.md")).rename(tmp_path / "Read" / "Mine.md")
    (tmp_path / "Collections" / "Best cccccccc.md").rename(tmp_path / "Favourites.md")
    exported(tmp_path, "First", "Second")
    assert notes(tmp_path) == ["A set.md", "Favourites.md", "Read/First 00000001.md", "Read/Mine.md"]
    assert "[[Mine|Second]]" in (tmp_path / "A set.md").read_text()


def test_hidden_folders_and_links_are_not_looked_into(tmp_path):
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    note = exported(vault, "One")
    for folder in (vault / ".obsidian", vault / ".trash", outside):
        folder.mkdir(exist_ok=True)
        (folder / "copy.md").write_text(note.read_text())
    (vault / "away").symlink_to(outside)
    (vault / "link.md").symlink_to(outside / "copy.md")
    note.unlink()
    end_of(export(bundle("Renamed"), "markdown", vault, {}))
    assert "Renamed 00000001.md" in notes(vault)
    assert all("Renamed" not in path.read_text() for path in (*outside.iterdir(), *vault.glob(".*/*.md")))


def test_a_collection_alone_is_written_where_its_note_is(tmp_path):
    exported(tmp_path, "One")
    alone = replace(bundle("One"), whole=False, title="Best")
    end_of(export(alone, "markdown", tmp_path, {}))
    assert notes(tmp_path) == ["A set.md", "Collections/Best cccccccc.md", "One 00000001.md"]


@pytest.mark.parametrize("damage", [b"---\nid: ", b"---\nid: \xff\xfe\n---\n", b"", b"---\n" * 3, b"x" * 200_000])
def test_what_is_no_note_of_ours_is_left_alone(tmp_path, damage):
    (tmp_path / "other.md").write_bytes(damage)
    exported(tmp_path, "One")
    assert (tmp_path / "other.md").read_bytes() == damage
