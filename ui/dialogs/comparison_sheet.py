"""Two texts side by side: lines that belong together face each other, and what differs in them is tinted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtGui import (
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.citing import written_date
from app.model import Article
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import button
from ui.widgets.fields import CheckBox, DropDown
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number

if TYPE_CHECKING:
    from app.comparing import Comparison, Other
    from app.text.comparison import Facing, Side

_WIDE: Final = 1080
_HIGH: Final = 760
_CHOICE: Final = 420
_MOST: Final = 4_000  # lines that are shown
_STRENGTH: Final = 2.2


class ComparisonSheet(Sheet):
    """Shows an article at the right, and at the left what it is compared with."""

    chosen = Signal(object)
    carry_wished = Signal(object)
    open_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDE, height=_HIGH)
        self.title.setText(self.tr("Compare"))
        self._looks = looks
        self._comparison: Comparison | None = None
        self._others = DropDown(looks)
        self._others.setMinimumWidth(_CHOICE)
        self._others.setAccessibleName(self.tr("What the article is compared with"))
        self._same = CheckBox(looks, self.tr("Only what differs"))
        self._left, self._right = ElidedLabel("", "strong"), ElidedLabel("", "strong")
        self._text = QTextEdit()
        self._text.setReadOnly(True)
        self._text.setProperty("role", "field")
        self._text.setAccessibleName(self.tr("Both texts side by side"))
        self._said = label("", "muted")
        self._open = button(self.tr("Open the other"))
        self.buttons.addWidget(self._said)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._open)
        self._carry = self.add_primary(button(self.tr("Carry highlights over")))
        self._lay_out()
        self._open.clicked.connect(self._wish_open)
        self._carry.clicked.connect(self._wish_carry)
        self._others.currentIndexChanged.connect(self._choose)
        self._same.toggled.connect(self._draw)
        looks.changed.connect(self._draw)

    def show_others(self, article: Article, others: Sequence[Other]) -> None:
        """Offer what the article can be compared with, and wish for the first."""
        self._right.setText(article.metadata.title or "")
        self._comparison = None
        self._text.clear()
        self._others.blockSignals(True)
        self._others.clear()
        for one in others:
            self._others.addItem(self._name(one), one)
        self._others.blockSignals(False)
        self._choose()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show both texts."""
        self._comparison = comparison
        differing = sum(not one.is_same() for one in comparison.facing)
        one = self.tr("One of {lines} lines differs")
        many = self.tr("{count} of {lines} lines differ")
        lines = number(len(comparison.facing))
        self._said.setText(filled(one if differing == 1 else many, count=number(differing), lines=lines))
        carried = comparison.carried
        self._carry.setVisible(self._other().article is not None)
        self._carry.setEnabled(carried > 0)
        single = self.tr("Carry one highlight over")
        several = filled(self.tr("Carry {count} highlights over"), count=number(carried))
        none = self.tr("No highlights to carry over")
        self._carry.setText(none if not carried else single if carried == 1 else several)
        self._draw()

    def first_field(self) -> QWidget:
        """Return what the article is compared with."""
        return self._others

    def _lay_out(self) -> None:
        top = row(self._others, None, self._same, spacing=12)
        heads = row(self._left, self._right, spacing=24)
        heads.setStretch(0, 1)
        heads.setStretch(1, 1)
        self.body.addLayout(top)
        self.body.addLayout(heads)
        self.body.addWidget(self._text, 1)

    def _other(self) -> Other:
        found: Other = self._others.currentData()
        return found

    def _name(self, one: Other) -> str:
        if one.article is None:
            day = QLocale().toString(QDateTime.fromMSecsSinceEpoch(one.made), QLocale.FormatType.ShortFormat)
            return filled(self.tr("Earlier text, until {day}"), day=day)
        metadata = one.article.metadata
        parts = (metadata.outlet or "", written_date(metadata.published) if metadata.published else "")
        whence = ", ".join(part for part in parts if part)
        name = filled(self.tr("{share} % alike: {title}"), share=round(one.share * 100), title=metadata.title or "")
        return f"{name} ({whence})" if whence else name

    def _choose(self) -> None:
        if self._others.count():
            other = self._other()
            self._left.setText(self._name(other) if other.article is None else other.article.metadata.title or "")
            self._open.setVisible(other.article is not None)
            self._carry.setVisible(other.article is not None)
            self.chosen.emit(other)

    def _wish_open(self) -> None:
        other = self._other()
        if other.article is not None:
            self.open_wished.emit(other.article.id)

    def _wish_carry(self) -> None:
        self.carry_wished.emit(self._other())

    def _draw(self) -> None:
        if self._comparison is None:
            return
        shown = list(_shown(self._comparison.facing, only_differing=self._same.isChecked()))[:_MOST]
        document = QTextDocument(self._text)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self._text.font())
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        if shown:
            self._fill(cursor, shown)
        cursor.endEditBlock()
        self._text.setDocument(document)

    def _fill(self, cursor: QTextCursor, shown: Sequence[Facing]) -> None:
        assert self._comparison is not None
        table = cursor.insertTable(len(shown), 2, _form())
        gone, come = QTextCharFormat(), QTextCharFormat()
        look = self._looks.now
        gone.setBackground(look.wash(look.colours["danger"], _STRENGTH))
        come.setBackground(look.wash(look.colours["accent"], _STRENGTH))
        for place, one in enumerate(shown):
            _write(table, place, 0, self._comparison.old, one.old, gone)
            _write(table, place, 1, self._comparison.new, one.new, come)


def _form() -> QTextTableFormat:
    form = QTextTableFormat()
    form.setBorder(0)
    form.setCellPadding(6)
    form.setCellSpacing(0)
    half = QTextLength(QTextLength.Type.PercentageLength, 50)
    form.setColumnWidthConstraints([half, half])
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return form


def _shown(facing: Sequence[Facing], *, only_differing: bool) -> Iterator[Facing]:
    for one in facing:
        if not only_differing or not one.is_same():
            yield one


def _write(table: QTextTable, line: int, column: int, text: str, side: Side | None, form: QTextCharFormat) -> None:
    """Write a side into its cell, with what differs in another form."""
    if side is None:
        return
    cursor = table.cellAt(line, column).firstCursorPosition()
    plain = QTextCharFormat()
    place = side.start
    for start, end in side.differing:
        cursor.insertText(text[place:start], plain)
        cursor.insertText(text[start:end], form)
        place = end
    cursor.insertText(text[place : side.end], plain)
