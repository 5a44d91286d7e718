"""What every importer is made of, and the table of all of them."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import app.importers
from app.loading import load
from app.model import Draft


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that can be read.

    ``read`` takes the bytes of one file and its name and returns the articles in it; it raises ``ImportFailed`` with
    a reason for a person. ``suffixes`` are lower-case, with the dot; ``sniff`` may claim a file by its first bytes
    when the suffix says nothing. Every importer module binds one of these to ``IMPORTER``.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], Sequence[Draft]]
    sniff: Callable[[bytes], bool] = lambda _head: False


@cache
def importers() -> Mapping[str, Importer]:
    """Return all importers by key, found by walking this package."""
    found = {}
    for module in pkgutil.iter_modules(app.importers.__path__):
        if not module.name.startswith("_"):
            importer: Importer = load(f"app.importers.{module.name}").IMPORTER
            found[importer.key] = importer
    return MappingProxyType(found)
