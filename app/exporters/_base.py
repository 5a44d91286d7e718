"""What every exporter is made of, and the table of all of them."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

import app.exporters
from app.loading import load
from app.model import Bundle
from app.options import Option, OptionValue
from app.wording import Message

TO_READ: Final = "To read"
TABLES: Final = "Tables"
PROGRAMS: Final = "For other programs"
REFERENCES: Final = "References"
TRAINING: Final = "For training models"
GROUPS: Final = (TO_READ, TABLES, PROGRAMS, REFERENCES, TRAINING)
"""The headings under which formats are offered, in their order."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of an export, or a part of one: files that follow each other under the same path are joined.

    ``path`` is relative to the target folder, with ``/`` between its parts; ``""`` when the target is the file. Parts
    keep memory flat and let a long export be watched and stopped.
    """

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Export:
    """What an exporter made of a bundle: the files, and a sentence for everything it had to leave behind.

    ``parts`` is how many :class:`File` values will come, as far as that is known beforehand: progress is shown by it.
    What was left behind may be known only when the last of them has come.
    """

    files: Iterator[File]
    left_behind: Sequence[Message] = ()
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that can be written.

    ``write`` turns a bundle and the chosen options (all of them, defaults filled in) into files, lazily. ``suffix`` is
    that of the target file, or ``""`` when the target is a folder of several files. Every exporter module binds one of
    these to ``EXPORTER``. The journey (``app/exporting/``) checks options, opens, renames and reports; an exporter
    touches no file.

    The journey leaves other coders' layers out of what it hands to a format with an option ``layers`` that is off.

    ``merge`` takes the bytes of a file that stands there already and the bytes that would replace it, and returns what
    to write: a format whose files people go on writing in keeps their part with it. Without it a file is replaced.
    ``identity`` tells from a file's name which thing it is of, so that one written under an earlier title is found.
    ``owner`` tells the id of that thing from a file's name and its beginning, so that one is found that was given
    another name or moved into another folder: the bundle's ``places`` then say where it is.

    ``group`` is the one of :data:`GROUPS` under which a dialog offers it, and ``good_for`` a sentence that says what it
    is good for.
    ``schema`` names the JSON Schema of what it writes, among the resources for exports. ``ends`` tells from the options
    which suffix suits what they make of the target file, where that is not always ``suffix``. ``comes_back`` says that
    an importer reads it again, with the ids of what is in it.
    """

    key: str
    name: str
    suffix: str
    write: Callable[[Bundle, Mapping[str, OptionValue]], Export]
    options: tuple[Option, ...] = field(default_factory=tuple)
    merge: Callable[[bytes, bytes], bytes] | None = None
    identity: Callable[[str], str | None] | None = None
    owner: Callable[[str, bytes], str | None] | None = None
    group: str = PROGRAMS
    good_for: str = ""
    schema: str = ""
    ends: Callable[[Mapping[str, OptionValue]], str] | None = None
    comes_back: bool = False

    def ending(self, options: Mapping[str, OptionValue]) -> str:
        """Return the suffix of the target file with these options, ``""`` for a folder."""
        return self.ends(options) if self.ends else self.suffix


@cache
def exporters() -> Mapping[str, Exporter]:
    """Return all exporters by key, found by walking this package."""
    found = {}
    for module in pkgutil.iter_modules(app.exporters.__path__):
        if not module.name.startswith("_"):
            exporter: Exporter = load(f"app.exporters.{module.name}").EXPORTER
            found[exporter.key] = exporter
    return MappingProxyType(found)
