"""The window on a very large library, in processes of their own: how soon it is there, and how it bears typing."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from _reading import Row, row

ROOT: Final = Path(__file__).resolve().parent.parent.parent
STARTS: Final = 3
USABLE: Final = 1_000.0  # milliseconds
MEMORY: Final = 350.0  # megabytes
WAITING: Final = 50.0  # milliseconds that nobody notices in a key
START: Final = """
import sys
from ui.__main__ import prepare
prepare()
from _started import main
main(sys.argv[1:])
"""
EMPTY: Final = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([]); window = QMainWindow(); window.resize(1600, 1000); window.show(); window.grab()
print((time.time() - float(sys.argv[1])) * 1000)
"""


def window_rows(library: Path, articles: int) -> Iterator[Row]:
    """Start the window several times, and search in it."""
    started(library)  # the first one after an installation compiles, and fills the system's caches
    runs = [started(library) for _ in range(STARTS)]
    empty = statistics.median(plain() for _ in range(STARTS))
    usable = [run["usable"] for run in runs]
    yield row(f"window usable, {articles:,} articles", usable, USABLE, other=("an empty QMainWindow", empty))
    if all(run["peak"] for run in runs):
        yield row("memory at its peak, searching them", [run["peak"] for run in runs], MEMORY, "MB")
    yield row("longest wait while a query is typed", [run["gap"] for run in runs], WAITING)


def started(library: Path) -> dict[str, float]:
    """Start a window in a process of its own, and return what it measured."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", START, str(library), folder, str(time.time())]
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=surroundings, check=True)
    measured: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return measured


def plain() -> float:
    """Return how many milliseconds an empty window of Qt takes, from the start of its process."""
    command = [sys.executable, "-c", EMPTY, str(time.time())]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
