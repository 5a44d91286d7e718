"""Quotation marks round a text, those inside it, and the stops beside them."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_INNER: Final = str.maketrans("“”„‟", "‘’‚‛")
_OUTER: Final = MappingProxyType({"‘": "“", "’": "”", "‚": "„"})
_QUOTED: Final = re.compile(r"“[^“”]*”|„[^„“”]*[“”]")
_SINGLE: Final = re.compile(r"[‘‚]|’(?!\w)|(?<!\w)’")
"""Marks that may be quotation marks: an apostrophe inside a word is none."""

_WITHIN: Final = re.compile(r"‘(?=\S)(?:[^‘’‚]|(?<=\w)’(?=\w))*’(?!\w)|‚(?=\S)[^‘’‚]*[‘’](?!\w)")
_STRAIGHT: Final = re.compile(r"(?P<open>(?<![^\s(\[{—–‘“/-])\"(?=\S))|\"")
_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"
_CLOSING: Final = f"’”\"'“‘»›«‹」』 \u00a0\u202f{_ISOLATE}"  # in German and Danish those close that open elsewhere
# Of every script: Unicode's Sentence_Terminal, as far as newspapers use it, and the ellipsis.
_ENDS: Final = tuple(".?!…⋯‼⁇⁈⁉؟۔؞।॥。｡．？！﹖﹗։፧\u1362\u104b\u17d4")
_STOPPED: Final = re.compile(r"(?:(?<!\.)(?<!\b\w)\.|[。｡．۔।\u1362\u104b\u17d4])$")
"""Ends in a full stop, which is neither one of several dots nor the end of initials."""


def inner_quotes(text: str) -> str:
    """Return ``text`` as it stands inside double quotation marks: its own double ones become single ones.

    Single ones inside those become double ones, where it is plain which of them are apostrophes. Straight ones open
    before a word and close behind it. Marks of other languages (« », 「 」) stay.
    """
    text = curled(text)
    shown = list(text.translate(_INNER))
    for outer in _QUOTED.finditer(text):
        pairs = list(_WITHIN.finditer(text, outer.start() + 1, outer.end() - 1))
        if 2 * len(pairs) == len(_SINGLE.findall(text, outer.start() + 1, outer.end() - 1)):
            for pair in pairs:
                for place in (pair.start(), pair.end() - 1):
                    shown[place] = _OUTER[text[place]]
    return "".join(shown)


def curled(text: str) -> str:
    """Return ``text`` with its straight double quotation marks as those that open and close."""
    return _STRAIGHT.sub(lambda mark: "“" if mark["open"] else "”", text)


def stopped(text: str, *, inside: bool = True) -> str:
    """Return ``text`` with a full stop at its end, unless it ends in a mark that does for one.

    In American use the stop stands inside quotation marks that close the text.
    """
    return text if not text or text.rstrip(_CLOSING).endswith(_ENDS) else _marked(text, ".", inside=inside)


def is_stopped(text: str) -> bool:
    """Tell whether a text ends in a mark that does for a full stop, outside of any quotation marks."""
    return text.rstrip(_ISOLATE).endswith(_ENDS)


def with_comma(text: str) -> str:
    """Return ``text`` with a comma at its end, inside quotation marks that close it; instead of a full stop."""
    words = text.rstrip("’”")
    if _STOPPED.search(words):
        text = words[:-1] + text[len(words) :]
    return _marked(text, ",", inside=True)


def _marked(text: str, mark: str, *, inside: bool) -> str:
    words = text.rstrip("’”") if inside else text
    return f"{words}{mark}{text[len(words) :]}"
