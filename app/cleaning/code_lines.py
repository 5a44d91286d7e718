"""Lines of a program in a scraped text, which no markup tells from the short lines of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.cleaning.lines import Line

_LEAST: Final = 3  # lines of code that show by themselves what they are
_MOSTLY: Final = 0.4  # of the lines of a program, so many can be nothing else
_LONGEST: Final = 160  # characters
_INDENT: Final = 2  # columns
_SURE: Final = re.compile(
    r"[{}]\s*$|^;+$|^[\])}]+[;,)]*$|^[\[({]+$|^(?:def|class|if|elif|for|while|with|except|async)\b.*:$|[\w)]\s*=>\s*\S|^(?://|/\*|#include\b|#!|<\?php|@\w+\()"
    r"|^[\w.\[\]'\"$]+(?:\s\w+)?\s(?:[+*/-]?=|:=)\s\S|[\w\])]\((?!s\))\S*\);?$|^\.\w+\(|\S\([^()]*\);$"
)
_SIGNS: Final = frozenset("{}()[];=@#/")  # of which such a line has one, unless it ends with a colon
_WORD: Final = re.compile(
    r"(?:def|class|import|from|return|const|let|var|function|public|private|static|func?|elif|else|elsif|endif|try|except"
    r"|finally|async|await|export|package|using|namespace|print|raise|throw|if|for|while|do|end|done|fi|SELECT|FROM|WHERE"
    r"|INSERT|UPDATE|sudo|pip|npm|git|echo|cd)\b"
)
_STOP: Final = re.compile(r"[.!?…]$")
# What pages measure and sell with, left over where a page was copied with its scripts.
_OF_PAGES: Final = re.compile(
    r"window\.|document\.|dataLayer|googletag|gtag\(|adsbygoogle|\.cmd\.push|fbq\(|_gaq|jQuery|^\$\(|\.ready\(|@media"
)


def code_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that are a program's."""
    sure = [_is_sure(line) for line in lines]
    return frozenset(number for run in _runs(lines, sure) if _is_program(run, sure, lines) for number in run)


def _runs(lines: Sequence[Line], sure: Sequence[bool]) -> Iterator[range]:
    """Yield runs of lines that may be code; each ends with a line that is indented or surely is."""
    start = 0
    may = [sure[number] or _may_be(line) for number, line in enumerate(lines)]
    breaks = [number for number, (one, two) in enumerate(pairwise(may), 1) if one != two]
    for end in [*breaks, len(lines)]:
        if may[start : start + 1] == [True]:
            yield range(start, end)
        start = end


def _is_program(run: range, sure: Sequence[bool], lines: Sequence[Line]) -> bool:
    told = sum(sure[number] for number in run)
    strange = any(_OF_PAGES.search(lines[number].text) for number in run)
    return len(run) >= _LEAST and told >= max(2, _MOSTLY * len(run)) and not strange


def _is_sure(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST or (_SIGNS.isdisjoint(text) and not text.endswith(":")):
        return False
    return _SURE.search(text) is not None


def _may_be(line: Line) -> bool:
    """Tell whether a line may stand between others of a program: indented, or beginning with one of its words."""
    if len(line.text) > _LONGEST or line.quoted or (_STOP.search(line.text) and line.gap):
        return False
    return line.indent >= _INDENT or _WORD.match(line.text) is not None
