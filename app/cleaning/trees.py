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


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of all trees, numbered through; ``roots`` are the numbers of the first of each tree.

    From node ``n`` a row goes on to ``following[2n]`` when its number in column ``column[n]`` is at most ``limit[n]``,
    otherwise to ``following[2n + 1]``. A leaf leads to itself and adds its ``value``. ``depth`` is the number of steps
    to the deepest leaf.
    """

    roots: NDArray[np.intp]
    column: NDArray[np.intp]
    limit: NDArray[np.float32]
    following: NDArray[np.intp]
    value: NDArray[np.float32]
    depth: int

    def judge(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a probability for each row."""
        numbers = table.ravel()
        rows = np.arange(len(table), dtype=np.intp)[:, None] * table.shape[1]
        at = np.repeat(self.roots[None, :], len(table), axis=0)
        step, number, limit = np.empty_like(at), np.empty(at.shape, np.float32), np.empty(at.shape, np.float32)
        for _ in range(self.depth):
            # no number is out of bounds: "clip" only spares copies
            self.column.take(at, out=step, mode="clip")
            numbers.take(np.add(step, rows, out=step), out=number, mode="clip")
            self.limit.take(at, out=limit, mode="clip")
            np.add(at, at, out=at)
            self.following.take(np.add(at, number > limit, out=at), out=step, mode="clip")
            at, step = step, at
        sums = self.value.take(at).sum(axis=1, dtype=np.float64)
        return np.asarray(1.0 / (1.0 + np.exp(-sums)))


@cache
def sight_trees() -> Trees:
    """Return the trees that tell the blocks of an article from those of the page around it at first sight."""
    return _read(SIGHT)


@cache
def block_trees() -> Trees:
    """Return the trees that judge blocks by what an extractor found too."""
    return _read(BLOCKS)


def _read(name: str) -> Trees:
    with np.load(resources() / "cleaning" / name, allow_pickle=False) as kept:
        return Trees(
            roots=kept["roots"].astype(np.intp),
            column=kept["column"].astype(np.intp),
            limit=kept["limit"].astype(np.float32),
            following=kept["following"].astype(np.intp),
            value=kept["value"].astype(np.float32),
            depth=int(kept["depth"]),
        )
