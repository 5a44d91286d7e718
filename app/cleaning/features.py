"""A line of a page with what counts of it, whoever judges it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.cleaning.lines import FULL_STOP, Line
from app.cleaning.phrases import Lexicon, tokens

OTHER: Final = "other"
"""The kind of furniture that no phrase names."""

SHORT: Final = 40
"""So many words at the most has furniture."""

CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A Chinese, Japanese or Korean sign."""

_NEUTRAL: Final = 0.4  # the share of stop words assumed where the language is not known
_FEW_MORE: Final = 20  # words
_SEPARATED: Final = re.compile(r"\s+[»›>|/·•]\s+")
_SEPARATOR: Final = re.compile(r"[»›>|/·•]")
_LABEL: Final = re.compile(r"[^:?!]{2,30}+(?P<end>[:?!])\s+\S")
_LOGO: Final = re.compile(r"(?P<name>.{2,50}?)\s+logo|logo(?:\s+of)?\s+(?P<behind>.{2,50})|logo", re.IGNORECASE)


@dataclass(slots=True)
class Feature:
    """A line with what counts: its words, the share of stop words, how it ends, and the phrases it is.

    ``furniture`` is the kind of furniture the whole line is, ``detail`` the name of the detail, if any; ``selling``
    tells that the whole line is a phrase that sells something, ``code`` that it is a program's. Nobody changes it: it
    is not frozen since so many are made.
    """

    line: Line
    words: tuple[str, ...] = ()
    count: int = 0
    stop: float = 0.0
    full: bool = False
    bullet: bool = False
    callout: str = ""
    furniture: str | None = None
    detail: str | None = None
    selling: bool = False
    code: bool = False


def feature(
    line: Line,
    words: tuple[str, ...],
    known: Lexicon,
    common: frozenset[str] | None,
    bullet: bool = False,
    weight: float = 1.0,
) -> Feature:
    """Measure a line. ``common`` holds the stop words of the language, ``None`` where it is not known.

    Each of them counts for ``weight``.
    """
    signs = signs_of_words(line.text)
    count = signs // 2 if signs else len(words)
    stop = _NEUTRAL
    if not signs and common is not None:
        stop = min(1.0, weight * sum(map(common.__contains__, words)) / count) if count else 0.0
    short = count < SHORT + _FEW_MORE
    full = bool(FULL_STOP.search(line.text))
    label = callout_label(line.text, known) if short or ":" in line.text[:40] or "?" in line.text[:40] else ""
    return Feature(
        line,
        words,
        count,
        stop,
        full,
        bullet,
        label,
        furniture_kind(line.text, words, known) if short and not label else None,
        _detail(line.text, words, full, known) if short and not label else None,
        short and known.promotion.kind(words) is not None,
    )


def signs_of_words(text: str) -> int:
    """Return how many Chinese, Japanese or Korean signs a text is written in; two are about a word."""
    signs = 0 if text.isascii() else len(CJK.findall(text))
    return signs if signs * 4 > len(text) else 0


def furniture_kind(text: str, words: Sequence[str], known: Lexicon) -> str | None:
    """Return the kind of page furniture that the whole line is, or ``None``."""
    if not words:
        return OTHER if len(text) < 4 else None
    if len(words) <= 8 and "logo" in (words[0], words[-1]) and _LOGO.fullmatch(text):
        return "logo"
    kind = known.furniture.kind(words, text)
    if kind:
        return kind
    sharing = known.sharing
    may_share = words[-1] in sharing or words[-1] == "link"
    if may_share and 2 <= len(words) <= 12 and sharing.issuperset(word for word in words if word != "link"):
        return "share"
    parts = _SEPARATED.split(text) if _SEPARATOR.search(text) else ()
    if len(parts) > 2 and all(len(part) <= 40 for part in parts):
        return "navigation"
    return None


def callout_label(text: str, known: Lexicon) -> str:
    """Return the label that a call-out begins with (``Did you know?``, ``Pro Tip``), verbatim, or nothing."""
    match = _LABEL.match(text)
    if not match:
        return ""
    label = text[: match.end("end")]
    return label.rstrip(": ") if tuple(tokens(label)) in known.callouts else ""


def logo_name(text: str) -> str:
    """Return the name in the words that stand for a logo, or nothing."""
    match = _LOGO.fullmatch(text)
    return (match["name"] or match["behind"] or "").strip() if match else ""


def _detail(text: str, words: Sequence[str], full: bool, known: Lexicon) -> str | None:
    """Return the name of the detail a line states. Only disclaimers are whole sentences."""
    name = known.details.kind(words, text)
    return None if name != "disclaimer" and full and len(words) > 5 else name


def is_row(part: Feature) -> bool:
    """Tell whether a line is a row of a table, its cells parted by tabs."""
    return part.line.text.count("\t") > 1
