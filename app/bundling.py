"""Gathering what an export writes: all of a library, or what a query, a collection or a theme picks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace

from app.errors import InvalidInput
from app.library.holdings import Holdings
from app.model import Bundle, BundledArticle, Collection, Highlight, Theme
from app.originals import KeptPictures, Originals

Passes = Callable[[Highlight], bool]
Taken = Callable[[Iterable[int]], list[int]]
"""Which of the articles found, by key, are taken."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: nothing named is everything; at most one of the four is named.

    ``marked``: only articles with highlights, themes or a note. ``private``: with the notes that otherwise stay home.
    """

    query: str | None = None
    collection: str | None = None
    theme: str | None = None
    articles: tuple[str, ...] | None = None
    marked: bool = False
    private: bool = False


def bundle(
    holdings: Holdings,
    selection: Selection,
    keys: Callable[[str], Sequence[int]],
    *,
    made: int | None = None,
    most: int | None = None,
) -> Bundle:
    """Return the bundle of a selection, or of its ``most`` first articles. ``keys`` finds the articles of a query.

    ``made`` is UTC milliseconds; by default the moment of the library's last change, so that the same library makes
    the same bytes whenever it is exported.

    A query takes its articles with all their highlights; a theme takes the highlights under it and below it, and the
    articles that hold them or have the theme themselves; a collection takes its articles whole, and of the articles
    of its passages just those passages. The note that goes along is that of what was chosen: the library's own only
    goes with all of it, as do the collections.
    """
    named = (selection.query, selection.collection, selection.theme, selection.articles)
    if sum(value is not None for value in named) > 1:
        raise InvalidInput("Name a query, a collection, a theme or articles, not several of them.")
    moment = _last_change(holdings) if made is None else made
    found, owner = _chosen(holdings, selection, keys, moment, _taken(holdings, selection, most))
    private = holdings.notes.private()
    if selection.private:
        return replace(found, private=private - {""} | ({""} if owner in private else set()))
    return _without_private(found, owner, private)


def _chosen(
    holdings: Holdings,
    selection: Selection,
    keys: Callable[[str], Sequence[int]],
    made: int,
    taken: Taken,
) -> tuple[Bundle, str]:
    """Return what a selection names, and the id of the thing whose note goes with it, ``""`` for the library."""
    if selection.collection is not None:
        collection = holdings.collections.find(selection.collection)
        if not collection.query:
            chosen = _of_collection(holdings, collection, made, taken)
        else:
            chosen = _bundle(holdings, keys(collection.stored), _every, collection.name, made, taken)
        return replace(chosen, note=collection.note, collections=(collection,)), collection.id
    if selection.theme is not None:
        theme = holdings.themes.find(selection.theme)
        return _of_theme(holdings, theme, made, taken), theme.id
    if selection.articles is not None:
        wanted = [holdings.articles.key(given) for given in selection.articles]
        chosen = _bundle(holdings, wanted, _every, "", made, taken)
        titles = {item.article.metadata.title or "" for item in chosen.articles}
        return replace(chosen, title=titles.pop() if len(titles) == 1 else holdings.library.name), ""
    if selection.query is not None:
        return _bundle(holdings, keys(selection.query), _every, selection.query, made, taken), ""
    everything = _bundle(holdings, sorted(holdings.articles.keys()), _every, holdings.library.name, made, taken)
    collections, rules = holdings.collections.all(), holdings.furniture.rules()
    return replace(everything, note=holdings.notes.text(), collections=collections, whole=True, rules=rules), ""


def _taken(holdings: Holdings, selection: Selection, most: int | None) -> Taken:
    """Return what takes the articles that may go along, and of them the ``most`` first."""
    if not selection.marked:
        return lambda keys: list(keys)[:most]
    marked = {
        row["article_id"]
        for row in holdings.library.database.rows(
            """SELECT article_id FROM highlight UNION SELECT article_id FROM article_theme
               UNION SELECT article_id FROM note WHERE article_id IS NOT NULL"""
        )
    }
    return lambda keys: [key for key in keys if key in marked][:most]


def _without_private(bundle: Bundle, owner: str, private: Set[str]) -> Bundle:
    """Return a bundle without the notes on the things whose ids are ``private``; ``owner`` has the bundle's own."""
    if not private:
        return bundle
    withheld = set()

    def shown(note: str, uid: str) -> str:
        if note and uid in private:
            withheld.add(uid)
            return ""
        return note

    return replace(
        bundle,
        note=shown(bundle.note, owner),
        articles=tuple(
            replace(
                item,
                article=replace(item.article, note=shown(item.article.note, item.article.id), private=False),
                highlights=tuple(replace(one, note=shown(one.note, one.id), private=False) for one in item.highlights),
            )
            for item in bundle.articles
        ),
        themes=tuple(replace(one, note=shown(one.note, one.id)) for one in bundle.themes),
        collections=tuple(replace(one, note=shown(one.note, one.id)) for one in bundle.collections),
        withheld=len(withheld),
    )


def _bundle(holdings: Holdings, keys: Iterable[int], passes: Passes, title: str, made: int, taken: Taken) -> Bundle:
    wanted = taken(keys)
    highlights = holdings.highlights.of_articles(wanted)
    layers = holdings.layers.on_articles(wanted)
    articles = tuple(
        BundledArticle(
            article,
            holdings.bodies.content(article.key),
            tuple(one for one in highlights.get(article.key, ()) if passes(one)),
            layers.get(article.key, {}),
        )
        for article in holdings.articles.by_keys(wanted)
    )
    return Bundle(
        title=title,
        articles=articles,
        themes=holdings.themes.all(),
        attributes=holdings.attributes.all(),
        made=made,
        pictures=KeptPictures(Originals(holdings.library.originals), _shown(articles)),
        layers=holdings.rounds.layers(),
    )


def _shown(articles: Iterable[BundledArticle]) -> Set[str]:
    """Return the SHA-256 of the pictures that texts show."""
    blocks = (block for item in articles for block in item.content.body.blocks if block.kind == "image")
    return frozenset(str(block.attributes["picture"]) for block in blocks if "picture" in block.attributes)


def _of_collection(holdings: Holdings, collection: Collection, made: int, taken: Taken) -> Bundle:
    whole, passages = holdings.collections.keys(collection)
    single = holdings.highlights.by_keys(passages)
    holders = [holdings.articles.key(highlight.article) for highlight in single]
    chosen = {highlight.id for highlight in single}
    entire = {article.id for article in holdings.articles.by_keys(whole)}
    keys = list(dict.fromkeys([*whole, *holders]))
    made_of = _bundle(
        holdings, keys, lambda one: one.article in entire or one.id in chosen, collection.name, made, taken
    )
    return replace(made_of, order=collection.sequence, interludes=collection.interludes)


def _of_theme(holdings: Holdings, theme: Theme, made: int, taken: Taken) -> Bundle:
    below = {one.id: one for one in holdings.themes.tree() if one.path[: len(theme.path)] == theme.path}
    slots = ",".join("?" * len(below))
    values = [one.key for one in below.values()]
    rows = holdings.library.database.rows(
        f"""SELECT article_id FROM article_theme WHERE theme_id IN ({slots})
            UNION SELECT article_id FROM highlight_theme JOIN highlight ON highlight.id=highlight_id
            WHERE theme_id IN ({slots}) ORDER BY article_id""",
        values * 2,
    )
    keys = [row["article_id"] for row in rows]
    made_of = _bundle(
        holdings, keys, lambda one: not below.keys().isdisjoint(one.themes), " > ".join(theme.path), made, taken
    )
    return replace(made_of, note=holdings.notes.text("theme", theme.key))


def _every(_highlight: Highlight) -> bool:
    return True


def _last_change(holdings: Holdings) -> int:
    latest = [
        holdings.library.database.value(f"SELECT ifnull(max(modified), 0) FROM {table}")
        for table in ("article", "highlight", "note")
    ]
    return int(max(latest))
