"""Where the reader was is kept for the article that it was read in, and a look elsewhere does not count as reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened

SIZE = QSize(1200, 700)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with two long articles, and a highlight at the end of the first."""
    for name in ("Ferries", "Harbours"):
        lines = (f"{name} {number}. " + "Words upon words fill these lines. " * 9 for number in range(60))
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "Ferries.md", tmp_path / "Harbours.md")
        workspace.highlights.add_quote(workspace.keys("title:ferries")[0], "Ferries 57.")
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def kept(library: Path) -> dict[str, int]:
    """Return where each article was left, by its title."""
    with Workspace(library, create=False) as workspace:
        articles = workspace.articles.by_keys(workspace.articles.keys())
        return {str(one.metadata.title): workspace.positions.of(one.key) for one in articles}


def scroll(hands: Hands) -> int:
    """Scroll as the reader does; return where that leads."""
    hands.view.verticalScrollBar().setValue(900)
    hands.rest()
    assert hands.window.reader.position() > 0
    return hands.window.reader.position()


def open_other(hands: Hands) -> None:
    hands.open("Harbours")


def switch(hands: Hands) -> None:
    hands.window.shelf.open(str(hands.window.context.bridge.folder.parent / "another"), create=True)
    hands.rest()


def close(hands: Hands) -> None:
    hands.window.close()


@pytest.mark.parametrize("leave", [open_other, switch, close])
def test_the_place_is_that_of_the_article_that_was_read(qtbot, looks, library, settings, leave):
    with opened(qtbot, library, settings, looks, SIZE) as hands:
        hands.open("Ferries")
        here = scroll(hands)
        leave(hands)
        assert kept(library) == {"Ferries": here, "Harbours": 0}
    assert kept(library) == {"Ferries": here, "Harbours": 0}


@pytest.mark.parametrize("leave", [open_other, switch, close])
def test_a_jump_to_a_highlight_leaves_the_place_where_it_was(qtbot, looks, library, settings, leave):
    with opened(qtbot, library, settings, looks, SIZE) as hands:
        hands.open("Ferries")
        here = scroll(hands)
        hands.act("next-highlight")
        assert hands.window.reader.position() > here
        leave(hands)
    assert kept(library) == {"Ferries": here, "Harbours": 0}


def test_going_from_paragraph_to_paragraph_is_reading(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks, SIZE) as hands:
        hands.open("Ferries")
        hands.view.setFocus()
        for _ in range(12):
            hands.key(Qt.Key.Key_J, to=hands.view)
        hands.view.arrive()
        here = hands.window.reader.position()
        assert here > 0
        hands.open("Harbours")
    assert kept(library) == {"Ferries": here, "Harbours": 0}


def test_the_palette_begins_with_the_articles_that_were_open_last(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks, SIZE) as hands:
        hands.open("Ferries")
        here = scroll(hands)
        hands.open("Harbours")
        hands.act("palette")
        entries = hands.window.palette_sheet.shown_entries()
        assert [one.text for one in entries if one.key.startswith("article:")] == ["Ferries"]
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert hands.window.context.session.article.metadata.title == "Ferries"
        assert hands.window.reader.position() == here
