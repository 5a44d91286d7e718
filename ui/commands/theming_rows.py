"""Themes of several passages or whole articles at once: put on, or taken off, as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.errors import AppError, NotFound
from app.model import Theme
from app.workspace import Workspace
from ui.commands.marking import say_no_digit
from ui.commands.undoing import undoing
from ui.context import Context
from ui.wording import filled, number


@dataclass(frozen=True, slots=True)
class Row:
    """A passage, or an article (by its ``key``), and the themes that are on it."""

    id: str
    themes: tuple[str, ...]
    key: int | None = None


def ask_worn(context: Context, ids: Sequence[str], then: Callable[[Sequence[Theme], frozenset[str]], None]) -> None:
    """Ask all themes, and which of them are on all of some passages or articles."""

    def job(workspace: Workspace) -> tuple[tuple[Theme, ...], frozenset[str]]:
        worn = [frozenset(row.themes) for row in _rows(workspace, ids)]
        return workspace.themes.all(), frozenset.intersection(*worn) if worn else frozenset()

    context.bridge.ask(job, lambda answer: then(*answer), key="worn")


def by_digit(context: Context, ids: Sequence[str], digit: int) -> None:
    """Put the theme with a digit on passages or articles, or take it off where all have it; 0 takes all off."""
    theme = next((one.id for one in context.session.themes if digit and one.digit == digit), None)
    if digit and theme is None:
        say_no_digit(context, digit)
    else:
        _change(context, ids, lambda rows: _toggled(rows, theme) if theme else ("", _worn(rows)))


def put(context: Context, ids: Sequence[str], theme: str, then: Callable[[], None] | None = None) -> None:
    """Put a theme, which is made where there is none, on passages or articles."""
    _change(context, ids, lambda _rows: (theme, ()), then)


def take(context: Context, ids: Sequence[str], theme: str, then: Callable[[], None] | None = None) -> None:
    """Take a theme off passages or articles."""
    _change(context, ids, lambda _rows: ("", (theme,)), then)


def _change(
    context: Context,
    ids: Sequence[str],
    wish: Callable[[Sequence[Row]], tuple[str, Sequence[str]]],
    then: Callable[[], None] | None = None,
) -> None:
    """Do what is wished of the rows as they are now: a theme put on, others taken off. Say what was done.

    ``then`` is called when it was refused, too: the rows are not as they were wished to be.
    """

    def job(workspace: Workspace) -> tuple[str, list[str], list[Row]]:
        rows = _rows(workspace, ids)
        add, remove = wish(rows)
        meant = [row for row in rows if (add and add not in row.themes) or not set(remove).isdisjoint(row.themes)]
        if len(meant) == 1:
            _retheme(workspace, meant[0], add, remove)
        elif meant:
            label = "Themes of {count} passages" if meant[0].key is None else "Themes of {count} articles"
            with workspace.library.deed(label, count=len(meant)):
                for row in meant:
                    _retheme(workspace, row, add, remove)
        put = workspace.themes.find(add) if add else None
        names = [put.name] if put else [workspace.themes.find(one).name for one in remove]
        return put.id if put else "", names, meant

    def done(answer: tuple[str, list[str], list[Row]]) -> None:
        context.session.last_theme = answer[0] or context.session.last_theme
        _say(context, *answer)
        if then is not None:
            then()

    def refused(error: AppError) -> None:
        context.messages.complain(error)
        if then is not None:
            then()

    context.bridge.ask(job, done, refused=refused)


def _say(context: Context, add: str, names: Sequence[str], rows: Sequence[Row]) -> None:
    """Say on how many rows themes were put, or off how many they were taken."""
    tr = context.messages.tr
    if not rows:
        if add:
            context.messages.say(filled(tr("“{theme}” is on it already."), theme=", ".join(names)))
        return
    passages = rows[0].key is None
    if len(rows) == 1:
        what = tr("one passage") if passages else tr("one article")
    else:
        what = filled(tr("{count} passages") if passages else tr("{count} articles"), count=number(len(rows)))
    said = tr("Put on {what}: {themes}.") if add else tr("Taken off {what}: {themes}.")
    context.messages.say(filled(said, what=what, themes=", ".join(names)), deed=undoing(context))


def _toggled(rows: Sequence[Row], theme: str) -> tuple[str, Sequence[str]]:
    return ("", (theme,)) if all(theme in row.themes for row in rows) else (theme, ())


def _worn(rows: Sequence[Row]) -> Sequence[str]:
    return tuple(dict.fromkeys(theme for row in rows for theme in row.themes))


def _rows(workspace: Workspace, ids: Sequence[str]) -> list[Row]:
    return [_row(workspace, given) for given in ids]


def _row(workspace: Workspace, given: str) -> Row:
    try:
        return Row(given, workspace.highlights.find(given).themes)
    except NotFound:
        article = workspace.articles.find(given)
        return Row(given, article.themes, article.key)


def _retheme(workspace: Workspace, row: Row, add: str, remove: Sequence[str]) -> None:
    if row.key is None:
        workspace.highlights.retheme(row.id, [add] if add else [], list(remove))
    else:
        workspace.articles.theme(row.key, [add] if add else [], list(remove))
