"""What lights up for a moment, so that the eye finds where it was taken."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer

from app.text.ranges import Span
from ui.reader.view import ArticleView

_LASTS: Final = 1200  # milliseconds


class Flash(QTimer):
    """Lights up a span of a view."""

    def __init__(self, view: ArticleView) -> None:
        """Let nothing light up yet."""
        super().__init__(view, singleShot=True, interval=_LASTS)
        self._view = view
        self.timeout.connect(self._show)

    def show(self, span: Span) -> None:
        """Light a span up, and no other."""
        self._show(span)
        self.start()

    def _show(self, span: Span | None = None) -> None:
        self._view.painter.flash = span
        self._view.viewport().update()
