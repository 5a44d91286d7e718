"""A question before something that cannot be taken back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.buttons import button
from ui.widgets.labels import label

_WIDTH: Final = 460


class Confirm(Sheet):
    """Asks once: ``confirmed`` tells that the answer was yes. Esc, and Enter on its first button, mean no."""

    confirmed = Signal()

    def __init__(self, looks: Looks, question: str, consequence: str, yes: str, parent: QWidget) -> None:
        """Ask a question, say what follows from yes, and name the deed on the button that does it."""
        super().__init__(looks, parent, question, width=_WIDTH)
        self.title.setWordWrap(True)
        self.head.setStretch(0, 1)
        self.close_button.hide()
        self.body.addWidget(label(consequence, "muted", wrap=True))
        self._no = button(self.tr("Cancel"))
        self._yes = button(yes, "danger")
        self._no.clicked.connect(self.dismiss)
        self._yes.clicked.connect(self._confirm)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._no)
        self.buttons.addWidget(self._yes)

    def first_field(self) -> QWidget:
        """Return the button that says no, so that a hasty Enter does nothing."""
        return self._no

    def _confirm(self) -> None:
        self.dismiss()
        self.confirmed.emit()
