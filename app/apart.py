"""Long work on files, done apart: the thread that asked for it goes on with other things meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import Final, TypeVar

Value = TypeVar("Value")

PATIENCE: Final = 0.02
"""So many seconds a step waits for the work to be done."""


def apart(job: Callable[[Event], Value]) -> Generator[None, None, Value]:
    """Do a job in a thread of its own; yields while it is under way, at least once, and returns what it returns.

    When the journey is given up, the event that the job gets is set, and its end is waited for.
    """
    unwanted = Event()
    with ThreadPoolExecutor(1, "apart") as pool:
        doing = pool.submit(job, unwanted)
        try:
            yield
            while not wait([doing], PATIENCE).done:
                yield
        finally:
            unwanted.set()
    return doing.result()
