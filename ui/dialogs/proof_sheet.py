"""A draft of the reader's own beside the library: every quotation and figure in it, and the verdict on each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from app.progress import Progress
from app.proofing.proof import Claim, Proof, Verdict
from ui.dialogs.choosing import choose_file, choose_target
from ui.dialogs.claim_list import ClaimList
from ui.dialogs.claim_view import ClaimView
from ui.dialogs.sheet import Sheet
from ui.dialogs.verdicts import name_of
from ui.looks import Looks
from ui.widgets.boxes import column, row, surface
from ui.widgets.buttons import Chip, button
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number

_WIDE: Final = 1080
_HIGH: Final = 760
_SMALL: Final = 620
_LIST: Final = 420
_ASKING, _CHECKING, _SHOWING = "asking", "checking", "showing"


class ProofSheet(Sheet):
    """Asks for a draft by ``check_wished`` and shows the report on it, from where passages are opened and cited."""

    check_wished = Signal(object)
    stop_wished = Signal()
    open_wished = Signal(object)
    copy_wished = Signal(str)
    export_wished = Signal(object, object)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_SMALL)
        self.title.setText(self.tr("Check my draft"))
        self.setAccessibleName(self.tr("Check my draft"))
        self._proof: Proof | None = None
        self._doing = _ASKING
        self._folder = str(Path.home())
        self._verdict: Verdict | None = None
        self.dialog: QFileDialog | None = None
        self._name = ElidedLabel("", "muted")
        self._said = label("", "muted", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the check"))
        self._at = ElidedLabel("", "faint")
        self.list = ClaimList(looks, self)
        self.view = ClaimView(looks, self)
        self._chips: dict[Verdict | None, Chip] = {None: Chip(self.tr("All"))}
        self._chips |= {verdict: Chip(name_of(verdict)) for verdict in Verdict}
        self._citation = label("", "muted", wrap=True)
        self._citation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = button(self.tr("Copy citation"))
        self._choose = button(self.tr("Choose a draft…"))
        self._export = button(self.tr("Export the report…"))
        self._stop = button(self.tr("Stop"))
        self._lay_out()
        self._connect()
        self._show(_ASKING)

    def _lay_out(self) -> None:
        self._filters = QWidget()
        self._filters.setLayout(row(*self._chips.values(), None, spacing=6))
        self._cited = QWidget()
        self._cited.setLayout(row(self._citation, self._copy, spacing=12))
        self._cited.layout().setStretch(0, 1)
        left = surface("card", column(self.list, margins=(4, 6, 4, 6), spacing=0))
        left.setFixedWidth(_LIST)
        self._both = QWidget()
        beside = column(self.view, self._cited, spacing=10)
        beside.setStretch(0, 1)
        both = row(left, beside, spacing=14)
        both.setStretch(1, 1)
        self._both.setLayout(both)
        self._waiting = QWidget()
        self._waiting.setLayout(column(None, self._said, 10, self._bar, self._at, None, margins=(40, 24, 40, 24)))
        self.body.addWidget(self._name)
        self.body.addWidget(self._filters)
        self.body.addWidget(self._both, 1)
        self.body.addWidget(self._waiting, 1)
        self.buttons.addWidget(self._choose)
        self.buttons.addWidget(self._export)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._stop)
        self._open = self.add_primary(button(self.tr("Open the passage")))

    def _connect(self) -> None:
        for verdict, chip in self._chips.items():
            chip.clicked.connect(partial(self._filter, verdict))
        self.list.chosen.connect(self._show_claim)
        self.list.opened.connect(self.open_wished)
        self.list.copy_wished.connect(self._wish_copy)
        self.list.turned.connect(self._turn)
        self.view.opened.connect(self.open_wished)
        self._open.clicked.connect(self._press)
        self._copy.clicked.connect(self._wish_copy)
        self._choose.clicked.connect(self._ask_draft)
        self._export.clicked.connect(self._ask_target)
        self._stop.clicked.connect(self.escape)

    # what is shown

    def begin(self, path: Path) -> None:
        """Show that a draft is being looked through."""
        self._folder = str(path.parent)
        self._name.setText(path.name)
        self._said.setText(self.tr("Reading the draft…"))
        self._bar.setRange(0, 0)
        self._at.setText("")
        self._show(_CHECKING)
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the check is, and at what."""
        if self._doing == _CHECKING and progress.total:
            template = self.tr("Looking up {done} of {total} quotations and figures…")
            done = min(progress.done + 1, progress.total)
            self._said.setText(filled(template, done=number(done), total=number(progress.total)))
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            self._at.setText(progress.name)

    def show_proof(self, proof: Proof) -> None:
        """Show the report."""
        self._proof = proof
        self._name.setText(proof.draft)
        for verdict, chip in self._chips.items():
            chip.show_count(number(len(self._wanted(verdict))))
            chip.setEnabled(bool(self._wanted(verdict)) or verdict is None)
        if not proof.claims:
            self.show_trouble(
                filled(self.tr("There is no quotation and no figure in {name}."), name=proof.draft),
                self.tr("Quotations stand between quotation marks, or are blocks of their own."),
            )
            return
        self._show(_SHOWING)
        self._filter(None)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, sentence: str, hint: str) -> None:
        """Say why there is no report, and what to do."""
        self._proof = None
        self._name.setText("")
        self._show(_ASKING)
        self._said.setText(f"{sentence}\n{hint}".strip())
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Show no report any more: it was on another library."""
        self._proof = None
        self._name.setText("")
        self.list.take(())
        self._show(_ASKING)

    def has_proof(self) -> bool:
        """Tell whether a report is shown."""
        return self._proof is not None

    def first_field(self) -> QWidget | None:
        """Return the list of claims, or the button that asks for a draft."""
        return self.list if self._doing == _SHOWING else self.primary

    def escape(self) -> None:
        """Stop what is going on; where nothing is, close."""
        if self._doing == _CHECKING:
            self.stop_wished.emit()
            self._show(_SHOWING if self._proof is not None else _ASKING)
            self._name.setText(self._proof.draft if self._proof is not None else "")
            (self.first_field() or self).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.dismiss()

    def wanted_size(self) -> QSize:
        """Return its full size for a report, and a small one before."""
        return QSize(_WIDE, _HIGH) if self._doing == _SHOWING else QSize(_SMALL, super().wanted_size().height())

    # inside

    def _show(self, doing: str) -> None:
        self._doing = doing
        shows = doing == _SHOWING
        self._filters.setVisible(shows)
        self._both.setVisible(shows)
        self._waiting.setVisible(not shows)
        self._bar.setVisible(doing == _CHECKING)
        self._at.setVisible(doing == _CHECKING)
        self._stop.setVisible(doing == _CHECKING)
        self._export.setVisible(shows)
        self._choose.setVisible(shows)
        self._choose.setText(self.tr("Another draft…"))
        self._open.setVisible(doing != _CHECKING)
        self._open.setText(self.tr("Open the passage") if shows else self.tr("Choose a draft…"))
        if doing == _ASKING:
            self._said.setText(
                self.tr(
                    "Choose a draft of yours: DOCX, ODT, Markdown, or anything else that can be imported.\n"
                    "Every quotation and figure in it is looked up in the library. The draft is not kept."
                )
            )
        self._open.setEnabled(doing == _ASKING or self._witnessed())
        if self.isVisible():
            self.place()

    def _witnessed(self) -> bool:
        claim = self.list.current()
        return claim is not None and claim.witness is not None

    def _wanted(self, verdict: Verdict | None) -> Sequence[Claim]:
        claims = self._proof.claims if self._proof is not None else ()
        return claims if verdict is None else [one for one in claims if one.verdict is verdict]

    def _filter(self, verdict: Verdict | None, _checked: bool = True) -> None:
        self._verdict = verdict
        for own, chip in self._chips.items():
            chip.setChecked(own is verdict)
        current = self.list.current()
        self.list.take(self._wanted(verdict), current.number if current is not None else 0)

    def _turn(self, by: int) -> None:
        """Show only the claims with the next verdict that there is, or with the one before."""
        offered = [verdict for verdict, chip in self._chips.items() if chip.isEnabled()]
        self._filter(offered[(offered.index(self._verdict) + by) % len(offered)])

    def _show_claim(self, claim: Claim | None) -> None:
        self.view.show_claim(claim)
        citation = claim.witness.citation if claim is not None and claim.witness is not None else ""
        self._citation.setText(citation)
        self._cited.setVisible(bool(citation))
        self._open.setEnabled(self._doing == _ASKING or bool(citation))

    def _press(self) -> None:
        if self._doing == _SHOWING:
            self._wish_open()
        else:
            self._ask_draft()

    def _wish_open(self) -> None:
        claim = self.list.current()
        if claim is not None and claim.witness is not None:
            self.open_wished.emit(claim.witness)

    def _wish_copy(self) -> None:
        if self._witnessed():
            self.copy_wished.emit(self._citation.text())

    def _ask_draft(self) -> None:
        self.dialog = choose_file(self, self.tr("Check my draft"), self._folder, "", self._chosen)

    def _chosen(self, path: str) -> None:
        self.check_wished.emit(Path(path))

    def _ask_target(self) -> None:
        if self._proof is not None:
            start = str(Path(self._folder, f"{Path(self._proof.draft).stem}.csv"))
            self.dialog = choose_target(
                self, self.tr("Export the report"), start, ".csv", self._target_chosen, (".xlsx",)
            )

    def _target_chosen(self, path: str) -> None:
        self.export_wished.emit(self._proof, Path(path))
