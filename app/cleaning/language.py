"""Which language a text is in: a vote of its commonest words, or its script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from app.cleaning.phrases import languages, stop_words, tokens

_ENOUGH: Final = 0.12
_SAMPLE: Final = 20_000
_SAMPLE_WORDS: Final = 1_500
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)


def guess(text: str) -> str | None:
    """Return the BCP 47 code of the language of ``text``, or ``None`` when its beginning does not tell."""
    sample = text[:_SAMPLE]
    if not sample.isascii():
        for code, letters in _SCRIPTS:
            if len(letters.findall(sample)) * 5 > len(sample):
                return code
    return vote(tokens(sample))


def vote(words: Sequence[str]) -> str | None:
    """Return the language whose commonest words make up the largest share of ``words``; ``None`` below an eighth."""
    if not words:
        return None
    known = _speakers()
    counted: Counter[str] = Counter()
    for word, times in Counter(words[:_SAMPLE_WORDS]).items():
        for code in known.get(word, ()):
            counted[code] += times
    best, count = max(counted.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best if count >= _ENOUGH * min(len(words), _SAMPLE_WORDS) else None


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that count each of the commonest words as theirs."""
    found: dict[str, list[str]] = {}
    for code in languages():
        for word in stop_words(code):
            found.setdefault(word, []).append(code)
    return MappingProxyType({word: tuple(codes) for word, codes in found.items()})
