"""Whole imports, each in a process of its own: how fast on one CPU and on two, how much memory, how fluid the window.

``python _journeys.py rate FOLDER LIBRARY CPUS`` imports a folder and prints the seconds; ``memory`` prints what the
process held after a tenth of the files and at its most (megabytes); ``typing`` types into a window that imports.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

TYPED: Final = ("harbour", "the clerks of", "ferry -tanker", '"wrote it down"', "water rose")


def files(folder: Path, count: int) -> None:
    """Write so many small articles, no two alike."""
    for number in range(count):
        lines = [
            f"In the year {number * 31 % 2_000} the water rose to {number % 97} feet, and clerk {number * 7 % 1_013} "
            f"of the harbour wrote it down beside ship {(number + line) * 13 % 7_919} and ferry {line * number % 613}."
            for line in range(12)
        ]
        (folder / f"{number}.md").write_text(f"# Report {number}\n\n" + "\n\n".join(lines), encoding="utf-8")


def main() -> None:
    """Do one of the measurements, and print it as JSON."""
    what, folder, library = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    measures: dict[str, Callable[[], object]] = {
        "rate": lambda: rate(folder, library, int(sys.argv[4])),
        "memory": lambda: memory(folder, library),
        "typing": lambda: typing(folder, library),
    }
    print(json.dumps(measures[what]()))


def rate(folder: Path, library: Path, cpus: int) -> float:
    """Import on so many CPUs; return the seconds of the clock."""
    from app.workspace import Workspace

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cpus])
    with Workspace(library) as workspace:
        journey = workspace.import_files([folder], jobs=max(1, cpus))
        started = time.perf_counter()
        for _ in journey.run():
            pass
        return time.perf_counter() - started


def memory(folder: Path, library: Path) -> tuple[float, float]:
    """Import, and return the megabytes of this process after a tenth of the files, and at their end."""
    from app.workspace import Workspace

    early = 0.0
    with Workspace(library) as workspace:
        for progress in workspace.import_files([folder]).run():
            if not early and progress.total and progress.done >= progress.total // 10:
                early = resident()
        return early, resident()


def resident() -> float:
    """Return how many megabytes this process holds; 0 where the system does not say it."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else ()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def typing(folder: Path, library: Path) -> float:
    """Type queries into a window while it imports; return the longest wait in milliseconds."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from _started import Typist, until

    from app.settings import Settings
    from ui.looks import Looks
    from ui.main import freeze, make_application, make_window
    from ui.search.box import SearchBox

    with tempfile.TemporaryDirectory() as place:
        make_application()
        settings = Settings(Path(place, "settings.json"))
        settings.put("idle_backup", False)
        settings.put("look", "light")
        window = make_window(settings, Looks("light"))
        freeze()
        window.begin(library)
        window.resize(1600, 1000)
        window.show()
        until(lambda: window.context.bridge.is_open())
        until(window.is_idle)
        window.import_paths([folder])
        box = window.findChild(SearchBox)
        assert box is not None
        longest = 0.0
        while window.importing.is_busy():
            longest = max(longest, Typist(box, TYPED).work())
        until(window.is_idle)
        window.close()
    return longest


if __name__ == "__main__":
    main()
