"""Being a process of the program's own: what one without an interpreter beside it is started as, to work apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.exporters._apart import EXPORTING_FLAG
from app.loading import load

WORKER_FLAG: Final = "--commonplace-reading-process"


def serve(arguments: Sequence[str]) -> int | None:
    """Be a process that reads or one that works for an export if ``arguments`` (without the program's name) ask for it.

    Return its exit status, or ``None`` when nothing of the kind is asked for.

    A frozen program calls this first thing: there is no interpreter beside it that could be started instead.
    """
    if arguments[:1] == [WORKER_FLAG]:
        code: int = load("app.importers._worker").main(arguments[1:])
        return code
    if arguments[:1] == [EXPORTING_FLAG]:
        return int(load("app.exporters._apart").main(arguments[1:]))
    return None
