"""Files that hold other files: each is split into articles by itself, as the options of the container say."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from app.drafts import Codebook, Draft, Framework
from app.importers._base import File, Importer, Parts, Unread
from app.importers._split_documents import Reading, split_reading
from app.importers._split_options import NO, PATTERN, handed_on, of_document, unsplit, way_of
from app.importers._split_text import FoundNowhere, found_nowhere, line_pattern

_OF_PAGES: Final = of_document(paged=False)


def read(importer: Importer, file: File, reading: Reading | None = None) -> Parts:
    """Read a container; a pattern that some of its parts hold splits those, one that none holds is an error.

    ``reading`` reads it where its importer's own way does not.
    """
    reading = reading or importer.read
    if way_of(file.options) == NO:
        return reading(file)
    hits: list[bool] = []
    whole = replace(file, hit=file.hit or partial(hits.append, True))
    parts = reading(whole)
    if importer.splits:
        own = [one for one in parts if _is_own(one)]
        parts = (*read_held(whole, partial(_own, reading, whole, own)), *(one for one in parts if not _is_own(one)))
    if way_of(file.options) == PATTERN and file.hit is None and not hits:
        raise found_nowhere(line_pattern(file.options))
    return parts


def _is_own(part: Draft | Unread | Codebook | Framework) -> bool:
    """Tell whether a part of a container is its own text, such as a letter with attachments."""
    return isinstance(part, Draft) and not part.part


def _own(reading: Reading, whole: File, known: Parts, file: File) -> Parts:
    """Return a container's own text as ``file`` says; it is ``known`` as the ``whole`` of its options say."""
    if not known or way_of(file.options) == way_of(whole.options):
        return known
    return [one for one in reading(file) if _is_own(one)]


def read_held(file: File, reading: Reading) -> Parts:
    """Return what a page or letter in a container holds, split as the container's ``file`` says, where it can be."""
    ways = handed_on(file.options, _OF_PAGES)
    plain = replace(file, options=unsplit(file.options))
    if not ways:
        return reading(plain)
    try:
        found = split_reading(replace(file, options=ways), reading)
    except FoundNowhere:
        return reading(plain)
    if file.hit is not None:
        file.hit()
    return found
