"""Themes: made, renamed, coloured, numbered, moved, merged and deleted; and where else they were used."""

from __future__ import annotations

from app.model import Article, Theme
from app.workspace import Workspace
from ui.commands.opening import show_facts, show_marks, source_line
from ui.commands.undoing import undoing
from ui.commands.writing import write_down
from ui.context import Context
from ui.wording import filled

ALSO = 12


def show_themes(context: Context) -> None:
    """Ask all themes, and show them wherever they are shown."""

    def then(themes: tuple[Theme, ...]) -> None:
        context.session.themes = themes
        parts = context.parts
        for part in (parts.list, parts.search, parts.reader, parts.side.themes):
            part.show_themes(themes)
        show_facts(context)
        show_marks(context)

    context.bridge.ask(lambda workspace: workspace.themes.all(), then, key="themes")


def add(context: Context, name: str, under: str | None) -> None:
    """Make a theme, at the top or below another."""
    context.bridge.ask(lambda workspace: workspace.themes.add(name, under=under))


def rename(context: Context, theme: str, name: str) -> None:
    """Give a theme another name."""
    context.bridge.ask(lambda workspace: workspace.themes.edit(theme, new_name=name))


def recolour(context: Context, theme: str, colour: str) -> None:
    """Give a theme another colour."""
    context.bridge.ask(lambda workspace: workspace.themes.edit(theme, colour=colour))


def number(context: Context, theme: str, digit: int) -> None:
    """Give a theme a digit, and take it from the theme that has it; 0 takes it away."""
    given = context.session.theme(theme)
    holder = next((one for one in context.session.themes if digit and one.digit == digit and one.id != theme), None)
    if holder is None or given is None:
        context.bridge.ask(lambda workspace: workspace.themes.edit(theme, digit=digit))
        return

    def job(workspace: Workspace) -> Theme:
        with workspace.library.deed("Key {digit} given to “{theme}”", digit=digit, theme=given.name):
            workspace.themes.edit(holder.id, digit=0)
            return workspace.themes.edit(theme, digit=digit)

    def then(now: Theme) -> None:
        said = filled(
            context.messages.tr("Key {digit} now puts on “{theme}”, and no longer “{former}”."),
            digit=digit,
            theme=now.name,
            former=holder.name,
        )
        context.messages.say(said, deed=undoing(context))

    context.bridge.ask(job, then)


def define(context: Context, theme: str, definition: str) -> None:
    """Write what a theme means."""

    def job(workspace: Workspace) -> None:
        workspace.themes.edit(theme, definition=definition)

    write_down(context, ("definition", theme), definition, job)


def move(context: Context, theme: str, under: str | None, before: str | None) -> None:
    """Hang a theme below another, or at the top: before one of those that are there, or last."""
    context.bridge.ask(lambda workspace: workspace.themes.move(theme, under, before))


def merge(context: Context, source: str, target: str) -> None:
    """Put all that is under one theme under another."""

    def then(theme: Theme) -> None:
        text = filled(context.messages.tr("Merged into “{name}”."), name=theme.name)
        context.messages.say(text, deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.themes.merge(source, target), then)


def delete(context: Context, theme: str) -> None:
    """Delete a theme; the passages stay marked."""

    def then(_nothing: object) -> None:
        tr = context.messages.tr
        context.messages.say(tr("Theme deleted. Its passages stay marked."), deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.themes.delete(theme), then)


def show_also(context: Context) -> None:
    """Show in which other articles the focused passage's first theme was used."""
    focused = context.parts.reader.focused()
    found = context.session.highlight(focused) if focused else None
    show_also_of(context, found.themes[0] if found and found.themes else "")


def show_also_of(context: Context, given: str) -> None:
    """Show in which other articles a theme was used; none when there is no such theme."""
    themes = context.parts.side.themes
    theme = context.session.theme(given)
    if theme is None:
        themes.show_also("", ())
        return

    def job(workspace: Workspace) -> list[tuple[Article, int]]:
        counts = workspace.highlights.articles_with(theme.id, ALSO)
        articles = {article.key: article for article in workspace.articles.by_keys([key for key, _ in counts])}
        return [(articles[key], count) for key, count in counts if key in articles]

    def then(found: list[tuple[Article, int]]) -> None:
        here = context.session.article.id if context.session.article else ""
        rows = [
            (article.id, article.metadata.title or "", source_line(article), count)
            for article, count in found
            if article.id != here
        ]
        themes.show_also(theme.name, rows)

    context.bridge.ask(job, then, key="also")
