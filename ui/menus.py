"""The window's menus: places to go, files to bring in, what to do with chosen rows, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from app.copying import Form
from ui.commands import collecting, copying, describing, finding, libraries, marking, opening
from ui.frame import Frame
from ui.pages.export import ExportPage
from ui.pages.row_themes import RowThemes
from ui.sheets import Sheets
from ui.wording import filled, state_names

_MORE = (
    ("undo", "redo", "history"),
    ("find", "like-this", "mark-hits"),
    ("left-out", "original", "compare", "copy-source", "read", "collect", "remove-article"),
    ("import-files", "import-folder", "import-as", "paste", "watched", "details-queue", "rules"),
    ("export", "check-draft", "save-search", "library-note", "libraries", "backup", "pack", "unpack"),
    ("prepare-round", "take-in-round", "agreement", "layers", "merge-library"),
    ("text-only", "typography", "settings", "keys", "quit"),
)


class Menus(QObject):
    """Makes each menu anew when it is opened, from what is there now."""

    def __init__(self, window: Frame, sheets: Sheets, exports: ExportPage) -> None:
        """Open menus for a window."""
        super().__init__(window)
        self._window = window
        self._sheets = sheets
        self._exports = exports
        self.row_themes = RowThemes(window)

    def open_places(self) -> None:
        """Offer the whole library, its collections, and the other libraries."""
        window, context = self._window, self._window.context
        menu = self._menu()
        menu.addAction(self.tr("All articles"), window.search.clear)
        for one in context.session.collections:
            menu.addAction(plain(one.name), partial(collecting.open_collection, context, one.id)).setIcon(
                window.looks.icon("ph.stack" if not one.query else "ph.magnifying-glass")
            )
        menu.addSeparator()
        here = str(context.bridge.folder)
        for known in libraries.known(window.settings)[:6]:
            if known.folder != here:
                name = filled(self.tr("{name} (example)"), name=known.name) if known.example else known.name
                menu.addAction(plain(name), partial(window.shelf.open, known.folder)).setIcon(
                    window.looks.icon("ph.books")
                )
        menu.addAction(self.tr("Libraries…"), self._sheets.open_libraries)
        self._below(menu, window.library.place)

    def open_import(self) -> None:
        """Offer files, a folder, or files that are to be read in a certain way."""
        menu = self._menu()
        keys = ("import-files", "import-folder", "import-as", "paste", "watched", "details-queue")
        menu.addActions([self._window.actions_by_key[key] for key in keys])
        self._below(menu, self._window.library.add)

    def open_more(self) -> None:
        """Offer everything that has no place of its own in the bar."""
        menu = self._menu()
        for number, keys in enumerate(_MORE):
            if number:
                menu.addSeparator()
            menu.addActions([self._window.actions_by_key[key] for key in keys if self._is_offered(key)])
        self._below(menu, self._window.centre.more)

    def open_list(self, ids: Sequence[str], place: QPoint) -> None:
        """Offer what can be done with the chosen rows of the list."""
        window, context = self._window, self._window.context
        menu = self._menu()
        if not window.search.listing().passages:
            if len(ids) == 1:
                menu.addAction(self.tr("Open"), partial(opening.open_article, context, ids[0]))
            below = menu.addMenu(self.tr("Mark as"))
            for state, name in state_names().items():
                below.addAction(name, partial(describing.set_state, context, list(ids), state.value))
        if len(ids) == 1:
            passages = window.search.listing().passages
            like = self.tr("Passages like this one") if passages else self.tr("Articles like this one")
            menu.addAction(like, partial(finding.list_like, context, ids[0]))
        menu.addAction(self.tr("Themes…"), partial(self.row_themes.open, ids, place))
        self._copying(menu.addMenu(self.tr("Copy")), list(ids), passages=window.search.listing().passages)
        self._collections(menu.addMenu(self.tr("Put into a collection")), list(ids))
        if not window.search.listing().passages:
            menu.addAction(self.tr("Export…"), partial(self._exports.open_articles, tuple(ids)))
            menu.addSeparator()
            menu.addAction(self.tr("Remove from the library"), partial(describing.remove_articles, context, list(ids)))
            menu.addAction(self.tr("Erase for good…"), partial(self._sheets.erase, list(ids)))
        else:
            menu.addSeparator()
            remove = self.tr("Remove highlight") if len(ids) == 1 else self.tr("Remove highlights")
            menu.addAction(remove, partial(marking.remove_all, context, list(ids)))
        menu.popup(place)

    def open_collect(self, ids: Sequence[str]) -> None:
        """Offer the collections that things can be put into."""
        menu = self._menu()
        self._collections(menu, list(ids))
        menu.popup(self._at_keyboard())
        menu.setActiveAction(menu.actions()[0])  # Enter takes it

    def _at_keyboard(self) -> QPoint:
        """Return where the eyes are: at the row that has the keyboard, or in the middle of what has it."""
        focused = QApplication.focusWidget() or self._window
        if isinstance(focused, QAbstractItemView) and focused.currentIndex().isValid():
            port = focused.viewport()
            return port.mapToGlobal(focused.visualRect(focused.currentIndex()).intersected(port.rect()).center())
        return QCursor.pos() if focused.underMouse() else focused.mapToGlobal(focused.rect().center())

    def _copying(self, menu: QMenu, ids: list[str], *, passages: bool) -> None:
        """Offer the forms in which passages, or the citations of articles, are copied."""
        copy = partial(copying.copy_things, self._window.context, ids)
        if passages:
            menu.addAction(self.tr("Quotation with citation"), partial(copy, Form.QUOTATION.value))
        menu.addAction(self.tr("Citation"), partial(copy, Form.CITATION.value))
        menu.addAction(self.tr("As Markdown"), partial(copy, Form.MARKDOWN.value))
        menu.addAction(self.tr("As rich text"), partial(copy, Form.RICH.value))

    def _collections(self, menu: QMenu, ids: list[str]) -> None:
        context = self._window.context
        for one in context.session.collections:
            if not one.query:
                menu.addAction(plain(one.name), partial(collecting.put, context, one.id, ids))
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self.tr("New collection…"), partial(self._sheets.name_collection, ids))

    def _is_offered(self, key: str) -> bool:
        """Tell whether an action can be done: the file that the open article was read from may lie elsewhere."""
        session = self._window.context.session
        return key != "original" or session.article is None or session.has_original

    def _menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _below(self, menu: QMenu, button: QWidget) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))


def plain(name: str) -> str:
    """Return a name of the reader's as a menu shows it: ``&`` stands for itself, and it is not too long."""
    short = name if len(name) <= 60 else f"{name[:59]}…"
    return short.replace("&", "&&")
