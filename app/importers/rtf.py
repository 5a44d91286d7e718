"""Rich text (RTF), as Word, WordPad, TextEdit, LibreOffice and pandoc write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._documents import Stated, blocks, document
from app.importers._pictures import Pictures
from app.loading import load

if TYPE_CHECKING:
    from app.importers._rtf_state import Grid, Paragraph
    from app.importers._rtf_text import Reader

_SIGN: Final = b"{\\rtf"
_SHOWN: Final = ("title", "author", "date")
_HEAD: Final = 6
_LARGE: Final = 28  # half-points
_LONGEST_TITLE: Final = 200
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
    stated = Stated(reader.said.get("title", ""), reader.said.get("author", ""), shown=styled, details=details)
    return (document(pieces, stated, reader.noted, pictures=pictures.found),)


def _shown(blocks: Sequence[Paragraph | Grid]) -> dict[str, str]:
    """Return the lines that are styled as title, author or date; a first line in large bold letters is a title."""
    kind = load("app.importers._rtf_state").Paragraph
    paragraphs: list[Paragraph] = [block for block in blocks[:_HEAD] if isinstance(block, kind)]
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        if paragraph.kind in _SHOWN:
            found.setdefault(paragraph.kind, _text(paragraph))
    if "title" not in found and paragraphs and _is_large(paragraphs[0]):
        found["title"] = _text(paragraphs[0])
    return found


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
