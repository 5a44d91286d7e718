"""The screen: how long it takes to show, to follow and to answer, beside what plain Qt offers, drawn into memory.

``--words N`` is the length of the article that is opened (default 100,000), ``--articles N`` the size of the library
(default 100,000; it is made once and kept in the user's cache). Each row shows the median, or the 95th percentile where
there are twenty values or more, and the worst. It exits 1 when a row falls short of its budget.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_API", "pyside6")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from _filled import filled
from _reading import Row, list_rows, reading_rows
from _starting import window_rows
from PySide6.QtWidgets import QApplication

from ui.looks import Looks


def main(argv: Sequence[str]) -> int:
    """Measure, print a row for each promise, and return 1 when one falls short."""
    parser = argparse.ArgumentParser(prog="bench screen")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    rows = []
    for row in measured(chosen.articles, chosen.words):
        rows.append(row)
        if not chosen.json:
            print(line(row), flush=True)
    if chosen.json:
        print(json.dumps({"articles": chosen.articles, "words": chosen.words, "rows": rows}))
    return int(any(row["verdict"] == "falls short" for row in rows))


def measured(articles: int, words: int) -> Iterator[Row]:
    """Measure everything, the window in processes of its own first."""
    yield from window_rows(filled(articles), articles)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    looks = Looks("light")
    yield from list_rows(looks, articles)
    yield from reading_rows(looks, words)


def line(row: dict[str, Any] | Row) -> str:
    """Return a row for a person."""
    other = f"{row['other']} {row['other_value']:,.1f}, ratio {row['ratio']:.2f}" if row["other"] else ""
    numbers = f"{row['value']:9,.1f} {row['unit']}  (worst of {row['of']}: {row['worst']:,.1f})"
    return f"{row['what']:<46} {numbers:<38} budget {row['budget']:5,.0f}  {row['verdict']:<11} {other}".rstrip()
