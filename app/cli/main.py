"""The root of the command line: its commands, and what becomes of errors."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from app import places
from app.cli import (
    articles,
    attributes,
    care,
    citing,
    clipping,
    coding,
    collections,
    exporting,
    finding,
    marks,
    proofing,
    themes,
)
from app.cli.shape import Group, Stopped
from app.errors import AppError


@click.group(cls=Group, context_settings={"help_option_names": ["--help"], "max_content_width": 100})
def commonplace() -> None:
    """Read and annotate articles offline: import, search, highlight under themes, collect, export."""


for command in (
    *articles.COMMANDS,
    *clipping.COMMANDS,
    *finding.COMMANDS,
    *marks.COMMANDS,
    themes.theme,
    collections.collection,
    attributes.attribute,
    coding.coder,
    *citing.COMMANDS,
    *exporting.COMMANDS,
    *proofing.COMMANDS,
    *care.COMMANDS,
):
    commonplace.add_command(command)


def main() -> NoReturn:
    """Run the command line: 0 when all went well, 1 with one sentence when not, 2 for wrong usage, 3 for a part."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with _terminable():
            code = commonplace.main(prog_name="commonplace", standalone_mode=False)
    except Stopped:
        _end("Stopped. Nothing was written, and what was there before is as it was.", 130)
    except click.exceptions.Abort:
        _end("Stopped. What was done so far is kept.", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AppError as error:
        _end(str(error), 1)
    except BrokenPipeError:
        _close_output()
        sys.exit(1)
    except OSError as error:
        _close_output()
        _end(
            f"The system refused something: {error.strerror or error}. Make room or mend permissions, then try again.",
            1,
        )
    except Exception as error:  # the last net: a bug ends as a sentence and a report, never as a traceback
        _end(_report(error), 1)
    sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a command that is told to end, as when the machine is shut down, end like one that is interrupted."""
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: signal.raise_signal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _close_output() -> None:
    """Let nothing more be written to standard output, where nobody can read it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _end(sentence: str, code: int) -> NoReturn:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(code)


def _report(error: Exception) -> str:
    """Write a report about a bug and return the sentence that says where it is."""
    text = "".join(traceback.format_exception(error))
    folder = places.data_folder() / "reports"
    what = f"Something went wrong inside Commonplace ({type(error).__name__}: {error})."
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{os.getpid()}.txt"
        file.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return f"{what} Please report it."
    return f"{what} Please report it with the file “{file}”."
