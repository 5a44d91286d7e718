"""*Check my draft* over a window: the sheet, the check that can be stopped, and the way to a passage and back."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.errors import AppError
from app.lane import Ticket
from app.loading import load
from ui.commands import opening, proofing
from ui.frame import Frame
from ui.wording import complaint, filled, number

if TYPE_CHECKING:
    from app.proofing.proof import Proof, Witness
    from ui.dialogs.proof_sheet import ProofSheet


class ProofPage(QObject):
    """Opens the sheet, and hands on what is wished in it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._ticket: Ticket | None = None

    def open(self) -> None:
        """Show the last report again, or ask for a draft."""
        self._sheet.open()

    @cached_property
    def _sheet(self) -> ProofSheet:
        sheet: ProofSheet = load("ui.dialogs.proof_sheet").ProofSheet(self._window.looks, self._window)
        sheet.check_wished.connect(self.check)
        sheet.stop_wished.connect(self._stop)
        sheet.open_wished.connect(self._open_passage)
        sheet.copy_wished.connect(self._copy)
        sheet.export_wished.connect(self._write)
        self._window.shelf.came.connect(self._forget)
        return sheet

    def check(self, path: Path) -> None:
        """Look up every quotation and figure of a draft."""
        self._stop()
        self._sheet.begin(path)
        self._ticket = proofing.check(self._window.context, path, self._sheet.show_progress, self._done, self._refused)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _done(self, proof: Proof) -> None:
        self._ticket = None
        self._sheet.show_proof(proof)
        looked_up = filled(self.tr("{count} quotations and figures were looked up."), count=number(len(proof.claims)))
        self._window.messages.announce(looked_up)

    def _refused(self, error: AppError) -> None:
        self._ticket = None
        self._sheet.show_trouble(*complaint(error))

    def _forget(self) -> None:
        self._stop()
        self._sheet.forget()
        self._sheet.dismiss()

    def _open_passage(self, witness: Witness) -> None:
        """Open the passage that vouches for a claim; one word leads back to the report."""
        context = self._window.context
        self._sheet.dismiss()
        opening.open_passage(context, witness.article.id, witness.span)
        context.messages.say(self.tr("This is the passage."), deed=(self.tr("Back to the draft"), self.open))

    def _copy(self, citation: str) -> None:
        QGuiApplication.clipboard().setText(citation)
        self._window.messages.say(self.tr("Citation copied."))

    def _write(self, proof: Proof, target: Path) -> None:
        proofing.write_report(self._window.context, proof, target)
