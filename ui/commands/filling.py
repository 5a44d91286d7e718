"""Filling in what is not known of articles, in the library's thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.deeds import SoFar
from app.model import RECURRING_FIELDS, Article, Gap
from app.text import graphemes
from app.workspace import Workspace
from ui.bridge import Refused
from ui.commands.doing import carry_out
from ui.context import Context
from ui.wording import filled, number

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport

BEGINNING: Final = 1_500  # characters of the text, in which a byline or a date may be read
_PICTURE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Beginning:
    """An article, and how its text begins."""

    article: Article
    text: str


def taken(report: ImportReport) -> tuple[int, ...]:
    """Return the keys of the articles that an import added or updated."""
    return tuple(dict.fromkeys(one.key for one in (*report.added, *report.updated)))


def ask_count(context: Context, articles: Sequence[int], then: Callable[[int], None]) -> None:
    """Ask of how many of some articles something is missing."""
    context.bridge.ask(lambda workspace: len(workspace.gaps.of(articles)), then, key="gap count")


def ask_gaps(context: Context, articles: Sequence[int] | None, then: Callable[[tuple[Gap, ...]], None]) -> None:
    """Ask of which articles something is missing, among some or all."""
    context.bridge.ask(lambda workspace: workspace.gaps.of(articles), then, key="gaps")


def ask_articles(context: Context, articles: Sequence[int], then: Callable[[list[Article]], None]) -> None:
    """Ask for articles of the list."""
    context.bridge.ask(lambda workspace: workspace.articles.by_keys(articles), then)


def ask_again(
    context: Context,
    changed: Sequence[int],
    shown: Sequence[int],
    then: Callable[[tuple[tuple[Gap, ...], list[Article]]], None],
) -> None:
    """Ask what is missing now of articles that were changed, and for those of them that are shown."""

    def job(workspace: Workspace) -> tuple[tuple[Gap, ...], list[Article]]:
        return workspace.gaps.of(changed), workspace.articles.by_keys(shown)

    context.bridge.ask(job, then)


def ask_beginning(context: Context, article: int, then: Callable[[Beginning | None], None]) -> None:
    """Ask for an article and how its text begins; ``None`` when it is gone."""

    def job(workspace: Workspace) -> Beginning | None:
        held = workspace.articles.by_keys([article])
        text = workspace.bodies.texts([article]).get(article, "")
        return Beginning(held[0], beginning(text)) if held else None

    context.bridge.ask(job, then, key="beginning")


def beginning(text: str) -> str:
    """Return how a text begins, its blocks apart from each other, without its pictures."""
    short = text[: graphemes.floor(text, BEGINNING)] if len(text) > BEGINNING else text
    blocks = [block for line in short.split("\n") if (block := line.replace(_PICTURE, "").strip())]
    return "\n\n".join(blocks) + ("…" if short != text else "")


def ask_values(context: Context, outlet: str, then: Callable[[Mapping[str, Sequence[str]]], None]) -> None:
    """Ask which values articles have, those of an outlet first."""
    context.bridge.ask(
        lambda workspace: {field: workspace.gaps.known(field, outlet) for field in RECURRING_FIELDS}, then, key="values"
    )


def fill_in(
    context: Context,
    articles: Sequence[int],
    fields: Mapping[str, str],
    confirmed: Sequence[str],
    then: Callable[[tuple[int, ...]], None],
    refused: Refused,
) -> None:
    """Write down what is known now of one or several articles, as one step; ``confirmed`` fields stay as they are.

    ``then`` gets the numbers of its steps, none where all of it was known; ``refused`` why it cannot be written.
    """

    def journey(workspace: Workspace) -> Generator[SoFar, None, None]:
        return workspace.deeds.edit(articles, fields, confirmed)

    title = filled(context.messages.tr("Filling in details of {count} articles"), count=number(len(articles)))
    carry_out(context, title, len(articles), journey, lambda _nothing, steps: then(steps), refused=refused)
