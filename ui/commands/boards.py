"""The board: what lies on it is gathered a page at a time, and after a deed only what that touched."""

from __future__ import annotations

from collections.abc import Collection as Keys
from collections.abc import Generator, Mapping, Sequence
from typing import Final

from app.errors import AppError
from app.lane import SOON
from app.library.naming import Ref
from app.model import Collection, Interlude, Theme
from app.searching.boards import Layout
from app.searching.gathering import Passage as Gathered
from app.workspace import Workspace
from ui.board.passage import Passage
from ui.commands.opening import show_progress
from ui.context import Context
from ui.wording import filled, number

THEME: Final = "theme"
COLLECTION: Final = "collection"
PAGE: Final = 50

Page = Mapping[Ref, Gathered]


def open_board(context: Context, kind: str, given: str) -> None:
    """Show the passages of a theme, or what is in a collection."""
    context.parts.list.stay()
    context.session.board = (kind, given)
    if context.session.laid_out != (kind, given):
        context.session.gathered.clear()
    context.parts.centre.show_board(shown=True)
    show_progress(context)
    _lay_out(context)
    context.parts.board.setFocus()


def close_board(context: Context) -> None:
    """Go back from the board to the article."""
    context.session.board = None
    context.session.gathering.cancel()
    context.parts.centre.show_board(shown=False)
    show_progress(context)
    context.parts.reader.setFocus()


def reload_board(context: Context) -> None:
    """Gather all that lies on the board anew; a board whose theme or collection is gone is closed."""
    context.session.gathered.clear()
    _lay_out(context)


def refresh_board(context: Context, articles: Keys[int], highlights: Keys[int]) -> None:
    """Show the board as it is after a deed that touched these articles and highlights; what else lies on it is known.

    ``articles`` and ``highlights`` are keys.
    """
    gathered = context.session.gathered
    for ref, one in list(gathered.items()):
        if one.article.key in articles or (one.highlight is not None and one.highlight.key in highlights):
            del gathered[ref]
    _lay_out(context)


def _lay_out(context: Context) -> None:
    """Ask what lies on the board now, with a page of what is not known of it; what more there is is gathered then."""
    board = context.session.board
    if board is None:
        return
    kind, given = board
    context.session.gathering.cancel()
    known = frozenset(context.session.gathered)

    def job(workspace: Workspace) -> tuple[Layout, Page, Sequence[Ref]] | None:
        layout = workspace.boards.of_theme(given) if kind == THEME else workspace.boards.of_collection(given)
        if layout is None:
            return None
        wanted = [one for one in layout.items if not isinstance(one, Interlude) and one not in known]
        return layout, workspace.boards.gather(wanted[:PAGE]), wanted[PAGE:]

    def then(found: tuple[Layout, Page, Sequence[Ref]] | None) -> None:
        if context.session.board != board:
            return
        if found is None:
            close_board(context)
            return
        layout, page, rest = found
        _take(context, page)
        if rest:
            _gather(context, layout, rest)
        else:
            _show(context, layout)

    context.bridge.ask(job, then, key="board", refused=lambda error: _refuse(context, board, error))


def _gather(context: Context, layout: Layout, rest: Sequence[Ref]) -> None:
    """Gather the rest of what lies on the board, a page in each step, and show it when all of it is there."""
    board, come = context.session.board, 0
    if context.session.laid_out != board:
        context.session.laid_out = None
        context.parts.board.show_waiting(layout.subject.name, _kind(layout), context.session.themes)

    def journey(workspace: Workspace) -> Generator[Page, None, None]:
        for start in range(0, len(rest), PAGE):
            yield workspace.boards.gather(rest[start : start + PAGE])

    def is_wanted() -> bool:
        # What was gathered before a deed may still come after it.
        return context.session.board == board and not ticket.is_cancelled

    def step(page: Page) -> None:
        nonlocal come
        if is_wanted():
            _take(context, page)
            come += PAGE
            said = filled(context.messages.tr("{count} still to come"), count=number(max(0, len(rest) - come)))
            context.parts.centre.show_place(said)

    def then(_nothing: None) -> None:
        if is_wanted():
            _show(context, layout)

    def refused(error: AppError) -> None:
        if is_wanted():
            _refuse(context, board, error)

    def stopped() -> None:
        if is_wanted():
            _give_up(context, board)

    ticket = context.bridge.walk(journey, step, then, refused=refused, stopped=stopped, rank=SOON)
    context.session.gathering = ticket


def _refuse(context: Context, board: tuple[str, str] | None, error: AppError) -> None:
    """Say why what lies on a board cannot be shown."""
    context.messages.complain(error)
    _give_up(context, board)


def _give_up(context: Context, board: tuple[str, str] | None) -> None:
    """Close a board that waits for what lies on it; one that is shown stays as it was."""
    if context.session.board == board != context.session.laid_out:
        close_board(context)


def _take(context: Context, page: Page) -> None:
    for ref, one in page.items():
        context.session.gathered[ref] = Passage(one.highlight, one.article, one.context, one.span, one.paragraph)


def _show(context: Context, layout: Layout) -> None:
    """Show what lies on the board, and forget what does not any more."""
    session, subject = context.session, layout.subject
    gathered = session.gathered
    there = [one for one in layout.items if isinstance(one, Interlude) or one in gathered]
    session.gathered = {one: gathered[one] for one in there if not isinstance(one, Interlude)}
    session.laid_out = session.board
    show_progress(context)
    context.parts.board.show_passages(
        subject.name,
        _kind(layout),
        [one if isinstance(one, Interlude) else gathered[one] for one in there],
        session.themes,
        theme=subject.id if isinstance(subject, Theme) else "",
        collection=subject.id if isinstance(subject, Collection) else "",
        about=subject.definition if isinstance(subject, Theme) else subject.note,
        by_hand=isinstance(subject, Collection) and not subject.query,
    )


def _kind(layout: Layout) -> str:
    return THEME if isinstance(layout.subject, Theme) else COLLECTION
