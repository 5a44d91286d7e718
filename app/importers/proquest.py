"""Downloads of ProQuest: plain text and HTML, RTF and Word.

In a plain text a line of underscores stands between the records; each begins with its title, then each field is a label
and a value, and the text follows ``Full text:``. RTF and Word files have bare headings, and the fields in a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._proquest_labels import FULL, LABELS, PASSED
from app.importers._proquest_layout import CITED, COVER, LINK, Zones, is_link, is_so_laid_out, linked, rows, zones
from app.importers._records import Record, blocks, day, drafts, labelled, plain, tail
from app.importers._word_text import beginning, may_say
from app.text.body import Piece, Run
from app.text.names import as_spoken

_STARTS: Final = re.compile(
    rf"(?:{'|'.join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True))})\s?[:：]|_{{10,}}"
    rf"|{LINK.pattern}$", re.IGNORECASE
)  # fmt: skip
_COUNTED: Final = re.compile(r"document \d+ of \d+", re.IGNORECASE)
_LINE: Final = re.compile(r"_{10,}")
_CITED_OUTLET: Final = re.compile(r"(?:[^.;,]+, [^.;,]+(?:; [^.;,]+, [^.;,]+)*\.\s+)?(?P<outlet>[^.;,]+?)\s+;\s")
_ADDRESS: Final = re.compile(r"https?://\S+")
_SNIFFED: Final = re.compile(
    rf"Report Information from ProQuest|ProQuest document link"
    rf"|(?:{'|'.join(label for label, meaning in LABELS.items() if meaning == 'document')})\s?[:：]", re.IGNORECASE
)  # fmt: skip
_FIELD: Final = re.compile(
    rf"(?:{'|'.join(name for name, it in LABELS.items() if it in (FULL, 'abstract', 'outlet', 'database'))})"
    r"\s?(?:[:：]|$)", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
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
    return read_blocks(blocks(file, _STARTS), file)


def read_blocks(found: Sequence[Piece], file: File) -> Parts:
    """Read the blocks of a file; raises ``ImportFailed``."""
    pieces = list(rows(found))
    unruled = [piece for piece in pieces if piece.kind != "rule"]
    bare = is_so_laid_out(unruled)
    return drafts((linked(unruled) if bare else []) or _chunks(pieces), _read, file)


def _chunks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the records: those stretches between lines in which a label stands, but for covers and bibliographies.

    What counts the documents stands above each, and parts them too.
    """
    chunks: list[list[Piece]] = [[]]
    for piece in pieces:
        text = plain(piece)
        found = labelled(piece, LABELS)
        if _LINE.fullmatch(text) or piece.kind == "rule" or _COUNTED.fullmatch(text):
            chunks.append([])
        elif text and not is_link(piece):
            chunks[-1].append(piece)
            if found and found[0] == "database":  # ends a record, where the lines were lost
                chunks.append([])
    return [chunk for chunk in chunks if _is_record(chunk)]


def _is_record(chunk: Sequence[Piece]) -> bool:
    if not chunk or COVER.match(plain(chunk[0])):
        return False
    return sum(labelled(piece, LABELS) is not None for piece in chunk) >= 2


def _zones(chunk: Sequence[Piece]) -> Zones:
    """Return what stands above the text of a record, the text, and what stands below it."""
    whole = next((number for number, piece in enumerate(chunk) if (labelled(piece, LABELS) or ("",))[0] == FULL), None)
    if whole is None:
        return Zones(head=list(chunk))
    end = tail(chunk, lambda piece: labelled(piece, LABELS) is not None or len(plain(piece)) < _LINKED, whole + 1)
    # A short paragraph may end the text: only what follows a label belongs to the fields.
    while end < len(chunk) and labelled(chunk[end], LABELS) is None:
        end += 1
    return Zones(list(chunk[:whole]), _without_label(chunk[whole:end]), list(chunk[end:]))


def _read(chunk: Sequence[Piece]) -> Record:
    record = Record()
    parts = zones(chunk) if is_so_laid_out(chunk) else _zones(chunk)
    abstract = _take_fields(record, parts.head, first=True)
    abstract += _take_fields(record, parts.fields, first=False)
    record.pieces += parts.text
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
        found = labelled(piece, LABELS)
        if found is None:
            _take_unlabelled(record, piece, last, abstract, begins=first and number == 0)
            continue
        last, value = found
        if labelled(Piece(value), LABELS):  # a column of labels, in a PDF: their values stand apart
            last = "note"
            continue
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
    elif CITED.match(text) and last == "":
        record.add("publication_info", text)
        record.published = day(text)
        cited = _CITED_OUTLET.match(text)
        record.outlet = cited["outlet"] if cited else ""
    elif _ADDRESS.fullmatch(text):
        record.details.setdefault("document_address", []).append(text)
    elif last == "abstract":
        abstract.append(piece)
    elif last in record.details:
        record.add(last, text)
    elif text != record.title:
        record.add("note", text)


def _state(record: Record, name: str, value: str) -> None:
    if not value:
        return
    if name == "title" and record.title.casefold().startswith(value.casefold()):
        return  # broken off at the end of a page, or of a line
    if name == "title":
        record.add("alternate_title", record.title if record.title != value else "")
        record.title = value
    elif name == "published":
        stated = day(value)
        record.published = stated or record.published
        record.add("date_line", "" if stated else value)
    elif name == "byline":
        record.byline = record.byline or as_spoken(value)
    elif name in ("outlet", "section", "language"):
        setattr(record, name, value)
    elif name in ("address", "document_address"):
        match = _ADDRESS.match(value)
        if match and (name == "address" or not record.address):
            record.address = match[0]
    elif name in ("subjects", "places", "people", "organisations", "keywords"):
        for one in value.split(";"):
            record.add(name, one.strip())
    elif name != PASSED:
        record.add(name, value)


def _without_label(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the blocks of a value whose label stands before the first."""
    first = pieces[0]
    cut = next(at for at, sign in enumerate(first.text, 1) if sign in ":：")
    cut += len(first.text[cut:]) - len(first.text[cut:].lstrip())
    runs = tuple(
        Run(max(0, one.start - cut), one.end - cut, one.kind, one.attributes) for one in first.runs if one.end > cut
    )
    rest = [Piece(first.text[cut:], runs=runs)] if first.text[cut:].strip() else []
    return [*rest, *pieces[1:]]


IMPORTER: Final = Importer("proquest", "ProQuest", (".txt", ".rtf", ".docx", ".html", ".htm"), read, sniff)
