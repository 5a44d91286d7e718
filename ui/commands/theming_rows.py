"""Themes of several passages or whole articles at once: put on, or taken off, as one step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from app.deeds import ARTICLES, PASSAGES, SoFar, Thing, kind_of
from app.lane import SOON
from app.model import Theme
from app.workspace import Workspace
from ui.commands.doing import carry_out
from ui.commands.marking import say_no_digit
from ui.commands.undoing import Offer, undoing_steps
from ui.context import Context
from ui.wording import filled, number

Wish = Callable[[Sequence[Thing]], tuple[str, Sequence[str]]]
"""What is wished of things as they are now: a theme put on (``""``: none), others taken off."""

Done = tuple[str, list[str], list[Thing]]
"""The theme that was put on, the names of what was put on or else taken off, and what it was done with."""


def ask_worn(context: Context, ids: Sequence[str], then: Callable[[Sequence[Theme], frozenset[str]], None]) -> None:
    """Ask all themes, and which of them are on all of some passages or articles."""

    def journey(workspace: Workspace) -> Generator[SoFar, None, tuple[tuple[Theme, ...], frozenset[str]]]:
        worn = [frozenset(thing.themes) for thing in (yield from workspace.deeds.things(ids))]
        return workspace.themes.all(), frozenset.intersection(*worn) if worn else frozenset()

    context.bridge.walk(journey, lambda _step: None, lambda answer: then(*answer), rank=SOON)


def by_digit(context: Context, ids: Sequence[str], digit: int) -> None:
    """Put the theme with a digit on passages or articles, or take it off where all have it; 0 takes all off."""
    theme = next((one.id for one in context.session.themes if digit and one.digit == digit), None)
    if digit and theme is None:
        say_no_digit(context, digit)
    else:
        _change(context, ids, lambda things: _toggled(things, theme) if theme else ("", _worn(things)))


def put(context: Context, ids: Sequence[str], theme: str, then: Callable[[], None] | None = None) -> None:
    """Put a theme, which is made where there is none, on passages or articles."""
    _change(context, ids, lambda _things: (theme, ()), then)


def take(context: Context, ids: Sequence[str], theme: str, then: Callable[[], None] | None = None) -> None:
    """Take a theme off passages or articles."""
    _change(context, ids, lambda _things: ("", (theme,)), then)


def retheme(context: Context, ids: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> None:
    """Put a theme on passages of the board, or take some off; what is taken off may leave the board."""
    _change(context, ids, lambda _things: (add[0] if add else "", remove))


def _change(context: Context, ids: Sequence[str], wish: Wish, then: Callable[[], None] | None = None) -> None:
    """Do what is wished of things as they are now, as one step, and say what was done.

    ``then`` is called when it was refused, too: the things are not as they were wished to be.
    """

    def journey(workspace: Workspace) -> Generator[SoFar, None, Done]:
        things = yield from workspace.deeds.things(ids)
        add, remove = wish(things)
        gone = frozenset(remove)
        meant = [one for one in things if (add and add not in one.themes) or not gone.isdisjoint(one.themes)]
        if meant:
            yield from workspace.deeds.retheme(meant, add, remove)
        put = workspace.themes.find(add) if add else None
        names = [put.name] if put else [workspace.themes.find(one).name for one in remove]
        return put.id if put else "", names, meant

    def done(answer: Done, steps: tuple[int, ...]) -> None:
        context.session.last_theme = answer[0] or context.session.last_theme
        _say(context, *answer, undoing_steps(context, steps))

    title = filled(context.messages.tr("Changing the themes of {count} rows"), count=number(len(ids)))
    carry_out(context, title, len(ids), journey, done, then)


def _say(context: Context, add: str, names: Sequence[str], things: Sequence[Thing], offer: Offer | None) -> None:
    """Say on how many rows themes were put, or off how many they were taken."""
    tr = context.messages.tr
    if not things:
        if add:
            context.messages.say(filled(tr("“{theme}” is on it already."), theme=", ".join(names)))
        return
    kind = kind_of(things)
    if len(things) == 1:
        what = tr("one passage") if kind == PASSAGES else tr("one article")
    else:
        many = {PASSAGES: tr("{count} passages"), ARTICLES: tr("{count} articles")}
        what = filled(many.get(kind, tr("{count} articles and passages")), count=number(len(things)))
    said = tr("Put on {what}: {themes}.") if add else tr("Taken off {what}: {themes}.")
    context.messages.say(filled(said, what=what, themes=", ".join(names)), deed=offer)


def _toggled(things: Sequence[Thing], theme: str) -> tuple[str, Sequence[str]]:
    return ("", (theme,)) if all(theme in one.themes for one in things) else (theme, ())


def _worn(things: Sequence[Thing]) -> Sequence[str]:
    return tuple(dict.fromkeys(theme for one in things for theme in one.themes))
