"""Places one comes back to: where the reader was before each jump."""

from __future__ import annotations

from ui.context import Context, Place

RECENT = 30


def here(context: Context) -> Place | None:
    """Return where the reader is: in the open article, or on the board; ``None`` where there is neither."""
    article = context.session.article
    board = context.session.board if context.parts.centre.is_board() else None
    if article is None:
        return None if board is None else Place("", 0, board)
    return Place(article.id, context.parts.reader.position(), board)


def leave_place(context: Context) -> None:
    """Remember the present place, so that one can come back to it."""
    if (place := here(context)) is not None:
        _leave(context, place)


def leave_position(context: Context, position: int) -> None:
    """Remember a position in the open article, which a jump inside it led away from."""
    if context.session.article is not None:
        _leave(context, Place(context.session.article.id, position))


def _leave(context: Context, place: Place) -> None:
    back = context.session.back
    if not back or back[-1] != place:
        back.append(place)
        del back[:-RECENT]
    context.session.forward.clear()
    show_ways(context)


def show_ways(context: Context) -> None:
    """Show whether there is a way back."""
    context.parts.centre.back.setEnabled(bool(context.session.back))
