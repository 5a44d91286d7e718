"""What is shown when an answer comes late: after another article, or another library, was opened."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.errors import LibraryError
from app.model import Content, LeftOut
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.dialogs.paste_sheet import PasteSheet
from ui.widgets.toast import Toast

SLOW = 0.2  # seconds


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with two articles; a passage of the first is marked."""
    (tmp_path / "ferry.md").write_text("# Ferry\n\nThe night ferry runs with 300 seats.\n", encoding="utf-8")
    (tmp_path / "drones.md").write_text("# Drones\n\nNine drones over the harbour.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md", tmp_path / "drones.md")
        workspace.highlights.add_quote(workspace.keys("ferry")[0], "300 seats", themes=["Water"])
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def id_of(library: Path, words: str) -> str:
    with Workspace(library) as workspace:
        return workspace.articles.by_keys(workspace.keys(words))[0].id


def busy(hands: Hands) -> None:
    """Keep the library busy for a moment, so that what is asked next is answered late."""
    hands.window.context.bridge.ask(lambda _workspace: time.sleep(SLOW))


def title(hands: Hands) -> str:
    return hands.window.context.session.article.metadata.title


def test_an_article_that_was_asked_for_comes_though_the_one_before_was_changed(qtbot, looks, library, settings):
    drones = id_of(library, "drones")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        hands.window.side.notes.article_note_wished.emit("Written at last.", hands.window.context.session.article.id)
        busy(hands)
        hands.window.list.open_wished.emit(drones, None)
        hands.rest()
        assert title(hands) == "Drones"


def test_highlights_that_come_late_are_not_those_of_another_article(qtbot, looks, library, settings):
    drones = id_of(library, "drones")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        hands.window.side.themes.rename_wished.emit(hands.window.context.session.themes[0].id, "Sea")
        busy(hands)
        hands.window.list.open_wished.emit(drones, None)
        hands.rest()
        assert (title(hands), hands.quotes()) == ("Drones", [])
        hands.open("Ferry")
        assert hands.quotes() == ["300 seats"]


def test_an_import_ends_with_its_library_and_the_next_one_can_import(qtbot, looks, library, settings, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    for number in range(40):
        (files / f"{number:02}.md").write_text(f"# Number {number}\n\nAn article of its own, {number * 7919}.\n")
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        with qtbot.waitSignal(window.importing.progressed, timeout=20_000):
            window.import_paths([files])
        said = []
        window.messages.spoken.connect(said.append)
        window.shelf.make(str(tmp_path / "other"), "Other")
        hands.until(lambda: window.context.session.name == "Other")
        hands.rest()
        assert said == ["The import into the other library has ended."]
        assert not window.import_sheet.isVisible()
        window.import_paths([tmp_path / "drones.md"])
        hands.until(lambda: hands.titles() == ["Drones"])
        hands.until(lambda: not window.importing.is_busy())
        assert window.import_sheet.isVisible()
        window.shelf.open(str(library))
        hands.until(lambda: window.context.session.name != "Other")
        hands.rest()
        assert not window.import_sheet.isVisible()  # its undo would take back a step of the other library


def test_what_was_pasted_into_one_library_names_nothing_in_another(qtbot, looks, library, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        QGuiApplication.clipboard().setText("The night train runs again.")
        hands.act("paste")
        sheet = window.findChild(PasteSheet)
        sheet._passage.setChecked(False)
        sheet._name.setText("Trains")
        window.context.bridge.ask(lambda _workspace: time.sleep(5 * SLOW))
        sheet._go.click()
        assert window.importing.is_busy()
        window.shelf.make(str(tmp_path / "other"), "Other")
        hands.until(lambda: window.context.session.name == "Other")
        assert not window.importing.is_busy()
        window.import_paths([tmp_path / "drones.md"])
        hands.until(lambda: window.importing.is_busy())
        hands.until(lambda: not window.importing.is_busy())
        hands.rest()
        assert hands.titles() == ["Drones"]
    QGuiApplication.clipboard().clear()


def test_after_an_article_that_cannot_be_opened_one_that_comes_back_is_opened(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        hands.window.list.open_wished.emit("0" * 32, None)
        hands.rest()
        assert hands.window.findChild(Toast).isVisible()
        hands.act("remove-article")
        assert hands.window.context.session.article is None
        hands.act("undo")
        hands.until(lambda: hands.window.context.session.article is not None)
        assert title(hands) == "Ferry"


def test_files_that_come_during_an_import_are_refused_in_words(qtbot, looks, library, settings, tmp_path):
    (tmp_path / "third.md").write_text("# Third\n\nMore of the harbour.\n", encoding="utf-8")
    with opened(qtbot, library, settings, looks) as hands:
        window, said = hands.window, []
        window.messages.spoken.connect(said.append)
        window.list.dropped.emit([tmp_path / "third.md"])
        window.list.dropped.emit([tmp_path / "ferry.md"])
        assert said == ["An import is going on."]
        hands.until(lambda: not window.importing.is_busy())
        hands.rest()


def test_the_article_that_was_open_last_and_is_gone_is_no_complaint(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        key = workspace.keys("drones")[0]
        workspace.library.set_setting("open", workspace.articles.by_keys([key])[0].id)
        workspace.articles.remove([key])
    with opened(qtbot, library, settings, looks) as hands:
        hands.until(lambda: hands.window.context.session.article is not None)
        assert title(hands) == "Ferry"
        assert not hands.window.findChild(Toast).isVisible()


def test_the_dots_of_a_row_go_with_its_last_theme(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        row = hands.titles().index("Ferry")
        model = hands.window.list.model()

        def heard() -> str:
            return str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))

        assert "Water" in heard()
        hands.click_text("300 seats")
        hands.act("clear-themes")
        hands.until(lambda: "Water" not in heard())


def test_a_passage_that_is_opened_stays_chosen_in_the_list(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Drones")
        hands.click(hands.labelled("Passages"))
        hands.rest()
        view = hands.window.list
        place = view.visualRect(view.model().index(0, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        hands.rest()
        assert title(hands) == "Ferry"
        assert len(view.selected()) == 1


def test_a_lost_passage_waits_for_its_place_until_esc(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        session, block = hands.window.context.session, hands.window.context.session.content.body.block_number(0)
        hands.window.reader.leave_out_wished.emit(block)
        hands.rest()
        lost = session.highlights[0]
        hands.window.reader.keep_wished.emit(0)
        hands.rest()
        hands.window.side.notes.place_wished.emit(lost.id)
        hands.open("Drones")
        hands.drag(hands.span_of("Nine drones"))
        hands.key(Qt.Key.Key_H, to=hands.view)
        hands.until(lambda: hands.quotes() == ["Nine drones"])
        hands.open("Ferry")
        assert hands.quotes() == ["300 seats"]
        hands.window.side.notes.place_wished.emit(lost.id)
        hands.view.setFocus()
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        hands.drag(hands.span_of("night ferry"))
        hands.key(Qt.Key.Key_H, to=hands.view)
        hands.until(lambda: sorted(hands.quotes()) == ["300 seats", "night ferry"])


def lose(hands: Hands) -> str:
    """Let the passage of the open article lose its place; return its id."""
    block = hands.window.context.session.content.body.block_number(0)
    hands.window.reader.leave_out_wished.emit(block)
    hands.rest()
    hands.window.reader.keep_wished.emit(0)
    hands.rest()
    return hands.window.context.session.highlights[0].id


@pytest.mark.parametrize("door", ["highlighter", "Highlight (H)", "menu"])
def test_a_lost_passage_gets_its_place_by_whatever_highlights(qtbot, looks, library, settings, door):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        lost = lose(hands)
        if door == "highlighter":
            hands.act("highlighter")
        hands.window.side.notes.place_wished.emit(lost)
        hands.drag(hands.span_of("night ferry"))
        if door == "menu":
            hands.view.menu_by_key.emit()
            hands.choose(hands.menu(), "Highlight")
        elif door != "highlighter":
            hands.click(hands.labelled(door))
        hands.until(lambda: hands.quotes() == ["night ferry"])
        assert hands.window.context.session.highlights[0].id == lost


def test_esc_leaves_a_lost_passage_before_it_puts_the_highlighter_down(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        lost = lose(hands)
        hands.act("highlighter")
        hands.window.side.notes.place_wished.emit(lost)
        hands.view.setFocus()
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        assert hands.window.reader.has_highlighter()
        hands.drag(hands.span_of("night ferry"))
        hands.until(lambda: sorted(hands.quotes()) == ["300 seats", "night ferry"])
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        assert not hands.window.reader.has_highlighter()


def test_the_word_that_puts_the_highlighter_down_leaves_the_keyboard_where_it_is(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        hands.view.setFocus()
        hands.act("highlighter")
        hands.click(hands.window.centre.highlighter)
        assert not hands.window.reader.has_highlighter()
        assert hands.view.hasFocus()


def test_esc_lets_go_of_one_thing_after_the_other(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Ferry")
        reader = hands.window.reader
        hands.view.setFocus()
        hands.drag(hands.span_of("night ferry"))
        assert reader.bar.isVisible()
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        assert not reader.bar.isVisible()
        assert reader.selection() is not None
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        assert reader.selection() is None
        hands.click_text("300 seats")
        assert reader.card.isVisible()
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        assert not reader.card.isVisible()
        assert reader.focused() is not None
        hands.key(Qt.Key.Key_Escape, to=hands.view)
        assert reader.focused() is None


def test_a_window_works_where_its_settings_cannot_be_kept(qtbot, looks, library, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with opened(qtbot, library, tmp_path / "file" / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        hands.until(lambda: len(hands.titles()) == 2)
        hands.open("Drones")
        hands.window.change("text_size", 21)
        assert "cannot be kept" in said[-1]


def test_two_quick_clicks_put_back_the_two_pieces_that_were_clicked(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        key = workspace.keys("drones")[0]
        with workspace.library.deed("Text"):
            text = Content(
                Body.of(["Nine drones over the harbour."]),
                tuple(LeftOut("share", words, 0) for words in ("Print this", "Mail this", "Follow us")),
            )
            workspace.bodies.change(key, text, "test")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Drones")
        busy(hands)
        hands.window.reader.keep_wished.emit(0)
        hands.window.reader.keep_wished.emit(1)
        hands.rest()
        assert [one.text for one in hands.window.context.session.content.left_out] == ["Follow us"]
        assert "Print this" in hands.text
        assert "Mail this" in hands.text


def test_a_mark_that_was_refused_can_be_made_again(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Drones")
        hands.window.side.themes.add_wished.emit("Harbour", None)
        hands.rest()
        bridge, ask = hands.window.context.bridge, hands.window.context.bridge.ask

        def full(job, *arguments, **more):
            def refuse(_workspace):
                raise LibraryError("The disk is full.", "Make room.")

            return ask(refuse, *arguments, **more)

        bridge.ask = full
        hands.drag(hands.span_of("Nine drones"))
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.rest()
        bridge.ask = ask
        assert hands.quotes() == []
        hands.drag(hands.span_of("Nine drones"))
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.until(lambda: hands.quotes() == ["Nine drones"])


def test_the_line_below_tells_of_no_article_once_none_is_open(qtbot, looks, library, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        hands.open("Ferry")
        assert window.centre.place.text()
        hands.act("remove-article")
        hands.until(lambda: window.context.session.article is None)
        assert window.centre.place.text() == ""
        hands.open("Drones")
        window.shelf.make(str(tmp_path / "other"), "Other")
        hands.until(lambda: window.context.session.name == "Other")
        hands.rest()
        assert window.centre.place.text() == ""
