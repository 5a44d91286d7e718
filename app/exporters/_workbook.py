"""A workbook that is written row by row: its sheets grow on disk, so that memory stays flat.

The limits are Excel's (its "specifications and limits"): what is longer than a cell is cut, and rows beyond the last
one go on in a further sheet. Text is written as text, guarded, and never looked at for formulas, numbers or links.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from app.colours import Channels, contrast, rgb
from app.exporters._table import Column, Kind, Row
from app.exporters._values import colour_of
from app.loading import load
from app.text.cells import guard

LONGEST_CELL: Final = 32_767
"""How many UTF-16 units a cell holds."""
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384

Look = Mapping[str, Any]

_WHITE: Final[Channels] = (255, 255, 255)
_TINT: Final = 0.24
_FIRST_YEAR: Final = 1901  # Excel knows no earlier days, and one too many in 1900
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,8})(?P<rest>\.\d{1,6})?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_IN_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CHUNK: Final = 1 << 20
_A4: Final = 9

_CELL: Final[Look] = {
    "text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#D5D8DC", "right": 1, "right_color": "#E6E8EB",
}  # fmt: skip
_SHOWN: Final[Mapping[Kind, Look]] = {
    Kind.TEXT: _CELL,
    Kind.NUMBER: {**_CELL, "align": "right", "indent": 1},
    Kind.DAY: {**_CELL, "align": "left", "num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {**_CELL, "align": "left", "num_format": "yyyy-mm-dd hh:mm"},
    Kind.MARK: {**_CELL, "align": "center", "num_format": '0;-0;"·"'},
}
_HEAD: Final[Look] = {
    "bold": True, "text_wrap": True, "valign": "bottom", "bg_color": "#E9ECEF", "bottom": 1, "bottom_color": "#8A8F98",
}  # fmt: skip
_UPRIGHT: Final[Look] = {**_HEAD, "rotation": 90, "align": "center"}
_HEAD_RIGHT: Final[Look] = {**_HEAD, "align": "right", "indent": 1}
_LOOKS_OF_HEADS: Final[Mapping[Kind, Look]] = {Kind.MARK: _UPRIGHT, Kind.NUMBER: _HEAD_RIGHT}
_WHITE_IS_READ: Final = 3.5  # contrast from which white reads better than black, on the colours of themes
# Heights are in points. Excel finds those of wrapped rows itself, LibreOffice does not.
_LINE: Final = 15
_PADDING: Final = 4
_HIGHEST: Final = 409
_HEAD_HEIGHT: Final = 32
_UPRIGHT_LEAST: Final = 80
_UPRIGHT_PRINTED: Final = 200
_UPRIGHT_ON_SCREEN: Final = 100
_UPRIGHT_LETTER: Final = 6.4
_UPRIGHT_LINE: Final = 2.8  # characters
_ROOM: Final = 1.08  # letters are narrower than the digits in which widths are counted
_WIDE: Final = "\u2e80"


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a sheet looks: its columns, their ``widths`` in characters, and what stays in view.

    ``frozen`` columns stay in view beside the first row. The first ``printed`` ones go on paper, all by default; those
    from ``technical`` on are grouped, so that they can be folded away.
    """

    name: str
    columns: Sequence[Column]
    widths: Sequence[float]
    frozen: int = 0
    printed: int | None = None
    technical: int | None = None


class Workbook:
    """A workbook in the making: sheets are added, rows go to any of them, then it is finished."""

    def __init__(self, folder: Path, title: str, made: int, most_rows: int) -> None:
        """Begin a workbook that keeps its parts in a folder. ``made`` is in UTC milliseconds."""
        self._path = folder / "book.xlsx"
        self._most_rows = most_rows
        options = {"constant_memory": True, "tmpdir": str(folder), "use_zip64": True}
        self._book = load("xlsxwriter").Workbook(str(self._path), options)
        created = datetime.fromtimestamp(made // 1000, UTC).replace(tzinfo=None)
        self._book.set_properties({"title": _carried(title), "created": created})
        self._formats: dict[str, Any] = {}
        self._sheets: list[Rows] = []

    def add(self, sheet: Sheet) -> Rows:
        """Add a sheet and return what writes its rows."""
        rows = Rows(self, sheet, self._most_rows)
        self._sheets.append(rows)
        return rows

    def page(self, name: str) -> Any:
        """Add an empty worksheet, set up for landscape paper."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&L&A&RPage &P of &N")
        return page

    def format(self, look: Look) -> Any:
        """Return the format that looks so, the same one for the same look."""
        key = repr(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def finish(self) -> Iterator[bytes]:
        """Put the workbook together and yield its bytes, nothing while it is packed. Raises ``OSError``."""
        for rows in self._sheets:
            rows.end()
        try:
            self._book.close()
        except load("xlsxwriter.exceptions").FileCreateError as error:
            raise error.args[0] from error
        target = self._path.with_suffix(".packed")
        for _chunk in _packing(self._path, target):
            yield b""
        with target.open("rb") as file:
            while data := file.read(_CHUNK):
                yield data

    def give_up(self) -> None:
        """Close what is open, whether the workbook is finished or not; on a full disk that fails, and closes too."""
        self._book.fileclosed = True
        for page in self._book.worksheets():
            for file in (page.row_data_fh, page.fh):
                with suppress(OSError):
                    file.close()


@contextmanager
def opened(title: str, made: int, most_rows: int = MOST_ROWS) -> Iterator[Workbook]:
    """Open a workbook whose parts lie in a folder of their own until it is finished, or given up."""
    with TemporaryDirectory(prefix="commonplace-") as folder:
        book = Workbook(Path(folder), title, made, most_rows)
        try:
            yield book
        finally:
            book.give_up()


class Rows:
    """Writes the rows of one sheet, and what is beyond its last row into further ones."""

    def __init__(self, book: Workbook, sheet: Sheet, most: int) -> None:
        """Begin the sheet with its header. ``most`` is how many rows a sheet has, the header among them."""
        self._book = book
        self._sheet = sheet
        self._most = most
        self._kinds = [column.kind for column in sheet.columns]
        self._shown = [book.format(_SHOWN[kind]) for kind in self._kinds]
        self._fills: dict[tuple[Kind, str], Any] = {}
        self._wrapped = [
            (place, width)
            for place, (column, width) in enumerate(zip(sheet.columns, sheet.widths, strict=True))
            if column.kind is Kind.TEXT and (sheet.printed is None or place < sheet.printed)
        ]
        self._parts = 0
        self._begin()

    def write(self, cells: Row, fills: Mapping[int, str] | None = None) -> None:
        """Write a row; ``fills`` are the colours (``#rrggbb``) of some of its cells, by column."""
        if self._row >= self._most:
            self.end()
            self._begin()
        lines = max((_lines(cells[place], width) for place, width in self._wrapped), default=1)
        self._page.set_row(self._row, min(_HIGHEST, _LINE * lines + _PADDING))
        for column, cell in enumerate(cells):
            kind = self._kinds[column]
            fill = self._filled(kind, fills[column]) if fills and column in fills else None
            if cell:
                self._write_cell(column, cell, kind, fill)
            elif fill is not None:
                self._page.write_blank(self._row, column, None, fill)
        self._row += 1

    def end(self) -> None:
        """Put the filter on the rows that are there, and say what goes on paper."""
        last_row, columns = max(1, self._row - 1), len(self._sheet.columns)
        self._page.autofilter(0, 0, last_row, columns - 1)
        self._page.print_area(0, 0, last_row, (self._sheet.printed or columns) - 1)

    def _begin(self) -> None:
        self._parts += 1
        self._page = self._book.page(self._sheet.name if self._parts == 1 else f"{self._sheet.name} {self._parts}")
        self._page.freeze_panes(1, self._sheet.frozen)
        upright = [place for place, column in enumerate(self._sheet.columns) if column.kind is Kind.MARK]
        is_printed = self._sheet.printed is None or any(place < self._sheet.printed for place in upright)
        most = _UPRIGHT_PRINTED if is_printed else _UPRIGHT_ON_SCREEN
        longest = max((len(self._sheet.columns[place].heading) for place in upright), default=0)
        self._page.set_row(0, min(most, max(_UPRIGHT_LEAST, _UPRIGHT_LETTER * longest)) if upright else _HEAD_HEIGHT)
        for number, (column, width) in enumerate(zip(self._sheet.columns, self._sheet.widths, strict=True)):
            is_technical = self._sheet.technical is not None and number >= self._sheet.technical
            if column.kind is Kind.MARK:
                width = 2.5 + _UPRIGHT_LINE * ceil(_UPRIGHT_LETTER * len(column.heading) / most)
            self._page.set_column(number, number, width, self._shown[number], {"level": 1} if is_technical else {})
            look = _LOOKS_OF_HEADS.get(column.kind, _HEAD)
            fill = {"bg_color": tint(colour_of(column.theme))} if column.theme else {}
            self._write_text(0, number, column.heading, self._book.format({**look, **fill}))
        self._row = 1

    def _write_cell(self, column: int, cell: str, kind: Kind, fill: Any) -> None:
        value = None if kind is Kind.TEXT else _value(cell, kind)
        if value is None:
            self._write_text(self._row, column, cell, fill)
        elif isinstance(value, date):
            self._page.write_datetime(self._row, column, value, fill or self._shown[column])
        else:
            self._page.write_number(self._row, column, value, fill)

    def _write_text(self, row: int, column: int, text: str, look: Any) -> None:
        text = cut(guard(_carried(text)))
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take this for markup of its own and write it as it is; in parts it is text again.
            looks = () if look is None else (look,)
            self._page.write_rich_string(row, column, "<", self._book.format(_CELL), text[1:], *looks)
        else:
            self._page.write_string(row, column, text, look)

    def _filled(self, kind: Kind, colour: str) -> Any:
        if (kind, colour) not in self._fills:
            ink = "#FFFFFF" if contrast(rgb(colour), _WHITE) >= _WHITE_IS_READ else "#000000"
            look = {**_SHOWN[kind], "bg_color": colour, "font_color": ink}
            self._fills[kind, colour] = self._book.format(look)
        return self._fills[kind, colour]


def tint(colour: str) -> str:
    """Return a colour (``#rrggbb``) mixed with much white, so that black text is easily read on it."""
    return "#" + "".join(f"{round(255 - (255 - channel) * _TINT):02x}" for channel in rgb(colour))


def is_too_long(text: str) -> bool:
    """Tell whether a text, guarded, is longer than a cell."""
    return len(text) >= LONGEST_CELL // 2 and _units(guard(text)) > LONGEST_CELL


def cut(text: str) -> str:
    """Return a text that a cell holds; one that is too long ends in ``…``, and no character is cut in two."""
    if len(text) <= LONGEST_CELL // 2 or _units(text) <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _lines(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of that width."""
    if len(text) < width // 2:
        return 1 + text.count("\n")
    room = width * _ROOM
    return sum(max(1, ceil(_extent(line) / room)) for line in text.split("\n"))


def _extent(line: str) -> int:
    return len(line) if line.isascii() else sum(1 + (letter >= _WIDE) for letter in line)


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _carried(text: str) -> str:
    """Return a text without what no XML file can carry; other controls are escaped by XlsxWriter."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _value(cell: str, kind: Kind) -> date | float | None:
    """Return the number or day that a cell holds, ``None`` where it holds something else."""
    if kind is Kind.MOMENT or (kind is Kind.DAY and _DAY.fullmatch(cell)):
        try:
            moment = datetime.fromisoformat(cell.removesuffix("Z"))
        except ValueError:
            return None
        return None if moment.year < _FIRST_YEAR else moment if kind is Kind.MOMENT else moment.date()
    match = _NUMBER.fullmatch(cell) if kind in (Kind.NUMBER, Kind.MARK) else None
    if match is None:
        return None
    return float(cell) if match["rest"] else int(cell)


def _packing(path: Path, target: Path) -> Iterator[int]:
    """Pack the workbook as on every machine, chunk by chunk: XlsxWriter notes the rights of its own files."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            entry.file_size = part.file_size
            with source.open(part) as data, packed.open(entry, "w") as written:
                while chunk := data.read(_CHUNK):
                    yield written.write(chunk)
