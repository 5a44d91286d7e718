"""Scenes of what comes in: an import as it goes, its report, what is not known of articles, what is always left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from screen_driver import ScreenDriver

from ui.articles.list import ArticleList
from ui.dialogs.details_sheet import DetailsSheet
from ui.dialogs.gap_list import GapList
from ui.reader.view import ArticleView

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = ROOT / "seeds" / "articles"
MANY: Final = 2_000

STORIES: Final = (
    ("ferry-strike", "outlet: Harbour Post\npublished: 2025-11-03\n", "The ferry crews vote again", "Ines Okafor"),
    ("night-lines", "outlet: Harbour Post\n", "Night lines come back to the coast", "Ines Okafor"),
    ("tide-tables", "byline: Lio Brandt\noutlet: Harbour Post\n", "Tide tables, a short history", "Lio Brandt"),
    ("scan-0417", "", "", "Marta Quist"),
    ("scan-0418", "", "", "Marta Quist"),
    ("cranes", "outlet: Quay & Compass\npublished: 2025-10\n", "Six cranes and a quiet dock", "Abel Ferreira"),
    ("letters-51", "published: 2025-09-12\n", "Letters from a reader who never signs", ""),
    ("dredging", "byline: Lio Brandt\n", "What the dredgers leave behind", "Lio Brandt"),
)
TEXT: Final = (
    "The harbour office opens at six, and by half past the queue has reached the weighbridge. Nobody in it can say who "
    "decided that the timetable should change, or when, but everybody has heard of someone who knows.\n\n"
    "“We were told on a Friday,” says a pilot who has brought ships in for nineteen years. “On the Monday it was in "
    "force.” The company answers that notice was given on the board beside the canteen, as it has been since the board "
    "was put up.\n\n"
    "What is certain is that the first boat now leaves eleven minutes before the bus arrives, and that the second one "
    "is full.\n"
)


def import_progress(screen: ScreenDriver) -> None:
    """An import that is under way."""
    text = (ROOT / "packaging" / "article.txt").read_text(encoding="utf-8")
    many = screen.folder / "Clippings"
    many.mkdir()
    for number in range(MANY):
        (many / f"clipping-{number:04}.txt").write_text(f"Number {number}. {text}", encoding="utf-8")
    screen.drop(screen.part(ArticleList), [many])
    screen.wait(2.5)


def import_report(screen: ScreenDriver) -> None:
    """What came of an import: failed with a reason, lost highlights, much like another, added, known already."""
    broken = screen.folder / "half-a-page.html"
    broken.write_bytes(b"\x00\x01\x02 PK")
    seed = (SEEDS / "two-tables-in-miami.html").read_text(encoding="utf-8")
    changed = screen.folder / "two-tables-in-miami.html"
    changed.write_text(re.sub(r"<p>[^<]*two doors.*?</p>", "", seed, flags=re.DOTALL), encoding="utf-8")
    known = SEEDS / "pay-the-inventor.md"
    syndicated = screen.folder / "reprint.md"
    reprint = known.read_text(encoding="utf-8").split("---\n", 2)[2]
    syndicated.write_text(
        f"---\ntitle: The inventor’s share\nauthor: R. Achterberg\n---\n\n{reprint}\n\nReprinted.\n", "utf-8"
    )
    screen.drop(screen.part(ArticleList), [ROOT / "packaging" / "article.txt", known, broken, changed, syndicated])
    screen.settle(1.0)


def import_options(screen: ScreenDriver) -> None:
    """A table that was dropped: which column holds what, and its first articles."""
    table = screen.folder / "harbour news.csv"
    rows = [
        "Headline,Text,Author,Newspaper,Date,Link,Tone,Coder",
        *(
            f'"The wall, part {number}","The wall that keeps the sea out of the town will be raised by a metre before '
            f'next winter, the council decided on Monday evening after a debate of six hours.",Ada Marsh,'
            f"The Daily Harbour,2024-03-{number:02},https://harbour.example/{number},critical,AM"
            for number in range(1, 29)
        ),
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    screen.drop(screen.part(ArticleList), [table])
    screen.wait(2.5)
    screen.settle()


def _stories(screen: ScreenDriver) -> None:
    """Import articles that lack something, and go to the list of what they lack."""
    stories = screen.folder / "Stories"
    stories.mkdir()
    for name, head, title, writer in STORIES:
        titled = f"title: {title}\n" if title else ""
        signed = f"By {writer}, at the harbour\n\n" if writer else ""
        front = f"---\n{titled}{head}---\n\n" if titled or head else ""
        (stories / f"{name}.md").write_text(f"{front}{signed}{title or name}. {TEXT}", encoding="utf-8")
    screen.drop(screen.part(ArticleList), [stories])
    screen.settle(1.0)
    screen.click(screen.labelled("Fill in…", QAbstractButton))
    screen.settle()


def details(screen: ScreenDriver) -> None:
    """What is not known of articles: two are filled in, and a byline is offered for the third."""
    _stories(screen)
    screen.type("5 Nov 2025")
    screen.press("Return")
    screen.settle()
    screen.part(DetailsSheet).form.field("byline").line.setFocus()
    screen.type("li")
    screen.settle()


def details_several(screen: ScreenDriver) -> None:
    """An outlet for all that are selected."""
    _stories(screen)
    rows = screen.part(GapList)
    rows.setFocus()
    screen.press("Ctrl+A")
    form = screen.part(DetailsSheet).form
    form.field("outlet").line.setFocus()
    screen.type("Harbour Post")
    screen.settle()


def rules(screen: ScreenDriver) -> None:
    """The lines that are always left out, by outlet; one was chosen in a text just now."""
    screen.click_item(screen.part(ArticleList), "Two tables in Miami")
    view = screen.part(ArticleView)
    screen.until(lambda: view.document().blockCount() > 3, "the text")
    screen.settle()
    at = screen.point(view, "two doors")
    QApplication.sendEvent(
        view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    )
    screen.settle()
    screen.choose("Always leave this out")
    screen.command("What is always left out")
    screen.settle()
