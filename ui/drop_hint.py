"""What lies over the middle of the window while files are held over it: the frame that says they can be dropped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.articles.dropping import paint_drop_hint
from ui.looks import Looks


class DropHint(QWidget):
    """A frame with a few words over another part; the mouse goes through it."""

    def __init__(self, looks: Looks, over: QWidget) -> None:
        """Lie over a part, hidden."""
        super().__init__(over)
        self._looks = looks
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def appear(self) -> None:
        """Show it, as large as the part is now."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the words."""
        painter = QPainter(self)
        paint_drop_hint(painter, self.rect(), self._looks, self.tr("Drop to import"))
        painter.end()
