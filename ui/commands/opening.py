"""Opening articles: the text with its marks comes from the library, and the reader's place is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker

from app.errors import AppError
from app.model import Article, Content, Highlight
from app.searching.answers import Hits
from app.text.ranges import Span
from app.workspace import Workspace
from ui.commands.finding import show_hits
from ui.commands.ways import leave_place
from ui.context import Context
from ui.listing import Listing
from ui.wording import day, filled, in_a_row


@dataclass(frozen=True, slots=True)
class Opened:
    """What the library answers about an article that is opened."""

    article: Article
    content: Content
    highlights: tuple[Highlight, ...]
    coders: frozenset[str]
    has_original: bool
    position: int
    hits: Hits
    listing: Listing
    pictures: Mapping[str, bytes] | None


def open_article(
    context: Context,
    article: str,
    highlight: str | None = None,
    *,
    position: int | None = None,
    trail: bool = True,
    then: Callable[[], None] | None = None,
) -> None:
    """Open an article where it was left, or at a highlight or position; remember where the reader came from.

    ``then`` is called when it is there.
    """
    session = context.session
    here_already = session.article is not None and session.article.id == article and session.opening in ("", article)
    inside = here_already and not context.parts.centre.is_board()  # a jump that leads far away tells of itself
    if trail and not inside:
        leave_place(context)
    quiet = not (trail and inside)
    session.board = None
    context.parts.centre.show_board(shown=False)
    if here_already:
        _go(context, highlight, position, quiet=quiet)
        if then is not None:
            then()
        return
    session.opening = article
    listing = context.parts.search.listing()

    layers = shows_layers(context)

    def job(workspace: Workspace) -> Opened:
        return opened(workspace, article, listing, layers=layers)

    def answered(found: Opened) -> None:
        show(context, found, highlight)
        _go(context, highlight, position, quiet=True)
        if then is not None:
            then()

    def refused(error: AppError) -> None:
        session.opening = ""
        context.messages.complain(error)

    context.bridge.ask(job, answered, key="article", refused=refused)


def open_passage(context: Context, article: str, span: Span) -> None:
    """Open an article at a passage, and let that light up for a moment."""
    open_article(context, article, position=span[0], then=lambda: context.parts.reader.go_to(span))


def come_to_text(context: Context) -> None:
    """Bring the open article to the front; a board that lies over it makes way, and can be gone back to."""
    article = context.session.article
    if article is not None and context.parts.centre.is_board():
        open_article(context, article.id)


def show_highlight(context: Context, highlight: str) -> None:
    """Show a highlight of the open article in its text."""
    come_to_text(context)
    context.parts.reader.focus_highlight(highlight)


def show_left_out(context: Context, shown: bool) -> None:
    """Show or hide what was left out of the open article, in its text."""
    come_to_text(context)
    context.parts.reader.show_left_out(shown)


def shows_layers(context: Context) -> bool:
    """Tell whether what other coders marked is shown too."""
    return bool(context.settings.get("layers"))


def _marks(workspace: Workspace, article: int, *, layers: bool) -> tuple[Highlight, ...]:
    """Return the highlights of an article, those of other coders and the consensus only with the ``layers``."""
    hidden = frozenset() if layers else workspace.rounds.layers()
    return tuple(one for one in workspace.highlights.of_article(article) if one.author not in hidden)


def opened(
    workspace: Workspace, article: str, listing: Listing, shown: Content | None = None, *, layers: bool = False
) -> Opened:
    """Return an article with all that is shown of it, and where the words typed for a listing stand in it.

    The pictures are left out where the text is the one that is ``shown`` already; the ``layers`` are those of others.
    """
    found = workspace.articles.find(article)
    content = workspace.bodies.content(found.key)
    return Opened(
        found,
        content,
        _marks(workspace, found.key, layers=layers),
        frozenset(workspace.rounds.coders()),
        workspace.keeps_original(found),
        workspace.positions.of(found.key),
        workspace.hits(listing.typed, found.key, typing=listing.typing) if listing.typed else Hits(),
        listing,
        workspace.pictures(content.body) if content != shown else None,
    )


def show(context: Context, found: Opened, highlight: str | None = None) -> None:
    """Show an article that the library answered with; its row is chosen in the list, or that of the highlight."""
    session, parts = context.session, context.parts
    parts.reader.leave()
    session.article, session.content, session.highlights = found.article, found.content, found.highlights
    session.has_original = found.has_original
    session.opening, session.gone = "", None
    _guard(context, found.coders)
    parts.reader.show_article(found.article, found.content, position=found.position, pictures=found.pictures)
    parts.reader.show_themes(session.themes)
    parts.reader.show_highlights(found.highlights)
    _show_hits(context, found)
    passages = parts.search.listing().passages
    parts.list.show_opened(found.article.id)
    parts.list.select(highlight if passages and highlight is not None else found.article.id)
    show_beside(context)
    context.bridge.ask(partial(_visit, found.article), idle=True)


def _visit(article: Article, workspace: Workspace) -> None:
    """Take note that an article is the open one."""
    workspace.library.set_setting("open", article.id)
    workspace.positions.visit(article.key)


def _show_hits(context: Context, found: Opened) -> None:
    """Mark the words that were searched for; where the reader has typed on meanwhile, those that stand there now."""
    now = context.parts.search.listing()
    if (found.listing.typed, found.listing.typing) == (now.typed, now.typing):
        context.parts.reader.show_hits(found.hits.text, found.hits.title)
    else:
        show_hits(context, now)


def show_walk(context: Context) -> None:
    """Show in the line below at which hit of the open article the reader is; a board has none."""
    reader = context.parts.reader
    if context.parts.centre.is_board():
        context.parts.centre.hits.show_hits(0, 0, 0)
        return
    place, total, title = reader.hit(), len(reader.hits()), len(reader.header.hits())
    context.parts.centre.hits.show_hits(0 if place is None else place + 1, total, title)


def show_beside(context: Context) -> None:
    """Show in the side pane and in the bar what belongs to the open article."""
    session, parts = context.session, context.parts
    article, content = session.article, session.content
    if article is None or content is None:
        return
    parts.centre.show_crumb(in_a_row((article.metadata.outlet or "", article.metadata.section or "")))
    parts.side.notes.show_article(article)
    show_facts(context)
    show_marks(context)


def show_facts(context: Context) -> None:
    """Show in the side pane what is known of the open article."""
    session = context.session
    if session.article is None or session.content is None:
        return
    context.parts.side.article.show_article(
        session.article, session.content, session.attributes, session.themes, has_original=session.has_original
    )


def show_marks(context: Context) -> None:
    """Show the highlights of the open article in the side pane."""
    session, side = context.session, context.parts.side
    here: dict[str, int] = {}
    for highlight in session.highlights:
        for theme in highlight.themes:
            here[theme] = here.get(theme, 0) + 1
    side.notes.show_highlights(session.highlights, session.themes)
    side.themes.show_here(here, focused_themes(context))


def focused_themes(context: Context) -> frozenset[str]:
    """Return the themes on the focused passage."""
    focused = context.parts.reader.focused()
    found = context.session.highlight(focused) if focused else None
    return frozenset(found.themes) if found else frozenset()


def keep_position(context: Context, position: int) -> None:
    """Keep where the reader is in the open article."""
    article = context.session.article
    if article is not None:
        context.bridge.ask(lambda workspace: workspace.positions.put(article.key, position), idle=True)


def reload_article(context: Context) -> None:
    """Ask the open article again: something about it was changed."""
    article = context.session.article
    if article is None:
        return
    listing, shown = context.parts.search.listing(), context.session.content
    layers = shows_layers(context)

    def job(workspace: Workspace) -> Opened | None:
        held = workspace.articles.by_keys([article.key])
        return opened(workspace, held[0].id, listing, shown, layers=layers) if held else None

    context.bridge.ask(job, lambda found: _reloaded(context, article.key, found), key="article again")


def _reloaded(context: Context, article: int, found: Opened | None) -> None:
    session, parts = context.session, context.parts
    if session.article is None or session.article.key != article:
        return  # another one was opened meanwhile
    if found is None:
        close_article(context)
        session.gone = article
        return
    same_text = session.content is not None and session.content == found.content
    session.article, session.content, session.highlights = found.article, found.content, found.highlights
    session.has_original = found.has_original
    _guard(context, found.coders)
    if same_text:
        parts.reader.show_metadata(found.article)
    else:
        place = parts.reader.position()
        parts.reader.show_article(found.article, found.content, position=place, pictures=found.pictures)
    _show_hits(context, found)
    parts.reader.show_highlights(found.highlights)
    show_beside(context)
    open_waiting_note(context)


def reopen_article(context: Context, changed: Collection[int]) -> None:
    """Open the article again that was open when it was removed, if it has come back and no other is open."""
    session = context.session
    gone = session.gone
    if gone is None or gone not in changed or session.article is not None or session.opening:
        return

    def then(held: list[Article]) -> None:
        if held and session.article is None and not session.opening:
            open_article(context, held[0].id, trail=False)

    context.bridge.ask(lambda workspace: workspace.articles.by_keys([gone]), then, key="article back")


def reload_marks(context: Context, after: Callable[[], None] | None = None) -> None:
    """Ask the highlights of the open article again; ``after`` is called when they are there."""
    article = context.session.article
    if article is None:
        return

    layers = shows_layers(context)

    def then(answer: tuple[tuple[Highlight, ...], frozenset[str]]) -> None:
        if context.session.article is None or context.session.article.key != article.key:
            return  # another one was opened meanwhile
        found, coders = answer
        _guard(context, coders)
        context.session.highlights = found
        context.parts.reader.show_highlights(found)
        show_marks(context)
        open_waiting_note(context)
        if after is not None:
            after()

    def job(workspace: Workspace) -> tuple[tuple[Highlight, ...], frozenset[str]]:
        return _marks(workspace, article.key, layers=layers), frozenset(workspace.rounds.coders())

    context.bridge.ask(job, then, key="marks")


def _guard(context: Context, coders: frozenset[str]) -> None:
    """Let nobody change what other coders marked."""
    context.session.coders = coders
    context.parts.reader.guard(coders)
    context.parts.side.notes.guard(coders)


def open_waiting_note(context: Context) -> None:
    """Open the note of a passage that was marked for it, once it is there."""
    waiting = context.session.note_to_open
    if waiting and context.session.highlight(waiting):
        context.session.note_to_open = ""
        context.parts.reader.open_note(waiting)


def close_article(context: Context) -> None:
    """Show no article: the open one is gone."""
    session, parts = context.session, context.parts
    parts.reader.leave()
    session.article = session.content = None
    session.highlights = ()
    parts.reader.show_nothing()
    parts.list.show_opened("")
    parts.centre.show_crumb("")
    parts.side.notes.show_article(None)
    parts.side.notes.show_highlights((), ())
    parts.side.article.show_article(None)
    show_progress(context)


def show_progress(context: Context) -> None:
    """Show in the line below how far the reader is, and how long the rest takes."""
    article, content = context.session.article, context.session.content
    show_walk(context)
    if article is None or content is None or not content.body.text or context.parts.centre.is_board():
        context.parts.centre.show_place("")
        return
    share = context.parts.reader.share_read()
    left = (
        max(1, round(article.words * (1 - share) / 240)) if share < 1 else 0
    )  # a short one is not read before its end
    rest = filled(context.parts.centre.tr("{count} min left"), count=left) if left else context.parts.centre.tr("read")
    context.parts.centre.show_place(f"{int(share * 100)}%   ·   {rest}")


def _go(context: Context, highlight: str | None, position: int | None, *, quiet: bool) -> None:
    """Go to a highlight or a position; ``quiet``: the place that is left is remembered already, or is none."""
    reader = context.parts.reader
    if highlight is not None and context.session.highlight(highlight) is None and not shows_layers(context):
        _show_its_layer(context, highlight)
    with QSignalBlocker(reader.jumps) if quiet else nullcontext():
        if highlight is not None:
            reader.focus_highlight(highlight)
        elif position is not None:
            reader.go_to((position, position))


def _show_its_layer(context: Context, highlight: str) -> None:
    """Show the layers when a passage that was asked for is in one of them."""

    def coder_of(workspace: Workspace) -> str:
        author = workspace.highlights.find(highlight).author
        return author if author in workspace.rounds.layers() else ""

    def then(found: str) -> None:
        if not found:
            return
        tr = context.messages.tr
        try:
            context.settings.put("layers", True)
        except AppError as error:
            context.messages.complain(error)
        else:
            what = filled(
                tr("The passage is in the layer of {coder}: other coders’ layers are shown now."), coder=found
            )
            context.messages.say(what, hint=tr("Ctrl+Shift+Y hides them again."))
        reload_marks(context, lambda: context.parts.reader.focus_highlight(highlight))

    context.bridge.ask(coder_of, then, key="layer", refused=lambda _gone: None)


def source_line(article: Article) -> str:
    """Return outlet and date of an article as they stand in a list."""
    return in_a_row((article.metadata.outlet or "", day(article.metadata.published)))
