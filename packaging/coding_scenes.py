"""Scenes of working with a second coder: a round goes out, comes back, is compared; and two libraries become one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QLineEdit
from screen_driver import ScreenDriver

from app.coding.preparing import prepare
from app.exporting.bundling import Selection
from app.workspace import Workspace
from ui.articles.list import ArticleList
from ui.dialogs.merge_sheet import MergeSheet
from ui.dialogs.round_sheet import RoundSheet
from ui.reader.view import ArticleView
from ui.widgets.fields import DropDown

# What the second coder marks as the first did, to another extent, alone, and not at all.
CODED: Final = (
    ("over two million drones in the past twelve months", ("Drone technology", "Claims to check"), ""),
    ("a royalty on each aircraft, a lump sum, or a mixture of both", ("Drone technology > Royalties / licences",),
     "Only the models of payment, not who collects them."),
    ("20 to 30 per cent below its nearest Western equivalent", ("Claims to check",), ""),
    ("The Pentagon cannot field aircraft full of Chinese motors and flight controllers", ("Drone technology",), ""),
    ("one person was killed and two were hurt", ("Civilians",), "The child belongs to it."),
    ("Ukrainian plants turned out over two million drones", ("Drone technology",), ""),
)  # fmt: skip


def _coded(screen: ScreenDriver) -> Path:
    """Prepare a round of the open library, and let the coder work in it; return its folder."""
    folder = screen.folder / "Round for Ben"
    with Workspace(screen.window.context.bridge.folder, create=False, origin="command line") as ours:
        journey = prepare(ours, folder, "Ben", Selection())
        for _ in journey:
            pass
    with Workspace(folder, create=False) as theirs:
        keys = theirs.articles.keys()
        texts = theirs.bodies.texts(keys)
        for quote, themes, note in CODED:
            key = next(key for key in keys if quote in texts[key])
            theirs.highlights.add_quote(key, quote, 1, themes, note)
        theirs.articles.note(keys[0], "I was not sure about the unit here.")
    return folder


def prepare_round(screen: ScreenDriver) -> None:
    """What a coder is to get: so many articles, drawn by lot from each outlet."""
    screen.command("Prepare for a coder")
    screen.settle()
    screen.type("Ben Adeyemi")
    sheet = screen.part(RoundSheet)
    screen.click(screen.labelled("Draw articles by lot", QAbstractButton))
    screen.settle()
    number = next(line for line in sheet.findChildren(QLineEdit) if line.accessibleName() == "How many")
    number.setFocus()
    screen.type("6")
    groups = next(field for field in sheet.findChildren(DropDown) if field.accessibleName() == "By")
    groups.setCurrentIndex(1)
    screen.settle()


def take_in_round(screen: ScreenDriver) -> None:
    """What came of a round that came back."""
    _take_in(screen)


def _take_in(screen: ScreenDriver) -> None:
    folder = _coded(screen)
    screen.command("Take in the round of a coder")
    screen.settle()
    screen.type(str(folder))
    screen.press("Return")
    screen.until(lambda: bool(screen.labelled("Agreement…", QAbstractButton)), "the report")
    screen.settle()


def agreement(screen: ScreenDriver) -> None:
    """How far two coders agree, and the passage of a disagreement with its two codings; one is decided."""
    _take_in(screen)
    screen.click(screen.labelled("Agreement…", QAbstractButton))
    screen.settle(1.0)
    screen.press("T")
    screen.settle()


def layers(screen: ScreenDriver) -> None:
    """The marks of another coder beside one's own, one of them chosen."""
    _take_in(screen)
    screen.press("Escape")
    screen.press("Ctrl+Shift+Y")
    screen.click_item(screen.part(ArticleList), "Kyiv may soon be paid")
    view = screen.part(ArticleView)
    screen.until(lambda: view.document().blockCount() > 3, "the text")
    screen.press("Alt+2")
    screen.settle()
    screen.click(view.viewport(), screen.point(view, "a lump sum"))
    screen.settle()


def merge_library(screen: ScreenDriver) -> None:
    """What would come of a copy that was worked in on another machine."""
    here = screen.window.context.bridge.folder
    other = screen.folder / "From the laptop"
    shutil.copytree(here, other)
    with Workspace(other, create=False) as theirs:
        theirs.themes.edit("Civilians", definition="Who is not under arms, and what befalls them", colour="#8a63c2")
        first, second = theirs.articles.keys()[:2]
        theirs.articles.edit(first, {"outlet": "Meridian Courier, evening edition"}, state="read")
        theirs.articles.note(second, "Read again on the train: the figure is from *June*.")
        theirs.highlights.remove(theirs.highlights.of_article(theirs.articles.keys()[-1])[0].id)
    screen.window.merge_page.look_at(str(other))
    screen.until(lambda: bool(screen.part(MergeSheet).table.rows()), "what gives way")
    screen.settle()
