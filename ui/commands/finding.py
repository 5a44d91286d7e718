"""Finding: the list's pages, its counts, and where the words stand in the open article."""

from __future__ import annotations

from collections.abc import Generator

from app.errors import AppError, InvalidInput, NotFound
from app.lane import SOON
from app.progress import Progress
from app.search import saying
from app.searching.answers import Hits, Results
from app.workspace import Workspace
from ui.commands.needing import meant
from ui.context import Context
from ui.listing import OLDEST, PUBLISHED, Counts, Listing, Tally
from ui.wording import filled, number

Marks = dict[str, tuple[str, ...]]


def show_listing(context: Context, listing: Listing) -> None:
    """Show another listing in the list, and mark its words in the open article."""
    context.parts.search.set_busy(True)
    context.parts.list.show_listing(listing)
    show_hits(context, listing)


def search_passage(context: Context, words: str) -> None:
    """Search the library for words out of a text, in their order."""
    try:
        context.parts.search.set_query(saying.phrase(words))
    except InvalidInput as error:
        context.messages.complain(error)


def ask_page(context: Context, listing: Listing, offset: int, limit: int) -> None:
    """Ask one page of a listing."""

    def job(workspace: Workspace) -> tuple[Results, Marks]:
        results = workspace.search(
            listing.query,
            passages=listing.passages,
            limit=limit,
            offset=offset,
            order=PUBLISHED if listing.order == OLDEST else listing.order,
            reverse=listing.order == OLDEST,
            counted=False,
            typing=listing.typing,
        )
        keys = [found.article.key for found in results.found]
        return results, workspace.highlights.themes_by_article(keys)

    def then(answer: tuple[Results, Marks]) -> None:
        results, marks = answer
        parts = context.parts
        parts.list.show_marks({found.article.id: marks.get(found.article.id, ()) for found in results.found})
        parts.list.take_page(listing, offset, results)
        if offset == 0 and parts.search.listing() == listing:
            parts.search.set_busy(False)
            parts.search.show_results(results)
            if not results.total and listing.typed:
                show_unfiltered(context, listing)
            show_facets(context)
            article = context.session.article
            if article is not None and not listing.passages and not listing.typed and not parts.list.selected():
                parts.list.select(article.id)

    def refused(error: AppError) -> None:
        if offset == 0 and context.parts.search.listing() == listing:
            context.parts.search.show_no_answer()
        context.messages.complain(error)

    context.bridge.ask(job, then, key=f"page {offset // max(1, limit)}", refused=refused)


def ask_names(context: Context, listing: Listing) -> None:
    """Ask the ids of all that is listed: more rows are chosen than are there."""

    def journey(workspace: Workspace) -> Generator[Progress, None, list[str]]:
        return workspace.ids(
            listing.query,
            passages=listing.passages,
            order=PUBLISHED if listing.order == OLDEST else listing.order,
            reverse=listing.order == OLDEST,
            typing=listing.typing,
        )

    def refused(error: AppError) -> None:
        context.parts.list.miss_names()
        context.messages.complain(error)

    def then(ids: list[str]) -> None:
        context.parts.list.take_names(listing, ids)

    context.session.naming.cancel()
    context.session.naming = context.bridge.walk(journey, lambda _step: None, then, refused=refused, rank=SOON)


def show_unfiltered(context: Context, listing: Listing) -> None:
    """Offer the words of a listing that has nothing of them without its filters, where there is something."""

    def then(count: int) -> None:
        context.parts.list.show_unfiltered(listing, count)

    def job(workspace: Workspace) -> int:
        return workspace.count(listing.typed, passages=listing.passages, typing=listing.typing)

    if listing.typed != listing.query:
        context.bridge.ask(job, then, key="unfiltered", idle=True)


def show_facets(context: Context) -> None:
    """Count by facet what is listed, unless the facets are folded away; the list never waits for it."""
    search = context.parts.search
    tally = search.tally()
    if tally is None:
        return
    listing = search.listing()

    def then(counts: Counts) -> None:
        if search.listing() == listing:
            search.show_facets(counts)

    context.bridge.ask(lambda workspace: counted(workspace, tally), then, key="facets", idle=True)


def counted(workspace: Workspace, tally: Tally) -> Counts:
    """Return the counts that a tally asks for."""
    passages = tally.passages
    facets = dict(workspace.facets(tally.query, passages=passages, typing=tally.typing))
    for facet, query in tally.aside.items():
        facets[facet] = workspace.facets(query, passages=passages, typing=tally.typing).get(facet, ())
    single = {
        name: workspace.count(query, passages=passages, typing=tally.typing) for name, query in tally.single.items()
    }
    return Counts(facets, single)


def show_hits(context: Context, listing: Listing) -> None:
    """Mark the words that were typed for a listing in the open article."""
    article = context.session.article
    if article is None:
        return
    if not listing.typed:
        context.parts.reader.show_hits(())
        return

    def then(hits: Hits) -> None:
        if context.session.article is not None and context.session.article.id == article.id:
            context.parts.reader.show_hits(hits.text, hits.title)

    context.bridge.ask(
        lambda workspace: workspace.hits(listing.typed, article.key, typing=listing.typing), then, key="hits"
    )


def list_like_meant(context: Context) -> None:
    """List what is like the passage or article that is meant, which must be a single one."""
    chosen = meant(context)
    if len(chosen) > 1:
        tr = context.messages.tr
        context.messages.say(tr("More than one is chosen."), hint=tr("Choose a single one to see what is like it."))
    elif chosen:
        list_like(context, chosen[0])


def list_like(context: Context, given: str) -> None:
    """List what has much in common with an article, or with a passage, by its id."""

    def job(workspace: Workspace) -> tuple[str, bool]:
        try:
            return workspace.highlights.find(given).quote, True
        except NotFound:
            return workspace.articles.find(given).metadata.title or "", False

    def then(found: tuple[str, bool]) -> None:
        name, passages = found
        context.parts.library.show()
        context.parts.search.list_like(given, " ".join(name.split()), passages=passages)

    context.bridge.ask(job, then, key="like")


def show_counts(context: Context) -> None:
    """Show how many articles there are, how many unread, and how many marked."""

    def job(workspace: Workspace) -> tuple[int, int, int]:
        return workspace.articles.count(), workspace.count("is:unread"), workspace.count("is:annotated")

    def then(counts: tuple[int, int, int]) -> None:
        context.parts.search.show_counts(*counts)
        context.parts.reader.show_stock(counts[0])

    context.bridge.ask(job, then, key="counts")


def say_too_many(context: Context, most: int) -> None:
    """Say that no more rows can be chosen, and how something is done with all that the search finds."""
    tr = context.messages.tr
    context.messages.say(
        filled(tr("No more than {count} rows can be chosen at once."), count=number(most)),
        hint=tr("Ctrl+S keeps all that the search finds as a collection, Ctrl+E exports it; or narrow the search."),
    )
