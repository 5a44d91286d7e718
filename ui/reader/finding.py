"""Finding words in the open article: a bar, and the places where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject

from app.search.language import fold
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.find_bar import FindBar
from ui.reader.walking import WalkingPane

MOST_HITS: Final = 20_000
_ALIKE: Final = ("'’‘ʼ", '"“”„«»', "-‐‑–—", " \u00a0\u202f\t")
_MARKS: Final = "[\u0300-\u036f\u00ad]*"
"""Accents that follow their letter, and soft hyphens: whatever there is of them counts for nothing."""


def found(text: str, words: str, *, case: bool, whole: bool) -> list[Span]:
    """Return where ``words`` stand; quotation marks, dashes and spaces of every kind are alike.

    So are letters with and without accents, unless the ``case`` counts.
    """
    sought = _composed(words).strip()
    if not sought:
        return []
    letters = {} if case else _by_base(text)
    pattern = "".join(_alike(one, letters) for one in " ".join(sought.split()))
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    spans: list[Span] = []
    for match in re.finditer(pattern, text, 0 if case else re.IGNORECASE):
        spans.append(match.span())
        if len(spans) == MOST_HITS:
            break
    return spans


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _by_base(text: str) -> dict[str, str]:
    """Return the letters of a text by what they are without accents and capitals."""
    letters: dict[str, str] = {}
    for one in sorted(set(text)):
        if one.isalpha():
            letters[_base(one)] = letters.get(_base(one), "") + one
    return letters


def _base(letter: str) -> str:
    return fold(letter) or letter


def _alike(character: str, letters: Mapping[str, str]) -> str:
    """Return the pattern of a character that is sought; ``letters`` as :func:`_by_base` returns them."""
    if character == " ":
        return r"[^\S\n]+"
    if character.isalpha() and letters:
        return f"[{re.escape(character + letters.get(_base(character), ''))}]{_MARKS}"
    return next((f"[{re.escape(group)}]" for group in _ALIKE if character in group), re.escape(character))


class Finding(QObject):
    """The bar over the text, and what it finds. While it is open its hits take the place of the library's."""

    def __init__(self, looks: Looks, pane: WalkingPane) -> None:
        """Keep the bar hidden."""
        super().__init__(pane)
        self._pane = pane
        self._others: Sequence[Span] = ()
        self._sought = "", False, False
        self.bar = FindBar(looks, pane)
        self.bar.sought.connect(self._seek)
        self.bar.next_wished.connect(pane.next_hit)
        self.bar.previous_wished.connect(pane.previous_hit)
        self.bar.closed.connect(self._close)
        pane.hits_changed.connect(self._count)

    def open(self, text: str) -> None:
        """Show the bar, with words to find if there are any."""
        if not self.bar.isVisible():
            self._others = self._pane.hits()
        self.bar.open(text)

    def article_changed(self) -> None:
        """Another text is shown: what stood in the old one is of no use."""
        self._others = ()
        if self.bar.isVisible():
            self.bar.dismiss()

    def text_changed(self) -> None:
        """The open article has another text: what is sought stands elsewhere in it; the reader stays in its place."""
        if self.bar.isVisible():
            self._mark()

    def others_changed(self, spans: Sequence[Span]) -> bool:
        """Keep the library's hits for later while the bar is open; return whether it is."""
        if self.bar.isVisible():
            self._others = tuple(spans)
        return self.bar.isVisible()

    def _seek(self, words: str, case: bool, whole: bool) -> None:
        self._sought = words, case, whole
        self._mark()
        self._pane.next_hit()

    def _mark(self) -> None:
        words, case, whole = self._sought
        self._pane.use_hits(found(self._pane.text(), words, case=case, whole=whole))

    def _count(self) -> None:
        place = self._pane.hit()
        if self.bar.isVisible():
            self.bar.show_count(0 if place is None else place + 1, len(self._pane.hits()))

    def _close(self) -> None:
        self._pane.use_hits(self._others)
