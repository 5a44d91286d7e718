"""What is reckoned of a text once, whoever reckons it: its words, its beginning, and the numbers it is known by."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from app.cleaning.similar import runs, signature
from app.drafts import Draft, Gauge
from app.text.excerpts import head
from app.text.sentences import count_words

EXCERPT: Final = 240


def gauge(text: str) -> Gauge:
    """Return what a library keeps beside a text."""
    return Gauge(text, fingerprint(text), count_words(text), head(text, EXCERPT).text, signature(runs(text)).tobytes())


def gauged(draft: Draft) -> Draft:
    """Return a draft with the gauge of its text; it keeps the one that it has, unless its text is another by now."""
    return replace(draft, gauge=gauge_of(draft))


def gauge_of(draft: Draft) -> Gauge:
    """Return the gauge of the text of a draft."""
    if draft.gauge is not None and draft.gauge.text == draft.body.text:
        return draft.gauge
    return gauge(draft.body.text)


def fingerprint(text: str) -> str:
    """Return a SHA-256 that is equal for texts with the same words, whatever their white space and case."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()
