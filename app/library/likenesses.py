"""Which articles say mostly the same: found by numbers that are kept of each text, verified on the texts themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.cleaning.gauging import gauge
from app.cleaning.similar import BANDS, ENOUGH, Bands, Hashes, runs, shared, signature
from app.drafts import Gauge
from app.library.bodies import Bodies
from app.library.database import Database

_MOST: Final = 50
"""So many articles are verified at most: those that share most numbers."""

_ROOM: Final = 64
_AT_HAND: Final = 8 * 1024 * 1024  # bytes of runs of words


@dataclass(frozen=True, slots=True)
class Likeness:
    """An article, by key, and which share (0 to 1) of the runs of words of the shorter text both have."""

    article: int
    share: float


class Likenesses:
    """The likenesses of one library. The numbers are kept with each text; old libraries learn them in idle moments.

    The numbers of all articles are in memory from the first question on (168 bytes an article) for as long as this
    object lives, so it is made for one journey, or one question.
    """

    def __init__(self, database: Database, bodies: Bodies) -> None:
        """Work on an open library."""
        self._database = database
        self._bodies = bodies
        self._keys: list[int] = []
        self._at_hand: dict[str, Hashes] = {}
        self._size = 0
        self._bands = np.zeros((BANDS, _ROOM), np.uint32)  # a column an article, and room for more

    def of(self, article: int) -> tuple[Likeness, ...]:
        """Return the articles that are like one, the most alike first."""
        text = self._bodies.texts([article]).get(article, "")
        return tuple(one for one in self.like(text) if one.article != article)

    def like(self, text: str, known: Gauge | None = None) -> tuple[Likeness, ...]:
        """Return the articles that are like a text, the most alike first; its gauge may be ``known``."""
        known = known or gauge(text)
        candidates = self._candidates(np.frombuffer(known.bands, np.uint32))
        shares = dict.fromkeys(self._same(known.fingerprint) if text.strip() else (), 1.0)
        if candidates:
            own = runs(text)
            for article, other in self._runs(candidates):
                shares.setdefault(article, shared(own, other))
        found = (Likeness(article, share) for article, share in shares.items() if share >= ENOUGH)
        return tuple(sorted(found, key=lambda one: (-one.share, one.article)))

    def _runs(self, articles: Sequence[int]) -> Iterator[tuple[int, Hashes]]:
        """Yield the runs of words of articles, by key; those of texts that were looked at last are at hand."""
        prints = self._bodies.fingerprints(articles)
        texts = self._bodies.texts([article for article in articles if prints.get(article) not in self._at_hand])
        for article, fingerprint in prints.items():
            found = self._at_hand.pop(fingerprint, None)
            if found is None:
                found = runs(texts.get(article, ""))
                self._size += found.nbytes
            self._at_hand[fingerprint] = found
            yield article, found
        while self._size > _AT_HAND:
            self._size -= self._at_hand.pop(next(iter(self._at_hand))).nbytes

    def _same(self, fingerprint: str) -> list[int]:
        """Return articles that say the very same, however short it is."""
        query = "SELECT article_id FROM body WHERE fingerprint=? ORDER BY article_id LIMIT ?"
        return [row["article_id"] for row in self._database.rows(query, (fingerprint, _MOST))]

    def missing(self, most: int) -> list[int]:
        """Return articles, at most so many, whose numbers are not kept yet; one that has lost its text has none."""
        rows = self._database.rows(
            "SELECT article_id FROM body WHERE article_id NOT IN (SELECT article_id FROM likeness) LIMIT ?", (most,)
        )
        return [row["article_id"] for row in rows]

    def fill(self, articles: Sequence[int]) -> None:
        """Keep the numbers of some articles, inside a transaction."""
        for article, text in self._bodies.texts(articles).items():
            self._bodies.learn(article, signature(runs(text)).tobytes())

    def _candidates(self, bands: Bands) -> list[int]:
        """Return the articles that share a number with a signature, those that share most first."""
        if not len(bands):
            return []
        self._read()
        counts = (self._bands[:, : len(self._keys)] == bands[:, np.newaxis]).sum(axis=0, dtype=np.int8)
        places = counts.nonzero()[0]
        chosen = places[np.argsort(-counts[places], kind="stable")][:_MOST]
        return [self._keys[place] for place in chosen.tolist()]

    def _read(self) -> None:
        """Read what has been kept since the last time."""
        rows = self._database.rows(
            "SELECT article_id, bands FROM likeness WHERE article_id > ? AND length(bands)=? ORDER BY article_id",
            (self._keys[-1] if self._keys else 0, 4 * BANDS),
        )
        if not rows:
            return
        held, needed = len(self._keys), len(self._keys) + len(rows)
        if needed > self._bands.shape[1]:
            grown = np.zeros((BANDS, needed + needed // 2), np.uint32)
            grown[:, :held] = self._bands[:, :held]
            self._bands = grown
        self._keys += [row["article_id"] for row in rows]
        fresh = np.frombuffer(b"".join(row["bands"] for row in rows), np.uint32).reshape(-1, BANDS)
        self._bands[:, held:needed] = fresh.T
