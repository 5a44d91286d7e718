"""A whole library exported from its database, in a process of its own: its longest step, its CPU and its memory.

``python _gathered.py LIBRARY TARGET`` prints, as JSON, milliseconds of CPU, seconds of CPU and megabytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from _journeys import resident

from app.exporters._base import exporters
from app.exporting.bundling import Selection
from app.workspace import Workspace

FORMAT = "json"


def gathered(library: Path, target: Path) -> tuple[float, float, float]:
    """Export a library; return the CPU milliseconds of its longest step, the CPU seconds of all, and megabytes held."""
    asked = [sys.executable, __file__, str(library), str(target)]
    longest, spent, held = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
    return float(longest), float(spent), float(held)


def main() -> None:
    """Export, and print what it took."""
    exporters()  # a window has read the table of formats long before
    with Workspace(Path(sys.argv[1])) as workspace:
        before = held = resident()
        longest = spent = 0.0
        last = time.process_time()
        for _ in workspace.export(Selection(), FORMAT, Path(sys.argv[2]), {}):
            step = time.process_time() - last
            longest, spent, held = max(longest, step), spent + step, max(held, resident())
            last = time.process_time()
    print(json.dumps([longest * 1000, spent, held - before]))


if __name__ == "__main__":
    main()
