"""How long one deed takes from the wish to the disk: an article or a highlight added, committed durably, searchable.

Side by side with the least that the machine can do: a row of the same size inserted and committed durably into a plain
table of the same SQLite. ``--articles N`` is the size of the library (default 1000), ``--deeds N`` how often (50).
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from app.drafts import Draft
from app.library.articles import Source
from app.model import Metadata, Origin
from app.text.body import Body
from app.workspace import Workspace

BUDGET_MILLISECONDS: Final = 5.0
WORDS: Final = tuple(f"{first}{middle}{last}" for first in "bdfgklmnprst" for middle in "aeiou" for last in "lmnrst")


def draft(random_: random.Random, words: int = 600) -> Draft:
    """Return an article of so many words, skewed as words are."""
    picked = [WORDS[int(len(WORDS) * random_.random() ** 3)] for _ in range(words)]
    lines = [" ".join(picked[start : start + 60]) + "." for start in range(0, words, 60)]
    title = " ".join(picked[:8])
    return Draft(Body.of(lines), Metadata(title=title, language="en", origins={"title": Origin.STATED}))


def main(argv: Sequence[str]) -> int:
    """Measure, print a row a deed, and return 1 when one falls short of its budget."""
    parser = argparse.ArgumentParser(prog="bench deeds")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--deeds", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), chosen.articles, chosen.deeds)
    if chosen.json:
        print(json.dumps({"articles": chosen.articles, "rows": rows}))
    else:
        print(f"{chosen.articles} articles, {chosen.deeds} deeds each, milliseconds of the clock")
        for row in rows:
            print(
                f"{row['deed']:<22} p50 {row['p50']:7.2f}  p95 {row['p95']:7.2f}  "
                f"bare row p50 {row['bare']:6.2f}  ratio {row['ratio']:5.2f}  {row['verdict']}"
            )
    return int(any(row["verdict"] == "falls short" for row in rows))


def measure(folder: Path, articles: int, deeds: int) -> list[dict[str, object]]:
    """Fill a library and time deeds in it, each beside a bare commit of as many bytes."""
    random_ = random.Random(7)
    with Workspace(folder / "library") as workspace, closing(bare(folder)) as plain:
        fill(workspace, random_, articles)
        keys = workspace.articles.keys()

        def add_article() -> None:
            with workspace.library.deed("Import"):
                workspace.articles.add(draft(random_), Source("a.txt"))

        def add_highlight() -> None:
            workspace.highlights.add(random_.choice(keys), 10, 110, ["Bench"], "a note")

        def search() -> None:
            workspace.search(f"{random_.choice(WORDS)} {random_.choice(WORDS)}")

        return [
            row("article added", deeds, add_article, lambda: insert(plain, 4000)),
            row("highlight added", deeds, add_highlight, lambda: insert(plain, 200)),
            row("search, whole answer", deeds, search, lambda: insert(plain, 200), budget=10.0),
        ]


def fill(workspace: Workspace, random_: random.Random, articles: int) -> None:
    """Add articles, a hundred a transaction."""
    for start in range(0, articles, 100):
        with workspace.library.deed("Import"):
            for _ in range(min(100, articles - start)):
                workspace.articles.add(draft(random_), Source("a.txt"))


def bare(folder: Path) -> sqlite3.Connection:
    """Return a plain table in a file of its own, as durable as the library."""
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    return plain


def insert(plain: sqlite3.Connection, size: int) -> None:
    """Commit one row of so many characters."""
    plain.execute("INSERT INTO row (text) VALUES (?)", ("x" * size,))


def row(
    name: str, times: int, deed: Callable[[], None], other: Callable[[], None], budget: float = BUDGET_MILLISECONDS
) -> dict[str, object]:
    """Time a deed and the bare insert in turn."""
    ours, bares = [], []
    for _ in range(times):
        ours.append(timed(deed))
        bares.append(timed(other))
    middle, floor = statistics.median(ours), statistics.median(bares)
    return {
        "deed": name,
        "p50": round(middle, 3),
        "p95": round(statistics.quantiles(ours, n=20)[-1], 3),
        "bare": round(floor, 3),
        "ratio": round(middle / floor, 2),
        "budget": budget,
        "verdict": "holds" if middle <= budget else "falls short",
    }


def timed(deed: Callable[[], None]) -> float:
    """Return how many milliseconds a deed took."""
    started = time.perf_counter()
    deed()
    return (time.perf_counter() - started) * 1000
