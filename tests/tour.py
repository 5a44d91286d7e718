"""A walk through every page, pane, menu, sheet and popover of the window, for tests that look at all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QFontDatabase, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.errors import InvalidInput
from app.exporters._base import exporters
from tests.windows import Hands
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.import_dialog import ImportDialog
from ui.widgets.markdown_document import MarkdownView
from ui.widgets.note_editor import NoteEditor

ROWS = 40  # of a list are looked at
Said = tuple[str, str]  # where a text stands, and the text


def walk(hands: Hands, title: str, words: str, more: Path, target: Path) -> Iterator[str]:
    """Open one thing after the other and yield its name while it is open.

    ``title`` is the article to open, with one highlight or more; ``words`` stand in its text, unmarked. ``more`` is a
    file to import, ``target`` a folder to export to.
    """
    yield from _library(hands, title, words)
    yield from read(hands, title, words)
    yield from _side(hands)
    yield from _boards(hands)
    yield from _menus(hands)
    yield from _sheets(hands, words, target)
    yield from _importing(hands, more)
    yield from _telling(hands)
    hands.window.show_start()
    yield "first page"


def _library(hands: Hands, title: str, words: str) -> Iterator[str]:
    window = hands.window
    yield "the list"
    hands.search(words.split(maxsplit=1)[0])
    yield "what a search finds"
    hands.search(f'"{words}" -zzq^2 -zz?q (zzq~ OR zzq* OR')
    yield "how a query was read"
    hands.search(words.split(maxsplit=1)[0])
    window.search.set_passages(True)
    hands.rest()
    yield "passages"
    window.search.set_passages(False)
    hands.search(f"{words.split(maxsplit=1)[0]}x")
    yield "nothing found"
    hands.click(window.search.filter_button)
    yield "the filters"
    hands.key(Qt.Key.Key_Escape)
    hands.search("")


def read(hands: Hands, title: str, words: str) -> Iterator[str]:
    """Open an article and what lies over it, and yield its name each time."""
    window = hands.window
    hands.open(title)
    yield "the reader"
    hands.act("left-out")
    yield "what was left out"
    hands.act("left-out")
    hands.drag(hands.span_of(words))
    yield "the bar over a selection"
    hands.key(Qt.Key.Key_T, to=hands.view)
    hands.rest()
    yield "the theme picker"
    hands.key(Qt.Key.Key_Escape)
    menu_at(hands.view, hands.point(hands.span_of(words)[0]))
    yield "the menu of the text"
    close_menus(hands)
    hands.view.deselect()
    highlight = window.context.session.highlights[0]
    hands.window.reader.open_note(highlight.id)
    hands.rest()
    yield "the card of a highlight"
    editor = window.reader.card.findChild(NoteEditor)
    editor.show_preview(True)
    hands.rest()
    assert editor.findChild(MarkdownView).isVisible()
    yield "the preview of a note"
    editor.show_preview(False)
    hands.act("find")
    hands.type(words.split(maxsplit=1)[0])
    hands.qtbot.wait(50)
    yield "the bar that finds"
    hands.window.reader.escape()
    hands.window.reader.escape()


def _side(hands: Hands) -> Iterator[str]:
    side, session = hands.window.side, hands.window.context.session
    theme, highlight = session.themes[0].id, session.highlights[0].id
    for name in ("notes", "article", "collections", "themes"):
        hands.act(f"show-{name}")
        yield f"the tab {name}"
    side.themes.add(theme)
    yield "a new theme below"
    side.themes.menu(theme).popup(QPoint(10, 10))
    yield "the menu of a theme"
    close_menus(hands)
    side.themes.open_colours(theme)
    yield "the colours of a theme"
    hands.key(Qt.Key.Key_Escape)
    side.themes.open_definition(theme)
    yield "the definition of a theme"
    hands.key(Qt.Key.Key_Escape)
    hands.choose(side.themes.menu(theme), "Merge into…")
    yield "where to merge a theme"
    hands.key(Qt.Key.Key_Escape)
    side.show_tab("notes")
    hands.rest()
    side.notes.filter_menu().popup(QPoint(10, 10))
    yield "the filter of the notes"
    close_menus(hands)
    side.notes.write_note(highlight)
    yield "a note among the notes"
    hands.key(Qt.Key.Key_Escape)
    menu_at(side.notes.list.viewport(), QPoint(60, 40))
    yield "the menu of a card"
    close_menus(hands)
    side.show_tab("article")
    side.article.add_field()
    yield "a new field"
    side.article.pick_themes()
    yield "themes for the article"
    hands.key(Qt.Key.Key_Escape)
    for attribute in session.attributes:
        side.article.attributes.menu(attribute.name).popup(QPoint(10, 10))
    yield "the menu of a field"
    close_menus(hands)
    side.show_tab("collections")
    side.collections.add()
    yield "a new collection"
    side.collections.menu(session.collections[0].id).popup(QPoint(10, 10))
    yield "the menu of a collection"
    close_menus(hands)
    hands.act("history")
    yield "the history"
    hands.act("history")
    side.show_tab("themes")


def _boards(hands: Hands) -> Iterator[str]:
    window, session = hands.window, hands.window.context.session
    for signal, ids in (
        (window.side.themes.board_wished, [theme.id for theme in session.themes]),
        (window.side.collections.open_wished, [one.id for one in session.collections]),
    ):
        for given in ids:
            signal.emit(given)
            hands.rest()
            yield "a board"
            if window.board.shown():
                listed = window.board.findChild(QAbstractItemView)
                listed.setFocus()
                hands.key(Qt.Key.Key_Home)
                hands.key(Qt.Key.Key_Down)
                menu_at(listed.viewport(), QPoint(120, 120))
                yield "the menu of a passage"
                close_menus(hands)
                window.board.edit_note()
                yield "a note on the board"
                hands.key(Qt.Key.Key_Escape)
    window.board.closed.emit()
    hands.rest()


def _menus(hands: Hands) -> Iterator[str]:
    window, menus = hands.window, hands.window.menus
    article = window.context.session.article.id
    for name, opening in (
        ("places", menus.open_places),
        ("importing", menus.open_import),
        ("more", menus.open_more),
        ("a row of the list", lambda: menus.open_list([article], QPoint(40, 40))),
        ("collecting", lambda: menus.open_collect([article])),
    ):
        opening()
        for below in [one for one in window.findChildren(QMenu) if one.isVisible()]:
            for action in below.actions():
                if action.menu() is not None:
                    action.menu().popup(QPoint(300, 300))
        yield f"the menu {name}"
        close_menus(hands)
    order = next(one for one in window.search.findChildren(QAbstractButton) if one.objectName() == "order")
    order.menu().popup(QPoint(10, 10))
    yield "the menu of the order"
    close_menus(hands)


def _sheets(hands: Hands, words: str, target: Path) -> Iterator[str]:
    window, session = hands.window, hands.window.context.session
    hands.act("palette")
    yield "the palette"
    hands.type(words.split(maxsplit=1)[0])
    hands.rest()
    yield "the palette with words"
    hands.key(Qt.Key.Key_Escape)
    hands.act("export")
    dialog = window.findChild(ExportDialog)
    for one in exporters().values():
        dialog.choose_format(one.key)
        hands.qtbot.wait(350)
        hands.rest()
        yield f"exporting {one.key}"
    dialog.choose_format("html")
    wish = dialog.wish()
    dialog.export_wished.emit(type(wish)(wish.scope, wish.selection, wish.format, wish.options, target / "all.html"))
    hands.rest()
    yield "the report of an export"
    dialog.dismiss()
    for action in ("settings", "keys", "queries", "libraries", "typography", "details-queue", "rules"):
        hands.act(action)
        yield action
        hands.key(Qt.Key.Key_Escape)
    window.sheets.name_collection([session.article.id])
    yield "a name for a collection"
    hands.key(Qt.Key.Key_Escape)
    hands.search(words.split(maxsplit=1)[0])
    hands.act("save-search")
    yield "a name for a search"
    hands.key(Qt.Key.Key_Escape)
    hands.search("")


def _importing(hands: Hands, more: Path) -> Iterator[str]:
    window = hands.window
    window.import_paths([more, more.with_name("absent.html")])
    hands.qtbot.wait(50)
    yield "an import"
    hands.until(lambda: not window.importing.is_busy())
    hands.rest()
    yield "the report of an import"
    window.import_sheet.hide()
    table = more.with_name("zztable.csv")
    table.write_text("zzname,zzwords\nzzwall,Zzit zzstands.\n", encoding="utf-8")
    window.import_paths([table])
    hands.until(lambda: window.findChild(ImportDialog) is not None and window.findChild(ImportDialog).isVisible())
    hands.qtbot.wait(350)
    hands.rest()
    yield "a table whose text is in no known column"
    hands.key(Qt.Key.Key_Escape)
    hands.rest()


def _telling(hands: Hands) -> Iterator[str]:
    window, session = hands.window, hands.window.context.session
    window.side.collections.put_wished.emit(session.collections[0].id, [session.article.id])
    hands.rest()
    yield "a message"
    window.messages.complain(
        InvalidInput("“{name}” is no date.", "Write it as 2025-03-04.", name=session.themes[0].name)
    )
    yield "a complaint"
    window.messages.hush()
    window.actions_by_key["theme-9"].trigger()
    yield "a message about a digit"
    window.messages.hush()
    window.messages.report(ValueError(session.themes[0].name))
    yield "the report of a bug"
    hands.key(Qt.Key.Key_Escape)


# looking


class Strays(QObject):
    """Takes down what comes up as a window of its own and is none: a part that is shown before it has its place."""

    def __init__(self) -> None:
        super().__init__(QApplication.instance())
        self.seen: set[str] = set()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        comes_up = event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if comes_up and watched.windowType() is Qt.WindowType.Window and not isinstance(watched, QMainWindow):
            self.seen.add(type(watched).__name__)
        return False

    def stop(self) -> None:
        QApplication.instance().removeEventFilter(self)
        self.deleteLater()


def visible() -> list[QWidget]:
    """Return every widget that can be seen now, in all windows."""
    found: list[QWidget] = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            found += [top, *(one for one in top.findChildren(QWidget) if one.isVisible())]
    return found


def tips() -> Iterator[tuple[QWidget, QPoint, str]]:
    """Yield each tool tip that could come up now: the widget to be asked, the place to ask at, and what it says."""
    for widget in visible():
        if widget.toolTip():
            yield widget, widget.rect().center(), widget.toolTip()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in rows(widget.model()):
                said = index.data(Qt.ItemDataRole.ToolTipRole)
                place = widget.visualRect(index).center()
                if said and widget.viewport().rect().contains(place):
                    yield widget.viewport(), place, str(said)


def hover(widget: QWidget, place: QPoint) -> None:
    """Ask for a tool tip as the mouse does."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))


def rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """Yield the first rows of a model, and of what lies below them."""
    above = parent or QModelIndex()
    for number in range(min(ROWS, model.rowCount(above))):
        index = model.index(number, 0, above)
        yield index
        yield from rows(model, index)


def words_on(widget: QWidget) -> Iterator[Said]:
    """Yield every text that a widget shows or says of itself."""
    name = f"{type(widget).__name__} {widget.objectName()}".strip()
    yield f"{name} accessible name", widget.accessibleName()
    yield f"{name} accessible description", widget.accessibleDescription()
    yield f"{name} tool tip", widget.toolTip()
    if widget.isWindow():
        yield f"{name} window title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield f"{name} text", widget.text()
    if isinstance(widget, QLineEdit):
        yield f"{name} placeholder", widget.placeholderText()
        yield f"{name} written", widget.text()
        for action in widget.actions():
            yield f"{name} action", action.text()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield f"{name} placeholder", widget.placeholderText()
    if isinstance(widget, QTextEdit):
        yield f"{name} document", widget.document().toRawText()
    if isinstance(widget, QComboBox):
        faces = frozenset(QFontDatabase.families())  # have names of their own
        choices = (widget.itemText(number) for number in range(widget.count()))
        yield from ((f"{name} choice", text) for text in choices if text not in faces)
    if isinstance(widget, QMenu):
        for action in widget.actions():
            yield f"{name} entry", entry(action)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        for index in rows(widget.model()):
            for role in ("DisplayRole", "ToolTipRole", "AccessibleTextRole"):
                said = index.data(Qt.ItemDataRole[role])
                if isinstance(said, str):
                    yield f"{name} {role}", said


def nameless() -> Iterator[str]:
    """Yield what takes the keyboard now, and the rows of what does, of which a screen reader could say nothing."""
    for widget in visible():
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            continue
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip():
            yield f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in rows(widget.model()):
                said = [index.data(role) for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)]
                if not any(said) and index.flags() & Qt.ItemFlag.ItemIsSelectable:
                    yield f"a row of {type(widget).__name__}"


def entry(action: QAction) -> str:
    """Return what a menu shows of an action, without the keys behind it."""
    return action.text().partition("\t")[0]


def menu_at(widget: QWidget, place: QPoint) -> None:
    """Ask for the menu of a place with the right button."""
    QTest.mouseMove(widget, place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    QTest.qWait(20)


def close_menus(hands: Hands) -> None:
    """Close every menu that is open."""
    for menu in [one for one in visible() if isinstance(one, QMenu)]:
        menu.close()
    hands.window.activateWindow()  # without a screen nobody else does it
    hands.until(hands.window.isActiveWindow)
    hands.rest()
