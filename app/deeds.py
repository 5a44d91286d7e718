"""Deeds on many things at once: part by part, so that nobody waits behind them, and still one step of the history."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from app.errors import Cancelled, NotFound
from app.library.holdings import Holdings
from app.library.naming import keys_by_uid, still_there
from app.model import Collection
from app.progress import Progress
from app.wording import Message

Each = TypeVar("Each")

PASSAGES: Final = "passages"
ARTICLES: Final = "articles"
MIXED: Final = "mixed"

FEW: Final = 8
"""So many things are one part: a deed on no more of them is done as a whole or not at all."""

_LOOKED_UP: Final = 100  # things in one step
_MOST: Final = 400  # things in one part
_THEMES_OF: Final = {
    PASSAGES: "Themes of {count} passages",
    ARTICLES: "Themes of {count} articles",
    MIXED: "Themes of {count} articles and passages",
}
_IN_COLLECTIONS: Final = ("article", "highlight", "interlude")
_SECONDS: Final = 0.02  # that a part should take, with all that the history and the index have to write


@dataclass(frozen=True, slots=True)
class SoFar(Progress):
    """How far a deed is, and the numbers of its steps in the history, none as long as nothing was changed.

    It is one step, but for a part that builds on what was done meanwhile: that begins another.
    """

    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A passage or a whole article by its id and key, and the ids of the themes that are on it."""

    id: str
    key: int
    themes: tuple[str, ...]
    is_passage: bool


def kind_of(things: Sequence[Thing]) -> str:
    """Return what things are: ``PASSAGES``, ``ARTICLES``, or both of them, ``MIXED``."""
    kinds = {PASSAGES if thing.is_passage else ARTICLES for thing in things}
    return kinds.pop() if len(kinds) == 1 else MIXED


class Deeds:
    """Deeds on many things of a library, which are named by their ids.

    Each is a journey that yields a :class:`SoFar` after every part. What is gone meanwhile is passed over. Stopping
    leaves done what is done, and that can be undone as one step. One that is undone under way ends with ``Cancelled``.
    """

    def __init__(self, holdings: Holdings) -> None:
        """Work on an open library."""
        self._holdings = holdings
        self._library = holdings.library
        self._database = holdings.library.database

    def things(self, ids: Sequence[str]) -> Generator[SoFar, None, list[Thing]]:
        """Look passages and articles up, in their order. Raises ``NotFound`` when none is there any more."""
        found: list[Thing] = []
        for start in range(0, len(ids), _LOOKED_UP):
            found += self._things(ids[start : start + _LOOKED_UP])
            yield SoFar(0, len(ids), "")
        if ids and not found:
            raise _gone()
        return found

    def retheme(self, things: Sequence[Thing], add: str, remove: Sequence[str]) -> Generator[SoFar, None, None]:
        """Put a theme (``""``: none), which is made where there is none, on things, and take others off them."""
        holdings, name = self._holdings, add
        self._refuse_layers([thing.key for thing in things if thing.is_passage])
        if len(things) == 1:
            yield from self._alone(lambda: self._retheme(things[0], [add] if add else [], list(remove)))
            return

        def part(few: Sequence[Thing]) -> None:
            nonlocal name
            put = [holdings.themes.ensure(name)] if name else []
            gone = [holdings.themes.find(one) for one in remove]
            name = put[0].id if put else ""
            passages, articles = ([one.key for one in few if one.is_passage is kind] for kind in (True, False))
            for key in still_there(self._database, "highlight", passages):
                holdings.highlights.put_themes(key, put)
                holdings.highlights.take_themes(key, gone)
            for key in still_there(self._database, "article", articles):
                holdings.themes.put_on_article(key, put)
                holdings.themes.take_off_article(key, gone)

        label = _THEMES_OF[kind_of(things)]
        yield from self._in_parts(things, lambda count: Message(label, {"count": count}), part)

    def set_state(self, articles: Sequence[str], state: str) -> Generator[SoFar, None, None]:
        """Say how far the reader is with articles."""

        def part(few: Sequence[int]) -> None:
            for key in still_there(self._database, "article", few):
                self._holdings.articles.edit(key, state=state)

        label = "State of {count} articles" if len(articles) != 1 else "State of an article"
        yield from self._in_parts(self._keys("article", articles), lambda count: Message(label, {"count": count}), part)

    def edit(
        self, articles: Sequence[int], fields: Mapping[str, str], confirmed: Sequence[str] = ()
    ) -> Generator[SoFar, None, None]:
        """Change metadata of articles, by their keys, as ``Articles.edit_all`` does."""
        title = self._holdings.articles.named(articles[0])[1] if len(articles) == 1 and not confirmed else None

        def label(count: int) -> Message:
            if title is not None:
                return Message("“{title}” edited", {"title": title})
            return Message("Details of {count} articles", {"count": count})

        def part(few: Sequence[int]) -> None:
            self._holdings.articles.edit_all(still_there(self._database, "article", few), fields, confirmed)

        yield from self._in_parts(articles, label, part)

    def remove_articles(self, articles: Sequence[str]) -> Generator[SoFar, None, None]:
        """Remove articles with their highlights and notes."""

        def part(few: Sequence[int]) -> None:
            self._holdings.articles.remove(still_there(self._database, "article", few))

        label = "{count} articles removed" if len(articles) != 1 else "Article removed"
        yield from self._in_parts(self._keys("article", articles), lambda count: Message(label, {"count": count}), part)

    def remove_highlights(self, highlights: Sequence[str]) -> Generator[SoFar, None, None]:
        """Delete highlights with their themes and notes."""
        if len(highlights) == 1:
            yield from self._alone(lambda: self._holdings.highlights.remove(highlights[0]))
            return
        keys = self._keys("highlight", highlights)
        self._refuse_layers(keys)

        def part(few: Sequence[int]) -> None:
            for key in still_there(self._database, "highlight", few):
                self._database.delete("highlight", key)

        yield from self._in_parts(keys, lambda count: Message("{count} highlights removed", {"count": count}), part)

    def put(self, collection: str, ids: Sequence[str]) -> Generator[SoFar, None, Collection]:
        """Append articles and passages to a collection by hand; returns it. What it holds already makes no step."""
        found = self._holdings.collections.by_hand(collection)
        if ids and not any(keys_by_uid(self._database, table, ids) for table in ("article", "highlight")):
            raise _gone()
        label = Message("Put into “{name}”", {"name": found.name})
        yield from self._in_parts(ids, lambda _count: label, lambda few: self._append(found.key, few))
        return found

    def put_new(self, name: str, ids: Sequence[str]) -> Generator[SoFar, None, Collection]:
        """Make a collection of articles and passages; returns it."""
        if not ids:
            return self._holdings.collections.add(name)
        made: list[Collection] = []

        def part(few: Sequence[str]) -> None:
            if not made:
                made.append(self._holdings.collections.add(name))
            self._append(made[0].key, few)

        label = Message("New collection “{name}”", {"name": name})
        yield from self._in_parts(ids, lambda _count: label, part)
        return made[0]

    def take(self, collection: str, ids: Sequence[str]) -> Generator[SoFar, None, Collection]:
        """Take articles, passages, headings and texts out of a collection by hand; returns it as it was."""
        found = self._holdings.collections.by_hand(collection)

        def part(few: Sequence[str]) -> None:
            there = {uid for table in _IN_COLLECTIONS for uid in keys_by_uid(self._database, table, few)}
            for uid in few:
                if uid in there:
                    self._holdings.collections.take_out(found.key, uid)

        label = Message("Taken out of “{name}”", {"name": found.name})
        yield from self._in_parts(ids, lambda _count: label, part)
        return found

    def _in_parts(
        self, things: Sequence[Each], label: Callable[[int], Message], do: Callable[[Sequence[Each]], None]
    ) -> Generator[SoFar, None, None]:
        """Do something with some of the things at a time, each time in a transaction.

        ``label`` names the step when so many are done.
        """
        steps: tuple[int, ...] = ()
        done, size = 0, FEW
        while done < len(things):
            few = things[done : done + size]
            done += len(few)
            said, began = label(done), time.monotonic()
            with self._library.deed(said.template, steps[-1] if steps else None) as deed:
                if not all(self._library.journal.is_open(step) for step in steps):
                    raise Cancelled  # it is not wanted: what is left of it would be a deed that nobody wished for
                deed.label = said
                do(few)
            if deed.changes.step and deed.changes.step not in steps:
                steps = (*steps, deed.changes.step)
            size = max(1, min(_MOST, 2 * size, int(size * _SECONDS / max(0.001, time.monotonic() - began))))
            yield SoFar(done, len(things), "", steps)

    def _alone(self, do: Callable[[], object]) -> Generator[SoFar, None, None]:
        """Do something with one thing, which is a step that says of which."""
        before = frozenset(self._library.own.made)
        do()
        yield SoFar(1, 1, "", tuple(self._library.own.made - before))

    def _keys(self, table: str, ids: Sequence[str]) -> list[int]:
        """Return the keys of articles or highlights. Raises ``NotFound`` when none is there any more."""
        keys = list(keys_by_uid(self._database, table, ids).values())
        if ids and not keys:
            raise _gone()
        return keys

    def _things(self, ids: Sequence[str]) -> list[Thing]:
        passages = self._holdings.highlights.by_keys(list(keys_by_uid(self._database, "highlight", ids).values()))
        articles = self._holdings.articles.by_keys(list(keys_by_uid(self._database, "article", ids).values()))
        known = {one.id: Thing(one.id, one.key, one.themes, True) for one in passages}
        known |= {one.id: Thing(one.id, one.key, one.themes, False) for one in articles}
        return [known[uid] for uid in ids if uid in known]

    def _retheme(self, thing: Thing, add: Sequence[str], remove: Sequence[str]) -> None:
        """Change the themes of one thing, as a step that says of which."""
        if thing.is_passage:
            self._holdings.highlights.retheme(thing.id, add, remove)
        else:
            self._holdings.articles.theme(thing.key, add, remove)

    def _append(self, collection: int, ids: Sequence[str]) -> None:
        members = {
            uid: (table, key)
            for table in ("article", "highlight")
            for uid, key in keys_by_uid(self._database, table, ids).items()
        }
        self._holdings.collections.append(collection, [members[uid] for uid in ids if uid in members])

    def _refuse_layers(self, highlights: Sequence[int]) -> None:
        """Refuse to change what is in another coder's layer, before anything is done (``Conflict``)."""
        for author in self._holdings.highlights.authors(highlights):
            self._holdings.rounds.guard(author)


def _gone() -> NotFound:
    return NotFound("Nothing of this is in the library any more.", "Look at the list again.")
