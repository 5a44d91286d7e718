"""Two themes of a library become one: their passages, their words, the queries that name them, their trees."""

from __future__ import annotations

from typing import Final

from app.library.database import Database
from app.library.notes import Notes, says
from app.search.referring import replaced
from app.text.folding import folded

_HOLDERS: Final = (("highlight_theme", "highlight_id"), ("article_theme", "article_id"))


class ThemeUnions:
    """Unites themes of one library, by their keys, inside a deed."""

    def __init__(self, database: Database, notes: Notes) -> None:
        """Work on the tables and notes of an open library."""
        self._database = database
        self._notes = notes

    def below(self, parent: int | None, name: str) -> int | None:
        """Return the theme of that name directly below ``parent``, or at the top."""
        rows = self._database.rows("SELECT id, name FROM theme WHERE parent_id IS ?", (parent,))
        return next((row["id"] for row in rows if folded(row["name"]) == folded(name)), None)

    def unite(self, source: int, target: int) -> None:
        """Put everything that is under ``source`` under ``target`` instead, and delete it.

        The themes below it hang under ``target`` then; one that has a twin there is united with that.
        """
        database = self._database
        gone: list[int] = []
        waiting = [(source, target)]
        while waiting:
            one, other = waiting.pop()
            gone.append(one)
            self._unite_passages(one, other)
            self._unite_words(one, other)
            for child in database.rows("SELECT id, name FROM theme WHERE parent_id=?", (one,)):
                twin = self.below(other, child["name"])
                if twin is None:
                    database.update("theme", child["id"], {"parent_id": other})
                else:
                    waiting.append((child["id"], twin))
        for one in reversed(gone):
            database.delete("theme", one)

    def _unite_passages(self, source: int, target: int) -> None:
        database = self._database
        for table, column in _HOLDERS:
            database.execute(
                f"""UPDATE {table} SET theme_id=:target WHERE theme_id=:source
                    AND {column} NOT IN (SELECT {column} FROM {table} WHERE theme_id=:target)""",
                {"source": source, "target": target},
            )
        database.execute("UPDATE OR IGNORE layer_theme SET theme_id=? WHERE theme_id=?", (target, source))
        ids = {self._text("uid", source): self._text("uid", target)}
        for row in database.rows("SELECT id, query FROM collection WHERE query<>''"):
            query = replaced(row["query"], ids)
            if query != row["query"]:
                database.update("collection", row["id"], {"query": query})

    def _unite_words(self, source: int, target: int) -> None:
        """Append note and definition of ``source`` to those of ``target``, so that no word of the reader is lost."""
        note, into = self._notes.text("theme", source), self._notes.text("theme", target)
        if note.strip() and not says(into, note):
            self._notes.write(f"{into}\n\n{note}".strip(), "theme", target)
            if self._notes.is_private("theme", source):
                self._notes.set_private("theme", target, private=True)
        definition, own = self._text("definition", source), self._text("definition", target)
        if definition.strip() and not says(own, definition):
            self._database.update("theme", target, {"definition": f"{own}\n\n{definition}".strip()})

    def _text(self, column: str, theme: int) -> str:
        return str(self._database.value(f"SELECT {column} FROM theme WHERE id=?", (theme,)))
