"""*Check my draft* in the window, driven by keys: the report, a passage and back, the citation, the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.workspace import Workspace
from tests.libraries import add
from tests.windows import Hands, opened
from ui.dialogs.proof_sheet import ProofSheet
from ui.widgets.toast import Toast
from ui.wording import number

ARTICLE = (
    "It was a quiet week in the harbour, and the ferries ran.",
    "“We will not stop the cranes,” said Maria Novak. Trade fell by 45 per cent in March.",
)
DRAFT = """# My draft

“We will not stop the cranes,” said Maria Novak. John Brown said that “we will not stop the cranes” either.

“We will never stop all the cranes,” she said, as trade fell by 45%; “nobody has ever said this anywhere”.
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "library") as workspace:
        add(workspace.holdings, *ARTICLE, title="Cranes")
        add(workspace.holdings, "Something else.", title="Another")
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def checked(hands: Hands, path: Path) -> ProofSheet:
    """Check a draft that is chosen in the dialog; return the sheet."""
    hands.act("check-draft")
    sheet = hands.window.findChild(ProofSheet)
    hands.key(Qt.Key.Key_Return)  # the button that asks for a draft has the keyboard
    dialog = hands.until(lambda: sheet.dialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    hands.rest()
    return sheet


def said(sheet: ProofSheet) -> list[str]:
    rows = sheet.list.claims
    return [rows.spoken(row) for row in rows.rows]


def test_a_draft_is_checked_and_a_passage_opened_by_keys_alone(qtbot, looks, library, settings, draft):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Another")
        sheet = checked(hands, draft)
        assert said(sheet) == [
            "Verbatim: We will not stop the cranes,",
            "Said by another: we will not stop the cranes",
            "Altered: We will never stop all the cranes,",
            "Same figure: 45%",
            "Not found: nobody has ever said this anywhere",
        ]
        assert hands.window.focusWidget() is sheet.list
        hands.key(Qt.Key.Key_Down, to=sheet.list)
        assert "words of John Brown. Here they are those of Maria Novak" in sheet.view.toPlainText()
        hands.key(Qt.Key.Key_Down, to=sheet.list)
        assert "“not” became “never”" in sheet.view.toPlainText()
        hands.key(Qt.Key.Key_C, to=sheet.list)
        assert QGuiApplication.clipboard().text() == "“Cranes”, n.d., paragraph 2"
        hands.key(Qt.Key.Key_Return, to=sheet.list)
        hands.rest()
        assert not sheet.isVisible()
        assert hands.window.context.session.article.metadata.title == "Cranes"
        assert hands.window.reader.view.painter.flash == hands.span_of("We will not stop the cranes")
        hands.act("check-draft")  # the report is there again
        assert sheet.isVisible()
        assert sheet.list.current().number == 3
        hands.key(Qt.Key.Key_End, to=sheet.list)
        assert "No article says this" in sheet.view.toPlainText()
        hands.key(Qt.Key.Key_Return, to=sheet.list)
        assert sheet.isVisible()  # there is no passage to open
        hands.key(Qt.Key.Key_Escape, to=sheet.list)
        assert not sheet.isVisible()


def test_claims_are_narrowed_by_their_verdict(qtbot, looks, library, settings, draft):
    with opened(qtbot, library, settings, looks) as hands:
        sheet = checked(hands, draft)
        hands.click(hands.labelled("Altered  1"))
        assert said(sheet) == ["Altered: We will never stop all the cranes,"]
        hands.click(hands.labelled("All  5"))
        assert len(said(sheet)) == 5
        assert sheet.list.current().number == 3
        hands.key(Qt.Key.Key_Right, to=sheet.list)
        assert [one.split(":")[0] for one in said(sheet)] == ["Verbatim", "Same figure"]
        for _ in range(2):
            hands.key(Qt.Key.Key_Left, to=sheet.list)
        assert said(sheet) == ["Not found: nobody has ever said this anywhere"]


def test_the_report_is_exported_as_a_table(qtbot, looks, library, settings, draft, tmp_path):
    with opened(qtbot, library, settings, looks) as hands:
        sheet = checked(hands, draft)
        hands.click(hands.labelled("Export the report…"))
        assert sheet.dialog.selectedFiles() == [str(tmp_path / "draft.csv")]
        sheet.dialog.fileSelected.emit(str(tmp_path / "report.csv"))
        sheet.dialog.reject()
        hands.rest()
        toast = hands.window.findChild(Toast)
        hands.until(lambda: "report.csv" in toast.text())
        assert (tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()[2].startswith("2,quotation,said")


def test_a_click_on_the_passage_opens_it_and_a_word_leads_back(qtbot, looks, library, settings, draft):
    with opened(qtbot, library, settings, looks) as hands:
        sheet = checked(hands, draft)
        place = sheet.view.toPlainText().index("We will not stop", 60)
        cursor = sheet.view.textCursor()
        cursor.setPosition(place + 5)
        hands.click(sheet.view.viewport(), sheet.view.cursorRect(cursor).center())
        hands.rest()
        assert hands.window.context.session.article.metadata.title == "Cranes"
        hands.click(hands.labelled("Back to the draft"))
        assert sheet.isVisible()


def test_a_figure_in_another_context_is_shown_with_its_places_and_each_opens(qtbot, looks, library, settings, tmp_path):
    with Workspace(library) as workspace:
        add(workspace.holdings, "Bread costs 45 per cent more.", title="Bread")
    path = tmp_path / "weather.md"
    path.write_text("The weather improved by 45%.\n")
    with opened(qtbot, library, settings, looks) as hands:
        sheet = checked(hands, path)
        assert said(sheet) == ["Elsewhere: 45%"]
        words = sheet.view.toPlainText()
        assert "in another context" in words
        for passage, title in (("Bread costs", "Bread"), ("Trade fell", "Cranes")):
            hands.act("check-draft")
            cursor = sheet.view.textCursor()
            cursor.setPosition(words.index(passage) + 3)
            hands.click(sheet.view.viewport(), sheet.view.cursorRect(cursor).center())
            hands.rest()
            assert hands.window.context.session.article.metadata.title == title


def test_what_cannot_be_read_and_what_has_no_claims_is_said(qtbot, looks, library, settings, tmp_path):
    broken, empty = tmp_path / "broken.docx", tmp_path / "empty.md"
    broken.write_bytes(b"PK\x03\x04 broken")
    empty.write_text("# Nothing\n\nNothing is quoted here.\n")
    with opened(qtbot, library, settings, looks) as hands:
        sheet = checked(hands, broken)
        assert sheet._said.text().startswith("The archive is damaged.")
        hands.window.proof_page.check(empty)
        hands.rest()
        assert sheet._said.text().startswith("There is no quotation and no figure in empty.md.")
        assert hands.labelled("Choose a draft…").isEnabled()


def test_a_check_can_be_stopped(qtbot, looks, library, settings, tmp_path):
    long = tmp_path / "long.md"
    long.write_text("# Long\n\n" + "\n\n".join(f"He said “we may stop crane {n} now”." for n in range(5000)))
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("check-draft")
        sheet = hands.window.findChild(ProofSheet)
        hands.window.proof_page.check(long)
        hands.until(lambda: f"of {number(5000)} quotations" in sheet._said.text())
        hands.key(Qt.Key.Key_Escape, to=sheet)
        hands.rest()
        assert not sheet.has_proof()
        assert sheet.isVisible()
        assert hands.labelled("Choose a draft…").isEnabled()
        hands.key(Qt.Key.Key_Escape, to=sheet)
        assert not sheet.isVisible()
