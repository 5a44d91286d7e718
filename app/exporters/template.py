"""A template of the reader's own, in Jinja2's language and its sandbox; the examples are such templates too.

It is filled in a process of its own (``_filler``), since nothing else can stop one that never ends. What a template is
given stands in ``_template_values.py``, and for its writer in the help.
"""

from __future__ import annotations

import json
import stat
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any, Final

from app.errors import InvalidInput
from app.exporters._apart import working
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._filler import ASKED, FILLED, WRONG
from app.exporters._template_values import articles, values
from app.exporters._values import counted
from app.model import Bundle
from app.options import FILE, Option, OptionValue
from app.places import resources
from app.wording import Message

EXAMPLES: Final = ("briefing.md", "cards.txt", "timeline.html", "matrix.csv")
_LARGEST: Final = 1_000_000  # characters of a template
_SUFFIX: Final = ".txt"
_PATIENCE: Final = 30.0
_CHUNK: Final = 1 << 16
_HTML: Final = (".html", ".htm", ".xhtml", ".xml")


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Fill the template. It alone says what goes out; what is left behind for certain is what no template sees.

    Raises ``InvalidInput``, also while the file is being written, when the template cannot be read or filled.
    """
    path = _path(options)
    source = _source(path)
    cut = sum(item.makeup.is_cut for item in bundle.articles)
    left: tuple[Message, ...] = counted(
        cut, "What was left out of one article.", "What was left out of {count} articles."
    )
    return Export(_files(source, path, bundle), left, len(bundle.articles) + 2)


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


def _files(source: str, path: Path, bundle: Bundle) -> Iterator[File]:
    """Yield the filled template piece by piece; parts without a byte let the work be watched and stopped."""
    with tempfile.TemporaryDirectory(prefix="commonplace-") as name:
        folder = Path(name)
        asked = {"source": source, "escaped": path.suffix.lower() in _HTML, "values": values(bundle)}
        with (folder / ASKED).open("wb") as lines:
            for value in chain([asked], articles(bundle)):
                lines.write(_json(value))
                yield File("", b"")
        (folder / FILLED).touch()
        with closing(working("fill", folder)) as work, (folder / FILLED).open("rb") as file:
            status, since = None, monotonic()
            while status is None:
                status = _status(work)
                while part := file.read(_CHUNK):
                    since = monotonic()
                    yield File("", part)
                if monotonic() - since > _PATIENCE:
                    raise _wrong(path, f"it goes on for {_PATIENCE:g} seconds without writing anything", 0)
                yield File("", b"")
        if status:
            raise _wrong(path, *_reason(folder, status))


def _json(value: Any) -> bytes:
    """Return a value on one line."""
    return json.dumps(value).encode() + b"\n"


def _status(work: Generator[None, None, int]) -> int | None:
    """Let a process work for a moment; return its status once it has ended."""
    try:
        next(work)
    except StopIteration as end:
        status: int = end.value
        return status
    return None


def _reason(folder: Path, status: int) -> tuple[str, int]:
    """Return why a template could not be filled, and the line of it, 0 when that is not known."""
    try:
        said = json.loads((folder / WRONG).read_text(encoding="utf-8"))
        return str(said["reason"]), int(said["line"] or 0)
    except (OSError, ValueError, KeyError, TypeError):
        return f"the process that fills it ended with {status}", 0


def _wrong(path: Path, reason: str, line: int) -> InvalidInput:
    said = (
        "The template “{file}” cannot be used: {reason} (line {line})."
        if line
        else ("The template “{file}” cannot be used: {reason}.")
    )
    return InvalidInput(said, "Mend it and export again.", file=path.name, reason=reason, line=line)


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
