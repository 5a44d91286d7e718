"""What all commands share: ``--library`` and ``--json`` at any place, and one way to answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from app import places
from app.errors import InvalidInput
from app.search.entries import ORDERS
from app.workspace import Workspace

_OPTION: Final = re.compile("--[A-Za-z]")
_SHOWN: Final = 40


@dataclass
class Call:
    """What was said with a call besides its command: which library, and whether the answer is JSON."""

    library: Path | None = None
    as_json: bool = False
    is_done: bool = False

    def finish(self, journey: Generator[Any, None, Any]) -> Any:
        """Run the journey of a command that does all or nothing to its end, and return what it returns."""
        found = finish(journey)
        self.is_done = True
        return found

    @property
    def folder(self) -> Path:
        """Return the folder of the library of this call."""
        return self.library or places.default_library()

    @contextmanager
    def workspace(self, *, create: bool = False) -> Iterator[Workspace]:
        """Open the library of this call; what little is to be indexed is indexed at the end, if anything changed."""
        with Workspace(self.folder, create=create) as workspace:
            yield workspace
            workspace.tidy()

    def answer(self, value: Mapping[str, Any], *lines: str) -> None:
        """Print the answer: the value as one JSON object, or the lines for a person."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False))
        else:
            for line in lines:
                click.echo(line)


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    call = context.find_root().ensure_object(Call)
    if value and parameter.name == "library":
        call.library = Path(value)
    if value and parameter.name == "json":
        call.as_json = True
    return value


def _everywhere() -> list[click.Parameter]:
    return [
        click.Option(
            ["--library"], metavar="DIR", expose_value=False, callback=_remember, help="The folder of the library."
        ),
        click.Option(["--json"], is_flag=True, expose_value=False, callback=_remember, help="Answer with JSON."),
    ]


class Stopped(click.exceptions.Abort):
    """A command was interrupted that does all or nothing: nothing was done."""


class Command(click.Command):
    """A command that takes ``--library`` and ``--json``, and words that begin with a minus sign as words.

    ``whole``: it does all or nothing, by :meth:`Call.finish`.
    """

    def __init__(self, *arguments: Any, whole: bool = False, **options: Any) -> None:
        """Add what every command takes."""
        super().__init__(*arguments, **options)
        self.params += _everywhere()
        self.ignore_unknown_options = True
        self._whole = whole

    def invoke(self, context: click.Context) -> Any:
        """Do what is wished; raises ``Stopped`` when it is interrupted and nothing was done."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            if self._whole and not context.find_root().ensure_object(Call).is_done:
                raise Stopped from None
            raise

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Refuse unknown options of two dashes: only a single minus sign may begin a word."""
        known = {name for parameter in self.params for name in (*parameter.opts, *parameter.secondary_opts)}
        takes_value = {
            name
            for parameter in self.params
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in parameter.opts
        }
        awaiting = False
        for word in args:
            if word == "--":
                break
            if not awaiting and _OPTION.match(word) and word.split("=")[0] not in {*known, "--help"}:
                name = word.split("=")[0][:_SHOWN]
                raise click.NoSuchOption(name, possibilities=sorted(known), ctx=context)
            awaiting = not awaiting and word in takes_value
        return super().parse_args(context, args)


class Group(click.Group):
    """A group of commands that takes ``--library`` and ``--json`` itself too."""

    command_class = Command
    group_class = type

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Add what every command takes."""
        super().__init__(*arguments, **options)
        self.params += _everywhere()


pass_call = click.make_pass_decorator(Call, ensure=True)


def ordered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command take ``--order`` (empty when it is not given) and ``--reverse``."""
    command = click.option("--reverse", is_flag=True, help="The other way round: oldest first, or from Z to A.")(
        command
    )
    return click.option("--order", default="", metavar="O", help=f"{', '.join(ORDERS)}.")(command)


def assigned(texts: Iterable[str]) -> dict[str, str]:
    """Return the options of a format that were given as ``NAME=VALUE``; raises ``InvalidInput``."""
    return dict(_assignment(text) for text in texts)


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InvalidInput("“{text}” is no option.", "Write --option NAME=VALUE.", text=text)
    return name, value


def finish(journey: Generator[Any, None, Any]) -> Any:
    """Run a journey to its end and return what it returns; one that is interrupted puts things in order by then."""
    with closing(journey):
        while True:
            try:
                next(journey)
            except StopIteration as stop:
                return stop.value
