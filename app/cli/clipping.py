"""The command that takes in a passage without the rest of its article."""

from __future__ import annotations

import sys
from collections.abc import Generator
from datetime import UTC, datetime

import click

from app.cli.shape import Call, Command, finish, pass_call
from app.errors import ImportFailed
from app.importing.clipping import clip
from app.importing.journey import Import


@click.command("clip", cls=Command)
@click.argument("passage", required=False)
@click.option("--address", default="", metavar="URL", help="Where it stands.")
@click.option("--title", default="", metavar="TITLE", help="The title of its article.")
@click.option("--note", default="", metavar="TEXT", help="A note on it.")
@click.option("--theme", "themes", multiple=True, metavar="NAME", help="A theme for it, made if new.")
@pass_call
def clip_(call: Call, passage: str | None, address: str, title: str, note: str, themes: tuple[str, ...]) -> None:
    """Keep PASSAGE (or standard input) and its address as an article with that one highlight.

    When the article itself is in the library, by its address or title, the passage is marked there.
    """
    words = sys.stdin.read() if passage is None else passage
    today = datetime.now(UTC).astimezone().date()
    with call.workspace(create=True) as workspace, clip(words, address, title, note, themes, today) as path:
        journey = workspace.import_files([path])
        finish(_steps(journey))
        report = journey.report
        if report.failed:
            raise ImportFailed("{reason}", "", reason=str(report.failed[0].reason))
        (taken,) = (*report.added, *report.updated, *report.duplicates)
        key = workspace.articles.key(taken.id)
        held = workspace.highlights.of_article(key)
        call.answer(
            {"article": taken.id, "title": taken.title, "highlights": [one.id for one in held]},
            f"Kept in “{taken.title}”.",
        )


def _steps(journey: Import) -> Generator[object, None, None]:
    yield from journey.run()


COMMANDS = (clip_,)
