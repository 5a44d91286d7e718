"""Keeping the index in step with the library: what is searched of each article and highlight, and what names mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.changes import Changes
from app.library.holdings import Holdings
from app.model import Article, Highlight, Published, Status
from app.search.entries import Alikes, ArticleEntry, Members, Names, PassageEntry, no_likeness
from app.search.index import Index

PART = 200


def follow(holdings: Holdings, index: Index, changes: Changes) -> None:
    """Index what a deed touched, inside its transaction."""
    articles = list(article_entries(holdings, sorted(changes.articles)))
    passages = list(passage_entries(holdings, sorted(changes.highlights)))
    gone_articles = changes.articles - {entry.key for entry in articles}
    gone_passages = changes.highlights - {entry.key for entry in passages}
    if articles or passages or gone_articles or gone_passages:
        index.change(articles, passages, sorted(gone_articles), sorted(gone_passages))


def article_entries(holdings: Holdings, keys: Iterable[int] | None = None) -> Iterator[ArticleEntry]:
    """Yield what is searched of articles, of all when no keys are given; keys that are gone are passed over."""
    themes = holdings.themes.keys()
    attributes = {attribute.name: attribute.key for attribute in holdings.attributes.all()}
    wanted = sorted(holdings.articles.keys()) if keys is None else list(keys)
    for start in range(0, len(wanted), PART):
        for article in holdings.articles.by_keys(wanted[start : start + PART]):
            yield _article_entry(holdings, article, themes, attributes)


def _article_entry(
    holdings: Holdings, article: Article, themes: dict[str, int], attributes: dict[str, int]
) -> ArticleEntry:
    metadata = article.metadata
    return ArticleEntry(
        key=article.key,
        title=metadata.title or "",
        text=holdings.bodies.texts([article.key]).get(article.key, ""),
        byline=metadata.byline or "",
        outlet=metadata.outlet or "",
        section=metadata.section or "",
        left_out="\n".join(holdings.bodies.left_out_texts(article.key)),
        note=article.note,
        language=metadata.language,
        state=article.state.value,
        published=_days(metadata.published),
        added=article.added,
        words=article.words,
        themes=tuple(themes[theme] for theme in article.themes if theme in themes),
        attributes={attributes[name]: value for name, value in article.attributes.items()},
    )


def passage_entries(holdings: Holdings, keys: Iterable[int] | None = None) -> Iterator[PassageEntry]:
    """Yield what is searched of highlights, of all when no keys are given; keys that are gone are passed over."""
    themes = holdings.themes.keys()
    if keys is None:
        keys = [row["id"] for row in holdings.library.database.rows("SELECT id FROM highlight ORDER BY id")]
    wanted = list(keys)
    for start in range(0, len(wanted), PART):
        part = holdings.highlights.by_keys(wanted[start : start + PART])
        articles = _articles(holdings, part)
        for highlight in part:
            yield PassageEntry(
                key=highlight.key,
                article=articles[highlight.article][0],
                language=articles[highlight.article][1],
                quote=highlight.quote,
                note=highlight.note,
                themes=tuple(themes[theme] for theme in highlight.themes if theme in themes),
                orphan=highlight.status is Status.ORPHAN,
                created=highlight.created,
                start=highlight.start,
            )


def _articles(holdings: Holdings, highlights: list[Highlight]) -> dict[str, tuple[int, str | None]]:
    """Return key and language of the articles of highlights, by their ids."""
    ids = sorted({highlight.article for highlight in highlights})
    slots = ",".join("?" * len(ids))
    rows = holdings.library.database.rows(f"SELECT id, uid, language FROM article WHERE uid IN ({slots})", ids)
    return {row["uid"]: (row["id"], row["language"]) for row in rows}


def _days(published: Published | None) -> tuple[int, int] | None:
    if published is None:
        return None
    return published.day.toordinal(), published.last_day().toordinal()


def names(holdings: Holdings, members: Members, alike: Alikes = no_likeness) -> Names:
    """Return what the names in a query mean now.

    ``members`` answers for a collection by its name or id, ``alike`` for an article or highlight by its id.
    """
    themes, attributes = holdings.themes.tree(), holdings.attributes.all()
    return Names(
        themes={theme.key: theme.path for theme in themes},
        attributes={attribute.key: attribute.name for attribute in attributes},
        members=members,
        theme_ids={theme.id: theme.key for theme in themes},
        attribute_ids={attribute.id: attribute.key for attribute in attributes},
        collections=holdings.collections.names(),
        alike=alike,
        today=date.today(),
    )
