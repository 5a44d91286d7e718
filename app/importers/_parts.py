"""Which importer reads a file, and how a container has its parts read by theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.errors import AppError, ImportFailed
from app.importers._archives import Archive
from app.importers._base import File, Importer, Parts, Unread, go_on, importers
from app.importers._elsewhere import refusal
from app.importers._encodings import looks_like_text
from app.importers._split_options import NO, handed_on, unsplit, way_of
from app.importers._split_text import FoundNowhere
from app.loading import load
from app.options import chosen

DEEPEST: Final = 2
"""How many containers may lie in one another."""

_HEAD: Final = 4096
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")


def choose(name: str, data: bytes, wanted: str | None = None) -> Importer:
    """Return the importer for a file: the one wanted, by suffix and bytes, by its bytes alone, or plain text.

    A suffix that any text may have gives way to bytes that are unmistakable. Raises ``ImportFailed``.
    """
    known = importers()
    if wanted is not None:
        if wanted not in known:
            hint = "See `commonplace formats` for those that are."
            raise ImportFailed("{format} is not a format that can be read.", hint, format=wanted)
        return known[wanted]
    if refused := refusal(name, data):
        raise refused
    suffix = Path(name).suffix.lower()
    by_suffix = [importer for importer in _particular_first(known.values()) if suffix in importer.suffixes]
    if by_suffix and by_suffix[-1].sniff is None and by_suffix[-1].key != "text":
        return next((one for one in by_suffix if one.sniff and one.sniff(data)), by_suffix[-1])
    for importer in (*by_suffix, *_particular_first(known.values())):
        if importer.sniff and importer.sniff(data):
            return importer
    if by_suffix:
        return by_suffix[-1]
    if looks_like_text(data[:_HEAD]) and not _XML.match(data[:_HEAD]):
        return known["text"]
    hint = "See `commonplace formats` for those it does."
    raise ImportFailed("{name} is not in a format that Commonplace reads.", hint, name=Path(name).name)


def _particular_first(known: Iterable[Importer]) -> list[Importer]:
    return sorted(known, key=lambda importer: importer.general)


def read_part(file: File, name: str, data: bytes, beside: Callable[[str], bytes | None] | None = None) -> Parts:
    """Return what a part of a container holds, each named after it; what cannot be read is named with a reason.

    ``beside`` gives what else lies in the container, by its path from the part's own folder.
    """

    def reading() -> Parts:
        if file.depth >= DEEPEST:
            raise ImportFailed("It lies in too many archives, one in another.", "Unpack them first.")
        importer = choose(name, data)
        options = chosen(importer.name, importer.options, handed_on(file.options, importer.options))
        name_alone, depth = Path(name).name, file.depth + 1
        inner = replace(
            file, data=data, name=name_alone, options=options, depth=depth, folder=None, given=None, beside=beside
        )
        return _read_split(importer, inner)

    return guarded(file, name, reading)


def read_with(importer: Importer, file: File) -> Parts:
    """Return what a file holds, its articles split where its options say so."""
    if way_of(file.options) == NO or not (importer.splits or importer.holds):
        return importer.read(file)
    found: Parts = load(f"app.importers._split_{'containers' if importer.holds else 'documents'}").read(importer, file)
    return found


def _read_split(importer: Importer, file: File) -> Parts:
    """Read a part of a container; one that does not hold the pattern by which others are split is read whole."""
    if importer.holds or way_of(file.options) == NO:
        return read_with(importer, file)
    whole = replace(file, options=unsplit(file.options))
    try:
        found = read_with(importer, file)
    except FoundNowhere:
        return read_with(importer, whole)
    if file.hit is not None:
        file.hit()
    return found if len(found) > 1 else read_with(importer, whole)


def read_member(file: File, archive: Archive, name: str, beside: Callable[[str], bytes | None] | None = None) -> Parts:
    """Return what a file in an archive holds, as :func:`read_part` does; a damaged one is named with a reason."""
    try:
        data = archive.read(name)
    except AppError as error:
        return (Unread(name, error),)
    return read_part(file, name, data, beside)


def guarded(file: File, name: str, reading: Callable[[], Parts]) -> Parts:
    """Return what a part of a file holds, named after it; an error costs the part and not the file."""
    go_on(file)
    try:
        found = reading()
    except AppError as error:
        return (Unread(name, error),)
    except MemoryError:
        raise
    except Exception as problem:  # a hostile part may break a library anywhere; it costs one line
        return (Unread(name, broken(name, problem)),)
    return tuple(replace(one, part=f"{name}/{one.part}" if one.part else name) for one in found)


def unkept(error: OSError) -> ImportFailed:
    """Return what to say of a file of which no copy can be made."""
    return ImportFailed(
        "The file could not be kept ({reason}).",
        "Check the disk and the permissions, then import it again.",
        reason=error.strerror or str(error),
    )


def broken(name: str, problem: Exception) -> ImportFailed:
    """Return the error for a file over which a library has stumbled."""
    return ImportFailed(
        "{name} could not be read ({problem}).",
        "It may be damaged; if other programs open it, please report this.",
        name=name,
        problem=" ".join(f"{type(problem).__name__}: {problem}".split())[:200],
    )
