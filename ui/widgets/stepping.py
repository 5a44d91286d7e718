"""Rows in another order: what is moved to a place, and Alt with an arrow, Shift held or not, by one."""

from __future__ import annotations

from collections.abc import Sequence

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


def moved(ids: Sequence[str], chosen: frozenset[str], before: int) -> list[str]:
    """Return ``ids`` with the chosen ones together, before the one that stood at ``before`` (``len(ids)``: the end)."""
    head = [one for one in ids[:before] if one not in chosen]
    tail = [one for one in ids[before:] if one not in chosen]
    return [*head, *(one for one in ids if one in chosen), *tail]


def stepped(ids: Sequence[str], chosen: frozenset[str], down: bool) -> list[str]:
    """Return ``ids`` with each chosen one a place further up or down; those at the edge push against it."""
    order = list(ids[::-1] if down else ids)
    free = 0
    for place, one in enumerate(order):
        if one not in chosen:
            continue
        if place > free:
            order[place - 1], order[place] = order[place], order[place - 1]
            free = place
        else:
            free = place + 1
    return order[::-1] if down else order
