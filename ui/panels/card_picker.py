"""Themes picked for cards: for one, or for several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.model import Theme
from ui.looks import Looks
from ui.panels.cards import Card, CardModel
from ui.widgets.theme_picker import ThemePicker


class CardPicker(QObject):
    """The picker beside the cards of a view, made when it is wanted."""

    retheme_wished = Signal(str, object, object)
    put_all_wished = Signal(object, str)
    take_all_wished = Signal(object, str)

    def __init__(self, looks: Looks, view: QAbstractItemView, cards: CardModel) -> None:
        """Pick for what is among ``cards``."""
        super().__init__(view)
        self._looks, self._view, self._cards = looks, view, cards
        self._picker: ThemePicker | None = None
        self._picking: tuple[str, ...] = ()
        self._themes: Sequence[Theme] = ()

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Offer these themes from now on."""
        self._themes = themes
        if self._picker is not None and self._picker.isVisible():
            self._picker.show_themes(themes, self._worn())

    def open(self, highlights: Sequence[str]) -> None:
        """Pick for highlights, with the themes that all of them have; at the current card, if it is one of them."""
        cards = self._picked(highlights)
        self._picking = tuple(card.highlight.id for card in cards)
        if not cards:
            return
        if self._picker is None:
            self._picker = ThemePicker(self._looks, self._view.window())
            self._picker.picked.connect(self._add)
            self._picker.unpicked.connect(self._take)
        rows = [self._cards.row_of(card.key) for card in cards]
        current = self._view.currentIndex().row()
        box = self._view.visualRect(self._cards.index(current if current in rows else rows[0]))
        place = QRect(self._view.viewport().mapTo(self._picker.parentWidget(), box.topLeft()), box.size())
        self._picker.open_at(place, self._themes, self._worn())

    def _picked(self, highlights: Sequence[str]) -> list[Card]:
        return [card for one in highlights if (card := self._cards.card(one)) is not None]

    def _worn(self) -> frozenset[str]:
        """Return the themes that all the cards have for which themes are picked."""
        worn = [frozenset(theme.id for theme in card.themes) for card in self._picked(self._picking)]
        return frozenset.intersection(*worn) if worn else frozenset()

    def _add(self, theme: str) -> None:
        if len(self._picking) == 1:
            self.retheme_wished.emit(self._picking[0], [theme], [])
        else:
            self.put_all_wished.emit(self._picking, theme)

    def _take(self, theme: str) -> None:
        if len(self._picking) == 1:
            self.retheme_wished.emit(self._picking[0], [], [theme])
        else:
            self.take_all_wished.emit(self._picking, theme)
