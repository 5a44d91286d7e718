"""Pasting: the article, or the one passage, that lies on the clipboard, with where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column
from ui.widgets.buttons import button
from ui.widgets.fields import CheckBox
from ui.widgets.labels import label

_WIDTH: Final = 620
_TEXT: Final = 220  # pixels
_LOW: Final = 56  # of the text in a low window


@dataclass(frozen=True, slots=True)
class PasteWish:
    """What is to be taken in: a whole article (as ``markup`` where there is some), or only a passage of one."""

    text: str
    markup: str
    passage: bool
    address: str
    title: str
    note: str


class PasteSheet(Sheet):
    """Shows what was copied, and asks for what it does not say itself."""

    wished = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDTH)
        self.title.setText(self.tr("Paste an article or a passage"))
        self._markup = ""
        self._pasted = ""
        self._text = QPlainTextEdit()
        self._text.setProperty("role", "field")
        self._text.setMinimumHeight(_LOW)
        self._text.setMaximumHeight(_TEXT)
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(self.tr("Copy an article or a passage elsewhere, and paste it here."))
        self._passage = CheckBox(looks, self.tr("Only a passage: keep it as a highlight"))
        self._address, self._name, self._note = QLineEdit(), QLineEdit(), QLineEdit()
        self._address.setPlaceholderText("https://")
        self._fields = {
            self._address: self.tr("Address"),
            self._name: self.tr("Title"),
            self._note: self.tr("Note"),
        }
        self._text.setAccessibleName(self.tr("What was copied"))
        self.body.addWidget(self._text)
        self.body.addWidget(self._passage)
        self._labels = {field: self._labelled(text, field) for field, text in self._fields.items()}
        for field, name in self._labels.items():
            self.body.addLayout(column(name, field, spacing=4))
        self._trouble = label("", "error", wrap=True)
        self.body.addWidget(self._trouble)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.escape)
        self.buttons.addStretch(1)
        self.buttons.addWidget(cancel)
        self._go = self.add_primary(button(self.tr("Import")))
        self._go.clicked.connect(self._wish)
        self._text.textChanged.connect(self._judge)
        self._passage.toggled.connect(self._show_note)

    def ask(self, text: str, markup: str, address: str, *, passage: bool) -> None:
        """Show what was copied; ``address`` is where it is from, as far as that is known."""
        self._text.setPlainText(text)
        self._markup, self._pasted = markup, self._text.toPlainText()
        self._address.setText(address)
        self._name.clear()
        self._note.clear()
        self._passage.setChecked(passage)
        self.show_trouble("")
        self._show_note()
        self._judge()
        self.open()

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        if self.isVisible():
            self.place()

    def first_field(self) -> QWidget:
        """Return the text when it is empty, else the address."""
        return self._address if self._text.toPlainText().strip() else self._text

    def _labelled(self, text: str, field: QLineEdit) -> QWidget:
        made = label(text, "strong")
        made.setBuddy(field)
        field.setAccessibleName(text)
        return made

    def _judge(self) -> None:
        self._go.setEnabled(bool(self._text.toPlainText().strip()))

    def _show_note(self) -> None:
        for part in (self._note, self._labels[self._note]):
            part.setVisible(self._passage.isChecked())
        if self.isVisible():
            self.place()

    def _wish(self) -> None:
        text = self._text.toPlainText()
        markup = self._markup if text == self._pasted else ""  # what was changed by hand is a text
        fields = (field.text().strip() for field in (self._address, self._name, self._note))
        self.wished.emit(PasteWish(text, markup, self._passage.isChecked(), *fields))
