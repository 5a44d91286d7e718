"""Plain text as it was scraped from a page or copied out of one: an article, or several that someone has put together.

A Word or RTF file is read so as well when someone says that it is to be read as plain text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_text
from app.importers._pages import Around, read_page
from app.importers._pasted import (
    headed,
    is_fragment,
    is_markdown,
    is_markup,
    read_marked,
    read_pasted,
    unescaped,
    unsigned,
)
from app.importers._records import part_name
from app.importers._split_options import NO, OF_TEXT, way_of
from app.importers._split_text import TextPart, split_text, stated
from app.importers._tabbed_rows import read_tabbed
from app.importers._word_text import is_docx, is_rtf, read_docx, read_rtf
from app.loading import load
from app.model import LeftOut
from app.text.body import Piece


def read(file: File) -> Parts:
    """Read a file of one article, or of as many as its options say."""
    text = _text(file)
    if not text.strip():
        raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=file.name)
    if way_of(file.options) == NO:
        return read_tabbed(text, file) or (_article(text, file),)
    return tuple(_part(number, part) for number, part in enumerate(split_text(text, file.options), 1))


def _text(file: File) -> str:
    if is_docx(file.data):
        return _lines(read_docx(file.data, file.name))
    if is_rtf(file.data):
        return _lines(read_rtf(file.data, file.name))
    return decode_text(file.data, file.name)


def _lines(pieces: Iterable[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces)


def _article(text: str, file: File) -> Draft:
    """Read the one article of a file, in whatever form its text was put there."""
    if is_markup(text):
        return read_page(text, file, Around(whole=is_fragment(text)))
    text = headed(load("app.cleaning.unrolling").unrolled(unescaped(text)))
    return read_pasted(text) or (read_marked(text) if is_markdown(text) else _scraped(unsigned(text)))


def _scraped(text: str) -> Draft:
    draft: Draft = load("app.cleaning.scraped").read_scraped(text)
    return draft


def _part(number: int, part: TextPart) -> Draft | Unread:
    draft = stated(_scraped(part.text), part.head)
    name = part_name(number, draft.metadata.title or "")
    if not draft.body.text.strip():
        return Unread(name, ImportFailed("This part holds no text.", "Look at where the file is split."))
    parting = [(part.above, 0), (part.below, len(draft.body.blocks))]
    left_out = (LeftOut("other", text, before) for text, before in parting if text)
    return replace(draft, part=name, left_out=(*draft.left_out, *left_out))


IMPORTER: Final = Importer("text", "Plain text", (".txt", ".text"), read, general=True, options=OF_TEXT)
