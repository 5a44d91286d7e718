"""The scenes of the window, each reached as a reader reaches it: by keys, the mouse and the palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coding_scenes import agreement, layers, merge_library, prepare_round, take_in_round
from export_scenes import document, export, private_note
from import_scenes import details, details_several, import_options, import_progress, import_report, rules
from proof_scenes import proof, proof_another, proof_begins
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from screen_driver import ScreenDriver

from ui.articles.list import ArticleList
from ui.board.board import Board
from ui.dialogs.mark_all_sheet import MarkAllSheet
from ui.dialogs.proposal_list import ProposalList
from ui.panels.theme_tree import ThemeTree
from ui.reader.view import ArticleView
from ui.search.facet_list import FacetList

ROOT: Final = Path(__file__).resolve().parent.parent
EXAMPLE: Final = "example"
EMPTY: Final = "empty"
NONE: Final = "none"
DAMAGED: Final = "damaged"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is done until the picture is taken, on which library; ``main`` ones are drawn small and doubled as well.

    A scene that ``tells`` the look in force is reached anew in each; others change it where they are.
    """

    act: Callable[[ScreenDriver], None]
    library: str = EXAMPLE
    main: bool = False
    tells: bool = False


def nothing(screen: ScreenDriver) -> None:
    """Do nothing: the scene is what the window opens with."""


def open_article(screen: ScreenDriver, title: str) -> ArticleView:
    """Click an article in the list, and return the view of its text."""
    screen.click_item(screen.part(ArticleList), title)
    view = screen.part(ArticleView)
    screen.until(lambda: view.document().blockCount() > 3, f"the text of {title}")
    screen.settle()
    return view


def scroll_to(screen: ScreenDriver, view: ArticleView, words: str) -> None:
    """Bring words of the text into sight without touching them."""
    screen.point(view, words)
    screen.settle()


def library(screen: ScreenDriver) -> None:
    """A marked article beside the list."""
    open_article(screen, "Two tables in Miami")


def reading(screen: ScreenDriver) -> None:
    """Only the text, in the middle of an article."""
    view = open_article(screen, "Two tables in Miami")
    scroll_to(screen, view, "a leak has always been cut")
    screen.press("F11")


def search(screen: ScreenDriver) -> None:
    """Words found in the list, in the text, and on the scroll bar."""
    screen.press("/")
    screen.type("royalt* OR licence")
    screen.press("Return")
    screen.settle()


def completion(screen: ScreenDriver) -> None:
    """Themes offered under the search box, one of them chosen."""
    open_article(screen, "Two tables in Miami")
    screen.press("/")
    screen.settle()
    screen.type("licence theme:dr")
    screen.settle()
    screen.press("Down")


def fields(screen: ScreenDriver) -> None:
    """Everything that can stand before a colon and begins like this."""
    screen.press("/")
    screen.settle()
    screen.type("drones no")
    screen.settle()


def facets(screen: ScreenDriver) -> None:
    """By what the list can be narrowed; two outlets are chosen."""
    screen.press("/")
    screen.type("drone")
    screen.press("Ctrl+3")
    screen.settle()
    values = screen.part(FacetList)
    for outlet in ("Meridian Courier", "Quay & Compass"):
        screen.click_item(values, outlet)
        screen.settle()


def facets_themes(screen: ScreenDriver) -> None:
    """The themes of what is listed, in their tree."""
    screen.press("Ctrl+3")
    screen.click(screen.labelled("Theme", QAbstractButton))
    screen.click_item(screen.part(FacetList), "Counter-drone")
    screen.settle()


def facets_months(screen: ScreenDriver) -> None:
    """The years and months of what is listed, and a field of the reader’s own in the menu of the others."""
    screen.press("Ctrl+3")
    screen.click(screen.labelled("Month", QAbstractButton))
    screen.settle()


def hits(screen: ScreenDriver) -> None:
    """Words found in the title and in the text; the third of them is gone to."""
    screen.press("/")
    screen.type("drone")
    screen.press("Return")
    screen.settle()
    screen.click_item(screen.part(ArticleList), "Fact box")
    screen.settle()
    screen.press("F3", "F3", "F3")
    screen.settle()


def kept_search(screen: ScreenDriver) -> None:
    """A collection’s search in the box, changed there, and how the change is kept."""
    screen.press("/")
    screen.type("royalt* OR licence")
    screen.press("Return", "Ctrl+S")
    screen.settle()
    screen.press("Ctrl+A")
    screen.type("Who is paid")
    screen.press("Return")
    screen.settle()
    screen.press("/", "Escape")
    screen.command("Who is paid")
    screen.press("End")
    screen.type(" -kyiv")
    screen.press("Alt+4")
    screen.settle()


def mark_all(screen: ScreenDriver) -> None:
    """All hits of a search as sentences to be marked: one is refused, and those of one article are marked already."""
    screen.press("/")
    screen.type("royalt*")
    screen.press("Return", "Ctrl+Shift+M")
    screen.settle()
    screen.click(screen.labelled("Theme…", QAbstractButton))
    screen.settle()
    screen.type("Royal")
    screen.press("Return")
    screen.click(screen.labelled("None", QAbstractButton))
    screen.click_item(screen.part(ProposalList), "Kyiv may soon")
    screen.click(screen.labelled("Mark 1 passage", QAbstractButton))
    screen.settle()
    screen.press("Ctrl+Shift+M")
    screen.settle()
    screen.click_item(screen.part(ProposalList), "A royalty is a modest thing")
    screen.hover(screen.part(MarkAllSheet))


def like_this(screen: ScreenDriver) -> None:
    """Articles with much in common with the open one."""
    open_article(screen, "Fact box")
    screen.press("Ctrl+R")
    screen.settle()


def recent(screen: ScreenDriver) -> None:
    """What was searched for lately, offered below the empty box; the keyboard is on one."""
    for query in ("royalt* OR licence", 'theme:"Drone technology" unread', "caspian", "published:2025-12 -drone"):
        screen.press("/", "Ctrl+A")
        screen.type(query)
        screen.press("Return")
        screen.settle()
    screen.press("/", "Ctrl+A", "Backspace", "Down", "Down")
    screen.settle()


def passages(screen: ScreenDriver) -> None:
    """The passages of a theme and the themes below it."""
    screen.press("/")
    screen.type('theme:"Drone technology"')
    screen.press("Return")
    screen.click(screen.labelled("Passages", QAbstractButton))
    screen.settle()


def overlaps(screen: ScreenDriver) -> None:
    """Passages that lie over each other, one of them chosen."""
    view = open_article(screen, "Kyiv may soon be paid")
    screen.click(view.viewport(), screen.point(view, "over two million drones"))
    screen.settle()


def selection_bar(screen: ScreenDriver) -> None:
    """Words selected with the mouse, and what can be done with them."""
    view = open_article(screen, "Two tables in Miami")
    screen.select(view, "A back channel", "two doors.")


def copying(screen: ScreenDriver) -> None:
    """A passage about to be copied, with its source and in several forms."""
    view = open_article(screen, "Two tables in Miami")
    screen.ask_menu(view, screen.point(view, "a leak has always been cut"))


def note(screen: ScreenDriver) -> None:
    """A note being written on a passage."""
    view = open_article(screen, "Kyiv may soon be paid")
    screen.click(view.viewport(), screen.point(view, "The Pentagon cannot field"))
    screen.press("N")
    screen.type("Compare with the *fact box*.")


def themes(screen: ScreenDriver) -> None:
    """The themes, and the menu of one of them."""
    open_article(screen, "Two tables in Miami")
    screen.press("Alt+1")
    tree = screen.part(ThemeTree)
    screen.open_menu(tree, "Counter-drone")


def merging(screen: ScreenDriver) -> None:
    """Two themes about to become one."""
    themes(screen)
    screen.choose("Merge")


def board(screen: ScreenDriver) -> None:
    """All passages of a theme beside each other."""
    screen.press("Alt+1")
    tree = screen.part(ThemeTree)
    index = screen.item(tree, "Drone technology")
    screen.double_click(tree.viewport(), tree.visualRect(index).center())
    screen.until(lambda: bool(screen.all(Board)), "the board")
    screen.settle()


def collection(screen: ScreenDriver) -> None:
    """A collection in its own order."""
    screen.command("Briefing: what is a licence")
    screen.until(lambda: bool(screen.all(Board)), "the collection")
    screen.press("Alt+4")
    screen.settle()


def article_details(screen: ScreenDriver) -> None:
    """What is known of an article, and where it comes from."""
    open_article(screen, "Two tables in Miami")
    screen.press("Alt+3")
    screen.settle()


def left_out(screen: ScreenDriver) -> None:
    """The page's furniture that was set aside, shown in its place."""
    open_article(screen, "Two tables in Miami")
    screen.press("Ctrl+U")
    screen.settle()


def history(screen: ScreenDriver) -> None:
    """Everything that was done; the latest of it taken back."""
    view = open_article(screen, "Two tables in Miami")
    for words, digit in (("Casimir", "1"), ("corridor", "5"), ("Warsaw", "4")):
        if not view.document().find(words).isNull():
            screen.select(view, words)
            screen.press(digit)
            screen.settle()
    screen.press("Ctrl+Z")
    screen.settle()
    screen.press("Ctrl+H")
    screen.settle()


def palette(screen: ScreenDriver) -> None:
    """The palette with something typed."""
    screen.press("Ctrl+K")
    screen.settle()
    screen.type("dron")


def nothing_found(screen: ScreenDriver) -> None:
    """A word that is nowhere, and what to do about it."""
    screen.press("/")
    screen.type("royalteis")
    screen.press("Return")
    screen.settle()


def typography(screen: ScreenDriver) -> None:
    """Size and letters of the text."""
    open_article(screen, "Two tables in Miami")
    screen.press("Ctrl+T")
    screen.settle()


def keys(screen: ScreenDriver) -> None:
    """All keys."""
    screen.press("F1")
    screen.settle()


def queries(screen: ScreenDriver) -> None:
    """What a search may say."""
    screen.press("Ctrl+F1")
    screen.settle()


def settings(screen: ScreenDriver) -> None:
    """All settings."""
    screen.press("Ctrl+,")
    screen.settle()


def libraries(screen: ScreenDriver) -> None:
    """The libraries that were open, and the doors to others."""
    screen.press("Ctrl+Shift+L")
    screen.settle()


def compare(screen: ScreenDriver) -> None:
    """An article beside the text it had before a line was left out of it."""
    open_article(screen, "Two tables in Miami")
    screen.window.reader.leave_out_wished.emit(2)
    screen.settle()
    screen.command("Compare with earlier texts and articles like it")
    screen.settle(1.0)


def paste(screen: ScreenDriver) -> None:
    """A passage that was copied elsewhere, with the address it is from."""
    QGuiApplication.clipboard().setText("The clerks of the harbour wrote down every ship, and forgot the one.")
    screen.command("Paste an article or a passage")
    screen.settle()


def watched(screen: ScreenDriver) -> None:
    """The folders that are watched; there is none yet."""
    screen.command("Watched folders")
    screen.settle()


def index(screen: ScreenDriver) -> None:
    """What the search index holds; it was compared with every text."""
    screen.command("The search index")
    screen.settle()
    screen.click(screen.labelled("Check", QAbstractButton))
    screen.settle(1.0)


SCENES: Final[Mapping[str, Scene]] = {
    "first-start": Scene(nothing, NONE),
    "library": Scene(library, main=True),
    "search": Scene(search),
    "completion": Scene(completion),
    "completion-fields": Scene(fields),
    "facets": Scene(facets, main=True),
    "facets-themes": Scene(facets_themes),
    "facets-months": Scene(facets_months),
    "hits": Scene(hits),
    "kept-search": Scene(kept_search),
    "mark-all": Scene(mark_all, main=True),
    "like-this": Scene(like_this),
    "recent": Scene(recent),
    "passages": Scene(passages),
    "reading": Scene(reading, main=True),
    "overlaps": Scene(overlaps),
    "selection-bar": Scene(selection_bar),
    "copying": Scene(copying),
    "note": Scene(note),
    "themes": Scene(themes),
    "merging": Scene(merging),
    "board": Scene(board, main=True),
    "collection": Scene(collection),
    "article-details": Scene(article_details),
    "left-out": Scene(left_out),
    "history": Scene(history),
    "palette": Scene(palette),
    "import-progress": Scene(import_progress),
    "import-report": Scene(import_report, main=True),
    "details": Scene(details, main=True),
    "details-several": Scene(details_several),
    "rules": Scene(rules),
    "import-options": Scene(import_options, main=True),
    "export": Scene(export, main=True),
    "document": Scene(document, main=True),
    "private-note": Scene(private_note),
    "empty-library": Scene(nothing, EMPTY),
    "nothing-found": Scene(nothing_found),
    "error": Scene(nothing, DAMAGED),
    "typography": Scene(typography, tells=True),
    "keys": Scene(keys),
    "queries": Scene(queries),
    "settings": Scene(settings, tells=True),
    "libraries": Scene(libraries),
    "index": Scene(index),
    "compare": Scene(compare),
    "proof": Scene(proof, main=True),
    "proof-another": Scene(proof_another),
    "proof-begins": Scene(proof_begins),
    "paste": Scene(paste),
    "watched": Scene(watched),
    "prepare-round": Scene(prepare_round),
    "take-in-round": Scene(take_in_round),
    "agreement": Scene(agreement, main=True),
    "layers": Scene(layers),
    "merge-library": Scene(merge_library),
}
