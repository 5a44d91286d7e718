"""From what was dragged over to what was meant: whole characters, whole words, no white space at the ends."""

from __future__ import annotations

from typing import Final

from app.text import graphemes
from app.text.anchors import trim
from app.text.ranges import Span
from app.text.sentences import CLOSING, ENDING, OPENING, inside_word, sentence_at, words

# In some languages a quotation begins with what ends it in others: beside a word both are taken.
_OPENED: Final = frozenset(OPENING + "»›”’")
_CLOSED: Final = frozenset(ENDING + CLOSING + "“‘«‹") - {"\\"}


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


def nudged(text: str, span: Span, which: str, count: int, *, exact: bool = False) -> Span:
    """Return a span whose ``start`` or ``end`` moved by so many words, never past its other end.

    ``exact`` moves it by characters. By words, an end stops behind a word and again behind what closes a sentence or
    a quotation there; a start stops before what opens one, too.
    """
    start, end = span
    starts = which == "start"
    for _ in range(abs(count)):
        step = _character if exact else _word
        moved = step(text, start if starts else end, forward=count > 0, starts=starts)
        if starts:
            start = moved if moved < end else start
        else:
            end = moved if moved > start else end
    return start, end


def _character(text: str, position: int, *, forward: bool, starts: bool) -> int:
    """Return the nearest place a character on or back that has no white space inside it."""
    at = position
    while (at < len(text)) if forward else (at > 0):
        at = graphemes.ceiling(text, at + 1) if forward else graphemes.floor(text, at - 1)
        beside = text[at : at + 1] if starts else text[max(0, at - 1) : at]
        if beside and not beside.isspace():
            return at
    return position


def _word(text: str, position: int, *, forward: bool, starts: bool) -> int:
    """Return the nearest place before or after a position where a word begins (or ends), over the ends of lines."""
    at = position
    while True:
        first, last = line_of(text, at)
        edges = [first + edge for edge in _edges(text[first:last], starts=starts)]
        ahead = [edge for edge in edges if edge > position] if forward else [edge for edge in edges if edge < position]
        if ahead:
            return min(ahead) if forward else max(ahead)
        at = last + 1 if forward else first - 1
        if not 0 <= at < len(text):
            return position


def _edges(line: str, *, starts: bool) -> set[int]:
    """Return where the words of a line begin (or end), and the marks that stand directly before (or after) one."""
    edges: set[int] = set()
    for start, end in words(line):
        edge = start if starts else end
        edges.add(edge)
        while starts and edge > 0 and line[edge - 1] in _OPENED:
            edge -= 1
        while not starts and edge < len(line) and line[edge] in _CLOSED:
            edge += 1
        edges.add(edge)
    return edges


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
