"""Text as it must be written in Markdown to be read as that very text, and notes made harmless.

The rules are CommonMark's (https://spec.commonmark.org/0.31.2/) with Obsidian's additions: tags, comments, mathematics,
block ids. A backslash stands only before what every dialect lets it escape; the rest become character references.
"""

from __future__ import annotations

import re
from typing import Final

# What always acts is replaced sign by sign; the rest is found by one character first, and looked at closely after: that
# is several times as fast as one long pattern. The backslash comes first.
_BACKSLASHED: Final = "\\`*[]#"
_SPECIAL: Final = re.compile(r"[_<~\t&=%^]")
_REFERENCED: Final = frozenset("<~\t")
_ENTITY: Final = re.compile(r"&#?\w+;")
# Obsidian's mathematics: a dollar before a word, and one after a word that no digit follows. Prices are left alone.
_MATHEMATICS: Final = re.compile(r"\$\$|\$(?=\S)[^$]*(?<=\S)\$(?!\d)")
_BEGINNING: Final = re.compile(r"[>+-]|\d{1,9}(?=[.)])")
_SPECIAL_IN_NOTES: Final = re.compile(r"<(?=[A-Za-z/!?])(?!(?:https?|mailto):[^\s<>]*>)|%(?=%)|(?<=%)%")
_FENCE: Final = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
# A fence behind white space, or inside a list or a quotation: what is before it says where it begins and ends.
_INNER_FENCE: Final = re.compile(r"^(?!`|~)[ \t>*+.)\d-]*(?:`{3}|~{3})", re.MULTILINE)


def escape(text: str) -> str:
    """Return one line of ``text`` as Markdown that shows exactly this text, within a line."""
    if text.isalnum():
        return text
    for sign in _BACKSLASHED:
        if sign in text:
            text = text.replace(sign, f"\\{sign}")
    text = _SPECIAL.sub(_escaped, text)
    return text.replace("$", "&#36;") if text.count("$") > 1 and _MATHEMATICS.search(text) else text


def escape_line(text: str) -> str:
    """Return ``text`` as Markdown that shows exactly this text, as a paragraph of its own.

    Beyond :func:`escape` this keeps white space at the ends, and what would make a list, a quotation or a heading.
    """
    inner = text.strip()
    if len(inner) == len(text):
        return guard_beginning(escape(text))
    if not inner:
        return references(text)
    before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    return references(before) + guard_beginning(escape(inner)) + references(after)


def guard_beginning(written: str) -> str:
    """Return Markdown whose first characters begin no list and no quotation, only text."""
    match = _BEGINNING.match(written)
    if not match:
        return written
    place = match.end() if match[0].isdigit() else 0
    return f"{written[:place]}\\{written[place:]}"


def references(text: str) -> str:
    """Return every character of ``text`` as a numeric character reference."""
    return "".join(f"&#{ord(letter)};" for letter in text)


def escape_lines(text: str) -> str:
    """Return ``text`` as a paragraph for each of its lines; an empty line is an empty paragraph between two."""
    return "\n\n".join(escape_line(line) for line in text.split("\n"))


def harmless(note: str) -> str:
    """Return a note, which is Markdown and may come from a stranger, without what would act where it is read.

    Tags of HTML become text, as they are for us, and Obsidian's comments, which could swallow the rest of the file,
    lose their meaning. Fenced code stays as it is: nothing acts in there, as long as it is certain where it ends.
    """
    uncertain = _INNER_FENCE.search(note) is not None
    lines = []
    fence = ""
    for line in note.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n"):
        match = _FENCE.match(line)
        if fence:
            closes = match is not None and match["fence"].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence
        elif match and not uncertain:
            fence = match["fence"]
        else:
            line = _SPECIAL_IN_NOTES.sub(_referred, line)
        lines.append(line)
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return ``text`` with ``> `` before each of its lines: the inside of a quotation or a call-out."""
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _escaped(match: re.Match[str]) -> str:
    """Return a special character as it must be written where it stands."""
    letter, text, place = match[0], match.string, match.start()
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    if letter == "_":
        is_inside_word = before.isalnum() and after.isalnum()
        return letter if is_inside_word else f"\\{letter}"
    if letter == "&":
        acts = _ENTITY.match(text, place) is not None
    elif letter == "^":
        acts = not before or before.isspace()
    else:
        acts = letter in _REFERENCED or letter in (before, after)
    return _referred(match) if acts else letter


def _referred(match: re.Match[str]) -> str:
    known = {"<": "&lt;", "&": "&amp;"}
    return known.get(match[0]) or references(match[0])
