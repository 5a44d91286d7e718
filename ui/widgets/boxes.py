"""Rows, columns and surfaces: how widgets are put beside and below each other."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
Layout = TypeVar("Layout", bound=QBoxLayout)


class _Scrolled(QScrollArea):
    """Scrolls by the arrows alone: with Alt they mean something to what lies round it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys with Alt alone."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


def row(*items: Item, margins: Margins = (0, 0, 0, 0), spacing: int = 6) -> QHBoxLayout:
    """Return a row: ``None`` is a stretch, a number so many pixels of space."""
    return _filled(QHBoxLayout(), items, margins, spacing)


def column(*items: Item, margins: Margins = (0, 0, 0, 0), spacing: int = 6) -> QVBoxLayout:
    """Return a column: ``None`` is a stretch, a number so many pixels of space."""
    return _filled(QVBoxLayout(), items, margins, spacing)


def _filled(layout: Layout, items: tuple[Item, ...], margins: Margins, spacing: int) -> Layout:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def surface(kind: str, layout: QLayout | None = None, parent: QWidget | None = None) -> QFrame:
    """Return a frame with a ground of its own: ``window``, ``paper``, ``card`` or ``popover``."""
    frame = QFrame(parent)
    frame.setProperty("surface", kind)
    if layout is not None:
        frame.setLayout(layout)
    return frame


def rule(parent: QWidget | None = None, *, upright: bool = False) -> QFrame:
    """Return a thin line."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    line.setFixedWidth(1) if upright else line.setFixedHeight(1)
    return line


def scrolled(content: QWidget, parent: QWidget | None = None, *, name: str = "") -> QScrollArea:
    """Return a column that scrolls, as wide as there is room.

    One with a ``name`` takes the keyboard to be scrolled by it; the others follow it from field to field.
    """
    area = _Scrolled(parent)
    area.setAccessibleName(name)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    area.setWidget(content)
    content.setAutoFillBackground(False)  # setWidget turns it on
    area.viewport().setAutoFillBackground(False)
    return area


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let go of the widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
