"""Collections: ordered sets of articles and passages by hand, or saved queries."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import Conflict, InvalidInput, NotFound
from app.library.attributes import Attributes
from app.library.database import Row
from app.library.library import Library, clean_name, clean_text, new_uid
from app.library.naming import by_uid
from app.library.notes import Notes
from app.library.themes import Themes
from app.model import Collection
from app.search.referring import Known, has_ids, shown, stored


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
        return Known(
            {theme.id: theme.path for theme in self._themes.tree()},
            self.names(),
            {attribute.id: attribute.name for attribute in self._attributes.all()},
        )

    def names(self) -> dict[str, str]:
        """Return the names of all collections by their ids."""
        rows = self._database.rows("SELECT uid, name FROM collection ORDER BY rank, id")
        return {row["uid"]: row["name"] for row in rows}

    def stored(self, query: str) -> str:
        """Return a query as it is kept: what it names by id."""
        query = clean_text(query).strip()
        return stored(query, self._known()) if query else ""

    def _value(self, row: Row, known: Known | None = None) -> Collection:
        items = self._database.rows(
            """SELECT coalesce(article.uid, highlight.uid) AS uid FROM collection_item
               LEFT JOIN article ON article.id=collection_item.article_id
               LEFT JOIN highlight ON highlight.id=collection_item.highlight_id
               WHERE collection_id=? ORDER BY collection_item.rank, collection_item.id""",
            (row["id"],),
        )
        note = self._notes.text("collection", row["id"])
        kept = str(row["query"])
        query = shown(kept, known or self._known()) if has_ids(kept) else kept
        return Collection(row["id"], row["uid"], row["name"], query, note, tuple(item["uid"] for item in items), kept)

    def seek(self, name: str) -> Collection | None:
        """Return the collection of that name or id, or ``None``."""
        row = self._named(name) or by_uid(self._database, "collection", name)
        return None if row is None else self._value(row)

    def named(self, name: str) -> Collection | None:
        """Return the collection of that name or whole id: what only begins an id may be a new name."""
        row = self._named(name)
        return None if row is None else self._value(row)

    def _named(self, name: str) -> Row | None:
        folded = " ".join(name.split()).casefold()
        rows = self._database.rows("SELECT * FROM collection ORDER BY rank, id")
        by_name = next((row for row in rows if row["name"].casefold() == folded), None)
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

    def add(self, name: str, query: str = "", note: str = "") -> Collection:
        """Make a collection: empty, to be filled by hand, or with a query that finds its members."""
        name = clean_name(name)
        with self._library.deed("New collection “{name}”", name=name):
            if self._named(name) is not None:
                raise Conflict("There is a collection “{name}” already.", "Choose another name.", name=name)
            rank = int(self._database.value("SELECT ifnull(max(rank), 0) + 1 FROM collection"))
            key = self._database.insert(
                "collection", {"uid": new_uid(), "name": name, "query": self.stored(query), "rank": rank}
            )
            if note.strip():
                self._notes.write(note, "collection", key)
        return self._by_key(key)

    def put_articles(self, name: str, articles: Sequence[int]) -> None:
        """Append articles, by their keys, to the collection of that name, made when there is none. Inside a deed."""
        row = self._named(name)
        key = self.add(name).key if row is None else int(row["id"])
        held = self._database.rows("SELECT article_id FROM collection_item WHERE collection_id=?", (key,))
        new = dict.fromkeys(articles).keys() - {row["article_id"] for row in held}
        rank = int(
            self._database.value("SELECT ifnull(max(rank), 0) FROM collection_item WHERE collection_id=?", (key,))
        )
        for number, article in enumerate((one for one in dict.fromkeys(articles) if one in new), rank + 1):
            self._database.insert("collection_item", {"collection_id": key, "article_id": article, "rank": number})

    def put(self, name: str, ids: Sequence[str]) -> Collection:
        """Append articles and highlights, by their ids; what is in it already stays where it is."""
        collection = self._by_hand(name)
        with self._library.deed("Put into “{name}”", name=collection.name):
            for given in ids:
                column, row = self._member(given)
                if self._item(collection.key, column, row["id"]) is not None:
                    continue
                rank = int(
                    self._database.value(
                        "SELECT ifnull(max(rank), 0) + 1 FROM collection_item WHERE collection_id=?", (collection.key,)
                    )
                )
                self._database.insert(
                    "collection_item", {"collection_id": collection.key, column: row["id"], "rank": rank}
                )
        return self._by_key(collection.key)

    def take(self, name: str, ids: Sequence[str]) -> Collection:
        """Take articles and highlights out; raises ``NotFound`` when one is not in it."""
        collection = self._by_hand(name)
        with self._library.deed("Taken out of “{name}”", name=collection.name):
            for given in ids:
                column, row = self._member(given)
                item = self._item(collection.key, column, row["id"])
                if item is None:
                    raise NotFound("“{given}” is not in “{name}”.", "", given=given, name=collection.name)
                self._database.delete("collection_item", item)
        return self._by_key(collection.key)

    def order(self, name: str, ids: Sequence[str]) -> Collection:
        """Put the things in a collection into this order; what is not named keeps its order, behind the others."""
        collection = self._by_hand(name)
        wanted = [*(one for one in dict.fromkeys(ids) if one in collection.items)]
        wanted += [one for one in collection.items if one not in set(wanted)]
        with self._library.deed("Order of “{name}”", name=collection.name):
            for rank, given in enumerate(wanted, 1):
                column, row = self._member(given)
                item = self._item(collection.key, column, row["id"])
                if (
                    item is not None
                    and self._database.value("SELECT rank FROM collection_item WHERE id=?", (item,)) != rank
                ):
                    self._database.update("collection_item", item, {"rank": rank})
        return self._by_key(collection.key)

    def edit(
        self, name: str, *, new_name: str | None = None, query: str | None = None, note: str | None = None
    ) -> Collection:
        """Change what is given of a collection. Only one that has a query can get another."""
        collection = self.find(name)
        with self._library.deed("Collection “{name}” changed", name=collection.name):
            if new_name is not None:
                cleaned = clean_name(new_name)
                held = self._named(cleaned)
                if held is not None and held["id"] != collection.key:
                    raise Conflict("There is a collection “{name}” already.", "Choose another name.", name=cleaned)
                self._database.update("collection", collection.key, {"name": cleaned})
            if query is not None and collection.query:
                self._database.update("collection", collection.key, {"query": self.stored(query)})
            if note is not None:
                self._notes.write(note, "collection", collection.key)
        return self._by_key(collection.key)

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

    def _by_hand(self, name: str) -> Collection:
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

    def _item(self, collection: int, column: str, key: int) -> int | None:
        found = self._database.value(
            f"SELECT id FROM collection_item WHERE collection_id=? AND {column}=?", (collection, key)
        )
        return None if found is None else int(found)

    def _member(self, given: str) -> tuple[str, Row]:
        for table in ("article", "highlight"):
            row = by_uid(self._database, table, given)
            if row is not None:
                return f"{table}_id", row
        raise NotFound(
            "There is no article and no highlight with the id “{given}”.", "See “list” and “highlights”.", given=given
        )
