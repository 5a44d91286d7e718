"""How far a journey is."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` parts (as far as they are known by now), and the name of the last one."""

    done: int
    total: int
    name: str


def end_of(journey: Generator[object, None, Value]) -> Value:
    """Go on a journey to its end at once, and return what it returns."""
    while True:
        try:
            next(journey)
        except StopIteration as stop:
            value: Value = stop.value
            return value
