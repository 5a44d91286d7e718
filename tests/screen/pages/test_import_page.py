"""The card of an import leads on: to what failed or is missing, to lost highlights, to articles like the new ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.workspace import Workspace
from tests.libraries import imported, tables
from tests.windows import opened
from ui.dialogs.comparison_sheet import ComparisonSheet
from ui.dialogs.details_sheet import DetailsSheet
from ui.dialogs.import_report import ImportReportView
from ui.dialogs.import_sheet import ImportSheet


def story(folder: Path, name: str, without: str = "") -> Path:
    known = {"title": f"Story {name}", "outlet": "Post", "published": "2025-03-04", "byline": "Ada Holm"}
    front = "".join(f"{field}: {value}\n" for field, value in known.items() if field != without)
    path = folder / f"{name}.md"
    path.write_text(f"---\n{front}---\n\nBy Bo Lind in {name}.\n\nText of {name}.\n")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, story(tmp_path, "d"))
    return tmp_path / "library"


@pytest.fixture
def hands(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as made:
        yield made


def said(widget: QWidget) -> str:
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def lines(card: ImportSheet) -> list[str]:
    model = card.findChild(ImportReportView).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def rows_of(sheet: DetailsSheet) -> list[str]:
    model = sheet.list.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_an_import_tells_what_needs_details_and_leads_to_those_alone(hands, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    hands.window.import_paths([story(more, "x", "byline"), story(more, "y")])
    card = hands.window.findChild(ImportSheet)
    hands.until(lambda: "1 needs details" in said(card))
    hands.click(hands.labelled("Fill in…"))
    hands.rest()
    sheet = hands.window.findChild(DetailsSheet)
    assert rows_of(sheet) == ["Story x, x.md, missing: byline"]
    hands.type("Bo Lind")
    hands.key(Qt.Key.Key_Return)
    hands.rest()
    hands.key(Qt.Key.Key_Escape)
    hands.rest()
    assert "need" not in said(card)


def test_lost_highlights_of_a_new_version_lead_to_the_notes_where_they_are_placed(hands, library, tmp_path):
    with Workspace(library) as workspace:
        article = next(one for one in workspace.search("", limit=9).found if one.article.metadata.title == "Story d")
        workspace.highlights.add(article.article.key, 0, 11, [])
    version = tmp_path / "d.md"
    version.write_text(version.read_text().replace("By Bo Lind in d.", "Nobody signs this any more."))
    hands.window.import_paths([version])
    card = hands.window.findChild(ImportSheet)
    hands.until(lambda: "1 updated" in said(card))
    hands.rest()
    view = card.findChild(ImportReportView)
    line = view.model().index(1, 0)
    assert line.data() == "Story d, 1 highlight lost its passage · show it under Notes"
    hands.click(view.viewport(), view.visualRect(line).center())
    hands.rest()
    assert hands.window.context.session.article.metadata.title == "Story d"
    assert hands.window.side.tab() == "notes"
    assert hands.window.side.notes.isVisible()


def test_an_article_much_like_another_opens_beside_it(hands, tmp_path):
    text = " ".join(f"Sentence {number} says something of its own about the harbour." for number in range(60))
    for name, end in (("one", ""), ("two", " And a last word.")):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n{text}{end}\n")
    hands.window.import_paths([tmp_path / "one.md"])
    hands.rest()
    hands.window.import_paths([tmp_path / "two.md"])
    card = hands.window.findChild(ImportSheet)
    hands.until(lambda: "1 of them much like others" in said(card))
    view = card.findChild(ImportReportView)
    hands.click(view.viewport(), view.visualRect(view.model().index(1, 0)).center())
    hands.rest()
    assert hands.window.context.session.article.metadata.title == "two"
    assert hands.window.findChild(ComparisonSheet).isVisible()


def test_a_file_in_an_archive_that_failed_is_named_with_it_and_tried_again(hands, library, tmp_path):
    box = tmp_path / "box.zip"
    with zipfile.ZipFile(box, "w") as archive:
        archive.write(story(tmp_path, "x"), "letters/x.md")
        archive.writestr("letters/half.html", b"\x00\x01\x02 PK")
    with Workspace(library) as workspace:
        before = tables(workspace.library.database)
    hands.window.import_paths([box])
    card = hands.window.findChild(ImportSheet)
    hands.until(lambda: "1 added, 1 failed" in said(card))
    assert lines(card)[1].startswith("box.zip/letters/half.html, ")
    step = card._report.step
    hands.click(hands.labelled("Try the failed ones again"))
    hands.until(lambda: "1 in the library already, 1 failed" in said(card))
    hands.rest()
    with Workspace(library) as workspace:
        assert workspace.history()[0].number == step
    hands.act("undo")
    with Workspace(library) as workspace:
        assert tables(workspace.library.database) == before


def test_an_import_is_undone_from_its_card(hands, tmp_path):
    before = hands.titles()
    hands.window.import_paths([story(tmp_path, "x")])
    hands.until(lambda: len(hands.titles()) == len(before) + 1)
    hands.rest()
    hands.click(hands.labelled("Undo the import"))
    hands.rest()
    assert hands.titles() == before
