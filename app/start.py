"""``commonplace``: the window where no command is given, otherwise the command line. Neither waits for the other."""

from __future__ import annotations

import sys
from typing import NoReturn

from app.loading import load


def start() -> NoReturn:
    """Open the window when no command is given, on the library that ``--library`` names; otherwise run the command."""
    words = sys.argv[1:]
    alone = not words or (len(words) == 2 and words[0] == "--library")
    sys.exit(load("ui.__main__" if alone else "app.cli.main").main())
