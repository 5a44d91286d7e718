"""Sentences inside a paragraph that sell something. They are marked and never cut: cutting misquotes."""

from __future__ import annotations

import re
from typing import Final

from app.cleaning.phrases import Lexicon, tokens
from app.text.body import Run

_LONGEST: Final = 20_000
_FIRST_WORD: Final = 24
_STOP: Final = r"(?:[.!?…]+[\"”“’‘»«›‹)\]」』）】]*(?=\s)|[。！？])"
_SENTENCE: Final = re.compile(rf"\S(?:[^.!?…。！？]+|(?!{_STOP}).)*+(?:{_STOP}|$)", re.DOTALL)


def promotions(text: str, known: Lexicon) -> tuple[Run, ...]:
    """Return a ``promotion`` run for each sentence of ``text`` that sells something."""
    if len(text) > _LONGEST:
        return ()
    return tuple(
        Run(sentence.start(), sentence.end(), "promotion")
        for sentence in _SENTENCE.finditer(text)
        if known.promotion.may_begin(tokens(sentence[0][:_FIRST_WORD])) and known.promotion.kind(tokens(sentence[0]))
    )
