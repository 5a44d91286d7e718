"""What a reader sees as one character may be several code points; here is where it may be cut."""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINERS: Final = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_SIGNS_AFTER: Final = "\N{THAI CHARACTER SARA AM}\N{LAO VOWEL SIGN AM}"


def extends(character: str) -> bool:
    """Return whether ``character`` belongs to the one before it: marks, joiners, skin tones, tag characters."""
    if character < "\u0300":
        return False
    return (
        character in _JOINERS
        or character in _SIGNS_AFTER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or unicodedata.category(character)[0] == "M"
    )


def is_boundary(text: str, position: int) -> bool:
    """Return whether ``text`` may be cut at ``position`` without tearing a character apart.

    Follows the rules of Unicode Standard Annex 29 for extended grapheme clusters, a little more strictly: nothing is
    cut after a joiner, whatever stands there.
    """
    if position <= 0 or position >= len(text):
        return True
    before, after = text[position - 1], text[position]
    if after < "\u0300" and before < "\u0300":
        return not (before == "\r" and after == "\n")
    if extends(after) or before == "\N{ZERO WIDTH JOINER}":
        return False
    if _is_flag_half(after) and _is_flag_half(before):
        return _flag_halves_before(text, position) % 2 == 0
    return not _jamo_join(before, after)


def floor(text: str, position: int) -> int:
    """Return the last place at or before ``position`` where ``text`` may be cut."""
    while not is_boundary(text, position):
        position -= 1
    return max(0, min(position, len(text)))


def ceiling(text: str, position: int) -> int:
    """Return the first place at or after ``position`` where ``text`` may be cut."""
    while not is_boundary(text, position):
        position += 1
    return max(0, min(position, len(text)))


def _is_flag_half(character: str) -> bool:
    """Return whether ``character`` is a regional indicator; two of them make a flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, position: int) -> int:
    """Return how many regional indicators stand in a row before ``position``."""
    first = position
    while first > 0 and _is_flag_half(text[first - 1]):
        first -= 1
    return position - first


def _jamo_join(before: str, after: str) -> bool:
    """Return whether two Hangul letters stand in one syllable block."""
    if not ("\u1160" <= after <= "\u11ff" or "\u1100" <= after <= "\u115f"):
        return False
    leading = "\u1100" <= before <= "\u115f"
    syllable = "\uac00" <= before <= "\ud7a3"
    if after <= "\u115f":
        return leading
    if after <= "\u11a7":
        open_syllable = syllable and (ord(before) - 0xAC00) % 28 == 0
        return leading or "\u1160" <= before <= "\u11a7" or open_syllable
    return syllable or "\u1160" <= before <= "\u11ff"
