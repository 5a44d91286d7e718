"""What is not known of articles is filled in over the window: one by one, several at once, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit

from app.library.articles import Source
from app.workspace import Workspace
from tests.libraries import draft, imported, tables
from tests.windows import Hands, opened
from ui.commands import filling
from ui.dialogs.details_sheet import DetailsSheet
from ui.dialogs.rules_sheet import RulesSheet
from ui.widgets.offers import Offers
from ui.wording import number

ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MISSING = {"a": ("published", "byline"), "b": ("byline",), "c": ("outlet", "byline")}


def story(folder: Path, name: str, without: tuple[str, ...]) -> Path:
    known = {"title": f"Story {name}", "outlet": "Post", "published": "2025-03-04", "byline": "Ada Holm"}
    front = "".join(f"{field}: {value}\n" for field, value in known.items() if field not in without)
    path = folder / f"{name}.md"
    path.write_text(f"---\n{front}---\n\nBy Bo Lind in {name}.\n\nText of {name}.\n")
    return path


@pytest.fixture
def stories(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    return [story(folder, name, without) for name, without in (*MISSING.items(), ("d", ()))]


@pytest.fixture
def library(tmp_path: Path, stories: list[Path]) -> Path:
    with Workspace(tmp_path / "library") as workspace:
        for path in reversed(stories):
            imported(workspace, path)
    return tmp_path / "library"


@pytest.fixture
def hands(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as made:
        yield made


def queue(hands: Hands) -> DetailsSheet:
    hands.act("details-queue")
    sheet = hands.window.findChild(DetailsSheet)
    hands.until(lambda: sheet.isVisible() and sheet.form.isEnabled())
    hands.rest()
    return sheet


def listed(sheet: DetailsSheet) -> list[str]:
    model = sheet.list.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def click(hands: Hands, sheet: DetailsSheet, row: int, modifiers: Qt.KeyboardModifier | None = None) -> None:
    place = sheet.list.visualRect(sheet.list.model().index(row, 0)).center()
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, modifiers or none, place)
    hands.rest()


def enter(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Return)
    hands.rest()


def said(sheet: DetailsSheet) -> str:
    return " | ".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible())


def known(library: Path) -> dict[str, tuple[str | None, str | None, str | None]]:
    with Workspace(library) as workspace:
        held = [one.metadata for one in workspace.articles.by_keys(workspace.articles.keys())]
    return {one.title: (one.byline, one.outlet, str(one.published) if one.published else None) for one in held}


def test_articles_are_filled_in_one_after_the_other_by_keyboard_alone(hands, library):
    sheet = queue(hands)
    assert listed(sheet) == [
        "Story a, a.md, missing: date, byline",
        "Story b, b.md, missing: byline",
        "Story c, c.md, missing: outlet, byline",
    ]
    assert "By Bo Lind in a." in sheet.findChild(QPlainTextEdit).toPlainText()
    assert "3 of 3 left" in said(sheet)
    assert sheet.form.current() == "byline"
    hands.type("Bo Lind")
    sheet.form.field("published").line.setFocus()
    hands.type("4 Mar 2024")
    enter(hands)
    assert listed(sheet)[0] == "Story a, a.md, complete"
    assert "2 of 3 left" in said(sheet)
    hands.type("Bo Lind")
    enter(hands)
    sheet.form.field("byline").chip.click()
    sheet.form.field("outlet").line.setFocus()
    hands.type("Mail")
    enter(hands)
    assert "Done. Everything that was missing" in said(sheet)
    hands.key(Qt.Key.Key_Escape)
    hands.until(lambda: not sheet.isVisible())
    assert known(library) == {
        "Story a": ("Bo Lind", "Post", "2024-03-04"),
        "Story b": ("Bo Lind", "Post", "2025-03-04"),
        "Story c": (None, "Mail", "2025-03-04"),
        "Story d": ("Ada Holm", "Post", "2025-03-04"),
    }


def test_what_was_filled_in_is_taken_back_step_by_step(hands, library):
    with Workspace(library) as workspace:
        before = tables(workspace.library.database)
    sheet = queue(hands)
    hands.type("Bo Lind")
    enter(hands)
    hands.type("Cy Ek")
    enter(hands)
    assert "2 of 3 left" in said(sheet)
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    assert "3 of 3 left" in said(sheet)
    assert sheet.form.field("byline").line.text() == ""
    assert sheet.list.selected() == (sheet.list.rows.keys()[1],)
    hands.click(hands.labelled("Undo"))
    hands.rest()
    assert listed(sheet)[0] == "Story a, a.md, missing: date, byline"
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    with Workspace(library) as workspace:
        assert tables(workspace.library.database) == before


def test_what_is_refused_was_not_saved_and_is_not_taken_back(hands, library):
    sheet = queue(hands)
    with Workspace(library) as workspace:
        workspace.articles.remove(workspace.keys('title:"Story b"'))
    hands.type("Bo Lind")
    enter(hands)
    assert "Saved." in said(sheet)
    hands.type("Cy Ek")
    enter(hands)
    assert "The article is no longer there." in said(sheet)
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    assert known(library)["Story a"][0] is None
    assert not any(one.isVisible() and one.text() == "Undo" for one in sheet.findChildren(QAbstractButton))


def test_control_z_takes_back_what_is_being_typed_first(hands):
    sheet = queue(hands)
    hands.type("Bo Lind")
    enter(hands)
    hands.type("x")
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    assert sheet.form.field("byline").line.text() == ""
    assert "byline" not in listed(sheet)[0]


def test_nothing_is_lost_by_going_elsewhere(hands, library):
    sheet = queue(hands)
    hands.type("Bo Lind")
    click(hands, sheet, 1)
    sheet.form.field("byline").line.setFocus()
    hands.type("Cy Ek")
    hands.key(Qt.Key.Key_Up, ALT)
    hands.rest()
    assert sheet.form.field("byline").line.text() == "Bo Lind"
    hands.key(Qt.Key.Key_Down, ALT)
    hands.key(Qt.Key.Key_Down, ALT)
    hands.rest()
    sheet.form.field("outlet").line.setFocus()
    hands.type("Mail")
    hands.click(hands.labelled("Close"))
    hands.rest()
    assert known(library)["Story a"][0] == "Bo Lind"
    assert known(library)["Story b"][0] == "Cy Ek"
    assert known(library)["Story c"][1] == "Mail"


def test_escape_takes_back_what_is_being_written_and_then_closes(hands, library):
    sheet = queue(hands)
    hands.type("Bo Lind")
    hands.key(Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.form.field("byline").line.text() == ""
    hands.key(Qt.Key.Key_Escape)
    hands.rest()
    assert not sheet.isVisible()
    assert known(library)["Story a"][0] is None


def test_what_is_no_date_is_said_and_stays_typed(hands, library):
    sheet = queue(hands)
    sheet.form.field("published").line.setFocus()
    hands.type("Thursday")
    enter(hands)
    assert "Write the date as" in said(sheet)
    assert sheet.list.selected() == (sheet.list.rows.keys()[0],)
    click(hands, sheet, 1)
    assert "Write the date as" not in said(sheet)
    click(hands, sheet, 0)
    assert sheet.form.field("published").line.text() == "Thursday"
    assert "Write the date as" in said(sheet)
    sheet.form.field("published").chip.click()
    sheet.form.field("byline").line.setFocus()
    hands.type("Bo Lind")
    enter(hands)
    assert listed(sheet)[0] == "Story a, a.md, complete"
    assert known(library)["Story a"] == ("Bo Lind", "Post", None)


def test_closing_goes_once_to_what_is_no_date(hands, library):
    sheet = queue(hands)
    click(hands, sheet, 1, SHIFT)
    sheet.form.field("published").line.setFocus()
    hands.type("Thursday")
    click(hands, sheet, 2)
    hands.click(hands.labelled("Close"))
    hands.rest()
    assert "Close once more to leave this date out." in said(sheet)
    assert sheet.list.selected() == tuple(sheet.list.rows.keys()[:2])
    assert sheet.form.field("published").line.text() == "Thursday"
    hands.click(hands.labelled("Close"))
    hands.rest()
    assert not sheet.isVisible()
    sheet = queue(hands)
    click(hands, sheet, 1, SHIFT)
    assert sheet.form.field("published").line.text() == ""
    assert {published for _, _, published in known(library).values()} == {None, "2025-03-04"}


def test_what_cannot_be_written_down_stays_in_its_fields(hands, library, tmp_path):
    sheet = queue(hands)
    library.rename(tmp_path / "away")
    hands.type("Bo Lind")
    sheet.form.field("published").chip.click()
    enter(hands)
    hands.until(lambda: "cannot be found" in said(sheet))
    click(hands, sheet, 0)
    assert sheet.form.field("byline").line.text() == "Bo Lind"
    assert sheet.form.field("published").chip.isChecked()
    (tmp_path / "away").rename(library)
    enter(hands)
    assert sheet.form.current() == "byline"
    enter(hands)
    assert "cannot be found" not in said(sheet)
    assert listed(sheet)[0] == "Story a, a.md, complete"
    assert known(library)["Story a"] == ("Bo Lind", "Post", None)


def test_a_sheet_that_was_closed_opens_again_over_what_cannot_be_written_down(hands, library, tmp_path):
    sheet = queue(hands)
    library.rename(tmp_path / "away")
    hands.type("Bo Lind")
    hands.click(hands.labelled("Close"))
    hands.until(lambda: sheet.isVisible() and "cannot be found" in said(sheet))
    assert sheet.form.field("byline").line.text() == "Bo Lind"
    hands.click(hands.labelled("Close"))
    hands.rest()
    assert not sheet.isVisible()
    (tmp_path / "away").rename(library)


def test_the_beginning_of_a_text_is_short_and_has_no_holes():
    picture = "\N{OBJECT REPLACEMENT CHARACTER}"
    assert filling.beginning(f"{picture}\nBy Ada\n \nIt rains.{picture}") == "By Ada\n\nIt rains."
    long = filling.beginning("e\N{COMBINING ACUTE ACCENT}" * 2_000)
    assert long.endswith("\N{COMBINING ACUTE ACCENT}…")
    assert len(long) <= filling.BEGINNING + 1


def test_several_are_filled_in_together_as_one_step(hands, library):
    sheet = queue(hands)
    click(hands, sheet, 1, SHIFT)
    click(hands, sheet, 2, CONTROL)
    assert "For 3 articles" in said(sheet)
    sheet.form.field("byline").line.setFocus()
    hands.type("Bo Lind")
    hands.click(hands.labelled("Save for 3 articles"))
    hands.rest()
    assert "Written on 3 articles.  2 of 3 left" in said(sheet)
    assert listed(sheet) == [
        "Story a, a.md, missing: date",
        "Story b, b.md, complete",
        "Story c, c.md, missing: outlet",
    ]
    assert sheet.list.selected() == (sheet.list.rows.keys()[0],)
    assert sheet.form.current() == "published"
    assert {key: value[1:] for key, value in known(library).items()}["Story c"] == (None, "2025-03-04")
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    assert "3 of 3 left" in said(sheet)
    with Workspace(library) as workspace:
        assert [str(step.label) for step in workspace.history() if not step.done] == ["Details of 3 articles"]


def test_values_that_other_articles_have_are_offered(hands):
    sheet = queue(hands)
    hands.type("a")
    offers = hands.until(lambda: next((one for one in hands.window.findChildren(Offers) if one.isVisible()), None))
    assert [one.text for one in offers.offers()] == ["Ada Holm"]
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    assert sheet.form.field("byline").line.text() == "Ada Holm"
    assert listed(sheet)[0] == "Story a, a.md, missing: date, byline"
    enter(hands)
    assert listed(sheet)[0] == "Story a, a.md, missing: date"
    hands.key(Qt.Key.Key_Down)
    assert [one.text for one in offers.offers()] == ["Ada Holm"]


def test_an_empty_queue_says_so(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.act("details-queue")
        sheet = hands.until(lambda: hands.window.findChild(DetailsSheet))
        assert "Nothing is missing" in said(sheet)
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda: not sheet.isVisible())


def test_ten_thousand_articles_make_no_widgets_and_ask_for_few(qtbot, looks, tmp_path):
    with Workspace(tmp_path / "library") as workspace, workspace.library.deed("Many"):
        for place in range(10_000):
            workspace.holdings.articles.add(draft("A line.", title=f"Story {place}"), Source(f"{place}.txt"))
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        sheet = queue(hands)
        asked: list[int] = []
        sheet.articles_wished.connect(asked.extend)
        widgets = len(sheet.findChildren(QLabel))
        assert f"{number(10_000)} of {number(10_000)} left" in said(sheet)
        sheet.list.verticalScrollBar().setValue(sheet.list.verticalScrollBar().maximum())
        hands.rest()
        hands.until(lambda: listed_last(sheet) == "Story 0, 0.txt, missing: outlet, date, byline")
        assert len(asked) < 100
        assert len(sheet.findChildren(QLabel)) == widgets


def listed_last(sheet: DetailsSheet) -> str:
    model = sheet.list.model()
    return str(model.index(model.rowCount() - 1, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_what_is_always_left_out_is_listed_and_forgotten(hands, library):
    with Workspace(library) as workspace:
        article = workspace.search("title:story", limit=1).found[0].article
        workspace.furniture.always(article.key, "Read the Post daily.")
    hands.act("rules")
    sheet = hands.window.findChild(RulesSheet)
    hands.until(lambda: "read the post daily" in said(sheet).lower())
    hands.click(hands.labelled("Forget"))
    hands.until(lambda: "Nothing is always left out yet." in said(sheet))
    hands.rest()
    hands.click(hands.labelled("Undo"))
    hands.until(lambda: "read the post daily" in said(sheet).lower())
