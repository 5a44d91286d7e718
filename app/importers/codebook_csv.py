"""Codebooks as tables: a theme a row, with what it means, as Taguette, MAXQDA and people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.drafts import Codebook, ThemeDraft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._colours import colour_of
from app.importers._named_rows import Row, columns, rows

_NAMES: Final = ("path", "tag", "code", "theme", "name")
_DEFINITIONS: Final = ("description", "definition", "memo")
_COLOURS: Final = ("colour", "color")
_NOTES: Final = ("note", "comment")
_ABOVE: Final = ("parent", "under")
# What tables of passages have, and tables of themes have not.
_PASSAGES: Final = frozenset(("content", "quote", "text", "document", "url", "title", "highlight", "segment"))
_ARROW: Final = re.compile(r"\s*>{1,2}\s*")


def read(file: File) -> Parts:
    """Read the themes; raises ``ImportFailed`` when no row names one."""
    table = rows(file)
    themes = [theme for row in table if (theme := _theme(row)) is not None]
    if not themes:
        raise ImportFailed(
            "{name} names no theme.", "Give its first line the columns “tag” and “description”.", name=file.name
        )
    return (Codebook(tuple(themes)),)


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


def _path(text: str) -> tuple[str, ...]:
    return tuple(part for part in _ARROW.split(text) if part)


def _value(row: Row, names: Iterable[str]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _sniffed(data: bytes) -> bool:
    found = columns(data)
    about = found.intersection((*_DEFINITIONS, *_COLOURS))
    return bool(found.intersection(_NAMES) and about) and not found & _PASSAGES


IMPORTER: Final = Importer("codebook", "Codebook (CSV)", (".csv",), read, _sniffed)
