"""The beginning of what an export would write, as plain text, as a table or as the words of a page: never rendered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.loading import load
from ui.dialogs.export_table import ExportTable
from ui.looks import MONO, Looks
from ui.widgets.boxes import column, row, surface
from ui.widgets.fields import DropDown
from ui.widgets.labels import ElidedLabel, label

_LINES: Final = 200
_BYTES: Final = 64_000
_TABLE: Final = ".csv"
_PAGE: Final = ".html"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of a file: its text, or why there is none, and whether there is more of it."""

    text: str
    is_text: bool
    is_cut: bool


def beginning(data: bytes) -> Beginning:
    """Return the first 200 lines or 64,000 bytes of a file, when it is one of text."""
    if data[:4] in {b"PK\x03\x04", b"%PDF"} or b"\0" in data[:4096]:
        return Beginning("", is_text=False, is_cut=False)
    text = data[:_BYTES].decode("utf-8-sig", "replace")
    if len(data) > _BYTES:
        text = text.rstrip("\N{REPLACEMENT CHARACTER}")
    lines = text.split("\n")
    return Beginning("\n".join(lines[:_LINES]), is_text=True, is_cut=len(data) > _BYTES or len(lines) > _LINES)


def words_of(page: bytes) -> Beginning:
    """Return the beginning of the words of a page; its style sheet, its lists and its tags say nothing of it."""
    start = max(0, page.find(b"<main"))
    pieces = load("app.text.html_reader").read_html(page[start:].decode("utf-8", "replace"))
    shown = beginning("\n\n".join(piece.text for piece in pieces if piece.text).encode())
    return replace(shown, is_cut=shown.is_cut or (start > 0 and b"</main>" not in page))


class ExportPreview(QWidget):
    """Shows one file, and a list to choose from when there are several."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._files: dict[str, bytes] = {}
        self._about = ""
        self._looks = looks
        self._name = ElidedLabel(self.tr("PREVIEW"), "section")
        self._files_box = DropDown(looks)
        self._files_box.setAccessibleName(self.tr("File to preview"))
        self._files_box.currentTextChanged.connect(self._show_file)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTabChangesFocus(True)
        self._text.setFont(looks.font(12, family=MONO))
        self._text.setStyleSheet(
            f"QPlainTextEdit {{ font-family: '{MONO}'; font-size: 12px; }}"
            "QAbstractScrollArea::corner { background: transparent; border: none; }"
        )
        self._text.document().setDocumentMargin(12)
        self._text.setAccessibleName(self.tr("Preview"))
        self._table = ExportTable(looks)
        self._table.setAccessibleName(self.tr("Preview"))
        self._table.hide()
        self._message = label("", "muted", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cut = label("", "small")
        self._sketched = False
        paper = surface("card", column(self._text, self._table, self._message, margins=(1, 1, 1, 1), spacing=0))
        self.setLayout(column(row(self._name, self._files_box, spacing=8), paper, self._cut, spacing=6))
        self.layout().setStretch(1, 1)
        self.clear(self.tr("The beginning of the file appears here."))

    def describe(self, sentence: str) -> None:
        """Take a sentence about the format, for a file that cannot be shown."""
        self._about = sentence

    def clear(self, message: str) -> None:
        """Show no file, but a sentence."""
        self._files.clear()
        self._files_box.blockSignals(True)
        self._files_box.clear()
        self._files_box.blockSignals(False)
        self._say(message)

    def add(self, name: str, data: bytes, *, sketched: bool = False) -> None:
        """Show a file; further ones can be chosen. ``sketched``: it says what will stand in one that is no text."""
        is_first = not self._files
        self._sketched = sketched
        self._files[name] = data
        if self._files_box.findText(name) < 0:
            self._files_box.addItem(name)
        self._files_box.setVisible(len(self._files) > 1)
        if is_first or self._files_box.currentText() == name:
            self._show_file(name)

    def text(self) -> str:
        """Return what is shown of the file."""
        return self._text.toPlainText()

    def _show_file(self, name: str) -> None:
        data = self._files.get(name)
        if data is None:
            return
        shown = words_of(data) if name.lower().endswith(_PAGE) else beginning(data)
        if not shown.is_text:
            said = self.tr("This format is not text; another program shows it once it is written.")
            self._say(f"{self._about}\n\n{said}".strip())
            return
        tabular = name.lower().endswith(_TABLE) and self._table.show_text(shown.text)
        self._text.setPlainText(shown.text)
        self._text.setHidden(tabular)
        self._table.setVisible(tabular)
        self._message.hide()
        self._cut.setText(self._below(is_cut=shown.is_cut))
        self._cut.setVisible(bool(self._cut.text()))

    def _below(self, *, is_cut: bool) -> str:
        if self._sketched:
            return self.tr("What will stand in it, from the beginning; the file itself is laid out.")
        return self.tr("The file goes on; this is its beginning.") if is_cut else ""

    def _say(self, message: str) -> None:
        self._text.clear()
        self._text.hide()
        self._table.hide()
        self._message.setText(message)
        self._message.show()
        self._cut.hide()
        self._files_box.setVisible(len(self._files) > 1)
