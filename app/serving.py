"""Being a reading process: what a program without an interpreter beside it is started as, to read files apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.loading import load

WORKER_FLAG: Final = "--commonplace-reading-process"


def serve(arguments: Sequence[str]) -> int | None:
    """Be a reading process if ``arguments`` (without the program's name) ask for it, and return its exit status.

    A frozen program calls this first thing: there is no interpreter beside it that could be started instead.
    """
    if arguments[:1] != [WORKER_FLAG]:
        return None
    code: int = load("app.importers._worker").main(arguments[1:])
    return code
