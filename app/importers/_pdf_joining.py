"""Lines of one paragraph to one text: hyphens at line ends undone where the joined word is plausible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from app.importers._pdf_lines import Line, Marked
from app.text.body import Run

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BROKEN: Final = re.compile(r"(?P<part>[^\W\d_]+)(?P<hyphen>[-‐\u00ad])$")
_BEGINS: Final = re.compile(r"[^\W\d_]+")
_CJK: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_HYPHENS: Final = "-‐\u00ad"
_SHORT: Final = 3
_TAIL: Final = 80
# What goes before a hyphen that is meant, where the text itself does not tell.
_COMPOUNDING: Final = frozenset((
    "all", "anti", "cross", "ex", "far", "half", "high", "ill", "left", "long", "low", "non", "off", "one",
    "open", "part", "post", "pre", "pro", "quasi", "right", "self", "semi", "short", "so", "then", "three", "two",
    "vice", "well",
))  # fmt: skip


class Vocabulary:
    """The words of a document, to tell the hyphens of compounds from those of line ends."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Take the words of all lines, but for what is broken at their ends."""
        self._whole: set[str] = set()
        self._compounds: set[str] = set()
        broken = False
        for line in lines:
            words = [word.replace("‐", "-") for word in _WORD.findall(line.text.casefold())]
            first = 1 if broken else 0
            broken = is_broken(line)
            for word in words[first : len(words) - broken]:
                (self._compounds if "-" in word else self._whole).add(word)

    def joins(self, part: str, rest: str) -> bool:
        """Tell whether a hyphen between the end of a line and the beginning of the next one only breaks a word."""
        if not rest or not rest[0].islower() or (part.isupper() and len(part) > 1):
            return False
        before, behind = part.casefold(), rest.casefold()
        if f"{before}-{behind}" in self._compounds:
            return False
        if before + behind in self._whole:
            return True
        both = min(len(before), len(behind)) >= _SHORT and before in self._whole and behind in self._whole
        return not both and before not in _COMPOUNDING


def is_broken(line: Line) -> bool:
    """Tell whether a line ends within a word or a compound."""
    return line.broken or _BROKEN.search(line.text[-_TAIL:]) is not None


def text_of(lines: Sequence[Line], known: Vocabulary) -> tuple[str, tuple[Run, ...], list[Marked]]:
    """Return the text of a paragraph, its runs, and what of it is marked."""
    text = ""
    runs: list[Run] = []
    marks: list[Marked] = []
    for line in lines:
        text, offset = _appended(text, line.text, known)
        runs += [replace(run, start=run.start + offset, end=run.end + offset) for run in line.runs]
        marks += [(number, start + offset, end + offset) for number, start, end in line.marks]
    return text, _merged(runs, text), [(number, start, min(end, len(text))) for number, start, end in marks]


def _appended(text: str, line: str, known: Vocabulary) -> tuple[str, int]:
    """Return a text with one more line, and where that line begins in it."""
    if not text:
        return line, 0
    tail = text[-_TAIL:]
    match = _BROKEN.search(tail)
    if match:
        compound = _WORD.search(tail[tail.rfind(" ") + 1 :])
        begin = _BEGINS.match(line)
        rest = begin[0] if begin else ""
        inner = compound is not None and "-" in compound[0].rstrip(_HYPHENS)
        if match["hyphen"] == "\u00ad" or (known.joins(match["part"], rest) and not inner):
            text = text[:-1]
        return text + line, len(text)
    if text[-1:] in _HYPHENS and text[-2:-1].isalnum():
        return text + line, len(text)
    if _CJK.match(text[-1]) and line and _CJK.match(line[0]):
        return text + line, len(text)
    return f"{text} {line}", len(text) + 1


def _merged(runs: Sequence[Run], text: str) -> tuple[Run, ...]:
    """Return runs with those of one kind joined where only space, or nothing, lies between them."""
    done: list[Run] = []
    last: dict[tuple[str, object], int] = {}
    for run in sorted(runs, key=lambda run: run.start):
        key = (run.kind, run.attributes.get("address"))
        at = last.get(key)
        if at is not None and run.start <= done[at].end + 1 and not text[done[at].end : run.start].strip():
            done[at] = replace(done[at], end=max(done[at].end, run.end))
        else:
            last[key] = len(done)
            done.append(run)
    return tuple(run for run in done if run.start < min(run.end, len(text)))
