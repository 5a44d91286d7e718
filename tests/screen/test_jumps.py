"""The way back from a jump inside the article: to where one read, to the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened

WORDS = "Words upon words fill these lines until they wrap, and then some more. " * 3


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with a long article, with marks near its beginning and its end, and a short one."""
    paragraphs = "\n\n".join(f"Paragraph {number} begins. {WORDS}" for number in range(60))
    (tmp_path / "long.md").write_text(f"# Long\n\n{paragraphs}\n", encoding="utf-8")
    (tmp_path / "short.md").write_text("# Short\n\nThe ferry runs at night.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "long.md", tmp_path / "short.md")
        key = workspace.keys("title:Long")[0]
        for number in (3, 4, 50):
            workspace.highlights.add_quote(key, f"Paragraph {number} begins", themes=["Water"])
    return tmp_path / "library"


@pytest.fixture
def hands(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks, QSize(1200, 700)) as found:
        found.open("Long")
        yield found


def read_at(hands: Hands, number: int) -> int:
    """Scroll to a paragraph as a reader does; return where the first line begins."""
    hands.view.arrive()
    bar = hands.view.verticalScrollBar()
    bar.setValue(round(hands.view.scene.top(hands.text.index(f"Paragraph {number} begins"))) + 31)
    hands.rest()
    return hands.window.reader.position()


def mark(hands: Hands, number: int) -> str:
    quote = f"Paragraph {number} begins"
    return next(one.id for one in hands.window.context.session.highlights if one.quote == quote)


def position(hands: Hands) -> int:
    """Return where the first line begins, once the text does not move any more."""
    hands.rest()
    hands.view.arrive()
    return hands.window.reader.position()


def test_back_from_a_card(hands):
    place = read_at(hands, 30)
    hands.window.side.notes.focus_wished.emit(mark(hands, 3))
    card = position(hands)
    assert card < place
    assert hands.window.centre.back.isEnabled()
    hands.act("back")
    assert position(hands) == place
    hands.act("forward")
    assert position(hands) == card
    hands.act("back")
    assert position(hands) == place  # to the line, however often one goes to and fro
    assert not hands.window.centre.back.isEnabled()


def test_each_card_leads_back_to_the_one_before(hands):
    place = read_at(hands, 30)
    hands.window.side.notes.focus_wished.emit(mark(hands, 3))
    first = position(hands)
    hands.window.side.notes.focus_wished.emit(mark(hands, 50))
    hands.rest()
    hands.act("back")
    assert position(hands) == first
    hands.act("back")
    assert position(hands) == place


def test_a_look_at_what_is_near_makes_no_way_back(hands):
    read_at(hands, 3)
    hands.window.side.notes.focus_wished.emit(mark(hands, 4))
    hands.act("next-paragraph")
    assert not hands.window.centre.back.isEnabled()


def test_steps_from_hit_to_hit_are_one_walk(hands):
    """The way back leads to where one read, not to hits that were only passed."""
    place = read_at(hands, 30)
    hands.act("find")
    hands.type("begins")
    for _ in range(25):
        hands.act("next-hit")
    assert position(hands) > place
    hands.act("back")
    assert position(hands) == place
    assert not hands.window.centre.back.isEnabled()


def test_steps_from_highlight_to_highlight_are_one_walk(hands):
    place = read_at(hands, 30)
    for _ in range(3):
        hands.act("previous-highlight")
    assert position(hands) < place
    hands.act("back")
    assert position(hands) == place


def test_where_one_has_scrolled_a_new_walk_begins(hands):
    first = read_at(hands, 30)
    hands.act("next-highlight")
    second = read_at(hands, 20)
    hands.act("next-highlight")
    hands.act("back")
    assert position(hands) == second
    hands.act("back")
    assert position(hands) == first


def test_an_article_that_is_opened_at_a_passage_leaves_the_one_before_only(hands):
    place = read_at(hands, 30)
    article, passage = hands.window.context.session.article.id, mark(hands, 3)
    hands.open("Short")
    hands.window.list.open_wished.emit(article, passage)
    hands.rest()
    assert hands.window.reader.focused() == passage
    hands.act("back")
    assert hands.window.context.session.article.metadata.title == "Short"
    hands.act("back")
    assert hands.window.context.session.article.metadata.title == "Long"
    assert position(hands) == place


def test_back_to_a_board_that_was_opened_over_no_article(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("Short")
        hands.act("remove-article")
        hands.until(lambda: hands.window.context.session.article is None)
        hands.window.side.themes.board_wished.emit(hands.window.context.session.themes[0].id)
        hands.until(hands.window.board.shown)
        QTest.keyClick(hands.window.board.focusProxy(), Qt.Key.Key_Return)
        hands.until(lambda: not hands.window.centre.is_board())
        hands.until(lambda: hands.window.context.session.article is not None)
        hands.act("back")
        assert hands.window.centre.is_board()
        hands.act("forward")
        assert not hands.window.centre.is_board()


def test_a_note_in_a_card_is_written_on_while_the_text_is_scrolled(hands):
    """The passage out of sight loses the focus; whoever writes on it beside the text notices nothing."""
    hands.act("show-notes")
    passage = mark(hands, 3)
    hands.window.side.notes.focus_wished.emit(passage)
    hands.rest()
    hands.window.side.notes.write_note(passage)
    hands.type("On it goes")
    read_at(hands, 40)
    assert hands.window.reader.focused() is None
    hands.type(", and on.")
    QApplication.focusWidget().left.emit()
    hands.until(lambda: any(one.note == "On it goes, and on." for one in hands.window.context.session.highlights))
