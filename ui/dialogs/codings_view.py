"""Two codings of one passage in its context: one as a tint, the other as an underline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from app.text.ranges import Span, segments
from ui.looks import SERIF, Looks

if TYPE_CHECKING:
    from app.coding.deciding import Coding, Disagreement

_STRENGTH: Final = 2.2
_NOTE: Final = 600  # code points of a note that are shown


class CodingsView(QTextEdit):
    """Shows a disagreement. The theme's colour tints what the first coder marked; the second one's is underlined."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._shown: tuple[Disagreement | None, tuple[str, str]] = (None, ("", ""))
        self.setReadOnly(True)
        self.setProperty("role", "field")
        self.setAccessibleName(self.tr("The passage and its two codings"))
        self.setTabChangesFocus(True)
        looks.changed.connect(self._draw)

    def show_question(self, one: Disagreement | None, names: tuple[str, str]) -> None:
        """Show a disagreement; ``names`` are those of the two coders."""
        self._shown = one, names
        self._draw()

    def _draw(self) -> None:
        one, names = self._shown
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self._looks.font(15))
        document.setDocumentMargin(12)
        cursor = QTextCursor(document)
        if one is not None:
            self._write_context(cursor, one)
            tint, line = self._forms(one)
            self._write_side(cursor, names[0], one.mine, tint, whole=one.whole and one.sides[0])
            self._write_side(cursor, names[1], one.theirs, line, whole=one.whole and one.sides[1])
        self.setDocument(document)

    def _forms(self, one: Disagreement) -> tuple[QTextCharFormat, QTextCharFormat]:
        look = self._looks.now
        tint, line = QTextCharFormat(), QTextCharFormat()
        tint.setBackground(look.wash(one.theme.colour, _STRENGTH))
        line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        line.setUnderlineColor(look.colour("text"))
        line.setFontUnderline(True)
        return tint, line

    def _write_context(self, cursor: QTextCursor, one: Disagreement) -> None:
        serif = QTextCharFormat()
        serif.setFont(self._looks.font(17, family=SERIF))
        serif.setForeground(self._looks.now.colour("text" if one.whole else "muted"))
        tint, line = self._forms(one)
        spans: list[Span] = [each.at for each in (*one.mine, *one.theirs)]
        place = 0
        for start, end, over in segments(spans):
            cursor.insertText(one.context[place:start], serif)
            form = QTextCharFormat(serif)
            form.setForeground(self._looks.now.colour("text"))
            if any(number < len(one.mine) for number in over):
                form.merge(tint)
            if any(number >= len(one.mine) for number in over):
                form.merge(line)
            cursor.insertText(one.context[start:end], form)
            place = end
        cursor.insertText(one.context[place:], serif)

    def _write_side(
        self, cursor: QTextCursor, name: str, codings: Sequence[Coding], form: QTextCharFormat, *, whole: bool
    ) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(12)
        cursor.insertBlock(block)
        strong, plain, faint = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        strong.setFont(self._looks.font(14, 600))
        plain.setFont(self._looks.font(14))
        faint.setFont(self._looks.font(14))
        faint.setForeground(self._looks.now.colour("muted"))
        cursor.insertText(f"{name}   ", strong)
        if not codings:
            said = self.tr("on the whole article") if whole else self.tr("not marked")
            cursor.insertText(said, plain if whole else faint)
            return
        for number, one in enumerate(codings):
            cursor.insertText(" … " if number else "", plain)
            marked = QTextCharFormat(plain)
            marked.merge(form)
            cursor.insertText(" ".join(one.quote.split()), marked)
            if one.note.strip():
                cursor.insertText(f"   {' '.join(one.note[:_NOTE].split())}", faint)
