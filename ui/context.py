"""What a command works with: the library behind the bridge, the parts of the window, and what is open in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.lane import Ticket
from app.model import Article, Attribute, Collection, Content, Highlight, Theme
from app.searching.gathering import Ref
from app.settings import Settings
from ui.articles.list import ArticleList
from ui.board.board import Board
from ui.board.passage import Passage
from ui.bridge import Bridge
from ui.dialogs.deed_card import DeedCard
from ui.looks import Looks
from ui.messages import Messages
from ui.panels.side_pane import SidePane
from ui.panes import CentrePane, LibraryPane
from ui.reader.reader import Reader
from ui.search.pane import SearchPane


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader was: an article, a position in it in code points, and the board if it lay over the article.

    On a board over nothing, the article is ``""``.
    """

    article: str
    position: int
    board: tuple[str, str] | None = None


@dataclass(slots=True, eq=False)
class Writing:
    """What was typed and shall be written down; ``refused`` while the library could not take it.

    ``done`` when it did, or when the words were put elsewhere.
    """

    job: Callable[..., object]
    words: str
    refused: bool = False
    done: bool = False


@dataclass(slots=True, eq=False)
class Running:
    """What is under way with many rows: how many are done, and the numbers of its steps, once there are any.

    ``unwanted``: it was taken back before it ended. ``is_deed``: it changes something, and can be undone.
    """

    ticket: Ticket = field(default_factory=Ticket)
    done: int = 0
    steps: tuple[int, ...] = ()
    unwanted: bool = False
    is_deed: bool = True


@dataclass(slots=True)
class Session:
    """What is open now. Everything here is a copy of what the library holds; it is asked again when that changes."""

    name: str = ""
    example: bool = False
    article: Article | None = None
    content: Content | None = None
    highlights: tuple[Highlight, ...] = ()
    has_original: bool = False  # the file that the article was read from is kept here
    themes: tuple[Theme, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    collections: tuple[Collection, ...] = ()
    last_theme: str = ""
    coders: frozenset[str] = frozenset()  # whose highlights can only be looked at
    board: tuple[str, str] | None = None
    laid_out: tuple[str, str] | None = None  # the board that is shown, or was shown last
    gathered: dict[Ref, Passage] = field(default_factory=dict)  # what is known of what lies on it
    gathering: Ticket = field(default_factory=Ticket)
    naming: Ticket = field(default_factory=Ticket)  # of all rows of the list
    back: list[Place] = field(default_factory=list)
    forward: list[Place] = field(default_factory=list)
    opening: str = ""
    gone: int | None = None  # the key of the article that was open when it was removed
    note_to_open: str = ""
    orphan_to_place: str = ""
    # what was typed last and is not written down yet, by where it belongs
    unwritten: dict[tuple[str, ...], Writing] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)  # what was wished for last is the last of them

    def theme(self, given: str) -> Theme | None:
        """Return the theme with this id."""
        return next((theme for theme in self.themes if theme.id == given), None)

    def highlight(self, given: str) -> Highlight | None:
        """Return the highlight of the open article with this id."""
        return next((one for one in self.highlights if one.id == given), None)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the window that commands show values in."""

    library: LibraryPane
    search: SearchPane
    list: ArticleList
    centre: CentrePane
    reader: Reader
    board: Board
    side: SidePane
    deeds: DeedCard


@dataclass(slots=True)
class Context:
    """All of it, handed to every command."""

    bridge: Bridge
    settings: Settings
    looks: Looks
    messages: Messages
    parts: Parts
    session: Session = field(default_factory=Session)
