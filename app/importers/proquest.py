"""Downloads of ProQuest: plain text, RTF, Word and HTML. A line of underscores stands between the records.

A record begins with its title; then each field is a label and a value. The text follows ``Full text:``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._records import Record, blocks, day, drafts, labelled, plain, tail
from app.importers._word_text import beginning, may_say
from app.text.body import Piece, Run

_FULL: Final = "full text"
_PASSED: Final = "-"
_LABELS: Final[Mapping[str, str]] = {
    "title": "title", "alternate title": "alternate_title", "translated title": "alternate_title",
    "author": "byline", "authors": "byline", "first author": "byline", "correspondence author": "correspondence",
    "publication info": "publication_info", "full text": _FULL, "abstract": "abstract",
    "abstract (summary)": "abstract", "links": _PASSED, "publication title": "outlet", "publication date": "published",
    "publication year": "year", "year": "year", "section": "section", "pages": "page", "first page": "page",
    "start page": "page", "number of pages": "page_count", "volume": "volume", "issue": "issue", "edition": "edition",
    "column": "column", "dateline": "dateline", "publisher": "publisher", "place of publication": "place",
    "country of publication": "country", "publication subject": "publication_subject",
    "journal subject": "publication_subject",
    "issn": "issn", "e-issn": "issn", "isbn": "isbn", "coden": "coden", "doi": "doi", "source type": "source_type",
    "source": "source", "source attribution": "source", "language of publication": "language", "language": "language",
    "document type": "document_type", "document feature": "document_feature", "proquest document id": "document",
    "document url": "document_address", "url": "address", "copyright": "copyright", "last updated": "updated",
    "database": "database", "subject": "subjects", "subjects": "subjects", "business indexing term": "subjects",
    "location": "places", "locations": "places", "people": "people", "person": "people",
    "company / organization": "organisations", "company/org": "organisations", "identifier / keyword": "keywords",
    "identifiers / keywords": "keywords", "classification": "classification", "product name": "products",
    "credit": "credit", "illustration": "illustration", "image": "illustration", "caption": "illustration",
    "full text availability": _PASSED, "publication history": "history", "online publication date": "history",
    "accession number": "accession_number", "notes": "notes", "supplement": "supplement", "ethnic newswatch": _PASSED,
}  # fmt: skip
_STARTS: Final = re.compile(
    rf"(?:{'|'.join(re.escape(label) for label in sorted(_LABELS, key=len, reverse=True))})\s?:|_{{10,}}", re.IGNORECASE
)
_COUNTED: Final = re.compile(r"document \d+ of \d+", re.IGNORECASE)
_LINE: Final = re.compile(r"_{10,}")
_COVER: Final = re.compile(r"report information from proquest|table of contents|contact us at|bibliography"
                           r"|citation style:|database copyright|terms and conditions", re.IGNORECASE)  # fmt: skip
_ADDRESS: Final = re.compile(r"https?://\S+")
_SNIFFED: Final = re.compile(r"ProQuest document ID\s?:|Report Information from ProQuest", re.IGNORECASE)
_FIELD: Final = re.compile(r"(?:Full text|Abstract|Publication title|Database)\s?:", re.IGNORECASE)
_MISSING: Final = re.compile(r"(?:full text )?(?:is )?(?:not available|unavailable|none)\W*(?:\(.*\))?", re.IGNORECASE)
_LINKED: Final = 300


def sniff(data: bytes) -> bool:
    """Tell whether a file is a download of ProQuest."""
    if not may_say(data, "ProQuest", "PROQUEST"):
        return False
    text = beginning(data)
    if text.lstrip()[:1] == "<":
        text = re.sub(r"<[^<>]*>", "", text)
    return bool(_SNIFFED.search(text) and (_FIELD.search(text) or _LINE.search(text)))


def read(file: File) -> Parts:
    """Read a file of one or many articles; raises ``ImportFailed``."""
    return drafts(_chunks(blocks(file, _STARTS)), _read, file.name)


def _chunks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the records: those stretches between lines in which a label stands, but for covers and bibliographies."""
    chunks: list[list[Piece]] = [[]]
    for piece in pieces:
        text = plain(piece)
        found = labelled(piece, _LABELS)
        if _LINE.fullmatch(text) or piece.kind == "rule":
            chunks.append([])
        elif text and not _COUNTED.fullmatch(text):
            chunks[-1].append(piece)
            if found and found[0] == "database":  # ends a record, where the lines were lost
                chunks.append([])
    return [chunk for chunk in chunks if _is_record(chunk)]


def _is_record(chunk: Sequence[Piece]) -> bool:
    if not chunk or _COVER.match(plain(chunk[0])):
        return False
    return sum(labelled(piece, _LABELS) is not None for piece in chunk) >= 2


def _read(chunk: Sequence[Piece]) -> Record:
    record = Record()
    whole = next(
        (number for number, piece in enumerate(chunk) if (labelled(piece, _LABELS) or ("",))[0] == _FULL), None
    )
    end = tail(
        chunk, lambda piece: labelled(piece, _LABELS) is not None or len(plain(piece)) < _LINKED, (whole or 0) + 1
    )
    if whole is not None:
        # A short paragraph may end the text: only what follows a label belongs to the fields.
        while end < len(chunk) and labelled(chunk[end], _LABELS) is None:
            end += 1
    before = chunk[: whole if whole is not None else len(chunk)]
    abstract = _take_fields(record, before, first=True)
    if whole is not None:
        record.pieces += _without_label(chunk[whole:end])
        abstract += _take_fields(record, chunk[end:], first=False)
    if not any(piece.text for piece in record.pieces) or all(_MISSING.fullmatch(plain(one)) for one in record.pieces):
        record.pieces = abstract
        record.add("note", "Only the abstract is in this record." if abstract else "")
        if not abstract:
            raise ImportFailed("This record holds neither text nor abstract.", "Download it with its full text.")
    elif abstract:
        record.add("abstract", "\n".join(piece.text for piece in abstract))
    return record


def _take_fields(record: Record, chunk: Sequence[Piece], *, first: bool) -> list[Piece]:
    """Take the fields, and return the abstract. The block without a label at the very beginning is the title."""
    abstract: list[Piece] = []
    last = ""
    for number, piece in enumerate(chunk):
        found = labelled(piece, _LABELS)
        if found is None:
            _take_unlabelled(record, piece, last, abstract, begins=first and number == 0)
            continue
        last, value = found
        if last == "abstract":
            abstract += _without_label([piece])
        else:
            _state(record, last, value)
    return abstract


def _take_unlabelled(record: Record, piece: Piece, last: str, abstract: list[Piece], *, begins: bool) -> None:
    """Take a block without a label: the title, an address, or what goes on with the field above."""
    text = plain(piece)
    if begins:
        record.title = text
    elif _ADDRESS.fullmatch(text):
        record.details.setdefault("document_address", []).append(text)
    elif last == "abstract":
        abstract.append(piece)
    elif last in record.details:
        record.add(last, text)
    elif text != record.title:
        record.add("note", text)


def _state(record: Record, name: str, value: str) -> None:
    if name == "title":
        record.title = record.title or value
    elif name == "published":
        record.published = day(value)
        record.add("date_line", "" if record.published else value)
    elif name == "byline":
        record.byline = record.byline or value
    elif name in ("outlet", "section", "language"):
        setattr(record, name, value)
    elif name in ("address", "document_address"):
        match = _ADDRESS.match(value)
        if match and (name == "address" or not record.address):
            record.address = match[0]
    elif name in ("subjects", "places", "people", "organisations", "keywords"):
        for one in value.split(";"):
            record.add(name, one.strip())
    elif name != _PASSED:
        record.add(name, value)


def _without_label(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the blocks of a value whose label stands before the first."""
    first = pieces[0]
    cut = first.text.index(":") + 1
    cut += len(first.text[cut:]) - len(first.text[cut:].lstrip())
    runs = tuple(
        Run(max(0, one.start - cut), one.end - cut, one.kind, one.attributes) for one in first.runs if one.end > cut
    )
    rest = [Piece(first.text[cut:], runs=runs)] if first.text[cut:].strip() else []
    return [*rest, *pieces[1:]]


IMPORTER: Final = Importer("proquest", "ProQuest", (".txt", ".rtf", ".docx", ".html", ".htm"), read, sniff)
