"""The sheet of what is always left out over a window: filled when it is opened, and kept in step while it is there."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.loading import load
from ui.commands import describing
from ui.frame import Frame

if TYPE_CHECKING:
    from ui.dialogs.rules_sheet import RulesSheet


class RulesPage(QObject):
    """Opens the sheet, and hands on what is wished in it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window

    def open(self) -> None:
        """Show what is always left out."""
        describing.ask_rules(self._window.context, self._sheet.show_rules)
        self._sheet.open()

    @cached_property
    def _sheet(self) -> RulesSheet:
        context = self._window.context
        sheet: RulesSheet = load("ui.dialogs.rules_sheet").RulesSheet(self._window.looks, self._window)
        sheet.forget_wished.connect(partial(describing.forget_rule, context))
        self._window.shelf.changed.connect(self._show_again)
        return sheet

    def _show_again(self) -> None:
        if self._sheet.isVisible():
            describing.ask_rules(self._window.context, self._sheet.show_rules)
