"""Documents of Word (DOCX), as Word, LibreOffice, Google Docs and pandoc write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._archives import Archive, opened
from app.importers._base import File, Importer, Parts
from app.importers._documents import Stated, blocks, document
from app.importers._pictures import Pictures
from app.importers._shown_pictures import kept
from app.importers._word_library import Package, converted
from app.importers._xml import parse_xml, texts
from app.loading import load
from app.text.body import Piece

if TYPE_CHECKING:
    from app.importers._word_parts import Word

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_LEVELS: Final = 9
_DETAILS: Final = (
    ("created", "created"), ("keywords", "keywords"), ("subject", "subject"), ("description", "summary"),
    ("category", "category"),
)  # fmt: skip


def read(file: File) -> Parts:
    """Read a document of one article; comments and highlighted stretches become marks."""
    if file.data.startswith(_OLE):
        raise _locked(file) if _LOCKED in file.data else _old(file)
    with opened(file.data) as archive:
        word: Word = load("app.importers._word_parts").prepared(archive)
        pictures = Pictures()
        pieces = _pieces(_converted(word.package, pictures, file.name), pictures)
        draft: Draft = document(pieces, _stated(archive, word.shown), word.noted, pictures=pictures.found)
    return (draft,)


def _converted(package: Package, pictures: Pictures, name: str) -> str:
    """Return the document as HTML."""

    def keep(image: Any) -> Mapping[str, str]:
        with image.open() as opened_image:
            name = kept(pictures, opened_image.read())
        return {"src": name} if name else {}

    return converted(package, name, keep, _style_map())


def _style_map() -> str:
    """Return what the styles mean, as the library wants to be told; the names are those of :mod:`_word_parts`.

    It goes through the lines one by one for each run of text, so those that speak of runs stand first, and behind them
    the one that all others are.
    """
    lines = [
        "b => strong",
        "i => em",
        "r[style-name='Verbatim Char'] => code",
        "r[style-name='Source Text'] => code",
        "r[style-name='Source_Text'] => code",
        "r[style-name='HTML Code'] => code",
        "r[style-name='Emphasis'] => em",
        "r[style-name='Strong'] => strong",
        "r =>",
    ]
    lines += [f"p[style-name='heading {level}'] => h{min(level, 6)}:fresh" for level in range(1, _LEVELS + 1)]
    lines += [
        "p[style-name='title'] => h1:fresh",
        "p[style-name='quote'] => blockquote > p:fresh",
        "p[style-name='caption'] => figcaption:fresh",
        "p[style-name='code'] => pre:separator('\\n')",
        "p[style-name='contents'] => nav > p:fresh",
    ]
    for depth in range(6, _LEVELS + 1):
        above = " > ".join(["ul|ol > li"] * (depth - 1))
        lines += [f"p:{kind}-list({depth}) => {above} > {tag} > li:fresh"
                  for kind, tag in (("unordered", "ul"), ("ordered", "ol"))]  # fmt: skip
    return "\n".join(lines)


def _pieces(markup: str, pictures: Pictures) -> Sequence[Piece]:
    root = load("app.text.markup").parse(markup)
    if root is None:
        return []
    for link in root.xpath("//a[starts-with(@href, '#footnote-ref-') or starts-with(@href, '#endnote-ref-')]"):
        link.drop_tree()  # the way back up from a note
    notes = root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]")
    for number, note in enumerate(notes, 1):
        note.set(load("app.text.html_reader").NOTE_SIGN, f"[{number}]")
    return blocks(root, pictures)


def _stated(archive: Archive, shown: Mapping[str, str]) -> Stated:
    """Return what the properties of the document state."""
    if "docProps/core.xml" not in archive:
        return Stated(shown=shown)
    root = parse_xml(archive.read("docProps/core.xml"))
    details = {}
    for name, detail in _DETAILS:
        if found := texts(root, name):
            details[detail] = found[0][:10] if name == "created" else found[0]
    title, creator, language = (next(iter(texts(root, name)), "") for name in ("title", "creator", "language"))
    return Stated(title, creator, language=language, shown=shown, details=details, may_be_stale=True)


def _locked(file: File) -> ImportFailed:
    return ImportFailed("{name} is locked with a password.", "Open it, save it without the password, and import that "
                        "file.", name=file.name)  # fmt: skip


def _old(file: File) -> ImportFailed:
    return ImportFailed("{name} is a document of the old Word (DOC).", "Open it in Word or LibreOffice, and save it as "
                        "DOCX.", name=file.name)  # fmt: skip


def _is_docx(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and b"word/document.xml" in data


IMPORTER: Final = Importer(
    "docx", "Word document (DOCX)", (".docx", ".docm", ".dotx"), read, _is_docx, general=True, splits=True
)
