"""The form in which what is not known of an article, or of several at once, is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model import RECURRING_FIELDS, Article, Origin
from ui.dates import amiss, read_published
from ui.dialogs.detail_field import DetailField, ValueOffers
from ui.looks import Looks
from ui.widgets.boxes import column
from ui.widgets.labels import label
from ui.wording import filled, number

_DATE: Final = "published"


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in: new values by field, and the fields whose values are right as they are."""

    fields: Mapping[str, str]
    confirmed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to write down."""
        return bool(self.fields or self.confirmed)

    def names(self) -> frozenset[str]:
        """Return the fields of which something was said."""
        return frozenset((*self.fields, *self.confirmed))

    def then(self, later: Given) -> Given:
        """Return this with what was filled in later."""
        return Given({**self.fields, **later.fields}, tuple(dict.fromkeys((*self.confirmed, *later.confirmed))))


class DetailsForm(QWidget):
    """Six fields. ``undo_wished`` tells that Ctrl+Z was pressed where nothing typed is to be taken back."""

    undo_wished = Signal()
    outlet_changed = Signal(str)

    def __init__(self, looks: Looks) -> None:
        """Make an empty one."""
        super().__init__()
        tr = self.tr
        self._for = label("", "strong")
        self._fields = {
            "title": DetailField(tr("Title"), tr("Right as it is"), tr("The title is right as it is"), keeps=True),
            "byline": DetailField(tr("Byline"), tr("None"), tr("without a byline")),
            "outlet": DetailField(tr("Outlet"), tr("None"), tr("without an outlet")),
            "section": DetailField(tr("Section")),
            _DATE: DetailField(tr("Published"), tr("Undated"), tr("undated: not to be known")),
            "address": DetailField(tr("Address")),
        }
        self._offers = {field: ValueOffers(looks, self._fields[field]) for field in RECURRING_FIELDS}
        self.setLayout(column(self._for, *self._fields.values(), None, spacing=7))
        for field in self._fields.values():
            field.line.installEventFilter(self)
        self._fields["outlet"].line.editingFinished.connect(self._tell_outlet)

    def show_article(self, article: Article, missing: Sequence[str], *, force: bool) -> None:
        """Show what is known of an article; what is being written about it stays unless ``force``."""
        metadata = article.metadata
        self.setEnabled(True)
        self._for.hide()
        for name, field in self._fields.items():
            value = getattr(metadata, name)
            mine = metadata.origins.get(name) is Origin.MINE
            field.show_value(
                "" if value is None else str(value),
                missing=name in missing or (mine and value is None),
                settled=mine and value is None,
                empty=self.tr("not known"),
                force=force,
            )

    def show_several(self, count: int) -> None:
        """Ask what is to be written on several articles."""
        self.setEnabled(True)
        self._for.setText(filled(self.tr("For {count} articles"), count=number(count)))
        self._for.show()
        for field in self._fields.values():
            field.show_value("", missing=True, settled=False, empty=self.tr("each stays as it is"), force=True)

    def show_nothing(self) -> None:
        """Show no article."""
        self._for.hide()
        for field in self._fields.values():
            field.show_value("", missing=False, settled=False, empty="", force=True)
        self.setEnabled(False)

    def take_values(self, values: Mapping[str, Sequence[str]]) -> None:
        """Offer values that other articles have."""
        for field, known in values.items():
            self._offers[field].take(known)

    def typed(self) -> Given:
        """Return what was filled in, as it stands there."""
        fields = {name: value for name, field in self._fields.items() if (value := field.given()) is not None}
        return Given(fields, tuple(name for name, field in self._fields.items() if field.confirms()))

    def given(self) -> Given:
        """Return what was filled in and can be written down; what is no date is not among it."""
        typed = self.typed()
        fields = dict(typed.fields)
        if fields.get(_DATE):
            written = fields.pop(_DATE)
            if not amiss(written):
                fields[_DATE] = str(read_published(written))
        return Given(fields, typed.confirmed)

    def accept(self) -> None:
        """Take what it says as known: it was sent. What is no date stays as it was typed."""
        for name, field in self._fields.items():
            if name != _DATE or not self.unsaid():
                field.accept()

    def take_back(self) -> bool:
        """Take back what was changed in the field that has the keyboard; tell whether there was anything."""
        field = next((one for one in self._fields.values() if one.holds_keyboard()), None)
        if field is None or not field.is_changed():
            return False
        field.take_back()
        return True

    def unsaid(self) -> str:
        """Return what stands where a date should, if it is none."""
        written = self._fields[_DATE].given()
        return written if written and amiss(written) else ""

    def restore(self, kept: Given) -> None:
        """Put back what was filled in and is not written down; where that is no date, go there and say so."""
        for name, value in kept.fields.items():
            self._fields[name].write(value)
        for name in kept.confirmed:
            self._fields[name].chip.setChecked(True)
        if self.unsaid():
            self.complain()

    def complain(self) -> None:
        """Say what is wrong with the date, and put the keyboard there."""
        field = self._fields[_DATE]
        field.complain(amiss(field.line.text().strip()))
        field.line.setFocus()

    def outlet(self) -> str:
        """Return what stands as the outlet."""
        return self._fields["outlet"].line.text().strip()

    def field(self, name: str) -> DetailField:
        """Return a field."""
        return self._fields[name]

    def current(self) -> str:
        """Return the field that has the keyboard, or nothing."""
        return next((name for name, field in self._fields.items() if field.holds_keyboard()), "")

    def enter(self, missing: Sequence[str], preferred: str = "") -> None:
        """Put the keyboard into a field of which something is missing, the one it was in before if that is one."""
        wanted = preferred if preferred in missing else next((name for name in self._fields if name in missing), "")
        line = self._fields[wanted or "title"].line
        line.setFocus()
        line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand on Ctrl+Z from a line in which nothing was typed."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        undoes = pressed and event.matches(QKeySequence.StandardKey.Undo)
        if undoes and isinstance(watched, QLineEdit) and not watched.isUndoAvailable():
            self.undo_wished.emit()
            return True
        return False

    def _tell_outlet(self) -> None:
        self.outlet_changed.emit(self.outlet())
