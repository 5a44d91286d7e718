"""A library opened in a process of its own: how soon the first answer is there, and how much memory answers take."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from pathlib import Path

from app.workspace import Workspace


def main() -> None:
    """Ask what comes in as JSON, and print what it took since this process was called for."""
    began, asked = float(sys.argv[2]), json.load(sys.stdin)
    with Workspace(Path(sys.argv[1])) as workspace:
        workspace.search(asked[0])
        first = (time.time() - began) * 1000
        for query in asked:
            for passages in (False, True):
                workspace.search(query, passages=passages)
    print(json.dumps({"first": round(first, 1), "peak": peak()}))


def peak() -> int:
    """Return the megabytes that this process had at most; what Linux says of used resources is the parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 1024**2)


if __name__ == "__main__":
    main()
