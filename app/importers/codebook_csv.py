"""Codebooks as tables: a theme a row, with what it means, as Taguette, MAXQDA, people and this program write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.drafts import Codebook, ThemeDraft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._colours import colour_of
from app.importers._columns import field_of
from app.importers._named_rows import Row, columns, first_rows, rows
from app.importers._own_values import own_id
from app.text.cells import unguard

_NAMES: Final = ("path", "tag", "code", "theme", "name")
_DEFINITIONS: Final = ("description", "definition", "memo")
_COLOURS: Final = ("colour", "color")
_NOTES: Final = ("note", "comment")
_ABOVE: Final = ("parent", "under")
# What tables of passages have, and tables of themes have not.
_PASSAGES: Final = frozenset(("content", "quote", "text", "document", "url", "title", "highlight", "segment"))
_ARROW: Final = re.compile(r"\s*(?<!\\)>{1,2}\s*")
# What beside a name and a description tells that they are a theme's: NVivo counts where it is used.
_TELLING: Final = frozenset((*_COLOURS, *_ABOVE, "files", "sources", "references"))
_DOUBTFUL: Final = frozenset(("name", "description"))
_OF_ARTICLES: Final = frozenset(("byline", "outlet", "section", "address", "published", "accessed", "language"))
_LONGEST_NAME: Final = 8  # words of a theme's name, as a rule
_LONGEST_DEFINITION: Final = 250
_FEW: Final = 0.25
# What this program writes: a guard before what a spreadsheet would calculate, an arrow inside a name as ``\>``.
_OWN: Final = frozenset(("path", "digit", "id"))
_OWN_ARROW: Final = " > "
_INNER_ARROW: Final = re.compile(r"(\\*)\\>")


def read(file: File) -> Parts:
    """Read the themes; raises ``ImportFailed`` when no row names one."""
    table = rows(file)
    read_row = _own_theme if table and table[0].keys() >= _OWN else _theme
    themes = [theme for row in table if (theme := read_row(row)) is not None]
    if not themes:
        raise ImportFailed(
            "{name} names no theme.", "Give its first line the columns “tag” and “description”.", name=file.name
        )
    book = Codebook(tuple(themes))
    if not _is_doubtful(columns(file.data)) or not _may_be_themes(file.data):
        return (book,)
    said = ImportFailed(
        "The rows of {name} became themes.",
        "If they are articles, undo this, and import it with options as a table (--format csv).",
        name=file.name,
    )
    return book, Unread("", said, passed=True)


def _theme(row: Row) -> ThemeDraft | None:
    path = _path(_value(row, _NAMES))
    if not path:
        return None
    return ThemeDraft(
        (*_path(_value(row, _ABOVE)), *path),
        colour_of(_value(row, _COLOURS)),
        _value(row, _DEFINITIONS),
        _value(row, _NOTES),
    )


def _own_theme(row: Row) -> ThemeDraft | None:
    """Return the theme of a row that this program wrote, to the letter; one without an id was added by hand."""
    cells = {name: unguard(cell) for name, cell in row.items()}
    uid = own_id(cells["id"].strip())
    if not uid or not cells["path"].strip():
        return _theme(cells)
    names = (_INNER_ARROW.sub(_inner, name) for name in cells["path"].split(_OWN_ARROW))
    digit = cells["digit"].strip()
    return ThemeDraft(
        tuple(names),
        colour_of(cells.get("colour")),
        cells.get("definition", ""),
        cells.get("note", ""),
        int(digit) if digit.isascii() and digit.isdigit() and len(digit) == 1 else 0,
        uid,
        cells.get("private", "").strip() == "yes",
    )


def _inner(arrow: re.Match[str]) -> str:
    return arrow[1][: len(arrow[1]) // 2] + ">"


def _path(text: str) -> tuple[str, ...]:
    return tuple(part for part in _ARROW.split(text) if part)


def _value(row: Row, names: Iterable[str]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _sniffed(data: bytes) -> bool:
    found = columns(data)
    about = found.intersection((*_DEFINITIONS, *_COLOURS))
    if not (found.intersection(_NAMES) and about) or found & _PASSAGES:
        return False
    return not _is_doubtful(found) or _may_be_themes(data)


def _is_doubtful(found: frozenset[str]) -> bool:
    """Tell whether columns may be of any list: nothing but their words says what is named and described there."""
    named, defined = found.intersection(_NAMES), found.intersection(_DEFINITIONS)
    return named | defined == _DOUBTFUL and not found & _TELLING


def _may_be_themes(data: bytes) -> bool:
    """Tell whether names and descriptions are those of themes by their words, not of articles."""
    if any(field_of(name) in _OF_ARTICLES for name in columns(data)):
        return False
    table = first_rows(data)
    names = [row["name"].casefold().strip() for row in table]
    wordy = sum(
        len(name.split()) > _LONGEST_NAME or len(row["description"].split()) > _LONGEST_DEFINITION
        for name, row in zip(names, table, strict=True)
    )
    return wordy <= _FEW * len(table) and len(names) - len(set(names)) <= _FEW * len(table)


IMPORTER: Final = Importer("codebook", "Codebook (CSV)", (".csv",), read, _sniffed)
