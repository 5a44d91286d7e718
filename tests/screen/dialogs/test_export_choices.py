"""What the export dialog offers: formats under headings and found by a word, options that need others, presets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from app.exporters._base import PROGRAMS, REFERENCES, TO_READ, Export, Exporter, exporters
from app.exporting import presets
from app.exporting.bundling import Selection
from app.exporting.presets import Preset
from app.model import Theme
from app.options import ATTRIBUTES, CODERS, FILE, Option, chosen
from ui.dialogs.choice_list import ChoiceList
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.export_options import ExportOptions
from ui.dialogs.export_presets import PresetLine
from ui.dialogs.export_scopes import of_everything, of_search, of_themes
from ui.dialogs.export_wish import Scope
from ui.dialogs.find_line import FindLine
from ui.widgets.fields import CheckBox, DropDown

LEFT = Qt.MouseButton.LeftButton
GROUPED = (
    Option("group", "Grouped by", "order", ("order", "theme", "attribute")),
    Option("attribute", "Attribute", "", needs=("group", "attribute"), suggestions=("outlet",), names=ATTRIBUTES),
)


def format_(key, name, suffix, group, good_for="", options=()):
    return Exporter(key, name, suffix, lambda _one, _chosen: Export(iter(())), options, group=group, good_for=good_for)


FORMATS = (
    format_("bibtex", "BibTeX", ".bib", REFERENCES, "The sources, for a bibliography."),
    format_("docx", "Word document", ".docx", TO_READ, "To be edited and sent round.", GROUPED),
    format_("annotations", "Annotations", ".json", PROGRAMS),
    format_("ris", "RIS", ".ris", REFERENCES, "The sources, for older programs."),
    format_("pdf", "PDF", ".pdf", TO_READ, "To be printed.", GROUPED),
    format_("vault", "Folder of notes", "", TO_READ, "For a vault."),
)
SCOPES = (
    Scope("everything", "Everything", -1, Selection()),
    Scope("collection:a1", "Collection: Brief", 3, Selection(collection="a1")),
    Scope("theme:t1", "Theme: Ports", 3, Selection(theme="t1")),
)


def test_a_theme_says_how_much_is_under_it_only_where_that_is_all_that_goes_along():
    people = Theme(1, "t1", "People", ("People",), highlights=2)
    pilot = Theme(2, "t2", "Pilot", ("People", "Pilot"), "t1", highlights=24)
    ports = Theme(3, "t3", "Ports", ("Ports",))
    assert [one.count for one in of_themes((people, pilot, ports))] == [-1, 24, -1]


def test_a_file_is_called_like_what_is_in_it(dialog):
    dialog.show_scopes([*of_themes((Theme(1, "t1", "Pilot", ("People", "Pilot"), highlights=2),))])
    assert Path(named(dialog, QLineEdit, "Save as").text()) == Path("/home/ada/Pilot.docx")


@pytest.fixture
def window(shown):
    return shown(QWidget(), 1200, 950)


@pytest.fixture
def dialog(looks, window):
    made = ExportDialog(looks, FORMATS, window)
    made.set_default_folder("/home/ada")
    made.show_names({ATTRIBUTES: ["Tone", "outlet"]})
    made.show_scopes(SCOPES)
    made.choose_format("docx")
    made.open()
    return made


def formats(dialog):
    return named(dialog, ChoiceList, "Format")


def rows(view):
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def named(dialog, kind, name):
    return next(one for one in dialog.findChildren(kind) if one.accessibleName() == name and one.isVisible())


def pick(drop, text):
    QApplication.processEvents()
    drop.setFocus()
    drop.setCurrentIndex(drop.findText(text))
    drop.activated.emit(drop.currentIndex())


# ---------------------------------------- formats


def test_formats_stand_under_headings_each_with_what_it_is_good_for(dialog):
    assert rows(formats(dialog)) == [
        "To read",
        "Folder of notes, For a vault.",
        "PDF, To be printed.",
        "Word document, To be edited and sent round.",
        "For other programs",
        "Annotations, A file ending in .json.",
        "References",
        "BibTeX, The sources, for a bibliography.",
        "RIS, The sources, for older programs.",
    ]


def test_the_arrows_pass_over_headings(dialog, qtbot):
    view = formats(dialog)
    keys = [view.key()]
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        keys.append(view.key())
    assert keys == ["docx", "annotations", "bibtex", "ris"]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.key() == "vault"


def test_a_click_on_a_heading_chooses_nothing(dialog, qtbot):
    view = formats(dialog)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(0, 0)).center())
    assert view.key() == "docx"


def test_typing_narrows_the_formats_and_chooses_the_first(dialog, qtbot):
    view, find = formats(dialog), named(dialog, FindLine, "Find a format")
    qtbot.keyClicks(find, "sources")
    assert rows(view) == [
        "References",
        "BibTeX, The sources, for a bibliography.",
        "RIS, The sources, for older programs.",
    ]
    assert dialog.wish().format == "bibtex"
    qtbot.keyClick(find, Qt.Key.Key_Down)
    assert dialog.wish().format == "ris"
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view


@pytest.mark.parametrize(("typed", "found"), [("docx", "docx"), (".bib", "bibtex"), ("other annot", "annotations")])
def test_a_format_is_found_by_its_end_its_heading_or_its_name(dialog, qtbot, typed, found):
    qtbot.keyClicks(named(dialog, FindLine, "Find a format"), typed)
    assert (dialog.wish().format, formats(dialog).model().rowCount()) == (found, 2)


def test_a_word_that_is_nowhere_changes_nothing_and_esc_takes_it_back(dialog, qtbot):
    find = named(dialog, FindLine, "Find a format")
    qtbot.keyClicks(find, "betamax")
    assert rows(formats(dialog)) == []
    assert dialog.wish().format == "docx"
    qtbot.keyClick(find, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert len(rows(formats(dialog))) == 9
    assert formats(dialog).key() == "docx"
    qtbot.keyClick(find, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_in_a_low_window_the_lists_scroll_and_the_column_they_stand_in_does_not(looks, shown):
    window = shown(QWidget(), 1100, 700)
    dialog = ExportDialog(looks, list(exporters().values()), window)
    says = of_search("harbour", passages=False).says
    dialog.show_scopes([Scope(f"theme:{number}", f"Theme {number}", 3, Selection(), says) for number in range(20)])
    dialog.open()
    QApplication.processEvents()
    offered = formats(dialog)
    around = [area for area in dialog.findChildren(QScrollArea) if area.isAncestorOf(offered)]
    assert [area.verticalScrollBar().maximum() for area in around] == [0]
    assert offered.verticalScrollBar().maximum() > 0
    (says,) = (one for one in dialog.findChildren(QLabel) if one.text() == says)
    assert says.height() >= says.heightForWidth(says.width()) > 2 * says.fontMetrics().height() - 4


# ---------------------------------------- options and switches


def test_an_option_shows_when_the_one_it_needs_is_chosen(dialog, qtbot):
    assert dialog.wish().options == {"group": "order"}
    pick(named(dialog, DropDown, "Grouped by"), "Attribute")
    offered = named(dialog, DropDown, "Attribute")
    assert [offered.itemText(row) for row in range(offered.count())] == ["Outlet", "Tone"]
    qtbot.keyClick(offered, Qt.Key.Key_Down)
    assert dialog.wish().options == {"group": "attribute", "attribute": "Tone"}
    assert chosen("docx", GROUPED, dialog.wish().options)["attribute"] == "Tone"
    pick(named(dialog, DropDown, "Grouped by"), "Theme")
    assert not offered.isVisible()
    assert dialog.wish().options == {"group": "theme"}


def test_a_switch_about_coders_shows_where_there_are_any(looks, shown):
    about = Option("layers", "Other coders’ layers too", False, names=CODERS)
    options = shown(ExportOptions(looks), 400, 300)
    options.show_options(format_("docx", "Word", ".docx", TO_READ, options=(about,)))
    assert not options.findChild(CheckBox).isVisible()
    options.show_names({CODERS: ["Zoe"]})
    options.show_options(format_("docx", "Word", ".docx", TO_READ, options=(about,)))
    named(options, CheckBox, "Other coders’ layers too").setChecked(True)
    assert options.values() == {"layers": "yes"}


def test_the_switches_go_with_what_is_exported(dialog, qtbot):
    named(dialog, ChoiceList, "What to export").choose("theme:t1")
    qtbot.mouseClick(named(dialog, CheckBox, "Only articles with highlights"), LEFT)
    assert dialog.wish().selection == Selection(theme="t1", marked=True)
    qtbot.mouseClick(named(dialog, CheckBox, "Private notes too"), LEFT)
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    assert asked.args[0].selection == Selection(theme="t1", marked=True, private=True)


# ---------------------------------------- presets


def keep(dialog, qtbot, name):
    qtbot.mouseClick(named(dialog, QToolButton, "Keep these choices as a preset"), LEFT)
    field = named(dialog, QLineEdit, "Name of the preset")
    assert QApplication.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, name)
    with qtbot.waitSignal(dialog.presets_changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    return changed.args[0]


def test_a_preset_keeps_all_that_is_chosen_and_brings_it_back(dialog, qtbot):
    named(dialog, ChoiceList, "What to export").choose("collection:a1")
    pick(named(dialog, DropDown, "Grouped by"), "Attribute")
    pick(named(dialog, DropDown, "Attribute"), "Tone")
    named(dialog, CheckBox, "Private notes too").setChecked(True)
    (kept,) = keep(dialog, qtbot, "For Thursday")
    wanted = Preset(
        "For Thursday",
        "collection:a1",
        "docx",
        {"group": "attribute", "attribute": "Tone"},
        False,
        True,
        "/home/ada",
        "Collection: Brief",
    )
    assert kept == wanted
    before = dialog.wish()
    dialog.show_scopes(SCOPES, "everything")
    pick(named(dialog, DropDown, "Grouped by"), "Order")
    named(dialog, CheckBox, "Private notes too").setChecked(False)
    dialog.set_default_folder("/tmp")
    dialog.choose_format("ris")
    pick(named(dialog, DropDown, "Preset"), "For Thursday")
    assert dialog.wish() == before


def test_keeping_under_the_same_name_replaces(dialog, qtbot):
    keep(dialog, qtbot, "Brief")
    dialog.choose_format("pdf")
    (kept,) = keep(dialog, qtbot, "brief")
    assert (kept.name, kept.format) == ("brief", "pdf")
    assert len(keep(dialog, qtbot, "Another")) == 2


def test_a_preset_gets_another_name_and_goes(dialog, qtbot):
    keep(dialog, qtbot, "Brief")
    line = dialog.findChild(PresetLine)
    rename, delete = line.menu().actions()
    rename.trigger()
    qtbot.keyClicks(named(dialog, QLineEdit, "Name of the preset"), "Long")
    with qtbot.waitSignal(dialog.presets_changed) as changed:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [one.name for one in changed.args[0]] == ["Long"]
    assert line.name() == "Long"
    with qtbot.waitSignal(dialog.presets_changed) as changed:
        delete = line.menu().actions()[1]
        delete.trigger()
    assert changed.args[0] == ()
    assert not named(dialog, QToolButton, "Rename or delete the preset").isEnabled()


def test_esc_leaves_the_name_and_not_the_dialog(dialog, qtbot):
    qtbot.mouseClick(named(dialog, QToolButton, "Keep these choices as a preset"), LEFT)
    with qtbot.assertNotEmitted(dialog.presets_changed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not [
        one
        for one in dialog.findChildren(QLineEdit)
        if one.accessibleName() == "Name of the preset" and one.isVisible()
    ]


def said(dialog):
    return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_a_preset_whose_thing_is_not_here_exports_nothing_else_instead(dialog, qtbot):
    elsewhere = Preset("x", "theme:elsewhere", "pdf", called="Theme: Drones")
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    dialog.show_preview(asked.args[0], "words.txt", b"Ferries run again.")
    shown = dialog.findChild(QPlainTextEdit)
    assert "Ferries" in shown.toPlainText()
    dialog.choose(elsewhere)
    assert dialog.wish() is None
    qtbot.waitUntil(lambda: "Ferries" not in shown.toPlainText())
    assert not next(one for one in dialog.findChildren(QPushButton) if one.text() == "Export").isEnabled()
    assert "Drones”, which is not in this library. Choose what" in said(dialog)
    view = named(dialog, ChoiceList, "What to export")
    view.setFocus()
    QApplication.processEvents()
    assert dialog.wish() is None
    assert not view.selectedIndexes()
    kept = dialog.choices()
    assert (kept.what, kept.called) == (elsewhere.what, elsewhere.called)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert dialog.wish().selection == Selection()
    assert "not in this library" not in said(dialog)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("query", "the words of that were not kept"),
        ("article", "the article that is open, and none is"),
        ("chosen", "and none are"),
        ("collection:b2", "What this preset exports is not in this library"),
    ],
)
def test_a_preset_says_what_it_has_not_got(dialog, what, words):
    dialog.choose(Preset("x", what, "pdf"))
    assert dialog.wish() is None
    assert words in said(dialog)


@pytest.mark.parametrize("passages", [True, False])
def test_a_preset_made_from_a_search_exports_that_search_whatever_is_searched_for(dialog, qtbot, passages):
    dialog.show_scopes([*SCOPES, of_search("drones", passages=passages)])
    named(dialog, ChoiceList, "What to export").choose(of_search("drones", passages=passages).key)
    kept = keep(dialog, qtbot, "Drones for Anna")
    other = of_search("ferries", passages=passages)
    dialog.show_presets(presets.read_all([presets.written(one) for one in kept]))
    dialog.show_scopes([*SCOPES, other], other.key)
    assert dialog.findChild(PresetLine).name() == ""
    pick(named(dialog, DropDown, "Preset"), "Drones for Anna")
    assert dialog.wish().selection == Selection(query="drones", passages=passages)
    view = named(dialog, ChoiceList, "What to export")
    assert rows(view)[0].endswith("drones")
    view.choose(other.key)
    assert dialog.wish().selection == other.selection


def test_what_goes_along_is_said(dialog):
    search = of_search("drones", passages=True)
    dialog.show_scopes([of_everything(), search], search.key)
    assert "These passages and no others" in said(dialog)
    named(dialog, ChoiceList, "What to export").choose("everything")
    assert "All articles with all their highlights" in said(dialog)


def test_a_preset_for_a_format_that_is_gone_leaves_the_format(dialog):
    dialog.choose(Preset("x", "everything", "wordstar", {"a": "b"}, folder="/shelf"))
    assert (dialog.wish().format, dialog.wish().target) == ("docx", Path("/shelf/Everything.docx"))


# ---------------------------------------- what is no text


def test_what_will_stand_in_a_document_is_shown_and_said_to_be_that(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    dialog.show_preview(asked.args[0], "words.txt", b"Ferries\n\nThey run again.")
    shown = [one.text() for one in dialog.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()]
    assert any("laid out" in str(text) for text in shown)
    dialog.choose_format("annotations")
    with qtbot.waitSignal(dialog.preview_wished) as asked:
        pass
    dialog.show_preview(asked.args[0], "x.json", b"PK\x03\x04")
    said = [one.text() for one in dialog.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()]
    assert any("Annotations. A file ending in .json." in str(text) for text in said)
    assert isinstance(formats(dialog), QListView)


def test_a_file_of_the_readers_is_chosen_on_the_disk(dialog, looks, qtbot, tmp_path):
    own = format_("own", "Own form", ".txt", TO_READ, options=(Option("file", "Your template", "", names=FILE),))
    other = ExportDialog(looks, (own,), dialog.parentWidget())
    other.set_default_folder("/home/ada")
    other.show_scopes(SCOPES)
    other.open()
    browse = next(one for one in other.findChild(ExportOptions).findChildren(QPushButton))
    qtbot.mouseClick(browse, LEFT)
    asked = other.findChild(QFileDialog)
    assert asked.fileMode() == QFileDialog.FileMode.ExistingFile
    asked.fileSelected.emit(str(tmp_path / "mine.j2"))
    asked.reject()
    assert other.wish().options == {"file": str(tmp_path / "mine.j2")}
    other.dismiss()


def test_what_to_export_is_found_by_a_word_where_there_is_much(dialog, qtbot):
    many = [Scope(f"theme:{number}", f"Theme: {number}", 1, Selection(theme=str(number))) for number in range(30)]
    dialog.show_scopes([*SCOPES, *many])
    qtbot.keyClicks(named(dialog, FindLine, "Find a collection or theme"), "theme 27")
    assert dialog.wish().selection == Selection(theme="27")
    dialog.show_scopes(SCOPES)
    assert not [one for one in dialog.findChildren(FindLine) if one.text()]
    assert dialog.wish().selection == Selection()
