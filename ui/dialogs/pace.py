"""How fast a journey goes, and how long it still takes."""

from __future__ import annotations

from math import exp
from typing import Final

_MEMORY: Final = 6.0
_SPAN: Final = 0.25


class Pace:
    """A smoothed rate: what was long ago counts less and less. Moments are seconds of any steady clock."""

    def __init__(self, moment: float) -> None:
        """Start at a moment with nothing done."""
        self._moment = moment
        self._done = 0
        self._rate = 0.0
        self._weight = 0.0

    def take(self, done: int, moment: float) -> None:
        """Learn how much is done by now; what comes too soon after the last time waits for the next."""
        passed = moment - self._moment
        if passed < _SPAN or done < self._done:
            return
        kept = exp(-passed / _MEMORY)
        self._rate = self._rate * kept + (done - self._done) / passed * (1 - kept)
        self._weight = self._weight * kept + 1 - kept
        self._moment, self._done = moment, done

    def rate(self) -> float:
        """Return how many a second, 0 as long as that is unknown."""
        return self._rate / self._weight if self._weight else 0.0

    def seconds_left(self, done: int, total: int) -> float | None:
        """Return how long the rest takes, ``None`` as long as that is unknown."""
        rate = self.rate()
        return max(0, total - done) / rate if rate > 0 else None
