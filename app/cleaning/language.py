"""Which language a text is in: a vote of its commonest words, or its script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.cleaning.phrases import languages, stop_words, tokens

_ENOUGH: Final = 0.12
_SAMPLE: Final = 20_000
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
    counted = {code: sum(word in stop_words(code) for word in words) for code in languages()}
    best = max(counted, key=lambda code: counted[code])
    return best if counted[best] >= _ENOUGH * len(words) else None
