"""Articles for measurements, made from a seed: sentences of the example articles between sentences of made-up words.

The made-up words are Zipf-like and their vocabulary keeps growing as a real one does (Lomax-distributed ranks); the
real sentences bring stop words, names, typographic quotes and dashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from app.search import language
from app.search.entries import ArticleEntry
from app.text.sentences import sentences

WORDS: Final = 600
REAL: Final = 0.3  # this part of the sentences stands in the example articles
FIRST_DAY: Final = date(2020, 1, 1).toordinal()
ONSETS: Final = (*"bdfgklmnprstvz", "ch", "st", "tr", "pl", "gr", "sh")
SYLLABLES: Final = tuple(onset + vowel for onset in ONSETS for vowel in "aeiou")
SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds" / "articles"
TEXTS: Final = ("title", "text", "byline", "outlet")


def word(rank: int) -> str:
    """Return the word of a rank: short for common ones, and every other one a plural, so that stems have work."""
    number, made = rank // 2 + 1, ""
    while number:
        number, digit = divmod(number, len(SYLLABLES))
        made += SYLLABLES[digit]
    return made + ("n" if rank % 2 == 0 else "ns")


@cache
def real_sentences() -> tuple[str, ...]:
    """Return sentences of the example articles that are plain English prose."""
    found: dict[str, None] = {}
    for path in sorted([*SEEDS.glob("*.txt"), *SEEDS.glob("*.md")]):
        text = path.read_text(encoding="utf-8")
        if text.count(" the ") < 5:
            continue
        for line in text.splitlines():
            if len(line) > 80 and not set("#*[]|_<>{}") & set(line):
                found |= dict.fromkeys(line[start:end] for start, end in sentences(line))
    return tuple(one for one in found if 5 <= len(one.split()) <= 40)


def made(articles: int, seed: int) -> Iterator[ArticleEntry]:
    """Yield articles of about 600 words."""
    chance = np.random.default_rng(seed)
    known: dict[int, str] = {}
    real = real_sentences()
    for key in range(1, articles + 1):
        length = min(3 * WORDS, max(80, int(chance.normal(WORDS, WORDS / 4))))
        ranks = ((chance.random(length + 10) ** (-1 / 0.55) - 1) * 25).clip(0, 1e9).astype(np.int64).tolist()
        spelled = [known.get(rank) or known.setdefault(rank, word(rank)) for rank in ranks]
        starts = range(10, len(spelled), 17)
        borrowed = chance.random(len(starts)) < REAL
        chosen = chance.integers(0, len(real), len(starts)).tolist()
        text = " ".join(
            real[pick] if is_real else f"{' '.join(spelled[start : start + 17]).capitalize()}."
            for start, is_real, pick in zip(starts, borrowed.tolist(), chosen, strict=True)
        )
        day = FIRST_DAY + key % 1500
        title, byline = " ".join(spelled[:8]).title(), " ".join(spelled[8:10]).title()
        yield ArticleEntry(key, title, text, byline, f"Outlet {key % 40}", language="en", published=(day, day))


def corpus(articles: int, seed: int) -> list[ArticleEntry]:
    """Return articles of about 600 words."""
    return list(made(articles, seed))


class Corpus:
    """Articles in a file, as words with a space between, so that all engines index the same words.

    Iterating reads them anew: a hundred thousand need no memory.
    """

    def __init__(self, path: Path, articles: int, seed: int) -> None:
        self.path = path
        self.count = articles
        with path.open("w", encoding="utf-8") as file:
            for one in made(articles, seed):
                plain = replace(one, **{name: " ".join(language.words(getattr(one, name))) for name in TEXTS})
                wanted = {key: value for key, value in asdict(plain).items() if key in (*TEXTS, "key", "published")}
                file.write(json.dumps(wanted) + "\n")

    def __iter__(self) -> Iterator[ArticleEntry]:
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield ArticleEntry(**row | {"published": tuple(row["published"])}, language="en")

    def first(self, most: int) -> Sequence[ArticleEntry]:
        """Return the first articles, at most so many."""
        return list(islice(self, most))

    def sample(self, step: int) -> Sequence[ArticleEntry]:
        """Return every so manieth article."""
        return [one for number, one in enumerate(self) if number % step == 0]
