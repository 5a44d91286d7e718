"""What a reader feels: whole answers of a real library, deeds committed durably, memory, and the first answer."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from _corpus import made, word
from _filled import draft, filled
from _measures import Row, cpu, measured_row, spread, verdict
from deeds import bare, insert, timed

from app.library.articles import Source
from app.workspace import Workspace

DURABLE: Final = 5.0
WHOLE: Final = (10.0, 40.0)
FIRST: Final = 1000.0
MEMORY: Final = 350
DEEDS: Final = 40


def whole_rows(count: int, seed: int) -> Iterator[Row]:
    """Measure on the library of so many articles that is kept in the user's cache."""
    library = filled(count)
    asked = queries(seed)
    with Workspace(library) as workspace:
        for _ in workspace.tend():
            pass
        budget = WHOLE[count > 10_000]
        for name, searches in asked.items():
            taken = spread(cpu(workspace.search, searches))
            said = f"{budget:g} ms"
            yield measured_row(f"a whole answer: {name}", {"ours": taken}, said, verdict(taken["p50"] <= budget))
    yield from child_rows(library, [query for searches in asked.values() for query in searches])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "library"
        shutil.copytree(library, copy)
        with Workspace(copy) as workspace, closing(bare(Path(folder))) as plain:
            yield from deed_rows(workspace, plain, count)


def queries(seed: int) -> dict[str, list[str]]:
    """Return searches as people type them."""
    chance = random.Random(seed)
    middling = [word(rank) for rank in range(30, 400)]
    pairs = [" ".join(chance.sample(middling, 2)) for _ in range(10)]
    return {
        "two words": pairs,
        "one word": ["drone", "the", "royalty", "agreement", *chance.sample(middling, 6)],
        "a phrase": ['"of the"', '"the drone"', '"in the"', '"drone agreement"', f'"{word(3)} {word(5)}"'],
        "as typed": ["d*", "dr*", "dro*", "drone tec*", f"{word(40)[:3]}*"],
        "patterns": ["*llion", "dr?ne", "drnoe~", "*a*", "ukra*n*"],
    }


def child_rows(library: Path, asked: list[str]) -> Iterator[Row]:
    """Open the library in a process of its own and ask everything."""
    asked_by_child(library, asked[:1])  # the first one after an installation compiles
    told = asked_by_child(library, asked)
    first, peak = told["first"], told["peak"]
    name = "from opening to the first answer, ms"
    yield measured_row(name, {"ours": {"p50": first}}, f"{FIRST:g} ms", verdict(first <= FIRST))
    name = "memory at most while searching, MB"
    yield measured_row(name, {"ours": {"p50": peak}}, f"{MEMORY} MB", verdict(peak <= MEMORY))


def asked_by_child(library: Path, asked: list[str]) -> dict[str, float]:
    """Ask in a new process, and return what that measured."""
    program = Path(__file__).with_name("_asked.py")
    command = [sys.executable, str(program), str(library), str(time.time())]
    # the program of this checkout, whatever else is installed
    surroundings = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    asking = subprocess.run(
        command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True, env=surroundings
    )
    told: dict[str, float] = json.loads(asking.stdout)
    return told


def deed_rows(workspace: Workspace, plain: sqlite3.Connection, count: int) -> Iterator[Row]:
    """Time single articles and highlights, committed durably and searchable, by the clock.

    Beside each stands the least that the machine can do: one row committed durably into a ``plain`` table.
    """
    fresh = iter([draft(one) for one in made(DEEDS, count + 1)])
    keys = workspace.articles.keys()

    def add(number: int) -> None:
        with workspace.library.deed("Import"):
            workspace.articles.add(next(fresh), Source(f"{number}.txt"))

    def mark(number: int) -> None:
        workspace.highlights.add(keys[number], 20 + number, 80 + number, ["Energy and trade"], "a note")

    for name, deed in (("one article added", add), ("one highlight added", mark)):
        taken, bares = [], []
        for number in range(DEEDS):
            taken.append(timed(partial(deed, number)))
            bares.append(timed(partial(insert, plain, 200)))
        values = {"ours": spread(taken) | {"worst": round(max(taken), 3)}, "a bare row": spread(bares)}
        budget = f"{DURABLE:g} ms of the clock"
        yield measured_row(f"{name}, durably", values, budget, verdict(values["ours"]["p50"] <= DURABLE))
    after = []
    for number in range(DEEDS):
        mark(number + DEEDS)
        after += cpu(workspace.search, ["drone"], rounds=1, warm=False)
    budget = WHOLE[count > 10_000]
    name = "the first answer after a highlight"
    yield measured_row(name, {"ours": spread(after)}, f"{budget:g} ms", verdict(spread(after)["p50"] <= budget))
