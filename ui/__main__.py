"""``python -m ui``: open the window, or say why there is none to open."""

from __future__ import annotations

import gc
import importlib
import os
import sys

from ui.display import trouble


def main() -> int:
    """Open the window. Qt is loaded only where it can open one: elsewhere it would abort, with a misleading message."""
    found = trouble(os.environ, sys.platform)
    if found is not None:
        sys.stderr.write(f"commonplace: {found.sentence} {found.hint}" + "\n")
        return 1
    gc.disable()  # nothing of what a start makes is garbage; ui.main turns it on again
    code: int = importlib.import_module("ui.main").main(sys.argv[1:])
    return code


if __name__ == "__main__":
    sys.exit(main())
