"""The themes: the tree, what is marked with them here, and which other articles are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.model import Highlight, Theme
from ui.looks import Looks
from ui.panels.card_list import WISHES, CardList
from ui.panels.cards import Card, Heading, Item, Other, cards
from ui.panels.colour_popover import ColourPopover
from ui.panels.hints import EmptyHint
from ui.panels.theme_chooser import ThemeChooser
from ui.panels.theme_menu import ThemeMenu
from ui.panels.theme_tree import ThemeTree
from ui.panels.words_popover import WordsPopover
from ui.widgets.boxes import column
from ui.wording import filled, number

_MANY: Final = 12  # more themes than this can be filtered
_SHARE: Final = 0.52  # of the height for the tree, at most, when there are cards below
_EDGE: Final = 16


class ThemesPanel(QWidget):
    """The tree of themes, the notes on the article that is open, and other articles marked with a theme."""

    put_wished = Signal(str)
    board_wished = Signal(str)
    add_wished = Signal(str, object)
    rename_wished = Signal(str, str)
    recolour_wished = Signal(str, str)
    digit_wished = Signal(str, int)
    define_wished = Signal(str, str)
    about_wished = Signal(str)  # the note on a theme
    move_wished = Signal(str, object, object)
    dropped = Signal(object, str)  # articles and passages by their ids, on a theme
    merge_wished = Signal(str, str)
    delete_wished = Signal(str)
    selected = Signal(str)
    article_wished = Signal(str)
    focus_wished = Signal(str)
    note_wished = Signal(str, str)
    private_wished = Signal(str, bool)
    remove_wished = Signal(str)
    remove_all_wished = Signal(object)
    retheme_wished = Signal(str, object, object)
    put_all_wished = Signal(object, str)
    take_all_wished = Signal(object, str)
    digit_pressed = Signal(object, int)
    place_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no themes yet."""
        super().__init__(parent)
        self._looks = looks
        self._cards: Sequence[Card] = ()
        self._focused: str | None = None
        self._stale = False
        self._also: tuple[Item, ...] = ()
        self._parent_of_new: str | None = None
        self.tree = ThemeTree(looks, self)
        self.list = CardList(looks, self)
        self.list.setAccessibleName(self.tr("Notes on this article"))
        self.filter_field = QLineEdit(self)
        self.filter_field.setPlaceholderText(self.tr("Find a theme"))
        self.filter_field.setAccessibleName(self.tr("Find a theme"))
        self.filter_field.setClearButtonEnabled(True)
        self.add_field = QLineEdit(self)
        self.add_field.setAccessibleName(self.tr("Name of the new theme"))
        self._hint = EmptyHint(
            looks,
            "ph.bookmarks",
            self.tr("No themes yet"),
            self.tr("A theme is a heading under which you gather passages. Give it a name to begin."),
            self.tr("New theme"),
            self,
        )
        self._menu = ThemeMenu(self)
        self._colours = ColourPopover(looks, self)
        hint = self.tr("What belongs under this theme, and what does not")
        self._definitions = WordsPopover(looks, self, self.tr("Definition"), hint)
        self._chooser = ThemeChooser(looks, self)
        self._build()
        self._connect()
        self._lay_out()

    def _build(self) -> None:
        fields = column(self.filter_field, self.add_field, margins=(0, 0, _EDGE, 0), spacing=6)
        self.add_field.hide()
        lay = column(fields, self.tree, self._hint, self.list, spacing=8)
        lay.setStretchFactor(self.list, 1)
        lay.addStretch(0)
        self.setLayout(lay)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.add_field.installEventFilter(self)
        self.filter_field.installEventFilter(self)

    def _connect(self) -> None:
        tree, menu, cards_ = self.tree, self._menu, self.list
        for wish in ("put_wished", "board_wished", "delete_wished"):
            getattr(tree, wish).connect(getattr(self, wish))
            getattr(menu, wish).connect(getattr(self, wish))
        tree.rename_wished.connect(self.rename_wished)
        tree.move_wished.connect(self.move_wished)
        tree.dropped.connect(self.dropped)
        tree.selected.connect(self.selected)
        tree.menu_wished.connect(self._open_menu)
        tree.resized_rows.connect(self._lay_out)
        menu.rename_wished.connect(tree.rename)
        menu.colour_wished.connect(self.open_colours)
        menu.digit_wished.connect(self.digit_wished)
        menu.definition_wished.connect(self.open_definition)
        menu.about_wished.connect(self.about_wished)
        menu.new_below_wished.connect(self.add)
        menu.move_wished.connect(self._ask_parent)
        menu.top_wished.connect(self._bring_up)
        menu.step_wished.connect(self._step)
        menu.merge_wished.connect(self._ask_target)
        self._colours.picked.connect(self.recolour_wished)
        self._definitions.written.connect(self.define_wished)
        self._chooser.chosen.connect(self._chosen)
        self.filter_field.textChanged.connect(self.tree.filter)
        self.add_field.returnPressed.connect(self._add)
        self._hint.pressed.connect(self.add)
        for wish in (*WISHES, "article_wished"):
            getattr(cards_, wish).connect(getattr(self, wish))

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Show the themes of the library, parents before children."""
        self.tree.show_themes(themes)
        by_id = {theme.id: theme for theme in themes}
        self._cards = [
            Card(card.highlight, tuple(by_id[id_] for id_ in card.highlight.themes if id_ in by_id))
            for card in self._cards
        ]
        if len(themes) <= _MANY and self.filter_field.text():
            self.filter_field.clear()
        self._show_items()
        self._lay_out()

    def show_here(self, counts: Mapping[str, int], focused: frozenset[str]) -> None:
        """Show how often each theme is on the article, and which ones are on the focused passage."""
        self.tree.show_here(counts, focused)

    def show_highlights(self, highlights: Sequence[Highlight], themes: Sequence[Theme]) -> None:
        """Show the notes of the article: its highlights that have one, and the focused one."""
        self._cards = cards(highlights, themes)
        self._show_items()

    def focus(self, id_: str | None) -> None:
        """Show the card of the highlight that has the focus in the text."""
        self._focused = id_
        self._show_items()
        if not self._stale:
            self.list.focus(id_)

    def show_also(self, theme_name: str, rows: Sequence[tuple[str, str, str, int]]) -> None:
        """Show other articles of a theme as (id, title, outlet and date, count); no rows take the section away."""
        heading = filled(self.tr("ALSO MARKED  “{theme}”"), theme=theme_name.upper())
        others = tuple(Other(*one) for one in rows)
        self._also = (Heading(heading, number(len(others))), *others) if others else ()
        self._show_items()

    def add(self, below: str | None = None) -> None:
        """Open the field for a new theme, at the top level or below another theme."""
        parent = next((theme for theme in self.tree.themes if theme.id == below), None)
        self._parent_of_new = parent.id if parent else None
        words = filled(self.tr("New theme below “{theme}”"), theme=parent.name) if parent else self.tr("New theme")
        self.add_field.setPlaceholderText(words)
        self.add_field.show()
        self._lay_out()
        self.add_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def menu(self, id_: str) -> QWidget | None:
        """Return the menu of a theme."""
        theme = self._theme(id_)
        return self._menu.build(theme, self.tree.themes, self) if theme else None

    def open_colours(self, id_: str) -> None:
        """Open the colours for a theme, below its row."""
        theme = self._theme(id_)
        if theme is not None:
            self._colours.open_for(theme, self._row_of(id_))

    def open_definition(self, id_: str) -> None:
        """Open the definition of a theme, below its row."""
        theme = self._theme(id_)
        if theme is not None:
            title = filled(self.tr("What “{theme}” means"), theme=theme.name)
            self._definitions.open_for(id_, title, theme.definition, self._row_of(id_))

    # what Qt calls

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between the tree and the cards."""
        super().resizeEvent(event)
        self._share_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the field for a new theme by Esc, or when it is left empty; go from the filter to the tree."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.add_field and event.key() == Qt.Key.Key_Escape:
                self._close_add()
                self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if watched is self.filter_field and event.key() == Qt.Key.Key_Escape and self.filter_field.text():
                self.filter_field.clear()
                return True
            if watched is self.filter_field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.tree.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        if watched is self.add_field and event.type() is QEvent.Type.FocusOut and not self.add_field.text().strip():
            QTimer.singleShot(0, self, self._close_if_left)
        return super().eventFilter(watched, event)

    # what happens inside

    def _add(self) -> None:
        name = " ".join(self.add_field.text().split())
        if not name:
            self._close_add()
            return
        self.add_field.clear()
        self.add_wished.emit(name, self._parent_of_new)

    def _close_add(self) -> None:
        self.add_field.clear()
        self.add_field.hide()
        self._lay_out()

    def _close_if_left(self) -> None:
        if not self.add_field.hasFocus() and not self.add_field.text().strip():
            self._close_add()

    def _theme(self, id_: str) -> Theme | None:
        return next((theme for theme in self.tree.themes if theme.id == id_), None)

    def _row_of(self, id_: str) -> QRect:
        box = self.tree.row_of(id_)
        return QRect(self.tree.mapTo(self, box.topLeft()), box.size())

    def _open_menu(self, id_: str, place: QPoint) -> None:
        menu = self.menu(id_)
        if menu is not None:
            menu.popup(place)

    def _ask_parent(self, id_: str) -> None:
        theme = self._theme(id_)
        if theme is not None:
            others = [one for one in self.tree.themes if not self.tree.is_below(one.id, id_) and one.id != theme.parent]
            title = filled(self.tr("Move “{theme}” below"), theme=theme.name)
            self._chooser.ask(("move", id_), title, "", others, self._row_of(id_))

    def _ask_target(self, id_: str) -> None:
        theme = self._theme(id_)
        if theme is not None:
            others = [one for one in self.tree.themes if one.id != id_]
            title = filled(self.tr("Merge “{theme}” into"), theme=theme.name)
            explained = self.tr("Its passages, articles and themes below go along. This can be undone.")
            self._chooser.ask(("merge", id_), title, explained, others, self._row_of(id_))

    def _bring_up(self, id_: str) -> None:
        self.move_wished.emit(id_, None, None)

    def _step(self, id_: str, down: bool) -> None:
        self.tree.select(id_)
        self.tree.step(down)

    def _chosen(self, asked: tuple[str, str], target: str) -> None:
        deed, id_ = asked
        if deed == "move":
            self.move_wished.emit(id_, target, None)
        else:
            self.merge_wished.emit(id_, target)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the cards that came in while another tab was open."""
        super().showEvent(event)
        if self._stale:
            self._show_items()
            self.list.focus(self._focused)

    def _show_items(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return
        shown = [card for card in self._cards if card.highlight.note or card.lost or card.highlight.id == self._focused]
        items: list[Item] = []
        if shown:
            notes = sum(bool(card.highlight.note) for card in shown)
            items.append(Heading(self.tr("NOTES ON THIS ARTICLE"), number(notes)))
            items.extend(shown)
        items.extend(self._also)
        self.list.show_items(items, self.tree.themes)
        self._lay_out()

    def _lay_out(self) -> None:
        themes = self.tree.themes
        adding = not self.add_field.isHidden()
        self.filter_field.setVisible(len(themes) > _MANY)
        self.tree.setVisible(bool(themes))
        self._hint.setVisible(not themes and not adding)
        self.list.setVisible(self.list.model().rowCount() > 0)
        self._share_height()

    def _share_height(self) -> None:
        wanted = self.tree.rows_height()
        taken = sum(field.sizeHint().height() + 8 for field in (self.filter_field, self.add_field) if field.isVisible())
        room = self.height() - taken
        most = round(room * _SHARE) if self.list.model().rowCount() else room
        self.tree.setFixedHeight(max(0, min(wanted, most)))
