"""Subjects of messages, and what mail programs put before them when one is answered or handed on."""

from __future__ import annotations

import re
from typing import Final

_FORWARDED: Final = "fwd?|wg|tr|rv|enc|i|vs|vb|doorst|пересл|转发|轉寄"
_ANSWERED: Final = "re|r|aw|antw|sv|odp|ynt|rif|res|vá|vl|отв|απ|回复|答复|回覆"
_SELDOM_WORDS: Final = "fwd?|wg|tr|rv|doorst|пересл|转发|轉寄|re|aw|antw|odp|ynt|отв|απ|回复|答复|回覆"
"""Those of them that seldom begin a headline."""
_COUNT: Final = r"(?:\[\d+\]|\(\d+\))?"
_HANDED_ON: Final = re.compile(rf"(?:\s*(?:{_FORWARDED})\s?[:：])+\s*", re.IGNORECASE)
_ANY: Final = re.compile(rf"(?:\s*(?:{_FORWARDED}|{_ANSWERED}){_COUNT}\s?[:：])+\s*", re.IGNORECASE)
_SURE: Final = re.compile(r"\s*(?:(?:re|aw)\s?:\s*)*fwd?\s?:", re.IGNORECASE)
_USUAL: Final = re.compile(rf"(?:\s*(?:{_SELDOM_WORDS}){_COUNT}\s?[:：])+\s*", re.IGNORECASE)


def is_handed_on(subject: str) -> bool:
    """Tell whether a subject says that its message was handed on."""
    return _HANDED_ON.match(subject) is not None


def without_prefix(subject: str) -> str:
    """Return the subject of a message that was handed on or answered without what says so."""
    return _ANY.sub("", subject, count=1) if _ANY.match(subject) else subject


def headline(subject: str, topic: str, *, in_thread: bool, listed: bool) -> str:
    """Return the title that a subject states: without what says that the message was answered or handed on.

    Where nothing but the subject says so, it may be a headline (``Res: judicata``): then a newsletter (``listed``)
    keeps it, and any message what may be a word of its own. ``topic`` is what the mail program calls
    the thread.
    """
    bare = without_prefix(subject)
    if in_thread or _SURE.match(subject) or topic == bare:
        return bare
    return subject if topic or listed else _USUAL.sub("", subject, count=1)
