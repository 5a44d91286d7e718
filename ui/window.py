"""The window: three columns over one library, or the first page where no library is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

from app import places
from app.errors import AppError
from app.loading import load
from app.settings import Settings
from ui.articles.dropping import dragged_files
from ui.commands import boards, describing, libraries, marking, needing, opening, recalling, travelling, undoing, ways
from ui.commands.importing import cut_short
from ui.drop_hint import DropHint
from ui.frame import Frame
from ui.looks import Looks
from ui.menus import Menus
from ui.pages.coding import CodingPage
from ui.pages.comparison import ComparisonPage
from ui.pages.details import DetailsPage
from ui.pages.export import ExportPage
from ui.pages.importing import ImportPage
from ui.pages.index import IndexPage
from ui.pages.intake import Intake
from ui.pages.merge import MergePage
from ui.pages.moving import Moving
from ui.pages.note import NotePage
from ui.pages.paste import PastePage
from ui.pages.proof import ProofPage
from ui.pages.rules import RulesPage
from ui.pages.watch_keeper import WatchKeeper
from ui.refresh import show_library
from ui.sheets import Sheets
from ui.widgets.overlay import Overlay
from ui.wiring import wire
from ui.wording import complaint, filled, number

if TYPE_CHECKING:
    from ui.dialogs.start_page import StartPage


class Window(Frame):
    """The program's window. ``begin`` opens a library; actions are installed from outside."""

    def __init__(self, settings: Settings, looks: Looks) -> None:
        """Connect the parts with what they do."""
        super().__init__(settings, looks)
        self.sheets = Sheets(self)
        self.export_page = ExportPage(self)
        self.intake = Intake(self)
        self.menus = Menus(self, self.sheets, self.export_page)
        self.index_page = IndexPage(self)
        self.comparison_page = ComparisonPage(self)
        self.coding_page = CodingPage(self)
        self.merge_page = MergePage(self)
        self.paste_page = PastePage(self)
        self.proof_page = ProofPage(self)
        self.watch_keeper = WatchKeeper(self)
        self.moving = Moving(self)
        self.details_page = DetailsPage(self)
        self.rules_page = RulesPage(self)
        self.note_page = NotePage(self)
        self.import_page = ImportPage(self)
        self._drop_hint = DropHint(looks, self.centre)
        self.setAcceptDrops(True)
        wire(self.context)
        self._connect()

    def take_actions(
        self, actions: Mapping[str, QAction], rows: Sequence[Any], help_rows: Sequence[tuple[str, str, str]]
    ) -> None:
        """Take the actions that were made for this window: they go into menus, palette and help."""
        self.actions_by_key = actions
        self.sheets.take_actions(rows, help_rows)

    def _connect(self) -> None:
        self.library.places_wished.connect(self.menus.open_places)
        self.library.add.clicked.connect(self.menus.open_import)
        self.list.import_wished.connect(self.intake.choose_files)
        self.list.dropped.connect(self.import_paths)
        self.list.menu_wished.connect(self.menus.open_list)
        self.centre.left.clicked.connect(partial(self.toggle_pane, 0))
        self.centre.right.clicked.connect(partial(self.toggle_pane, 2))
        self.centre.back.clicked.connect(partial(travelling.go_back, self.context))
        self.centre.type.clicked.connect(self.open_typography)
        self.centre.find.clicked.connect(self.find_in_article)
        self.centre.look.clicked.connect(self.next_look)
        self.centre.more.clicked.connect(self.menus.open_more)
        self.reader.edit_wished.connect(self._edit_field)
        self.reader.nothing_meant.connect(self._say_how_to_choose)
        self.reader.highlight_wished.connect(self.highlight_or_place)
        self.reader.everywhere_wished.connect(self.sheets.mark_everywhere)
        self.reader.highlighter_changed.connect(self.centre.show_highlighter)
        self.centre.highlighter.clicked.connect(partial(self.reader.take_highlighter, False))
        self.reader.plain_wished.connect(partial(marking.mark_again, self.context))
        self.side.collections.export_wished.connect(self.export_page.open_collection)
        self.side.collections.rename_wished.connect(self.sheets.rename_collection)
        self.side.themes.about_wished.connect(self.note_page.open)
        self.board.export_wished.connect(self.export_page.open_board)
        self.board.collect_wished.connect(self.collect)
        self.board.by_hand_changed.connect(self._show_hints)
        self.shelf.came.connect(self._library_came)
        self.shelf.failed.connect(self._library_failed)
        self.shelf.changed.connect(partial(undoing.withdraw, self.context))
        self.shelf.changed.connect(self.refresh.touched)
        self.shelf.changed_elsewhere.connect(self.refresh.everything)
        self.centre.stack.currentChanged.connect(self._show_hints)
        self.reader.came_and_went.connect(self._show_hints)
        self.messages.reported.connect(self.sheets.show_crash)
        self.import_page.compare_wished.connect(self.comparison_page.open)
        self.import_page.details_wished.connect(self.details_page.open)
        self.paste_page.files_wished.connect(self.intake.bring_in)
        self.watch_keeper.details_wished.connect(self.details_page.open)
        self.watch_keeper.place_wished.connect(self.import_page.place)
        self.watch_keeper.table_wished.connect(self.intake.bring_in)
        self.tending.mended.connect(self.refresh.everything)

    # starting, and which library is open

    def begin(self, folder: Path | None) -> None:
        """Open a library, or where there is none show the first page."""
        self.restore_frame()
        if folder is None:
            self.show_start()
            if gone := libraries.missing(self.settings):
                self.start.show_error(
                    filled(self.tr("The library that was open last is not in “{folder}” any more."), folder=gone),
                    self.tr("Connect its disk and start again, or open it where it is now."),
                )
        else:
            self.shelf.open(str(folder), create=True)

    @cached_property
    def start(self) -> StartPage:
        """The first page, made when there is no library to open."""
        page: StartPage = load("ui.dialogs.start_page").StartPage(self.looks)
        page.example_wished.connect(self.shelf.open_example)
        page.new_wished.connect(self.shelf.make)
        page.open_wished.connect(self.shelf.open)
        self.pages.addWidget(page)
        return page

    def show_start(self) -> None:
        """Show the first page: the example, a new library, or one that is there."""
        self.start.set_default_folder(str(places.libraries_folder()))
        self.start.show_recent([(one.name, one.folder, one.example) for one in libraries.known(self.settings)])
        self.pages.setCurrentWidget(self.start)

    def _library_came(self, facts: libraries.Facts) -> None:
        show_library(self.context, facts)
        if self.importing.is_busy():
            self.messages.say(
                self.tr("The import into the other library has ended."),
                hint=self.tr("What was read by then is in it. Import the rest when it is open again."),
            )
        self.importing.let_go()
        self.tending.let_go()
        self.import_sheet.vanish()
        self.context.parts.deeds.end()
        self.context.bridge.ask(cut_short, self._say_cut_short)
        self.sheets.close_libraries()
        self.setWindowTitle(
            f"{facts.name} — Commonplace".replace("[*]", "[*][*]")
        )  # for Qt, one of them is a placeholder
        self.show_columns()
        self.centre.show_board(shown=False)
        self.search.clear()
        recalling.show_searches(self.context)
        self.refresh.everything()
        if facts.article:
            opening.open_article(self.context, facts.article, trail=False)
        (self.reader if facts.article else self.list).setFocus()
        ways.show_ways(self.context)
        self._show_hints()

    def _say_cut_short(self, read: tuple[int, int] | None) -> None:
        if read is not None:
            done, total = map(number, read)
            self.messages.say(
                filled(self.tr("The import ended when the window was closed: {done} of {total} files were read."),
                       done=done, total=total),
                hint=self.tr("Import the same files again for the rest; what is in already stays as it is."),
            )  # fmt: skip

    def _library_failed(self, error: AppError) -> None:
        if self.context.bridge.is_open():
            self.sheets.close_libraries()
            self.messages.complain(error)
            return
        self.show_start()
        self.start.show_error(*complaint(error))
        self.messages.spoken.emit(str(error))

    # what actions do that is not a command

    def highlight_or_place(self) -> None:
        """Highlight the selection; when a lost passage waits for its place, put it there."""
        session, span = self.context.session, self.reader.selection()
        waiting = session.orphan_to_place
        if span and session.highlight(waiting) is not None:
            session.orphan_to_place = ""
            marking.place(self.context, waiting, span)
        else:
            self.reader.highlight_plain()

    def toggle_highlighter(self) -> None:
        """Take the highlighter in hand, with which all that the mouse selects is marked at once, or put it down."""
        self.reader.take_highlighter(not self.reader.has_highlighter())
        if self.reader.has_highlighter():
            self.messages.say(
                self.tr("What you select with the mouse is highlighted at once, with the theme that was used last."),
                hint=self.tr("Esc puts the highlighter down."),
            )

    def let_go(self) -> None:
        """Let go of one thing in the reader; a lost passage waits for its place no longer."""
        session = self.context.session
        waits = session.highlight(session.orphan_to_place) is not None
        session.orphan_to_place = ""
        if not (waits and self.reader.has_highlighter()):  # the highlighter was taken for more than this passage
            self.reader.escape()

    def search_library(self) -> None:
        """Go to the search box, with the library pane open."""
        self.library.show()
        self.search.focus_box()

    def narrow_list(self) -> None:
        """Show by what the list can be narrowed, with the library pane open, or fold it away."""
        self.library.show()
        self.search.toggle_facets()

    def find_in_article(self) -> None:
        """Open the bar that finds words in the open article."""
        if self.centre.is_board():
            boards.close_board(self.context)
        if needing.text(self.context):
            self.reader.open_find()

    def toggle_left_out(self) -> None:
        """Show or hide what was left out of the open article."""
        self.reader.show_left_out(not self.reader.shows_left_out())
        self.side.article.show_left_out(self.reader.shows_left_out())

    def toggle_history(self) -> None:
        """Show or hide the history."""
        self.side.show()
        if self.side.history.isVisible():
            self.side.hide_history()
        else:
            undoing.show_history(self.context)
            self.side.show_history()

    def show_tab(self, name: str) -> None:
        """Show a tab of the side pane."""
        self.side.show()
        self.side.show_tab(name)

    def next_look(self) -> None:
        """Put on the next look."""
        keys = list(self.looks.all)
        self.change("look", keys[(keys.index(self.looks.now.key) + 1) % len(keys)])

    def resize_text(self, by: int) -> None:
        """Make the text larger or smaller."""
        self.change("text_size", int(self.settings.get("text_size")) + by)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders, one import at a time."""
        self.intake.bring_in(paths)

    def collect(self, ids: Sequence[str]) -> None:
        """Ask into which collection things shall go, and put them there."""
        self.menus.open_collect(list(ids))

    def collect_meant(self) -> None:
        """Collect what is chosen in the list or on the board, or the focused passage, or the open article."""
        needing.when_meant(self.context, self.collect)

    def remove_here(self) -> None:
        """Remove the articles that are chosen in the list, or the open one."""
        self.list.when_named(self._remove_chosen)

    def _remove_chosen(self, chosen: Sequence[str]) -> None:
        if len(chosen) > 1 and not self.search.listing().passages:
            describing.remove_articles(self.context, chosen)
        elif needing.text(self.context):
            describing.remove_open(self.context)

    # sheets

    def open_palette(self) -> None:
        """Open the palette."""
        self.sheets.open_palette()

    def export(self) -> None:
        """Open the export dialog, with what the board shows when it is there."""
        self.export_page.open_board()

    def keep_search(self) -> None:
        """Keep the present search as a collection that finds its members."""
        self.sheets.open_keep_search()

    def mark_hits(self) -> None:
        """Look through all hits of the present search, and mark those that are not refused."""
        self.sheets.open_mark_all()

    def open_libraries(self) -> None:
        """Open the list of libraries."""
        self.sheets.open_libraries()

    def open_typography(self) -> None:
        """Open the popover for size and letters."""
        self.sheets.open_typography()

    def open_settings(self) -> None:
        """Open the settings."""
        self.sheets.open_settings()

    def open_keys(self) -> None:
        """Open the list of all keys."""
        self.sheets.open_keys()

    # the frame

    def is_idle(self) -> bool:
        """Tell whether nothing is under way: no question is open, nothing waits to be shown."""
        return self.context.bridge.is_idle() and self.refresh.is_idle() and self.shelf.is_idle()

    def _edit_field(self, field: str) -> None:
        self.show_tab("article")
        self.side.article.edit(field)

    def _say_how_to_choose(self) -> None:
        hint = self.tr("Select words, click a highlight, or walk to a paragraph with J and K.")
        if self.reader.selection() is not None:
            self.messages.say(
                self.tr("What is selected is out of sight."),
                hint=self.tr("Scroll back to it, or choose something else."),
            )
        else:
            self.messages.say(self.tr("Nothing is chosen in the text."), hint=hint)

    def _show_hints(self) -> None:
        """Show the keys of what is in the centre: the reader's, or the board's."""
        tr = self.tr
        own = (
            (("H", tr("heading")), ("T", tr("text")), ("Alt+↑ ↓", tr("order")), ("Del", tr("take out")))
            if self.board.is_by_hand()
            else ()
        )
        board = (("1–9", tr("theme")), ("N", tr("note")), ("C", tr("copy with citation")), ("A", tr("collect")),
                 *own, (tr("Enter"), tr("open in the article")), ("Esc", tr("back")))  # fmt: skip
        anywhere = (("/", tr("search")), ("Ctrl+K", tr("anything")))
        reader = (("1–9", tr("theme")), ("N", tr("note")), ("J K", tr("next, previous paragraph")), *anywhere)
        nothing = (("Ctrl+O", tr("import")), *anywhere)
        shown = reader if self.reader.current_article() else nothing
        self.centre.show_hints(board if self.centre.is_board() else shown)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files wherever nothing else takes what is dropped."""
        if dragged_files(event) and self._takes_files():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop_hint.appear()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the hint away."""
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files that were dropped."""
        self._drop_hint.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.import_paths(dragged_files(event))

    def _takes_files(self) -> bool:
        sheets = any(sheet.isVisible() for sheet in self.findChildren(Overlay))
        return self.pages.currentWidget() is self.columns and not sheets

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being written and where the reader is, then let go of the library."""
        self.remember_frame()
        self.importing.leave()
        self.reader.leave()
        self.hide()  # editors save what is in them when they are hidden
        self.refresh.stop()
        self.shelf.end()
        super().closeEvent(event)
