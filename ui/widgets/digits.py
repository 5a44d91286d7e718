"""Digits by their place on the keyboard: in many countries that row types letters, and digits only with Shift."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

# What the row of digits is called: by the scan code, 1 to 9 and then 0. X11 and Wayland count from 8 on.
_XKB: Final[Mapping[int, int]] = MappingProxyType({10 + place: (place + 1) % 10 for place in range(10)})
_WINDOWS: Final[Mapping[int, int]] = MappingProxyType({2 + place: (place + 1) % 10 for place in range(10)})
# On a Mac the virtual key stands for the place.
_MAC: Final[Mapping[int, int]] = MappingProxyType(
    {code: (place + 1) % 10 for place, code in enumerate((18, 19, 20, 21, 23, 22, 26, 28, 25, 29))}
)


def digit_at(event: QKeyEvent) -> int | None:
    """Return the digit in whose place a key stands that types something else; ``None`` for all others.

    A key that is held is not pressed again.
    """
    if event.modifiers() != Qt.KeyboardModifier.NoModifier or event.isAutoRepeat() or event.text().isdecimal():
        return None
    system = QGuiApplication.platformName()
    if system == "cocoa":
        return _MAC.get(event.nativeVirtualKey())
    return (_WINDOWS if system == "windows" else _XKB).get(event.nativeScanCode())


def digit_of(event: QKeyEvent) -> int | None:
    """Return the digit that a key types, or in whose place it stands; ``None`` for all others."""
    return int(event.text()) if event.text().isdecimal() else digit_at(event)
