"""The import card: how far it is, what came of it, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QWidget

from app.importing.reporting import Alike, ImportReport, Recalled, Refused, Taken, Tidied
from app.library.bodies import Reanchored
from app.progress import Progress
from app.wording import Message
from ui.dialogs.import_report import ImportReportView
from ui.dialogs.import_sheet import ImportSheet
from ui.dialogs.journey_words import time_left
from ui.dialogs.pace import Pace

LEFT = Qt.MouseButton.LeftButton


def taken(count, kind="a"):
    return tuple(Taken(f"{kind}{i}", f"Title {i}", f"/clips/{kind}{i}.html") for i in range(count))


REASON = Message("This PDF is locked ({how}).", {"how": "password"})
REPORT = ImportReport(
    added=taken(3),
    updated=(Taken("u0", "Changed", "/clips/u.html", Reanchored(orphaned=("h1", "h2"))),),
    duplicates=taken(1, "d"),
    skipped=(Refused("/clips/x.exe", Message("Files ending in {suffix} are not read.", {"suffix": ".exe"})),),
    failed=(Refused("/clips/p.pdf", REASON), Refused("/clips/q.pdf", REASON)),
    seconds=2.0,
    step=7,
)


@pytest.fixture
def window(shown):
    made = QWidget()
    made.field = QLineEdit(made)
    return shown(made, 1000, 700)


@pytest.fixture
def sheet(looks, window):
    made = ImportSheet(looks, window)
    made.begin()
    return made


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text())


def pressed(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible())


def rows(sheet):
    model = sheet.findChild(ImportReportView).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_progress_is_shown_and_the_total_may_grow(sheet, qtbot):
    sheet.show_progress(Progress(2, 5, "/clips/one.html"))
    qtbot.waitUntil(lambda: "2 of 5" in words(sheet))
    assert "one.html" in words(sheet)
    sheet.show_progress(Progress(3, 12, "/clips/two.html"))
    qtbot.waitUntil(lambda: "3 of 12" in words(sheet))
    bar = sheet.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (3, 12)


def test_while_files_are_looked_for_it_says_so(sheet, qtbot):
    sheet.begin()
    bar = sheet.findChild(QProgressBar)
    sheet.show_progress(Progress(0, 70, ""))
    qtbot.waitUntil(lambda: "70 files so far" in words(sheet))
    assert "Looking for files…" in words(sheet)
    assert " of " not in words(sheet)
    assert bar.maximum() == 0
    sheet.show_progress(Progress(0, 70, "/clips/one.html"))
    qtbot.waitUntil(lambda: "0 of 70" in words(sheet))
    assert "Looking for files…" not in words(sheet)
    assert (bar.value(), bar.maximum()) == (0, 70)


def test_it_takes_no_keyboard_and_leaves_the_window_usable(sheet, window, qtbot):
    window.field.setFocus()
    sheet.begin()
    sheet.show_report(REPORT)
    assert window.field.hasFocus()
    assert not sheet.geometry().contains(window.rect().topRight())


def test_a_cancelled_import_says_that_what_is_in_stays(sheet, qtbot):
    with qtbot.waitSignal(sheet.cancel_wished):
        qtbot.mouseClick(pressed(sheet, "Cancel"), LEFT)
    assert not pressed(sheet, "Stopping…").isEnabled()
    sheet.show_report(ImportReport(added=taken(2), step=3))
    assert "2 added" in words(sheet)
    assert "You stopped the import" in words(sheet)
    sheet.begin()
    sheet.show_report(REPORT)
    assert "You stopped" not in words(sheet)


def test_a_late_progress_does_not_disturb_the_report(sheet, qtbot):
    sheet.show_progress(Progress(2, 5, "/clips/one.html"))
    sheet.show_report(REPORT)
    qtbot.wait(120)
    assert "2 of 5" not in words(sheet)


def test_the_report_counts_and_opens_on_what_failed(sheet):
    sheet.show_report(REPORT)
    assert "3 added, 1 updated, 1 in the library already, 1 skipped, 2 failed" in words(sheet)
    assert rows(sheet) == [
        "Failed, 2",
        "p.pdf, This PDF is locked (password).",
        "q.pdf, This PDF is locked (password).",
        "Highlights to place again, 1",
        "Changed, 2 highlights lost their passages · show them under Notes",
        "Added, 3",
        "Updated, 1",
        "In the library already, 1",
        "Skipped, 1",
    ]


def test_an_import_of_nothing_says_so(sheet):
    sheet.show_report(ImportReport())
    assert "Nothing was imported" in words(sheet)


def test_sections_open_and_close_and_an_article_opens(sheet, qtbot):
    sheet.show_report(REPORT)
    view = sheet.findChild(ImportReportView)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert rows(sheet)[:2] == ["Failed, 2", "Highlights to place again, 1"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert rows(sheet)[:4] == ["Failed, 2", "Highlights to place again, 1", "Added, 3", "Updated, 1"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(sheet.open_wished) as wished:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wished.args == ["a0"]
    with qtbot.waitSignal(sheet.open_wished) as wished:
        qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(4, 0)).center())
    assert wished.args == ["a1"]


def test_a_long_reason_stands_there_whole(sheet):
    words = " ".join(["It is locked with a password. Open it elsewhere with its password and save it anew."] * 2)
    long = Refused("/clips/p.pdf", Message(words, {}))
    sheet.show_report(ImportReport(failed=(long, Refused("/clips/q.pdf", Message("It is empty.", {})))))
    view = sheet.findChild(ImportReportView)
    assert view.rowHeight(1) > view.rowHeight(2)
    assert view.visualRect(view.model().index(2, 0)).bottom() < view.viewport().height()


def test_of_a_section_that_is_opened_at_the_bottom_its_lines_are_seen(sheet, qtbot):
    sheet.show_report(ImportReport(failed=tuple(Refused(f"/c/{i}.pdf", REASON) for i in range(20)), added=taken(4)))
    view = sheet.findChild(ImportReportView)
    view.scrollToBottom()
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(21, 0)).center())
    assert view.viewport().rect().contains(view.visualRect(view.model().index(22, 0)))


def test_opened_lines_never_lie_on_the_buttons(sheet, qtbot):
    sheet.show_report(ImportReport(added=taken(5)))
    view = sheet.findChild(ImportReportView)
    view.setFocus()
    before = sheet.height()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert sheet.height() > before
    assert view.geometry().bottom() < pressed(sheet, "Close").geometry().top()


def test_highlights_that_lost_their_passages_are_listed_by_article_and_lead_to_them(sheet, qtbot):
    sheet.show_report(REPORT)
    view = sheet.findChild(ImportReportView)
    with qtbot.waitSignal(sheet.place_wished) as wished:
        qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(4, 0)).center())
    assert wished.args == ["u0"]


@pytest.mark.parametrize(
    ("group", "marks", "said"),
    [
        ("added", Reanchored(kept=("h1",)), "1 highlight came with it"),
        ("added", Reanchored(kept=("h1", "h2"), orphaned=("h3",)), "2 highlights came with it · 1 lost its passage"),
        (
            "updated",
            Reanchored(kept=("h1",), moved=("h2", "h3")),
            "1 highlight in its place · 2 went with their passages",
        ),
    ],
)
def test_what_became_of_highlights_is_said_for_each_article(sheet, qtbot, group, marks, said):
    report = ImportReport(**{group: (Taken("x", "Title", "/clips/x.html", marks),)})
    sheet.show_report(report)
    model = sheet.findChild(ImportReportView).model()
    model.toggle(model.rowCount() - 1)
    assert rows(sheet)[-1] == f"Title, x.html · {said}"
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    assert said in QGuiApplication.clipboard().text()


def test_an_article_much_like_another_is_said_and_leads_to_the_comparison(sheet, qtbot):
    (first,) = taken(1)
    sheet.show_report(ImportReport(added=(first,), similar=(Alike(first, "b", "Another", 0.927),)))
    assert "1 added, 1 of them much like others" in words(sheet)
    assert rows(sheet)[:2] == ["Much like others, 1", "Title 0, much like “Another” (92 %)"]
    view = sheet.findChild(ImportReportView)
    with qtbot.waitSignal(sheet.compare_wished) as wished:
        qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(1, 0)).center())
    assert wished.args == ["a0"]


def test_what_lies_in_a_file_is_named_with_it_and_the_file_is_tried_again(sheet, qtbot):
    box, reason = "/clips/box.zip", Message("There is no text in this file.")
    inside = [Refused(f"{box}/letters/{name}.html", reason, box) for name in ("one", "two")]
    sheet.show_report(ImportReport(failed=tuple(inside), added=(Taken("a", "", f"{box}/b.html", file=box),)))
    assert rows(sheet)[1:3] == [f"box.zip/letters/{name}.html, {reason}" for name in ("one", "two")]
    with qtbot.waitSignal(sheet.retry_wished) as wished:
        qtbot.mouseClick(pressed(sheet, "Try the failed ones again"), LEFT)
    assert list(wished.args[0]) == [Path(box)]


def test_new_themes_are_named(sheet, qtbot):
    sheet.show_report(ImportReport(themes=("Water", "Water > Tides"), step=3))
    sheet.findChild(ImportReportView).model().toggle(0)
    assert rows(sheet) == ["New themes, 2", "Water, a theme of its own", "Tides, Water"]
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    assert "Water > Tides" in QGuiApplication.clipboard().text()


def test_collections_that_a_file_describes_are_named(sheet, qtbot):
    sheet.show_report(ImportReport(collections=("Boats",), step=3))
    assert "1 new collection" in words(sheet)
    sheet.findChild(ImportReportView).model().toggle(0)
    assert rows(sheet) == ["New collections, 1", "Boats, with the articles and passages that the file names"]
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    assert "Boats" in QGuiApplication.clipboard().text()


def test_what_is_left_out_from_now_on_is_said_for_each_outlet(sheet, qtbot):
    sheet.show_report(ImportReport(tidied=(Tidied("The Post", Message("{count} lines.", {"count": 3})),), step=3))
    sheet.findChild(ImportReportView).model().toggle(0)
    assert rows(sheet) == ["Left out from now on, 1", "The Post, 3 lines."]
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    assert "The Post\t3 lines." in QGuiApplication.clipboard().text()


def test_columns_that_were_said_before_are_told_with_how_many_files_have_them(sheet, qtbot):
    sheet.show_report(ImportReport(recalled=(Recalled("title = Kop, text = Verhaal", 2),), step=3))
    sheet.findChild(ImportReportView).model().toggle(0)
    assert rows(sheet) == ["Columns as you said before, 1", "title = Kop, text = Verhaal, in 2 files"]
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    assert "title = Kop, text = Verhaal\tin 2 files" in QGuiApplication.clipboard().text()


def test_files_that_were_split_as_the_last_time_are_told(sheet, qtbot):
    sheet.show_report(ImportReport(split=("/in/all.docx",), step=3))
    sheet.findChild(ImportReportView).model().toggle(0)
    assert rows(sheet) == ["Split as you said before, 1", "all.docx, into its articles, as it was the last time"]
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    assert "/in/all.docx" in QGuiApplication.clipboard().text()


def test_articles_that_need_details_are_counted_and_offered(sheet, qtbot):
    sheet.show_report(REPORT)
    assert "need details" not in words(sheet)
    sheet.show_gaps(3)
    assert "3 need details" in words(sheet)
    with qtbot.waitSignal(sheet.details_wished):
        qtbot.mouseClick(pressed(sheet, "Fill in…"), LEFT)
    sheet.show_gaps(0)
    assert "need details" not in words(sheet)


def test_a_line_that_failed_opens_nothing(sheet, qtbot):
    sheet.show_report(REPORT)
    view = sheet.findChild(ImportReportView)
    with qtbot.assertNotEmitted(sheet.open_wished):
        qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(1, 0)).center())


def test_failed_files_are_tried_again_each_once(sheet, qtbot):
    sheet.show_report(ImportReport(failed=(*REPORT.failed, REPORT.failed[0])))
    with qtbot.waitSignal(sheet.retry_wished) as wished:
        qtbot.mouseClick(pressed(sheet, "Try the failed ones again"), LEFT)
    assert list(wished.args[0]) == [Path("/clips/p.pdf"), Path("/clips/q.pdf")]


def test_an_import_is_undone_once(sheet, qtbot):
    sheet.show_report(REPORT)
    undo = pressed(sheet, "Undo the import")
    with qtbot.waitSignal(sheet.undo_wished) as wished:
        qtbot.mouseClick(undo, LEFT)
    assert wished.args == [7]
    assert not sheet.isVisible()  # its links would lead nowhere


def test_nothing_to_undo_or_retry_is_not_offered(sheet):
    sheet.show_report(ImportReport(duplicates=taken(1)))
    shown = {one.text() for one in sheet.findChildren(QPushButton) if one.isVisible()}
    assert shown == {"Copy report", "Close"}


def test_the_whole_report_is_copied(sheet, qtbot):
    sheet.show_report(REPORT)
    qtbot.mouseClick(pressed(sheet, "Copy report"), LEFT)
    text = QGuiApplication.clipboard().text()
    for piece in ("3 added", "Title 2\t/clips/a2.html", "/clips/q.pdf\tThis PDF is locked (password)."):
        assert piece in text


def test_escape_closes_the_report_but_not_a_running_import(sheet, qtbot):
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.show_report(REPORT)
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet.findChild(ImportReportView), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_failed_journey_says_what_to_do(sheet):
    sheet.show_error("The disk is full.", "Make room, then import again.")
    assert "The disk is full. | Make room, then import again." in words(sheet)
    assert not sheet.is_running()


def test_ten_thousand_lines_make_no_widgets(sheet):
    before = len(sheet.findChildren(QWidget))
    sheet.show_report(ImportReport(added=taken(10_000)))
    sheet.findChild(ImportReportView).model().toggle(0)
    assert len(rows(sheet)) == 10_001
    assert len(sheet.findChildren(QWidget)) <= before + 2


def test_it_stays_in_the_corner_of_a_smaller_window(sheet, window):
    sheet.show_report(REPORT)
    window.resize(500, 360)
    card = sheet.findChild(ImportReportView).parentWidget().parentWidget()
    place = card.mapTo(window, card.rect().topLeft()), card.mapTo(window, card.rect().bottomRight())
    assert all(window.rect().contains(point) for point in place)


def test_a_hostile_title_stays_plain_in_its_tip(sheet):
    sheet.show_report(ImportReport(added=(Taken("a", "<img src=/etc/passwd>", "/x.html"),)))
    model = sheet.findChild(ImportReportView).model()
    model.toggle(0)
    assert "<img" not in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


# ---------------------------------------- pace


def test_an_even_pace_is_told_exactly():
    pace = Pace(0.0)
    for second in range(1, 20):
        pace.take(second * 50, float(second))
    assert pace.rate() == pytest.approx(50)
    assert pace.seconds_left(950, 1450) == pytest.approx(10)


def test_nothing_is_told_before_anything_is_done():
    assert Pace(0.0).seconds_left(0, 10) is None
    assert Pace(0.0).rate() == 0


def test_the_pace_follows_a_change_slowly():
    pace = Pace(0.0)
    for second in range(1, 11):
        pace.take(second * 100, float(second))
    pace.take(1000, 11.0)
    assert 50 < pace.rate() < 100
    for second in range(12, 60):
        pace.take(1000 + (second - 11) * 10, float(second))
    assert pace.rate() == pytest.approx(10, rel=0.1)


@given(st.lists(st.tuples(st.integers(0, 500), st.floats(0, 30)), max_size=30))
def test_a_pace_lies_between_the_slowest_and_the_fastest(steps):
    pace, done, moment = Pace(0.0), 0, 0.0
    for more, passed in steps:
        done, moment = done + more, moment + passed
        pace.take(done, moment)
    assert pace.rate() >= 0
    left = pace.seconds_left(done, done + 10)
    assert left is None or left > 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "1 s left"), (7.4, "7 s left"), (22, "20 s left"), (100, "2 min left"), (7300, "2 h left")],
)
def test_the_time_left_is_told_roughly(seconds, text):
    assert time_left(seconds) == text
