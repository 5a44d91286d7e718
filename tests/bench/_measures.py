"""Times and rows: how they are taken, and how they are told."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

Row = dict[str, Any]
Result = TypeVar("Result")

ROUNDS: Final = 7
PATIENCE: Final = 4.0  # seconds of CPU for one engine and one class of questions


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no garbage be collected meanwhile."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def timed_cpu(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what ``work`` returns, and the CPU milliseconds of all threads that it took."""
    start = time.process_time_ns()
    result = work()
    return result, (time.process_time_ns() - start) / 1e6


def cpu(ask: Callable[[Any], object], asked: Sequence[Any], rounds: int = ROUNDS, warm: bool = True) -> list[float]:
    """Return the CPU milliseconds of each answer; all are asked ``rounds`` times unless that takes too long."""
    taken: list[float] = []
    with undisturbed():
        for one in asked if warm else ():
            ask(one)
        for _ in range(rounds):
            for one in asked:
                start = time.process_time_ns()
                ask(one)
                taken.append((time.process_time_ns() - start) / 1e6)
            if sum(taken) > PATIENCE * 1000:
                break
    return taken


def spread(taken: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    ordered = sorted(taken)
    return {
        "p50": round(statistics.median(ordered), 5),
        "p95": round(ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)], 5),
    }


def verdict(holds: bool) -> str:
    return "holds" if holds else "falls short"


def measured_row(name: str, engines: Mapping[str, Mapping[str, float]], budget: str, said: str) -> Row:
    """Return a row: the values of each engine, ours as a multiple of each other's, the budget and the verdict."""
    row: Row = {"row": name, "engines": engines}
    return row | {
        "ratios": {engine: round(value, 3) for engine, value in ratio(row).items()},
        "budget": budget,
        "verdict": said,
    }


def ratio(row: Row) -> dict[str, float]:
    """Return how many times each other engine's median ours is."""
    values = {engine: numbers["p50"] for engine, numbers in row["engines"].items()}
    return {engine: values["ours"] / value for engine, value in values.items() if engine != "ours" and value}
