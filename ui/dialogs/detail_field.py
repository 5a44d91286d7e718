"""One value of an article that may be filled in: a line, a word that says that there is none, and a complaint below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.looks import Looks
from ui.matching import Matcher, folded
from ui.widgets.boxes import column, row
from ui.widgets.buttons import Chip
from ui.widgets.labels import label
from ui.widgets.offers import Offer, Offers
from ui.widgets.tips import plain_tip

_OFFERED: Final = 8


class DetailField(QWidget):
    """A value with its name above it. ``edited`` tells that its reader has changed it.

    The chip settles the field without a value: there is none to be known; or, where it ``keeps``, the value that is
    there is right as it is.
    """

    edited = Signal()

    def __init__(self, name: str, settles: str = "", tip: str = "", *, keeps: bool = False) -> None:
        """Name the field; ``settles`` is the word on its chip, and ``tip`` says what that means."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.chip = Chip(settles)
        self.chip.setAccessibleName(f"{name}: {settles}")
        self.chip.setToolTip(plain_tip(tip))
        self._tip, self._keeps, self._has_chip = tip, keeps, bool(settles)
        self._known, self._settled, self._empty = "", False, ""
        self._complaint = label("", "error", wrap=True)
        self._complaint.hide()
        head = row(label(name, "muted"), None, self.chip, spacing=6)
        self.setLayout(column(head, self.line, self._complaint, spacing=3))
        self.chip.toggled.connect(self._settle)
        self.line.textEdited.connect(self._calm)

    def show_value(self, value: str, *, missing: bool, settled: bool, empty: str, force: bool) -> None:
        """Show a value; what the reader is changing stays unless ``force``.

        ``missing`` values can be settled, and are when ``settled``; ``empty`` stands where there is no value.
        """
        changed = self.is_changed()
        self._known, self._settled, self._empty = value, settled, empty
        self.chip.setVisible(self._has_chip and missing)
        if changed and not force:
            return
        self.complain("")
        self.chip.setChecked(settled)
        self.line.setText(value)
        self.line.setCursorPosition(0)
        self._settle(settled)

    def is_changed(self) -> bool:
        """Tell whether it says anything else than what is known."""
        return self.line.text().strip() != self._known or self.chip.isChecked() != self._settled

    def given(self) -> str | None:
        """Return what is to be written down, ``""`` for nothing to be known; ``None`` where nothing was changed."""
        text = self.line.text().strip()
        if text != self._known:
            return text
        return "" if self.chip.isChecked() and not self._settled and not self._keeps else None

    def confirms(self) -> bool:
        """Tell whether the value that is there is to be kept as it is."""
        return self._keeps and self.chip.isChecked() and not self._settled and self.line.text().strip() == self._known

    def accept(self) -> None:
        """Take what it says as known: it was sent."""
        self._known, self._settled = self.line.text().strip(), self.chip.isChecked()

    def take_back(self) -> None:
        """Show again what is known."""
        self.chip.setChecked(self._settled)
        self.line.setText(self._known)
        self._calm()

    def holds_keyboard(self) -> bool:
        """Tell whether the keyboard is in the line or on the chip."""
        return self.line.hasFocus() or self.chip.hasFocus()

    def write(self, text: str) -> None:
        """Put back what its reader had said before: a text, or that there is none to be known."""
        self.line.setText(text)
        if not text and not self._known:
            self.chip.setChecked(True)

    def complain(self, what: str) -> None:
        """Say below the line what is wrong with it, or nothing."""
        self._complaint.setText(what)
        self._complaint.setVisible(bool(what))

    def _settle(self, settled: bool) -> None:
        if not self._keeps:
            if settled:
                self.line.clear()
            self.line.setEnabled(not settled)
        self.line.setPlaceholderText(self._tip if settled and not self._keeps else self._empty)
        self._calm()

    def _calm(self) -> None:
        self.complain("")
        self.edited.emit()


class ValueOffers(QObject):
    """Offers, under a line, values that other articles have; Down shows them all while it is empty."""

    def __init__(self, looks: Looks, field: DetailField) -> None:
        """Watch the line of a field."""
        super().__init__(field)
        self._looks = looks
        self._line = field.line
        self._field = field
        self._values: Sequence[str] = ()
        self._shown: Sequence[str] = ()
        self._list: Offers | None = None
        self._line.installEventFilter(self)
        self._line.textEdited.connect(self._look)

    def take(self, values: Sequence[str]) -> None:
        """Know which values there are, the likeliest first."""
        self._values = values

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what there is when Down is pressed where nothing is offered yet."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shown = self._list is not None and self._list.isVisible()
            if event.key() == Qt.Key.Key_Down and not event.modifiers() and not shown:
                self._show(self._line.text() if self._line.text() not in self._values else "")
                return True
        return False

    def _look(self, text: str) -> None:
        if text.strip():
            self._show(text)
        elif self._list is not None:
            self._list.hide()

    def _show(self, typed: str) -> None:
        matcher = Matcher(typed)
        fits = (one for one in self._values if not typed or matcher.at_starts.match(folded(one).text))
        self._shown = [one for _, one in zip(range(_OFFERED), fits, strict=False) if one != typed]
        if self._list is None:  # it lies in the window, which the line is in by now
            self._list = Offers(self._looks, self._line, self.tr("Values of other articles"))
            self._list.taken.connect(self._take)
        self._list.offer([Offer(one, icon="ph.clock-counter-clockwise") for one in self._shown], typed, tab_takes=False)

    def _take(self, number: int) -> None:
        self._line.selectAll()
        self._line.insert(self._shown[number])
        self._field.edited.emit()
