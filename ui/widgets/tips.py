"""Tool tips that show what they are given, letter by letter."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Return a tool tip that shows ``text`` as it is: Qt takes a tip that looks like HTML for HTML, and loads files."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
