"""What was said that the columns of tables hold: kept with the settings, for all tables with the same columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.importers._columns import FIELDS, header, written
from app.settings import Settings

_REMEMBERED: Final = "import_columns"
_MOST: Final = 50


class KnownColumns(QObject):
    """What the columns of tables hold, by the header of these tables; ``grown`` says that there is one more."""

    grown = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        """Look into the settings."""
        super().__init__(parent)
        self._settings = settings

    def of(self, names: Sequence[str]) -> Mapping[str, str] | None:
        """Return what columns of these names hold, ``None`` when nobody has said it."""
        return self._all().get(header(names))

    def tables(self) -> Mapping[str, str]:
        """Return all that was said, as an import takes it: the option for each header."""
        return {head: written(fields) for head, fields in self._all().items()}

    def remember(self, columns: Mapping[str, str]) -> None:
        """Remember what each column of a table holds."""
        kept = self._all()
        kept.pop(header(list(columns)), None)
        kept[header(list(columns))] = dict(columns)
        try:
            self._settings.remember(**{_REMEMBERED: dict(list(kept.items())[-_MOST:])})
        except AppError:
            pass  # where it cannot be kept, that is not worth a complaint
        self.grown.emit()

    def _all(self) -> dict[str, Mapping[str, str]]:
        held = self._settings.remembered(_REMEMBERED, {})
        tables = held.items() if isinstance(held, dict) else ()
        return {head: fields for head, fields in tables if isinstance(fields, dict) and _is_sound(fields)}


def _is_sound(fields: Mapping[str, object]) -> bool:
    return all(field in FIELDS for field in fields.values())
