"""Lines of one paragraph to one text: hyphens at line ends undone where the joined word is plausible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from app.cleaning.hyphens import BROKEN, Vocabulary
from app.importers._pdf_lines import Line, Marked
from app.text.body import Run

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BEGINS: Final = re.compile(r"[^\W\d_]+")
_CJK: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_HYPHENS: Final = "-‐\u00ad"
_TAIL: Final = 80


def vocabulary(lines: Iterable[Line]) -> Vocabulary:
    """Return the words of the lines of a document."""
    return Vocabulary((line.text, is_broken(line)) for line in lines)


def is_broken(line: Line) -> bool:
    """Tell whether a line ends within a word or a compound."""
    return line.broken or BROKEN.search(line.text[-_TAIL:]) is not None


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
    match = BROKEN.search(tail)
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
