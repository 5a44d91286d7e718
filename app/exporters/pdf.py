"""A typeset report: contents, running heads, marks in colour, themes and notes in the margin, bookmarks.

typst sets it, from a template of ours and from data in which nothing can be markup. It reads files, so that the values
go into a temporary folder; it runs in processes of its own and can be stopped at any moment. A long report is set
volume by volume, and bound to one, since typst holds all that it sets at once. Equal bundles make equal bytes wherever
the same fonts are: those that come with the program suffice for Latin, Greek, Cyrillic and Hebrew letters, and for
other scripts the fonts of the machine stand in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from itertools import repeat
from pathlib import Path
from typing import Final

from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._fonts import Fonts, fonts_for
from app.exporters._leaving import illustrated
from app.exporters._manuscript import Manuscript
from app.exporters._outline import OUTLINED
from app.exporters._paper import SHEETS, SIZES, Paper
from app.exporters._picture_size import decoded_size
from app.exporters._typesetting import SET, furnish, typeset
from app.exporters._volumes import Volume, written
from app.model import Bundle
from app.options import Option, OptionValue
from app.wording import Message

_CHUNK: Final = 1 << 20
_SAID: Final = 8
_RATE: Final = 3_500  # characters that are set while the process is looked at once, of some thirty times a second
_STARTS: Final = 40
_NAMED: Final = ("title", "byline", "outlet", "section", "address", "accessed")


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the report. What it cannot carry: pictures that were not kept, what was cut, letters that no font has."""
    left: list[Message] = []
    letters = sum(item.makeup.letters for item in bundle.articles)
    waits = letters // _RATE + _STARTS
    expected = 2 * len(bundle.articles) + waits
    files = _padded(_files(bundle, options, left, waits), expected)
    return illustrated(bundle, options, files, expected, decoded_size, left=left)


def _padded(files: Generator[File, None, None], expected: int) -> Iterator[File]:
    """Yield files, and as many parts without a byte as are missing to what was expected."""
    missing = expected
    with closing(files):
        for file in files:
            missing -= 1
            yield file
    yield from repeat(File("", b""), missing)


def _files(
    bundle: Bundle, options: Mapping[str, OptionValue], left: list[Message], waits: int
) -> Generator[File, None, None]:
    """Yield the PDF, and before it parts without a byte: they let the work be watched and stopped.

    At least so many of these, ``waits``, stand for the setting: as large a share of them as is done of it. The letters
    that no font has are added to what is ``left``.
    """
    characters: set[str] = set()
    for found in _characters(bundle):
        characters |= found
        yield File("", b"")
    fonts = fonts_for(frozenset(characters))
    left += _boxed(fonts)
    in_margin = options["notes"] == "margin" and _says_something(bundle)
    paper = Paper(str(options["paper"]), str(options["size"]), in_margin)
    with tempfile.TemporaryDirectory(prefix="commonplace-") as name:
        folder = Path(name)
        furnish(folder, fonts)
        manuscript = Manuscript(bundle, options, paper)
        volumes: list[Volume] = []
        for _ in written(folder, manuscript, fonts, volumes):
            yield File("", b"")
        for digest, (picture, _, _) in manuscript.pictures.items():
            if picture:
                (folder / picture).write_bytes(bundle.pictures[digest])
                yield File("", b"")
        steps = 0
        for share in typeset(folder, volumes, paper, manuscript.heads):
            # One for the time that went by, and as many as are missing to what is done.
            more = max(1, int(share * waits) - steps)
            steps += more
            yield from repeat(File("", b""), more)
        with (folder / SET).open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield File("", chunk)


def _says_something(bundle: Bundle) -> bool:
    """Return whether a highlight has something to say that stands in the margin."""
    highlights = (one for item in bundle.articles for one in item.highlights)
    return any(one.themes or one.author or one.note.strip() for one in highlights)


def _characters(bundle: Bundle) -> Iterator[set[str]]:
    """Yield the characters of all that may be written, part by part: rather too many than too few."""
    for item in bundle.articles:
        found: set[str] = set()
        article, known = item.article, item.article.metadata
        found.update(item.content.body.text, article.note, *article.attributes, *article.attributes.values())
        found.update(*(getattr(known, name) or "" for name in _NAMED))
        found.update(*(str(block.attributes.get("alt", "")) for block in item.content.body.blocks))
        found.update(*(part for one in item.highlights for part in (one.quote, one.note, one.author)))
        yield found
    found = set(bundle.title + bundle.note)
    found.update(*(part for theme in bundle.themes for part in (theme.name, theme.definition, theme.note)))
    found.update(*(one.text for one in bundle.interludes))
    yield found


def _boxed(fonts: Fonts) -> tuple[Message, ...]:
    """Say for which letters boxes stand."""
    if not fonts.missing:
        return ()
    some = " ".join(fonts.missing[:_SAID])
    return (Message(
        "The look of {count} characters that no font on this machine has ({some}): boxes stand for them, "
        "and can be searched and copied.",
        {"count": len(fonts.missing), "some": some},
    ),)  # fmt: skip


EXPORTER: Final = Exporter(
    key="pdf",
    name="PDF",
    suffix=".pdf",
    group=TO_READ,
    good_for="A typeset report, with notes in the margin.",
    write=write,
    options=(
        *OUTLINED,
        Option(
            "notes", "Notes", "margin", ("margin", "below"), "In the margin beside the passage, or below its paragraph."
        ),
        Option("paper", "Paper", "a4", tuple(SHEETS)),
        Option("size", "Size of the text", "medium", tuple(SIZES)),
    ),
)
