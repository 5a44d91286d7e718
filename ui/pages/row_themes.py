"""The picker of themes over a window, for the rows that are chosen in the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QObject, QPoint, QRect, QSize

from app.model import Theme
from ui.commands import theming_rows
from ui.frame import Frame
from ui.widgets.theme_picker import ThemePicker


class RowThemes(QObject):
    """Opens the picker with the themes that all the rows have, and hands on what is picked."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._ids: tuple[str, ...] = ()
        self._place = QPoint()

    def open(self, ids: Sequence[str], place: QPoint) -> None:
        """Let themes be picked for passages or whole articles, at a place on the screen."""
        self._ids, self._place = tuple(ids), self._window.mapFromGlobal(place)
        theming_rows.ask_worn(self._window.context, self._ids, self._show)

    @cached_property
    def picker(self) -> ThemePicker:
        """The picker, made when it is wished for."""
        made = ThemePicker(self._window.looks, self._window)
        made.picked.connect(self._put)
        made.unpicked.connect(self._take)
        return made

    def _show(self, themes: Sequence[Theme], worn: frozenset[str]) -> None:
        self.picker.open_at(QRect(self._place, QSize(1, 1)), themes, worn)

    def _show_again(self) -> None:
        """Show the themes as they are after a change, to those who go on picking."""
        if self.picker.isVisible():
            theming_rows.ask_worn(self._window.context, self._ids, self.picker.show_themes)

    def _put(self, theme: str) -> None:
        theming_rows.put(self._window.context, self._ids, theme, self._show_again)

    def _take(self, theme: str) -> None:
        theming_rows.take(self._window.context, self._ids, theme, self._show_again)
