"""What must be there before something is done; where it is not, that is said. And what a deed is meant for."""

from __future__ import annotations

from collections.abc import Callable

from ui.context import Context


def nothing(_context: Context) -> bool:
    """Go on: it can be done on the first page too."""
    return True


def library(context: Context) -> bool:
    """Tell whether a library is open; if not, say so."""
    if context.bridge.is_open():
        return True
    tr = context.messages.tr
    context.messages.say(tr("No library is open."), hint=tr("Open one first, or make one of your own."))
    return False


def text(context: Context) -> bool:
    """Tell whether the text of an article is in front; if there is none, or the board lies over it, say so."""
    if not library(context):
        return False
    tr = context.messages.tr
    if context.parts.centre.is_board():
        context.messages.say(
            tr("This is done in the text of an article."), hint=tr("Esc leads from the board back to the article.")
        )
        return False
    if context.session.article is None and not context.session.opening:
        _say_none_is_open(context)
        return False
    return True


def meant(context: Context) -> tuple[str, ...]:
    """Return the ids of what is meant: rows chosen in the list, what is selected on the board, or what is open.

    Rows are meant while the keyboard is in the list. One that is the open article says no more than that, so the
    passage that has the focus there comes first. Where there is nothing of the kind, that is said.
    """
    tr = context.messages.tr
    if rows := _chosen(context):
        return rows
    if context.parts.centre.is_board():
        chosen = context.parts.board.meant()
        if not chosen:
            context.messages.say(tr("No passage is selected."), hint=tr("Click one, or go to it with the arrows."))
        return chosen
    focused, article = context.parts.reader.focused(), context.session.article
    if focused is not None:
        return (focused,)
    if article is None:
        _say_none_is_open(context)
        return ()
    return (article.id,)


def when_meant(context: Context, then: Callable[[tuple[str, ...]], None]) -> None:
    """Hand on the ids of what is meant now, see :func:`meant`, as soon as all chosen rows have theirs."""
    rows = context.parts.list
    if rows.hasFocus() and not rows.are_named():
        rows.when_named(then)
    elif ids := meant(context):
        then(ids)


def _chosen(context: Context) -> tuple[str, ...]:
    """Return the ids of the rows of the list that are meant rather than what is open."""
    rows, article = context.parts.list.selected(), context.session.article
    if not context.parts.list.hasFocus() or (article is not None and rows == (article.id,)):
        return ()
    return rows


def _say_none_is_open(context: Context) -> None:
    tr = context.messages.tr
    context.messages.say(tr("No article is open."), hint=tr("Open one in the list."))
