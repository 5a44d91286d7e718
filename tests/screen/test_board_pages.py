"""The board of a large theme: gathered page by page, and after a deed only what the deed touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.errors import LibraryError
from app.model import Interlude
from app.searching.boards import Boards
from app.workspace import Workspace
from tests.libraries import add
from tests.windows import Hands, opened
from ui.commands import boards, collecting, describing

PAGE = 7
ARTICLES, EACH = 15, 4


@pytest.fixture
def gathered(monkeypatch) -> list[int]:
    """Make pages small; return how many things were looked up at a time."""
    sizes: list[int] = []
    gather = Boards.gather

    def counted(self, wanted):
        sizes.append(len(wanted))
        return gather(self, wanted)

    monkeypatch.setattr(boards, "PAGE", PAGE)
    monkeypatch.setattr(Boards, "gather", counted)
    return sizes


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with sixty passages under a theme."""
    with Workspace(tmp_path / "library") as workspace, workspace.library.deed("Many"):
        workspace.themes.add("Water", digit=1)
        workspace.themes.add("Sea", under="Water")
        workspace.collections.add("Chosen")
        for number in range(ARTICLES):
            lines = [f"Line {place} of number {number} is wet." for place in range(EACH)]
            key = add(workspace.holdings, *lines, title=f"Number {number:03}")
            for place in range(EACH):
                workspace.highlights.add_quote(key, lines[place][:6], themes=["Sea" if place % 2 else "Water"])
    return tmp_path / "library"


@pytest.fixture
def hands(qtbot, looks, library, tmp_path) -> Iterator[Hands]:
    with opened(qtbot, library, tmp_path / "settings.json", looks) as reader:
        yield reader


def water(hands: Hands) -> str:
    return hands.window.context.session.themes[0].id


def open_water(hands: Hands) -> None:
    hands.window.side.themes.board_wished.emit(water(hands))
    hands.until(lambda: len(hands.window.board.shown()) == ARTICLES * EACH)
    hands.rest()


def lies(hands: Hands) -> list[object]:
    """Return what the library has for the board, all of it looked up anew."""
    with Workspace(hands.window.context.bridge.folder) as workspace:
        kind, given = hands.window.context.session.board
        layout = workspace.boards.of_theme(given) if kind == boards.THEME else workspace.boards.of_collection(given)
        found = workspace.boards.gather([one for one in layout.items if not isinstance(one, Interlude)])
        values = [one if isinstance(one, Interlude) else found[one] for one in layout.items]
    return [one if isinstance(one, Interlude) else (one.highlight, one.article, one.context) for one in values]


def shown(hands: Hands) -> list[object]:
    items = hands.window.board._here.items
    return [one if isinstance(one, Interlude) else (one.highlight, one.article, one.context) for one in items]


def test_a_large_board_is_gathered_in_pages_and_shown_whole(hands, gathered):
    hands.window.side.themes.board_wished.emit(water(hands))
    hands.rest()
    assert max(gathered) == PAGE
    assert sum(gathered) == ARTICLES * EACH
    assert shown(hands) == lies(hands)
    assert hands.window.board.selected() == hands.window.board.shown()[:1], "it begins at its top"


def test_another_board_that_is_opened_meanwhile_is_the_one_that_is_shown(hands, gathered):
    sea = hands.window.context.session.themes[1].id
    hands.window.side.themes.board_wished.emit(water(hands))
    hands.window.side.themes.board_wished.emit(sea)
    hands.rest()
    assert len(hands.window.board.shown()) == ARTICLES * EACH // 2
    open_water(hands)
    assert shown(hands) == lies(hands)


def test_after_a_deed_only_what_it_touched_is_looked_up_again_and_the_board_shows_what_is(hands, gathered):
    open_water(hands)
    context, first = hands.window.context, hands.window.board.shown()[0]
    article = context.session.gathered[next(iter(context.session.gathered))].article.id

    def touched() -> int:
        hands.rest()
        looked_up = sum(gathered)
        assert shown(hands) == lies(hands)
        gathered.clear()
        return looked_up

    touched()
    hands.window.board.note_wished.emit(first, "A note.")
    assert touched() == 1
    describing.write_field(context, "outlet", "The Ledger", article)
    assert touched() == EACH
    hands.key(Qt.Key.Key_1, to=hands.window.board.focusProxy())  # it has the theme, and goes from the board
    hands.rest()
    assert first not in hands.window.board.shown()
    assert touched() == 0
    hands.act("undo")
    assert first in hands.window.board.shown()
    assert touched() == 1
    describing.set_state(context, [article], "read")
    assert touched() == EACH
    describing.remove_articles(context, [article])
    assert touched() == 0
    collecting.add(context, "Another")
    assert touched() == 0


def test_many_passages_of_the_board_change_their_themes_in_one_step(hands, gathered):
    open_water(hands)
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    cards = hands.window.board.focusProxy()
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=cards)
    hands.key(Qt.Key.Key_0, to=cards)
    hands.rest()
    assert hands.window.board.shown() == ()
    assert said == [f"Taken off {ARTICLES * EACH} passages: Water, Sea."]
    hands.act("undo")
    assert shown(hands) == lies(hands)
    assert len(shown(hands)) == ARTICLES * EACH


@pytest.mark.parametrize("place", [0, 2])
def test_a_heading_above_a_row_is_seen_with_its_words_and_can_be_written_on(hands, place):
    with Workspace(hands.window.context.bridge.folder) as workspace:
        ids = [one.id for one in workspace.articles.by_keys(workspace.keys(""))[:3]]
    chosen = hands.window.context.session.collections[0].id
    collecting.put(hands.window.context, chosen, ids)
    hands.rest()
    hands.window.side.collections.board_wished.emit(chosen)
    hands.until(hands.window.board.shown)
    hands.rest()
    cards = hands.window.board.focusProxy()
    row = cards.model().index(place, 0)
    hands.click(cards.viewport(), cards.visualRect(row).center())
    hands.key(Qt.Key.Key_H)
    hands.type("Part one")
    hands.key(Qt.Key.Key_Return)
    hands.rest()
    row = cards.model().index(place, 0)
    assert row.data() == "Heading 1: Part one"
    assert shown(hands) == lies(hands)
    middle = cards.visualRect(row).center()
    hands.click(cards.viewport(), middle)
    QTest.mouseDClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    hands.type(" of two")
    hands.key(Qt.Key.Key_Return)
    hands.rest()
    assert cards.model().index(place, 0).data() == "Heading 1: Part one of two"
    assert shown(hands) == lies(hands)


def test_a_collection_of_many_passages_and_articles_is_laid_out_in_its_order(hands, gathered):
    open_water(hands)
    chosen, ids = hands.window.context.session.collections[0].id, hands.window.board.shown()
    collecting.put(hands.window.context, chosen, ids)
    hands.rest()
    hands.window.side.collections.board_wished.emit(chosen)
    hands.rest()
    assert hands.window.board.shown() == ids
    gathered.clear()
    hands.act("heading-above")
    hands.type("A heading")
    hands.key(Qt.Key.Key_Return)
    hands.rest()
    assert sum(gathered) == 0
    assert shown(hands) == lies(hands)
    assert len(shown(hands)) == len(ids) + 1
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=hands.window.board.focusProxy())
    hands.key(Qt.Key.Key_Delete, to=hands.window.board.focusProxy())
    hands.rest()
    assert hands.window.board.shown() == ()
    hands.act("undo")
    assert len(hands.window.board.shown()) == len(ids) + 1


@pytest.mark.parametrize("page", [0, 2])
def test_a_board_that_cannot_be_gathered_is_closed_and_that_is_said(hands, monkeypatch, gathered, page):
    gather, said = Boards.gather, []
    hands.window.messages.spoken.connect(said.append)

    def broken(self, wanted):
        if len(gathered) >= page:
            raise LibraryError("Made up for the test.")
        return gather(self, wanted)

    monkeypatch.setattr(Boards, "gather", broken)
    hands.window.side.themes.board_wished.emit(water(hands))
    hands.rest()
    assert said == ["Made up for the test."]
    assert not hands.window.centre.is_board()
