"""Icons from the Phosphor and Remix fonts that QtAwesome brings, drawn sharp in any size and colour.

QtAwesome itself is not imported: it would load all of Qt once more through another package, and every start would wait.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_PACKAGE: Final = "qtawesome"
_FONTS: Final[Mapping[str, str]] = MappingProxyType({"ph": "phosphor", "ri": "remixicon"})
_SHARE: Final = 0.92  # of the room, so that no stroke is cut


class _Engine(QIconEngine):
    """Draws one character of the font."""

    def __init__(self, family: str, character: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._family, self._character, self._colour, self._disabled = family, character, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(self._family)
        font.setPixelSize(max(1, round(rect.height() * _SHARE)))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(self._disabled if mode is QIcon.Mode.Disabled else self._colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._family, self._character, self._colour, self._disabled)


def icon(name: str, colour: str, disabled: str) -> QIcon:
    """Return an icon by its name (``ph.plus``) in two colours ``#rrggbb``; raises ``KeyError`` for one there is not."""
    font, _, own = name.partition(".")
    return QIcon(_Engine(_family(font), _characters(font)[own], colour, disabled))


def families() -> frozenset[str]:
    """Return the names of the fonts that hold icons."""
    return frozenset(_family(font) for font in _FONTS)


@cache
def _characters(font: str) -> Mapping[str, str]:
    """Return the character of each icon in a font."""
    table = json.loads(next(_folder().glob(f"{_FONTS[font]}*charmap*.json")).read_text(encoding="utf-8"))
    return MappingProxyType({name: chr(int(code, 16)) for name, code in table.items()})


@cache
def _family(font: str) -> str:
    """Return the name of a font for Qt, to which it is made known the first time."""
    number = QFontDatabase.addApplicationFont(str(next(_folder().glob(f"{_FONTS[font]}*.ttf"))))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "fonts"
