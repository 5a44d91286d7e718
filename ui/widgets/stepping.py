"""Alt with an arrow, Shift held or not, puts a row of a list in another place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def step_of(event: QEvent) -> int:
    """Return where a key moves the chosen row: 1 down, -1 up, 0 when it is another key."""
    if not isinstance(event, QKeyEvent):
        return 0
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    if held != Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key(), 0)


def keeps_step(event: QEvent) -> bool:
    """Keep such a key from the window, which would go to a highlight of the text; say whether it is one."""
    if event.type() is not QEvent.Type.ShortcutOverride or not step_of(event):
        return False
    event.accept()
    return True
