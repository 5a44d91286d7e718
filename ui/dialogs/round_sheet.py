"""Preparing a round for a second coder: who, which articles, drawn how, and into which folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app import places
from app.exporting.bundling import Selection
from app.progress import Progress
from ui.dialogs.choosing import choose_folder
from ui.dialogs.new_library import folder_name
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.fields import CheckBox, DropDown
from ui.widgets.labels import label
from ui.widgets.segments import Segments
from ui.widgets.tips import plain_tip
from ui.wording import filled

_WIDTH: Final = 620
_SHORT: Final = 110
_PROPORTION, _EQUAL = "proportion", "equal"


@dataclass(frozen=True, slots=True)
class RoundWish:
    """What is to be prepared. ``number`` is 0 where nothing is drawn; ``by`` is a field, or empty.

    ``values``: with what the reader gave to attributes.
    """

    coder: str
    selection: Selection
    folder: Path
    number: int = 0
    by: str = ""
    equal: bool = False
    seed: str = "1"
    values: bool = False


class RoundSheet(Sheet):
    """Asks for what a round needs; the folder follows the coder's name until it is written by hand."""

    wished = Signal(object)
    stop_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDTH)
        self.title.setText(self.tr("Prepare for a coder"))
        self._parent_folder = ""
        self._by_hand = self._busy = False
        self._coder, self._folder, self._number, self._seed = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit("1")
        self._scope, self._by = DropDown(looks), DropDown(looks)
        self._lot = CheckBox(looks, self.tr("Draw articles by lot"))
        self._values = CheckBox(looks, self.tr("With your values of attributes"))
        self._values.setToolTip(plain_tip(self.tr("Otherwise the coder finds them empty, and codes them unswayed")))
        shares = ((_PROPORTION, self.tr("In proportion")), (_EQUAL, self.tr("Equally")))
        self._shares = Segments(looks, shares, self.tr("How many of each"), self)
        self._shares.show_key(_PROPORTION)
        self._shares.setFixedWidth(240)
        for short in (self._number, self._seed):
            short.setFixedWidth(_SHORT)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._trouble = label("", "error", wrap=True)
        self._browse = button(self.tr("Choose…"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        said = label(
            self.tr("The coder gets a library of these articles with your themes and attributes, and without marks, "
                    "notes and private things. What comes back is a layer of its own."),
            "muted", wrap=True,
        )  # fmt: skip
        self.body.addWidget(said)
        self.body.addLayout(self._labelled(self.tr("Coder"), self._coder))
        self.body.addLayout(self._labelled(self.tr("Articles"), self._scope))
        self.body.addWidget(self._values)
        self.body.addWidget(self._lot)
        numbers = row(
            self._labelled(self.tr("How many"), self._number),
            self._labelled(self.tr("By"), self._by),
            self._labelled(self.tr("Seed"), self._seed),
            spacing=12,
        )
        numbers.setStretch(1, 1)
        self._drawing = QWidget()
        shares = column(label(self.tr("Of each group"), "strong"), row(self._shares, None), spacing=4)
        self._strata = QWidget()
        self._strata.setLayout(shares)
        self._drawing.setLayout(column(numbers, self._strata, spacing=10))
        self.body.addWidget(self._drawing)
        head = label(self.tr("Folder"), "strong")
        head.setBuddy(self._folder)
        self._folder.setAccessibleName(self.tr("Folder"))
        self.body.addLayout(column(head, row(self._folder, self._browse, spacing=8), spacing=4))
        self.body.addWidget(self._bar)
        self.body.addWidget(self._trouble)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.escape)
        self.buttons.addStretch(1)
        self.buttons.addWidget(cancel)
        self._go = self.add_primary(button(self.tr("Prepare")))

    def _labelled(self, text: str, field: QWidget) -> QVBoxLayout:
        made = label(text, "strong")
        made.setBuddy(field)
        field.setAccessibleName(text)
        return column(made, field, spacing=4)

    def _connect(self) -> None:
        self._coder.textChanged.connect(self._follow)
        self._folder.textEdited.connect(self._written)
        for line in (self._folder, self._number, self._seed):
            line.textChanged.connect(self._judge)
        self._lot.toggled.connect(self._show_drawing)
        self._by.currentIndexChanged.connect(self._show_drawing)
        self._browse.clicked.connect(self._choose)
        self._go.clicked.connect(self._wish)

    def begin(self, scopes: Sequence[tuple[str, Selection]], fields: Sequence[tuple[str, str]], folder: str) -> None:
        """Open: ``scopes`` and the ``fields`` of strata are names with what they mean; ``folder`` is for its folder."""
        self._parent_folder, self._by_hand = folder, False
        self._scope.clear()
        for name, selection in scopes:
            self._scope.addItem(name, selection)
        self._by.clear()
        self._by.addItem(self.tr("all of them together"), "")
        for name, field in fields:
            self._by.addItem(name, field)
        self._coder.clear()
        self._values.setChecked(False)
        self.show_trouble("")
        self._follow()
        self._show_drawing()
        self.open()

    def first_field(self) -> QWidget:
        """Return the name of the coder."""
        return self._coder

    def show_progress(self, progress: Progress) -> None:
        """Show how many articles are in."""
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)

    def show_trouble(self, sentence: str) -> None:
        """Say why it could not be prepared."""
        self._show_busy(busy=False)
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        if self.isVisible():
            self.place()

    def escape(self) -> None:
        """Stop what is going on, and close."""
        if self._busy:
            self.stop_wished.emit()
        self.dismiss()

    def _show_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        self._judge()

    def _show_drawing(self) -> None:
        self._drawing.setVisible(self._lot.isChecked())
        self._strata.setVisible(bool(self._by.currentData()))
        self._judge()
        if self.isVisible():
            self.place()

    def _follow(self) -> None:
        name = folder_name(self._coder.text())
        if not self._by_hand:
            made = filled(self.tr("Round for {name}"), name=name) if name else ""
            self._folder.setText(str(Path(self._parent_folder, made)) if made else "")
        self._judge()

    def _written(self) -> None:
        self._by_hand = True

    def _judge(self) -> None:
        number = self._number.text().strip()
        drawn = not self._lot.isChecked() or (number.isascii() and number.isdigit() and int(number) > 0)
        named = bool(self._coder.text().strip() and self._folder.text().strip())
        self._go.setEnabled(named and drawn and not self._busy)

    def _choose(self) -> None:
        choose_folder(self, self.tr("A folder for the round"), self._parent_folder, self._chosen)

    def _chosen(self, folder: str) -> None:
        self._by_hand = True
        self._folder.setText(folder)

    def _wish(self) -> None:
        drawn = self._lot.isChecked()
        wish = RoundWish(
            self._coder.text().strip(),
            self._scope.currentData(),
            places.written(self._folder.text()),
            int(self._number.text()) if drawn else 0,
            str(self._by.currentData()) if drawn else "",
            self._shares.key() == _EQUAL,
            self._seed.text().strip() or "1",
            self._values.isChecked(),
        )
        self.show_trouble("")
        self._show_busy(busy=True)
        self.wished.emit(wish)
