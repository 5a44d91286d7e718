"""How the values of the reader's own fields are given: a choice, yes or no; and the form for a new field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.model import Attribute, AttributeKind
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.fields import DropDown
from ui.widgets.segments import Segments
from ui.wording import filled


class ChoiceBox(DropDown):
    """A value out of some, or a new one where the field allows any."""

    given = Signal(str)
    refused = Signal(str)

    def __init__(self, looks: Looks, attribute: Attribute, parent: QWidget) -> None:
        """Offer the choices of ``attribute``, and none of them."""
        super().__init__(looks, parent)
        self._choices = attribute.choices
        self._known = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(attribute.name)
        self.addItems(["", *attribute.choices])
        self.setMinimumContentsLength(6)
        self.lineEdit().setPlaceholderText("–")
        self.lineEdit().editingFinished.connect(self._commit)
        self.activated.connect(self._commit)

    def show_value(self, value: str, *, force: bool = False) -> None:
        """Show a value, unless the reader is writing one."""
        writing = self.lineEdit().hasFocus() and self.currentText() != self._known
        self._known = value
        if value and self.findText(value) < 0:
            self.addItem(value)
        if force or not writing:
            self.refused.emit("")
            self.setEditText(value)
            self.lineEdit().setCursorPosition(0)

    def commit(self) -> None:
        """Send what was changed."""
        self._commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back by Esc."""
        if event.key() == Qt.Key.Key_Escape and self.currentText() != self._known:
            self.setEditText(self._known)
            self.refused.emit("")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save on leaving."""
        super().focusOutEvent(event)
        self._commit()

    def _commit(self) -> None:
        value = self.currentText().strip()
        if value == self._known:
            return
        allowed = {choice.casefold(): choice for choice in self._choices}
        if value and allowed and value.casefold() not in allowed:
            self.refused.emit(filled(self.tr("Choose one of: {choices}."), choices=", ".join(self._choices)))
            return
        self._known = allowed.get(value.casefold(), value)
        self.refused.emit("")
        self.given.emit(self._known)


class YesNo(Segments):
    """Yes, no, or not said."""

    given = Signal(str)
    refused = Signal(str)

    def __init__(self, looks: Looks, name: str, parent: QWidget) -> None:
        """Show that nothing is said."""
        choices = (("yes", self.tr("Yes")), ("no", self.tr("No")), ("", self.tr("Not said")))
        super().__init__(looks, choices, name, parent)
        self.chosen.connect(self.given)

    def show_value(self, value: str, *, force: bool = False) -> None:
        """Show a value."""
        self.show_key(value)

    def commit(self) -> None:
        """Do nothing: a choice is sent at once."""


class NewField(QWidget):
    """The form for a new field; ``added`` sends its name, its kind and its choices."""

    added = Signal(str, str, object)
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Be empty."""
        super().__init__(parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Name of the field"))
        self.name.setAccessibleName(self.tr("Name of the field"))
        self.kind = DropDown(looks, self)
        self.kind.setAccessibleName(self.tr("Kind of the field"))
        for kind, words in (
            (AttributeKind.CHOICE, self.tr("Choice")),
            (AttributeKind.TEXT, self.tr("Text")),
            (AttributeKind.NUMBER, self.tr("Number")),
            (AttributeKind.DATE, self.tr("Date")),
            (AttributeKind.YES_NO, self.tr("Yes or no")),
        ):
            self.kind.addItem(words, kind.value)
        self.choices = QLineEdit(self)
        self.choices.setPlaceholderText(self.tr("Choices, with commas between; none allows any"))
        self.choices.setAccessibleName(self.tr("Choices"))
        self._add, self._cancel = button(self.tr("Add field"), "primary", self), button(self.tr("Cancel"), "", self)
        self._add.clicked.connect(self._give)
        self._cancel.clicked.connect(self._close)
        self.kind.currentIndexChanged.connect(self._fit)
        self.name.textChanged.connect(self._fit)
        for line in (self.name, self.choices):
            line.returnPressed.connect(self._give)
        foot = row(None, self._cancel, self._add, spacing=8)
        self.setLayout(column(self.name, self.kind, self.choices, foot, margins=(0, 6, 0, 6), spacing=6))
        self._fit()

    def open(self) -> None:
        """Show the form, empty unless something was begun in it."""
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.choices.setVisible(self.kind.currentData() == AttributeKind.CHOICE.value)
        self._add.setEnabled(bool(self.name.text().strip()))

    def _give(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            return
        kind = self.kind.currentData()
        written = self.choices.text() if kind == AttributeKind.CHOICE.value else ""
        choices = tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in written.split(",")))))
        self.name.clear()
        self.choices.clear()
        self._close()
        self.added.emit(name, kind, choices)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
