"""The columns of a table, each with a list of what it can hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.importers._columns import FIELDS
from ui.looks import Looks
from ui.widgets.boxes import emptied
from ui.widgets.fields import DropDown
from ui.widgets.labels import ElidedLabel
from ui.wording import filled

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": QT_TRANSLATE_NOOP("columns", "Title"),
        "text": QT_TRANSLATE_NOOP("columns", "Text"),
        "byline": QT_TRANSLATE_NOOP("columns", "Byline"),
        "outlet": QT_TRANSLATE_NOOP("columns", "Outlet"),
        "section": QT_TRANSLATE_NOOP("columns", "Section"),
        "address": QT_TRANSLATE_NOOP("columns", "Address"),
        "published": QT_TRANSLATE_NOOP("columns", "Published"),
        "accessed": QT_TRANSLATE_NOOP("columns", "Accessed"),
        "language": QT_TRANSLATE_NOOP("columns", "Language"),
        "themes": QT_TRANSLATE_NOOP("columns", "Themes"),
        "note": QT_TRANSLATE_NOOP("columns", "Note"),
        "attribute": QT_TRANSLATE_NOOP("columns", "An attribute"),
        "nothing": QT_TRANSLATE_NOOP("columns", "Leave it out"),
    }
)
_FIELD: Final = 160


class ColumnFields(QWidget):
    """Which column holds what. ``changed`` tells that someone has chosen otherwise."""

    changed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no columns yet."""
        super().__init__(parent)
        self._looks = looks
        self._fields: dict[str, DropDown] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)

    def show_columns(self, columns: Mapping[str, str]) -> None:
        """Show columns by their names, with what each holds."""
        emptied(self._grid)
        self._fields = {}
        for number, (name, held) in enumerate(columns.items()):
            drop = DropDown(self._looks)
            for field in FIELDS:
                drop.addItem(QCoreApplication.translate("columns", _NAMES[field]), field)
            drop.setCurrentIndex(max(0, drop.findData(held)))
            drop.setFixedWidth(_FIELD)
            drop.setAccessibleName(filled(self.tr("What the column {name} holds"), name=name))
            drop.currentIndexChanged.connect(self._tell)
            self._grid.addWidget(ElidedLabel(name), number, 0)
            self._grid.addWidget(drop, number, 1)
            self._fields[name] = drop

    def values(self) -> Mapping[str, str]:
        """Return what each column holds, by its name."""
        return MappingProxyType({name: str(drop.currentData()) for name, drop in self._fields.items()})

    def _tell(self) -> None:
        self.changed.emit()
