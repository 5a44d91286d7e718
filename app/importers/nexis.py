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
from app.importers._nexis_labels import BEHIND, BODY, END, HEAD, LENGTHS, NUMBERED, TAIL, WEEKDAYS
from app.importers._records import COPYRIGHT, Record, blocks, day, divided, drafts, labelled, plain, tail
from app.importers._word_text import beginning, may_say
from app.model import LeftOut
from app.text.body import Piece

_OF: Final = r"(?:of|de|von|van|di)"
_NUMBERED: Final = re.compile(rf"\d+\s+{_OF}\s+\d+\s+(?:{NUMBERED})", re.IGNORECASE)
_END: Final = re.compile(END, re.IGNORECASE)
_FIRST: Final = re.compile(rf"do[ck]umento?\s+\d+\s+{_OF}\s+\d+", re.IGNORECASE)
_COVER: Final = re.compile(r"(?:date and time|job number|documents? \(\d+\)|client/matter|search (?:terms|type)"
                           r"|narrowed by|content type)\b", re.IGNORECASE)  # fmt: skip
_LISTED: Final = re.compile(r"\d+\.\s*(?P<title>\S.*)")
_BODY: Final = re.compile(BODY, re.IGNORECASE)
_BEHIND: Final = re.compile(BEHIND, re.IGNORECASE)
_APPENDED: Final = re.compile(r"(?:see )?(?:corrections?|clarifications?|editors?['’]?s? notes?|notes?) appended",
                              re.IGNORECASE)  # fmt: skip
_EDITION: Final = re.compile(
    r"(?:\w+\W+){0,4}(?:edition|ausgabe|éditions?|editie|edición)\b.{0,30}|.{0,20}\bfinal"
    rf"|(?:{_APPENDED.pattern}\s?)+", re.IGNORECASE
)  # fmt: skip
_SERIES: Final = re.compile(r"\((?P<name>[^()]+)\)")
_PAGE: Final = re.compile(r"[;,]\s*(?:p[aá]?g\.?|pages?|p\.|s\.|blz\.)\s*(?P<page>\S.*)$", re.IGNORECASE)
_LINK: Final = re.compile(r"link (?:to|zum|vers|naar)\b.{0,30}", re.IGNORECASE)
_AFTER_DAY: Final = re.compile(r"\d{4}\W*(?:[^\W\d_]+day\b)?\W*(?P<edition>.*)", re.DOTALL)
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]m)?(?:\s[A-Z]{2,5})?\b", re.IGNORECASE)
_FACTS: Final = ("loaded", "publication_type", "journal_code", "document_type")
_WORDS: Final = ("type", "update")  # which a paragraph may begin with too
_SURE: Final = {label: meaning for label, meaning in TAIL.items() if meaning in _FACTS and label not in _WORDS}
_ONE_LINE: Final = frozenset((*_FACTS, "language", "address"))
_EMPTY: Final = frozenset(("", "•", "·"))  # the last two are what is left of a list's bullets
_LONGEST_TITLE: Final = 4
_STARTS: Final = re.compile(
    rf"(?:{'|'.join(sorted({*HEAD, *TAIL}, key=len, reverse=True))})\s?:|{_NUMBERED.pattern}|(?:{END})$"
    rf"|{_FIRST.pattern}$"
    rf"|(?:{BODY}|{BEHIND})$|{_COVER.pattern}|{COPYRIGHT.pattern}",
    re.IGNORECASE,
)
_COVERED: Final = re.compile(r"^[ \t]*Job Number:[ \t]*\S.*\n(?:.*\n){0,4}?[ \t]*Documents? \(\d+\)", re.MULTILINE)
_COUNTED: Final = re.compile(rf"^[ \t]*{_NUMBERED.pattern}[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LENGTH: Final = re.compile(rf"^[ \t]*(?:{'|'.join(LENGTHS)}):\s*[\d.,]+\s+\w+", re.MULTILINE | re.IGNORECASE)
_SAID: Final = ("Job Number:", *(f(f"{word}:") for word in LENGTHS for f in (str.upper, str.capitalize)),
                *(f(word) for word in END.split("|") for f in (str.title, str.capitalize)),
                "End of Document")  # fmt: skip
_BODIED: Final = re.compile(
    rf"^[ \t]*(?:{BODY})[ \t]*$.*?^[ \t]*(?:{END})[ \t]*$", re.MULTILINE | re.IGNORECASE | re.DOTALL
)
_MARKS: Final = re.compile(r"^[ \t]*(?:Body|Classification|End of Document)[ \t]*$|^[ \t]*Load-Date:", re.MULTILINE)


def sniff(data: bytes) -> bool:
    """Tell whether a file is a download of Nexis: by its labels, or by what frames the text where they are unknown."""
    if not may_say(data, *_SAID):
        return False
    text = beginning(data).replace("\N{NO-BREAK SPACE}", " ")
    if text.lstrip()[:1] == "<":
        text = re.sub(r"<[^<>]*>", "\n", text).replace("&nbsp;", " ")
    measured = _LENGTH.search(text) and (_COUNTED.search(text) or _MARKS.search(text))
    return bool(measured or _COVERED.search(text) or (COPYRIGHT.search(text) and _BODIED.search(text)))


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
    listed = next((match["title"] for text in texts if (match := _LISTED.match(text))), "")
    for number in range(last + 1, len(texts)):
        if listed and texts[number].casefold() == listed.casefold():
            return chunk[number:]
    if last < 0:
        return chunk
    dated = _dated(texts, last + 1)
    return chunk[max(last + 1, dated - 2) :] if dated is not None else chunk[last + 1 :]


def _dated(texts: Sequence[str], start: int = 0) -> int | None:
    """Return the number of the line that states the date: the last one above the labels, or above the text."""
    found = None
    for number in range(start, len(texts)):
        text = texts[number]
        if _BODY.fullmatch(text) or labelled(Piece(text), HEAD):
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
        _state(record, piece, HEAD, "note")
    _take_text(record, chunk[head_end + (start is not None) :])
    return record


def _head_end(chunk: Sequence[Piece], start: int) -> int:
    """Return where the labels above a text end."""
    at = start
    while at < len(chunk) and (labelled(chunk[at], HEAD) or COPYRIGHT.match(plain(chunk[at]))):
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
    first = next((number for number in range(at, len(rest)) if labelled(rest[number], HEAD)), None)
    close = first is not None and first - at <= _LONGEST_TITLE
    record.title = " ".join(texts[at:first]) if close else next(iter(texts[at : at + 1]), "")
    at = first if close and first is not None else at + 1
    end = _head_end(rest, at)
    for piece in rest[at:end]:
        _state(record, piece, HEAD, "note")
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
    first, _space, behind = rest.partition(" ")
    rest = behind if first.casefold() in WEEKDAYS else rest
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
    """Take the text, and what stands below it: no more text comes behind a line that only databases have."""
    behind = next((n for n, piece in enumerate(chunk) if n and _ends_text(piece)), len(chunk))
    end = tail(chunk[:behind], _is_below)
    for piece in chunk[:end]:
        if _LINK.fullmatch(plain(piece)):
            record.left_out.append(LeftOut("navigation", plain(piece), len(record.pieces), runs=piece.runs))
        else:
            record.pieces.append(piece)
    name = "note"
    for piece in chunk[end:]:
        found = labelled(piece, TAIL)
        if _BEHIND.fullmatch(plain(piece)):
            name = "graphic" if plain(piece).casefold() == "graphic" else "note"
        else:
            _state(record, piece, TAIL, name)
            if found:  # a line without a label goes on with what the one above says
                name = "note" if found[0] in _ONE_LINE else found[0]


def _ends_text(piece: Piece) -> bool:
    return _BEHIND.fullmatch(plain(piece)) is not None or labelled(piece, _SURE) is not None


def _is_below(piece: Piece) -> bool:
    text = plain(piece)
    return labelled(piece, TAIL) is not None or (len(text) < 200 and COPYRIGHT.match(text) is not None)


IMPORTER: Final = Importer("nexis", "Nexis", (".docx", ".rtf", ".txt", ".html", ".htm"), read, sniff)
