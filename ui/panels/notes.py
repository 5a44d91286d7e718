"""The notes of an article: its own note, and a card for each highlight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.model import Article, Highlight, Theme
from ui.looks import Looks
from ui.panels.card_list import WISHES, CardList
from ui.panels.cards import Card, cards
from ui.panels.hints import EmptyHint
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton, button
from ui.widgets.labels import label
from ui.widgets.note_editor import NoteEditor
from ui.widgets.theme_marks import paint_dot
from ui.wording import filled, number

_ALL, _NOTES, _BARE = "", "notes", "bare"
_EDGE = 16


class NotesPanel(QWidget):
    """Cards of the highlights of the article that is open, with the article's own note above them."""

    focus_wished = Signal(str)
    note_wished = Signal(str, str)
    private_wished = Signal(str, bool)
    article_note_wished = Signal(str, str)  # the text, then the id of the article: it may not be open any more
    remove_wished = Signal(str)
    remove_all_wished = Signal(object)
    retheme_wished = Signal(str, object, object)
    put_all_wished = Signal(object, str)
    take_all_wished = Signal(object, str)
    digit_pressed = Signal(object, int)
    place_wished = Signal(str)
    shown = Signal(object, object)  # the highlights and themes that it was given: others show them, too
    focused = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no article yet."""
        super().__init__(parent)
        self._looks = looks
        self._article: Article | None = None
        self._cards: Sequence[Card] = ()
        self._themes: Sequence[Theme] = ()
        self._filter = _ALL
        self._focused: str | None = None
        self._stale = False
        self.own_note = NoteEditor(looks, self, placeholder=self.tr("A note on this article"))
        self.own_note.setAccessibleName(self.tr("Note on this article"))
        self.list = CardList(looks, self)
        self._count = label("", "muted", self)
        self._all = button(self.tr("Show all"), "link", self)
        self._funnel = IconButton(looks, "ph.funnel", self.tr("Filter the cards"), self, size=16)
        self._hint = EmptyHint(looks, "ph.note-pencil", "", "", parent=self)
        self._build()
        self._connect()
        self._lay_out()

    def _build(self) -> None:
        head = row(self._count, None, self._all, self._funnel, margins=(1, 0, _EDGE - 4, 0), spacing=4)
        note = row(self.own_note, margins=(0, 0, _EDGE, 0))
        self.setLayout(column(note, head, self._hint, self.list, spacing=8))
        self.layout().setStretchFactor(self.list, 1)
        self.layout().addStretch(0)

    def _connect(self) -> None:
        self.own_note.saved.connect(self._save_own_note)
        self.own_note.private_wished.connect(self.private_wished)
        self._all.clicked.connect(self._show_all)
        self._funnel.clicked.connect(self._open_filter)
        for wish in WISHES:
            getattr(self.list, wish).connect(getattr(self, wish))

    def guard(self, authors: frozenset[str]) -> None:
        """Take on whose passages no note can be written."""
        self.list.guard(authors)

    def show_article(self, article: Article | None) -> None:
        """Show an article's own note; a note that is being written stays as it is."""
        other = article is None or self._article is None or article.id != self._article.id
        if other:
            self.list.flush()
            self._cards, self._filter, self._focused = (), _ALL, None
        self._article = article
        if article is None:
            self.own_note.show_note("", "")
        else:
            self.own_note.show_note(article.id, article.note, article.private)
        self._lay_out()

    def show_highlights(self, highlights: Sequence[Highlight], themes: Sequence[Theme]) -> None:
        """Show the highlights of the article; ``themes`` are all themes of the library."""
        self._cards, self._themes = cards(highlights, themes), themes
        self._lay_out()
        self.shown.emit(highlights, themes)

    def focus(self, id_: str | None) -> None:
        """Show the card of the highlight that has the focus in the text; a filter that hides it goes."""
        shown = {card.highlight.id for card in self._filtered()}
        if id_ is not None and id_ not in shown and any(card.highlight.id == id_ for card in self._cards):
            self._show_all()
        self._focused = id_
        if not self._stale:
            self.list.focus(id_)
        self.focused.emit(id_)

    def write_note(self, id_: str) -> None:
        """Open the editor of a highlight's note."""
        self.focus(id_)
        self.list.write_note(id_)

    def show_filter(self, key: str) -> None:
        """Show all cards (``""``), those with ``notes``, the ``bare`` ones without a theme, or those of a theme."""
        self._filter = key
        self._lay_out()

    def filter_menu(self) -> QMenu:
        """Return the menu of the filters, with the themes that are on the article."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for key, words in (
            (_ALL, self.tr("All highlights")),
            (_NOTES, self.tr("With notes")),
            (_BARE, self.tr("Without a theme")),
        ):
            self._choice(menu, group, key, words)
        here: Mapping[str, Theme] = {theme.id: theme for card in self._cards for theme in card.themes}
        if here:
            menu.addSeparator()
        for theme in sorted(here.values(), key=lambda theme: theme.path):
            action = self._choice(menu, group, theme.id, theme.name.replace("&", "&&"))
            action.setIcon(self._dot(self._looks.now.theme(theme.colour)))
        return menu

    def _choice(self, menu: QMenu, group: QActionGroup, key: str, words: str) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(key == self._filter)
        action.triggered.connect(partial(self.show_filter, key))
        group.addAction(action)
        return action

    def _dot(self, colour: QColor) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(16 * ratio), round(16 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_dot(painter, QPointF(8, 8), colour)
        painter.end()
        return QIcon(picture)

    def _open_filter(self) -> None:
        self.filter_menu().popup(self._funnel.mapToGlobal(QPoint(0, self._funnel.height() + 2)))

    def _show_all(self) -> None:
        self.show_filter(_ALL)

    def _filtered(self) -> Sequence[Card]:
        if self._filter == _NOTES:
            return [card for card in self._cards if card.highlight.note]
        if self._filter == _BARE:
            return [card for card in self._cards if not card.themes]
        if self._filter:
            return [card for card in self._cards if any(theme.id == self._filter for theme in card.themes)]
        return self._cards

    def showEvent(self, event: QShowEvent) -> None:
        """Show the cards that came in while another tab was open."""
        super().showEvent(event)
        if self._stale:
            self._lay_out()
            self.list.focus(self._focused)

    def _lay_out(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return
        shown = self._filtered()
        self.list.show_items(shown, self._themes)
        self.own_note.setVisible(self._article is not None)
        self._funnel.setVisible(bool(self._cards))
        self._all.setVisible(bool(self._filter))
        self._funnel.show_icon("ph.funnel-fill" if self._filter else "ph.funnel")
        self._count.setText(self._counted(len(shown)))
        self.list.setVisible(bool(shown))
        self._hint.setVisible(not shown)
        self._hint.say(*self._advice())

    def _counted(self, shown: int) -> str:
        if self._filter:
            return filled(self.tr("{shown} of {all}"), shown=number(shown), all=number(len(self._cards)))
        if not self._cards:
            return ""
        notes = sum(bool(card.highlight.note) for card in self._cards)
        words = self.tr("{count} highlights") if len(self._cards) != 1 else self.tr("{count} highlight")
        said = filled(words, count=number(len(self._cards)))
        if notes:
            noted = self.tr("{count} notes") if notes != 1 else self.tr("{count} note")
            said += " · " + filled(noted, count=number(notes))
        return said

    def _advice(self) -> tuple[str, str]:
        if self._article is None:
            return self.tr("No article is open"), self.tr("Open one to see its highlights and notes here.")
        if self._cards:
            return self.tr("No card fits the filter"), self.tr("Choose “Show all” to see every highlight.")
        return (
            self.tr("No highlights yet"),
            self.tr("Select words in the text and press H, or the digit of a theme. N adds a note."),
        )

    def _save_own_note(self, article: str, text: str) -> None:
        self.article_note_wished.emit(text, article)
