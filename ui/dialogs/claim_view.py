"""A claim of a draft beside what the library says: the words of both, and what differs in them tinted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from app.proofing.proof import Alteration, Change, Claim, Kind, Verdict, Witness
from app.text.ranges import Span
from ui.dialogs.verdicts import COLOURS, verdict_on
from ui.looks import SERIF, Looks
from ui.wording import day, filled, in_a_row

_STRENGTH: Final = 2.2
_LINE: Final = 128  # per cent


class ClaimView(QTextEdit):
    """Shows a claim. ``opened`` tells which passage was clicked: the witness that it is."""

    opened = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._claim: Claim | None = None
        self._passages: list[tuple[Span, Witness]] = []
        self.setReadOnly(True)
        self.setProperty("role", "field")
        self.setAccessibleName(self.tr("The draft’s words beside the library’s"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.viewport().installEventFilter(self)
        self.viewport().setMouseTracking(True)
        looks.changed.connect(self._draw)

    def show_claim(self, claim: Claim | None) -> None:
        """Show a claim, or nothing."""
        self._claim = claim
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the passage by a click on it, unless words were selected."""
        if watched is self.viewport() and isinstance(event, QMouseEvent):
            passage = self._passage(event)
            if event.type() is QEvent.Type.MouseMove:
                shape = Qt.CursorShape.PointingHandCursor if passage else Qt.CursorShape.IBeamCursor
                self.viewport().setCursor(shape)
            elif event.type() is QEvent.Type.MouseButtonRelease and passage and not self.textCursor().hasSelection():
                self.opened.emit(passage)
        return False

    def _passage(self, event: QMouseEvent) -> Witness | None:
        place = self.cursorForPosition(event.position().toPoint()).position()
        return next((one for (start, end), one in self._passages if start <= place < end), None)

    def _draw(self) -> None:
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self._looks.font(14))
        document.setDocumentMargin(10)
        self._passages = []
        if self._claim is not None:
            self._fill(QTextCursor(document), self._claim)
        self.setDocument(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _fill(self, cursor: QTextCursor, claim: Claim) -> None:
        cursor.beginEditBlock()
        self._section(cursor, self.tr("In your draft"), first=True)
        quoted = [one.quoted for one in claim.differences]
        self._words(cursor, claim.context, claim.at, quoted, self._gone())
        self._section(cursor, self.tr("In the library"))
        if claim.witness is None:
            self._line(cursor, self._nothing(claim), "muted")
        else:
            if claim.verdict is Verdict.ELSEWHERE:
                self._line(
                    cursor, self.tr("This figure stands in another context, near no word of its sentence:"), "muted"
                )
            said = [one.said for one in claim.differences]
            for number, witness in enumerate(claim.places):
                self._source(cursor, witness, above=18 if number else 2)
                start = cursor.position()
                self._words(cursor, witness.context, witness.at, [] if number else said, self._come(), above=8)
                self._passages.append(((start, cursor.position()), witness))
            self._verdict(cursor, claim, claim.witness)
        cursor.endEditBlock()

    def _source(self, cursor: QTextCursor, witness: Witness, *, above: int) -> None:
        known = witness.article.metadata
        strong = self._form("text", self._looks.font(15, 600))
        self._block(cursor, above=above)
        cursor.insertText(known.title or self.tr("Untitled"), strong)
        whence = in_a_row((known.outlet or "", known.byline or "", day(known.published)))
        self._line(cursor, whence, "faint", above=0)

    def _verdict(self, cursor: QTextCursor, claim: Claim, witness: Witness) -> None:
        """Say what is to be known besides the words themselves."""
        sentences = list(self._sentences(claim, witness))
        if not sentences:
            return
        self._section(cursor, verdict_on(claim), COLOURS[claim.verdict])
        for sentence in sentences:
            self._line(cursor, sentence, "text", above=2)

    def _sentences(self, claim: Claim, witness: Witness) -> Iterable[str]:
        if claim.verdict is Verdict.ANOTHER:
            template = self.tr("Your draft says these are the words of {draft}. Here they are those of {library}.")
            yield filled(template, draft=claim.speaker, library=witness.speaker)
        for change in claim.changes:
            yield self._told(change)

    def _told(self, change: Change) -> str:
        match change.what:
            case Alteration.INSERTED:
                return filled(self.tr("Inserted: “{draft}”"), draft=change.draft)
            case Alteration.LEFT_OUT:
                return filled(self.tr("Left out: “{library}”"), library=change.library)
            case Alteration.CHANGED:
                template = self.tr("“{library}” became “{draft}”")
                return filled(template, library=change.library, draft=change.draft)

    def _nothing(self, claim: Claim) -> str:
        if claim.kind is Kind.FIGURE:
            return self.tr("No article has this figure.")
        return self.tr("No article says this, or anything close to it.")

    # how it is written

    def _section(self, cursor: QTextCursor, words: str, colour: str = "", *, first: bool = False) -> None:
        form = self._form("faint", self._looks.font(12, 600))
        if colour:
            form.setForeground(self._looks.now.theme(colour))
        if not first:
            self._block(cursor, above=18)
        cursor.insertText(words, form)

    def _line(self, cursor: QTextCursor, words: str, colour: str, *, above: int = 4) -> None:
        self._block(cursor, above=above)
        cursor.insertText(words, self._form(colour, self._looks.font(14)))

    def _words(
        self,
        cursor: QTextCursor,
        context: str,
        at: Span,
        spans: Sequence[Span],
        marked: QTextCharFormat,
        above: int = 4,
    ) -> None:
        """Write a passage in what it stands in; ``spans`` lie in the passage, and look otherwise."""
        self._block(cursor, above=above, line=_LINE)
        font = self._looks.font(16, family=SERIF)
        around, plain = self._form("faint", font), self._form("text", font)
        marked.setFont(font)
        words = context[at[0] : at[1]]
        cursor.insertText(context[: at[0]], around)
        place = 0
        for start, end in spans:
            cursor.insertText(words[place:start], plain)
            cursor.insertText(words[start:end], marked)
            place = max(place, end)
        cursor.insertText(words[place:], plain)
        cursor.insertText(context[at[1] :], around)

    def _block(self, cursor: QTextCursor, *, above: int, line: int = 0) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        if line:
            form.setLineHeight(line, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.insertBlock(form, QTextCharFormat())

    def _form(self, colour: str, font: QFont) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(font)
        form.setForeground(self._looks.now.colour(colour))
        return form

    def _gone(self) -> QTextCharFormat:
        """Return how words look that the source does not have."""
        look, form = self._looks.now, QTextCharFormat()
        form.setForeground(look.colour("text"))
        form.setBackground(look.wash(look.colours["danger"], _STRENGTH))
        return form

    def _come(self) -> QTextCharFormat:
        """Return how words look that the draft does not have."""
        look, form = self._looks.now, QTextCharFormat()
        form.setForeground(look.colour("text"))
        form.setBackground(look.wash(look.colours["accent"], _STRENGTH))
        return form
