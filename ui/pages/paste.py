"""Pasting over a window: what is on the clipboard is written down as a file, imported, and named as was wished."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.errors import AppError
from app.importing.clipping import clip, pasted
from app.loading import load
from app.text.addresses import site
from ui.commands import describing, opening
from ui.frame import Frame
from ui.wording import complaint

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport
    from ui.dialogs.paste_sheet import PasteSheet, PasteWish

_LONGEST_PASSAGE: Final = 1_200  # characters: what is shorter is more likely a passage than an article
_ADDRESS_OF_SOURCE: Final = "text/x-moz-url-priv"


class PastePage(QObject):
    """Opens the sheet for pasting, and hands on what is wished in it; ``files_wished`` carries copied files."""

    files_wished = Signal(object)

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._files = ExitStack()
        self._wish: PasteWish | None = None
        window.importing.reported.connect(self._reported)
        window.importing.refused.connect(self._let_go)
        window.shelf.came.connect(self._let_go)

    def open(self) -> None:
        """Show what is on the clipboard, and ask for what it does not say; copied files come in as dropped ones do."""
        held = QGuiApplication.clipboard().mimeData() or QMimeData()  # none where nothing was ever copied
        if files := [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]:
            self.files_wished.emit(files)
            return
        text = held.text() if held.hasText() else ""
        address = _address(held)
        if site(text) and len(text.split()) == 1:
            text, address = "", text.strip()
        markup = held.html() if held.hasHtml() and text else ""
        self._sheet.ask(text, markup, address, passage=0 < len(text) <= _LONGEST_PASSAGE)

    @cached_property
    def _sheet(self) -> PasteSheet:
        sheet: PasteSheet = load("ui.dialogs.paste_sheet").PasteSheet(self._window.looks, self._window)
        sheet.wished.connect(self._begin)
        return sheet

    def _begin(self, wish: PasteWish) -> None:
        if self._window.importing.is_busy():
            self._sheet.show_trouble(self.tr("An import is going on. Import this when it is done."))
            return
        today = datetime.now(UTC).astimezone().date()
        try:
            if wish.passage:
                made = clip(wish.text, wish.address, wish.title, wish.note, day=today)
            else:
                made = pasted(wish.text, wish.markup, wish.address)
            path = self._files.enter_context(made)
        except AppError as error:
            self._sheet.show_trouble(" ".join(complaint(error)))
            return
        self._wish = wish
        self._sheet.dismiss()
        self._window.importing.begin(self._window.context.bridge, [path])

    def _reported(self, report: ImportReport) -> None:
        wish, self._wish = self._wish, None
        self._files.close()
        taken = next(iter((*report.added, *report.updated, *report.duplicates)), None)
        if wish is None or taken is None:
            return
        opening.open_article(self._window.context, taken.id)
        if report.added and not wish.passage:
            describing.name_pasted(self._window.context, taken.id, wish.title, wish.address)

    def _let_go(self, *_why: object) -> None:
        """Forget what was pasted: it cannot be imported, or its library was closed."""
        self._wish = None
        self._files.close()


def _address(held: QMimeData) -> str:
    """Return where what was copied is from, as far as the browser says it."""
    said = bytes(held.data(_ADDRESS_OF_SOURCE).data()).decode("utf-16-le", "ignore").strip("\0 \n")
    return said if site(said) else ""
