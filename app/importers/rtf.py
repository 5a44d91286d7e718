"""Rich text (RTF), as Word, WordPad, TextEdit, LibreOffice and pandoc write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.cleaning.dates import find_date
from app.cleaning.phrases import month_names
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._documents import Stated, blocks, document
from app.importers._pictures import Pictures
from app.importers._style_names import add_shown
from app.loading import load
from app.model import Precision
from app.text.names import is_person

if TYPE_CHECKING:
    from app.importers._rtf_state import Grid, Paragraph
    from app.importers._rtf_text import Reader

_SIGN: Final = b"{\\rtf"
_SHOWN: Final = ("title", "author", "date")
_HEAD: Final = 6
_LARGE: Final = 28  # half-points
_LONGEST_TITLE: Final = 200
_LONGEST_DATE: Final = 30
_DETAILS: Final = (("creatim", "created"), ("keywords", "keywords"), ("subject", "subject"), ("doccomm", "summary"))


def read(file: File) -> Parts:
    """Read a document of one article; annotations and highlighted stretches become marks."""
    start = file.data[:1024].find(_SIGN)
    if start < 0:
        raise ImportFailed("{name} is no rich text (RTF).", "Open it in a word processor, and save it as DOCX or RTF.",
                           name=file.name)  # fmt: skip
    pictures = Pictures()
    reader: Reader = load("app.importers._rtf_text").Reader(pictures)
    reader.read(file.data[start:])
    if not reader.complete:
        raise ImportFailed("{name} ends in the middle.", "Copy or download it again; if there is no more of it, open "
                           "it in a word processor and save it.", name=file.name)  # fmt: skip
    paragraphs = reader.flow.blocks
    styled = _shown(paragraphs)
    root = load("app.importers._rtf_tree").tree(paragraphs, reader.notes, reader.noted)
    pieces = blocks(root, pictures)
    details = {detail: reader.said[name] for name, detail in _DETAILS if name in reader.said}
    stated = Stated(
        reader.said.get("title", ""), reader.said.get("author", ""), shown=styled, details=details, may_be_stale=True
    )
    return (document(pieces, stated, reader.noted, pictures=pictures.found),)


def _shown(blocks: Sequence[Paragraph | Grid]) -> dict[str, str]:
    """Return the lines that are styled as title, author or date; a first line in large bold letters is a title."""
    kind = load("app.importers._rtf_state").Paragraph
    paragraphs: list[Paragraph] = [block for block in blocks[:_HEAD] if isinstance(block, kind)]
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        if paragraph.kind in _SHOWN:
            add_shown(found, paragraph.kind, _text(paragraph))
    if "title" not in found and paragraphs and _is_large(paragraphs[0]):
        found = {"title": _text(paragraphs[0]), **_below(list(map(_text, paragraphs[1:]))), **found}
    return found


def _below(lines: Sequence[str]) -> dict[str, str]:
    """Return what the lines below a title say that nobody styled: names, then a date. Without a date they are text."""
    for number, line in enumerate(lines):
        if len(line) <= _LONGEST_DATE and (day := find_date(line, month_names())) and day.precision is Precision.DAY:
            return {"date": line, **({"author": "; ".join(lines[:number])} if number else {})}
        if not is_person(line):
            break
    return {}


def _is_large(paragraph: Paragraph) -> bool:
    bold = all("strong" in stretch.tags for stretch in paragraph.stretches if stretch.text.strip())
    plain = not paragraph.kind and not paragraph.depth
    return plain and bold and paragraph.size >= _LARGE and 0 < len(_text(paragraph)) <= _LONGEST_TITLE


def _text(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text().split())


IMPORTER: Final = Importer(
    "rtf",
    "Rich text (RTF)",
    (".rtf",),
    read,
    lambda data: data[:64].lstrip().startswith(_SIGN),
    general=True,
    splits=True,
)
