"""The first thing a person sees: what the program is, and three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QLayout, QStackedWidget, QWidget

from app import places
from ui.dialogs.choice_card import ChoiceCard
from ui.dialogs.choosing import choose_folder
from ui.dialogs.library_row import LibraryRow
from ui.dialogs.new_library import NewLibraryForm
from ui.looks import SERIF, Looks
from ui.widgets.boxes import column, emptied, row, scrolled
from ui.widgets.labels import label

_WIDTH: Final = 580
_RECENT: Final = 5


class StartPage(QWidget):
    """Fills the window while no library is open."""

    example_wished = Signal()
    new_wished = Signal(str, str)
    open_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make the page without recent libraries."""
        super().__init__(parent)
        self._looks = looks
        self._dropping = False
        self._default_folder = ""
        self._pages = QStackedWidget()
        self._form = NewLibraryForm(looks)
        self._error = label("", "trouble", wrap=True)
        self._recent_title = label(self.tr("RECENT"), "section")
        self._recent = column(spacing=2)
        self._choices = QWidget()
        self._choices.setLayout(self._first_page())
        self._naming = QWidget()
        self._naming.setLayout(column(label(self.tr("A library of your own"), "title"), 10, self._form, None))
        self._pages.addWidget(self._choices)
        self._pages.addWidget(self._naming)
        self._form.wished.connect(self._new_named)
        self._form.cancelled.connect(self._back)
        self._lay_out()
        self.setAcceptDrops(True)
        self._error.hide()
        self.show_recent(())

    def set_default_folder(self, folder: str) -> None:
        """Say in which folder new libraries get a folder of their own."""
        self._default_folder = folder
        self._form.set_default_folder(folder)

    def show_recent(self, known: Sequence[tuple[str, str, bool]]) -> None:
        """Show the libraries that were open lately: name, folder, and whether it is the example."""
        emptied(self._recent)
        self._recent_title.setVisible(bool(known))
        for name, folder, example in known[:_RECENT]:
            made = LibraryRow(self._looks, name, folder, example=example)
            made.open_wished.connect(self.open_wished)
            self._recent.addWidget(made)

    def show_error(self, what: str, hint: str) -> None:
        """Say why a library could not be made or opened, and what to do."""
        self._error.setText(f"{what} {hint}".strip())
        self._error.setVisible(bool(what or hint))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back from naming by Esc; press the card that has the keyboard by Enter."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is self._naming:
            self._back()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, ChoiceCard):
            focused.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the first card, so that Enter and the arrows do something at once."""
        super().showEvent(event)
        if self._pages.currentWidget() is self._choices:
            self._cards[0].setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what lies on this machine: a folder is opened, and of files is said where they belong."""
        if _local(event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)  # what is dropped stays where it is
            event.accept()
            self._show_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget what was held over the page."""
        self._show_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the folder that was dropped; files have to wait for a library."""
        self._show_dropping(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        dropped = _local(event.mimeData().urls())
        if len(dropped) > 1 or places.is_file(Path(dropped[0])):
            self.show_error(
                self.tr("Articles go into a library, and none is open yet."),
                self.tr("Start one of your own or open one, then drop them again."),
            )
        else:
            self.open_wished.emit(dropped[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and a frame while a folder is held over it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._looks.now.colour("paper"))
        if self._dropping:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self._looks.now.colour("accent"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(14, 14, -14, -14), 14, 14)
        painter.end()

    def _first_page(self) -> QLayout:
        example = ChoiceCard(
            self._looks,
            "ph.compass",
            self.tr("Look round in the example library"),
            self.tr("Articles, themes and notes to try everything on."),
        )
        own = ChoiceCard(
            self._looks,
            "ph.plus-circle",
            self.tr("Start a library of your own"),
            self.tr("Empty, in a folder that you choose."),
        )
        existing = ChoiceCard(
            self._looks, "ph.folder-open", self.tr("Open a library"), self.tr("A folder that holds one already.")
        )
        self._cards = (example, own)
        example.clicked.connect(self.example_wished)
        own.clicked.connect(self._name_new)
        existing.clicked.connect(self._choose)
        return column(example, own, existing, 14, self._recent_title, self._recent, None, spacing=10)

    def _lay_out(self) -> None:
        name = label(self.tr("Commonplace"))
        name.setFont(self._looks.font(44, 600, family=SERIF))
        name.setStyleSheet(f"font-family: '{SERIF}'; font-size: 44px; font-weight: 600;")
        what = label(
            self.tr("Read articles, mark what matters and gather it under themes, on this computer alone."),
            wrap=True,
        )
        what.setStyleSheet("font-size: 16px;")
        self._hint = label(self.tr("Or drop the folder of a library here."), "faint")
        inner = QWidget()
        inner.setLayout(column(None, name, 6, what, 18, self._error, 14, self._pages, 18, self._hint, None, spacing=0))
        inner.setMaximumWidth(_WIDTH)
        holder = QWidget()
        holder.setLayout(row(inner, margins=(32, 24, 32, 24)))
        self.setLayout(column(scrolled(holder)))

    def _name_new(self) -> None:
        self._form.start()
        self._hint.hide()
        self._pages.setCurrentWidget(self._naming)
        self._form.name.setFocus()

    def _new_named(self, folder: str, name: str) -> None:
        self.new_wished.emit(folder, name)

    def _back(self) -> None:
        self.show_error("", "")
        self._hint.show()
        self._pages.setCurrentWidget(self._choices)
        self._cards[1].setFocus()

    def _choose(self) -> None:
        choose_folder(self, self.tr("Open a library"), self._default_folder, self.open_wished.emit)

    def _show_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.update()


def _local(addresses: Sequence[QUrl]) -> list[str]:
    """Return the paths of those that lie on this machine."""
    return [address.toLocalFile() for address in addresses if address.isLocalFile()]
