"""A popover that takes the keyboard while it is shown, and gives it back to where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.looks import Looks
from ui.widgets.popover import Popover


class FocusPopover(Popover):
    """Holds the keyboard, keeps Esc for itself, and stays while one clicks into another popover opened from it."""

    _came_from: QWidget | None = None
    opened_from_others = False  # true for popovers whose clicks leave open the one from which they were opened

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)

    def take_keyboard(self, first: QWidget) -> None:
        """Put the keyboard into a field of the popover, and remember where it was before."""
        here = QApplication.focusWidget()
        if here is not None and not self.isAncestorOf(here):
            self._came_from = here
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def setVisible(self, visible: bool) -> None:
        """Give the keyboard back when it was in here; Qt would hand it to the next widget in the window."""
        here = QApplication.focusWidget()
        held = not visible and here is not None and self.isAncestorOf(here)
        earlier = self._came_from
        if not visible:
            self._came_from = None
        if held and earlier is not None and isValid(earlier) and earlier.isVisible():
            earlier.setFocus(Qt.FocusReason.PopupFocusReason)
        super().setVisible(visible)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's shortcuts."""
        overriding = event.type() is QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close by a click elsewhere, but not in a popover that was opened from here."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            holder: QWidget | None = watched
            while holder is not None:
                if holder is not self and isinstance(holder, FocusPopover) and holder.opened_from_others:
                    return False
                holder = holder.parentWidget()
        return super().eventFilter(watched, event)
