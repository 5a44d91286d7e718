"""A template of the reader's own, in Jinja2's language and its sandbox; the examples are such templates too.

What a template is given stands in ``_template_values.py``, and for its writer in the help.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.errors import AppError, InvalidInput
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._escaping import escape, escape_lines, quoted
from app.exporters._notes import note_markdown
from app.exporters._obsidian import file_name
from app.exporters._table import csv_lines
from app.exporters._template_values import values
from app.exporters._values import counted, encoded
from app.loading import load
from app.model import Bundle
from app.options import FILE, Option, OptionValue
from app.places import resources
from app.wording import MONTHS, Message

EXAMPLES: Final = ("briefing.md", "cards.txt", "timeline.html", "matrix.csv")
_LARGEST: Final = 1_000_000  # characters of a template
_SUFFIX: Final = ".txt"
_HTML: Final = (".html", ".htm", ".xhtml", ".xml")


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Fill the template. It alone says what goes out; what is left behind for certain is what no template sees.

    Raises ``InvalidInput``, also while the file is being written, when the template cannot be read or filled.
    """
    path = _path(options)
    template = _compiled(_source(path), path)
    cut = sum(bool(item.content.left_out) for item in bundle.articles)
    left: tuple[Message, ...] = counted(
        cut, "What was left out of one article.", "What was left out of {count} articles."
    )
    return Export((File("", encoded(part)) for part in _filled(template, bundle, path)), left)


def _path(options: Mapping[str, OptionValue]) -> Path:
    given = str(options.get("file", "")).strip()
    return Path(given) if given else resources() / "export" / "templates" / str(options.get("example", EXAMPLES[0]))


def _ends(options: Mapping[str, OptionValue]) -> str:
    """Return the suffix that a template says of itself: what is made of ``report.html`` is a page."""
    return _path(options).suffix.lower() or _SUFFIX


def _source(path: Path) -> str:
    try:
        path = path.expanduser()
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device would never end
            raise ValueError(path)
        with path.open(encoding="utf-8-sig", newline=None) as file:
            text = file.read(_LARGEST + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise InvalidInput(
            "The template “{file}” cannot be read.", "Choose a text file in UTF-8.", file=path.name
        ) from error
    if len(text) > _LARGEST:
        raise InvalidInput("The template “{file}” is too long.", "Choose another file.", file=path.name)
    return text


def _compiled(source: str, path: Path) -> Any:
    jinja2, sandbox = load("jinja2"), load("jinja2.sandbox")
    environment = sandbox.ImmutableSandboxedEnvironment(
        autoescape=path.suffix.lower() in _HTML,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"blockquote": _blockquote, "cell": _cell, "date": _date, "markdown": _markdown,
                            "note": _note, "safe_name": file_name}  # fmt: skip
    environment.tests["has"] = _has
    try:
        return environment.from_string(source)
    except jinja2.TemplateSyntaxError as error:
        raise _wrong(path, str(error.message or ""), error.lineno) from error
    except RecursionError as error:
        raise _wrong(path, "it is nested too deeply", 0) from error


def _filled(template: Any, bundle: Bundle, path: Path) -> Iterator[str]:
    """Yield the filled template piece by piece, so that a long one can be watched and stopped."""
    jinja2 = load("jinja2")
    stream = template.stream(values(bundle))
    stream.enable_buffering(100)
    try:
        yield from stream
    except AppError:
        raise
    except RecursionError as error:
        raise _wrong(path, "it is nested too deeply", _line(error)) from error
    except MemoryError as error:
        raise _wrong(path, "it makes more than fits into memory", _line(error)) from error
    except (
        jinja2.TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        raise _wrong(path, str(error), _line(error)) from error


def _line(error: BaseException) -> int:
    """Return the line of the template at which it went wrong, 0 when that is not known."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _wrong(path: Path, reason: str, line: int) -> InvalidInput:
    said = (
        "The template “{file}” cannot be used: {reason} (line {line})."
        if line
        else ("The template “{file}” cannot be used: {reason}.")
    )
    return InvalidInput(said, "Mend it and export again.", file=path.name, reason=reason, line=line)


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


EXPORTER: Final = Exporter(
    key="template",
    name="Template of your own",
    suffix=_SUFFIX,
    ends=_ends,
    group=TO_READ,
    good_for="Any text form you can describe.",
    write=write,
    options=(
        Option("example", "Example", EXAMPLES[0], EXAMPLES, "A template that comes with the program."),
        Option(
            "file", "Your template", "", help="A file in Jinja2's language; it goes before the example.", names=FILE
        ),
    ),
)
