"""Boosted trees, trained elsewhere and kept as arrays, that judge rows of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.places import resources

SIGHT: Final = "sight.npz"
BLOCKS: Final = "blocks.npz"


_AT_ONCE: Final = 128  # rows: what is reckoned of so many stays near the processor


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees, each as deep as the deepest, level by level from their roots on.

    ``levels`` holds for each node of all trees the column and the limit: from node ``n`` of a level a row goes on to
    node ``2n`` of the next one when its number in the column is at most the limit, otherwise to ``2n + 1``. Behind the
    last level lie the leaves, which add a ``value`` each.
    """

    levels: tuple[tuple[NDArray[np.intp], NDArray[np.float32]], ...]
    value: NDArray[np.float32]

    def judge(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a probability for each row."""
        sums = [self._sums(table[start : start + _AT_ONCE]) for start in range(0, len(table), _AT_ONCE)]
        return np.asarray(1.0 / (1.0 + np.exp(-np.concatenate(sums)))) if sums else np.zeros(0)

    def _sums(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        numbers = table.ravel()
        rows = np.arange(len(table), dtype=np.intp)[:, None] * table.shape[1]
        at = np.repeat(np.arange(len(self.levels[0][0]))[None, :], len(table), axis=0)
        place, number, limit = np.empty_like(at), np.empty(at.shape, np.float32), np.empty(at.shape, np.float32)
        for columns, limits in self.levels:
            # no number is out of bounds: "clip" only spares copies
            columns.take(at, out=place, mode="clip")
            numbers.take(np.add(place, rows, out=place), out=number, mode="clip")
            limits.take(at, out=limit, mode="clip")
            np.add(at, at, out=at)
            np.add(at, number > limit, out=at)
        return np.asarray(self.value.take(at).sum(axis=1, dtype=np.float64))


@cache
def sight_trees() -> Trees:
    """Return the trees that tell the blocks of an article from those of the page around it at first sight."""
    return _read(SIGHT)


@cache
def block_trees() -> Trees:
    """Return the trees that judge blocks by what an extractor found too."""
    return _read(BLOCKS)


def _read(name: str) -> Trees:
    """Read trees that are kept as nodes numbered through: a leaf leads to itself."""
    with np.load(resources() / "cleaning" / name, allow_pickle=False) as kept:
        at, column, limit = kept["roots"].astype(np.intp), kept["column"].astype(np.intp), kept["limit"]
        following, levels = kept["following"].astype(np.intp), []
        for _ in range(int(kept["depth"])):
            levels.append((column[at], limit[at].astype(np.float32)))
            at = np.stack([following[2 * at], following[2 * at + 1]], axis=1).ravel()
        return Trees(tuple(levels), kept["value"].astype(np.float32)[at])
