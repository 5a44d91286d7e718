"""What lies on the clipboard when a reader has copied from the text, the list or the board, in the style chosen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from app.settings import Settings
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import opened

ROOT = Path(__file__).resolve().parents[2]
FERRY = "# The ferry\n\nThe night ferry runs again.\n\nIt is **full**, said <b>the</b> harbour master.\n"
SOURCE = "Harbour Post, Ada Marsh, “The ferry”, 4 March 2025"
ENTRY = "Marsh, A. (2025, March 4). The ferry. Harbour Post."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with two articles of which one has a source, a theme and a highlight."""
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    (tmp_path / "drones.md").write_text("# Drones\n\nNine drones were counted.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md", tmp_path / "drones.md")
        (key,) = workspace.keys("title:ferry")
        known = {"byline": "Ada Marsh", "outlet": "Harbour Post", "published": "2025-03-04"}
        workspace.articles.edit(key, known)
        workspace.highlights.add_quote(key, "It is full", themes=["Water"])
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def clip() -> str:
    return QGuiApplication.clipboard().text()


def rich() -> str:
    return QGuiApplication.clipboard().mimeData().html()


def offered(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text().startswith("Copy")]


def test_the_key_copies_in_the_style_that_is_chosen(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.drag(hands.span_of("night ferry"))
        hands.key(Qt.Key.Key_C, to=hands.view)
        assert clip() == f"“night ferry” ({SOURCE}, paragraph 1)"
        hands.window.change("citation", "apa")
        hands.act("copy-citation")
        assert clip() == f"“night ferry” (Marsh, 2025, para. 1)\n{ENTRY}"
    assert Settings(settings).get("citation") == "apa"


def test_every_form_of_a_passage_and_of_a_whole_article(qtbot, looks, library, settings):
    Settings(settings).put("citation", "apa")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("copy-source")
        assert clip() == ENTRY
        hands.drag(hands.span_of("full, said <b>the</b>"))
        hands.act("copy-markdown")
        assert clip().splitlines()[0] == "> full, said &lt;b>the&lt;/b> (Marsh, 2025, para. 2)"
        hands.act("copy-rich")
        assert clip() == f"“full, said <b>the</b>” (Marsh, 2025, para. 2)\n{ENTRY}"
        assert rich() == (
            '<blockquote><p dir="auto">full, said &lt;b&gt;the&lt;/b&gt; (Marsh, 2025, para. 2)</p></blockquote>'
            "<p>— Marsh, A. (2025, March 4). The ferry. <i>Harbour Post</i>.</p>"
        )


def test_the_menu_over_a_highlight_is_for_that_highlight(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        place = hands.span_of("It is full")[0] + 3
        menu = hands.window.reader._open_menu(hands.window.mapToGlobal(QPoint(9, 9)), place)
        assert offered(menu) == [
            "Copy", "Copy quotation with citation", "Copy citation", "Copy as Markdown", "Copy as rich text",
        ]  # fmt: skip
        hands.choose(menu, "Copy quotation with citation")
        assert clip() == f"“It is full” ({SOURCE}, paragraph 2)"


def test_the_menu_beside_all_passages_cites_the_article(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        menu = hands.window.reader._open_menu(hands.window.mapToGlobal(QPoint(9, 9)), None)
        possible = {action.text(): action.isEnabled() for action in menu.actions()}
        assert not possible["Copy quotation with citation"]
        hands.choose(menu, "Copy citation")
        assert clip() == SOURCE


def test_the_list_copies_the_citations_of_what_is_chosen_there(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        articles = hands.window.list
        articles.selectAll()
        articles.menu_wished.emit(articles.selected(), hands.window.mapToGlobal(QPoint(50, 300)))
        below = next(action.menu() for action in hands.menu().actions() if action.text() == "Copy")
        assert [action.text() for action in below.actions()] == ["Citation", "As Markdown", "As rich text"]
        below.actions()[0].trigger()
        QApplication.activePopupWidget().close()
        hands.rest()
        assert sorted(clip().splitlines()) == [SOURCE, "“Drones”, n.d."]


def test_the_board_copies_each_passage_that_is_chosen(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.side.themes.board_wished.emit(hands.window.context.session.themes[0].id)
        hands.until(hands.window.board.shown)
        hands.rest()
        hands.window.board.citation_wished.emit(tuple(hands.window.board.selected()), "rich")
        hands.rest()
        assert clip() == f"“It is full” ({SOURCE}, paragraph 2)"
        assert rich().startswith('<blockquote><p dir="auto">It is full</p></blockquote><p>— Harbour Post')


COPY = """
from types import SimpleNamespace
from PySide6.QtGui import QGuiApplication
from app.model import Article, Content, Metadata
from app.text.body import Body, Piece
from ui.commands.copying import copy_span
from ui.main import make_application

application = make_application()
session = SimpleNamespace(article=Article(1, "a", Metadata("A")), content=Content(Body.of([Piece("Words.")])))
messages = SimpleNamespace(say=str, tr=str)
context = SimpleNamespace(session=session, messages=messages, settings={"citation": "apa"})
for _ in range(3):
    copy_span(context, (0, 6), "rich")
print(QGuiApplication.clipboard().mimeData().html())
"""


def test_a_program_that_copied_rich_text_ends_without_a_crash():
    command = [sys.executable, "-c", COPY]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
    assert (ended.returncode, ended.stdout[:12]) == (0, "<blockquote>")
