"""What must be there before something is done; where it is not, that is said. And what a deed is meant for."""

from __future__ import annotations

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
    """Return the ids of what is meant: what is selected on the board, or the focused passage, or the open article.

    Where there is nothing of the kind, that is said.
    """
    tr = context.messages.tr
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


def _say_none_is_open(context: Context) -> None:
    tr = context.messages.tr
    context.messages.say(tr("No article is open."), hint=tr("Open one in the list."))
