"""The program as those run it who may not read every file: the superuser's tests of permissions need that."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DROP_BOUND, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2


def without_privileges() -> None:
    """Give up what lets the superuser read every file; others lack it anyway."""
    if os.geteuid() == 0:
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            if ctypes.CDLL(None).prctl(DROP_BOUND, capability, 0, 0, 0):
                os._exit(77)


def commonplace(library: Path, *words: object) -> tuple[int, dict[str, object], str]:
    """Run the command line; return its exit code, its answer and what it says on standard error."""
    ended = python("-m", "app", *words, "--library", library, "--json")
    return ended.returncode, json.loads(ended.stdout or "{}"), ended.stderr


def python(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python from the checkout as those do who may not read every file, and return what came of it."""
    ended = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=without_privileges,
        timeout=100,
    )
    if ended.returncode == 77:
        pytest.skip("the superuser cannot give up their privileges here")
    return ended
