"""Texts that lost their lines on the way: put back where what stood between two paragraphs can still be told."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from typing import Final

_LARGEST: Final = 1_000_000  # characters of a list that is written out as code
_FEW: Final = 2  # signs of a kind that show that they stand for ends of lines
_LONG: Final = 300  # a line of fewer characters may well be all that there is
_JOINED: Final = 3  # so many sentences without a space between them are ends of paragraphs, not slips
_NEAR: Final = 4  # characters on each side by which a place between two sentences is known again
_MOSTLY: Final = 0.8  # so many of these signs stand where a paragraph may end

# As programs write the end of a line inside a string; behind it something begins.
_WRITTEN: Final = re.compile(r"(?:\\r\\n|\\n|\\r)")
_BEHIND: Final = re.compile(r"(?:\\r\\n|\\n|\\r)(?![a-z/])")
_QUOTED: Final = re.compile(r"\\([\"'/])")
_NUMBERED: Final = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PARTINGS: Final = (re.compile("¶"), re.compile(r"\t| {3,}"))
# A sentence that ends right before the next: two small letters at least, so no "e.g.The" and no "U.S.Army".
_SEAM: Final = re.compile(
    r"(?<=[^\W\d_A-Z]{2}[.!?…])(?P<closed>[\"”’»)]*)(?=[\"“‘«(¿¡]?[A-ZÀ-ÖØ-ÞА-Я][^\W\d_A-Z.]*[\s,’'])"
)


def unrolled(text: str) -> str:
    """Return a text with its lines as they were, where they can be told; otherwise as it is.

    That is a text that was written out as a string or as a list of strings, one whose lines end in ``<br>``, and one in
    a single line with wide spaces, tabs or pilcrows, or without any space, between paragraphs. No letter is lost.
    """
    content = text.strip()
    text = _listed(content) or text
    if "\n" not in content and "\r" not in content:
        text = _written_out(text)
        for parting in _PARTINGS:
            if "\n" not in text and len(text) > _LONG and len(parting.findall(text.strip())) >= _FEW:
                text = parting.sub("\n", text.strip())
    if len(_BREAK.findall(text)) >= _FEW and "</" not in text:
        text = _BREAK.sub("\n", text)
    return "\n".join(_unsewn(line) for line in text.split("\n"))


def _listed(content: str) -> str | None:
    """Return the strings of a list that is written out as code; ``None`` for any other text."""
    if not (content[:2] in ("['", '["') and content[-2:] in ("']", '"]')) or len(content) > _LARGEST:
        return None
    try:
        found = ast.literal_eval(content)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return None
    return "\n\n".join(line for one in found if (line := one.strip()))


def _written_out(text: str) -> str:
    """Return what a string says that is written out with its signs, such as ``\\n``."""
    written = len(_WRITTEN.findall(text))
    if written < _FEW or len(_BEHIND.findall(text)) < _MOSTLY * written:
        return text
    content = text.strip()
    if len(content) > 1 and content[0] == content[-1] == '"':
        content = content[1:-1]
    content = _WRITTEN.sub("\n", content).replace("\\t", "\t")
    return _QUOTED.sub(r"\1", _NUMBERED.sub(_letters, content))


def _letters(match: re.Match[str]) -> str:
    letters: str = json.loads(f'"{match[0]}"')
    return letters if letters.isprintable() else match[0]


def _unsewn(line: str) -> str:
    """Return a long line in paragraphs, where several of its sentences begin right behind those before them."""
    if len(line) < _LONG:
        return line
    # What stands there more than once is a name, such as that of a site.
    found = Counter(line[max(0, match.start() - _NEAR) : match.end() + _NEAR] for match in _SEAM.finditer(line))
    if sum(count == 1 for count in found.values()) < _JOINED:
        return line

    def parted(match: re.Match[str]) -> str:
        around = line[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        return match[0] + "\n" * (found[around] == 1)

    return _SEAM.sub(parted, line)
