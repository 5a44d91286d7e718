"""The measurements of the screen measure what they say: on widgets and libraries small enough for a test."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextBrowser

from app.workspace import Workspace
from ui.search.box import SearchBox

BENCH = Path(__file__).resolve().parent.parent / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Return the modules of tests/bench, which stand outside the program."""
    monkeypatch.syspath_prepend(BENCH)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    before = set(sys.modules)
    import _filled
    import _reading
    import _started
    import screen

    yield SimpleNamespace(filled=_filled, reading=_reading, started=_started, screen=screen)
    for name in set(sys.modules) - before:
        if isinstance(sys.modules[name], ModuleType) and name in (
            "_filled",
            "_reading",
            "_started",
            "_starting",
            "screen",
        ):
            del sys.modules[name]


def test_a_row_holds_up_to_its_budget_and_falls_short_above(bench):
    assert bench.reading.row("x", [10, 16, 12], 16)["verdict"] == "holds"
    assert bench.reading.row("x", [16.1] * 3, 16)["verdict"] == "falls short"
    many = bench.reading.row("x", [1.0] * 98 + [50.0, 60.0], 16, other=("plain", 0.5))
    assert (many["value"], many["worst"], many["ratio"], many["verdict"]) == (1.0, 60.0, 2.0, "holds")
    assert bench.reading.row("x", [1.0] * 90 + [50.0] * 10, 16)["verdict"] == "falls short"
    assert "falls short" in bench.screen.line(bench.reading.row("x", [99.0], 16, other=("plain", 3.0)))


def test_a_deed_is_measured_until_it_is_painted(bench, qapp):
    browser = QTextBrowser()
    with bench.reading.stage(browser, browser) as shown:
        assert shown.take(partial(time.sleep, 0.05)) >= 50
        shown.take(partial(browser.setPlainText, "line\n" * 500))
        assert len(shown.frames(12)) == 12
        assert browser.verticalScrollBar().value() > 0
        painted = shown.paints.count
        assert painted >= 12


def test_a_loop_that_is_held_up_is_felt(bench, qtbot):
    box = SearchBox(bench.reading.Looks("light"))
    qtbot.addWidget(box)
    box.show()
    typist = bench.started.Typist(box, ["ab"])
    QTimer.singleShot(150, lambda: time.sleep(0.12))
    assert typist.work() >= 110
    assert box.text() == "ab"


def test_the_manuscript_is_as_long_as_it_was_asked_to_be(bench):
    import random

    words = len(bench.reading.manuscript(5_000, random.Random(1)).split())
    assert 4_500 < words < 5_500


def test_the_large_library_is_made_once_and_an_older_one_goes(bench, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    older = tmp_path / "commonplace" / "bench-250-0-1"
    older.mkdir(parents=True)
    folder = bench.filled.filled(250)
    assert capsys.readouterr().err.count("\n") == 1
    made = (folder / "library.db").stat().st_mtime_ns
    with Workspace(folder, create=False) as workspace:
        assert workspace.articles.count() == 250
        assert workspace.stats()["highlights"] == 3
        assert workspace.search("outlet:3").total > 0
    assert bench.filled.filled(250) == folder
    assert capsys.readouterr().err == ""
    assert (folder / "library.db").stat().st_mtime_ns == made
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_the_bench_says_it_in_json_and_with_its_exit_code(bench, monkeypatch, capsys):
    row = bench.reading.row
    monkeypatch.setattr(bench.screen, "measured", lambda articles, words: iter([row("quick", [1.0], 16)]))
    assert bench.screen.main(["--json", "--articles", "5", "--words", "7"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["words"], told["rows"][0]["verdict"]) == (5, 7, "holds")
    monkeypatch.setattr(bench.screen, "measured", lambda articles, words: iter([row("slow", [99.0], 16)]))
    assert bench.screen.main([]) == 1
    assert "falls short" in capsys.readouterr().out
