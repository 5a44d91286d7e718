"""The disagreements of two coders, one below the other; what is decided has a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.coding.deciding import Choice
from ui.looks import Looks
from ui.wording import filled

if TYPE_CHECKING:
    from app.coding.deciding import Disagreement

Index = QModelIndex | QPersistentModelIndex
_NONE: Final = QModelIndex()
_ROW: Final = 34
_KEYS: Final = ((Qt.Key.Key_M, Choice.MINE), (Qt.Key.Key_T, Choice.THEIRS), (Qt.Key.Key_B, Choice.BOTH))


class QuestionModel(QAbstractListModel):
    """The questions, in the order of the texts."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Hold none yet."""
        super().__init__(parent)
        self._looks = looks
        self.found: list[Disagreement] = []

    def take(self, found: Sequence[Disagreement]) -> None:
        """Hold these."""
        self.beginResetModel()
        self.found = list(found)
        self.endResetModel()

    def replace(self, row: int, one: Disagreement) -> None:
        """Hold another state of one of them."""
        self.found[row] = one
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = _NONE) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is asked, whether it is decided, and the height of the row."""
        if not index.isValid():
            return None
        one = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.theme.name}  ·  {self._words(one)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            done = self.tr("decided: ") if one.decision else ""
            return f"{done}{one.theme.name}, {self._words(one)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._looks.icon("ri.checkbox-circle-fill", "accent") if one.decision else self._looks.icon(
                "ri.checkbox-blank-circle-line", "faint"
            )  # fmt: skip
        return QSize(100, _ROW) if role == Qt.ItemDataRole.SizeHintRole else None

    def _words(self, one: Disagreement) -> str:
        if one.whole:
            return filled(self.tr("the whole article “{title}”"), title=one.article.metadata.title or "")
        quote = max((each.quote for each in (*one.mine, *one.theirs)), key=len)
        return f"“{' '.join(quote.split())[:200]}”"


class QuestionList(QListView):
    """Lists questions. M, T and B decide the one that is chosen; ``asked`` tells which that is."""

    asked = Signal(object)
    decided = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """List nothing yet."""
        super().__init__(parent)
        self.questions = QuestionModel(looks, self)
        self.setModel(self.questions)
        self.setFont(looks.font(14))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Disagreements"))

    def take(self, found: Sequence[Disagreement]) -> None:
        """List these, and choose the first that is not decided."""
        self.questions.take(found)
        self._choose(0)
        if not found:
            self.asked.emit(None)

    def current(self) -> Disagreement | None:
        """Return the question that is chosen."""
        row = self.currentIndex().row()
        return self.questions.found[row] if 0 <= row < len(self.questions.found) else None

    def settle(self, one: Disagreement) -> None:
        """Show a question as it is decided, and go on to the next one that is not."""
        row = next((row for row, each in enumerate(self.questions.found) if each.id == one.id), -1)
        if row >= 0:
            self.questions.replace(row, one)
            self._choose(row)

    def _choose(self, after: int) -> None:
        """Choose the first open question from a row on, or from the top; where none is open, that row."""
        found = self.questions.found
        rows = [*range(after, len(found)), *range(min(after, len(found)))]
        row = next((row for row in rows if found[row].decision is None), min(after, len(found) - 1))
        if row >= 0:
            self.setCurrentIndex(self.questions.index(row))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which question is chosen now."""
        super().currentChanged(current, previous)
        self.asked.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by a letter; the other keys walk, or belong to the sheet."""
        choice = next((choice for key, choice in _KEYS if event.key() == key), None)
        if choice is not None and not event.modifiers():
            self.decided.emit(choice)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters decide here."""
