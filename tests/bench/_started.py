"""A window on a library, in a process of its own: how soon its rows are there, and how it bears typing."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from _corpus import word
from _paints import Paints
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from ui.articles.list import ArticleList
from ui.looks import Looks
from ui.main import freeze, make_application, make_window
from ui.search.box import SearchBox

BETWEEN_KEYS: Final = 90  # milliseconds
BEAT: Final = 2  # milliseconds
PATIENCE: Final = 60.0  # seconds


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
