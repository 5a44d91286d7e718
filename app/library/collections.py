"""Collections: ordered sets of articles and passages by hand, or saved queries."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import Conflict, InvalidInput, NotFound
from app.library.database import Row
from app.library.library import Library, clean_name, clean_text, new_uid
from app.library.naming import by_uid
from app.library.notes import Notes
from app.model import Collection


class Collections:
    """The collections of a library, named by name or id."""

    def __init__(self, library: Library, notes: Notes) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._notes = notes

    def all(self) -> tuple[Collection, ...]:
        """Return all collections with their items in order."""
        items: dict[int, list[str]] = {}
        for row in self._database.rows(
            """SELECT collection_id, coalesce(article.uid, highlight.uid) AS uid FROM collection_item
               LEFT JOIN article ON article.id=collection_item.article_id
               LEFT JOIN highlight ON highlight.id=collection_item.highlight_id
               ORDER BY collection_item.rank, collection_item.id"""
        ):
            items.setdefault(row["collection_id"], []).append(row["uid"])
        return tuple(
            Collection(
                row["id"],
                row["uid"],
                row["name"],
                row["query"],
                self._notes.text("collection", row["id"]),
                tuple(items.get(row["id"], ())),
            )
            for row in self._database.rows("SELECT * FROM collection ORDER BY rank, id")
        )

    def seek(self, name: str) -> Collection | None:
        """Return the collection of that name or id, or ``None``."""
        folded = " ".join(name.split()).casefold()
        found = self.all()
        by_name = next((one for one in found if one.name.casefold() == folded), None)
        row = None if by_name else by_uid(self._database, "collection", name)
        return by_name or next((one for one in found if row is not None and one.key == row["id"]), None)

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
            if self.seek(name) is not None:
                raise Conflict("There is a collection “{name}” already.", "Choose another name.", name=name)
            rank = int(self._database.value("SELECT ifnull(max(rank), 0) + 1 FROM collection"))
            key = self._database.insert(
                "collection", {"uid": new_uid(), "name": name, "query": clean_text(query).strip(), "rank": rank}
            )
            if note.strip():
                self._notes.write(note, "collection", key)
        return self._by_key(key)

    def ensure(self, name: str) -> Collection:
        """Return the collection of that name, making it when there is none."""
        return self.seek(name) or self.add(name)

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
        return next(one for one in self.all() if one.key == key)

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
