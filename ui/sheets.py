"""The window's sheets: each is made when it is first wanted, filled with what is there now, and shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app import places
from app.errors import AppError, InvalidInput
from app.loading import load
from app.model import Article
from app.searching.answers import Results
from app.settings import SETTINGS
from ui.commands import boards, collecting, describing, libraries, opening, recalling
from ui.dialogs.confirm import Confirm
from ui.dialogs.crash_dialog import CrashDialog
from ui.dialogs.examples_sheet import ExamplesSheet
from ui.dialogs.keys_sheet import KeysSheet
from ui.dialogs.libraries_sheet import LibrariesSheet
from ui.dialogs.name_sheet import NameSheet
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.typography_popover import TypographyPopover
from ui.examples import query_help, template_help
from ui.frame import Frame
from ui.palette import Entry
from ui.wording import filled, translated, unquoted

if TYPE_CHECKING:
    from ui.pages.mark_all import MarkAll

_FOUND = 8


class Sheets(QObject):
    """Opens sheets over a window, and hands on what is wished in them."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._rows: Sequence[Any] = ()
        self._help: Sequence[tuple[str, str, str]] = ()
        self._settings: SettingsDialog | None = None
        self._typography: TypographyPopover | None = None
        self._keys: KeysSheet | None = None
        self._queries: ExamplesSheet | None = None
        self._templates: ExamplesSheet | None = None
        self._libraries: LibrariesSheet | None = None
        self._crash: CrashDialog | None = None
        self._mark_all: MarkAll | None = None
        window.palette_sheet.chosen.connect(self._go_to)
        window.palette_sheet.typed.connect(self._find_more)

    def take_actions(self, rows: Sequence[Any], help_rows: Sequence[tuple[str, str, str]]) -> None:
        """Take the table of actions, for the palette and the help."""
        self._rows, self._help = rows, help_rows

    # the palette

    def open_palette(self) -> None:
        """Open the palette over all that can be gone to or done, with what was read last before the rest."""
        self._window.palette_sheet.open(self._entries())
        recalling.ask_articles(self._window.context, self._offer_articles)

    def _offer_articles(self, articles: Sequence[Article]) -> None:
        self._window.palette_sheet.add_first([self._article_entry(article) for article in articles])

    def _entries(self) -> list[Entry]:
        window, session = self._window, self._window.context.session
        tr = self.tr
        entries = [
            Entry(
                f"action:{row.key}",
                window.actions_by_key[row.key].text(),
                tr("action"),
                row.keys[0] if row.keys else "",
                row.icon,
            )
            for row in self._rows
            if not row.key.startswith("theme-")
        ]
        for theme in session.themes:
            hint = str(theme.digit or "")
            entries.append(Entry(f"theme:{theme.id}", " > ".join(theme.path), tr("theme"), hint, "ph.tag"))
        entries += [
            Entry(f"collection:{one.id}", one.name, tr("collection"), "", "ph.stack") for one in session.collections
        ]
        here = str(window.context.bridge.folder)
        others = [one for one in libraries.known(window.settings) if one.folder != here]
        entries += [Entry(f"library:{one.folder}", one.name, tr("library"), "", "ph.books") for one in others]
        for setting in SETTINGS:
            named = translated(setting.name)
            if not setting.choices or setting.kind == "typeface":
                entries.append(Entry(f"setting:{setting.key}", named, tr("setting"), "", "ph.gear"))
            entries += [
                Entry(f"choice:{setting.key}:{value}", f"{named}: {translated(name)}", tr("setting"), "", "ph.gear")
                for value, name in setting.choices
            ]
        return entries

    def _find_more(self, text: str) -> None:
        if len(text.strip()) < 2:
            return

        def then(results: Results) -> None:
            self._window.palette_sheet.add(text, [self._article_entry(found.article) for found in results.found])

        self._window.context.bridge.ask(
            lambda workspace: workspace.search(text, limit=_FOUND, typing=True), then, key="palette"
        )

    def _article_entry(self, article: Article) -> Entry:
        return Entry(f"article:{article.id}", article.metadata.title or "", self.tr("article"), "", "ph.article")

    def _go_to(self, key: str) -> None:
        kind, _, given = key.partition(":")
        window = self._window
        if kind == "action":
            window.actions_by_key[given].trigger()
        elif kind == "theme":
            boards.open_board(window.context, boards.THEME, given)
        elif kind == "collection":
            collecting.open_collection(window.context, given)
        elif kind == "article":
            opening.open_article(window.context, given)
        elif kind == "library":
            window.shelf.open(given)
        elif kind == "choice":
            setting, _, value = given.partition(":")
            window.change(setting, value)
        else:
            self.open_settings(given)

    # settings, help, libraries

    def open_settings(self, setting: str = "") -> None:
        """Open the settings, at one of them when it is named."""
        if self._settings is None:
            self._settings = SettingsDialog(self._window.looks, SETTINGS, self._window)
            self._settings.changed.connect(self._window.change)
        self._settings.show_values(self._window.settings.values())
        self._settings.open()
        if setting:
            self._settings.show_setting(setting)

    def open_typography(self) -> None:
        """Open the popover for size, letters and look."""
        window = self._window
        if self._typography is None:
            self._typography = TypographyPopover(window.looks, window)
            self._typography.changed.connect(window.change)
            self._typography.typefaces_wished.connect(partial(self.open_settings, "font"))
        self._typography.show_values(window.settings.values())
        corner = window.centre.type.mapTo(window, QPoint(0, 0))
        self._typography.open_at(QRect(corner, window.centre.type.size()))

    def open_keys(self) -> None:
        """Open the list of all keys."""
        if self._keys is None:
            self._keys = KeysSheet(self._window.looks, self._help, self._window)
        self._keys.open()

    def open_queries(self) -> None:
        """Open the help on what a search may say."""
        window = self._window
        if self._queries is None:
            title, intro = (
                self.tr("How to search"),
                self.tr(
                    "Whatever you type is answered, and beside the number of hits stands how it was read. "
                    "Press an example to try it."
                ),
            )
            self._queries = ExamplesSheet(window.looks, title, intro, query_help(), window)
            self._queries.tried.connect(self._try_query)
        self._queries.open()

    def open_templates(self) -> None:
        """Open the help on what a template for exports may say."""
        window = self._window
        if self._templates is None:
            title, intro = (
                self.tr("What a template may say"),
                self.tr(
                    "A template is a text file in Jinja2's language; what it says once is said for each article, "
                    "passage or theme. Press a line to copy it."
                ),
            )
            self._templates = ExamplesSheet(window.looks, title, intro, template_help(), window)
            self._templates.tried.connect(self._copy_line)
        self._templates.open()

    def _copy_line(self, line: str) -> None:
        QGuiApplication.clipboard().setText(line)
        self._window.messages.say(self.tr("Copied."))

    def _try_query(self, query: str) -> None:
        self._window.search.set_query(query)
        self._window.search_library()

    def open_libraries(self) -> None:
        """Open the list of libraries."""
        window = self._window
        if self._libraries is None:
            self._libraries = sheet = LibrariesSheet(window.looks, window)
            sheet.example_wished.connect(window.shelf.open_example)
            sheet.new_wished.connect(window.shelf.make)
            sheet.open_wished.connect(window.shelf.open)
            sheet.forget_wished.connect(self._forget)
        here = window.context.bridge.folder
        self._libraries.set_default_folder(str(here.parent if here is not None else places.libraries_folder()))
        self._show_libraries()
        self._libraries.open()

    def close_libraries(self) -> None:
        """Close the list of libraries: one was opened, or could not be."""
        if self._libraries is not None:
            self._libraries.dismiss()

    def _show_libraries(self) -> None:
        rows = [(one.name, one.folder, one.example) for one in libraries.known(self._window.settings)]
        self._libraries.show_recent(rows, str(self._window.context.bridge.folder))

    def _forget(self, folder: str) -> None:
        try:
            libraries.forget(self._window.settings, folder)
        except AppError as error:
            self._window.messages.complain(error)
        self._show_libraries()

    # names

    def name_collection(self, ids: Sequence[str]) -> None:
        """Ask a name for a new collection of these things."""
        sheet = NameSheet(self._window.looks, self._window, self.tr("New collection"), self.tr("Make"))
        sheet.named.connect(lambda name: collecting.put_new(self._window.context, name, ids))
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask()

    def rename_collection(self, collection: str) -> None:
        """Ask another name for a collection."""
        found = next((one for one in self._window.context.session.collections if one.id == collection), None)
        if found is None:
            return
        sheet = NameSheet(self._window.looks, self._window, self.tr("Rename the collection"), self.tr("Rename"))
        sheet.named.connect(lambda name: collecting.rename(self._window.context, collection, name))
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(found.name)

    def erase(self, articles: Sequence[str]) -> None:
        """Erase articles for good, after asking once."""
        count = len(articles)
        question = (
            self.tr("Erase the article for good?")
            if count == 1
            else filled(self.tr("Erase {count} articles for good?"), count=count)
        )
        consequence = self.tr(
            "Its marks, its notes and its original go too, and every trace in the history, in earlier versions, in "
            "backups and in what could not be written; a file that holds other articles as well goes with the last of "
            "them. This cannot be undone."
        )
        sheet = Confirm(self._window.looks, question, consequence, self.tr("Erase for good"), self._window)
        sheet.confirmed.connect(lambda: describing.erase(self._window.context, articles))
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def open_keep_search(self) -> None:
        """Ask a name under which the present search is kept."""
        self._window.search.settle(self._ask_name_of_search)

    def _ask_name_of_search(self) -> None:
        query, kept = self._window.search.query(), self._window.search.kept()
        if not query:
            self._window.messages.say(self.tr("Search for something first; then it can be kept."))
            return
        hint = self.tr("The collection finds its members by “{query}”, also those that come later.")
        if kept is not None:
            hint += " " + self.tr("Under another name it becomes a new one.")
        title = self.tr("Keep this search")
        called = self._window.search.called()
        said = filled(hint, query=unquoted(called))
        sheet = NameSheet(self._window.looks, self._window, title, self.tr("Keep"), said)
        sheet.named.connect(partial(collecting.keep_search, self._window.context))
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(kept.name if kept is not None else called)

    def open_mark_all(self) -> None:
        """Look through all hits of the present search, and mark those that are not refused."""
        self._window.search.settle(self._look_through_hits)

    def _look_through_hits(self) -> None:
        query = self._window.search.query()
        if not query:
            self._window.messages.say(self.tr("Search for something first; then its hits can be marked."))
            return
        self._all_marking().open(query)

    def mark_everywhere(self, words: str) -> None:
        """Look through the open article for words, and mark them where they are not refused."""
        article = self._window.context.session.article
        if article is None:
            return
        try:
            self._all_marking().open_in_article(words, article.key)
        except InvalidInput as error:
            self._window.messages.complain(error)

    def _all_marking(self) -> MarkAll:
        if self._mark_all is None:
            self._mark_all = load("ui.pages.mark_all").MarkAll(self._window)
        return self._mark_all

    def show_crash(self, sentence: str, report: str, where: str) -> None:
        """Show the report of a bug."""
        if self._crash is None:
            self._crash = CrashDialog(self._window.looks, sentence, report, where, self._window)
            self._crash.open_wished.connect(_open_path)
            self._crash.closed.connect(self._forget_crash)
            self._crash.open()

    def _forget_crash(self) -> None:
        crash, self._crash = self._crash, None
        if crash is not None:
            crash.deleteLater()


def _open_path(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
