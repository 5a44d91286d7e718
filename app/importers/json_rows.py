"""JSON with an article in each object: one object a line (JSONL), or an array of objects, at the top or inside."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._columns import OBJECTS, OPTION, Columns, field_of, of_file, understood
from app.importers._encodings import decode_text
from app.importers._rows import read_rows

_MOST_COLUMNS: Final = 500
_DEPTH: Final = 4
_MOST_LINES: Final = 100


def read(file: File) -> Parts:
    """Read a table; raises ``ImportFailed``, naming the columns, when none of them is known to hold the text."""
    table = _Table(file)
    return (*read_rows(table.columns, table.rows, file), *table.unread)


def columns(file: File) -> Mapping[str, str]:
    """Return what each column holds, by its name; raises ``ImportFailed``."""
    found = _Table(file).columns
    return dict(zip(found.names, found.fields, strict=True))


class _Table:
    """The objects of a file as the rows of a table. What lies in an object inside one is called ``source.name``."""

    def __init__(self, file: File) -> None:
        text = decode_text(file.data, file.name)
        self.unread: list[Unread] = []
        self._objects = _whole(text, file.name)
        if self._objects is None:
            self._objects = list(self._lines(text))
        if not self._objects:
            raise ImportFailed(
                "{name} holds no list of objects.",
                "Each article has to be an object, in an array or on a line of its own.",
                name=file.name,
            )
        keys: dict[str, None] = {}
        for found in self._objects:
            keys |= dict.fromkeys(flat(found))
        self._keys = sorted(keys, key=lambda key: field_of(key) is None)[:_MOST_COLUMNS]
        self.columns: Columns = of_file(file, self._keys, lambda: (row for _number, row in self.rows()))

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the values of each object in the order of the columns."""
        for number, found in enumerate(self._objects or (), 1):
            values = flat(found)
            yield number, [values.get(key, "") for key in self._keys]

    def _lines(self, text: str) -> Iterator[Mapping[str, Any]]:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, strict=False)
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict):
                yield found
            elif len(self.unread) < _MOST_LINES:
                error = ImportFailed("This line is no JSON object.", "Mend it, or take it out.")
                self.unread.append(Unread(f"line {number}", error))


def flat(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of an object as texts, those of objects inside it behind its name and a dot."""
    values: dict[str, str] = {}
    waiting = deque((str(key), value, 1) for key, value in found.items())
    while waiting:
        key, value, depth = waiting.popleft()
        if isinstance(value, dict) and depth < _DEPTH:
            waiting.extendleft((f"{key}.{inner}", one, depth + 1) for inner, one in reversed(value.items()))
        else:
            values[key] = _text(value)
    return values


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and any(isinstance(one, dict) and isinstance(one.get("text"), str) for one in value):
        runs = any(not isinstance(one, dict) or "type" in one for one in value)
        return ("" if runs else "\n\n").join(_text(one.get("text") if isinstance(one, dict) else one) for one in value)
    if isinstance(value, list):
        return "; ".join(_text(one.get("name", one) if isinstance(one, dict) else one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _whole(text: str, name: str) -> list[Mapping[str, Any]] | None:
    """Return the objects of a file that is one JSON value, ``None`` for one with a value on each line."""
    if not re.match(r"\s*[\[{]", text):
        raise ImportFailed("{name} is not JSON.", "Check the file, or import it as another format.", name=name)
    try:
        value = json.loads(text, strict=False)
    except RecursionError as error:
        raise ImportFailed("{name} is nested too deeply.", "Check where it comes from.", name=name) from error
    except json.JSONDecodeError as error:
        first = text.lstrip().partition("\n")[0]
        if first.startswith("{") and first.rstrip().endswith("}"):
            return None
        raise ImportFailed(
            "{name} is damaged in line {line}, or was cut off.", "Export it again.", name=name, line=error.lineno
        ) from error
    except ValueError as error:
        raise ImportFailed("{name} makes no sense.", "Look at where it comes from.", name=name) from error
    return _objects(value)


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """Return the longest array of objects in a value, or the value itself when it is an object without one."""
    waiting = deque([(value, 0)])
    best: list[Mapping[str, Any]] = []
    while waiting:
        one, depth = waiting.popleft()
        if isinstance(one, list):
            objects: list[Mapping[str, Any]] = [inner for inner in one if isinstance(inner, dict)]
            if len(objects) > len(best):
                best = objects
        elif isinstance(one, dict) and depth < _DEPTH:
            waiting += [(inner, depth + 1) for inner in one.values()]
    whole = isinstance(value, dict) and not understood(list(flat(best[0])) if best else []).of("text")
    return [value] if whole else best


IMPORTER: Final = Importer(
    "json",
    "Table (JSON, JSONL)",
    OBJECTS,
    read,
    general=True,
    options=(OPTION,),
    columns=columns,
)
