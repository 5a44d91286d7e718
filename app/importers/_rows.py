"""The rows of a table to articles, one each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from typing import Final

from app.cleaning.dates import read_stamp
from app.cleaning.language import guess
from app.cleaning.lines import bulleted, split
from app.cleaning.metadata import derived_title
from app.cleaning.phrases import lexicon
from app.cleaning.signatures import without_by
from app.cleaning.unrolling import unrolled
from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Parts, Unread, go_on
from app.importers._columns import ATTRIBUTE, Columns, is_list_of_links, require_text
from app.importers._html import read_html
from app.importers._records import day, language_code, part_name
from app.importers._tag_lists import entries
from app.model import METADATA_FIELDS, Metadata, Origin, Published
from app.text.addresses import safe_address
from app.text.body import Body, Piece
from app.text.names import as_spoken

Rows = Callable[[], Iterable[tuple[int, Sequence[str]]]]
"""Begins to read the rows: each with its number, from 1."""

_MOST_UNREAD: Final = 100
_LONGEST_ATTRIBUTE: Final = 500
_HEAD: Final = 4096
_MARKUP: Final = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|blockquote|article|section|table|body)\s*>|<br\s*/?>|<p[ >]",
                            re.IGNORECASE)  # fmt: skip
_FIGURES: Final = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_SHORT: Final = re.compile(r"(\d{1,2}[- /.][^\W\d_]{3,9}\.?[- /])(\d{2})")
_NINETIES: Final = 30  # as spreadsheets take years of two figures
# What programs write into a cell that holds nothing.
_NOTHING: Final = frozenset(("nan", "NaN", "NaT", "None", "null", "NULL", "<NA>", "#N/A"))
_SECONDS: Final = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def read_rows(columns: Columns, rows: Rows, file: File) -> Parts:
    """Return the article of each row; a row without a text is an ``Unread``, unless its address can stand for it.

    So it does in each row of a list of links, which has no column for a text.
    Raises ``ImportFailed`` when no column holds the text, and when no row is an article.
    """
    if not is_list_of_links(columns, (cells for _number, cells in rows())):
        require_text(columns, file.name)
    reader = _Reader(columns, _day_first(columns, rows))
    parts: list[Draft | Unread] = []
    unread = 0
    for number, cells in rows():
        if not any(cell.strip() for cell in cells):
            continue
        draft = reader.draft(number, cells)
        go_on(file)
        if draft.body.text.strip() or draft.metadata.address:
            parts.append(draft)
        elif (unread := unread + 1) <= _MOST_UNREAD:
            parts.append(Unread(draft.part, ImportFailed("This row holds no text.", "Fill it in, or leave it out.")))
    if not parts:
        raise ImportFailed("{name} has no rows.", "Check the file, or leave it out.", name=file.name)
    return parts


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, columns: Columns, day_first: bool | None) -> None:
        self._columns = columns
        self._day_first = day_first
        self._numbers = {field: columns.of(field) for field in set(columns.fields)}

    def draft(self, number: int, cells: Sequence[str]) -> Draft:
        """Return the article of a row."""
        address = safe_address(self._first(cells, "address"))
        pieces = [piece for text in self._all(cells, "text") for piece in _pieces(text, address or "")]
        body = Body.of(pieces)
        title = " ".join(unescape(self._first(cells, "title")).split())
        stated = self._first(cells, "language")
        tag = re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})+", stated)
        spoken = language_code(stated) or (stated if tag else None)
        guessed = guess(body.text)
        when = self._first(cells, "published")
        published, is_derived = self._day(when)
        accessed, _derived = self._day(self._first(cells, "accessed"))
        first = next((piece.text for piece in pieces if piece.text), "")
        values = Metadata(
            title=title or (derived_title(first[:_HEAD], lexicon(spoken or guessed)) if first else None),
            byline=without_by(_names(self._first(cells, "byline")), lexicon(spoken or guessed)) or None,
            outlet=" ".join(self._first(cells, "outlet").split()) or None,
            section=" ".join(self._first(cells, "section").split()) or None,
            address=address if address and address.startswith("http") else None,
            published=published,
            accessed=accessed.day.isoformat() if accessed else None,
            language=spoken or guessed,
        )
        origins = {name: Origin.STATED for name in METADATA_FIELDS if getattr(values, name)}
        derived = {"title": not title, "language": not spoken, "published": is_derived}
        origins |= {name: Origin.DERIVED for name, is_so in derived.items() if is_so and name in origins}
        attributes, details = self._rest(cells)
        if when and not published:
            details["date_line"] = when
        return Draft(
            body,
            replace(values, origins=origins),
            details=details,
            attributes=attributes,
            themes=tuple(dict.fromkeys(theme for text in self._all(cells, "themes") for theme in _themes(text))),
            note="\n\n".join(self._all(cells, "note")),
            part=part_name(number, values.title or ""),
            stub=not body.text.strip(),
        )

    def _all(self, cells: Sequence[str], field: str) -> list[str]:
        numbers = self._numbers.get(field, ())
        found = (cells[number].strip() for number in numbers if number < len(cells))
        return [cell for cell in found if cell and cell not in _NOTHING]

    def _first(self, cells: Sequence[str], field: str) -> str:
        return next(iter(self._all(cells, field)), "")

    def _rest(self, cells: Sequence[str]) -> tuple[Mapping[str, str], dict[str, str | tuple[str, ...]]]:
        """Return the attributes, and as details what is too long for one, or stands in no column."""
        attributes: dict[str, str] = {}
        details: dict[str, str | tuple[str, ...]] = {}
        for number in self._numbers.get(ATTRIBUTE, ()):
            value = cells[number].strip() if number < len(cells) else ""
            name = attribute_name(self._columns.names[number])
            if value and len(value) > _LONGEST_ATTRIBUTE:
                details[name] = value
            elif value:
                attributes[name] = value
        further = tuple(cell.strip() for cell in cells[len(self._columns.names) :] if cell.strip())
        if further:
            details["further_cells"] = further
        return attributes, details

    def _day(self, text: str) -> tuple[Published | None, bool]:
        """Return the date that a cell states, and whether it is only derived from how the column writes others."""
        if not text:
            return None, False
        if _SECONDS.fullmatch(text):
            return _of_seconds(text), False
        try:
            return Published.parse(text), False
        except ValueError:
            found = read_stamp(text) or day(text)
        if found is None and (short := _SHORT.fullmatch(text)):
            century = 2000 if int(short[2]) < _NINETIES else 1900
            return day(f"{short[1]}{century + int(short[2])}"), True
        match = _FIGURES.match(text)
        if found is None and match and self._day_first is not None:
            first, second, year = int(match[1]), int(match[3]), int(match[4])
            month, of_month = (second, first) if self._day_first else (first, second)
            try:
                return Published(date(year, month, of_month)), True
            except ValueError:
                return None, False
        return found, False


def attribute_name(column: str) -> str:
    """Return the name of an attribute for a column: none that a field has already."""
    name = column.replace("=", "-")
    return f"{name} (column)" if name.casefold() in METADATA_FIELDS else name


def _day_first(columns: Columns, rows: Rows) -> bool | None:
    """Tell whether the dates of a column begin with the day: where one has a first or a second figure above 12."""
    numbers = columns.of("published")
    if not numbers:
        return None
    seen: set[bool] = set()
    for _number, cells in rows():
        match = _FIGURES.match(cells[numbers[0]]) if numbers[0] < len(cells) else None
        if match and (int(match[1]) > 12) != (int(match[3]) > 12):
            seen.add(int(match[1]) > 12)
            if len(seen) > 1:
                return None
    return next(iter(seen), None)


def _of_seconds(text: str) -> Published | None:
    """Return the day of a number of seconds or milliseconds since 1970."""
    seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
    try:
        return Published(datetime.fromtimestamp(seconds, UTC).date())
    except (ValueError, OverflowError, OSError):
        return None


def _pieces(text: str, address: str) -> Iterator[Piece]:
    """Yield the blocks of a text: read as HTML when it is that, by lines otherwise."""
    if _MARKUP.search(text[:_HEAD]):
        yield from (piece for piece in read_html(text, address) if piece.text or piece.kind != "paragraph")
        return
    lines = split(unrolled(text.replace("\0", "\N{REPLACEMENT CHARACTER}")))
    for number, line in enumerate(lines):
        if bulleted(lines, number):
            yield Piece(line.rest, "item", {"depth": 1, "ordered": line.mark[0].isdigit()})
        else:
            yield Piece(line.text)


def _names(text: str) -> str:
    listed = entries(text)
    if listed is None and ";" in text and all(name.count(",") <= 1 for name in text.split(";")):
        text = as_spoken(text) if "," in text else ", ".join(filter(None, map(str.strip, text.split(";"))))
    return " ".join((", ".join(listed) if listed is not None else text).split())


def _themes(text: str) -> Iterator[str]:
    """Yield the themes of a cell: a list, or names between semicolons, bars or commas; ``A > B`` is a path."""
    listed = entries(text)
    sign = next((sign for sign in ";|," if sign in text), ",")
    for entry in listed if listed is not None else text.split(sign):
        name = " ".join(entry.split()).removeprefix("#").strip()
        if name:
            yield name
