"""Choosing what to export: a list, a line to find something in it, and below it what will go along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.exporting.presets import Preset
from ui.dialogs.choice_list import Choice, ChoiceList
from ui.dialogs.export_scopes import missing, recalled
from ui.dialogs.export_wish import Scope
from ui.dialogs.find_line import FindLine
from ui.looks import Looks
from ui.widgets.boxes import column
from ui.widgets.labels import WrappedLabel
from ui.wording import number

_ROWS: Final = 4  # in sight
_MANY: Final = 12  # things to export that are looked for by a line


class ExportWhat(QWidget):
    """Offers scopes. What a preset asks for and is not here is said, and then nothing is chosen."""

    changed = Signal()

    def __init__(self, looks: Looks) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._scopes: dict[str, Scope] = {}
        self._absent: Preset | None = None
        self.choices = ChoiceList(looks, self.tr("What to export"))
        self._find = FindLine(self.choices, self.tr("Find a collection or theme"))
        self._says = WrappedLabel("", "muted")
        self._missing = WrappedLabel("", "error")
        self.setLayout(column(self._find, self.choices, self._says, self._missing, spacing=6))
        self.choices.chosen.connect(self._choose)
        self._show((), "")

    def show_scopes(self, scopes: Sequence[Scope], chosen: str) -> None:
        """Offer scopes, with one of them chosen by its key; a search that is not among them is offered too."""
        self._absent = None
        self._find.clear()
        self._show(scopes, chosen)

    def choose(self, preset: Preset) -> None:
        """Choose the very thing that a preset exports, or nothing where it is not here."""
        self._absent = None
        self._find.clear()
        self._show(tuple(self._scopes.values()), preset.what)
        if preset.what not in self._scopes:
            self._absent = preset
            self.choices.choose_none()
        self._tell()

    def scope(self) -> Scope | None:
        """Return what is chosen."""
        return self._scopes.get(self.choices.key())

    def meant(self) -> tuple[str, str]:
        """Return key and name of what is chosen, or of what is asked for and not here."""
        scope = self.scope()
        if scope is not None:
            return scope.key, scope.name
        return (self._absent.what, self._absent.called) if self._absent is not None else ("", "")

    def _show(self, scopes: Sequence[Scope], chosen: str) -> None:
        offered = {scope.key: scope for scope in scopes}
        kept = recalled(chosen) if chosen not in offered else None
        if kept is not None:
            offered = {kept.key: kept, **offered}
        self._scopes = offered
        listed = [
            Choice(key, one.name, count=number(one.count) if one.count >= 0 else "") for key, one in offered.items()
        ]
        self._find.setVisible(len(listed) > _MANY)
        self.choices.show_choices(listed, _ROWS)
        if chosen:
            self.choices.choose(chosen)
        self._tell()

    def _choose(self) -> None:
        self._absent = None
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        scope = self.scope()
        for line, text in (
            (self._says, scope.says if scope is not None else ""),
            (self._missing, missing(self._absent) if self._absent is not None else ""),
        ):
            line.setText(text)
            line.setVisible(bool(text))
