"""Commands on highlights: highlight, retheme, note, unhighlight, highlights."""

from __future__ import annotations

from functools import partial

import click

from app.cli import lines, values
from app.cli.indexing import looked_up
from app.cli.shape import Call, Command, ordered, pass_call
from app.errors import InvalidInput, NotFound
from app.library.naming import by_uid
from app.model import Highlight
from app.workspace import Workspace


@click.command("highlight", cls=Command)
@click.argument("article")
@click.option("--quote", metavar="TEXT", help="The words to mark.")
@click.option("--nth", type=int, default=1, metavar="N", help="Which occurrence of the words (1).")
@click.option("--start", type=int, metavar="N", help="The first character, counted from 0 in code points.")
@click.option("--end", type=int, metavar="N", help="The character after the last one.")
@click.option("--theme", "themes", multiple=True, metavar="NAME", help="A theme to put on it, made if new.")
@click.option("--note", default="", metavar="TEXT", help="A note in Markdown.")
@pass_call
def highlight(
    call: Call,
    article: str,
    quote: str | None,
    nth: int,
    start: int | None,
    end: int | None,
    themes: tuple[str, ...],
    note: str,
) -> None:
    """Mark a passage of an article."""
    if (quote is None) == (start is None or end is None):
        raise click.UsageError("Give either --quote, or --start and --end.")
    with call.workspace() as workspace:
        key = workspace.articles.key(article)
        if quote is not None:
            marked = workspace.highlights.add_quote(key, quote, nth, themes, note)
        else:
            assert start is not None
            assert end is not None
            marked = workspace.highlights.add(key, start, end, themes, note)
        _answer(call, workspace, marked)


def _answer(call: Call, workspace: Workspace, highlight: Highlight) -> None:
    value = values.highlight(highlight, values.theme_names(workspace))
    call.answer(value, *lines.highlight(value))


@click.command("retheme", cls=Command)
@click.argument("identifier", metavar="ID")
@click.option("--add", multiple=True, metavar="NAME", help="A theme to put on it, made if new.")
@click.option("--remove", multiple=True, metavar="NAME", help="A theme to take off.")
@pass_call
def retheme(call: Call, identifier: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Change the themes of a highlight, or of a whole article."""
    if not add and not remove:
        raise click.UsageError("Give --add or --remove.")
    with call.workspace() as workspace:
        if not is_article(workspace, identifier):
            _answer(call, workspace, workspace.highlights.retheme(identifier, add, remove))
            return
        key = workspace.articles.key(identifier)
        workspace.articles.theme(key, add, remove)
        value = values.whole_article(workspace, key)
        call.answer(value, f"{lines.titled(value['title'])}: {', '.join(value['themes']) or 'no themes'}")


@click.command("note", cls=Command)
@click.argument("identifier", metavar="ID")
@click.argument("text")
@click.option("--private/--public", default=None, help="Whether it stays home when it is exported (as before).")
@pass_call
def note(call: Call, identifier: str, text: str, *, private: bool | None) -> None:
    """Write the note on a highlight or an article; an empty TEXT removes it."""
    with call.workspace() as workspace:
        if not is_article(workspace, identifier):
            marked = workspace.highlights.note(identifier, text, private=private)
            value = values.highlight(marked, values.theme_names(workspace))
            stays = workspace.notes.is_private("highlight", marked.key)
            call.answer({**value, "private": stays}, *lines.highlight(value), *_privacy(stays))
            return
        key = workspace.articles.key(identifier)
        workspace.articles.note(key, text, private=private)
        value = values.whole_article(workspace, key)
        stays = workspace.notes.is_private("article", key)
        call.answer({**value, "private": stays}, f"Note on “{lines.titled(value['title'])}”.", *_privacy(stays))


def _privacy(stays: bool) -> list[str]:
    return ["The note stays home when it is exported."] if stays else []


def is_article(workspace: Workspace, identifier: str) -> bool:
    """Tell articles from highlights; raises ``InvalidInput`` when an id begins both, ``NotFound`` when it does none."""
    database = workspace.library.database
    article, highlight = (by_uid(database, table, identifier) is not None for table in ("article", "highlight"))
    if article and highlight:
        raise InvalidInput(
            "An article and a highlight both begin with “{given}”.", "Give more of it.", given=identifier
        )
    if not article and not highlight:
        raise NotFound(
            "There is no article and no highlight with the id “{given}”.",
            "See “list” and “highlights”.",
            given=identifier,
        )
    return article


@click.command("unhighlight", cls=Command)
@click.argument("identifier", metavar="ID")
@pass_call
def unhighlight(call: Call, identifier: str) -> None:
    """Delete a highlight with its themes and its note."""
    with call.workspace() as workspace:
        found = workspace.highlights.find(identifier)
        workspace.highlights.remove(found.id)
    call.answer({"removed": found.id}, f"Removed “{' '.join(found.quote.split())}”.")


@click.command("highlights", cls=Command)
@click.argument("query", nargs=-1)
@ordered
@pass_call
def highlights(call: Call, query: tuple[str, ...], order: str, *, reverse: bool) -> None:
    """List the highlights, or those that a query finds."""
    with call.workspace() as workspace:
        names = values.theme_names(workspace)
        ask = partial(workspace.keys, " ".join(query), passages=True, order=order or "relevance", reverse=reverse)
        keys = looked_up(workspace, ask)
        found = [values.highlight(one, names) for one in workspace.highlights.by_keys(keys)]
    said = [line for one in found for line in lines.highlight(one)]
    call.answer({"total": len(found), "highlights": found}, *(said or ["No highlights."]))


COMMANDS = (highlight, retheme, note, unhighlight, highlights)
