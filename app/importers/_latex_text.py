"""What a text that is written for LaTeX reads as: accents, special letters, and signs that stand behind a stroke."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_ACCENTS: Final[Mapping[str, str]] = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTERS: Final[Mapping[str, str]] = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "th": "þ", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textbackslash": "\\",
    "textless": "<", "textgreater": ">", "textbar": "|",
    "ldots": "…",
    "dots": "…", "textasciitilde": "~", "textasciicircum": "^", "euro": "€", "pounds": "£", "S": "§",
}  # fmt: skip
_ACCENTED: Final = re.compile(
    r"\\(?:(?P<sign>[\"'`^~=.])|(?P<name>[uvHckrdb])(?![A-Za-z]))\s*(?:\{\s*(?:\\(?P<bare>[ij])|(?P<in>\w))\s*\}|\\(?P<i>[ij])|(?P<letter>\w))"
)
_NAMED: Final = re.compile(r"\\(?P<name>[A-Za-z]{1,20})(?:\{\}|\s+|(?![A-Za-z]))")
_ESCAPED: Final = re.compile(r"\\([&%$#_{}~^ \\-])")
_PLACE: Final = "\ue000"


def as_text(latex: str) -> str:
    """Return what a value of a bibliography reads as, on one line."""
    text = _ACCENTED.sub(_accented, latex)
    text = _NAMED.sub(lambda match: _LETTERS.get(match["name"], ""), text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append("" if match[1] == "-" else match[1])
        return _PLACE

    text = _ESCAPED.sub(keep, text.replace(_PLACE, ""))
    text = re.sub(r"[{}]|(?<!\\)\$", "", text).replace("~", " ").replace("---", "—").replace("--", "–")
    text = text.replace("``", "“").replace("''", "”")
    signs = iter(kept)
    return " ".join(re.sub(_PLACE, lambda _match: next(signs), text).split())


def _accented(match: re.Match[str]) -> str:
    letter = match["bare"] or match["in"] or match["i"] or match["letter"]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["sign"] or match["name"]])
