"""The frame of the window: its parts in three columns, or the first page; what it wears, and what it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QWidget

from app import places
from app.errors import AppError
from app.settings import Settings
from ui.articles.list import ArticleList
from ui.board.board import Board
from ui.bridge import Bridge
from ui.commands import opening
from ui.commands.importing import Importing
from ui.commands.indexing import Tending
from ui.context import Context, Parts
from ui.dialogs.deed_card import DeedCard
from ui.dialogs.import_sheet import ImportSheet
from ui.folding import Folding
from ui.known_columns import KnownColumns
from ui.looks import Looks
from ui.messages import Messages
from ui.palette import Palette
from ui.panels.side_pane import SidePane
from ui.panes import CentrePane, LibraryPane
from ui.reader.reader import Reader
from ui.reader.typography import Typography
from ui.refresh import Refresh
from ui.search.pane import SearchPane
from ui.shelf import Shelf
from ui.widgets.labels import label
from ui.widgets.toast import Toast

_WIDTHS = (334, 950, 316)
_SIZE = QSize(1600, 1000)
_MOST = 0.272  # of the window, for a side pane
_SHARE = 0.92  # of the screen: the frame of the window needs room too


class Frame(QMainWindow):
    """Everything that is in the window, and nothing yet that it does."""

    def __init__(self, settings: Settings, looks: Looks) -> None:
        """Build the parts, with no library in them."""
        super().__init__()
        self.settings, self.looks = settings, looks
        self.setWindowTitle("Commonplace")
        self.setMinimumSize(760, 480)
        self.reader = Reader(looks)
        self.list = ArticleList(looks)
        self.search = SearchPane(looks)
        self.board = Board(looks)
        self.side = SidePane(looks)
        self.library = LibraryPane(looks, self.search, self.list)
        self.centre = CentrePane(looks, self.reader, self.board)
        self.columns = QSplitter()
        self._lay_out()
        toast = Toast(looks, self)
        toast.left.connect(self.centre.take_keyboard)
        self.messages = Messages(toast, places.data_folder() / "reports", self)
        self.palette_sheet = Palette(looks, self)
        self.import_sheet = ImportSheet(looks, self)
        self.known_columns = KnownColumns(settings, self)
        self.importing = Importing(self.known_columns, self)
        deeds = DeedCard(looks, self)
        parts = Parts(self.library, self.search, self.list, self.centre, self.reader, self.board, self.side, deeds)
        self.context = Context(Bridge(None, parent=self), settings, looks, self.messages, parts)
        self.refresh = Refresh(self.context, self)
        self.shelf = Shelf(self.context, self)
        self.tending = Tending(self.context, self)
        self.actions_by_key: Mapping[str, QAction] = {}
        self._text_only = False
        self._put_away: list[QWidget] = []
        self._widths = list(_WIDTHS)
        looks.changed.connect(self._show_look)
        self.wear_settings()

    def _lay_out(self) -> None:
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for pane in (self.library, self.centre, self.side):
            self.columns.addWidget(pane)
        self._folding = Folding(self.columns, (self.side, self.library))
        self.columns.setStretchFactor(1, 1)
        self.pages = QStackedWidget()
        opening = label(self.tr("Opening the library …"), "faint")
        opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(opening)
        self.pages.addWidget(self.columns)
        self.setCentralWidget(self.pages)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * _SHARE))

    def change(self, key: str, value: Any) -> None:
        """Change a setting, and wear it at once."""
        try:
            self.settings.put(key, value)
        except AppError as error:
            self.messages.complain(error)
        self.wear_settings()
        if key == "layers":
            opening.reload_marks(self.context)

    def wear_settings(self) -> None:
        """Do as the settings say."""
        get = self.settings.get
        if self.looks.choice != get("look"):
            self.looks.choose(str(get("look")))
        self.reader.set_typography(
            Typography(
                px=int(get("text_size")),
                measure=int(get("measure")),
                line=float(get("line_height")),
                family=str(get("font")),
                numbers=bool(get("numbers")),
            )
        )
        self.reader.set_snapping(bool(get("snap")))
        self.reader.set_motion(bool(get("motion")))
        self.reader.tell_apart(bool(get("lines")))
        self.side.themes.tree.tell_apart(bool(get("lines")))
        self._show_look()

    def toggle_pane(self, place: int) -> None:
        """Show or hide the pane at the left (0) or right (2)."""
        pane = self.columns.widget(place)
        pane.setVisible(pane.isHidden())

    def step_pane(self, by: int) -> None:
        """Give the keyboard to the next of the columns in sight, or to the one before."""
        takers = {self.library: self.list.setFocus, self.centre: self.centre.take_keyboard}
        takers[self.side] = self.side.take_keyboard
        shown = [pane for pane in takers if pane.isVisible()]
        focused = QApplication.focusWidget()
        here = [place for place, pane in enumerate(shown) if focused is not None and pane.isAncestorOf(focused)]
        if shown:
            takers[shown[(here[0] + by) % len(shown) if here else 0]]()

    def toggle_text_only(self) -> None:
        """Show only the text, or everything again."""
        self._text_only = not self._text_only
        if self._text_only:
            parts = (self.side, self.library)
            self._put_away = [part for part in parts if not part.isHidden() or self._folding.holds(part)]
            self._folding.forget()
        for part in self._put_away:
            part.setVisible(not self._text_only)
        self.centre.show_frame(shown=not self._text_only)

    def _show_look(self) -> None:
        self.centre.look.show_icon("ph.sun" if self.looks.now.dark else "ph.moon")

    def restore_frame(self) -> None:
        """Put the window and its panes where they were the last time."""
        geometry = self.settings.remembered("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        widths = self.settings.remembered("widths")
        if isinstance(widths, list) and len(widths) == len(_WIDTHS) and all(isinstance(one, int) for one in widths):
            self._widths = [one or usual for one, usual in zip(widths, _WIDTHS, strict=True)]
        for place, name in ((0, "library_hidden"), (2, "side_hidden")):
            self.columns.widget(place).setHidden(bool(self.settings.remembered(name, False)))
        facet = self.settings.remembered("facet", "")
        self.search.open_facets(self.settings.remembered("facets_open") is True, str(facet))
        tab = self.settings.remembered("tab")
        if isinstance(tab, str):
            self.side.show_tab(tab)

    def show_columns(self) -> None:
        """Show the three columns, the side panes as wide as they were."""
        self.pages.setCurrentWidget(self.columns)
        self._spread()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the side panes their widths as soon as there is room for them."""
        super().showEvent(event)
        self._spread()

    def _spread(self) -> None:
        left, _, right = self._widths
        if self._widths == list(_WIDTHS):  # in a small window the text comes first, unless the reader chose otherwise
            left, right = min(left, round(self.width() * _MOST)), min(right, round(self.width() * _MOST))
        self.columns.setSizes([left, max(1, self.width() - left - right), right])

    def remember_frame(self) -> None:
        """Remember where the window and its panes are."""
        if self._text_only:
            self.toggle_text_only()
        self.keep(
            geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
            widths=self.columns.sizes() if self.columns.isVisible() else self._widths,
            library_hidden=self.library.isHidden() and not self._folding.holds(self.library),
            side_hidden=self.side.isHidden() and not self._folding.holds(self.side),
            tab=self.side.tab(),
            facets_open=self.search.are_facets_open(),
            facet=self.search.facet(),
        )

    def keep(self, **values: Any) -> None:
        """Remember places for the next time; where they cannot be kept, that is not worth a complaint."""
        try:
            self.settings.remember(**values)
        except AppError:
            pass
