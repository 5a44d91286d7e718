"""From what was dragged over to what was meant: whole characters, whole words, no white space at the ends."""

from __future__ import annotations

from app.text import graphemes
from app.text.anchors import trim
from app.text.ranges import Span
from app.text.sentences import inside_word, sentence_at, words


def snapped(text: str, span: Span, *, to_words: bool) -> Span:
    """Return a selection made with the mouse as it was meant; an empty span when it held white space only."""
    start, end = trim(text, *whole(text, span))
    if start < end and to_words:
        start, end = _word_start(text, start), _word_end(text, end)
    return start, end


def whole(text: str, span: Span) -> Span:
    """Return a span that tears no character apart."""
    return graphemes.floor(text, span[0]), graphemes.ceiling(text, span[1])


def line_of(text: str, position: int) -> Span:
    """Return the line of the text that holds a position."""
    first = text.rfind("\n", 0, position) + 1
    last = text.find("\n", position)
    return first, len(text) if last < 0 else last


def by_sentence(text: str, span: Span, *, forward: bool) -> Span:
    """Return a selection with a sentence more at its end, or with the last of several taken away again."""
    start, end = span
    if forward:
        first, last = sentence_at(text, start) if start == end else sentence_at(text, _next_letter(text, end))
        return (first, last) if start == end else (start, max(end, last))
    first, last = sentence_at(text, max(start, end - 1))
    if first <= start:
        return start, end
    return trim(text, start, first)


def nudged(text: str, span: Span, which: str, count: int) -> Span:
    """Return a span whose ``start`` or ``end`` moved by so many words, never past its other end."""
    start, end = span
    for _ in range(abs(count)):
        if which == "start":
            moved = _step(text, start, forward=count > 0, starts=True)
            start = moved if moved < end else start
        else:
            moved = _step(text, end, forward=count > 0, starts=False)
            end = moved if moved > start else end
    return start, end


def _step(text: str, position: int, *, forward: bool, starts: bool) -> int:
    """Return the nearest beginning (or end) of a word before or after a position, over the ends of lines."""
    at = position
    while True:
        first, last = line_of(text, at)
        edges = [first + span[0 if starts else 1] for span in words(text[first:last])]
        ahead = [edge for edge in edges if edge > position] if forward else [edge for edge in edges if edge < position]
        if ahead:
            return ahead[0] if forward else ahead[-1]
        at = last + 1 if forward else first - 1
        if not 0 <= at < len(text):
            return position


def _next_letter(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _word_start(text: str, position: int) -> int:
    if not inside_word(text, position):
        return position
    first, last = line_of(text, position)
    for start, end in words(text[first:last]):
        if first + start < position < first + end:
            return first + start
    return position


def _word_end(text: str, position: int) -> int:
    if not inside_word(text, position):
        return position
    first, last = line_of(text, position)
    for start, end in words(text[first:last]):
        if first + start < position < first + end:
            return first + end
    return position
