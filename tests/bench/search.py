"""Search: our engine beside tantivy, SQLite's FTS5 and stock Whoosh on the same words, in CPU milliseconds.

``--articles N`` is the size (default 10,000), ``--seed S`` makes another corpus. Whoosh is left out above 10,000
articles, or with ``--no-whoosh``. Every engine answers the same questions with its 20 best, ours and tantivy with the
total besides; the sets they find are compared first. Whole answers, deeds, memory and the first answer are measured on
a real library, which is made once and kept in the user's cache. A row says ``holds`` or ``falls short`` by its median;
the bench exits 1 when one falls short.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _corpus import Corpus, corpus, word
from _engines import Engine, Fts5, Ours, StockWhoosh, Tantivy, merging
from _measures import Row, cpu, measured_row, ratio, spread, timed_cpu, undisturbed, verdict
from _questions import FORGOTTEN, Question, questions
from _wholes import whole_rows

from app.search.entries import ArticleEntry

__all__ = ["corpus", "main", "word"]

MOST_WITH_WHOOSH: Final = 10_000
SLOWEST: Final = 200.0
STEP: Final = 50.0
TRIED: Final = 500
"""So many articles each engine indexes before it is timed."""
MERGED: Final = 10_000
"""So many articles are merged to see how long the steps take."""

TIMES: Final[Mapping[str, tuple[float, float]]] = {
    "rare term": (1, 1),
    "common term": (1, 1),
    "AND of two": (1, 1),
    "OR of five": (3, 4),
    "NOT": (1, 1),
    "field term": (1, 1),
    "term and range": (1, 1),
    "phrase of three": (3, 3),
    "phrase of stop words": (3, 3),
    "prefix of three letters": (1, 1),
    "wildcard": (2, 2),
}
"""How many times tantivy's time each class may take, up to 10,000 articles and above."""

FUZZY: Final = 1.5
"""Milliseconds for a fuzzy word without a prefix among 10,000 articles."""


def main(argv: Sequence[str]) -> int:
    """Measure, print a row a measurement, and return 1 when one falls short."""
    parser = argparse.ArgumentParser(prog="bench search")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-whoosh", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder  # Whoosh sorts in one folder for all who index at that moment
        whoosh = not chosen.no_whoosh and chosen.articles <= MOST_WITH_WHOOSH
        for row in measured(Path(folder), chosen.articles, chosen.seed, whoosh):
            rows.append(row)
            if not chosen.json:
                print(line(row), flush=True)
    if chosen.json:
        print(json.dumps({"articles": chosen.articles, "rows": rows}))
    return int(any(row["verdict"] == "falls short" for row in rows))


def measured(folder: Path, count: int, seed: int, with_whoosh: bool) -> Iterator[Row]:
    """Build every engine, compare their answers and time them; then the whole answers of a real library."""
    articles = Corpus(folder / "corpus.jsonl", count, seed)
    kinds = (Ours, Tantivy, Fts5, *((StockWhoosh,) if with_whoosh else ()))
    # what is loaded and made on first use is no matter of speed, so each engine has built an index before
    for kind in kinds:
        with tempfile.TemporaryDirectory() as tried:
            kind(Path(tried), articles.first(TRIED)).close()
    # what reading the corpus takes is no engine's
    reading = timed_cpu(lambda: sum(1 for _ in articles))[1]
    engines: list[Engine] = []
    speeds: dict[str, float] = {}
    with ExitStack() as stack:
        for kind in kinds:
            with undisturbed():
                engine, taken = timed_cpu(lambda kind=kind: kind(folder, articles))
            stack.callback(engine.close)
            engines.append(engine)
            speeds[engine.name] = round(count / max(taken - reading, 1.0) * 1000)
        yield build_row(speeds)
        yield merge_row(folder, articles)
        yield size_row(engines, count)
        for name, asked in questions(articles.sample(max(1, count // 400)), seed).items():
            yield class_row(name, asked, engines, count)
        yield hostile_row(engines[0])
    yield from whole_rows(count, seed)


def build_row(speeds: Mapping[str, float]) -> Row:
    """Compare how many articles a CPU second indexes."""
    enough = speeds["ours"] >= speeds["fts5"] and speeds["ours"] >= 12 * speeds.get("whoosh", 0)
    values = {name: {"p50": speed} for name, speed in speeds.items()}
    return measured_row("build, articles a CPU second", values, "at least FTS5's, and 12 x Whoosh's", verdict(enough))


def merge_row(folder: Path, articles: Iterable[ArticleEntry]) -> Row:
    """Time the steps of merging: in the program each of them keeps whoever asks waiting."""
    taken = merging(folder / "merging.db", islice(articles, MERGED)) or [0.0]  # of one part there is nothing to merge
    values = {"ours": spread(taken) | {"worst": round(max(taken), 3)}}
    return measured_row("a step of merging", values, f"{STEP:g} ms of the clock", verdict(max(taken) <= STEP))


def size_row(engines: Sequence[Engine], count: int) -> Row:
    """Show how many kilobytes of the disk an article takes; for this there is no budget."""
    values = {engine.name: {"p50": round(engine.size() / 1024 / count, 2)} for engine in engines}
    return measured_row("size on disk, kB an article", values, "none", "shown")


def class_row(name: str, asked: Sequence[Question], engines: Sequence[Engine], count: int) -> Row:
    """Compare the sets of a class of questions, then the times."""
    asking = {engine.name: engine for engine in engines if engine.name != "fts5" or all(one.fts for one in asked)}
    same = all(engine.keys(one) == engines[0].keys(one) for one in asked for engine in asking.values())
    values = {each: spread(cpu(engine.top, asked)) for each, engine in asking.items()}
    own = values["ours"]["p50"]
    holds = same and all(own < values[each]["p50"] for each in ("fts5", "whoosh") if each in values)
    if name in TIMES:
        times = TIMES[name][count > MOST_WITH_WHOOSH]
        holds = holds and own <= times * values["tantivy"]["p50"]
        budget = f"{times:g} x tantivy"
    elif name == FORGOTTEN:
        budget = "faster than fts5"
    elif count <= MOST_WITH_WHOOSH:
        holds = holds and own <= FUZZY
        budget = f"{FUZZY} ms"
    else:
        budget = "faster than the others"
    return measured_row(name, values, budget, verdict(holds)) | {"same sets": same}


def hostile_row(ours: Engine) -> Row:
    """Time the queries that would hang a careless engine; the slowest counts."""
    assert isinstance(ours, Ours)
    letters = "abcdefghijklmn"
    common = [word(rank) for rank in range(200)]
    pieces = ("a", "(", "-", "*", "*a", '"', "a:", "NOT ", "a OR ", "x~ ", "?")
    asked = [
        *(piece * (100_000 // len(piece)) for piece in pieces),
        " ".join(f"*{number}*" for number in range(500)),
        " ".join(f"*{letter}*" for letter in letters),
        " OR ".join(f"{letter}*n" for letter in letters),
        " OR ".join(f"{one}q~2" for one in common[100:112]),
        " OR ".join(common),
        '"' + " ".join(common[1:8]) + '"~9',
        '"the of and to in a is it"~9',
        "a* b* c* d*",
        "*a* *e*",
    ]
    taken = {text[:20]: cpu(ours.answer, [text], rounds=1, warm=False)[0] for text in asked}
    which = max(taken, key=taken.__getitem__)
    values = {"ours": spread(list(taken.values())) | {"worst": taken[which]}}
    found = measured_row("hostile queries", values, f"{SLOWEST:g} ms each", verdict(taken[which] <= SLOWEST))
    return found | {"slowest": which}


def line(row: Row) -> str:
    """Return a row for a person."""
    values = "  ".join(
        f"{engine} {' / '.join(f'{number:.4g}' for number in numbers.values())}"
        for engine, numbers in row["engines"].items()
    )
    times = "  ".join(f"{value:.2f} x {engine}" for engine, value in ratio(row).items())
    extra = "" if row.get("same sets", True) else "  THE SETS DIFFER"
    extra += f"  {row['slowest']!r}" if "slowest" in row else ""
    return f"{row['row']:<34} {row['verdict']:<11} {values:<100} {times}  (budget: {row['budget']}){extra}"
