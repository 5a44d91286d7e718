"""Working with a second coder in the window: out, back, shown beside one's own marks, compared and decided."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.preparing import prepare
from app.exporting.bundling import Selection
from app.library.rounds import CONSENSUS
from app.model import Highlight
from app.workspace import Workspace
from tests.libraries import add, finished
from tests.windows import opened
from ui.dialogs.agreement_sheet import AgreementSheet
from ui.dialogs.merge_sheet import MergeSheet
from ui.dialogs.round_sheet import RoundSheet
from ui.dialogs.take_in_sheet import TakeInSheet
from ui.widgets.toast import Toast

TEXT = ("The old bridge fell. Nobody was hurt. The mayor had been warned twice.", "The ferry runs again.")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "library") as workspace:
        key = add(workspace.holdings, *TEXT, title="Bridges")
        add(workspace.holdings, "Rain fell.", title="Weather")
        workspace.themes.add("Mayor")
        workspace.themes.add("Ships")
        workspace.highlights.add(key, *workspace.highlights.locate(key, "The mayor had been warned"), ["Mayor"])
    return tmp_path / "library"


@pytest.fixture
def round_(library: Path, tmp_path: Path) -> Path:
    """Prepare a round for Ben, who marks to another extent, and alone."""
    with Workspace(library, create=False) as workspace:
        finished(prepare(workspace, tmp_path / "round", "Ben", Selection(query="bridge")))
    with Workspace(tmp_path / "round", create=False) as theirs:
        (key,) = theirs.articles.keys()
        theirs.highlights.add_quote(key, "mayor had been warned twice", 1, ["Mayor"], "twice matters")
        theirs.highlights.add_quote(key, "The ferry", 1, ["Ships"])
    return tmp_path / "round"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def taken(hands, round_: Path) -> TakeInSheet:
    """Take a round in by the sheet."""
    hands.act("take-in-round")
    sheet = hands.window.findChild(TakeInSheet)
    hands.until(sheet.isVisible)
    assert not sheet._go.isEnabled()
    sheet._path.setText(str(round_))
    sheet._go.click()
    hands.until(lambda: not sheet._telling.isHidden())
    hands.rest()
    return sheet


def test_a_round_is_prepared_of_drawn_articles(qtbot, looks, library, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("prepare-round")
        sheet = hands.window.findChild(RoundSheet)
        hands.until(sheet.isVisible)
        sheet._coder.setText("Ben")
        assert sheet._go.isEnabled()
        sheet._folder.setText(str(tmp_path / "out"))
        sheet._lot.setChecked(True)
        assert not sheet._go.isEnabled()
        sheet._number.setText("9")
        sheet._go.click()
        hands.until(lambda: "cannot be drawn from 2" in sheet._trouble.text())
        sheet._number.setText("1")
        sheet._go.click()
        toast = hands.window.findChild(Toast)
        hands.until(lambda: "One article for Ben" in toast.text())
        hands.until(lambda: not sheet.isVisible())
        with Workspace(tmp_path / "out", create=False) as theirs:
            assert theirs.articles.count() == 1
            assert theirs.rounds.asked().coder == "Ben"


@pytest.mark.parametrize("values", [False, True])
def test_what_the_reader_gave_to_attributes_is_handed_over_only_when_it_is_wished(
    qtbot, looks, library, settings, tmp_path, values
):
    with Workspace(library, create=False) as workspace:
        workspace.attributes.add("Tone", "text")
        workspace.articles.edit(workspace.articles.keys()[0], {}, attributes={"Tone": "calm"})
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("prepare-round")
        sheet = hands.window.findChild(RoundSheet)
        hands.until(sheet.isVisible)
        sheet._coder.setText("Ben")
        sheet._folder.setText(str(tmp_path / "out"))
        if values:
            hands.click(hands.labelled("With your values of attributes"))
        sheet._go.click()
        hands.until(lambda: not sheet.isVisible())
    with Workspace(tmp_path / "out", create=False) as theirs:
        found = [dict(one.attributes) for one in theirs.articles.by_keys(theirs.articles.keys())]
        assert ({"Tone": "calm"} in found) is values


def test_what_comes_back_is_shown_when_it_is_wished_and_cannot_be_changed(qtbot, looks, library, round_, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Bridges")
        sheet = taken(hands, round_)
        assert "2 passages are new" in sheet._told.text()
        sheet.dismiss()
        assert hands.quotes() == ["The mayor had been warned"]
        hands.act("layers")
        hands.until(lambda: len(hands.quotes()) == 3)
        hands.click_text("twice")
        card = hands.window.reader.card
        hands.until(card.isVisible)
        assert "Coded by Ben" in card._whose.text()
        assert card._whose.isVisible()
        assert not any(part.isVisible() for part in card._changing)
        assert card.note.field.isReadOnly()
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.rest()
        theirs = next(one for one in hands.window.context.session.highlights if one.quote.endswith("twice"))
        assert len(theirs.themes) == 1
        toast = hands.window.findChild(Toast)
        assert "layer of Ben" in toast.text()
        hands.click_text("had been")
        hands.act("layers")
        hands.until(lambda: hands.quotes() == ["The mayor had been warned"])


def test_what_a_coder_marked_can_be_marked_by_oneself(qtbot, looks, library, round_, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Bridges")
        taken(hands, round_).dismiss()
        hands.act("layers")
        hands.until(lambda: len(hands.quotes()) == 3)

        def of_ferry() -> list[tuple[str, int]]:
            marks = hands.window.context.session.highlights
            return sorted((one.author, len(one.themes)) for one in marks if one.quote == "The ferry")

        assert of_ferry() == [("Ben", 1)]
        hands.drag(hands.span_of("The ferry"))
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.until(lambda: of_ferry() == [("", 1), ("Ben", 1)])
        hands.rest()
        hands.drag(hands.span_of("The ferry"))
        hands.key(Qt.Key.Key_2, to=hands.view)
        hands.until(lambda: of_ferry() == [("", 2), ("Ben", 1)])
        hands.rest()
        assert "layer of Ben" not in hands.window.findChild(Toast).text()


def test_where_a_coder_has_marked_some_of_the_rows_the_picker_ticks_nothing_that_was_not_put(
    qtbot, looks, library, round_, settings
):
    with opened(qtbot, library, settings, looks) as hands:
        taken(hands, round_).dismiss()
        with Workspace(library) as workspace:
            article = workspace.articles.by_keys(workspace.keys("bridge"))[0]
            rows = [one.id for one in workspace.highlights.of_article(article.key) if "Mayor" in names(workspace, one)]
            assert len(rows) == 2
        said = []
        hands.window.messages.spoken.connect(said.append)
        hands.window.menus.row_themes.open(rows, hands.window.pos())
        picker = hands.window.menus.row_themes.picker
        hands.until(picker.isVisible)
        before = picker.rows.chosen
        hands.type("Ships", to=picker.field)
        hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, to=picker.field)
        hands.rest()
        assert "layer of Ben" in said[0]
        assert picker.rows.chosen == before


def names(workspace: Workspace, highlight: Highlight) -> list[str]:
    return [workspace.themes.find(theme).name for theme in highlight.themes]


def test_agreement_is_shown_saved_and_its_questions_decided_by_keys(qtbot, looks, library, round_, settings, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Bridges")
        taken(hands, round_)._go.click()
        hands.until(lambda: hands.window.findChild(AgreementSheet))
        sheet = hands.window.findChild(AgreementSheet)
        hands.until(lambda: sheet.isVisible() and sheet.list.questions.found and sheet.table.rows())
        assert [row[:3] for row in sheet.table.rows()] == [
            ("Mayor", "1", "1"), ("Ships", "0", "1"), ("All themes", "1", "2"),
        ]  # fmt: skip
        assert sheet.table.rows()[0][3:] == ("100.0", "1.000", "1.000")
        assert sheet._count.text() == "2 of 2 disagreements are left"
        assert "mayor had been warned twice" in sheet.codings.toPlainText()
        assert "twice matters" in sheet.codings.toPlainText()
        QTest.keyClick(sheet.list, Qt.Key.Key_T)
        hands.until(lambda: sheet._count.text() == "1 of 2 disagreements are left")
        assert "not marked" in sheet.codings.toPlainText()
        assert sheet._choices["mine"].text() == "Unmarked, as mine (M)"
        QTest.keyClick(sheet.list, Qt.Key.Key_B)  # there is nothing to have both of
        QTest.keyClick(sheet.list, Qt.Key.Key_M)
        hands.until(lambda: "All 2 disagreements are decided" in sheet._count.text())
        sheet._wish_save(str(tmp_path / "table.csv"))
        hands.rest()
        rows = list(csv.reader((tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()))
        assert [row[0] for row in rows] == ["theme", "Mayor", "Ships", "all themes"]
        sheet.dismiss()
        hands.act("undo")
        hands.act("agreement")
        hands.until(lambda: sheet.isVisible() and sheet._count.text() == "1 of 2 disagreements are left")
        assert [sheet._mine.itemText(row) for row in range(sheet._mine.count())] == ["Me", "Ben", CONSENSUS]
        sheet._open.click()
        hands.until(lambda: not sheet.isVisible())
        hands.until(lambda: hands.window.reader.focused() is not None)
        assert hands.window.context.settings.get("layers")


@pytest.mark.parametrize("kept", [True, False])
def test_a_passage_in_another_layer_is_shown_with_it_and_a_word(
    qtbot, looks, library, round_, settings, tmp_path, kept
):
    with opened(qtbot, library, settings, looks) as hands:
        taken(hands, round_).dismiss()
        with Workspace(library) as workspace:
            article = workspace.articles.by_keys(workspace.keys("bridge"))[0]
            theirs = next(one for one in workspace.highlights.of_article(article.key) if one.author == "Ben")
        said = []
        hands.window.messages.spoken.connect(said.append)
        if not kept:
            (tmp_path / "settings.new").mkdir()
        hands.window.board.open_wished.emit(article.id, theirs.id)
        hands.until(lambda: hands.window.reader.focused() == theirs.id)
        assert "of Ben" in said[0] if kept else "The settings cannot be kept" in said[0]
        assert hands.window.context.settings.get("layers")


def test_after_a_decision_that_is_refused_the_sheet_still_shows_what_changes(qtbot, looks, library, round_, settings):
    with Workspace(library) as workspace:
        workspace.collections.add("Consensus with Ben", query="bridge")
        (mine,) = workspace.highlights.of_article(workspace.keys("bridge")[0])
    with opened(qtbot, library, settings, looks) as hands:
        said = []
        hands.window.messages.spoken.connect(said.append)
        taken(hands, round_)._go.click()
        hands.until(lambda: hands.window.findChild(AgreementSheet))
        sheet = hands.window.findChild(AgreementSheet)
        hands.until(lambda: sheet.list.questions.found and sheet.table.rows())
        QTest.keyClick(sheet.list, Qt.Key.Key_T)
        hands.until(lambda: any("is filled by its query" in one for one in said))
        assert sheet._count.text() == "2 of 2 disagreements are left"
        hands.window.context.bridge.ask(lambda workspace: workspace.highlights.remove(mine.id))
        hands.until(lambda: sheet.table.rows()[0][:3] == ("Mayor", "0", "1"))


def test_where_there_is_no_second_coder_it_is_said(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("agreement")
        toast = hands.window.findChild(Toast)
        hands.until(lambda: "No coder’s round" in toast.text())
        hands.act("take-in-round")
        sheet = hands.window.findChild(TakeInSheet)
        sheet._path.setText(str(library / "nowhere"))
        sheet._go.click()
        hands.until(lambda: "nothing at" in sheet._trouble.text())


def test_a_merge_is_looked_at_before_it_is_done_and_undone(qtbot, looks, library, settings, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(library, other)
    with Workspace(other, create=False) as theirs:
        key = next(
            one.key for one in theirs.articles.by_keys(theirs.articles.keys()) if one.metadata.title == "Bridges"
        )
        theirs.articles.edit(key, {"outlet": "Evening Post"})
        add(theirs.holdings, "Snow fell.", title="Snow")
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Bridges")
        hands.window.merge_page.look_at(str(other))
        sheet = hands.window.findChild(MergeSheet)
        hands.until(lambda: sheet._go.isEnabled())
        assert "New from there: 1 article." in sheet._counts.text()
        assert sheet.table.rows() == [("Article", "Bridges", "outlet", "–", "Evening Post")]
        assert hands.window.context.session.article.metadata.outlet is None
        sheet._go.click()
        hands.until(lambda: not sheet.isVisible())
        hands.until(lambda: hands.window.context.session.article.metadata.outlet == "Evening Post")
        hands.until(lambda: "Snow" in " ".join(hands.titles()))
        hands.act("undo")
        hands.until(lambda: hands.window.context.session.article.metadata.outlet is None)
        hands.window.merge_page.look_at(str(tmp_path / "nothing"))
        hands.until(lambda: "no library" in sheet._counts.text())
        assert not sheet._go.isEnabled()
