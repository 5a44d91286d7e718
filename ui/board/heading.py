"""What stands over a board: whose passages they are, how many, in which order, and which of them are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from app.model import Theme
from ui.board.arrangement import Branch
from ui.board.passage import DATE, OUTLET, OWN, READING
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row
from ui.widgets.buttons import Chip, IconButton, button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.notes import plain
from ui.widgets.theme_marks import paint_square
from ui.wording import filled, number

_NAME: Final = 32  # code points of a name on a chip
_ABOUT: Final = 600  # code points of a definition that are shown


class BranchChip(Chip):
    """Shows only the passages of one theme below, or (``theme`` is ``None``) all of them."""

    def __init__(self, text: str, theme: str | None, parent: QWidget) -> None:
        """Filter by a theme."""
        super().__init__(text, parent)
        self.theme = theme
        self.setAutoExclusive(True)

    def show_word(self, branch: Branch) -> None:
        """Show the theme's name and how many passages it has."""
        name = branch.theme.name if len(branch.theme.name) <= _NAME else branch.theme.name[: _NAME - 1] + "…"
        self.setText(f"{name.replace('&', '&&')}  {number(branch.count)}")


class Heading(QWidget):
    """The heading of a board."""

    order_chosen = Signal(str)
    branch_chosen = Signal(object)
    export_wished = Signal()
    heading_wished = Signal()
    text_wished = Signal()
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make one that says nothing yet."""
        super().__init__(parent)
        self._square = _Square(looks, self)
        self._name = ElidedLabel("", "title", self)
        self._name.setMinimumHeight(28)
        self._about = label("", "muted", self, wrap=True)
        self._count = ElidedLabel("", "muted", self)
        self._export = button(self.tr("Export…"), parent=self)
        self._export.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._close = IconButton(looks, "ph.x", self.tr("Close the board (Esc)"), self)
        self._add_heading = IconButton(looks, "ph.text-h", self.tr("Heading above what is chosen (H)"), self)
        self._add_text = IconButton(looks, "ph.text-t", self.tr("Text above what is chosen (T)"), self)
        self._orders = QButtonGroup(self)
        self._chips = self._order_chips()
        self._branches = QWidget(self)
        self._branch_row = FlowLayout(self._branches)
        self._shown: dict[str | None, BranchChip] = {}
        self._switch = QWidget(self)
        self._switch.setLayout(row(*self._chips.values(), spacing=6))
        self._last = row(self._count, spacing=6)
        self._last.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._last.setStretch(0, 1)
        self._box = column(
            row(self._square, self._name, 8, self._add_heading, self._add_text, self._export, self._close, spacing=8),
            self._about,
            self._branches,
            self._last,
            spacing=8,
        )
        self.setLayout(self._box)
        self.set_margins(28, 28)
        self._export.clicked.connect(self._ask_export)
        self._close.clicked.connect(self._ask_close)
        self._add_heading.clicked.connect(self._ask_heading)
        self._add_text.clicked.connect(self._ask_text)
        self._orders.idClicked.connect(self._choose_order)

    def set_margins(self, left: int, right: int) -> None:
        """Stand over the column of the cards."""
        self._box.setContentsMargins(left, 22, right, 12)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the count above the orders where both have no room on one line."""
        super().resizeEvent(event)
        self._fit()

    def show_subject(self, name: str, about: str, theme: Theme | None) -> None:
        """Say whose passages they are."""
        self._square.show_theme(theme)
        self._name.setText(name)
        self._name.setAccessibleName(name)
        line = " ".join(plain(about).split())
        self._about.setText(line if len(line) <= _ABOUT else line[:_ABOUT] + "…")
        self._about.setVisible(bool(line))

    def show_writing(self, *, on: bool) -> None:
        """Offer to write headings and text between what is shown, or not."""
        self._add_heading.setVisible(on)
        self._add_text.setVisible(on)

    def show_counts(self, passages: int, articles: int, whole: int, between: int = 0) -> None:
        """Say how many passages, in how many articles, and how many articles stand here as a whole.

        ``between`` are the headings and texts, which are not counted for the reader.
        """
        self._count.setText(self._counted(passages, articles, whole))
        something = bool(passages or whole or between)
        self._export.setEnabled(something)
        self._count.setVisible(something)
        self._switch.setVisible(something)
        self._fit()

    def show_order(self, order: str, *, own: bool) -> None:
        """Show which order is in force, and offer the collection's own one or not."""
        self._chips[OWN].setVisible(own)
        self._chips[order].setChecked(True)
        self._fit()

    def show_branches(self, branches: Sequence[Branch], chosen: str | None) -> None:
        """Offer the themes below, each as a filter; ``None`` is all of them."""
        keys = [None, *(branch.theme.id for branch in branches)]
        self._branches.setVisible(bool(branches))
        if keys != list(self._shown) or not branches:
            emptied(self._branch_row)
            self._shown = {key: self._branch_chip(key) for key in keys} if branches else {}
        for branch in branches:
            chip = self._shown[branch.theme.id]
            chip.show_word(branch)
            chip.setChecked(branch.theme.id == chosen)
        if branches:
            self._shown[None].setChecked(chosen is None)

    def _fit(self) -> None:
        counted = self._count.fontMetrics().horizontalAdvance(self._count.text())
        sides = self._box.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        beside = counted + 16 + self._switch.sizeHint().width() <= room
        self._last.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _branch_chip(self, theme: str | None) -> BranchChip:
        chip = BranchChip(self.tr("All"), theme, self._branches)
        chip.clicked.connect(self._choose_branch)
        self._branch_row.addWidget(chip)
        return chip

    def _order_chips(self) -> dict[str, Chip]:
        words = {
            OWN: (self.tr("Own order"), self.tr("The order you gave it; drag the cards, or press Alt+Up and Alt+Down")),
            DATE: (self.tr("Date"), self.tr("By the day of publication, undated ones last")),
            OUTLET: (self.tr("Outlet"), self.tr("By outlet, then by date")),
            READING: (
                self.tr("Order of reading"),
                self.tr("As the articles were added, then as they stand in the text"),
            ),
        }
        chips = {}
        for place, (key, (word, tip)) in enumerate(words.items()):
            chips[key] = Chip(word, self)
            chips[key].setToolTip(tip)
            self._orders.addButton(chips[key], place)
        return chips

    def _counted(self, passages: int, articles: int, whole: int) -> str:
        marks = self.tr("1 passage") if passages == 1 else filled(self.tr("{count} passages"), count=number(passages))
        texts = self.tr("1 article") if articles == 1 else filled(self.tr("{count} articles"), count=number(articles))
        alone = self.tr("1 article") if whole == 1 else filled(self.tr("{count} articles"), count=number(whole))
        if not passages:
            return alone if whole else ""
        held = filled(self.tr("{passages} in {articles}"), passages=marks, articles=texts)
        return filled(self.tr("{held}, and {alone}"), held=held, alone=alone) if whole else held

    def _choose_order(self, place: int) -> None:
        self.order_chosen.emit(list(self._chips)[place])

    def _choose_branch(self) -> None:
        chip = self.sender()
        assert isinstance(chip, BranchChip)
        self.branch_chosen.emit(chip.theme)

    def _ask_export(self) -> None:
        self.export_wished.emit()

    def _ask_heading(self) -> None:
        self.heading_wished.emit()

    def _ask_text(self) -> None:
        self.text_wished.emit()

    def _ask_close(self) -> None:
        self.closed.emit()


class _Square(QWidget):
    """The colour of the board's theme; nothing for a collection."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self._colour: str | None = None
        self.setFixedSize(16, 22)
        looks.changed.connect(self.update)

    def show_theme(self, theme: Theme | None) -> None:
        """Show the colour of a theme."""
        self._colour = theme.colour if theme else None
        self.setVisible(theme is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        if self._colour is not None:
            painter = QPainter(self)
            paint_square(painter, QPointF(8, 12), self._looks.now.theme(self._colour), 15)
            painter.end()
