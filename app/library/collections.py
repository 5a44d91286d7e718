"""Collections: ordered sets of articles and passages by hand, or saved queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.errors import Conflict, InvalidInput, NotFound
from app.library.attributes import Attributes
from app.library.database import Row
from app.library.library import Library, clean_name, clean_text, new_uid
from app.library.naming import Ref, by_uid
from app.library.notes import Notes
from app.library.themes import Themes
from app.model import AttributeKind, Collection, Interlude
from app.search.referring import Known, has_ids, shown, stored
from app.text.folding import folded

_NO_QUERY: Final = ("“{name}” is filled by its query, which cannot be empty.", "Type what it is to find, or delete it.")
_BY_HAND: Final = ("“{name}” is filled by hand.", "Make another collection for what a query finds.")


class Collections:
    """The collections of a library, named by name or id."""

    def __init__(self, library: Library, notes: Notes, themes: Themes, attributes: Attributes) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._notes = notes
        self._themes = themes
        self._attributes = attributes

    def all(self) -> tuple[Collection, ...]:
        """Return all collections with their items in order."""
        rows = self._database.rows("SELECT * FROM collection ORDER BY rank, id")
        known = self._known() if any(has_ids(str(row["query"])) for row in rows) else Known()
        return tuple(self._value(row, known) for row in rows)

    def _known(self) -> Known:
        """Return what queries may name."""
        attributes = self._attributes.all()
        return Known(
            {theme.id: theme.path for theme in self._themes.tree()},
            self.names(),
            {attribute.id: attribute.name for attribute in attributes},
            frozenset(one.id for one in attributes if one.kind is AttributeKind.NUMBER),
        )

    def names(self) -> dict[str, str]:
        """Return the names of all collections by their ids."""
        rows = self._database.rows("SELECT uid, name FROM collection ORDER BY rank, id")
        return {row["uid"]: row["name"] for row in rows}

    def stored(self, query: str) -> str:
        """Return a query as it is kept: what it names by id."""
        query = clean_text(query).strip()
        return stored(query, self._known()) if query else ""

    def _value(self, row: Row, known: Known | None = None, members: Sequence[Row] | None = None) -> Collection:
        interludes: list[Interlude] = []
        sequence: list[str] = []
        for member in self._members(row["id"]) if members is None else members:
            if member["level"] is not None:
                interludes.append(Interlude(member["uid"], member["text"], member["level"]))
            sequence.append(member["uid"])
        own = {one.id for one in interludes}
        kept = str(row["query"])
        return Collection(
            row["id"],
            row["uid"],
            row["name"],
            shown(kept, known or self._known()) if has_ids(kept) else kept,
            self._notes.text("collection", row["id"]),
            tuple(uid for uid in sequence if uid not in own),
            kept,
            tuple(interludes),
            tuple(sequence),
        )

    def _members(self, key: int) -> list[Row]:
        """Return the articles, highlights and interludes of a collection in order; only the last have a ``level``."""
        return self._database.rows(
            """SELECT 'collection_item' AS tbl, item.id, item.rank, coalesce(article.uid, highlight.uid) AS uid,
                   NULL AS level, NULL AS text, item.article_id, item.highlight_id FROM collection_item AS item
               LEFT JOIN article ON article.id=item.article_id LEFT JOIN highlight ON highlight.id=item.highlight_id
               WHERE item.collection_id=?1
               UNION ALL
               SELECT 'interlude', id, rank, uid, level, text, NULL, NULL FROM interlude WHERE collection_id=?1
               ORDER BY rank, tbl DESC, id""",
            (key,),
        )

    def _last_rank(self, key: int) -> int:
        return int(
            self._database.value(
                """SELECT ifnull(max(rank), 0) FROM (SELECT rank FROM collection_item WHERE collection_id=?1
                   UNION ALL SELECT rank FROM interlude WHERE collection_id=?1)""",
                (key,),
            )
        )

    def seek(self, name: str) -> Collection | None:
        """Return the collection of that name or id, or ``None``."""
        row = self._named(name) or by_uid(self._database, "collection", name)
        return None if row is None else self._value(row)

    def laid_out(self, name: str) -> tuple[Collection, tuple[Ref | Interlude, ...]] | None:
        """Return the collection of that name or id with what is in it by hand, in order; ``None``: there is none."""
        row = self._named(name) or by_uid(self._database, "collection", name)
        if row is None:
            return None
        members = self._members(row["id"])
        return self._value(row, members=members), tuple(map(_laid_out, members))

    def named(self, name: str) -> Collection | None:
        """Return the collection of that name or whole id: what only begins an id may be a new name."""
        row = self._named(name)
        return None if row is None else self._value(row)

    def _named(self, name: str) -> Row | None:
        rows = self._database.rows("SELECT * FROM collection ORDER BY rank, id")
        by_name = next((row for row in rows if folded(row["name"]) == folded(name)), None)
        return by_name or next((row for row in rows if row["uid"] == name.strip().lower()), None)

    def find(self, name: str) -> Collection:
        """Return the collection of that name or id; raises ``NotFound``."""
        found = self.seek(name)
        if found is None:
            raise NotFound(
                "There is no collection “{name}”.",
                "See “collection list”, or make it with “collection add”.",
                name=name,
            )
        return found

    def by_id(self, uid: str) -> Collection | None:
        """Return the collection that has exactly this id, if there is one."""
        row = self._database.row("SELECT * FROM collection WHERE uid=?", (uid,))
        return None if row is None else self._value(row)

    def own(self, uid: str, name: str) -> Collection | None:
        """Return the collection that the program fills under an id, whatever it is called by now, or under a name."""
        return self.by_id(uid) or self.named(name)

    def filled(self, uid: str, name: str) -> Collection:
        """Return what :meth:`own` does, made when there is none; raises ``InvalidInput`` when it has a query."""
        found = self.own(uid, name) or self.add(name, uid=uid)
        if found.query:
            raise InvalidInput(
                "“{name}” is filled by its query.", "Give that collection another name first.", name=found.name
            )
        return found

    def add(self, name: str, query: str = "", note: str = "", *, uid: str = "", private: bool = False) -> Collection:
        """Make a collection: empty, to be filled by hand, or with a query that finds its members.

        ``uid`` is the id it is to have, if that is free; ``private`` keeps its note home.
        """
        name = clean_name(name)
        with self._library.deed("New collection “{name}”", name=name):
            if self._named(name) is not None:
                raise Conflict("There is a collection “{name}” already.", "Choose another name.", name=name)
            rank = int(self._database.value("SELECT ifnull(max(rank), 0) + 1 FROM collection"))
            fresh = uid if uid and self.by_id(uid) is None else new_uid()
            key = self._database.insert(
                "collection", {"uid": fresh, "name": name, "query": self.stored(query), "rank": rank}
            )
            if note.strip():
                self._notes.write(note, "collection", key, private=private)
        return self._by_key(key)

    def put_articles(self, name: str, articles: Sequence[int]) -> None:
        """Append articles, by their keys, to the collection of that name, made when there is none. Inside a deed."""
        row = self._named(name)
        key = self.add(name).key if row is None else int(row["id"])
        held = self._database.rows("SELECT article_id FROM collection_item WHERE collection_id=?", (key,))
        new = dict.fromkeys(articles).keys() - {row["article_id"] for row in held}
        fresh = (one for one in dict.fromkeys(articles) if one in new)
        for number, article in enumerate(fresh, self._last_rank(key) + 1):
            self._database.insert("collection_item", {"collection_id": key, "article_id": article, "rank": number})

    def put(self, name: str, ids: Sequence[str]) -> Collection:
        """Append articles and highlights, by their ids; what is in it already stays where it is."""
        collection = self.by_hand(name)
        with self._library.deed("Put into “{name}”", name=collection.name):
            self.append(collection.key, [self._member(given) for given in ids])
        return self._by_key(collection.key)

    def append(self, key: int, members: Iterable[Ref]) -> None:
        """Append articles and highlights to a collection, inside a deed; what is in it already stays where it is."""
        rank = self._last_rank(key)
        for table, member in members:
            if self._item(key, table, member) is None:
                rank += 1
                self._database.insert("collection_item", {"collection_id": key, f"{table}_id": member, "rank": rank})

    def take(self, name: str, ids: Sequence[str]) -> Collection:
        """Take articles, highlights and interludes out; raises ``NotFound`` when one is not in it."""
        collection = self.by_hand(name)
        with self._library.deed("Taken out of “{name}”", name=collection.name):
            for given in ids:
                if not self.take_out(collection.key, given):
                    raise NotFound("“{given}” is not in “{name}”.", "", given=given, name=collection.name)
        return self._by_key(collection.key)

    def take_out(self, key: int, given: str) -> bool:
        """Take an article, highlight or interlude out of a collection, inside a deed, and tell whether it was in it."""
        interlude = self._interlude(key, given)
        if interlude is not None:
            self._database.delete("interlude", interlude["id"])
            return True
        item = self._item(key, *self._member(given))
        if item is not None:
            self._database.delete("collection_item", item)
        return item is not None

    def order(self, name: str, ids: Sequence[str]) -> Collection:
        """Put what is in a collection, interludes too, into this order; what is not named follows in its old order."""
        collection = self.by_hand(name)
        places = {uid: number for number, uid in enumerate(dict.fromkeys(ids))}
        with self._library.deed("Order of “{name}”", name=collection.name):
            members = sorted(self._members(collection.key), key=lambda one: places.get(one["uid"], len(places)))
            for rank, member in enumerate(members, 1):
                if member["rank"] != rank:
                    self._database.update(member["tbl"], member["id"], {"rank": rank})
        return self._by_key(collection.key)

    def write(self, name: str, text: str, level: int = 0, before: str = "", uid: str = "") -> Collection:
        """Put a heading (``level`` 1-3) or connecting text (0, Markdown) before a thing in a collection, or at its end.

        ``before`` is the id of an article, highlight or interlude in it; ``uid`` is the id it is to have, if that is
        free. Raises ``InvalidInput``.
        """
        collection = self.by_hand(name)
        text = _interlude_text(text, level)
        if before and before not in collection.sequence:
            raise NotFound("“{given}” is not in “{name}”.", "", given=before, name=collection.name)
        with self._library.deed("Written into “{name}”", name=collection.name):
            taken = bool(uid) and self._database.row("SELECT 1 FROM interlude WHERE uid=?", (uid,)) is not None
            fresh = new_uid() if taken or not uid else uid
            rank = self._last_rank(collection.key) + 1
            columns = {"uid": fresh, "collection_id": collection.key, "level": level, "text": text, "rank": rank}
            self._database.insert("interlude", columns)
            if before:
                place = collection.sequence.index(before)
                self.order(collection.id, [*collection.sequence[:place], fresh, *collection.sequence[place:]])
        return self._by_key(collection.key)

    def rewrite(self, name: str, interlude: str, text: str, level: int | None = None) -> Collection:
        """Change a heading or connecting text; an empty one goes. Raises ``NotFound``."""
        collection = self.by_hand(name)
        row = self._interlude(collection.key, interlude)
        if row is None:
            raise NotFound("“{given}” is not in “{name}”.", "", given=interlude, name=collection.name)
        if not clean_text(text).strip():
            return self.take(name, [interlude])
        wanted = row["level"] if level is None else level
        with self._library.deed("Written into “{name}”", name=collection.name):
            self._database.update("interlude", row["id"], {"text": _interlude_text(text, wanted), "level": wanted})
        return self._by_key(collection.key)

    def _interlude(self, key: int, given: str) -> Row | None:
        return self._database.row(
            "SELECT * FROM interlude WHERE collection_id=? AND uid=?", (key, given.strip().lower())
        )

    def edit(
        self, name: str, *, new_name: str | None = None, query: str | None = None, note: str | None = None
    ) -> Collection:
        """Change what is given of a collection. Only one that has a query can get another; raises ``InvalidInput``."""
        collection = self.find(name)
        kept = collection.stored if query is None else self.stored(query)
        if bool(kept) != bool(collection.query):
            raise InvalidInput(*(_NO_QUERY if collection.query else _BY_HAND), name=collection.name)
        with self._library.deed("Collection “{name}” changed", name=collection.name):
            if new_name is not None:
                cleaned = clean_name(new_name)
                held = self._named(cleaned)
                if held is not None and held["id"] != collection.key:
                    raise Conflict("There is a collection “{name}” already.", "Choose another name.", name=cleaned)
                self._database.update("collection", collection.key, {"name": cleaned})
            if kept != collection.stored:
                self._database.update("collection", collection.key, {"query": kept})
            if note is not None:
                self._notes.write(note, "collection", collection.key)
        return self._by_key(collection.key)

    def arrange(self, ids: Sequence[str]) -> None:
        """Put the collections themselves into this order; those that are not named follow in their old order."""
        places = {uid: number for number, uid in enumerate(dict.fromkeys(ids))}
        rows = self._database.rows("SELECT id, uid, rank FROM collection ORDER BY rank, id")
        with self._library.deed("Order of the collections"):
            for rank, row in enumerate(sorted(rows, key=lambda one: places.get(one["uid"], len(places))), 1):
                if row["rank"] != rank:
                    self._database.update("collection", row["id"], {"rank": rank})

    def delete(self, name: str) -> None:
        """Delete a collection; what was in it stays in the library."""
        collection = self.find(name)
        with self._library.deed("Collection “{name}” deleted", name=collection.name):
            self._database.delete("collection", collection.key)

    def keys(self, collection: Collection) -> tuple[list[int], list[int]]:
        """Return the keys of the articles and of the highlights in a collection by hand."""
        rows = self._database.rows(
            "SELECT article_id, highlight_id FROM collection_item WHERE collection_id=? ORDER BY rank, id",
            (collection.key,),
        )
        return (
            [row["article_id"] for row in rows if row["article_id"] is not None],
            [row["highlight_id"] for row in rows if row["highlight_id"] is not None],
        )

    def may_hold(self, uid: str) -> bool:
        """Tell whether there is an article or a highlight that has exactly this id."""
        found = "SELECT 1 FROM article WHERE uid=?1 UNION ALL SELECT 1 FROM highlight WHERE uid=?1"
        return self._database.row(found, (uid,)) is not None

    def by_hand(self, name: str) -> Collection:
        """Return the collection of that name or id; raises ``InvalidInput`` when a query fills it."""
        collection = self.find(name)
        if collection.query:
            raise InvalidInput(
                "“{name}” is filled by its query.", "Put things into a collection without one.", name=collection.name
            )
        return collection

    def _by_key(self, key: int) -> Collection:
        row = self._database.row("SELECT * FROM collection WHERE id=?", (key,))
        if row is None:
            raise NotFound("The collection is gone: it was deleted in another window.", "See “collection list”.")
        return self._value(row)

    def _item(self, collection: int, table: str, key: int) -> int | None:
        found = self._database.value(
            f"SELECT id FROM collection_item WHERE collection_id=? AND {table}_id=?", (collection, key)
        )
        return None if found is None else int(found)

    def _member(self, given: str) -> Ref:
        for table in ("article", "highlight"):
            row = by_uid(self._database, table, given)
            if row is not None:
                return table, int(row["id"])
        raise NotFound(
            "There is no article and no highlight with the id “{given}”.", "See “list” and “highlights”.", given=given
        )


def _laid_out(member: Row) -> Ref | Interlude:
    if member["level"] is not None:
        return Interlude(member["uid"], member["text"], member["level"])
    table = "highlight" if member["article_id"] is None else "article"
    return table, int(member[f"{table}_id"])


def _interlude_text(text: str, level: int) -> str:
    """Return the text of an interlude as it is kept: a heading on one line. Raises ``InvalidInput``."""
    if level not in range(4):
        raise InvalidInput("A heading has a level from 1 to 3.", "Choose one of them, or 0 for connecting text.")
    cleaned = clean_name(text) if level else clean_text(text).strip()
    if not cleaned:
        raise InvalidInput("The text is empty.", "Type a text.")
    return cleaned
