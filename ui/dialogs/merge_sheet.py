"""Before another library is merged in: what would come, and what of this library would give way."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.dialogs.sheet import Sheet
from ui.dialogs.value_table import ValueTable
from ui.looks import Looks
from ui.widgets.boxes import column, surface
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.wording import filled, number, said

if TYPE_CHECKING:
    from app.merging.journey import MergeReport

_WIDE: Final = 900
_HIGH: Final = 620
_MOST: Final = 1_000
_SAID: Final = 5
_NOTHING: Final = "–"

_KINDS: Final = MappingProxyType(
    {
        "article": QT_TRANSLATE_NOOP("merging", "Article"),
        "highlight": QT_TRANSLATE_NOOP("merging", "Highlight"),
        "theme": QT_TRANSLATE_NOOP("merging", "Theme"),
        "attribute": QT_TRANSLATE_NOOP("merging", "Attribute"),
        "collection": QT_TRANSLATE_NOOP("merging", "Collection"),
        "note": QT_TRANSLATE_NOOP("merging", "Note"),
        "interlude": QT_TRANSLATE_NOOP("merging", "Text in a collection"),
        "rule": QT_TRANSLATE_NOOP("merging", "Rule of an outlet"),
    }
)


class MergeSheet(Sheet):
    """Shows what a merge would do, and wishes it."""

    merge_wished = Signal()
    stopped = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDE, height=_HIGH)
        self.title.setText(self.tr("Merge another library"))
        self._counts = label("", "strong", wrap=True)
        self._rule = label(
            self.tr("Of each value the one that was changed last stays. Here is what changes in this library:"),
            "muted", wrap=True,
        )  # fmt: skip
        self.table = ValueTable(looks, self.tr("What changes"))
        self._said = label("", "muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._ground = surface("card", column(self.table, margins=(1, 1, 1, 1), spacing=0))
        for part in (self._counts, self._rule):
            self.body.addWidget(part)
        self.body.addWidget(self._ground, 1)
        self.body.addWidget(self._said)
        self.body.addWidget(self._bar)
        self.body.addStretch(0)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.escape)
        self.buttons.addStretch(1)
        self.buttons.addWidget(cancel)
        self._go = self.add_primary(button(self.tr("Merge")))
        self._go.clicked.connect(self._merge)

    def begin(self, name: str) -> None:
        """Open while it is looked at what a library holds."""
        self._counts.setText(filled(self.tr("Comparing “{name}” with this library …"), name=name))
        self._show(busy=True, told=False)
        self.open()

    def show_preview(self, report: MergeReport) -> None:
        """Show what would come, what would change, and what stays behind."""
        self._counts.setText(self._new(report))
        head = (self.tr("What"), self.tr("Name"), self.tr("Value"), self.tr("Here"), self.tr("There"))
        rows = [
            (QCoreApplication.translate("merging", _KINDS.get(one.kind, one.kind)), one.name, one.field,
             one.before or _NOTHING, one.after or _NOTHING)
            for one in (*report.overwritten, *report.added)[:_MOST]
        ]  # fmt: skip
        self.table.show_rows(head, rows, words=len(head), wide=(1, 3, 4))
        told = [said(one) for one in report.notes[:_SAID]]
        if len(report.notes) > _SAID:
            told.append(filled(self.tr("And {count} more."), count=number(len(report.notes) - _SAID)))
        self._said.setText("\n".join(told))
        self._show(busy=False, told=bool(told))
        self._go.setFocus()

    def _new(self, report: MergeReport) -> str:
        tr = self.tr
        counts = (
            (report.articles, tr("1 article"), tr("{count} articles")),
            (report.highlights, tr("1 highlight"), tr("{count} highlights")),
            (report.themes, tr("1 theme"), tr("{count} themes")),
            (report.collections, tr("1 collection"), tr("{count} collections")),
            (report.noted, tr("1 note"), tr("{count} notes")),
            (len(report.added), tr("1 addition to what is here"), tr("{count} additions to what is here")),
        )
        parts = [one if count == 1 else filled(many, count=number(count)) for count, one, many in counts if count]
        if parts:
            return filled(tr("New from there: {things}."), things=", ".join(parts))
        if report.overwritten:
            return tr("Nothing there is new.")
        return tr("There is nothing in it that this library has not.")

    def show_trouble(self, sentence: str) -> None:
        """Say why it cannot be merged."""
        self._counts.setText(sentence)
        self.table.show_rows((), ())
        self._show(busy=False, told=False)
        self._go.setEnabled(False)

    def wanted_size(self) -> QSize:
        """Return room for the table, or no more than what is said takes."""
        size = super().wanted_size()
        if self._ground.isHidden():
            size.setHeight(self.card.layout().heightForWidth(size.width()))
        return size

    def escape(self) -> None:
        """Close; what is under way is stopped."""
        self.stopped.emit()
        self.dismiss()

    def _merge(self) -> None:
        self._show(busy=True, told=False)
        self.merge_wished.emit()

    def _show(self, *, busy: bool, told: bool) -> None:
        some = bool(self.table.rows()) and not busy
        self._rule.setVisible(some)
        self._ground.setVisible(some)
        self._said.setVisible(told)
        self._bar.setVisible(busy)
        self._go.setEnabled(not busy)
        self.place()
