"""What a reader does at the window, deed by deed: it is kept, it can be undone, and others see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.model import Status
from app.settings import Settings
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.dialogs.crash_dialog import CrashDialog
from ui.dialogs.name_sheet import NameSheet
from ui.drop_hint import DropHint
from ui.main import make_window
from ui.widgets.toast import Toast

FERRY = (
    "# The ferry\n\nThe night ferry runs again with 300 seats.\n\nNobody had asked for it, said the harbour master.\n\n"
    "Tickets cost 15 lira, and the night ferry is full.\n"
)
DRONES = "# Drones\n\nNine drones were counted over the harbour in one night.\n"
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with two articles, a theme and an empty collection."""
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    (tmp_path / "drones.md").write_text(DRONES, encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md", tmp_path / "drones.md")
        workspace.themes.add("Water")
        workspace.collections.add("Boats")
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def marked(library: Path, quote: str, note: str = "") -> str:
    """Highlight a quote in the first article that has it; return the highlight's id."""
    with Workspace(library) as workspace:
        key = workspace.keys(f'"{quote}"')[0]
        return workspace.highlights.add_quote(key, quote, themes=["Water"], note=note).id


def shown(hands: Hands, highlight: str):
    return next(one for one in hands.window.context.session.highlights if one.id == highlight)


def spoken(hands: Hands) -> list[str]:
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    return said


def test_a_note_is_kept_though_the_window_is_closed_while_it_is_typed(qtbot, looks, library, settings):
    highlight = marked(library, "night ferry runs")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.window.reader.open_note(highlight)
        hands.rest()
        hands.type("Typed to the last letter.")
        hands.window.close()
    with Workspace(library) as workspace:
        assert workspace.highlights.find(highlight).note == "Typed to the last letter."


def test_a_note_on_the_article_is_kept_though_another_is_opened_at_once(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("show-notes")
        hands.window.side.notes.own_note.focus()
        hands.type("On the ferry.")
        hands.open("Drones")
    with Workspace(library) as workspace:
        articles = workspace.articles.by_keys(workspace.articles.keys())
        assert {one.metadata.title: one.note for one in articles} == {"The ferry": "On the ferry.", "Drones": ""}


def test_what_another_program_does_shows_up(qtbot, looks, library, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        highlight = marked(library, "300 seats")
        (tmp_path / "prices.md").write_text("# Prices\n\nBeds cost more on the water.\n", encoding="utf-8")
        with Workspace(library) as workspace:
            imported(workspace, tmp_path / "prices.md")
            workspace.themes.add("Money")
        hands.until(lambda: len(hands.titles()) == 3)
        hands.rest()
        assert shown(hands, highlight).quote == "300 seats"
        assert [theme.name for theme in hands.window.context.session.themes] == ["Water", "Money"]


def test_an_import_that_is_stopped_keeps_what_is_in_and_can_be_undone(qtbot, looks, library, settings, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    for number in range(60):
        (files / f"{number:02}.md").write_text(f"# Number {number}\n\nAn article of its own, {number * 7919}.\n")
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        window.importing.progressed.connect(lambda progress: progress.done >= 3 and window.importing.cancel())
        window.import_paths([files])
        hands.until(lambda: not window.importing.is_busy())
        hands.rest()
        some = len(hands.titles())
        assert 2 < some < 62
        assert window.import_sheet.isVisible()
        hands.click(hands.labelled("Undo the import"))
        assert not window.import_sheet.isVisible()
        hands.until(lambda: len(hands.titles()) == 2)
        hands.click(hands.until(lambda: hands.labelled("Redo")))
        hands.until(lambda: len(hands.titles()) == some)


def test_an_import_over_which_the_window_was_closed_is_told_of_at_the_next_start_once(
    qtbot, looks, library, settings, tmp_path
):
    files = tmp_path / "files"
    files.mkdir()
    for number in range(60):
        (files / f"{number:02}.md").write_text(f"# Number {number}\n\nAn article of its own, {number * 7919}.\n")
    with opened(qtbot, library, settings, looks) as hands:
        window, seen = hands.window, []
        window.importing.progressed.connect(seen.append)
        window.import_paths([files])
        hands.until(lambda: seen and seen[-1].done >= 3)
        window.close()
    for told in (True, False):
        window = make_window(Settings(settings), looks)
        qtbot.addWidget(window)
        hands = Hands(qtbot, window)
        said = spoken(hands)
        window.begin(library)
        window.show()
        hands.until(lambda window=window: window.context.bridge.is_open())
        hands.rest()
        assert any("of 60 files were read" in one for one in said) is told
        window.close()


def test_a_digit_without_any_theme_says_how_one_is_made(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        said = spoken(hands)
        hands.act("theme-9")
        assert said == ["No theme has the digit 9."]
        hands.window.side.themes.delete_wished.emit(hands.window.context.session.themes[0].id)
        hands.rest()
        hands.act("theme-9")
        assert said[-1] == "There are no themes yet."


def test_a_short_article_is_read_at_its_end_and_not_before(qtbot, looks, library, settings, tmp_path):
    words = "Words upon words fill these lines until they wrap. " * 3
    (tmp_path / "long.md").write_text("# Long\n\n" + f"{words}\n\n" * 9, encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "long.md")
    with opened(qtbot, library, settings, looks, QSize(1200, 700)) as hands:
        hands.open("Long")
        hands.view.setFocus()
        bar = hands.view.verticalScrollBar()
        for part in (0, 2, 3):
            bar.setValue(bar.maximum() * part // 5)
            hands.rest()
            assert hands.window.centre.place.text().endswith("1 min left")
        bar.setValue(0)
        hands.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, to=hands.view)
        hands.rest()
        assert hands.window.centre.place.text().startswith("100%")
        assert hands.window.centre.place.text().endswith("read")
        assert bar.value() == bar.maximum()


def test_a_lost_passage_is_placed_by_hand(qtbot, looks, library, settings):
    highlight = marked(library, "Nobody had asked", note="A note.")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.window.reader.leave_out_wished.emit(block_of(hands, "Nobody"))
        hands.rest()
        assert shown(hands, highlight).status is Status.ORPHAN
        hands.act("show-notes")
        hands.window.side.notes.place_wished.emit(highlight)
        hands.drag(hands.span_of("the night ferry is full"))
        hands.key(Qt.Key.Key_H, to=hands.view)
        hands.rest()
        placed = shown(hands, highlight)
        assert (placed.quote, placed.status, placed.note) == ("the night ferry is full", Status.ANCHORED, "A note.")
        hands.act("undo")
        assert shown(hands, highlight).status is Status.ORPHAN


def test_leaving_out_and_putting_back_keeps_highlights(qtbot, looks, library, settings):
    before = marked(library, "asked for it")
    after = marked(library, "15 lira")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        text = hands.text
        hands.window.reader.leave_out_wished.emit(block_of(hands, "Nobody"))
        hands.rest()
        assert "Nobody" not in hands.text
        assert hands.text[slice(*span(shown(hands, after)))] == "15 lira"
        hands.act("left-out")
        hands.window.reader.keep_wished.emit(0)
        hands.rest()
        assert hands.text == text
        assert shown(hands, before).status is Status.ANCHORED
        assert [hands.text[slice(*span(shown(hands, one)))] for one in (before, after)] == ["asked for it", "15 lira"]


def test_of_one_lost_passage_is_said_that_it_is_one(qtbot, looks, library, settings):
    marked(library, "Nobody had asked")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.window.reader.leave_out_wished.emit(block_of(hands, "Nobody"))
        hands.rest()
        assert "One highlight lost its passage" in hands.window.findChild(Toast).text()


def block_of(hands: Hands, words: str) -> int:
    return hands.window.context.session.content.body.block_number(hands.span_of(words)[0])


def span(highlight) -> tuple[int, int]:
    return highlight.start, highlight.end


def test_what_is_known_of_an_article_is_corrected_in_place(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        workspace.attributes.add("Tone", "text")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("show-article")
        panel = hands.window.side.article
        for field, text in (("title", "The last ferry"), ("outlet", "Harbour Post"), ("published", "2025-03-04")):
            panel.edit(field)
            hands.type(text)
            hands.key(Qt.Key.Key_Return)
            hands.rest()
        panel.attributes.field("Tone").setFocus()
        hands.type("calm")
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert "The last ferry" in hands.titles()
        hands.search("outlet:harbour tone:calm published:2025-03")
        assert hands.titles() == ["The last ferry"]
        hands.act("undo")
        assert hands.titles() == []


def test_a_field_is_changed_on_all_articles_and_a_choice_in_use_is_not_lost(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        workspace.attributes.add("Tone", "choice", ["calm", "loud"])
        for key in workspace.keys(""):
            workspace.articles.edit(key, attributes={"Tone": "calm"})
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("show-article")
        fields, said = hands.window.side.article.attributes, spoken(hands)
        fields.menu("Tone").actions()[0].trigger()
        form = fields.changing
        form.take_away("calm")
        hands.click(form.save)
        hands.rest()
        assert len(said) == 1
        assert said[0].startswith("Articles have values that would be no choice any more: “calm”. Keep or rename these")
        assert form.isVisible()
        form.more.click()
        form.choices()[-1].setText("mild")
        hands.click(form.save)
        hands.rest()
        assert len(said) == 2, "what was refused can be sent again"
        hands.key(Qt.Key.Key_Escape, to=form.name)
        fields.change("Tone")
        form.choices()[0].setText("mild")
        form.name.setText("Voice")
        hands.click(form.save)
        hands.rest()
        assert not form.isVisible()
        assert said[2:] == ["“Voice” changed."]
        assert fields.field("Voice").currentText() == "mild"
        hands.search("voice:mild")
        assert len(hands.titles()) == 2
        hands.act("undo")
        assert hands.titles() == []
        assert fields.field("Tone").currentText() == "calm"


def test_a_row_of_the_list_is_dragged_into_a_collection(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("show-collections")
        window = hands.window
        hands.open("Drones")
        data = window.list.model().mimeData(window.list.selectionModel().selectedRows())
        listed = window.side.collections.list
        place = QPointF(listed.visualRect(listed.model().index(0, 0)).center())
        for made, where in ((QDragEnterEvent, place.toPoint()), (QDragMoveEvent, place.toPoint()), (QDropEvent, place)):
            event = made(where, Qt.DropAction.CopyAction, data, LEFT, NONE)
            QApplication.sendEvent(listed.viewport(), event)
            assert event.isAccepted()
        hands.rest()
        assert window.context.session.collections[0].items == window.list.selected()
        hands.act("undo")
        assert window.context.session.collections[0].items == ()


@pytest.mark.parametrize("where", ["the text", "no article", "the notes"])
def test_files_are_dropped_anywhere_in_the_window(qtbot, looks, library, settings, tmp_path, where):
    (tmp_path / "third.md").write_text("# Third\n\nAnother harbour, far away.\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "third.md"))])
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        if where == "no article":
            hands.act("remove-article")
        under = window.side.notes if where == "the notes" else window.reader if where == "no article" else hands.view
        if where == "the notes":
            hands.act("show-notes")
        port = hands.view.viewport() if under is hands.view else under
        place = QPointF(port.rect().center())
        enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(port, enter)
        assert enter.isAccepted()
        assert window.findChild(DropHint).isVisible()
        drop = QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(port, drop)
        assert drop.isAccepted()
        assert not window.findChild(DropHint).isVisible()
        hands.until(lambda: any("Third" in title for title in hands.titles()))


def test_a_search_that_is_kept_finds_what_comes_later(qtbot, looks, library, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        hands.search("harbour")
        hands.act("save-search")
        sheet = hands.window.findChild(NameSheet)
        hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=sheet.field)
        hands.type("Harbours", to=sheet.field)
        hands.key(Qt.Key.Key_Return, to=sheet.field)
        hands.rest()
        kept = next(one for one in hands.window.context.session.collections if one.name == "Harbours")
        (tmp_path / "third.md").write_text("# Third\n\nAnother harbour, far away.\n", encoding="utf-8")
        hands.window.import_paths([tmp_path / "third.md"])
        hands.until(lambda: not hands.window.importing.is_busy())
        hands.search("")
        hands.window.side.collections.open_wished.emit(kept.id)
        hands.rest()
        assert hands.window.search.box.text() == "harbour"
        assert len(hands.titles()) == 3
        hands.window.side.collections.board_wished.emit(kept.id)
        hands.rest()
        assert len(hands.window.board.shown()) == 3


def test_a_theme_is_put_on_many_passages_of_a_board_as_one_step(qtbot, looks, library, settings):
    for quote in ("night ferry runs", "15 lira", "Nine drones"):
        marked(library, quote)
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        window.side.themes.board_wished.emit(window.context.session.themes[0].id)
        hands.until(lambda: len(window.board.shown()) == 3)
        hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=window.board.focusProxy())
        hands.key(Qt.Key.Key_0, to=window.board.focusProxy())
        hands.until(lambda: window.board.shown() == ())
        hands.act("undo")
        hands.until(lambda: len(window.board.shown()) == 3)


def test_delete_in_a_list_of_passages_removes_the_highlights_as_one_step(qtbot, looks, library, settings):
    for quote in ("night ferry runs", "15 lira", "Nine drones"):
        marked(library, quote)
    with opened(qtbot, library, settings, looks) as hands:
        said, window = spoken(hands), hands.window
        hands.click(hands.labelled("Passages"))
        hands.until(lambda: window.list.model().rowCount() == 3)
        window.list.setFocus()
        hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, to=window.list)
        hands.key(Qt.Key.Key_Delete, to=window.list)
        hands.rest()
        assert said == ["3 highlights removed."]
        assert window.list.model().rowCount() == 0
        hands.act("undo")
        assert window.list.model().rowCount() == 3


def test_undoing_the_removal_of_the_open_article_opens_it_again_and_shows_its_row(
    qtbot, looks, library, settings, tmp_path
):
    files = tmp_path / "files"
    files.mkdir()
    for number in range(30):
        (files / f"{number:02}.md").write_text(f"# Number {number}\n\nAn article of its own, {number * 7919}.\n")
    with Workspace(library) as workspace:
        imported(workspace, files)
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        last = hands.titles()[-1]
        hands.open(last)
        article = window.context.session.article.id
        window.list.verticalScrollBar().setValue(window.list.verticalScrollBar().maximum())
        hands.act("remove-article")
        assert window.context.session.article is None
        window.list.scrollToTop()
        hands.rest()
        hands.act("undo")
        hands.until(lambda: window.context.session.article is not None)
        hands.rest()
        assert window.context.session.article.id == article
        assert window.list.selected() == (article,)
        row = window.list.visualRect(window.list.currentIndex())
        assert window.list.viewport().rect().intersects(row)


def test_two_libraries_stay_apart(qtbot, looks, library, settings, tmp_path):
    other = tmp_path / "other"
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        hands.open("The ferry")
        window.shelf.make(str(other), "Other")
        hands.until(lambda: window.context.session.name == "Other")
        hands.rest()
        assert hands.titles() == []
        assert window.context.session.article is None
        window.side.themes.add_wished.emit("Elsewhere", None)
        hands.rest()
        window.shelf.open(str(library))
        hands.until(lambda: window.context.session.article is not None)
        hands.rest()
        assert [theme.name for theme in window.context.session.themes] == ["Water"]
        said = spoken(hands)
        hands.act("undo")
        assert said == ["There is nothing to undo."]
    with Workspace(other) as workspace:
        assert [theme.name for theme in workspace.themes.all()] == ["Elsewhere"]


def test_two_windows_on_one_library_see_each_others_deeds(qtbot, looks, library, settings, tmp_path):
    with (
        opened(qtbot, library, settings, looks) as one,
        opened(qtbot, library, tmp_path / "others.json", looks) as other,
    ):
        one.open("The ferry")
        other.open("The ferry")
        other.window.activateWindow()
        one.window.reader.mark_wished.emit(one.span_of("300 seats"), "Water")
        one.rest()
        other.until(lambda: other.quotes() == ["300 seats"])
        other.rest()
        other.window.reader.note_wished.emit(other.window.context.session.highlights[0].id, "Seen.")
        other.rest()
        one.until(lambda: one.window.context.session.highlights[0].note == "Seen.")


def test_each_window_takes_back_its_own_latest_deed_and_after_a_restart_the_latest_of_both(
    qtbot, looks, library, settings, tmp_path
):
    def names(hands: Hands) -> list[str]:
        return [theme.name for theme in hands.window.context.session.themes]

    with (
        opened(qtbot, library, settings, looks) as one,
        opened(qtbot, library, tmp_path / "others.json", looks) as other,
    ):
        one.window.side.themes.add_wished.emit("Sea", None)
        one.rest()
        other.window.side.themes.add_wished.emit("Land", None)
        other.rest()
        one.act("undo")
        other.until(lambda: names(other) == ["Water", "Land"])
        said = spoken(other)
        other.act("redo")
        assert said == ["There is nothing to redo."]
        one.act("redo")
        other.until(lambda: names(other) == ["Water", "Sea", "Land"])
        other.act("undo")
        assert names(other) == ["Water", "Sea"]
        other.act("redo")
    with opened(qtbot, library, settings, looks) as hands:
        for left in (["Water", "Sea"], ["Water"]):
            hands.act("undo")
            assert names(hands) == left


def test_an_undo_that_later_deeds_stand_against_is_a_sentence(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        theme = window.context.session.themes[0].id
        for name in ("Sea", "Ocean"):
            window.side.themes.rename_wished.emit(theme, name)
            hands.rest()
        said = spoken(hands)
        with Workspace(library) as workspace:
            first = workspace.history()[1].number
        window.side.history.undo_wished.emit(first)
        hands.rest()
        assert len(said) == 1
        assert "Theme" in said[0]
        assert [one.name for one in window.context.session.themes] == ["Ocean"]


def test_a_bug_in_a_job_is_reported_and_the_window_goes_on(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window

        def broken(_workspace):
            raise ZeroDivisionError("made up for the test")

        window.context.bridge.ask(broken)
        hands.until(lambda: window.findChild(CrashDialog))
        sheet = window.findChild(CrashDialog)
        assert sheet.isVisible()
        hands.rest()
        hands.key(Qt.Key.Key_Escape)
        hands.until(lambda: not sheet.isVisible())
        hands.open("The ferry")
        hands.drag(hands.span_of("300 seats"))
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.until(lambda: hands.quotes() == ["300 seats"])


def test_a_theme_takes_the_key_of_another_as_one_step(qtbot, looks, library, settings):
    with Workspace(library) as workspace:
        workspace.themes.add("Air")
    with opened(qtbot, library, settings, looks) as hands:

        def digits() -> dict[str, int | None]:
            return {theme.name: theme.digit for theme in hands.window.context.session.themes}

        said = spoken(hands)
        assert digits() == {"Water": 1, "Air": 2}
        air = next(one for one in hands.window.context.session.themes if one.name == "Air")
        hands.window.side.themes.digit_wished.emit(air.id, 1)
        hands.until(lambda: digits() == {"Water": None, "Air": 1})
        assert any("Key 1 now puts on “Air”" in one for one in said)
        hands.act("undo")
        hands.until(lambda: digits() == {"Water": 1, "Air": 2})


def test_what_is_in_a_collection_already_is_said_and_offers_nothing_to_undo(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        boats = window.context.session.collections[0]
        first = list(window.list.model().ids(range(1)))
        window.side.collections.put_wished.emit(boats.id, first)
        hands.rest()
        said = spoken(hands)
        window.side.collections.put_wished.emit(boats.id, first)
        hands.rest()
        assert said == ["“Boats” holds it already."]
        assert not any(one.text() == "Undo" and one.isVisible() for one in window.findChildren(QAbstractButton))
