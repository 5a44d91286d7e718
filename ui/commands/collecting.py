"""Collections: made and kept, filled, put in order, written in, and emptied."""

from __future__ import annotations

from collections.abc import Sequence

from app.model import Collection
from app.workspace import Workspace
from ui.commands.boards import COLLECTION, close_board, open_board
from ui.commands.doing import carry_out
from ui.commands.undoing import undoing, undoing_steps
from ui.commands.writing import write_down
from ui.context import Context
from ui.wording import filled, number


def show_collections(context: Context) -> None:
    """Ask all collections."""

    def then(collections: tuple[Collection, ...]) -> None:
        context.session.collections = collections
        context.parts.side.collections.show_collections(collections)
        context.parts.search.show_collections(collections)

    context.bridge.ask(lambda workspace: workspace.collections.all(), then, key="collections")


def open_collection(context: Context, given: str) -> None:
    """Show what is in a collection on the board; one that is filled by a search puts that into the search box."""
    found = next((one for one in context.session.collections if one.id == given), None)
    if found is None or not found.query:
        open_board(context, COLLECTION, given)
        return
    if context.parts.centre.is_board():
        close_board(context)
    context.parts.library.show()
    context.parts.search.open_kept(found)
    context.parts.search.box.setFocus()


def write_above(context: Context, level: int) -> None:
    """Begin a heading or a text above what is selected in the collection that the board shows."""
    board = context.parts.board
    if context.parts.centre.is_board() and board.is_by_hand():
        board.write(level)
    else:
        tr = context.messages.tr
        context.messages.say(
            tr("Headings and text stand in a collection."), hint=tr("Open one that you fill by hand; Alt+4 shows them.")
        )


def write(context: Context, collection: str, interlude: str, text: str, level: int, before: str) -> None:
    """Keep a heading or a text of a collection: a new one stands before an item, one without words goes.

    Saved several times in a row, it is one step.
    """

    def job(workspace: Workspace) -> None:
        found = workspace.collections.find(collection)
        with workspace.library.sittings.on(f"{level} {interlude}"):
            if interlude in found.sequence:
                workspace.collections.rewrite(collection, interlude, text, level)
            elif text.strip():
                place = before if before in found.sequence else ""
                workspace.collections.write(collection, text, level, place, interlude)

    write_down(context, ("interlude", interlude), text, job)


def add(context: Context, name: str) -> None:
    """Make a collection, to be filled by hand."""
    context.bridge.ask(lambda workspace: workspace.collections.add(name))


def keep_search(context: Context, name: str) -> None:
    """Keep the present search: in the collection from which it was opened, or under another name in a new one."""
    kept = context.parts.search.kept()
    if kept is not None and kept.name == name:
        change_search(context, kept.id)
        return
    query = context.parts.search.query()

    def then(made: Collection) -> None:
        context.parts.search.hold_kept(made)
        context.messages.say(filled(context.messages.tr("Kept as “{name}”."), name=name), deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.collections.add(name, query), then)


def change_search(context: Context, collection: str) -> None:
    """Keep the present search in a collection that another one has filled until now."""
    query = context.parts.search.query()

    def then(changed: Collection) -> None:
        if context.parts.search.query() == query:
            context.parts.search.hold_kept(changed)
        said = filled(context.messages.tr("“{name}” keeps the change."), name=changed.name)
        context.messages.say(said, deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.collections.edit(collection, query=query), then)


def rename(context: Context, collection: str, name: str) -> None:
    """Give a collection another name."""
    context.bridge.ask(lambda workspace: workspace.collections.edit(collection, new_name=name))


def describe(context: Context, collection: str, text: str) -> None:
    """Write what a collection is for."""
    write_down(context, ("note", collection), text, lambda workspace: workspace.collections.edit(collection, note=text))


def delete(context: Context, collection: str) -> None:
    """Delete a collection; what was in it stays in the library."""

    def then(_nothing: object) -> None:
        tr = context.messages.tr
        context.messages.say(tr("Collection deleted. What was in it stays."), deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.collections.delete(collection), then)


def arrange(context: Context, ids: Sequence[str]) -> None:
    """Put the collections themselves into another order."""
    context.bridge.ask(lambda workspace: workspace.collections.arrange(list(ids)))


def put(context: Context, collection: str, ids: Sequence[str]) -> None:
    """Put articles and passages into a collection; what is in it already stays where it is."""

    def then(found: Collection, steps: tuple[int, ...]) -> None:
        if steps:
            said = filled(context.messages.tr("Put into “{name}”."), name=found.name)
            context.messages.say(said, deed=undoing_steps(context, steps))
        else:
            context.messages.say(filled(context.messages.tr("“{name}” holds it already."), name=found.name))

    carry_out(
        context, _collecting(context, ids), len(ids), lambda workspace: workspace.deeds.put(collection, ids), then
    )


def put_new(context: Context, name: str, ids: Sequence[str]) -> None:
    """Make a collection of articles and passages, as one step."""

    def then(found: Collection, steps: tuple[int, ...]) -> None:
        said = filled(context.messages.tr("Put into “{name}”."), name=found.name)
        context.messages.say(said, deed=undoing_steps(context, steps))

    carry_out(context, _collecting(context, ids), len(ids), lambda workspace: workspace.deeds.put_new(name, ids), then)


def _collecting(context: Context, ids: Sequence[str]) -> str:
    return filled(context.messages.tr("Putting {count} into a collection"), count=number(len(ids)))


def take(context: Context, ids: Sequence[str]) -> None:
    """Take things out of the collection that the board shows."""
    if context.session.board is not None and context.session.board[0] == COLLECTION:
        collection, tr = context.session.board[1], context.messages.tr

        def then(found: Collection, steps: tuple[int, ...]) -> None:
            said = filled(tr("Taken out of “{name}”."), name=found.name)
            context.messages.say(said, deed=undoing_steps(context, steps))

        title = filled(tr("Taking {count} out of a collection"), count=number(len(ids)))
        carry_out(context, title, len(ids), lambda workspace: workspace.deeds.take(collection, ids), then)


def put_here(context: Context, ids: Sequence[str]) -> None:
    """Put things into the collection that the board shows."""
    if context.session.board is not None and context.session.board[0] == COLLECTION:
        put(context, context.session.board[1], ids)


def order(context: Context, ids: Sequence[str]) -> None:
    """Put the things in the collection that the board shows into another order."""
    if context.session.board is not None and context.session.board[0] == COLLECTION:
        collection = context.session.board[1]
        context.bridge.ask(lambda workspace: workspace.collections.order(collection, list(ids)))
