"""Starting the window: the application, its look, the library that was open last."""

from __future__ import annotations

import argparse
import faulthandler
import gc
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app import places
from app.serving import serve
from app.settings import Settings
from ui import actions
from ui.commands import libraries
from ui.looks import Looks, read_looks
from ui.picture import draw
from ui.window import Window


def main(arguments: Sequence[str]) -> int:
    """Open the window and return when it is closed; ``arguments`` are those after the program's name."""
    served = serve(arguments)
    if served is not None:
        return served
    chosen = _parser().parse_args(arguments)
    if sys.stderr is not None:
        faulthandler.enable()
    application = make_application()
    settings = Settings(places.settings_file())
    looks = Looks(chosen.look or str(settings.get("look")))
    window = make_window(settings, looks, chosen.look)
    freeze()
    sys.excepthook = partial(_report, window)
    window.begin(_library(chosen.library, settings))
    if chosen.picture:
        code = draw(window, Path(chosen.picture), chosen.size)
        window.close()
        return code
    window.show()
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), partial(_stopped, window))
    files = [Path(name) for name in chosen.files]
    if files:
        once = Qt.ConnectionType.SingleShotConnection  # not into every library that is opened later
        window.shelf.came.connect(lambda _facts: window.import_paths(files), once)
    return application.exec()


def make_application() -> QApplication:
    """Return the one application, made if there is none yet."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setApplicationName("commonplace")
    QGuiApplication.setApplicationDisplayName("Commonplace")
    QGuiApplication.setDesktopFileName("commonplace")
    application = QApplication(["commonplace"])
    application.setStyle("Fusion")
    return application


def make_window(settings: Settings, looks: Looks, look: str = "") -> Window:
    """Return the window with its actions, in the look of the settings or in another one for this time."""
    QGuiApplication.setWindowIcon(looks.icon("ph.book-bookmark", looks.all["light"].colours["accent"]))
    with looks.undressed():
        window = Window(settings, looks)
        actions.install(window)
    if look:
        looks.choose(look)
    return window


def freeze() -> None:
    """Never again look for garbage in what lives as long as the program: that would halt the screen for a moment."""
    gc.freeze()
    gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="commonplace", description="Read, mark and gather articles offline.")
    parser.add_argument("--library", metavar="DIR", help="the library to open")
    parser.add_argument("--look", choices=list(read_looks()), default="", help="the colours, this time")
    parser.add_argument("--picture", metavar="FILE", help="draw the window into a PNG, and end")
    parser.add_argument("--size", default="1600x1000", help="how large the picture is (default 1600x1000)")
    parser.add_argument("files", nargs="*", help="files and folders to import")
    return parser


def _library(named: str | None, settings: Settings) -> Path | None:
    if named:
        return Path(named)
    if libraries.missing(settings):
        return None  # the first page says so: another library in its place would be a riddle
    default = places.default_library()
    return libraries.last(settings) or (default if places.is_file(default / "library.db") else None)


def _report(window: Window, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Turn a bug into a report; a stop from the keyboard closes the window."""
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    sys.__excepthook__(kind, error, trace)
    QTimer.singleShot(0, window, partial(window.messages.report, error))


def _stopped(window: Window, _number: int, _frame: FrameType | None) -> None:
    window.close()
