"""``python -m ui``: open the window, or say why there is none to open."""

from __future__ import annotations

import gc
import os
import sys

from app.loading import load
from ui.display import trouble


def main() -> int:
    """Open the window. Qt is loaded only where it can open one: elsewhere it would abort, with a misleading message."""
    found = trouble(os.environ, sys.platform)
    if found is not None:
        sys.stderr.write(f"commonplace: {found.sentence} {found.hint}" + "\n")
        return 1
    prepare()
    code: int = load("ui.main").main(sys.argv[1:])
    return code


def prepare() -> None:
    """Do what makes a start short, before Qt is there: PySide reads the source of every module imported after it."""
    gc.disable()  # nothing of what a start makes is garbage; ui.main turns it on again
    load("app.workspace")


if __name__ == "__main__":
    sys.exit(main())
