"""The window on a very large library, in processes of their own: how soon it is there, and how it bears typing."""

from __future__ import annotations

import argparse
import json
import os
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from _reading import Paints, Row, row
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from ui.articles.list import ArticleList
from ui.looks import Looks
from ui.main import freeze, make_application, make_window
from ui.search.box import SearchBox

ROOT: Final = Path(__file__).resolve().parent.parent.parent
STARTS: Final = 3
USABLE: Final = 1_000.0  # milliseconds
MEMORY: Final = 350.0  # megabytes
WAITING: Final = 50.0  # milliseconds that nobody notices in a key
BETWEEN_KEYS: Final = 90  # milliseconds
BEAT: Final = 2  # milliseconds
PATIENCE: Final = 60.0  # seconds
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
        command = [sys.executable, __file__, str(library), folder, str(time.time())]
        surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=surroundings, check=True)
    measured: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return measured


def plain() -> float:
    """Return how many milliseconds an empty window of Qt takes, from the start of its process."""
    command = [sys.executable, "-c", EMPTY, str(time.time())]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


# ---------------------------------------- in the process


class Typist(QObject):
    """Types queries into a box, key by key, and feels how long the event loop keeps it waiting."""

    def __init__(self, box: SearchBox, queries: Sequence[str]) -> None:
        """Take the box; the first key is typed once the loop runs."""
        super().__init__()
        self.gap = 0.0
        self.loop = QEventLoop()
        self._box = box
        self._keys = [key for query in queries for key in (*query, "\r")]
        self._beaten = time.perf_counter()
        self._pulse = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BEAT)
        self._pulse.timeout.connect(self._beat)
        self._hand = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BETWEEN_KEYS)
        self._hand.timeout.connect(self._strike)

    def work(self) -> float:
        """Type everything, and return the longest time in milliseconds in which nothing else could happen."""
        self._beaten = time.perf_counter()
        self._pulse.start()
        self._hand.start()
        self.loop.exec()
        return self.gap

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gap = max(self.gap, (now - self._beaten) * 1000 - BEAT)
        self._beaten = now

    def _strike(self) -> None:
        if not self._keys:
            self._hand.stop()
            QTimer.singleShot(500, self.loop, self.loop.quit)
            return
        key = self._keys.pop(0)
        if key == "\r":
            QTest.keyClick(self._box, Qt.Key.Key_Return)
            self._box.selectAll()
        else:
            QTest.keyClick(self._box, key)


class RowPaints(Paints):
    """Counts how often a list is painted that has something to show."""

    def __init__(self, rows: ArticleList) -> None:
        super().__init__(rows.viewport())
        self._rows = rows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return super().eventFilter(watched, event) if self._rows.model().rowCount() else False


def until(there: object) -> None:
    """Let events happen until something is so."""
    assert callable(there)
    began = time.perf_counter()
    while not there():
        QApplication.processEvents()
        time.sleep(0.001)
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError("the window does not come to rest")


def peak() -> float:
    """Return how many megabytes this process held at most; 0 where the system does not say it."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else ()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def main(arguments: Sequence[str]) -> None:
    """Open the window, type, close it, and print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("began", type=float)
    chosen = parser.parse_args(arguments)
    make_application()
    settings = Settings(chosen.folder / "settings.json")
    settings.put("idle_backup", False)
    settings.put("look", "light")
    window = make_window(settings, Looks("light"))
    freeze()
    paints = RowPaints(window.list)
    window.begin(chosen.library)
    window.resize(1600, 1000)  # the screen that is no screen is small, and panes fold away in small windows
    window.show()
    until(lambda: paints.count > 0)
    usable = (time.time() - chosen.began) * 1000
    until(window.is_idle)
    word = runpy.run_path(str(Path(__file__).with_name("search.py")))["word"]
    box = window.findChild(SearchBox)
    assert box is not None
    queries = (
        word(30),
        f"{word(200)} {word(90)}",
        f'"{word(3)} {word(5)}" OR {word(41)}',
        f"{word(60)[:3]}* -{word(8)}",
    )
    gap = Typist(box, queries).work()
    until(window.is_idle)
    measured = {"usable": usable, "gap": gap, "peak": peak()}
    window.close()
    print(json.dumps(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
