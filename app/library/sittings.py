"""Sittings: what is done to one thing little by little, such as a note that is saved while it is typed, is one step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from app.library.journal import Journal
from app.library.steps import Step

PAUSE: Final = 300.0  # seconds after which one sits down anew


class Sittings:
    """Knows which step the next deed goes on with: the latest one, if it is of the same sitting.

    A sitting ends with any other deed, with undo and redo, after a pause, and with the process.
    """

    def __init__(self, journal: Journal, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without one. ``clock`` tells seconds."""
        self._journal = journal
        self._clock = clock
        self._thing = ""  # what the deeds meanwhile are for
        self._held: tuple[str, Step, float] | None = None  # what the last one was for, its step, and when it was done

    @contextmanager
    def on(self, thing: str) -> Iterator[None]:
        """Let the deeds meanwhile be one step with those before that were for the same thing."""
        before, self._thing = self._thing, thing
        try:
            yield
        finally:
            self._thing = before

    def step(self) -> int | None:
        """Return the step that a deed goes on with, or ``None`` for one of its own."""
        if self._held is None or not self._thing:
            return None
        thing, step, moment = self._held
        if thing != self._thing or self._clock() - moment > PAUSE or self._journal.latest() != step.number:
            return None
        # The number alone is not enough: a library that was restored meanwhile counts its own steps.
        now = self._journal.step(step.number)
        return step.number if now.done and now.made == step.made else None

    def did(self, number: int) -> None:
        """Take note of the step that a deed became."""
        self._held = (self._thing, self._journal.step(number), self._clock()) if self._thing else None

    def end(self) -> None:
        """Let the next deed be a step of its own."""
        self._held = None
