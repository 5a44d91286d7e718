"""The way back leads to where the reader came from: an article, or the board."""

from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from tests.windows import opened
from ui.articles.list import OPEN_AFTER
from ui.dialogs.libraries_sheet import LibrariesSheet
from ui.dialogs.new_library import NewLibraryForm


def planted(folder):
    """Write two articles into a folder."""
    (folder / "one.md").write_text("# One\n\nThe ferry runs at night. Nobody asked for it.\n", encoding="utf-8")
    (folder / "two.md").write_text("# Two\n\nA harbour is a place for boats and for waiting.\n", encoding="utf-8")
    return folder


@contextmanager
def two_articles(qtbot, looks, tmp_path):
    """Give a window on a library of two articles that have just come in."""
    source = tmp_path / "articles"
    source.mkdir()
    planted(source)
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        window = hands.window
        window.import_paths([source])
        hands.until(lambda: not window.importing.is_busy() and window.list.model().rowCount() >= 2)
        hands.rest()
        yield hands


def test_from_the_board_into_an_article_and_back(qtbot, looks, tmp_path):
    source = tmp_path / "articles"
    source.mkdir()
    planted(source)
    library = tmp_path / "library"
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.window.import_paths([source])
        hands.until(lambda: not hands.window.importing.is_busy())
        hands.rest()
        hands.open("One")
        hands.window.reader.mark_wished.emit(hands.span_of("The ferry runs at night."), "Ferries")
        hands.until(lambda: hands.quotes() == ["The ferry runs at night."])
        hands.open("Two")
        theme = hands.window.context.session.themes[0].id
        hands.window.side.themes.board_wished.emit(theme)
        hands.until(hands.window.board.shown)
        hands.key(Qt.Key.Key_Return, to=hands.window.board.focusProxy())
        hands.until(lambda: not hands.window.centre.is_board())
        hands.until(lambda: hands.window.context.session.article.metadata.title == "One")
        hands.act("back")
        assert hands.window.centre.is_board()
        assert hands.window.context.session.article.metadata.title == "Two"
        hands.act("forward")
        assert not hands.window.centre.is_board()
        assert hands.window.context.session.article.metadata.title == "One"


def test_a_click_on_the_article_that_is_open_makes_no_way_back(qtbot, looks, tmp_path):
    with two_articles(qtbot, looks, tmp_path) as hands:
        hands.open("One")
        assert not hands.window.centre.back.isEnabled()
        hands.open("One")
        assert not hands.window.centre.back.isEnabled()
        hands.open("Two")
        assert hands.window.centre.back.isEnabled()


def test_back_from_the_passages_the_open_article_is_marked_in_the_list(qtbot, looks, tmp_path):
    with two_articles(qtbot, looks, tmp_path) as hands:
        hands.open("One")
        hands.window.reader.mark_wished.emit(hands.span_of("The ferry runs at night."), "Ferries")
        hands.until(lambda: hands.quotes() == ["The ferry runs at night."])
        hands.rest()
        hands.click(hands.labelled("Passages"))
        hands.rest()
        QTest.mouseClick(
            hands.window.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=hands.window.list.visualRect(hands.window.list.model().index(0, 0)).center(),
        )
        hands.rest()
        hands.click(hands.labelled("Articles"))
        hands.until(lambda: hands.window.list.selected() == (hands.window.context.session.article.id,))


def test_esc_in_the_search_box_goes_back_to_the_board_and_no_key_is_lost(qtbot, looks, tmp_path):
    with two_articles(qtbot, looks, tmp_path) as hands:
        window = hands.window
        hands.open("One")
        hands.window.reader.mark_wished.emit(hands.span_of("The ferry runs at night."), "Ferries")
        hands.until(lambda: hands.quotes() == ["The ferry runs at night."])
        window.side.themes.board_wished.emit(window.context.session.themes[0].id)
        hands.until(window.board.shown)
        hands.act("search")
        hands.key(Qt.Key.Key_Escape)
        assert window.board.isAncestorOf(QApplication.focusWidget())
        hands.act("palette")
        QTest.keyClicks(QApplication.focusWidget(), "Two")
        hands.rest()
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert not window.centre.is_board()
        assert window.reader.isAncestorOf(QApplication.focusWidget())


def test_the_keys_that_order_a_collection_do_not_walk_the_highlights(qtbot, looks, tmp_path):
    with two_articles(qtbot, looks, tmp_path) as hands:
        window = hands.window
        ids = list(window.list.model().ids(range(2)))
        window.side.collections.add_wished.emit("Both")
        hands.until(lambda: window.context.session.collections)
        window.side.collections.put_wished.emit(window.context.session.collections[0].id, ids)
        hands.rest()
        window.side.collections.open_wished.emit(window.context.session.collections[0].id)
        hands.until(lambda: window.board.shown() == tuple(ids))
        hands.rest()
        hands.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, to=window.board.focusProxy())
        hands.until(lambda: window.board.shown() == tuple(reversed(ids)))


def test_a_row_that_was_about_to_open_does_not_push_the_board_aside(qtbot, looks, tmp_path):
    with two_articles(qtbot, looks, tmp_path) as hands:
        window = hands.window
        window.side.collections.add_wished.emit("Both")
        hands.until(lambda: window.context.session.collections)
        hands.rest()
        window.list.clearSelection()
        window.reader.setFocus()
        window.list.setFocus(Qt.FocusReason.TabFocusReason)
        assert window.list.selectionModel().hasSelection()
        window.side.collections.open_wished.emit(window.context.session.collections[0].id)
        qtbot.wait(2 * OPEN_AFTER)
        hands.rest()
        assert window.centre.is_board()


def test_a_look_is_chosen_from_the_palette(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.act("palette")
        hands.type("dark")
        hands.key(Qt.Key.Key_Return)
        assert hands.window.looks.choice == "dark"
        assert hands.window.settings.get("look") == "dark"


def test_the_palette_offers_the_other_libraries_and_not_the_open_one(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "xyz-one", tmp_path / "settings.json", looks) as hands:
        hands.window.shelf.make(str(tmp_path / "xyz-two"), "xyz-two")
        hands.rest()
        hands.act("palette")
        hands.type("xyz-")
        rows = hands.window.palette_sheet.findChild(QListView).model()
        shown = [rows.index(row).data(Qt.ItemDataRole.DisplayRole) for row in range(rows.rowCount())]
        assert shown == ["xyz-one, library"]


def test_a_new_library_is_proposed_beside_the_open_one(qtbot, looks, tmp_path):
    library = tmp_path / "library"
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.act("libraries")
        hands.click(hands.labelled("New…"))
        proposed = hands.window.findChild(LibrariesSheet).findChild(NewLibraryForm).folder.text()
        assert Path(proposed).parent == library.parent


def test_what_the_board_shows_is_what_is_exported(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.window.side.themes.add_wished.emit("Ferries", None)
        hands.until(lambda: hands.window.context.session.themes)
        theme = hands.window.context.session.themes[0].id
        hands.window.side.themes.board_wished.emit(theme)
        hands.rest()
        hands.act("export")
        assert QApplication.focusWidget().key() == f"theme:{theme}"


def test_f6_goes_round_the_panes_in_sight(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        window = hands.window
        panes = (window.library, window.centre, window.side)

        def pane() -> str:
            focused = QApplication.focusWidget()
            return next(name for name, one in zip("lcs", panes, strict=True) if one.isAncestorOf(focused))

        hands.act("next-pane")
        first = pane()
        walked = []
        for key in ("next-pane", "next-pane", "next-pane", "previous-pane"):
            hands.act(key)
            walked.append(pane())
        round_ = "lcs" * 2
        start = round_.index(first)
        assert "".join(walked[:3]) == round_[start + 1 : start + 4]
        assert walked[3] == walked[1]
        hands.act("side-pane")
        hands.act("next-pane")
        assert pane() in "lc"


def test_the_collections_are_offered_at_the_card_that_has_the_keyboard(qtbot, looks, tmp_path):
    with two_articles(qtbot, looks, tmp_path) as hands:
        window = hands.window
        hands.open("One")
        window.reader.mark_wished.emit(hands.span_of("The ferry runs at night."), "Ferries")
        hands.until(lambda: hands.quotes() == ["The ferry runs at night."])
        window.side.themes.board_wished.emit(window.context.session.themes[0].id)
        hands.until(window.board.shown)
        cards = window.board.focusProxy()
        hands.key(Qt.Key.Key_A, to=cards)
        menu = hands.menu()
        row = cards.visualRect(cards.currentIndex())
        assert row.contains(cards.viewport().mapFromGlobal(menu.pos()))
        menu.close()
