"""Finding a quote in a text: to the letter, or as a reader would still call it the same."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.text import graphemes
from app.text.ranges import Span

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("‹›", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
    }
)
_UNSEEN: Final = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_UNSEEN_OR_LIGATURE: Final = re.compile(rf"[{_UNSEEN}]+|[\ufb00-\ufb06]")
_SEVERAL: Final = re.compile(r" {2,}|\.{3}|-{2,}")
_NOT_LATIN: Final = re.compile("[\x00-\u02ff]?[^\x00-\u02ff]+")


@dataclass(frozen=True, slots=True)
class _Step:
    """One pass of folding: where a stretch became one of another length. Four columns, in text order."""

    folded_starts: tuple[int, ...]
    folded_sizes: tuple[int, ...]
    starts: tuple[int, ...]
    sizes: tuple[int, ...]

    def span(self, span: Span) -> Span:
        """Return the stretch before the pass that became ``span``, whole where it was changed."""
        return self._place(span[0], end=False), self._place(span[1] - 1, end=True)

    def _place(self, index: int, *, end: bool) -> int:
        """Return where the code point ``index`` begins, or ends, in the text before the pass."""
        number = bisect_right(self.folded_starts, index) - 1
        if number < 0:
            return index + end
        beyond = index - self.folded_starts[number] - self.folded_sizes[number]
        start, size = self.starts[number], self.sizes[number]
        if beyond >= 0:
            return start + size + beyond + end
        return start + size if end else start


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its typography made plain, and the way back to where everything stood."""

    text: str
    steps: tuple[_Step, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the span of the unfolded text that ``text[start:end]`` (not empty) stands for."""
        span = (start, end)
        for step in reversed(self.steps):
            span = step.span(span)
        return span


def fold(text: str) -> Folded:
    """Make typographic quotes, dashes and spaces plain, compose accents, undo ligatures and drop unseen marks.

    White space of any length, line breaks too, becomes one space. Case stays.
    """
    steps: list[_Step] = []
    text = _replaced(text, _matches(_UNSEEN_OR_LIGATURE, text), steps)
    if not unicodedata.is_normalized("NFC", text):
        text = _replaced(text, _recomposed(text), steps)
    text = text.translate(_SAME)
    text = _replaced(text, _matches(_SEVERAL, text), steps)
    return Folded(text, tuple(steps))


def occurrences(text: str, quote: str) -> list[int]:
    """Return where ``quote`` begins in ``text``, to the letter, in text order; occurrences may overlap."""
    return _walk(text, quote, 0, len(text)) if quote else []


def nearest(text: str, quote: str, place: int, most: int) -> list[int]:
    """Return where ``quote`` begins in ``text``, the nearest to ``place`` first: at most ``most`` on either side."""
    after = _walk(text, quote, max(0, place), most) if quote else []
    before: list[int] = []
    at = text.rfind(quote, 0, max(0, place - 1 + len(quote))) if quote else -1
    while at >= 0 and len(before) < most:
        before.append(at)
        at = text.rfind(quote, 0, at - 1 + len(quote)) if at else -1
    return sorted(before + after, key=lambda at: (abs(at - place), at))


def find(text: str, quote: str, nth: int = 1, hint: int | None = None) -> Span | None:
    """Return the span of the ``nth`` occurrence (from 1) of ``quote`` to the letter, or ``None``.

    They are counted in text order, or from the nearest to ``hint`` outwards. Raises ``ValueError`` for ``nth`` < 1.
    """
    return _nth([(at, at + len(quote)) for at in occurrences(text, quote)], nth, hint)


def find_like(text: str, quote: str, nth: int = 1, hint: int | None = None) -> Span | None:
    """Return the span of the ``nth`` passage that reads like ``quote``, or ``None``; the quote is then that passage.

    Typographic quotes and dashes, white space, line breaks, ligatures and composed or decomposed accents make no
    difference. Passages that are the quote to the letter are counted first. Raises ``ValueError`` for ``nth`` < 1.
    """
    exact = [
        (at, at + len(quote))
        for at in occurrences(text, quote)
        if graphemes.is_boundary(text, at) and graphemes.is_boundary(text, at + len(quote))
    ]
    if len(exact) >= nth >= 1:
        return _nth(exact, nth, hint)
    known = set(exact)
    alike = [span for span in occurrences_like(fold(text), text, quote) if span not in known]
    return _nth(alike, nth - len(exact), hint)


def occurrences_like(folded: Folded, text: str, quote: str, most: int | None = None) -> list[Span]:
    """Return the spans of ``text`` (whose fold is ``folded``) that read like ``quote``, in text order."""
    wanted = fold(quote).text.strip()
    places = _walk(folded.text, wanted, 0, len(text) if most is None else most) if wanted else []
    spans = (folded.span(at, at + len(wanted)) for at in places)
    return [span for span in spans if fold(text[slice(*span)]).text == wanted]


def _walk(text: str, quote: str, start: int, most: int) -> list[int]:
    """Return where ``quote`` begins from ``start`` on, at most ``most`` places."""
    found: list[int] = []
    at = text.find(quote, start)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _nth(spans: list[Span], nth: int, hint: int | None) -> Span | None:
    """Return the ``nth`` of ``spans``, counted as :func:`find` says."""
    if nth < 1:
        raise ValueError("occurrences are counted from 1")
    if hint is not None:
        spans = sorted(spans, key=lambda span: abs(span[0] - hint))
    return spans[nth - 1] if nth <= len(spans) else None


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where ``pattern`` stands in ``text``, what it found there, and what that is folded to."""
    for found in pattern.finditer(text):
        stretch = found[0]
        if "\ufb00" <= stretch <= "\ufb06":
            yield found.start(), stretch, unicodedata.normalize("NFKC", stretch)
        else:
            yield found.start(), stretch, {" ": " ", "-": "-", ".": "…"}.get(stretch[0], "")


def _replaced(text: str, changes: Iterator[tuple[int, str, str]], steps: list[_Step]) -> str:
    """Return ``text`` with its ``changes`` (where, from, to) made, and append the pass to ``steps``."""
    parts: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    position = size = 0
    for start, old, new in changes:
        parts += (text[position:start], new)
        size += start - position
        rows.append((size, len(new), start, len(old)))
        size += len(new)
        position = start + len(old)
    if not rows:
        return text
    columns = tuple(zip(*rows, strict=True))
    steps.append(_Step(columns[0], columns[1], columns[2], columns[3]))
    return "".join([*parts, text[position:]])


def _recomposed(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the stretches that composition (NFC) changes: a base with its marks, or what composes with it."""
    for found in _NOT_LATIN.finditer(text):
        if unicodedata.is_normalized("NFC", found[0]):
            continue
        start = found.start()
        for unit in _units(found[0]):
            composed = unicodedata.normalize("NFC", unit)
            if composed != unit:
                yield start, unit, composed
            start += len(unit)


def _units(stretch: str) -> Iterator[str]:
    """Cut ``stretch`` into pieces that composition does not reach across."""
    unit = ""
    for character in stretch:
        apart = unicodedata.normalize("NFC", unit) + unicodedata.normalize("NFC", character)
        marks = unicodedata.combining(character) and not unit.isspace()
        joined = marks or unicodedata.normalize("NFC", unit + character) != apart
        if unit and not joined:
            yield unit
            unit = ""
        unit += character
    yield unit
