"""The program as those run it who may not read every file: the superuser's tests of permissions need that."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REFUSED = 77

# It gives up what lets the superuser read every file, which others lack anyway, and becomes the program asked for. It
# does so in a Python of its own: between fork and exec, a child of a process with threads may wait for ever.
WITHOUT_PRIVILEGES = f"""
import ctypes, os, sys
drop_bound, dac_override, dac_read_search = 24, 1, 2
if os.geteuid() == 0:
    for capability in (dac_override, dac_read_search):
        if ctypes.CDLL(None).prctl(drop_bound, capability, 0, 0, 0):
            sys.exit({REFUSED})
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""

# What a sequence of commands says, one after the other in one process.
IN_TURN = """
import contextlib, io, json, sys
from app.cli.main import main
told = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["commonplace", *words]
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        try:
            main()
        except SystemExit as end:
            told.append((end.code or 0, out.getvalue(), err.getvalue()))
print(json.dumps(told))
"""


def commonplace(library: Path, *words: object) -> tuple[int, dict[str, object], str]:
    """Run the command line; return its exit code, its answer and what it says on standard error."""
    ended = python("-m", "app", *words, "--library", library, "--json")
    return ended.returncode, json.loads(ended.stdout or "{}"), ended.stderr


def in_turn(library: Path, *commands: Sequence[object]) -> list[tuple[int, str, str]]:
    """Run commands one after the other in one process; return the exit code, the output and the errors of each."""
    given = [[*map(str, words), "--library", str(library), "--json"] for words in commands]
    ended = python("-c", IN_TURN, json.dumps(given))
    assert ended.returncode == 0, ended.stderr
    return [tuple(told) for told in json.loads(ended.stdout)]


def python(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python from the checkout as those do who may not read every file, and return what came of it."""
    ended = subprocess.run(
        [sys.executable, "-ISc", WITHOUT_PRIVILEGES, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )
    if ended.returncode == REFUSED:
        pytest.skip("the superuser cannot give up their privileges here")
    return ended
