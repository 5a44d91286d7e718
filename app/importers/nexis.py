"""Downloads of Nexis Uni, Lexis Advance and LexisNexis: Word, RTF, plain text and HTML, in their old and new layout.

The new one has title, outlet, date, copyright, ``Section:`` and the like, ``Body``, the text, ``Load-Date:`` and
``End of Document``; the old one ``3 of 10 DOCUMENTS``, outlet, date, title, ``BYLINE:`` and the like, the text,
``LOAD-DATE:`` and the like, copyright.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._records import COPYRIGHT, Record, blocks, day, divided, drafts, labelled, plain, tail
from app.importers._word_text import beginning, may_say
from app.model import LeftOut
from app.text.body import Piece

# Labels in English, French, German and Dutch; the label is in the language of the one who downloads.
_HEAD: Final[Mapping[str, str]] = {
    "length": "words", "longueur": "words", "länge": "words", "lengte": "words",
    "section": "section", "rubrique": "section", "rubrik": "section", "sectie": "section",
    "byline": "byline", "auteur": "byline", "autor": "byline",
    "headline": "title", "highlight": "summary", "encart": "summary", "insert": "summary", "dateline": "dateline",
    "series": "series", "column": "column", "name": "series",
}  # fmt: skip
_TAIL: Final[Mapping[str, str]] = {
    "load-date": "loaded", "date-chargement": "loaded", "update": "loaded",
    "language": "language", "langue": "language", "sprache": "language", "taal": "language",
    "publication-type": "publication_type", "type-publication": "publication_type", "type": "publication_type",
    "pub-type": "publication_type", "journal-code": "journal_code", "journal code": "journal_code",
    "subject": "subjects", "sujet": "subjects", "company": "companies", "societe": "companies",
    "organization": "organisations", "organisation": "organisations", "person": "people", "personne": "people",
    "geographic": "places", "geo-localization": "places", "localisation-geo": "places", "city": "places",
    "state": "places", "country": "places", "industry": "industries", "activity-sector": "industries",
    "secteur-activite": "industries", "ticker": "tickers", "stock-symbol": "tickers", "symbole-boursier": "tickers",
    "graphic": "graphic", "url": "address", "document-type": "document_type", "correction": "correction",
    "correction-date": "correction", "distribution": "distribution", "notes": "notes", "series": "series",
    "acc-no": "document", "document id": "document", "product": "product", "facility": "places",
}  # fmt: skip
_OF: Final = r"(?:of|de|von|van|di)"
_NUMBERED: Final = re.compile(rf"\d+\s+{_OF}\s+\d+\s+(?:documents?|dokumente?n?|documenten)", re.IGNORECASE)
_END: Final = re.compile(r"end of document", re.IGNORECASE)
_FIRST: Final = re.compile(rf"document\s+\d+\s+{_OF}\s+\d+", re.IGNORECASE)
_COVER: Final = re.compile(r"(?:date and time|job number|documents? \(\d+\)|client/matter|search (?:terms|type)"
                           r"|narrowed by|content type)\b", re.IGNORECASE)  # fmt: skip
_LISTED: Final = re.compile(r"\d+\.\s*(?P<title>\S.*)")
_BODY: Final = re.compile(r"body|volltext|corps", re.IGNORECASE)
_BEHIND: Final = re.compile(r"classification|graphic|klassifi\w+", re.IGNORECASE)
_APPENDED: Final = re.compile(r"(?:see )?(?:corrections?|clarifications?|editors?['’]?s? notes?|notes?) appended",
                              re.IGNORECASE)  # fmt: skip
_EDITION: Final = re.compile(
    r"(?:\w+\W+){0,4}(?:edition|ausgabe|éditions?|editie|edición)\b.{0,30}|.{0,20}\bfinal"
    rf"|(?:{_APPENDED.pattern}\s?)+", re.IGNORECASE
)  # fmt: skip
_SERIES: Final = re.compile(r"\((?P<name>[^()]+)\)")
_PAGE: Final = re.compile(r"[;,]\s*(?:pg\.?|pages?|p\.|s\.|blz\.)\s*(?P<page>\S.*)$", re.IGNORECASE)
_LINK: Final = re.compile(r"link (?:to|zum|vers|naar)\b.{0,30}", re.IGNORECASE)
_AFTER_DAY: Final = re.compile(r"\d{4}\W*(?:[^\W\d_]+day\b)?\W*(?P<edition>.*)", re.DOTALL)
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]m)?(?:\s[A-Z]{2,5})?\b", re.IGNORECASE)
_EMPTY: Final = frozenset(("", "•", "·"))  # the last two are what is left of a list's bullets
_LONGEST_TITLE: Final = 4
_STARTS: Final = re.compile(
    rf"(?:{'|'.join(sorted({*_HEAD, *_TAIL}, key=len, reverse=True))})\s?:|{_NUMBERED.pattern}|{_END.pattern}$"
    rf"|{_FIRST.pattern}$"
    rf"|body$|classification$|graphic$|{_COVER.pattern}|{COPYRIGHT.pattern}",
    re.IGNORECASE,
)
_COVERED: Final = re.compile(r"^[ \t]*Job Number:[ \t]*\S.*\n(?:.*\n){0,4}?[ \t]*Documents? \(\d+\)", re.MULTILINE)
_COUNTED: Final = re.compile(rf"^[ \t]*{_NUMBERED.pattern}[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LENGTH: Final = re.compile(r"^[ \t]*(?:Length|Longueur|Länge|Lengte):\s*[\d.,]+\s+\w+", re.MULTILINE | re.IGNORECASE)
_SAID: Final = ("Job Number:", *(f(word) for word in ("length:", "longueur:", "länge:", "lengte:")
                                for f in (str.upper, str.capitalize)))  # fmt: skip
_MARKS: Final = re.compile(r"^[ \t]*(?:Body|Classification|End of Document)[ \t]*$|^[ \t]*Load-Date:", re.MULTILINE)


def sniff(data: bytes) -> bool:
    """Tell whether a file is a download of Nexis."""
    if not may_say(data, *_SAID):
        return False
    text = beginning(data).replace("\N{NO-BREAK SPACE}", " ")
    if text.lstrip()[:1] == "<":
        text = re.sub(r"<[^<>]*>", "\n", text).replace("&nbsp;", " ")
    measured = _LENGTH.search(text) and (_COUNTED.search(text) or _MARKS.search(text))
    return bool(measured or _COVERED.search(text))


def read(file: File) -> Parts:
    """Read a file of one or many articles; raises ``ImportFailed``."""
    return read_blocks(blocks(file, _STARTS), file)


def read_blocks(found: Sequence[Piece], file: File) -> Parts:
    """Read the blocks of a file; raises ``ImportFailed``."""
    pieces = [piece for piece in found if plain(piece) not in _EMPTY or piece.kind == "rule"]
    if any(_NUMBERED.fullmatch(plain(piece)) for piece in pieces):
        return drafts(divided(pieces, _is_numbered)[1:], _read_old, file)
    return drafts(_chunks(pieces), _read_new, file)


def _is_numbered(piece: Piece) -> bool:
    return _NUMBERED.fullmatch(plain(piece)) is not None


def _chunks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the articles of a file in the new layout; the list of titles at its beginning is none."""
    first = next((number for number, piece in enumerate(pieces) if _FIRST.fullmatch(plain(piece))), None)
    chunks: list[list[Piece]] = [[]]
    for piece in pieces[first or 0 :]:
        if _END.fullmatch(plain(piece)) or _FIRST.fullmatch(plain(piece)):
            chunks.append([])
        elif piece.kind != "rule":
            chunks[-1].append(piece)
    if first is None:
        chunks[0] = _without_cover(chunks[0])
    return [chunk for chunk in chunks if chunk]


def _without_cover(chunk: list[Piece]) -> list[Piece]:
    """Return the first article without what stands before it: by the title that the list there names first."""
    texts = [plain(piece) for piece in chunk]
    last = max((number for number, text in enumerate(texts) if _COVER.match(text)), default=-1)
    if last < 0:
        return chunk
    listed = next((match["title"] for text in texts if (match := _LISTED.match(text))), "")
    for number in range(last + 1, len(texts)):
        if listed and texts[number].casefold() == listed.casefold():
            return chunk[number:]
    dated = _dated(texts, last + 1)
    return chunk[max(last + 1, dated - 2) :] if dated is not None else chunk[last + 1 :]


def _dated(texts: Sequence[str], start: int = 0) -> int | None:
    """Return the number of the line that states the date: the last one above the labels, or above the text."""
    found = None
    for number in range(start, len(texts)):
        text = texts[number]
        if _BODY.fullmatch(text) or labelled(Piece(text), _HEAD):
            break
        if len(text) < 100 and not COPYRIGHT.match(text) and day(text):
            found = number
    return found


def _read_new(chunk: Sequence[Piece]) -> Record:
    record = Record()
    texts = [plain(piece) for piece in chunk]
    if len(texts) < 3:
        raise ImportFailed("This record holds no text.", "Look it up in Nexis, and download it again.")
    dated = _dated(texts)
    at = min(2, len(texts)) if dated is None else dated
    record.title = texts[0] if at else ""
    _name_outlet(record, texts[1:at])
    if dated is not None:
        _state_day(record, texts[dated])
        at = dated + 1
    start = next((number for number in range(at, len(texts)) if _BODY.fullmatch(texts[number])), None)
    head_end = start if start is not None else _head_end(chunk, at)
    for piece in chunk[at:head_end]:
        _state(record, piece, _HEAD, "note")
    _take_text(record, chunk[head_end + (start is not None) :])
    return record


def _head_end(chunk: Sequence[Piece], start: int) -> int:
    """Return where the labels above a text end."""
    at = start
    while at < len(chunk) and (labelled(chunk[at], _HEAD) or COPYRIGHT.match(plain(chunk[at]))):
        at += 1
    return at


def _read_old(chunk: Sequence[Piece]) -> Record:
    record = Record()
    rest = [piece for piece in chunk[1:] if piece.kind != "rule"]
    texts = [plain(piece) for piece in rest]
    dated = _dated(texts)
    if dated is None:
        dated = -1
    _name_outlet(record, texts[: max(0, dated)])
    if dated >= 0:
        _state_day(record, texts[dated])
    at = dated + 1
    while at < len(rest) and (_EDITION.fullmatch(texts[at]) or (at > dated + 1 and texts[at - 1].endswith(";"))):
        _state_edition(record, texts[at])
        at += 1
    first = next((number for number in range(at, len(rest)) if labelled(rest[number], _HEAD)), None)
    close = first is not None and first - at <= _LONGEST_TITLE
    record.title = " ".join(texts[at:first]) if close else next(iter(texts[at : at + 1]), "")
    at = first if close and first is not None else at + 1
    end = _head_end(rest, at)
    for piece in rest[at:end]:
        _state(record, piece, _HEAD, "note")
    _take_text(record, rest[end:])
    return record


def _name_outlet(record: Record, above: Sequence[str]) -> None:
    """Take the outlet from the lines above the date: the last one, unless that names a series of it in brackets."""
    last = len(above) - 1
    series = _SERIES.fullmatch(above[last]) if last > 0 else None
    if series:
        record.add("series", series["name"])
        last -= 1
    record.outlet = above[last] if last >= 0 else ""
    for text in above[: max(0, last)]:
        record.add("note", text)


def _state_day(record: Record, text: str) -> None:
    record.published = day(text)
    match = _AFTER_DAY.search(text)
    rest = match["edition"].strip(" ;,") if match else ""
    time = _TIME.match(rest)
    record.add("time", time[0].strip() if time else "")
    _state_edition(record, rest[time.end() :] if time else rest)


def _state_edition(record: Record, text: str) -> None:
    """Take an edition, and what tells there that a correction stands at the end."""
    for found in _APPENDED.findall(text):
        record.add("correction", found)
    record.add("edition", " ".join(_APPENDED.sub("", text).split()).strip(" ;,"))


def _state(record: Record, piece: Piece, labels: Mapping[str, str], otherwise: str) -> None:
    """Take what a line above or below the text says."""
    text = plain(piece)
    found = labelled(piece, labels)
    if COPYRIGHT.match(text):
        record.add("copyright", text)
    elif not found:
        record.add(otherwise, text)
    elif found[0] == "section":
        page = _PAGE.search(found[1])
        record.section = found[1][: page.start()] if page else found[1]
        record.add("page", page["page"] if page else "")
    elif found[0] in ("title", "byline", "language", "address"):
        setattr(record, found[0], found[1])
    else:
        record.add(*found)


def _take_text(record: Record, chunk: Sequence[Piece]) -> None:
    """Take the text, and what stands below it."""
    behind = next((n for n, piece in enumerate(chunk) if n and _BEHIND.fullmatch(plain(piece))), len(chunk))
    end = tail(chunk[:behind], _is_below)
    for piece in chunk[:end]:
        if _LINK.fullmatch(plain(piece)):
            record.left_out.append(LeftOut("navigation", plain(piece), len(record.pieces), runs=piece.runs))
        else:
            record.pieces.append(piece)
    name = "note"
    for piece in chunk[end:]:
        if _BEHIND.fullmatch(plain(piece)):
            name = "graphic" if plain(piece).casefold() == "graphic" else "note"
        else:
            _state(record, piece, _TAIL, name)


def _is_below(piece: Piece) -> bool:
    text = plain(piece)
    return labelled(piece, _TAIL) is not None or (len(text) < 200 and COPYRIGHT.match(text) is not None)


IMPORTER: Final = Importer("nexis", "Nexis", (".docx", ".rtf", ".txt", ".html", ".htm"), read, sniff)
