"""Finding: the list's pages, its counts, and where the words stand in the open article."""

from __future__ import annotations

from collections.abc import Mapping

from app.model import Results
from app.text.ranges import Span
from app.workspace import Workspace
from ui.context import Context
from ui.listing import Listing

Marks = dict[str, tuple[str, ...]]


def show_listing(context: Context, listing: Listing) -> None:
    """Show another listing in the list, and mark its words in the open article."""
    context.parts.search.set_busy(True)
    context.parts.list.show_listing(listing)
    show_hits(context, listing)


def ask_page(context: Context, listing: Listing, offset: int, limit: int) -> None:
    """Ask one page of a listing."""

    def job(workspace: Workspace) -> tuple[Results, Marks]:
        results = workspace.search(
            listing.query,
            passages=listing.passages,
            limit=limit,
            offset=offset,
            order=listing.order,
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
            show_facets(context, listing)
            article = context.session.article
            if article is not None and not listing.passages and not listing.typed and not parts.list.selected():
                parts.list.select(article.id)

    context.bridge.ask(job, then, key=f"page {offset // max(1, limit)}")


def show_facets(context: Context, listing: Listing) -> None:
    """Count the whole answer of a listing by facet, once its first rows are there."""

    def then(facets: Mapping[str, tuple[tuple[str, int], ...]]) -> None:
        if context.parts.search.listing() == listing:
            context.parts.search.show_facets(facets)

    def job(workspace: Workspace) -> Mapping[str, tuple[tuple[str, int], ...]]:
        return workspace.facets(listing.query, passages=listing.passages, typing=listing.typing)

    context.bridge.ask(job, then, key="facets", idle=True)


def show_hits(context: Context, listing: Listing) -> None:
    """Mark the words that were typed for a listing in the open article."""
    article = context.session.article
    if article is None:
        return
    if not listing.typed:
        context.parts.reader.show_hits(())
        return

    def then(hits: tuple[Span, ...]) -> None:
        if context.session.article is not None and context.session.article.id == article.id:
            context.parts.reader.show_hits(hits)

    context.bridge.ask(
        lambda workspace: workspace.spans(listing.typed, article.key, typing=listing.typing), then, key="hits"
    )


def show_counts(context: Context) -> None:
    """Show how many articles there are, how many unread, and how many marked."""

    def job(workspace: Workspace) -> tuple[int, int, int]:
        return workspace.articles.count(), workspace.count("is:unread"), workspace.count("is:annotated")

    def then(counts: tuple[int, int, int]) -> None:
        context.parts.search.show_counts(*counts)
        context.parts.reader.show_stock(counts[0])

    context.bridge.ask(job, then, key="counts")
