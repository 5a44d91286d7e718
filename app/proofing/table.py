"""The report on a draft as a table: a row for each quotation and figure, as CSV or as a workbook.

CSV is as RFC 4180 has it, with a byte order mark, which spreadsheets need; cells that would be taken for formulas are
guarded. In the workbook what was altered is struck out in the draft's words and bold in the library's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from app.errors import InvalidInput
from app.loading import load
from app.proofing.proof import Alteration, Change, Claim, Proof, Verdict
from app.text.body import clean_line
from app.text.cells import guard
from app.text.ranges import Span
from app.writing import placed, replacing

COLUMNS: Final = (
    "number", "kind", "verdict", "draft", "attributed_to", "library", "said_by", "differences", "citation", "also_in",
    "title", "outlet", "byline", "published", "address", "context", "start", "end", "article_id", "passage_start",
    "passage_end",
)  # fmt: skip
_WIDTHS: Final = (5, 10, 15, 44, 17, 44, 17, 30, 34, 34, 30, 18, 18, 12, 28, 52, 8, 8, 34, 8, 8)
_LINE: Final = 15  # points: LibreOffice does not find the heights of wrapped rows itself
_A4: Final = 9
_PADDING: Final = 4
_HIGHEST: Final = 409
_HEADS: Final[Mapping[str, str]] = MappingProxyType({"number": "no."})
_NUMBERS: Final = frozenset(("number", "start", "end", "passage_start", "passage_end"))
_MOST: Final = 32_767 // 2  # characters of a cell: Excel's specifications and limits allow so many pairs of units
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)  # equal reports are equal files
_TINTS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.VERBATIM: "#DCEFE0",
        Verdict.ALTERED: "#FBEBC8",
        Verdict.ANOTHER: "#E6DFF5",
        Verdict.ELSEWHERE: "#DAE8F6",
        Verdict.MISSING: "#F8DAD7",
    }
)
_GONE: Final = "#B3261E"
_SAID: Final = "#1B6E3C"


Writer = Callable[[Proof], Iterable[bytes]]


def write(proof: Proof, target: Path) -> None:
    """Write the report to a file, as its suffix says; raises ``InvalidInput`` for another, and ``ExportFailed``."""
    parts = writer(target)(proof)
    with placed(target) as place, replacing(place) as file:
        for part in parts:
            file.write(part)


def writer(target: Path) -> Writer:
    """Return what writes a report to a file of that suffix; raises ``InvalidInput`` when nothing does."""
    known = writers()
    found = known.get(target.suffix.lower())
    if found is None:
        raise InvalidInput(
            "A report cannot be written as “{name}”.",
            "Name a file that ends in one of: {known}.",
            name=target.suffix or target.name,
            known=", ".join(known),
        )
    return found


def writers() -> Mapping[str, Writer]:
    """Return what writes a report, by the suffix of the file."""
    return {".csv": as_csv, ".xlsx": as_workbook}


def as_csv(proof: Proof) -> Iterator[bytes]:
    """Yield the table as CSV."""
    yield _encoded("\ufeff" + _line(COLUMNS))
    for claim in proof.claims:
        yield _encoded(_line([guard(str(cell)) for cell in row(claim)]))


def row(claim: Claim) -> Sequence[str | int]:
    """Return the cells of a claim; those that nothing is known for are empty."""
    found: list[str | int] = [claim.number, claim.kind.value, claim.verdict.value, claim.words, claim.speaker]
    place: list[str | int] = [claim.context, *claim.span]
    witness = claim.witness
    if witness is None:
        return [*found, "", "", "", "", "", "", "", "", "", "", *place, "", "", ""]
    known = witness.article.metadata
    source = [known.title, known.outlet, known.byline, str(known.published or ""), known.address]
    said = [witness.words, witness.speaker, "; ".join(map(told, claim.changes)), witness.citation]
    said.append("; ".join(one.citation for one in claim.others))
    return [*found, *said, *(text or "" for text in source), *place, witness.article.id, *witness.span]


def told(change: Change) -> str:
    """Return an alteration in a few words."""
    match change.what:
        case Alteration.INSERTED:
            return f"inserted “{change.draft}”"
        case Alteration.LEFT_OUT:
            return f"left out “{change.library}”"
        case Alteration.CHANGED:
            return f"“{change.library}” became “{change.draft}”"


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def as_workbook(proof: Proof) -> Iterator[bytes]:
    """Yield the table as a workbook of one sheet."""
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = load("xlsxwriter").Workbook(data, options)
    book.set_properties({"title": _cell(proof.draft), "created": _EPOCH})
    _Sheet(book).fill(proof)
    book.close()
    yield data.getvalue()


class _Sheet:
    """The one sheet of a report, and how its cells look."""

    def __init__(self, book: Any) -> None:
        base = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#D5D8DC"}
        self._page = book.add_worksheet("Draft")
        self._head = book.add_format({"bold": True, "bg_color": "#E9ECEF", "bottom": 1, "bottom_color": "#8A8F98"})
        self._plain = book.add_format(base)
        self._number = book.add_format({**base, "align": "left"})
        self._verdicts = {
            verdict: book.add_format({**base, "bg_color": tint, "bold": True}) for verdict, tint in _TINTS.items()
        }
        self._gone = book.add_format({"font_strikeout": True, "font_color": _GONE})
        self._said = book.add_format({"bold": True, "font_color": _SAID})

    def fill(self, proof: Proof) -> None:
        """Write the header and a row for each claim."""
        page = self._page
        for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            page.set_column(place, place, width)
            page.write_string(0, place, _HEADS.get(name, name.replace("_", " ")), self._head)
        page.freeze_panes(1, COLUMNS.index("draft") + 1)
        page.autofilter(0, 0, max(1, len(proof.claims)), len(COLUMNS) - 1)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, max(1, len(proof.claims)), COLUMNS.index("also_in"))
        page.repeat_rows(0)
        for number, claim in enumerate(proof.claims, 1):
            self._row(number, claim)

    def _row(self, number: int, claim: Claim) -> None:
        cells = row(claim)
        printed = zip(cells[: COLUMNS.index("title")], _WIDTHS, strict=False)
        lines = max(ceil(len(str(cell)) / width) + str(cell).count("\n") for cell, width in printed)
        self._page.set_row(number, min(_HIGHEST, _LINE * max(1, lines) + _PADDING))
        for place, (name, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
            if name == "verdict":
                self._page.write_string(number, place, str(cell), self._verdicts[claim.verdict])
            elif name in _NUMBERS and isinstance(cell, int):
                self._page.write_number(number, place, cell, self._number)
            elif name == "draft":
                self._marked(number, place, str(cell), [one.quoted for one in claim.differences], self._gone)
            elif name == "library":
                self._marked(number, place, str(cell), [one.said for one in claim.differences], self._said)
            else:
                self._page.write_string(number, place, _cell(guard(str(cell))), self._plain)

    def _marked(self, line: int, place: int, text: str, spans: Sequence[Span], look: Any) -> None:
        """Write words of which some look otherwise."""
        parts: list[Any] = []
        end = 0
        for first, last in (*(span for span in spans if span[0] < span[1]), (len(text), len(text))):
            for stretch, own in ((_cell(text[end:first]), None), (_cell(text[first:last]), look)):
                if stretch:
                    parts += [own, stretch] if own is not None else [stretch]
            end = last
        if len(parts) > len((look, text)) and len(text) < _MOST:
            self._page.write_rich_string(line, place, *parts, self._plain)
        else:
            self._page.write_string(line, place, _cell(guard(text)), self._plain)


def _cell(text: str) -> str:
    """Return a text as a cell can hold it."""
    return "\n".join(map(clean_line, text.split("\n")))[:_MOST]
