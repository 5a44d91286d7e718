"""What every exporter is made of, and the table of all of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType, ModuleType

import app.exporters
from app.model import Bundle
from app.wording import Message

OptionValue = str | bool


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that an exporter offers: shown in the dialog and taken by ``--option key=value``.

    ``choices`` is empty for a yes/no option (its default is then a ``bool``) and for free text.
    """

    key: str
    name: str
    default: OptionValue
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One file of an export: its path below the target folder (``""`` when the target is the file), and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Export:
    """What an exporter made of a bundle: the files, and a sentence for everything it had to leave behind."""

    files: Iterator[File]
    left_behind: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that can be written.

    ``write`` turns a bundle and the chosen options (all of them, defaults filled in) into files, lazily. ``suffix`` is
    that of the target file, or ``""`` when the target is a folder of several files. Every exporter module binds one of
    these to ``EXPORTER``. The journey (``app/exporting.py``) checks options, opens, renames and reports; an exporter
    touches no file.
    """

    key: str
    name: str
    suffix: str
    write: Callable[[Bundle, Mapping[str, OptionValue]], Export]
    options: tuple[Option, ...] = field(default_factory=tuple)


def load(name: str) -> ModuleType:
    """Import a format's heavy library on first use, so that the table of formats is read without it."""
    return importlib.import_module(name)


@cache
def exporters() -> Mapping[str, Exporter]:
    """Return all exporters by key, found by walking this package."""
    found = {}
    for module in pkgutil.iter_modules(app.exporters.__path__):
        if not module.name.startswith("_"):
            exporter: Exporter = importlib.import_module(f"app.exporters.{module.name}").EXPORTER
            found[exporter.key] = exporter
    return MappingProxyType(found)
