"""The screen for tests: drawn into memory, in the light look, every widget gone at the end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.looks import Looks


@pytest.fixture
def looks(qapp: QApplication) -> Iterator[Looks]:
    """Return the light look, with the program's own fonts."""
    qapp.setStyle("Fusion")
    made = Looks("light")
    yield made
    made.deleteLater()


@pytest.fixture(scope="module", autouse=True)
def _past_at_rest() -> Iterator[None]:
    """Let the collector, which runs after every test, pass over what is there before the first one of a file."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _no_widget_left(qapp: QApplication, qtbot: QtBot) -> Iterator[None]:
    """Fail a test that leaves a window; ``qtbot`` closes what was handed to it first."""
    before = set(map(id, qapp.topLevelWidgets()))
    yield
    swept(qapp)
    left = [widget for widget in qapp.topLevelWidgets() if id(widget) not in before and widget.isVisible()]
    assert not left, f"left open: {left}"


def swept(application: QApplication) -> None:
    """Let Qt delete what is waiting to be deleted, and what only that has kept alive."""
    found = 1
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.processEvents()
        found = found and gc.collect()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., QWidget]:
    """Return what shows a widget, of a size, and waits until it is there."""

    def show(widget: QWidget, width: int = 900, height: int = 700) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show
