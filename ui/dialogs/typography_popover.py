"""How the text is set, at hand while reading: size, spacing, line length, typeface and look."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.settings import SETTINGS
from ui.looks import SYSTEM, Looks
from ui.widgets.boxes import column, row, rule
from ui.widgets.buttons import button
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.labels import label
from ui.widgets.number_field import NumberField
from ui.widgets.segments import Segments

_WIDTH: Final = 340


class TypographyPopover(FocusPopover):
    """``changed`` carries ``text_size``, ``line_height``, ``measure``, ``font`` or ``look``, and the value."""

    changed = Signal(str, object)
    typefaces_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one; ``open_at`` shows it."""
        super().__init__(looks, parent)
        self._size = _number(looks, "text_size", self.tr("Text size"))
        self._spacing = _number(looks, "line_height", self.tr("Line spacing"))
        self._measure = _number(looks, "measure", self.tr("Line length"))
        self._font = Segments(looks, (("serif", self.tr("Serif")), ("sans", self.tr("Sans"))), self.tr("Typeface"))
        self._others = button(self.tr("Other typefaces…"), "link")
        self._others.clicked.connect(self.hide)
        self._others.clicked.connect(self.typefaces_wished)
        choices = [(key, looks.name(key)) for key in looks.all]
        self._look = Segments(looks, [*choices, (SYSTEM, self.tr("System"))], self.tr("Look"))
        self._letter_the_size()
        for key, field in self._fields().items():
            field.chosen.connect(partial(self._chosen, key))
        self.setLayout(
            column(
                *(label(self.tr("Text size"), "section"), self._size, 4),
                *(label(self.tr("Line spacing"), "section"), self._spacing, 4),
                *(label(self.tr("Characters in a line"), "section"), self._measure, 8),
                *(self._font, row(self._others, None), 4, rule(), 4, self._look),
                margins=(16, 14, 16, 16),
                spacing=4,
            )
        )
        self.setFixedWidth(_WIDTH)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the values in force; nothing is sent."""
        for key, field in self._fields().items():
            value = values.get(key)
            if isinstance(field, NumberField) and isinstance(value, int | float):
                field.show_number(value)
            elif isinstance(field, Segments) and isinstance(value, str):
                field.show_key(value)

    def open_at(self, anchor: QRect) -> None:
        """Show it at a button, with the keyboard in the size."""
        super().open_at(anchor)
        self.take_keyboard(self._size)

    def _fields(self) -> Mapping[str, NumberField | Segments]:
        return {
            "text_size": self._size,
            "line_height": self._spacing,
            "measure": self._measure,
            "font": self._font,
            "look": self._look,
        }

    def _letter_the_size(self) -> None:
        for side, words, tip in (
            (self._size.less, "A−", self.tr("Smaller")),
            (self._size.more, "A+", self.tr("Larger")),
        ):
            side.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            side.setText(words)
            side.setToolTip(tip)
            side.setAccessibleName(tip)

    def _chosen(self, key: str, value: object) -> None:
        self.changed.emit(key, value)


def _number(looks: Looks, key: str, name: str) -> NumberField:
    """Return the field of a setting that is a number."""
    setting = next(one for one in SETTINGS if one.key == key)
    return NumberField(looks, name, (setting.least, setting.most), setting.step)
