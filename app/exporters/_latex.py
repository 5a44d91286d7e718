"""Text as it must be written in a value of BibTeX to be printed as that very text by LaTeX.

Braces count for BibTeX whether LaTeX takes them for text or not, so that only those which close each other may be
written as such (Lamport, LaTeX, appendix B). Lines and paragraphs of a value are white space for BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_WRITTEN: Final = {
    "": "{}",
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}  # fmt: skip
# Signs that mean something to LaTeX, and the places between signs that its fonts draw as another one where they stand
# together: an empty group keeps those apart.
_SPECIAL: Final = re.compile(r"[\\~^&%$#_]|(?<=-)(?=-)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=[?!`])(?=`)|(?<=')(?=')")
_BRACES: Final = re.compile(r"[{}]")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_PARAGRAPH: Final = "~\\par "


def escaped(text: str) -> str:
    """Return one line of ``text`` for a value between braces."""
    pieces = []
    place = 0
    for start, brace in _braces(text):
        pieces += [_plain(text[place:start]), brace]
        place = start + 1
    return "".join((*pieces, _plain(text[place:])))


def protected(title: str) -> str:
    """Return a title in which words with capitals keep them, whatever a style does to titles.

    The first word begins with a capital in every style, so that one there needs no protection.
    """
    written = escaped(title)
    first = _WORD.search(written)
    begin = first.start() if first else 0
    return _WORD.sub(lambda word: _kept(word[0], first=word.start() == begin), written)


def paragraphs(text: str) -> str:
    """Return a text of several lines: each is a paragraph."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _PARAGRAPH.join(escaped(line) for line in lines if line)


def verbatim(address: str) -> str:
    """Return an address for a value that is printed as it stands: what would end the value is written in per cent."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _kept(word: str, *, first: bool) -> str:
    rest = word[1:] if first else word
    return f"{{{word}}}" if rest != rest.lower() else word


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _WRITTEN[sign[0]], text)


def _braces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each brace in a text, and how it is written: those without a partner by their names."""
    opened: list[int] = []
    partners = set()
    for brace in _BRACES.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            partners |= {opened.pop(), brace.start()}
    for brace in _BRACES.finditer(text):
        names = {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
        yield brace.start(), f"\\{brace[0]}" if brace.start() in partners else names[brace[0]]
