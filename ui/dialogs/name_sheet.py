"""A sheet that asks for one name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.buttons import button
from ui.widgets.labels import label


class NameSheet(Sheet):
    """Asks for a name; ``named`` brings it, without white space round it."""

    named = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget, title: str, verb: str, hint: str = "") -> None:
        """Ask under a title; the button says ``verb``."""
        super().__init__(looks, parent, title, width=420)
        self.field = QLineEdit()
        self.field.setAccessibleName(title)
        self.body.addWidget(self.field)
        if hint:
            self.body.addWidget(label(hint, "muted", wrap=True))
        self._cancel = button(self.tr("Cancel"))
        self._cancel.clicked.connect(self.escape)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._cancel)
        self._go = self.add_primary(button(verb))
        self._go.clicked.connect(self._done)
        self.field.textChanged.connect(self._judge)
        self._judge()

    def ask(self, name: str = "") -> None:
        """Show it with a name proposed."""
        self.field.setText(name)
        self.open()
        self.field.selectAll()

    def first_field(self) -> QWidget:
        """Return the field."""
        return self.field

    def _judge(self) -> None:
        self._go.setEnabled(bool(self.field.text().strip()))

    def _done(self) -> None:
        name = self.field.text().strip()
        self.dismiss()
        self.named.emit(name)
