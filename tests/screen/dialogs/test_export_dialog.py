"""The export dialog: one wish out of scope, format, options and target; a preview that is never stale; a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from app.exporters._base import TABLES, TO_READ, Export, Exporter
from app.exporting.bundling import Selection
from app.exporting.journey import ExportReport
from app.options import Option, chosen
from app.progress import Progress
from app.wording import Message
from ui.dialogs.choice_list import ChoiceList
from ui.dialogs.export_dialog import ExportDialog, ExportWish, Scope
from ui.dialogs.export_preview import ExportPreview, beginning
from ui.dialogs.export_target import ExportTarget
from ui.widgets.fields import CheckBox, DropDown

LEFT = Qt.MouseButton.LeftButton


def nothing(_bundle, _options):
    return Export(iter(()))


TABLE = Exporter(
    "table",
    "Table",
    ".csv",
    nothing,
    (
        Option("rows", "A row for each", "theme", ("theme", "highlight"), "Which rows."),
        Option("bom", "With a mark & more", True),
        Option("title", "Title", "Set"),
    ),
    group=TO_READ,
    good_for="Rows to be read.",
)
FOLDER = Exporter("folder", "Folder of notes", "", nothing, (Option("texts", "With texts", False),), group=TABLES)
BOOK = Exporter("book", "Book", ".xlsx", nothing)
DRAWN = Exporter(
    "drawn",
    "Drawn",
    ".txt",
    nothing,
    (Option("form", "Form", "plain", ("plain", "page")),),
    ends=lambda options: ".html" if options["form"] == "page" else ".txt",
)
SCOPES = [
    Scope("all", "Everything", 12, Selection()),
    Scope("theme:1", "Theme: Oil/Gas", 3, Selection(theme="1")),
]


@pytest.fixture
def window(shown):
    return shown(QWidget(), 1100, 700)


@pytest.fixture
def dialog(looks, window):
    made = ExportDialog(looks, (TABLE, FOLDER, BOOK, DRAWN), window)
    made.set_default_folder("/home/ada")
    made.show_scopes(SCOPES)
    made.open()
    return made


def pressed(dialog, text):
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text and one.isVisible())


def lists(dialog):
    return dialog.findChildren(ChoiceList)


def words(dialog):
    return " | ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible() and one.text())


def named(dialog, kind, name):
    return next(one for one in dialog.findChildren(kind) if one.accessibleName() == name)


def preview(dialog):
    return dialog.findChild(ExportPreview).text()


def path_field(dialog):
    return dialog.findChild(ExportTarget).findChild(QLineEdit)


def test_the_wish_is_what_is_chosen(dialog, qtbot):
    with qtbot.waitSignal(dialog.export_wished) as wished:
        qtbot.mouseClick(pressed(dialog, "Export"), LEFT)
    assert wished.args == [
        ExportWish(
            "all",
            Selection(),
            "table",
            {"rows": "theme", "bom": "yes", "title": "Set"},
            Path("/home/ada/Everything.csv"),
        )
    ]


def test_a_scope_and_a_format_are_chosen_by_the_arrows(dialog, qtbot):
    scopes, formats = lists(dialog)
    assert QApplication.focusWidget() is scopes
    qtbot.keyClick(scopes, Qt.Key.Key_Down)
    qtbot.keyClick(formats, Qt.Key.Key_Down)
    wish = dialog.wish()
    assert (wish.scope, wish.selection, wish.format) == ("theme:1", Selection(theme="1"), "folder")
    assert wish.target == Path("/home/ada/Theme- Oil-Gas")
    assert wish.options == {"texts": "no"}


def test_what_format_options_and_preview_are_seen_together_in_a_small_window(dialog):
    dialog.show_scopes([Scope(f"theme:{number}", f"Theme {number}", 3, Selection()) for number in range(9)])
    QApplication.processEvents()
    parts = [*lists(dialog), named(dialog, DropDown, "A row for each"), dialog.findChild(ExportPreview)]
    for part in parts:
        assert part.visibleRegion().boundingRect().height() == part.height(), part
    assert all(one.height() >= 2 * 32 for one in lists(dialog))


def test_the_options_are_those_that_the_journey_takes(dialog):
    for exporter in (TABLE, FOLDER, BOOK):
        dialog.choose_format(exporter.key)
        taken = chosen(exporter.name, exporter.options, dialog.wish().options)
        assert taken == {option.key: option.default for option in exporter.options}


def test_options_are_changed_and_remembered_over_formats(dialog, qtbot):
    drop = next(one for one in dialog.findChildren(DropDown) if one.count() == 2)
    box = named(dialog, CheckBox, "With a mark & more")
    qtbot.keyClick(drop, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert dialog.wish().options == {"rows": "highlight", "bom": "no", "title": "Set"}
    dialog.choose_format("folder")
    dialog.choose_format("table")
    assert dialog.wish().options == {"rows": "highlight", "bom": "no", "title": "Set"}


def test_a_name_with_an_ampersand_is_heard_and_seen_whole(dialog):
    box = named(dialog, CheckBox, "With a mark & more")
    assert not box.shortcut().toString()


@pytest.mark.parametrize(
    ("typed", "format_key", "target"),
    [
        ("/shelf/set", "table", "/shelf/set.csv"),
        ("/shelf/set.CSV", "table", "/shelf/set.CSV"),
        ("/shelf/a.b", "table", "/shelf/a.b.csv"),
        ("/shelf/set.csv", "book", "/shelf/set.xlsx"),
        ("/shelf/set.csv", "folder", "/shelf/set"),
        ("~no.such.reader/set", "table", "~no.such.reader/set.csv"),
        (f"/shelf/{'a' * 300}", "table", f"/shelf/{'a' * 300}.csv"),
    ],
)
def test_a_path_by_hand_stays_but_for_its_suffix(dialog, qtbot, typed, format_key, target):
    field = path_field(dialog)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    dialog.choose_format(format_key)
    lists(dialog)[0].choose("theme:1")
    assert dialog.wish().target == Path(target)


def test_what_a_format_makes_of_its_options_says_the_suffix(dialog):
    dialog.choose_format("drawn")
    assert dialog.wish().target.suffix == ".txt"
    named(dialog, DropDown, "Form").setCurrentIndex(1)
    assert dialog.wish().target.suffix == ".html"


def test_without_a_path_nothing_can_be_exported(dialog, qtbot):
    path_field(dialog).clear()
    assert dialog.wish() is None
    assert not pressed(dialog, "Export").isEnabled()


def test_a_folder_format_asks_for_a_folder(dialog, qtbot, tmp_path):
    dialog.choose_format("folder")
    qtbot.mouseClick(pressed(dialog, "Choose…"), LEFT)
    asked = dialog.findChild(QFileDialog)
    assert asked.fileMode() == QFileDialog.FileMode.Directory
    asked.fileSelected.emit(str(tmp_path))
    asked.reject()
    assert dialog.wish().target == tmp_path


def test_a_file_format_asks_for_a_file_with_its_suffix(dialog, qtbot, tmp_path):
    qtbot.mouseClick(pressed(dialog, "Choose…"), LEFT)
    asked = dialog.findChild(QFileDialog)
    assert asked.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    asked.fileSelected.emit(str(tmp_path / "mine"))
    asked.reject()
    assert dialog.wish().target == tmp_path / "mine.csv"
    assert dialog.folder() == str(tmp_path)


def test_a_file_that_is_there_already_is_told_of(dialog, qtbot, tmp_path):
    def told():
        return any("there already" in one.text() for one in dialog.findChildren(QLabel) if one.isVisible())

    target = tmp_path / "set.csv"
    field = path_field(dialog)
    field.selectAll()
    qtbot.keyClicks(field, str(target))
    assert not told()
    target.touch()
    dialog.open()
    assert told()
    field.selectAll()
    qtbot.keyClicks(field, str(tmp_path / "other.csv"))
    assert not told()


# ---------------------------------------- the preview


def test_a_preview_is_asked_once_for_changes_in_a_row(dialog, qtbot):
    asked = []
    dialog.preview_wished.connect(asked.append)
    for key in ("folder", "book", "table", "folder"):
        dialog.choose_format(key)
    qtbot.waitUntil(lambda: asked != [])
    qtbot.wait(300)
    assert [wish.format for wish in asked] == ["folder"]


def test_a_stale_preview_is_not_shown(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wished) as first:
        pass
    dialog.choose_format("book")
    dialog.show_preview(first.args[0], "a.csv", b"old")
    with qtbot.waitSignal(dialog.preview_wished) as second:
        pass
    dialog.show_preview(first.args[0], "a.csv", b"old")
    assert preview(dialog) == ""
    dialog.show_preview(second.args[0], "b.txt", b"new")
    assert preview(dialog) == "new"


@pytest.mark.parametrize("leave", ["close", "choose", "export"])
def test_a_preview_that_nobody_waits_for_is_dropped(dialog, qtbot, leave):
    with qtbot.waitSignal(dialog.preview_wished):
        pass
    with qtbot.waitSignal(dialog.preview_dropped):
        if leave == "close":
            dialog.dismiss()
        elif leave == "choose":
            dialog.choose_format("book")
        else:
            pressed(dialog, "Export").click()
    if leave == "export":
        with qtbot.waitSignal(dialog.preview_wished):
            dialog.escape()  # the export is stopped, and the choices are there again
    elif leave == "close":
        with qtbot.assertNotEmitted(dialog.preview_wished, wait=350):
            pass


def test_another_path_needs_no_other_preview(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    with qtbot.assertNotEmitted(dialog.preview_wished, wait=350):
        path_field(dialog).setText("/shelf/elsewhere.csv")
    dialog.show_preview(asked.args[0], "a.csv", b"here")
    assert preview(dialog) == "here"


def test_several_files_can_be_looked_at(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    dialog.show_preview(asked.args[0], "one.md", b"first")
    dialog.show_preview(asked.args[0], "two.md", b"second")
    assert preview(dialog) == "first"
    files = next(one for one in dialog.findChildren(DropDown) if one.findText("two.md") >= 0)
    assert files.isVisible()
    qtbot.keyClick(files, Qt.Key.Key_Down)
    assert preview(dialog) == "second"


def test_html_is_never_rendered(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    source = "<html><img src=/etc/passwd><b>x</b> &lt;b&gt;"
    dialog.show_preview(asked.args[0], "a.html", source.encode())
    assert preview(dialog) == "x <b>"


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"%PDF-1.7", b"a\0b"])
def test_what_is_not_text_is_said_to_be_so(dialog, qtbot, data):
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    dialog.show_preview(asked.args[0], "a.xlsx", data)
    assert preview(dialog) == ""
    assert "not text" in words(dialog)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400))
def test_a_short_text_is_shown_whole(text):
    shown = beginning(text.encode("utf-8-sig"))
    assert (shown.text, shown.is_text, shown.is_cut) == (text, not text.startswith("%PDF"), False) or "%PDF" in text


def test_a_long_text_is_cut_between_letters():
    shown = beginning("é".encode() * 40_000 + b"x")
    assert set(shown.text) == {"é"}
    assert shown.is_cut
    assert beginning(b"line\n" * 500).text.count("\n") == 199


# ---------------------------------------- the export itself


def test_progress_then_the_report(dialog, qtbot):
    qtbot.keyClick(lists(dialog)[0], Qt.Key.Key_Return)
    assert pressed(dialog, "Cancel")
    dialog.show_progress(Progress(3, 10, "Everything.csv"))
    assert "3 of 10" in words(dialog)
    left = Message("{count} notes on collections.", {"count": 2})
    dialog.show_report(ExportReport((Path("/home/ada/Everything.csv"),), (left,)))
    assert "One file is written" in words(dialog)
    assert QApplication.focusWidget() is pressed(dialog, "Close")
    assert "2 notes on collections." in words(dialog)
    opening = next(one for one in dialog.findChildren(QToolButton) if one.accessibleName() == "Open Everything.csv")
    with qtbot.waitSignal(dialog.open_wished) as wished:
        qtbot.mouseClick(opening, LEFT)
    assert wished.args == ["/home/ada/Everything.csv"]
    with qtbot.waitSignal(dialog.open_wished) as wished:
        qtbot.mouseClick(pressed(dialog, "Show in folder"), LEFT)
    assert wished.args == ["/home/ada"]
    pressed(dialog, "Close").setFocus()
    with qtbot.waitSignal(dialog.closed):
        qtbot.keyClick(pressed(dialog, "Close"), Qt.Key.Key_Return)


def test_escape_stops_a_running_export_and_keeps_the_choices(dialog, qtbot):
    lists(dialog)[0].choose("theme:1")
    qtbot.mouseClick(pressed(dialog, "Export"), LEFT)
    with qtbot.waitSignal(dialog.cancel_wished):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.wish().scope == "theme:1"


def test_a_stopped_export_leads_back_to_the_choices(dialog, qtbot):
    qtbot.mouseClick(pressed(dialog, "Export"), LEFT)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert pressed(dialog, "Export").isVisible()


def test_a_failed_export_says_why_beside_the_choices(dialog, qtbot):
    qtbot.mouseClick(pressed(dialog, "Export"), LEFT)
    dialog.show_error("The disk is full.", "Choose another disk.")
    assert "The disk is full. Choose another disk." in words(dialog)
    assert pressed(dialog, "Export").isEnabled()


def test_a_place_that_failed_can_be_corrected_at_once_and_is_not_proposed_again(dialog, qtbot):
    field = dialog.findChild(ExportTarget).findChild(QLineEdit)
    proposed = field.text()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "/nowhere/x")
    qtbot.mouseClick(pressed(dialog, "Export"), LEFT)
    dialog.show_error("x could not be written.", "Choose another place.")
    assert dialog.focusWidget() is field
    assert field.selectedText() == field.text()
    dialog.dismiss()
    dialog.open()
    assert field.text() == proposed


def test_a_failed_preview_says_why(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wished):
        pass
    dialog.show_error("The query is odd.", "")
    assert "The query is odd." in words(dialog)


def test_escape_closes_the_choices(dialog, qtbot):
    with qtbot.waitSignal(dialog.closed):
        qtbot.keyClick(lists(dialog)[1], Qt.Key.Key_Escape)


def test_tab_stays_inside(dialog, qtbot):
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.isAncestorOf(QApplication.focusWidget())


def test_new_scopes_keep_the_choice(dialog):
    lists(dialog)[0].choose("theme:1")
    dialog.show_scopes([*SCOPES, Scope("c", "Collection", -1, Selection(collection="c"))])
    assert dialog.wish().scope == "theme:1"
    dialog.show_scopes(SCOPES[:1])
    assert dialog.wish().scope == "all"


def test_a_table_is_shown_as_one(looks, shown):
    preview = ExportPreview(looks)
    shown(preview, 500, 400)
    preview.add("marks.csv", b'\xef\xbb\xbfquote,note\r\n"one, two","three\nfour"\r\nfive,')
    table = preview.findChild(QTableView)
    assert table.isVisible()
    model = table.model()
    assert [model.headerData(place, Qt.Orientation.Horizontal) for place in range(2)] == ["quote", "note"]
    assert [[model.index(row, place).data() for place in range(2)] for row in range(2)] == [
        ["one, two", "three four"],
        ["five", ""],
    ]
    preview.clear("Nothing.")
    preview.add("note.md", b"a,b\n1,2")
    assert not table.isVisible()


def test_the_preview_of_a_page_is_its_words(looks, shown):
    preview = shown(ExportPreview(looks), 500, 400)
    page = (
        b"<html><head><style>p { color: red }</style></head>\n<body><nav>A list</nav>\n<main><h1>Ferries</h1>"
        b"<p>They run <b>again</b>.</p></main><script>run()</script>"
    )
    preview.add("page.html", page)
    assert preview.text() == "Ferries\n\nThey run again."
    preview.clear("")
    preview.add("part.html", b"<p>Without a head</p>")
    assert preview.text() == "Without a head"
