"""A reader at the window, from the first file to the last undo: real mouse and keys on the real engine."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from app.settings import Settings
from app.text.ranges import Span
from app.text.sentences import sentence_at
from tests.windows import Hands, content, opened
from ui.commands import libraries
from ui.dialogs.confirm import Confirm
from ui.dialogs.export_dialog import ExportDialog
from ui.panels.theme_tree import ThemeTree

ARTICLES = {
    "ferry.md": "# The ferry to Üsküdar\n\nThe night ferry runs again 🚢🇹🇷 with 300 seats. Nobody had asked for it.\n\n"
    "تقول الشركة إن العبّارة الجديدة آمنة تماما. The company would not say more.\n\n"
    "Tickets cost 15 lira. A season ticket costs 400. The harbour master called it cheap.\n",
    "drones.md": "# Drones over the harbour\n\nThe harbour master counted nine drones in one night. "
    "Two of them carried lamps.\n\nThe police say that the ferry was never in danger.\n",
    "prices.txt": "What a bed costs\n\nBy A. Writer\n\nBeds on the night ferry cost more than beds in town, and the "
    "harbour master knows it. That is what a night on the water is worth to people who have no other way.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in ARTICLES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def begin(hands: Hands, folder: Path) -> None:
    """Import a folder, and wait for the report."""
    hands.window.import_paths([folder])
    hands.until(lambda: not hands.window.importing.is_busy())
    hands.rest()


def mark(hands: Hands, span: Span, key: Qt.Key, *, whole_words: bool = False) -> None:
    """Select with the mouse, to the letter or by whole words, and press a digit."""
    before = len(hands.quotes())
    hands.drag(span, Qt.KeyboardModifier.NoModifier if whole_words else Qt.KeyboardModifier.AltModifier)
    hands.key(key, to=hands.view)
    hands.until(lambda: len(hands.quotes()) == before + 1)
    hands.rest()


def make_themes(hands: Hands, *names: str) -> None:
    """Press the plus of the themes, type a name, and Enter."""
    hands.act("show-themes")
    for name in names:
        before = len(hands.window.context.session.themes)
        hands.click(hands.labelled("New theme"))
        hands.type(name)
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda wanted=before + 1: len(hands.window.context.session.themes) == wanted)
        hands.rest()


def test_from_import_to_export_and_all_the_way_back(qtbot, looks, tmp_path, folder, settings):
    library = tmp_path / "library"
    with opened(qtbot, library, settings, looks) as hands:
        empty = content(library)
        begin(hands, folder)
        assert len(hands.titles()) == 3
        imported = content(library)
        make_themes(hands, "Water", "Money")

        hands.search("harbour -lamps")
        assert sorted(hands.titles()) == ["The ferry to Üsküdar", "What a bed costs"]
        hands.search("")
        hands.open("The ferry to Üsküdar")

        mark(hands, hands.span_of("runs again 🚢🇹🇷 with"), Qt.Key.Key_1)
        both = "العبّارة الجديدة آمنة تماما. The company"  # from right to left, and on from left to right
        first, last = hands.span_of(both)
        mark(hands, (first + 2, last - 2), Qt.Key.Key_2, whole_words=True)
        assert hands.quotes() == ["runs again 🚢🇹🇷 with", both]
        mark(hands, hands.span_of("with 300 seats"), Qt.Key.Key_2)
        assert len(hands.quotes()) == 3

        hands.click_text("Nobody had")
        hands.click_text("again")
        hands.key(Qt.Key.Key_2, to=hands.view)
        names = {theme.id: theme.name for theme in hands.window.context.session.themes}
        hands.until(
            lambda: [names[one] for one in hands.window.context.session.highlights[0].themes] == ["Water", "Money"]
        )

        hands.click_text("again")
        hands.key(Qt.Key.Key_N, to=hands.view)
        hands.rest()
        hands.type("At *night*, by boat.")
        hands.key(Qt.Key.Key_Escape)
        hands.until(lambda: any(one.note == "At *night*, by boat." for one in hands.window.context.session.highlights))
        hands.rest()

        open_board(hands, "Water")
        assert hands.window.board.shown() == (hands.window.context.session.highlights[0].id,)
        hands.act("show-collections")
        hands.click(hands.labelled("New collection"))
        hands.type("Boats")
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda: hands.window.context.session.collections)
        hands.rest()
        boats = hands.window.context.session.collections[0].id
        hands.window.board.setFocus()
        hands.key(Qt.Key.Key_A)
        hands.choose(hands.menu(), "Boats")
        hands.until(lambda: hands.window.context.session.collections[0].items)
        hands.act("palette")
        hands.type("Boats")
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert hands.window.context.session.board == ("collection", boats)
        assert len(hands.window.board.shown()) == 1

        export(hands, tmp_path / "boats.jsonld")
        marked = content(library)
        steps = len(hands.window.context.session.collections)
        assert steps == 1

        while (label := undo(hands)) is not None:
            assert label
        assert content(library) == empty

    with opened(qtbot, None, settings, looks) as hands:
        hands.window.begin(library)
        hands.until(lambda: hands.window.context.bridge.is_open())
        hands.rest()
        assert hands.titles() == []
        for _ in range(40):
            hands.act("redo")
        assert rows(content(library)) == rows(marked)
        assert rows(imported) != rows(marked)
        assert len(hands.titles()) == 3
    assert json.loads((tmp_path / "boats.jsonld").read_text(encoding="utf-8"))


def open_board(hands: Hands, theme: str) -> None:
    """Double click a theme."""
    hands.act("show-themes")
    tree = hands.window.findChild(ThemeTree)
    model = tree.model()
    index = next(model.index(row, 0) for row in range(model.rowCount()) if theme in str(model.index(row, 0).data()))
    place = tree.visualRect(index).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.until(hands.window.centre.is_board)
    hands.rest()


def export(hands: Hands, target: Path) -> None:
    """Export what the board shows, and wait until the file is there."""
    hands.click(hands.labelled("Export…"))
    hands.rest()
    dialog = hands.window.findChild(ExportDialog)
    dialog.choose_format("jsonld")
    field = next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Save as")
    field.setFocus()
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type(str(target))
    hands.qtbot.wait(400)
    hands.rest()
    hands.click(next(one for one in dialog.findChildren(QPushButton) if one.text() == "Export"))
    hands.until(target.exists)
    hands.rest()
    dialog.dismiss()


def undo(hands: Hands) -> str | None:
    """Undo once; return what was undone, ``None`` when there was nothing."""
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    hands.act("undo")
    hands.window.messages.spoken.disconnect(said.append)
    return None if said == ["There is nothing to undo."] else said[0]


def rows(tables: dict) -> dict:
    """Return tables without the columns that tell when something was written."""
    return {name: sorted(map(repr, found)) for name, found in tables.items()}


def test_the_window_opens_where_it_was_left(qtbot, looks, tmp_path, folder, settings):
    library = tmp_path / "library"
    with opened(qtbot, library, settings, looks) as hands:
        begin(hands, folder)
        hands.open("Drones over the harbour")
        hands.act("list-pane")
        assert not hands.window.library.isVisible()
    with opened(qtbot, None, settings, looks) as hands:
        last = libraries.last(Settings(settings))
        assert last == library
        hands.window.begin(last)
        hands.until(lambda: hands.window.context.session.article is not None)
        hands.rest()
        assert hands.window.context.session.article.metadata.title == "Drones over the harbour"
        assert not hands.window.library.isVisible()


def test_a_library_that_is_gone_is_told_of_and_not_forgotten(qtbot, looks, tmp_path, settings):
    library, away = tmp_path / "library", tmp_path / "away"
    with opened(qtbot, library, settings, looks):
        pass
    library.rename(away)
    with opened(qtbot, None, settings, looks) as hands:
        told = " ".join(one.text() for one in hands.window.start.findChildren(QLabel) if one.isVisible())
        assert str(library) in told
        hands.window.shelf.make(str(tmp_path / "other"), "Other")
        hands.until(lambda: hands.window.context.session.name == "Other")
        hands.rest()
    assert libraries.missing(Settings(settings)) == ""
    away.rename(library)
    assert [one.folder for one in libraries.known(Settings(settings))] == [str(tmp_path / "other"), str(library)]


def test_exports_are_proposed_where_the_last_one_went_not_where_one_failed(qtbot, looks, tmp_path, folder, settings):
    with opened(qtbot, tmp_path / "library", settings, looks) as hands:
        begin(hands, folder)
        hands.act("export")
        dialog = hands.window.findChild(ExportDialog)
        field = next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Save as")

        def export_to(target: Path) -> None:
            field.selectAll()
            hands.type(str(target), to=field)
            hands.click(hands.labelled("Export"))
            hands.rest()

        (tmp_path / "out").mkdir()
        export_to(tmp_path / "out" / "all.csv")
        hands.until(lambda: hands.window.settings.remembered("export_folder") == str(tmp_path / "out"))
        hands.click(hands.labelled("Export something else"))
        export_to(folder / "ferry.md" / "all.csv")
        said = [one for one in dialog.findChildren(QLabel) if one.property("role") == "error"]
        hands.until(lambda: any(one.isVisible() and one.text() for one in said))
        assert hands.window.settings.remembered("export_folder") == str(tmp_path / "out")
        dialog.dismiss()


def test_typing_is_never_held_up_by_the_library(qtbot, looks, tmp_path, folder, settings):
    """Every job is made to take a third of a second longer; keys arrive, and the window goes on painting."""
    library = tmp_path / "library"
    with opened(qtbot, library, settings, looks) as hands:
        begin(hands, folder)
        bridge = hands.window.context.bridge
        ask = bridge.ask

        def slow(job, *arguments, **more):
            def slowly(workspace):
                time.sleep(0.3)
                return job(workspace)

            return ask(slowly, *arguments, **more)

        bridge.ask = slow
        gaps, last = [], [time.monotonic()]

        def beat():
            now = time.monotonic()
            gaps.append(now - last[0])
            last[0] = now

        timer = QTimer()
        timer.timeout.connect(beat)
        timer.start(5)
        hands.window.actions_by_key["search"].trigger()
        for letter in "harbour master":
            hands.type(letter)
            qtbot.wait(15)
        timer.stop()
        assert QApplication.focusWidget().text() == "harbour master"
        assert max(gaps) < 0.25
        bridge.ask = ask
        hands.rest()
        assert len(hands.titles()) == 3


def test_a_first_start_offers_the_example_and_opens_it(qtbot, looks, settings):
    with opened(qtbot, None, settings, looks) as hands:
        assert hands.window.start.isVisible()
        hands.window.start.example_wished.emit()
        hands.until(lambda: hands.window.context.session.example)
        hands.rest()
        assert len(hands.titles()) == 16
        assert hands.window.library.badge.isVisible()


def test_a_library_that_cannot_be_opened_is_a_sentence(qtbot, looks, tmp_path, settings):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "library.db").write_bytes(b"nothing of the kind" * 100)
    with opened(qtbot, None, settings, looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        hands.window.shelf.open(str(tmp_path / "broken"))
        hands.until(lambda: said)
        assert "broken" in said[0]
        assert hands.window.start.isVisible()


def test_an_article_is_erased_for_good_after_one_question(qtbot, looks, tmp_path, folder, settings):
    library = tmp_path / "library"
    with opened(qtbot, library, settings, looks) as hands:
        begin(hands, folder)
        hands.open("Drones over the harbour")
        hands.window.sheets.erase([hands.window.context.session.article.id])
        sheet = hands.until(lambda: next((one for one in hands.window.findChildren(Confirm) if one.isVisible()), None))
        hands.click(next(one for one in sheet.findChildren(QPushButton) if one.text() == "Erase for good"))
        hands.until(lambda: len(hands.titles()) == 2)
        hands.rest()
        assert hands.window.context.session.article is None
    assert "drones carried lamps" not in str(content(library))


def test_a_collection_gets_another_name(qtbot, looks, tmp_path, settings):
    with opened(qtbot, tmp_path / "library", settings, looks) as hands:
        hands.window.side.collections.add_wished.emit("Boats")
        hands.rest()
        hands.window.side.collections.rename_wished.emit(hands.window.context.session.collections[0].id)
        hands.type("Ships")
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda: [one.name for one in hands.window.context.session.collections] == ["Ships"])


def test_the_five_real_articles_are_read_and_marked(qtbot, looks, tmp_path, settings, shared):
    library = tmp_path / "library"
    with opened(qtbot, library, settings, looks) as hands:
        empty = content(library)
        begin(hands, shared / "seeds")
        assert len(hands.titles()) == 5
        make_themes(hands, "Claims", "Numbers")
        hands.search("drone OR ukraine")
        assert len(hands.titles()) >= 3
        hands.search("")
        for title in hands.titles():
            hands.open(title)
            body = hands.window.context.session.content.body
            block = next(one for one in body.blocks if one.kind == "paragraph" and one.end - one.start > 120)
            first = sentence_at(body.text, block.start)
            mark(hands, (first[0], min(first[1], block.end)), Qt.Key.Key_1)
            mark(hands, (block.start + 20, block.end), Qt.Key.Key_2, whole_words=True)
            hands.act("left-out")
            hands.act("left-out")
            assert hands.window.context.session.content.body == body
        open_board(hands, "Claims")
        assert len(hands.window.board.shown()) == 5
        marked = content(library)
        undone = 0
        while undo(hands) is not None:
            undone += 1
        assert content(library) == empty
        for _ in range(undone):
            hands.act("redo")
        assert rows(content(library)) == rows(marked)
