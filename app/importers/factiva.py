"""Downloads of Factiva: RTF, Word, plain text and HTML, with the codes of the fields or as articles are displayed.

With codes each field begins with two or three letters (``HD`` headline, ``LP`` and ``TD`` the text, ``AN`` the number
that ends an article). Displayed, an article is section, headline, byline, ``812 words``, date, time, source, its code,
edition, page, language, copyright, the text, the publisher and ``Document`` with its number, a line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._broken_lines import grouped, lines_of, width_of
from app.importers._encodings import decode_page, decode_text
from app.importers._html import parse, read_tree
from app.importers._records import COPYRIGHT, Record, apart, blocks, day, drafts, language_code, plain
from app.importers._word_text import beginning, is_docx, is_rtf, may_say
from app.text.body import Piece

# The codes in their order, with the detail that each becomes, if it becomes one.
_CODES: Final[Mapping[str, str]] = {
    "CLM": "column", "SE": "", "HD": "", "BY": "", "CR": "credit", "WC": "words", "PD": "", "ET": "time", "SN": "",
    "SC": "source_code", "ED": "edition", "PG": "page", "VOL": "volume", "LA": "", "CY": "copyright",
    "CX": "correction",
    "DLN": "dateline", "LP": "", "TD": "", "ART": "graphic", "CT": "contact", "RF": "reference", "CO": "companies",
    "IN": "industries", "NS": "subjects", "RE": "places", "IPC": "information_codes", "IPD": "information",
    "RST": "restrictors", "PUB": "publisher", "AN": "document",
}  # fmt: skip
_ORDER: Final = {code: number for number, code in enumerate(_CODES)}
_LISTS: Final = frozenset(("CO", "IN", "NS", "RE", "IPC", "IPD", "RST"))
_CODED: Final = re.compile(rf"(?P<code>{'|'.join(_CODES)})(?P<gap>[ \t]*\t[ \t]*|[ ]+|$)(?P<value>.*)", re.DOTALL)
_NUMBER: Final = re.compile(r"(?:documento?|dokument|文件|文档|文書|документ)\s+"
                            r"(?P<number>[A-Z][A-Z0-9]{3,15}\d{6}[A-Za-z0-9]{4,16})",
                            re.IGNORECASE)  # fmt: skip
_WORDS: Final = re.compile(
    r"[\d.,\s]+(?:words?|mots|wörter|palabras|parole|palavras|woorden|ord|слов|語|字|単語|文字)", re.IGNORECASE
)
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]m)?(?: \w+)?", re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Z0-9]{2,8}")
_BY: Final = re.compile(r"(?:by|par|von|por|di|da|door|av)\s", re.IGNORECASE)
_HEADLINE: Final = re.compile(r"(?:^|\s)\w*Headline(?:\s|$)")
_ARTICLE: Final = re.compile(r"(?:^|\s)[a-z]{2}Article(?:\s|$)")
_COUNTED: Final = re.compile(r"^\d{1,3}\)\s+")
_NUMBERED: Final = ("Document ", "Dokument ", "Documento ", "文件 ", "文档 ", "文書 ", "Документ ")
_STARTS: Final = re.compile(rf"{_WORDS.pattern}$|{_NUMBER.pattern}|{COPYRIGHT.pattern}", re.IGNORECASE)
_PAGE: Final = re.compile(rb"class=[\"']?(?:[\w ]+ )?[a-z]{2}Article\b", re.IGNORECASE)
_TAGS: Final = re.compile(r"<[^<>]*>")
_LONGEST_COUNT: Final = 60
_LONGEST_BYLINE: Final = 60
_LONGEST_PUBLISHER: Final = 100


def sniff(data: bytes) -> bool:
    """Tell whether a file is a download of Factiva."""
    head = data[: 1 << 20]
    if b"articleParagraph" in head and _is_markup(data):
        return _PAGE.search(head) is not None
    if not (may_say(data, "HD") and may_say(data, "SN")) and not may_say(data, *_NUMBERED):
        return False
    said = _TAGS.sub("\n", head.decode("latin-1")) if _is_markup(data) else beginning(data)
    lines = [line.strip() for line in said.split("\n")]
    codes = {match["code"] for line in lines if (match := _CODED.match(line))}
    if {"HD", "WC", "PD", "SN"} <= codes and any(len(line) < _LONGEST_COUNT and _WORDS.search(line) for line in lines):
        return True
    short = [line for line in lines if len(line) < _LONGEST_COUNT]
    return any(_NUMBER.fullmatch(line) for line in short) and any(_WORDS.fullmatch(line) for line in short)


def _is_markup(data: bytes) -> bool:
    return data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def read(file: File) -> Parts:
    """Read a file of one or many articles; raises ``ImportFailed``."""
    if is_docx(file.data) or is_rtf(file.data):
        return read_blocks(blocks(file, _STARTS), file)
    if _is_markup(file.data):
        return read_blocks(_page(file), file)
    return _read_text(decode_text(file.data, file.name), file)


def _page(file: File) -> list[Piece]:
    """Return the blocks of the articles in a page, without what the site has put round them."""
    root = parse(decode_page(file.data, file.name))
    if root is None:
        return []
    for element in root.iter("span"):
        if _HEADLINE.search(element.get("class", "")):
            element.tag = "h1"
    found = [element for element in root.iter("div") if _ARTICLE.search(element.get("class", ""))]
    return [piece for element in found or [root] for piece in read_tree(element)]


def _read_text(text: str, file: File) -> Parts:
    if all(re.search(rf"^[ \t]*{code}(?:[\s|]|$)", text, re.MULTILINE) for code in ("HD", "AN")):
        return drafts(list(_coded_chunks(_fields_of_lines(text))), _read_coded, file)
    return read_blocks(grouped(text, _STARTS), file)


def read_blocks(pieces: Sequence[Piece], file: File) -> Parts:
    """Read the blocks of a file; raises ``ImportFailed``."""
    if any(plain(piece) == "HD" for piece in pieces):
        return drafts(list(_coded_chunks(_fields_of_pieces(pieces))), _read_coded, file)
    return drafts(list(_displayed_chunks(apart(pieces, _NUMBER))), _read_displayed, file)


def _fields_of_pieces(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield a ``code`` block for each code, and the blocks of its value behind it."""
    for piece in pieces:
        if plain(piece) in _CODES:
            yield Piece(plain(piece), "code")
        elif piece.text:
            yield replace(piece, kind="paragraph", attributes={}) if piece.kind == "cell" else piece


def _fields_of_lines(text: str) -> Iterator[Piece]:
    """Yield the same of plain text, where a code stands at the beginning of a line.

    Codes come in their order: so words in capitals that begin a paragraph are none.
    """
    text = text.replace("\r\n", "\n").replace("\N{NO-BREAK SPACE}", " ")
    loose = not re.search(r"^[ \t]*HD(?:[ ]{2}|[ ]?\t|[ ]*$)", text, re.MULTILINE)
    lines = lines_of(text)
    width = width_of(lines, _STARTS)
    last, value = -1, ""
    for line in lines:
        match = _CODED.match(line.strip())
        if match and _is_code(match, last, loose=loose):
            yield from _value(value, width)
            yield Piece(match["code"], "code")
            last, value = _ORDER[match["code"]], match["value"]
        else:
            value += f"\n{line}"
    yield from _value(value, width)


def _is_code(match: re.Match[str], last: int, *, loose: bool) -> bool:
    """Tell a code from the first word of a sentence (``IN THE END``), where even in codes only a space follows."""
    code = match["code"]
    if _ORDER[code] <= last != _ORDER["AN"] or not (loose or match["gap"] != " " or len(code) > 2):
        return False
    if loose and code == "AN":
        return _NUMBER.search(match["value"]) is not None
    return not loose or code not in _LISTS or " : " in match["value"]


def _value(text: str, width: int) -> Iterator[Piece]:
    """Yield the paragraphs of a field."""
    return (piece for piece in grouped(text.strip("\n"), _STARTS, width) if piece.text)


def _coded_chunks(fields: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Yield the fields of one article after another: each begins with a code that stands before its last one."""
    chunk: list[Piece] = []
    last = -1
    for piece in fields:
        if piece.kind == "code":
            if _ORDER[piece.text] <= last:
                yield chunk
                chunk = []
            last = _ORDER[piece.text]
        if chunk or piece.kind == "code":
            chunk.append(piece)
    if chunk:
        yield chunk


def _read_coded(chunk: Sequence[Piece]) -> Record:
    record = Record()
    for code, values in _by_code(chunk).items():
        text = " ".join(plain(piece) for piece in values)
        if code in ("LP", "TD"):
            record.pieces += values
        elif code == "AN":
            match = _NUMBER.search(text)
            record.add("document", match["number"] if match else (plain(values[0]) if values else ""))
        elif code in _LISTS:
            for one in text.split(" | "):
                record.add(_CODES[code], one.strip(" |"))
        else:
            _state(record, code, text)
    return record


def _by_code(chunk: Sequence[Piece]) -> Mapping[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    code = ""
    for piece in chunk:
        if piece.kind == "code":
            code = piece.text
            found.setdefault(code, [])
        else:
            found[code].append(piece)
    return found


def _state(record: Record, code: str, text: str) -> None:
    if code == "HD":
        record.title = _COUNTED.sub("", text)
    elif code == "BY":
        record.byline = text
    elif code == "SE":
        record.section = text
    elif code == "SN":
        record.outlet = text
    elif code == "LA":
        record.language = text
    elif code == "PD":
        record.published = day(text)
        if record.published is None:
            record.add("date_line", text)
    else:
        record.add(_CODES[code], text)


def _displayed_chunks(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the blocks of one article after another; what follows the last number is no article."""
    chunk: list[Piece] = []
    for piece in pieces:
        if not plain(piece):
            continue
        chunk.append(piece)
        if _NUMBER.fullmatch(plain(piece)):
            yield chunk
            chunk = []
    if any(_WORDS.fullmatch(plain(piece)) for piece in chunk):
        yield chunk


def _read_displayed(chunk: Sequence[Piece]) -> Record:
    record = Record()
    texts = [plain(piece) for piece in chunk]
    counted = next((number for number, text in enumerate(texts) if _WORDS.fullmatch(text)), None)
    if counted is None:
        raise ImportFailed("This record does not say how many words it has.", "Download its full text.")
    _take_head(record, chunk[max(0, counted - 3) : counted])
    record.add("words", texts[counted])
    at = _take_source(record, texts, counted + 1)
    end = len(chunk)
    match = _NUMBER.fullmatch(texts[-1])
    if match:
        record.add("document", match["number"])
        end -= 1
        if end - 1 > at and _is_publisher(texts[end - 1]):
            end -= 1
            record.add("publisher", texts[end])
    record.pieces += [replace(piece, kind="paragraph", attributes={}) if piece.kind == "cell" else piece
                      for piece in chunk[at:end]]  # fmt: skip
    return record


def _take_head(record: Record, head: Sequence[Piece]) -> None:
    """Take section, headline and byline, of which the first and the last may be missing."""
    texts = [plain(piece) for piece in head]
    marked = next((number for number, piece in enumerate(head) if piece.kind == "heading"), None)
    if marked is None:
        signed = len(texts) == 2 and len(texts[1]) < _LONGEST_BYLINE and (
            _BY.match(texts[1]) or len(texts[0].split()) > max(3, len(texts[1].split()))
        )  # fmt: skip
        marked = 0 if len(texts) < 2 or signed else 1
    record.title = _COUNTED.sub("", texts[marked]) if texts else ""
    record.section = texts[marked - 1] if marked else ""
    record.byline = " ".join(texts[marked + 1 :])


def _take_source(record: Record, texts: Sequence[str], start: int) -> int:
    """Take the lines between the number of words and the text, and return where that begins."""
    at = start
    if at < len(texts) and len(texts[at]) < 40 and (published := day(texts[at])):
        record.published = published
        at += 1
    if at < len(texts) and _TIME.fullmatch(texts[at]):
        record.add("time", texts[at])
        at += 1
    if at < len(texts):
        record.outlet = texts[at]
        at += 1
    if at < len(texts) and _CODE.fullmatch(texts[at]):
        record.add("source_code", texts[at])
        at += 1
    spoken = next(
        (n for n in range(at, min(at + 4, len(texts))) if language_code(texts[n]) and len(texts[n]) < 40), None
    )
    if spoken is not None:
        for text in texts[at:spoken]:
            record.add("page" if re.fullmatch(r"[A-Z]{0,3}\d[\d\w, -]*", text) else "edition", text)
        record.language = texts[spoken]
        at = spoken + 1
    while at < len(texts) and COPYRIGHT.match(texts[at]):
        record.add("copyright", texts[at])
        at += 1
    return at


def _is_publisher(text: str) -> bool:
    return len(text) < _LONGEST_PUBLISHER and not re.search(
        r"[.!?…][\"”’»)]*$", re.sub(r"\b(?:Ltd|Inc|Co|Corp|S\.A)\.$", "", text)
    )


IMPORTER: Final = Importer("factiva", "Factiva", (".rtf", ".docx", ".txt", ".html", ".htm"), read, sniff)
