"""What is said when the program itself has failed: what happened, that nothing is lost, and a report to pass on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import MONO, Looks
from ui.widgets.boxes import column, surface
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.wording import filled

_WIDTH: Final = 640
_HEIGHT: Final = 470


class CrashDialog(Sheet):
    """Shows a report; ``open_wished`` carries the folder in which it was kept."""

    open_wished = Signal(str)

    def __init__(self, looks: Looks, sentence: str, report: str, file: str, parent: QWidget) -> None:
        """Say what happened in a sentence; ``file`` is where the report is kept, ``""`` when it is not."""
        super().__init__(looks, parent, "", width=_WIDTH, height=_HEIGHT)
        self._report = report
        self._file = file
        self.title.setText(self.tr("Something went wrong in Commonplace"))
        self._copy = button(self.tr("Copy report"))
        self._show = button(self.tr("Show folder"))
        self._close = button(self.tr("Close"))
        self._lay_out(looks, sentence)
        self._copy.clicked.connect(self._copy_report)
        self._show.clicked.connect(self._open_folder)
        self._close.clicked.connect(self.dismiss)

    def _lay_out(self, looks: Looks, sentence: str) -> None:
        self.body.addWidget(label(sentence, wrap=True))
        safe = self.tr("Your library is safe: what you did up to this moment is kept. You can go on working.")
        self.body.addWidget(label(safe, "muted", wrap=True))
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setPlainText(self._report)
        text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setTabChangesFocus(True)
        text.setFont(looks.font(12, family=MONO))
        text.setStyleSheet(f"QPlainTextEdit {{ font-family: '{MONO}'; font-size: 12px; }}")
        text.document().setDocumentMargin(10)
        text.setAccessibleName(self.tr("Report"))
        self.body.addWidget(surface("card", column(text, margins=(1, 1, 1, 1))), 1)
        if self._file:
            kept = filled(self.tr("The report is kept as {file}."), file=self._file)
            self.body.addWidget(label(kept, "small", wrap=True))
        for made in (self._copy, self._show):
            self.buttons.addWidget(made)
        self._show.setVisible(bool(self._file))
        self.buttons.addStretch(1)
        self.add_primary(self._close)

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(self.tr("Copied"))

    def _open_folder(self) -> None:
        self.open_wished.emit(str(Path(self._file).parent))
