"""The one door through which a heavy library, or a journey that not every start goes on, is imported on first use."""

from __future__ import annotations

import importlib
from types import ModuleType


def load(name: str) -> ModuleType:
    """Import a module on first use, so that no start waits for what it may not need."""
    return importlib.import_module(name)
