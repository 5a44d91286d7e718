"""The history: what was done, when and where, and how each of it is taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.looks import Looks
from ui.panels.hints import EmptyHint
from ui.panels.history_rows import EDGE, STEP_ROLE, HistoryDelegate, HistoryModel, StepRow
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, said

if TYPE_CHECKING:
    from app.library.steps import Step
    from app.wording import Message


class _Steps(QListView):
    """The rows; a click on the word in a row, or Enter, plays its step."""

    def __init__(self, looks: Looks, panel: HistoryPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.rows = HistoryModel(self)
        self.delegate = HistoryDelegate(looks, self)
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(self.tr("Steps"))
        looks.changed.connect(self.viewport().update)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play the step whose word was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row: str | StepRow | None = index.data(STEP_ROLE) if index.isValid() else None
        if isinstance(row, StepRow) and event.button() is Qt.MouseButton.LeftButton:
            box = self.delegate.deed_rect(row, self.visualRect(index), self.width())
            if box.contains(event.position().toPoint()):
                self._panel.play(row.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play the current step by Enter."""
        row = self.currentIndex().data(STEP_ROLE) if self.currentIndex().isValid() else None
        if isinstance(row, StepRow) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._panel.play(row.step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the latest step."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and len(self.rows.rows) > 1:
            self.setCurrentIndex(self.rows.index(1))


class HistoryPanel(QWidget):
    """The steps of the library, day by day. Esc closes it."""

    undo_wished = Signal(int)
    redo_wished = Signal(int)
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no steps yet."""
        super().__init__(parent)
        self.list = _Steps(looks, self)
        self.setFocusProxy(self.list)
        self._close = IconButton(looks, "ph.x", self.tr("Close the history"), self)
        self._close.clicked.connect(self.closed)
        self._next = ElidedLabel("", "muted", self)
        self._hint = EmptyHint(
            looks,
            "ph.clock-counter-clockwise",
            self.tr("Nothing was done yet"),
            self.tr("Whatever you mark, write or change is listed here, and can be taken back, next week too."),
            parent=self,
        )
        self._room = label("", "muted", self, wrap=True)
        head = row(label(self.tr("History"), "title", self), None, self._close, margins=(0, 0, 8, 0))
        following = row(self._next, margins=(0, 0, EDGE, 0))
        room = row(self._room, margins=(0, 0, EDGE, 0))
        self.setLayout(column(head, following, room, self._hint, self.list, spacing=6))
        self.layout().setStretchFactor(self.list, 1)
        self.layout().addStretch(0)
        self.show_steps(())

    def show_steps(self, steps: Sequence[Step], own: Collection[int] = (), room: Message | None = None) -> None:
        """Show these steps; ``own`` are the numbers of this window's, ``room`` says when there is little for more."""
        current = self.list.currentIndex().data(STEP_ROLE) if self.list.currentIndex().isValid() else None
        scrolled = self.list.verticalScrollBar().value()
        self.list.rows.show(steps, own)
        if isinstance(current, StepRow):
            self._choose(current.step.number)
        self.list.verticalScrollBar().setValue(scrolled)
        self.list.setVisible(bool(steps))
        self._hint.setVisible(not steps)
        latest = max((step for step in steps if step.done and step.number in own), key=_number, default=None)
        said_of = self.tr("Nothing for Ctrl+Z to take back")
        if latest is not None:
            said_of = filled(self.tr("Ctrl+Z takes back: {step}"), step=said(latest.label))
        self._next.setText(said_of)
        self._next.setVisible(bool(steps))
        self._room.setText(said(room) if room else "")
        self._room.setVisible(room is not None)

    def play(self, step: Step) -> None:
        """Wish for a step to be undone, or redone when it was."""
        (self.undo_wished if step.done else self.redo_wished).emit(step.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew when the fonts changed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.list.scheduleDelayedItemsLayout()

    def _choose(self, number: int) -> None:
        for place, shown in enumerate(self.list.rows.rows):
            if isinstance(shown, StepRow) and shown.step.number == number:
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.list.selectionModel().setCurrentIndex(self.list.rows.index(place), flag)


def _number(step: Step) -> int:
    return step.number
