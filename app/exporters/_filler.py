"""What a process that fills a template does (see ``_apart``): Jinja2's sandbox on plain values, within limits."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.exporters._escaping import escape, escape_lines, quoted
from app.exporters._notes import note_markdown
from app.exporters._obsidian import file_name
from app.exporters._table import csv_lines
from app.exporters._template_values import linked
from app.exporters._values import encoded
from app.loading import load
from app.wording import MONTHS

ASKED: Final = "asked.jsonl"
"""What is to be done, on its first line; an article on each of the others."""

FILLED: Final = "filled"
WRONG: Final = "wrong.json"
_MEMORY: Final = 3 << 30
_WRITTEN: Final = 2 << 30
_BUFFERED: Final = 100


def work(_task: str, folder: Path) -> int:
    """Fill the template of a folder; return 1 when it cannot be, with the reason and the line in :data:`WRONG`."""
    with (folder / ASKED).open("rb") as lines:
        asked = json.loads(next(lines))
        values = linked(asked["values"], map(json.loads, lines))
    _limit()
    try:
        with (folder / FILLED).open("ab") as file:
            for part in _filled(asked["source"], values, escaped=asked["escaped"]):
                file.write(encoded(part))
                file.flush()
    except _Wrong as wrong:
        (folder / WRONG).write_text(json.dumps({"reason": wrong.reason, "line": wrong.line}), encoding="utf-8")
        return 1
    return 0


class _Wrong(Exception):
    """A template that cannot be used: why, and its line, 0 when that is not known."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def _limit() -> None:
    """Bound the memory and the size of what is written, where the system can."""
    if importlib.util.find_spec("resource") is None:
        return
    resource = load("resource")
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, _WRITTEN)):
        resource.setrlimit(kind, (most, most))


def _filled(source: str, values: Mapping[str, Any], *, escaped: bool) -> Iterator[str]:
    """Yield the filled template piece by piece."""
    jinja2 = load("jinja2")
    try:
        stream = _environment(escaped=escaped).from_string(source).stream(values)
        stream.enable_buffering(_BUFFERED)
        yield from stream
    except jinja2.TemplateSyntaxError as error:
        raise _Wrong(str(error.message or ""), error.lineno) from error
    except RecursionError as error:
        raise _Wrong("it is nested too deeply", _line(error)) from error
    except MemoryError as error:
        raise _Wrong("it makes more than fits into memory", _line(error)) from error
    except OSError as error:
        raise _Wrong(error.strerror or str(error), _line(error)) from error
    except (
        jinja2.TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        raise _Wrong(str(error), _line(error)) from error


def _environment(*, escaped: bool) -> Any:
    jinja2, sandbox = load("jinja2"), load("jinja2.sandbox")
    environment = sandbox.ImmutableSandboxedEnvironment(
        autoescape=escaped,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"blockquote": _blockquote, "cell": _cell, "date": _date, "markdown": _markdown,
                            "note": _note, "safe_name": file_name}  # fmt: skip
    environment.tests["has"] = _has
    return environment


def _line(error: BaseException) -> int:
    """Return the line of the template at which it went wrong, 0 when that is not known."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _blockquote(text: str) -> str:
    """Return words as a quotation in Markdown, each of their lines a paragraph."""
    return quoted(escape_lines(str(text)))


def _markdown(text: str) -> str:
    """Return words as Markdown that shows exactly them, on one line."""
    return escape(" ".join(str(text).split()))


def _note(text: str) -> str:
    """Return a note in Markdown as it can stand among other text."""
    return note_markdown(str(text))


def _cell(text: str) -> str:
    """Return words as a cell of a CSV file (RFC 4180) that no spreadsheet takes for a formula."""
    return csv_lines([[str(text)]]).removesuffix("\r\n")


def _date(day: str, form: str = "{day} {month} {year}") -> str:
    """Return an ISO day in words; ``form`` may name day, month (its name), number (of the month) and year."""
    try:
        found = date.fromisoformat(str(day))
    except ValueError:
        return str(day)
    named = {"day": found.day, "month": MONTHS[found.month - 1], "number": found.month, "year": found.year}
    form = str(form)
    for name, value in named.items():
        form = form.replace(f"{{{name}}}", str(value))
    return form


def _has(several: Any, one: Any) -> bool:
    """Tell whether a list has something: ``selectattr("theme_ids", "has", theme.id)``."""
    return one in several
