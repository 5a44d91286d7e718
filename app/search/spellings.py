"""What else a word that was typed may be written like: *cease-fire* and *ceasefire*, *Su27* and *Su-27*, *6000* and
*6 000*; and which page of the web is meant by an address.
"""

from __future__ import annotations

import re
from typing import Final

from app.search import language
from app.text.addresses import page_of, site

_HYPHENED: Final = re.compile(r"(?P<first>[^\W\d_][^\W_]*)-(?P<last>[^\W_]+)")
_NUMBERED: Final = re.compile(r"(?P<first>[^\W\d_]{1,6})(?P<last>\d{1,4}[^\W\d_]?)")
_MEASURED: Final = re.compile(r"(?P<first>\d{1,4})(?P<last>km|kg|bn|mn|tn|am|pm|mm|cm|kw|mw|gw|mph)", re.IGNORECASE)
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_FIGURES: Final = re.compile(r"[1-9]\d{3,8}")
_YEAR: Final = re.compile(r"1[1-9]\d\d|2[01]\d\d")
_SPACED: Final = re.compile("(?<![^\\s(])(?<!: )\\d{1,3}(?:[ \u00a0\u2009\u202f]\\d{3})+(?![^\\s)])")
_SPACES: Final = re.compile("[ \u00a0\u2009\u202f]")

_WEB: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BARE: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)


def others(word: str) -> tuple[str, ...]:
    """Return how else a word without quotation marks may be written; words in one answer follow one another."""
    if match := _HYPHENED.fullmatch(word):
        return (match["first"] + match["last"],)
    if match := _NUMBERED.fullmatch(word) or _MEASURED.fullmatch(word):
        return (f"{match['first']} {match['last']}",)
    if _DOTTED.fullmatch(word):
        return (word.replace(".", ""),)
    if _GROUPED.fullmatch(word):
        return (word.replace(",", " "),)
    if _FIGURES.fullmatch(word) and not _YEAR.fullmatch(word):
        return (f"{int(word):,}".replace(",", " "),)
    return ()


def whole_numbers(text: str) -> str:
    """Return what stands outside quotation marks with commas in its numbers where they were grouped by spaces."""
    return _SPACED.sub(lambda match: _SPACES.sub(",", match[0]), text)


def page(word: str) -> str:
    """Return the words of the page, or site, whose address a word is, as one text; nothing for any other word.

    They are without what differs from one address of a page to another, such as its scheme and ``www.``.
    """
    if not _WEB.fullmatch(word) and not _BARE.fullmatch(word):
        return ""
    address = word if "://" in word else f"https://{word}"
    return " ".join(language.words(page_of(address) or site(address)))
