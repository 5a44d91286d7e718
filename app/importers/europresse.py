"""Downloads of Europresse: HTML with an ``article`` for each document, and plain text, whatever that was saved as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import TYPE_CHECKING, Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread, go_on
from app.importers._encodings import decode_page
from app.importers._html import parse, read_tree
from app.importers._records import COPYRIGHT, Record, apart, blocks, day, drafts, part_name, plain
from app.importers._word_text import beginning, may_say
from app.model import LeftOut
from app.text.body import Piece
from app.text.names import is_person

if TYPE_CHECKING:
    from lxml import etree

_NUMBER: Final = re.compile(r"(?:news|web|pub|bio|rep|tv)\s?[·°•]\s?(?P<day>\d{8})\s?[·°•]\s?\w+\s?[·°•]\s?[\w-]+")
_ISSUE: Final = re.compile(r",?\s+(?P<issue>(?:no|n°|nº)\.?\s*\d[\w-]*).*$|\s{2,}.*$", re.IGNORECASE | re.DOTALL)
_WORDS: Final = re.compile(r"\d[\d\s.,]*\s?(?:mots|words)\b", re.IGNORECASE)
_PAGE: Final = re.compile(r"(?:,|\s[-–])?\s*\bpp?\.\s*(?P<page>\S.*?)\s*$")
_DATE: Final = re.compile(
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?\s+[^\W\d_]+\s+\d{4}"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?[^\W\d_]+\s+\d{1,2},\s+\d{4}", re.IGNORECASE
)  # fmt: skip
_PRINTED: Final = re.compile(
    r"(?:cet article est paru|this article (?:was published|appeared)|aussi paru) ", re.IGNORECASE
)
_SIGNED: Final = re.compile(r"(?:par\s+|by\s+)?[^\W\d_][^\d.!?:]{2,80}", re.IGNORECASE)
_STARTS: Final = re.compile(rf"{_NUMBER.pattern}|{COPYRIGHT.pattern}", re.IGNORECASE)
_BY: Final = re.compile(r"(?:par|by)\s", re.IGNORECASE)
_SIGNS: Final = ("&middot;", "&deg;", "&bull;", "&#183;", "&#xb7;")
_LONGEST_NAME: Final = 8
_LONGEST_BYLINE: Final = 200
_LONGEST_HEAD: Final = 300


def sniff(data: bytes) -> bool:
    """Tell whether a file is a download of Europresse."""
    head = data[: 1 << 20]
    if head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"DocPublicationName" in head:
        return b"titreArticle" in head or b"<article" in head
    if not may_say(data, "·", "°", "•", *_SIGNS):
        return False
    text = beginning(data)
    if text.lstrip()[:1] == "<":
        text = unescape(re.sub(r"<[^<>]*>", "\n", text))
    return any(_NUMBER.fullmatch(line.strip()) for line in text.split("\n"))


def read(file: File) -> Parts:
    """Read a file of one or many articles; raises ``ImportFailed``."""
    if b"DocPublicationName" in file.data:
        return _read_page(file)
    return read_blocks(blocks(file, _STARTS), file)


def read_blocks(pieces: Sequence[Piece], file: File) -> Parts:
    """Read the blocks of a text; raises ``ImportFailed``."""
    return drafts(_chunks(apart(pieces, _NUMBER)), _read_text, file)


def _read_page(file: File) -> Parts:
    root = parse(decode_page(file.data, file.name))
    parts: list[Draft | Unread] = []
    for number, element in enumerate(() if root is None else root.iter("article"), 1):
        record = _read_article(element)
        try:
            parts.append(record.draft(number))
        except ImportFailed as error:
            parts.append(Unread(part_name(number, record.outlet), error))
        go_on(file)
    if not parts:
        raise ImportFailed("{name} shows no article.", "Download the documents again, as HTML.", name=file.name)
    return parts


def _read_article(article: etree._Element) -> Record:
    record = Record()
    _name_outlet(record, _text(_find(article, "DocPublicationName")))
    head, section = _text(_find(article, "DocHeader")), _find(article, "DocTitreSousSection")
    _read_head(record, head or _text(section))
    if record.published is None and section is not None:
        below = " ".join(_text(one) for one in section.itersiblings("span"))
        _read_head(record, f"{head or _text(section)}, {below}" if below else "")
    title = _find(article, "rdp__articletitle", "titreArticleVisu", "titreArticle")
    record.title = _text(title)
    record.add("subtitle", _text(_find(article, "rdp__subtitle")))
    author = _find(article, "docAuthors")
    if author is None:
        author = next(
            (one for one in article.iter("p") if one.get("class", "").split() == ["sm-margin-bottomNews"]), None
        )
    record.byline = _text(author)
    body = _find(article, "docOcurrContainer", "DocText")
    for piece in read_tree(body) if body is not None else ():
        _take(record, piece)
    document = _text(_find(article, "publiC-lblNodoc"))
    record.add("document", document)
    for element in article.iter("small", "footer"):
        text = _text(element)
        if element.tag == "small" and COPYRIGHT.match(text):
            record.add("copyright", text)
    return record


def _find(article: etree._Element, *classes: str) -> etree._Element | None:
    """Return the first element with a text of the first of the classes of which there is one."""
    for name in classes:
        for element in article.iter("span", "div", "p", "h1", "h2", "small"):
            if name in element.get("class", "").split() and _text(element):
                return element
    return None


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _name_outlet(record: Record, text: str) -> None:
    issue = _ISSUE.search(text)
    record.outlet = text[: issue.start()] if issue else text
    record.add("issue", (issue["issue"] or "") if issue else "")


def _read_head(record: Record, text: str) -> None:
    """Read ``Idées, mercredi 6 mars 2024 730 mots, p. 27``: the section, the day, the words, the page."""
    text = text[:_LONGEST_HEAD]
    page = _PAGE.search(text)
    if page:
        record.add("page", page["page"])
        text = text[: page.start()]
    words = _WORDS.search(_DATE.sub(" ", text))
    record.add("words", words[0] if words else "")
    date = _DATE.search(text)
    record.published = day(date[0] if date else text)
    before = text[: date.start()].strip(" ,•-–") if date else ""
    record.section = before


def _take(record: Record, piece: Piece) -> None:
    """Take a block of the text; the line that links to where it was printed says its address."""
    if not _PRINTED.match(plain(piece)):
        record.pieces.append(piece)
        return
    link = next((str(run.attributes["address"]) for run in piece.runs if run.kind == "link"), "")
    record.address = record.address or link
    record.left_out.append(LeftOut("footer", plain(piece), len(record.pieces), runs=piece.runs))


def _chunks(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the documents of a text: each ends with its number."""
    chunks: list[list[Piece]] = [[]]
    for piece in pieces:
        chunks[-1].append(piece)
        if _NUMBER.fullmatch(plain(piece)):
            chunks.append([])
    return [chunk for chunk in chunks if any(_NUMBER.fullmatch(plain(piece)) for piece in chunk)]


def _read_text(chunk: Sequence[Piece]) -> Record:
    record = Record()
    texts = [plain(piece) for piece in chunk]
    dated = next((n for n, text in enumerate(texts[:6]) if len(text) < 120 and _DATE.search(text) and day(text)), None)
    at = 1
    if dated is not None:
        _name_outlet(record, texts[dated - 1] if dated else "")
        _read_head(record, texts[dated])
        at = dated + 1
    else:
        _name_outlet(record, texts[0])
    record.title = texts[at] if at < len(texts) - 1 else ""
    at += 1
    if at < len(texts) - 2 and _is_signature(texts[at]):
        record.byline = texts[at]
        at += 1
    for piece in chunk[at:]:
        text = plain(piece)
        if _NUMBER.fullmatch(text):
            record.add("document", text)
        elif COPYRIGHT.match(text) and len(text) < 300:
            record.add("copyright", text)
        else:
            _take(record, piece)
    return record


def _is_signature(text: str) -> bool:
    """Tell whether a line below the title names authors: few words or, behind a "by", a list of names."""
    if len(text.split()) <= _LONGEST_NAME:
        return _SIGNED.fullmatch(text) is not None
    listed = _BY.match(text) and len(text) <= _LONGEST_BYLINE and not re.search(r"[.!?…:\d]", text)
    return bool(listed and is_person(re.split(r"[,;&]|\s(?:et|and)\s", text)[0].split(None, 1)[1]))


IMPORTER: Final = Importer("europresse", "Europresse", (".html", ".htm", ".txt", ".docx", ".rtf"), read, sniff)
