"""The one module that speaks to people on the screen: news, complaints, and reports of bugs."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from app.errors import AppError
from ui.widgets.toast import SECONDS, Toast
from ui.wording import complaint


class Messages(QObject):
    """What the program says. ``spoken`` tells every sentence; ``reported`` a bug's sentence, report and file."""

    spoken = Signal(str)
    reported = Signal(str, str, str)

    def __init__(self, toast: Toast, reports: Path, parent: QObject | None = None) -> None:
        """Speak through a toast; bugs are written into the folder ``reports``."""
        super().__init__(parent)
        self._toast = toast
        self._reports = reports

    def say(
        self, what: str, *, hint: str = "", deed: tuple[str, Callable[[], None]] | None = None, stays: bool = False
    ) -> None:
        """Tell some news, and offer to do something about it; it goes away by itself, unless it ``stays``."""
        self._toast.say(what, hint, seconds=0 if stays else SECONDS, deed=deed)
        self.announce(what)
        self.spoken.emit(what)

    def complain(self, error: AppError, *, deed: tuple[str, Callable[[], None]] | None = None) -> None:
        """Tell what went wrong and what to do next, and offer to do it; it stays until it is closed."""
        what, hint = complaint(error)
        if deed is not None or not self._toast.says(what, hint):  # what it offers stays on offer
            self._toast.say(what, hint, seconds=0, deed=deed)
        self.announce(f"{what} {hint}")
        self.spoken.emit(f"{what} {hint}".strip())

    def report(self, error: BaseException) -> None:
        """Write a report about a bug, and show it."""
        text = "".join(traceback.format_exception(error))
        path = self._reports / time.strftime("%Y-%m-%d-%H%M%S.txt")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            where = str(path)
        except OSError:
            where = ""
        sentence = self.tr("Something went wrong inside Commonplace. Your library is safe: what was done is kept.")
        self.spoken.emit(sentence)
        self.reported.emit(sentence, text, where)

    def announce(self, what: str) -> None:
        """Have a screen reader say something that is seen anyway."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._toast, what))

    def withdraw(self) -> None:
        """Take away a message that offers to undo: something else was done since, and that is what undo would take."""
        if self._toast.offers():
            self._toast.hide()

    def hush(self) -> None:
        """Take the present message away."""
        self._toast.hide()
