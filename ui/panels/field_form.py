"""The form in which a field of the reader's own is changed: its name, what it means, its choices one by one."""

from __future__ import annotations

from collections.abc import Container
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.model import Attribute, AttributeChange, AttributeKind
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton, button
from ui.widgets.labels import label
from ui.wording import filled


class FieldForm(QWidget):
    """Changes one field. ``changed`` sends its id and the change; the form stays until :meth:`close_for` is called.

    A choice that is written anew is renamed on all articles. What is refused can be mended where it stands, and sent
    again after :meth:`send_again`.
    """

    changed = Signal(str, object)
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Be hidden until :meth:`open_for`."""
        super().__init__(parent)
        self._looks = looks
        self._attribute: Attribute | None = None
        self._sent = False  # there is no answer yet
        self._choices: dict[QLineEdit, tuple[str, QWidget]] = {}
        self.name = self._line(self.tr("Name of the field"))
        self.definition = QPlainTextEdit(self)
        self.definition.setProperty("role", "field")
        self.definition.setPlaceholderText(self.tr("What it means"))
        self.definition.setAccessibleName(self.tr("What the field means"))
        self.definition.setTabChangesFocus(True)
        self.definition.setFixedHeight(64)
        self._lines = column(spacing=4)
        self._hint = label(self.tr("A choice that is renamed is renamed on all articles."), "small", self, wrap=True)
        self.more = button(self.tr("+ Choice"), "link", self)
        self.more.clicked.connect(self._add_choice)
        self.save, cancel = button(self.tr("Save"), "primary", self), button(self.tr("Cancel"), "", self)
        self.save.clicked.connect(self._give)
        cancel.clicked.connect(self._close)
        self.name.textChanged.connect(self._fit)
        foot = row(None, cancel, self.save, spacing=8)
        self.setLayout(
            column(self.name, self.definition, self._lines, row(self.more, None), self._hint, foot,
                   margins=(0, 6, 0, 6), spacing=6)
        )  # fmt: skip
        self.hide()

    def open_for(self, attribute: Attribute) -> None:
        """Show a field as it is, with the keyboard in its name."""
        self._attribute, self._sent = attribute, False
        self.name.setText(attribute.name)
        self.definition.setPlainText(attribute.definition)
        for line in list(self._choices):
            self._drop(line)
        for choice in attribute.choices:
            self._show_choice(choice)
        chooses = attribute.kind is AttributeKind.CHOICE
        self.more.setVisible(chooses)
        self._hint.setVisible(bool(attribute.choices))
        self._fit()
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_for(self, attribute: str) -> None:
        """Close, if it shows this field."""
        if self._attribute is not None and self._attribute.id == attribute:
            self._close()

    def close_unless(self, attributes: Container[str]) -> None:
        """Close, unless it shows one of these fields."""
        if self._attribute is not None and self._attribute.id not in attributes:
            self._close()

    def send_again(self, attribute: str) -> None:
        """Let the change be sent again, if it shows this field: it was refused."""
        if self._attribute is not None and self._attribute.id == attribute:
            self._sent = False
            self._fit()

    def choices(self) -> list[QLineEdit]:
        """Return the lines of the choices."""
        return list(self._choices)

    def take_away(self, choice: str) -> None:
        """Take the line of a choice away."""
        for line in [one for one in self._choices if one.text() == choice]:
            self._drop(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.returnPressed.connect(self._give)
        return made

    def _add_choice(self) -> None:
        self._show_choice("").setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choice(self, choice: str) -> QLineEdit:
        line = self._line(self.tr("Choice"))
        line.setText(choice)
        tip = filled(self.tr("Take “{choice}” away"), choice=choice) if choice else self.tr("Take the choice away")
        away = IconButton(self._looks, "ph.x", tip, self, size=14)
        box = QWidget(self)
        box.setLayout(row(line, away, spacing=4))
        away.clicked.connect(partial(self._drop, line))
        self._choices[line] = choice, box
        self._lines.addWidget(box)
        return line

    def _drop(self, line: QLineEdit) -> None:
        box = self._choices.pop(line)[1]
        self._lines.removeWidget(box)
        box.hide()
        box.deleteLater()

    def _fit(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()) and not self._sent)

    def _give(self) -> None:
        attribute, name = self._attribute, " ".join(self.name.text().split())
        if attribute is None or not name or self._sent:
            return
        definition = self.definition.toPlainText().strip()
        written = {line: " ".join(line.text().split()) for line in self._choices}
        kept = {before: written[line] for line, (before, _) in self._choices.items() if before and written[line]}
        change = AttributeChange(
            name if name != attribute.name else None,
            definition if definition != attribute.definition.strip() else None,
            {before: now for before, now in kept.items() if before != now},
            tuple(written[line] for line, (before, _) in self._choices.items() if not before and written[line]),
            tuple(choice for choice in attribute.choices if choice not in kept),
        )
        if change == AttributeChange():
            self._close()
        else:
            self._sent = True
            self._fit()
            self.changed.emit(attribute.id, change)

    def _close(self) -> None:
        self._attribute = None
        self.hide()
        self.closed.emit()
