"""Work in a process of its own, so that it can be watched, and stopped at any moment: typesetting, filling a template.

Such a process ends with the one that started it, and takes the folder that it worked in along.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from app.loading import load

EXPORTING_FLAG: Final = "--commonplace-exporting-process"
_TASKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "survey": "app.exporters._typesetter", "set": "app.exporters._typesetter", "bind": "app.exporters._binder",
        "fill": "app.exporters._filler",
    }
)  # fmt: skip
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from app.exporters._apart import main; sys.exit(main(sys.argv[2:]))"
)
_PATIENCE: Final = 0.03
# Ctrl+C at a terminal is for the program, which then stops.
_ALONE: Final[Mapping[str, Any]] = MappingProxyType({"process_group": 0} if os.name == "posix" else {})


def working(task: str, folder: Path, *names: str) -> Generator[None, None, int]:
    """Do a task on what lies in a folder; yields while it is done, some thirty times a second, and returns its status.

    ``names`` tell the task what of it is meant. Closing the generator kills the process.
    """
    process = subprocess.Popen(
        [*_command(), task, str(folder), *names],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **_ALONE,
    )
    try:
        while process.poll() is None:
            yield
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
    return process.returncode


def side_by_side(jobs: Iterable[Generator[None, None, None]], most: int) -> Iterator[None]:
    """Work on jobs, so many at a time, and yield whenever one of them does; closing the generator closes them."""
    waiting, running = iter(jobs), list[Generator[None, None, None]]()
    try:
        while running := [*running, *islice(waiting, most - len(running))]:
            for job in running.copy():
                if next(job, False) is False:
                    running.remove(job)
                yield
    finally:
        for job in running:
            job.close()


def _command() -> list[str]:
    """Return the command of such a process. Nothing is imported from the present folder (``-P``)."""
    if getattr(sys, "frozen", False):
        return [sys.executable, EXPORTING_FLAG]
    return [sys.executable, "-P", "-c", _START, str(Path(__file__).resolve().parent.parent.parent)]


def main(arguments: Sequence[str]) -> int:
    """Do a task as such a process: its name, the folder, what of it is meant. Returns 0, or 1 when it failed.

    Standard input tells nothing; its end is the end of the parent.
    """
    task, folder, *names = arguments[0], Path(arguments[1]), *arguments[2:]
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    status: int = load(_TASKS[task]).work(task, folder, *names)
    return status


def _end_with_parent(folder: Path) -> None:
    """Wait for the end of the parent, which can no longer clear its folder away."""
    while os.read(0, 1):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
