"""Killed at any moment, the library opens, is sound, and every deed that was confirmed is there and findable.

Six random moments by default; ``COMMONPLACE_KILLS=50`` makes it fifty, ``COMMONPLACE_SEED`` other ones.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.workspace import Workspace
from tests.libraries import displaced, imported, sound, tables

KILLS = int(os.environ.get("COMMONPLACE_KILLS", "6"))
SEED = int(os.environ.get("COMMONPLACE_SEED", "1"))
MOST_DEEDS = 425
ROOT = Path(__file__).resolve().parents[2]

IMPORT = """
import sys
from pathlib import Path
from app.workspace import Workspace
with Workspace(Path(sys.argv[1])) as workspace:
    work = workspace.import_files([Path(sys.argv[2])], jobs=1)
    for _ in work.run():
        print(len(work.report.added), flush=True)
        sys.stdin.readline()
"""


def killed(process, chance: random.Random) -> list[dict[str, object]]:
    """Kill a reader after a random number of deeds, a random moment into the next one; return the confirmed ones."""
    wanted, pause = chance.randrange(MOST_DEEDS), chance.uniform(0, 0.05)
    deeds = []
    with process:
        for line in process.stdout:
            deeds.append(json.loads(line))
            if len(deeds) > wanted:
                break
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        # What it said between is confirmed too; a half-written line is not.
        rest = [line for line in process.stdout if line.endswith("\n")]
        assert process.stderr.read() == ""
    return deeds + [json.loads(line) for line in rest]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL here")
@pytest.mark.parametrize("number", range(KILLS))
def test_every_confirmed_deed_survives_a_kill(number, tmp_path, articles, started, missing):
    chance = random.Random(SEED * 1000 + number)
    library = tmp_path / "library"
    deeds = killed(started(library, articles, "Ann"), chance)
    with Workspace(library, create=False) as workspace:
        assert sound(workspace) == []
        assert displaced(workspace.library.database) == []
        assert missing(workspace, deeds) == []
        if number % 5:
            return
        before = tables(workspace.library.database)
        steps = [step for step in workspace.history() if step.done]
        for _ in steps:
            workspace.undo()
        assert not any(tables(workspace.library.database).values())
        assert workspace.search("report").total == 0
        for _ in steps:
            workspace.redo()
        assert tables(workspace.library.database) == before
        assert missing(workspace, deeds) == []
        assert sound(workspace) == []


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL here")
def test_a_library_that_is_killed_again_and_again_keeps_all_of_it(tmp_path, articles, started, missing):
    """And what one import left undone the next one does."""
    chance = random.Random(SEED)
    library: Path = tmp_path / "library"
    deeds = []
    for name in ("Ann", "Ben", "Cid"):
        deeds += killed(started(library, articles, name), chance)
    with started(library, articles, "Dot") as last:
        said, complaints = last.communicate()
    assert complaints == ""
    deeds += [json.loads(line) for line in said.splitlines()]
    with Workspace(library, create=False) as workspace:
        assert workspace.articles.count() == 200
        assert missing(workspace, deeds) == []
        assert sound(workspace) == []


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL here")
def test_of_a_file_of_many_articles_the_next_import_brings_what_a_kill_left_out(tmp_path):
    table = tmp_path / "many.csv"
    table.write_text("title,text\n" + "".join(f"Storm {number},It is storm {number}.\n" for number in range(60)))
    command = [sys.executable, "-c", IMPORT, tmp_path / "library", table]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        while int(process.stdout.readline()) == 0:
            process.stdin.write("go on\n")
            process.stdin.flush()
        process.kill()
    with Workspace(tmp_path / "library", create=False) as workspace:
        there = workspace.articles.count()
        assert 0 < there < 60
        assert len(imported(workspace, table).added) == 60 - there
        assert workspace.articles.count() == 60
        assert sound(workspace) == []
