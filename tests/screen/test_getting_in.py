"""What comes in otherwise than by choosing files: pasted, clipped, or landing in a watched folder."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import opened
from ui.dialogs.details_sheet import DetailsSheet
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.paste_sheet import PasteSheet
from ui.dialogs.watched_sheet import WatchedSheet

PASSAGE = "A bed costs 59 euros, which is less than most people pay for a hotel room near the station."
ARTICLE = f"<h1>Night trains</h1><p>The night train to Vienna runs again after six years.</p><p>{PASSAGE}</p>"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "library"):
        return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture(autouse=True)
def _clipboard_emptied(qapp: QGuiApplication) -> Iterator[None]:
    """Let nothing of Python's lie on the clipboard at the end: Qt would reach for it after Python is gone."""
    yield
    QGuiApplication.clipboard().clear()


def copied(text: str, markup: str = "") -> None:
    held = QMimeData()
    held.setText(text)
    if markup:
        held.setHtml(markup)
    QGuiApplication.clipboard().setMimeData(held)


def test_a_passage_on_the_clipboard_becomes_a_highlight(qtbot, looks, library, settings):
    copied(PASSAGE)
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("paste")
        sheet = hands.window.findChild(PasteSheet)
        assert sheet._passage.isChecked()
        sheet._address.setText("https://rail.example/night")
        sheet._note.setText("Dear")
        sheet._go.click()
        hands.until(lambda: hands.window.reader.text() == PASSAGE)
        assert [one.quote for one in hands.window.context.session.highlights] == [PASSAGE]
    with Workspace(library) as workspace:
        (article,) = workspace.articles.by_keys(workspace.articles.keys())
        assert article.metadata.address == "https://rail.example/night"


def test_a_pasted_article_keeps_its_form_and_what_was_written_beside_it(qtbot, looks, library, settings):
    copied("Night trains " * 200, ARTICLE)
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("paste")
        sheet = hands.window.findChild(PasteSheet)
        assert not sheet._passage.isChecked()
        sheet._address.setText("no address")
        sheet._go.click()
        assert "is no address of the web" in sheet._trouble.text()
        sheet._address.setText("https://rail.example/night")
        sheet._name.setText("Beds on rails")
        sheet._go.click()
        hands.until(lambda: PASSAGE in hands.window.reader.text())
        hands.until(lambda: hands.titles() == ["Beds on rails"])
    with Workspace(library) as workspace:
        (article,) = workspace.articles.by_keys(workspace.articles.keys())
        assert (article.metadata.address, article.metadata.origins["title"]) == ("https://rail.example/night", "mine")


def test_a_file_that_was_copied_comes_in_as_if_it_were_dropped(qtbot, looks, library, settings, tmp_path):
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(landed(tmp_path / "out", "train.md", "Night trains")))])
    QGuiApplication.clipboard().setMimeData(held)
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("paste")
        hands.until(lambda: hands.titles() == ["Night trains"])
        assert hands.window.findChild(PasteSheet) is None


def test_what_lands_in_a_watched_folder_comes_in_by_itself(qtbot, looks, library, settings, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with Workspace(library) as workspace:
        workspace.watching.add(inbox)
    with opened(qtbot, library, settings, looks) as hands:
        (inbox / "train.md").write_text("# Night trains\n\nThe night train runs again.\n")
        before = time.time() - 60
        os.utime(inbox / "train.md", (before, before))
        hands.window.watch_keeper.look()
        hands.until(lambda: hands.titles() == ["Night trains"])
        hands.rest()
        hands.click(hands.labelled("Fill in what is missing…"))
        hands.rest()
        assert hands.window.findChild(DetailsSheet).isVisible()
        hands.key(Qt.Key.Key_Escape)
        hands.window.watch_keeper.look()
        hands.until(hands.window.is_idle)
        hands.act("watched")
        sheet = hands.window.findChild(WatchedSheet)
        hands.until(lambda: str(inbox) in " ".join(one.text() for one in sheet.findChildren(QLabel)))
        sheet.remove_wished.emit(inbox)
        hands.until(lambda: "No folder is watched yet." in [one.text() for one in sheet.findChildren(QLabel)])
    with Workspace(library) as workspace:
        assert [step.origin for step in workspace.history()] == ["watched folder"]
        assert workspace.watching.all() == ()


def landed(folder: Path, name: str, title: str) -> Path:
    """Write an article into a folder as it was some time ago."""
    folder.mkdir(exist_ok=True)
    path, then = folder / name, time.time() - 60
    path.write_text(f"# {title}\n\nAll there is to be said about {title.lower()} is said here.\n")
    os.utime(path, (then, then))
    return path


def test_what_came_from_a_watched_folder_and_was_removed_stays_away(qtbot, looks, library, settings, tmp_path):
    landed(tmp_path / "inbox", "train.md", "Night trains")
    with Workspace(library) as workspace:
        workspace.watching.add(tmp_path / "inbox")
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.watch_keeper.look()
        hands.until(lambda: hands.titles() == ["Night trains"])
        hands.rest()  # what came is remembered after it is shown
    with Workspace(library) as workspace:
        workspace.articles.remove(workspace.articles.keys())
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.watch_keeper.look()
        hands.rest()
        assert hands.titles() == []


def test_what_a_watched_folder_changed_is_said_and_what_lost_its_passage_is_placed(
    qtbot, looks, library, settings, tmp_path
):
    path = landed(tmp_path / "inbox", "train.md", "Night trains")
    text = path.read_text() + "\nThe coaches are old, and nobody rests in them.\n\nA bed costs 59 euros in winter.\n"
    path.write_text(text)
    with Workspace(library) as workspace:
        (taken,) = imported(workspace, path).added
        workspace.highlights.add_quote(taken.key, "The coaches are old")
        workspace.watching.add(tmp_path / "inbox")
    path.write_text(text.replace("The coaches are old, and nobody rests in them.", "They are liked."))
    os.utime(path, (time.time() - 60,) * 2)
    landed(tmp_path / "inbox", "ferry.md", "Ferries")
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.watch_keeper.look()
        hands.until(lambda: sorted(hands.titles()) == ["Ferries", "Night trains"])
        hands.rest()
        texts = [one.text() for one in hands.window.findChildren(QLabel)]
        assert "One article came from a watched folder." in texts
        assert "One was updated. One highlight lost its passage." in texts
        hands.click(hands.labelled("Place them again…"))
        hands.until(lambda: hands.window.context.session.article and "They are liked." in hands.window.reader.text())
        hands.until(lambda: hands.window.side.notes.isVisible())


def test_what_a_watched_folder_has_left_out_of_articles_is_said(qtbot, looks, library, settings, tmp_path):
    inbox, then = tmp_path / "inbox", time.time() - 60
    inbox.mkdir()
    for title in ("Muur", "Getij", "Wolk", "Zand"):
        told = "\n\n".join(f"{word} {title.lower()} is not what it was." for word in ("This", "That", "Every", "No"))
        path = inbox / f"{title}.md"
        path.write_text(f"---\ntitle: {title}\noutlet: Post\n---\n\n{told}\n\nRead the Post daily\n")
        os.utime(path, (then, then))
    with Workspace(library) as workspace:
        workspace.watching.add(inbox)
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.watch_keeper.look()
        hands.until(lambda: len(hands.titles()) == 4)
        hands.rest()
        assert any(
            "Post: “Read the Post daily” repeats: it is left out from now on (articles changed: 3)." in one.text()
            for one in hands.window.findChildren(QLabel)
        )


def test_what_is_found_while_an_import_goes_on_comes_in_after_it(qtbot, looks, library, settings, tmp_path):
    landed(tmp_path / "inbox", "train.md", "Night trains")
    other = landed(tmp_path / "other", "ferry.md", "Ferries")
    with Workspace(library) as workspace:
        workspace.watching.add(tmp_path / "inbox")
    with opened(qtbot, library, settings, looks) as hands:
        window = hands.window
        window.watch_keeper.look()
        window.importing.begin(window.context.bridge, [other])
        hands.until(lambda: not window.importing.is_busy())
        hands.rest()
        window.watch_keeper.look()
        hands.until(lambda: sorted(hands.titles()) == ["Ferries", "Night trains"])


def test_a_watched_folder_that_is_refused_is_so_once_and_holds_up_no_other(qtbot, looks, library, settings, tmp_path):
    landed(tmp_path / "first", "train.md", "Night trains")
    landed(tmp_path / "second", "ferry.md", "Ferries")
    with Workspace(library) as workspace:
        workspace.watching.add(tmp_path / "first", "Unread")
        workspace.watching.add(tmp_path / "second")
        workspace.collections.add("Unread", "is:unread")
    with opened(qtbot, library, settings, looks) as hands:
        said: list[str] = []
        hands.window.importing.refused.connect(lambda what, _hint: said.append(what))
        hands.window.watch_keeper.look()
        hands.until(lambda: hands.titles() == ["Ferries"])
        hands.rest()
        hands.window.watch_keeper.look()
        hands.rest()
        assert said == ["“Unread” is filled by its query."]


def test_a_line_is_left_out_of_all_articles_of_an_outlet(qtbot, looks, library, settings, tmp_path):
    with Workspace(library) as workspace:
        for number in range(2):
            path = tmp_path / f"{number}.md"
            path.write_text(
                f"---\ntitle: Story {number}\noutlet: Post\n---\n\nText {number}.\n\nRead the Post daily.\n"
            )
            imported(workspace, path)
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Story 1")
        hands.window.reader.always_wished.emit(1)
        hands.until(lambda: hands.window.reader.text() == "Text 1.")
        hands.act("undo")
        hands.until(lambda: "daily" in hands.window.reader.text())


def named(sheet, name):
    """Return the list that has this word in its name, once it is there."""
    return next((one for one in sheet.findChildren(QComboBox) if name in one.accessibleName()), None)


def test_a_table_that_landed_is_asked_about_once_and_those_like_it_come_in_by_themselves(
    qtbot, looks, library, settings, tmp_path
):
    inbox, then = tmp_path / "inbox", time.time() - 60
    inbox.mkdir()
    for title in ("Muur", "Getij"):
        path = inbox / f"{title}.csv"
        path.write_text(f"Kop,Verhaal,Toon\n{title},Wat er van {title} te zeggen is staat hier.,kalm\n")
        os.utime(path, (then, then))
    with Workspace(library) as workspace:
        workspace.watching.add(inbox, "Watched")
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.watch_keeper.look()
        hands.rest()
        hands.click(hands.labelled("Say what its columns hold…"))
        dialog = hands.until(lambda: hands.window.findChild(ImportDialog))
        for name, field in (("Kop", "title"), ("Verhaal", "text")):
            box = hands.until(partial(named, dialog, name))
            box.setCurrentIndex(box.findData(field))
        go = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Import")
        hands.until(go.isEnabled)
        hands.click(go)
        hands.until(lambda: len(hands.titles()) == 1)
        hands.rest()
        hands.window.watch_keeper.look()
        hands.until(lambda: sorted(hands.titles()) == ["Getij", "Muur"])
    with Workspace(library) as workspace:
        (collection,) = workspace.collections.all()
        assert len(collection.items) == 2
        assert {one.attributes["Toon"] for one in workspace.articles.by_keys(workspace.articles.keys())} == {"kalm"}


def test_tables_in_an_archive_that_landed_come_in_once_it_is_known_what_they_hold(
    qtbot, looks, library, settings, tmp_path
):
    inbox, then = tmp_path / "inbox", time.time() - 60
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "box.zip", "w") as archive:
        archive.writestr("trains.md", "# Night trains\n\nThe night train runs again.\n")
        archive.writestr("walls.csv", "Kop,Verhaal\nMuur,Wat er te zeggen is staat hier.\n")
    os.utime(inbox / "box.zip", (then, then))
    with Workspace(library) as workspace:
        workspace.watching.add(inbox)
    with opened(qtbot, library, settings, looks) as hands:
        hands.window.watch_keeper.look()
        hands.until(lambda: hands.titles() == ["Night trains"])
        hands.rest()
        assert any("A table in another file waits" in one.text() for one in hands.window.findChildren(QLabel))
        assert hands.labelled("Fill in what is missing…")  # not what its columns hold: that is asked of tables alone
        hands.window.known_columns.remember({"Kop": "title", "Verhaal": "text"})
        hands.window.watch_keeper.look()
        hands.until(lambda: sorted(hands.titles()) == ["Muur", "Night trains"])
        hands.rest()
        told = "Columns as you said before: title = Kop, text = Verhaal."
        assert any(told in one.text() for one in hands.window.findChildren(QLabel))
