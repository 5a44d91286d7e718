"""A picture of the window, for where there is no screen to show it on."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from ui.window import Window

PATIENCE: Final = 30.0  # seconds
_LOOK: Final = 50  # milliseconds between two looks whether the window is at rest
_QUIET: Final = 4


def draw(window: Window, file: Path, size: str) -> int:
    """Draw the window, of a size such as ``1600x1000``, into a PNG when it has come to rest; 0 when that went well."""
    width, _, height = size.partition("x")
    if not (width.isdigit() and height.isdigit() and 0 < int(width) < 10_000 and 0 < int(height) < 10_000):
        sys.stderr.write(f"commonplace: {size!r} is no size. Write it as 1600x1000." + "\n")
        return 1
    window.resize(int(width), int(height))
    window.show()
    rest(window)
    if not save(window, file):
        sys.stderr.write(f"commonplace: {file} cannot be written. Choose another place." + "\n")
        return 1
    return 0


def rest(window: Window) -> bool:
    """Let the window work until nothing is under way; ``False`` when it does not come to rest."""
    loop, started, quiet = QEventLoop(), time.monotonic(), [0]

    def look() -> None:
        quiet[0] = quiet[0] + 1 if window.is_idle() else 0
        if quiet[0] >= _QUIET or time.monotonic() - started > PATIENCE:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_LOOK)
    loop.exec()
    timer.stop()
    return quiet[0] >= _QUIET


def save(widget: QWidget, file: Path) -> bool:
    """Write what a widget looks like into a PNG, whose folders are made; ``False`` when that cannot be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return widget.grab().save(str(file), "PNG")
