"""ProQuest's layout of RTF and Word files: bare headings, and the fields in a table of two columns.

A record is its title, a line that cites it, ``ProQuest document link``, ``ABSTRACT``, ``FULL TEXT``, ``DETAILS`` with
the table, and ``LINKS``. Nothing else stands between two records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from app.importers._proquest_labels import DETAILS, FULL, LABELS, LINKS
from app.importers._records import labelled, plain
from app.text.body import Piece

_FIELD: Final = "field"
LINK: Final = re.compile(r"(?=.*proquest)(?=.*(?:do[ck]ument|文[档檔件献]|документ|문서|ドキュメント))[^:：\d]{8,60}",
                          re.IGNORECASE)  # fmt: skip
"""What a line says that links to the record."""

_LINKED: Final = re.compile(r"(?P<above>.+\S)\s+(?P<link>ProQuest document link)", re.DOTALL)
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")
CITED: Final = re.compile(r"(?=.*\b(?:19|20)\d\d\b).*[:;\[]")
"""How the line begins that cites an article: it has a year, and signs that stand between its parts."""

_BELOW: Final = frozenset(("credit", "illustration"))  # what stands at the end of a text, and is none of it

_LISTED: Final = re.compile(r"\d+\.\s|_{10,}|document \d+ of \d+$", re.IGNORECASE)
COVER: Final = re.compile(r"report information from proquest|table of contents|contact (?:us at|proquest)|bibliography"
                          r"|citation style:|database copyright|terms and conditions", re.IGNORECASE)  # fmt: skip
"""What stands on covers and below the last record."""


@dataclass(slots=True)
class Zones:
    """The blocks of a record: what stands above its text, the text, and the fields below it; links lead elsewhere."""

    head: list[Piece] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)
    fields: list[Piece] = field(default_factory=list)
    links: list[Piece] = field(default_factory=list)


def rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the blocks, and of each row of a table that begins with a label one block: the label and its value."""
    for row, group in groupby(pieces, key=_row):
        cells = list(group)
        label = plain(cells[0])
        if row is None or label[-1:] not in (":", "："):
            yield from (part for piece in cells if piece.text or piece.kind == "rule" for part in _apart(piece))
            continue
        name = label[:-1].strip()
        value = " ".join(plain(cell) for cell in cells[1:])
        yield Piece(f"{name}: {value}" if name.casefold() in LABELS else f"Notes: {label} {value}", _FIELD)


def is_so_laid_out(pieces: Sequence[Piece]) -> bool:
    """Tell whether blocks are of this layout, and not of the one in which a label stands before the text."""
    told = {LABELS.get(_heading(piece), "") for piece in pieces} - {""}
    if any(piece.kind == _FIELD for piece in pieces) or FULL in told:
        return True
    return bool(told) and not any((labelled(piece, LABELS) or ("",))[0] == FULL for piece in pieces)


def linked(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the records of which each has a line that links to it."""
    links = [number for number, piece in enumerate(pieces) if is_link(piece)]
    if not links:
        return []
    begins = [_begin(pieces, above, at) for above, at in zip([0, *(at + 1 for at in links)], links, strict=False)]
    ends = [*begins[1:], len(pieces)]
    return [list(pieces[begin:end]) for begin, end in zip(begins, ends, strict=True)]


def _apart(piece: Piece) -> Iterator[Piece]:
    """Yield a block, and the link at its end apart, which may stand close below it in a PDF."""
    match = _LINKED.fullmatch(piece.text)
    if match is None:
        yield piece
        return
    yield Piece(match["above"])
    yield Piece(match["link"])


def _row(piece: Piece) -> tuple[object, object] | None:
    return (piece.attributes["table"], piece.attributes["row"]) if piece.kind == "cell" else None


def _begin(pieces: Sequence[Piece], start: int, at: int) -> int:
    """Return where the record begins whose link stands ``at`` a place: below the fields and links of the one before."""
    edge = at
    while edge > start and not _closes(pieces[edge - 1]):
        edge -= 1
    above = [number for number in range(edge, at) if not _is_furniture(pieces[number])]
    if edge and _heading(pieces[edge - 1]) in LINKS and len(above) == at - edge > 1:
        above = above[1:]  # the library's own line
    if len(above) > 3:
        above = above[-2:] if CITED.match(plain(pieces[above[-1]])) else above[-1:]
    return above[0] if above else at


def _closes(piece: Piece) -> bool:
    return piece.kind == _FIELD or labelled(piece, LABELS) is not None or _heading(piece) != ""


def _is_furniture(piece: Piece) -> bool:
    text = plain(piece)
    linked = any(run.kind == "link" and run.end - run.start >= len(piece.text.strip()) for run in piece.runs)
    return linked or bool(COVER.match(text) or _LISTED.match(text))


def is_link(piece: Piece) -> bool:
    """Tell whether a block says nothing but that it links to the record."""
    return piece.kind != _FIELD and LINK.fullmatch(plain(piece)) is not None


def _heading(piece: Piece) -> str:
    """Return a bare heading in small letters; empty for all else."""
    text = _IN_BRACKETS.sub("", plain(piece))
    name = text.casefold()
    known = name in DETAILS or name in LINKS or LABELS.get(name) in (FULL, "abstract")
    return name if known and text == text.upper() else ""


def zones(chunk: Sequence[Piece]) -> Zones:
    """Return the zones of a record. Inside the text only a heading that something of a record follows is one."""
    found = Zones()
    zone = found.head
    for number, piece in enumerate(chunk):
        following = chunk[number + 1 : number + 4]
        name = _heading(piece)
        if is_link(piece):
            found.fields += [
                Piece(f"Document URL: {run.attributes['address']}") for run in piece.runs if run.kind == "link"
            ][:1]
        elif name in DETAILS and (zone is not found.text or any(labelled(one, LABELS) for one in following)):
            zone = found.fields
        elif name in LINKS and (zone is not found.text or any(_heading(one) in DETAILS for one in following)):
            zone = found.links
        elif zone is not found.text and LABELS.get(name) == FULL:
            zone = found.text
        elif zone is found.head and name:
            zone.append(Piece("Abstract:"))
        elif piece.kind == _FIELD:
            zone = found.fields
            zone.append(piece)
        elif zone is found.text or not COVER.match(plain(piece)):
            zone.append(piece)
    while found.text and (labelled(found.text[-1], LABELS) or ("",))[0] in _BELOW:
        found.fields.insert(0, found.text.pop())
    return found
