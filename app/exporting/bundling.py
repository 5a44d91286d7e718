"""Gathering what an export writes: all of a library, or what a query, a collection or a theme picks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, Protocol

from app.errors import InvalidInput
from app.exporting.bundled_texts import BundledText, BundledTexts
from app.importing.originals import KeptPictures, Originals
from app.library.holdings import Holdings
from app.model import (
    Article,
    Bundle,
    BundledArticle,
    Collection,
    Content,
    EarlierText,
    Highlight,
    Interlude,
    Noted,
    Theme,
)
from app.progress import Progress
from app.rounds import Round

PART: Final = 50
"""So many articles are gathered in one step."""

_MANY: Final = 500  # rows looked up at once

_Past = tuple[EarlierText, ...] | Callable[[], tuple[EarlierText, ...]]

Passes = Callable[[Article, Highlight], bool]
"""Whether a highlight of an article goes along."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: nothing named is everything; at most one of the four is named.

    ``marked``: only articles with highlights, themes or a note. ``private``: with the notes that otherwise stay home.
    ``passages``: of a query, or a collection that is filled by one, the passages that it finds and no others.
    """

    query: str | None = None
    collection: str | None = None
    theme: str | None = None
    articles: tuple[str, ...] | None = None
    marked: bool = False
    private: bool = False
    passages: bool = False


class Finds(Protocol):
    """Finds the keys of all articles, or of all passages, that answer a query, in order."""

    def __call__(self, query: str, /, *, passages: bool = False) -> Sequence[int]:
        """Return them."""


def _every(_article: Article, _highlight: Highlight) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a selection names: the keys of articles, which of their highlights go along, and what is said of it all.

    ``owner`` is the id of the thing whose note goes along, ``""`` for the library. Without a ``title`` it is that of
    the only article.
    """

    keys: Sequence[int]
    title: str | None
    owner: str = ""
    note: str = ""
    passes: Passes = _every
    order: tuple[str, ...] = ()
    interludes: tuple[Interlude, ...] = ()
    collections: tuple[Collection, ...] = ()
    whole: bool = False


def bundle(
    holdings: Holdings,
    selection: Selection,
    keys: Finds,
    *,
    made: int | None = None,
    most: int | None = None,
    held: bool = True,
) -> Generator[Progress, None, Bundle]:
    """Gather a selection, or its ``most`` first articles, in short steps. ``keys`` answers queries.

    The texts are ``held``, or else read whenever they are asked for: the library must stay as it is meanwhile, and as
    long as the bundle is in use (:meth:`Library.as_it_stands`). ``made`` is UTC milliseconds; by default the moment of
    the library's last change, so that the same library makes the same bytes whenever it is exported.

    A query takes its articles with all their highlights, or the passages it finds alone; a theme takes the highlights
    under it and below it, and the articles that hold them or have the theme themselves; a collection takes its articles
    whole, and of the articles of its passages just those passages. The note that goes along is that of what was chosen:
    the library's own only goes with all of it, as do the collections. With all of it go all rounds with other coders,
    otherwise those that cover any of its articles.
    """
    named = (selection.query, selection.collection, selection.theme, selection.articles)
    if sum(value is not None for value in named) > 1:
        raise InvalidInput("Name a query, a collection, a theme or articles, not several of them.")
    moment = _last_change(holdings) if made is None else made
    chosen = yield from _chosen(holdings, selection, keys)
    wanted = (_marked(holdings, chosen.keys) if selection.marked else chosen.keys)[:most]
    private = holdings.notes.private()
    notes = _Notes(frozenset() if selection.private else private)
    gathering = _Gathering(holdings, chosen.passes, notes, held=held)
    for start in range(0, len(wanted), PART):
        gathering.take(wanted[start : start + PART])
        yield Progress(0, len(wanted), gathering.last)
    return Bundle(
        title=gathering.title or holdings.library.name if chosen.title is None else chosen.title,
        articles=tuple(gathering.articles),
        themes=tuple(notes.of_theme(one) for one in holdings.themes.all()),
        attributes=holdings.attributes.all(),
        note=notes.shown(chosen.note, chosen.owner),
        order=chosen.order,
        made=moment,
        pictures=gathering.pictures(),
        interludes=chosen.interludes,
        collections=tuple(notes.of_collection(one) for one in chosen.collections),
        withheld=len(notes.withheld),
        private=private - {""} | ({""} if chosen.owner in private else set()) if selection.private else frozenset(),
        whole=chosen.whole,
        layers=holdings.rounds.layers(),
        rules=holdings.furniture.rules() if chosen.whole else (),
        rounds=holdings.rounds.all() if chosen.whole else gathering.rounds(),
        answers=holdings.rounds.asked(),
        noted={**gathering.noted, **_noted_around(holdings, chosen.owner)},
        hidden=gathering.hidden(),
    )


def _noted_around(holdings: Holdings, owner: str) -> dict[str, Noted]:
    """Return what is known of the notes on themes and collections, and of that on all of what was chosen."""
    noted = {**holdings.notes.noted("theme"), **holdings.notes.noted("collection")}
    return {**noted, **(holdings.notes.noted() if not owner else {})}


@dataclass(slots=True)
class _Notes:
    """Keeps the notes on the things whose ids are ``private`` at home, and those ids in ``withheld``."""

    private: Set[str]
    withheld: set[str] = field(default_factory=set)

    def shown(self, note: str, uid: str) -> str:
        """Return the note on a thing as it goes along."""
        if note and uid in self.private:
            self.withheld.add(uid)
            return ""
        return note

    def of_article(self, one: Article) -> Article:
        """Return an article with the note that goes along."""
        return replace(one, note=self.shown(one.note, one.id), private=False) if one.id in self.private else one

    def of_highlight(self, one: Highlight) -> Highlight:
        """Return a highlight with the note that goes along."""
        return replace(one, note=self.shown(one.note, one.id), private=False) if one.id in self.private else one

    def of_theme(self, one: Theme) -> Theme:
        """Return a theme with the note that goes along."""
        return replace(one, note=self.shown(one.note, one.id)) if one.id in self.private else one

    def of_collection(self, one: Collection) -> Collection:
        """Return a collection with the note that goes along."""
        return replace(one, note=self.shown(one.note, one.id)) if one.id in self.private else one


class _Gathering:
    """Articles that are gathered part by part, and what is known of their pictures."""

    def __init__(self, holdings: Holdings, passes: Passes, notes: _Notes, *, held: bool) -> None:
        """Begin with none."""
        self.articles: list[BundledArticle] = []
        self._holdings = holdings
        self._passes = passes
        self._notes = notes
        self._texts = None if held else BundledTexts(holdings.bodies)
        self._originals = Originals(holdings.library.originals)
        self._kinds: dict[str, str | None] = {}
        self._hidden: dict[str, str | None] = {}
        self.noted: dict[str, Noted] = {}

    def take(self, keys: Sequence[int]) -> None:
        """Take in articles by their keys; those that are gone are passed over."""
        highlights = self._holdings.highlights.of_articles(keys)
        layers = self._holdings.layers.on_articles(keys)
        coders = self._holdings.rounds.covered(keys)
        pictures = self._holdings.articles.pictures_of(keys)
        changed = self._holdings.versions.changed(keys)
        self.noted |= {**self._holdings.notes.noted("article", keys), **self._holdings.notes.noted("highlight", keys)}
        for article in self._holdings.articles.by_keys(keys):
            key = article.key
            passing = (one for one in highlights.get(key, ()) if self._passes(article, one))
            text, past = self._read(key, has_changed=key in changed)
            self._add(
                BundledArticle(
                    self._notes.of_article(article),
                    text,
                    tuple(map(self._notes.of_highlight, passing)),
                    layers.get(key, {}),
                    (text if isinstance(text, Content) else text()).makeup,
                    coders.get(key, ()),
                    pictures.get(key, ()),
                    past,
                )
            )

    def _read(self, key: int, *, has_changed: bool) -> tuple[Content | BundledText, _Past]:
        """Return the text of an article and the texts that it had, or what reads them."""
        versions = self._holdings.versions
        if self._texts is not None:
            return BundledText(self._texts, key), partial(versions.texts, key) if has_changed else ()
        return self._holdings.bodies.content(key), versions.texts(key) if has_changed else ()

    def _add(self, item: BundledArticle) -> None:
        self.articles.append(item)
        for digest in item.makeup.images:
            if digest not in self._kinds:
                self._kinds[digest] = self._originals.picture_kind(digest)
        for digest in item.pictures:
            if digest not in self._kinds and digest not in self._hidden:
                self._hidden[digest] = self._originals.picture_kind(digest)

    def pictures(self) -> KeptPictures:
        """Return the pictures that the texts show, as far as they are kept."""
        return self._kept(self._kinds)

    def hidden(self) -> KeptPictures:
        """Return the pictures that the articles have and the texts do not show, as far as they are kept."""
        return self._kept({one: kind for one, kind in self._hidden.items() if one not in self._kinds})

    def _kept(self, kinds: Mapping[str, str | None]) -> KeptPictures:
        return KeptPictures(self._originals, {one: kind for one, kind in kinds.items() if kind is not None})

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds that cover any of the articles."""
        coders = {coder for item in self.articles for coder in item.coders}
        return tuple(one for one in self._holdings.rounds.all() if one.taken and one.coder in coders)

    @property
    def title(self) -> str:
        """Return the title that all of the articles have, ``""`` where there is no such."""
        titles = {item.article.metadata.title or "" for item in self.articles}
        return titles.pop() if len(titles) == 1 else ""

    @property
    def last(self) -> str:
        """Return the title of the article that was taken in last."""
        return (self.articles[-1].article.metadata.title or "") if self.articles else ""


def _chosen(holdings: Holdings, selection: Selection, keys: Finds) -> Generator[Progress, None, _Chosen]:
    """Return what a selection names."""
    if selection.passages:
        return (yield from _of_passages(holdings, selection, keys))
    if selection.collection is not None:
        return _of_collection(holdings, holdings.collections.find(selection.collection), keys)
    if selection.theme is not None:
        return _of_theme(holdings, holdings.themes.find(selection.theme))
    if selection.articles is not None:
        return _Chosen((yield from _keys(holdings, selection.articles)), None)
    if selection.query is not None:
        return _Chosen(keys(selection.query), selection.query)
    return _Chosen(
        sorted(holdings.articles.keys()),
        holdings.library.name,
        note=holdings.notes.text(),
        collections=holdings.collections.all(),
        whole=True,
    )


def _keys(holdings: Holdings, given: Sequence[str]) -> Generator[Progress, None, list[int]]:
    """Return the keys of articles by their ids; raises ``NotFound``."""
    keys: list[int] = []
    for number, one in enumerate(given, 1):
        keys.append(holdings.articles.key(one))
        if number % PART == 0:
            yield Progress(0, len(given), "")
    return keys


def _of_passages(holdings: Holdings, selection: Selection, keys: Finds) -> Generator[Progress, None, _Chosen]:
    """Return the passages that a query finds; raises ``InvalidInput`` where none is named."""
    given = selection.collection
    collection = None if given is None else holdings.collections.find(given)
    query = selection.query if collection is None else collection.stored
    if query is None or (collection is not None and not collection.query):
        raise InvalidInput("There is no search to take passages from.", "Name a query, or a collection filled by one.")
    found = keys(query, passages=True)
    holders: dict[int, int] = {}
    for start in range(0, len(found), _MANY):
        part = found[start : start + _MANY]
        slots = ",".join("?" * len(part))
        rows = holdings.library.database.rows(f"SELECT id, article_id FROM highlight WHERE id IN ({slots})", part)
        holders |= {row["id"]: row["article_id"] for row in rows}
        yield Progress(0, len(found), "")
    single = holders.keys()
    chosen = _Chosen(
        list(dict.fromkeys(holders[key] for key in found if key in holders)),
        query,
        passes=lambda _article, highlight: highlight.key in single,
    )
    if collection is None:
        return chosen
    note, owner = collection.note, collection.id
    return replace(chosen, title=collection.name, owner=owner, note=note, collections=(collection,))


def _of_collection(holdings: Holdings, collection: Collection, keys: Finds) -> _Chosen:
    if collection.query:
        found = keys(collection.stored)
        return _Chosen(found, collection.name, collection.id, collection.note, collections=(collection,))
    whole, passages = holdings.collections.keys(collection)
    entire, single = frozenset(whole), frozenset(passages)
    rows = holdings.library.database.rows(
        """SELECT highlight.article_id FROM collection_item JOIN highlight ON highlight.id=highlight_id
           WHERE collection_id=? ORDER BY collection_item.rank, collection_item.id""",
        (collection.key,),
    )
    return _Chosen(
        list(dict.fromkeys((*whole, *(row[0] for row in rows)))),
        collection.name,
        collection.id,
        collection.note,
        lambda article, highlight: article.key in entire or highlight.key in single,
        collection.sequence,
        collection.interludes,
        (collection,),
    )


def _of_theme(holdings: Holdings, theme: Theme) -> _Chosen:
    below = {one.id: one for one in holdings.themes.tree() if one.path[: len(theme.path)] == theme.path}
    slots = ",".join("?" * len(below))
    values = [one.key for one in below.values()]
    rows = holdings.library.database.rows(
        f"""SELECT article_id FROM article_theme WHERE theme_id IN ({slots})
            UNION SELECT article_id FROM layer_theme WHERE theme_id IN ({slots})
            UNION SELECT article_id FROM highlight_theme JOIN highlight ON highlight.id=highlight_id
            WHERE theme_id IN ({slots}) ORDER BY article_id""",
        values * 3,
    )
    return _Chosen(
        [row["article_id"] for row in rows],
        " > ".join(theme.path),
        theme.id,
        holdings.notes.text("theme", theme.key),
        lambda _article, highlight: not below.keys().isdisjoint(highlight.themes),
    )


def _marked(holdings: Holdings, keys: Sequence[int]) -> list[int]:
    """Return the articles on which the reader or another coder did something."""
    rows = holdings.library.database.rows(
        """SELECT article_id FROM highlight UNION SELECT article_id FROM article_theme
           UNION SELECT article_id FROM layer_theme UNION SELECT article_id FROM note WHERE article_id IS NOT NULL"""
    )
    marked = {row["article_id"] for row in rows}
    return [key for key in keys if key in marked]


def _last_change(holdings: Holdings) -> int:
    latest = [
        holdings.library.database.value(f"SELECT ifnull(max(modified), 0) FROM {table}")
        for table in ("article", "highlight", "note")
    ]
    return int(max(latest))
