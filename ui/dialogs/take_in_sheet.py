"""Taking in a coder's round: where it lies, whose it is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from app import places
from app.progress import Progress
from ui.dialogs.choosing import choose_file, choose_folder
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.wording import filled, number, said

if TYPE_CHECKING:
    from app.coding.layering import LayerReport

_WIDTH: Final = 600
_MOST: Final = 6  # sentences of a report that are shown


class TakeInSheet(Sheet):
    """Asks for the folder or file that a coder gave back, and then shows the report."""

    wished = Signal(object, str)
    agreement_wished = Signal()
    stop_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDTH)
        self.title.setText(self.tr("Take in a coder’s round"))
        self._start = ""
        self._busy = False
        self._path, self._name = QLineEdit(), QLineEdit()
        self._name.setPlaceholderText(self.tr("as the round says"))
        self._folder, self._file = button(self.tr("Folder…")), button(self.tr("File…"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._told = label("", "muted", wrap=True)
        self._trouble = label("", "error", wrap=True)
        self._asking, self._telling = QWidget(), QWidget()
        self._lay_out()
        self._path.textChanged.connect(self._judge)
        self._folder.clicked.connect(self._choose_folder)
        self._file.clicked.connect(self._choose_file)
        self._go.clicked.connect(self._act)

    def _lay_out(self) -> None:
        where, whose = label(self.tr("Folder or file"), "strong"), label(self.tr("Whose round it is"), "strong")
        for name, field in ((where, self._path), (whose, self._name)):
            name.setBuddy(field)
            field.setAccessibleName(name.text())
        self._asking.setLayout(
            column(
                label(self.tr("The library that the coder worked in, or the file it was exported to."), "muted"),
                6,
                where,
                row(self._path, self._folder, self._file, spacing=8),
                6,
                whose,
                self._name,
                self._bar,
                self._trouble,
                spacing=4,
            )
        )
        self._telling.setLayout(column(self._told, spacing=4))
        self.body.addWidget(self._asking)
        self.body.addWidget(self._telling)
        self._close = button(self.tr("Cancel"))
        self._close.clicked.connect(self.escape)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._close)
        self._go = self.add_primary(button(""))

    def begin(self, folder: str) -> None:
        """Open, and look for the round in a folder first."""
        self._start = folder
        self._path.clear()
        self._name.clear()
        self._show_asking(asking=True)
        self.show_trouble("")
        self.open()

    def first_field(self) -> QWidget:
        """Return the path."""
        return self._path

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def show_trouble(self, sentence: str) -> None:
        """Say why it cannot be taken in."""
        self._show_busy(busy=False)
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        if self.isVisible():
            self.place()

    def show_report(self, report: LayerReport) -> None:
        """Say what came of it."""
        self._show_busy(busy=False)
        self._show_asking(asking=False)
        self._told.setText("\n".join(self._sentences(report)))
        self.place()
        self._go.setFocus()

    def escape(self) -> None:
        """Stop what is going on, and close."""
        if self._busy:
            self.stop_wished.emit()
        self.dismiss()

    def _sentences(self, report: LayerReport) -> Sequence[str]:
        counts = self.tr("The layer of {coder}: {made} passages are new, {kept} as before, {gone} are gone; "
                         "in {articles} articles.")  # fmt: skip
        told = [
            filled(counts, coder=report.coder, made=number(report.made), kept=number(report.kept),
                   gone=number(report.gone), articles=number(report.articles))
        ]  # fmt: skip
        if report.themes:
            told.append(filled(self.tr("New themes: {names}."), names=", ".join(report.themes)))
        if report.noted:
            told.append(filled(self.tr("What {coder} said of articles and themes stands in the collection "
                                       "“{name}”."), coder=report.coder, name=report.collection))  # fmt: skip
        told += [said(one) for one in report.notes[:_MOST]]
        if len(report.notes) > _MOST:
            told.append(filled(self.tr("And {count} more."), count=number(len(report.notes) - _MOST)))
        return told

    def _show_asking(self, *, asking: bool) -> None:
        self._asking.setVisible(asking)
        self._telling.setVisible(not asking)
        self._go.setText(self.tr("Take in") if asking else self.tr("Agreement…"))
        self._close.setText(self.tr("Cancel") if asking else self.tr("Close"))
        self._judge()

    def _show_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        self._judge()

    def _judge(self) -> None:
        told = not self._telling.isHidden()
        self._go.setEnabled(told or (bool(self._path.text().strip()) and not self._busy))

    def _choose_folder(self) -> None:
        choose_folder(self, self.tr("What the coder gave back"), self._start, self._path.setText)

    def _choose_file(self) -> None:
        choose_file(self, self.tr("What the coder gave back"), self._start, "", self._path.setText)

    def _act(self) -> None:
        if not self._telling.isHidden():
            self.dismiss()
            self.agreement_wished.emit()
            return
        self.show_trouble("")
        self._show_busy(busy=True)
        self.wished.emit(places.written(self._path.text()), self._name.text().strip())
