"""Scenes of what goes out: the export dialog, a collection as a document, a note that stays home."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLineEdit
from screen_driver import ScreenDriver

from ui.articles.list import ArticleList
from ui.board.board import Board
from ui.dialogs.choice_list import ChoiceList
from ui.dialogs.export_target import ExportTarget
from ui.reader.highlight_card import HighlightCard
from ui.reader.view import ArticleView


def export(screen: ScreenDriver) -> None:
    """What to export, in which form, kept as a preset, and how it will look."""
    screen.click_item(screen.part(ArticleList), "Two tables in Miami")
    screen.settle()
    screen.press("Ctrl+E")
    screen.settle(0.8)
    screen.click_item(screen.part(ChoiceList, "Format"), "CSV table")
    screen.click(screen.labelled("Keep these choices as a preset", QAbstractButton))
    screen.press("Ctrl+A")
    screen.type("For the spreadsheet")
    screen.press("Return")
    screen.click(screen.part(ExportTarget).findChild(QLineEdit))
    screen.press("Ctrl+A")
    screen.type("~/Highlights of December.csv")


def document(screen: ScreenDriver) -> None:
    """A collection with headings and text between its passages; a text is being written."""
    screen.command("Briefing: what is a licence")
    screen.until(lambda: bool(screen.all(Board)), "the collection")
    screen.settle()
    _write(screen, "H", "What a licence is worth")
    screen.press("Down")
    _write(screen, "T", "Three figures are in circulation, and **none** has a source of its own.")
    screen.press("Down", "Down")
    _write(screen, "H", "Who would be paid")
    screen.press("2", "Down")
    screen.settle()
    screen.press("T")
    screen.type("Nobody has said *when*.")


def _write(screen: ScreenDriver, key: str, words: str) -> None:
    """Begin a heading or a text by its key, write it, and leave it."""
    screen.press(key)
    screen.type(words)
    screen.press("Escape")
    screen.settle()


def private_note(screen: ScreenDriver) -> None:
    """A note on a passage that stays out of exports."""
    screen.click_item(screen.part(ArticleList), "Kyiv may soon be paid")
    view = screen.part(ArticleView)
    screen.until(lambda: view.document().blockCount() > 3, "the text")
    screen.settle()
    screen.press("Alt+2")
    screen.click(view.viewport(), screen.point(view, "The Pentagon cannot field"))
    screen.press("N")
    screen.type("A source told me so; not to be passed on.")
    screen.settle(1.3)
    screen.click(screen.part(HighlightCard).note.lock)
    screen.settle()
