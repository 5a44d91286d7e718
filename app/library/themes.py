"""The reader's themes: a tree with names, colours and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from app.errors import Conflict, InvalidInput, NotFound
from app.library.database import Row
from app.library.library import Library, clean_name, clean_text, new_uid
from app.library.naming import by_uid
from app.library.notes import Notes
from app.library.theme_names import ThemeNames
from app.library.theme_paths import DEEPEST, parts, refuse_depth, shallow
from app.library.theme_signs import checked_colour, free_digit, rarest_colour
from app.library.theme_unions import ThemeUnions
from app.model import Theme

_ID: Final = re.compile(r"[0-9a-f]{32}")
_Placed = tuple[Row, tuple[str, ...], str | None]


class Themes:
    """The themes of a library. ``NAME`` arguments take a name, an id or a path ``A > B``."""

    def __init__(self, library: Library, notes: Notes) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._notes = notes
        self._unions = ThemeUnions(self._database, notes)
        self._is_remembering = False
        self._remembered: ThemeNames | None = None

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Read the themes only once, though many are named and made, inside a deed: nobody else changes them then."""
        before, self._is_remembering = self._is_remembering, True
        try:
            yield
        finally:
            self._is_remembering = before
            self._remembered = None

    def _names(self) -> ThemeNames:
        names = self._remembered or ThemeNames(self.tree())
        self._remembered = names if self._is_remembering else None
        return names

    def all(self) -> tuple[Theme, ...]:
        """Return all themes, parents before children, siblings in their order, with the number of their highlights."""
        rows = self._database.rows("SELECT theme_id, count(*) AS n FROM highlight_theme GROUP BY theme_id")
        counts = {row["theme_id"]: row["n"] for row in rows}
        return tuple(replace(theme, highlights=counts.get(theme.key, 0)) for theme in self.tree())

    def tree(self) -> tuple[Theme, ...]:
        """Return what :meth:`all` does, without counting highlights, which takes long where there are many."""
        notes = {
            row["theme_id"]: row["text"]
            for row in self._database.rows("SELECT theme_id, text FROM note WHERE theme_id IS NOT NULL")
        }
        return tuple(
            Theme(
                row["id"],
                row["uid"],
                row["name"],
                path,
                parent,
                row["colour"],
                row["digit"],
                row["definition"],
                notes.get(row["id"], ""),
            )
            for row, path, parent in self._in_order()
        )

    def paths(self) -> list[tuple[int, str, tuple[str, ...]]]:
        """Return only key, id and path of all themes, in the order of :meth:`all`."""
        return [(row["id"], row["uid"], path) for row, path, _ in self._in_order()]

    def _in_order(self) -> Iterator[_Placed]:
        """Yield the row of each theme with its path and the id of its parent.

        A file that we did not write may have a deeper tree than ours: what lies too deep is beside what it hangs under.
        Of themes that hang below each other in a circle the first stands at the top.
        """
        children: dict[int | None, list[Row]] = {}
        rows = self._database.rows("SELECT * FROM theme ORDER BY rank DESC, id DESC")
        for row in rows:
            children.setdefault(row["parent_id"], []).append(row)
        left = {row["id"]: row for row in reversed(rows)}
        waiting = list(map(_at_top, children.get(None, ())))
        while waiting or left:
            row, path, parent = waiting.pop() if waiting else _at_top(next(iter(left.values())))
            if left.pop(row["id"], None) is None:
                continue
            yield row, path, parent
            above, uid = (path, row["uid"]) if len(path) < DEEPEST else (path[:-1], parent)
            waiting += [(child, (*above, child["name"]), uid) for child in children.get(row["id"], ())]

    def keys(self) -> dict[str, int]:
        """Return the keys of all themes by their ids."""
        return {row["uid"]: row["id"] for row in self._database.rows("SELECT uid, id FROM theme")}

    def find(self, name: str) -> Theme:
        """Return the theme of that name, id or path.

        Raises ``NotFound``, or ``Conflict`` when several themes have the name and none of them stands at the top.
        """
        theme = self.seek(name)
        if theme is None:
            raise NotFound("There is no theme “{name}”.", "See “theme list”, or make it with “theme add”.", name=name)
        return theme

    def seek(self, name: str) -> Theme | None:
        """Return what :meth:`find` does, or ``None`` when there is no such theme."""
        names = self._names()
        theme = names.named(name)
        if theme is None and (row := by_uid(self._database, "theme", name)) is not None:
            theme = names.by_key(row["id"])
        return None if theme is None else self._counted(theme)

    def by_id(self, uid: str) -> Theme | None:
        """Return the theme that has exactly this id, if there is one."""
        return self._names().by_id(uid)

    def child(self, name: str, parent: Theme | None) -> Theme | None:
        """Return the theme of that name right below another, or at the top, if there is one."""
        return self._names().child(name, parent)

    def digits(self) -> frozenset[int]:
        """Return the digits that are taken."""
        return frozenset(theme.digit for theme in self._names().all() if theme.digit)

    def add(
        self,
        name: str,
        *,
        under: str | None = None,
        colour: str = "",
        definition: str = "",
        digit: int | None = None,
        uid: str = "",
    ) -> Theme:
        """Make a theme, named just so. Colour and digit are chosen when they are not given; a digit of 0 is none.

        ``uid`` is the id it is to have, if that is free.
        """
        name = clean_name(name)
        above = self.find(under) if under else None
        with self._library.deed("New theme “{theme}”", theme=name):
            if (names := self._names()).child(name, above) is not None:
                raise _taken(name)
            refuse_depth(name, len(above.path) + 1 if above else 1)
            return self._make(names, name, above, digit, colour, definition, uid)

    def _make(
        self,
        names: ThemeNames,
        name: str,
        above: Theme | None,
        digit: int | None,
        colour: str = "",
        definition: str = "",
        uid: str = "",
    ) -> Theme:
        """Make a theme right below another, or at the top, inside a deed; ``names`` knows it then."""
        themes = names.all()
        uid = new_uid() if not uid or names.by_id(uid) else uid
        colour = checked_colour(colour) if colour else rarest_colour(themes)
        chosen = None if digit == 0 else free_digit(themes, digit)
        columns = {"uid": uid, "name": name, "parent_id": above.key if above else None, "colour": colour}
        columns |= {"digit": chosen, "definition": clean_text(definition), "rank": len(themes)}
        key = self._database.insert("theme", columns)
        path = (*above.path, name) if above else (name,)
        made = Theme(key, uid, name, path, above.id if above else None, colour, chosen, clean_text(definition))
        names.take(made)
        return made

    def ensure(self, name: str) -> Theme:
        """Return the theme of that name, whole id or path; make it, and what is missing above it, if there is none.

        Its highlights are not counted. Raises ``NotFound`` for an id that no theme has: nobody names a theme so.
        """
        found = self._names().named(name)
        if found is None:
            if _ID.fullmatch(name.strip()):
                raise NotFound("That theme is gone: it was deleted, merged or undone meanwhile.", "Choose another one.")
            path = parts(name)
            refuse_depth(path[-1], len(path))
            found = self._from_the_top(path)
        return found

    def take_in(self, name: str) -> Theme:
        """Return the theme of a name that came with an article, as :meth:`ensure` does, but give a new one no digit.

        Where several have that name, and nobody can be asked, it is the one at the top, made if need be. What lies too
        deep is one name.
        """
        try:
            known = self._names().named(name)
        except Conflict:
            known = None
        return known or self._from_the_top(shallow(parts(name)), digit=0)

    def _from_the_top(self, path: Sequence[str], digit: int | None = None) -> Theme:
        """Return the theme of a path that begins at the top, made with what is missing above it."""
        theme: Theme | None = None
        with self._library.deed("New theme “{theme}”", theme=clean_name(path[-1])):
            names = self._names()  # what was made meanwhile by another process is among them
            for name in map(clean_name, path):
                theme = names.child(name, theme) or self._make(names, name, theme, digit)
        assert theme is not None
        return theme

    def edit(
        self,
        name: str,
        *,
        new_name: str | None = None,
        colour: str | None = None,
        definition: str | None = None,
        digit: int | None = None,
        note: str | None = None,
    ) -> Theme:
        """Change what is given of a theme. A digit of 0 takes its digit away."""
        theme = self.find(name)
        columns: dict[str, Any] = {}
        with self._library.deed("Theme “{theme}” changed", theme=theme.name) as deed:
            if new_name is not None and clean_name(new_name) != theme.name:
                columns["name"] = clean_name(new_name)
                self._refuse_sibling(clean_name(new_name), self._parent_key(theme), besides=theme.key)
                deed.label = replace(
                    deed.label,
                    template="Theme “{theme}” renamed to “{name}”",
                    values={"theme": theme.name, "name": clean_name(new_name)},
                )
            if colour is not None:
                columns["colour"] = checked_colour(colour)
            if definition is not None:
                columns["definition"] = clean_text(definition)
            if digit is not None:
                columns["digit"] = free_digit(self._names().all(), digit, besides=theme.key) if digit else None
            if columns:
                self._database.update("theme", theme.key, columns)
            if note is not None:
                self._notes.write(note, "theme", theme.key)
            if self._remembered is not None and note is None and "name" not in columns:
                self._remembered.take(replace(theme, **columns))
            else:
                self._remembered = None
        return self._by_key(theme.key)

    def move(self, name: str, under: str | None, before: str | None = None) -> Theme:
        """Hang a theme with all below it under another, or at the top when ``under`` is ``None``.

        It comes right before its new sibling ``before``, or last of all.
        """
        theme = self.find(name)
        parent = self.find(under) if under else None
        following = self.find(before) if before else None
        if parent is not None and self.hangs_below(parent.key, theme.key):
            raise InvalidInput(
                "“{theme}” cannot hang under “{parent}”, which is itself or below it.",
                "Choose another theme.",
                theme=theme.name,
                parent=parent.name,
            )
        refuse_depth(theme.name, (len(parent.path) if parent else 0) + self._levels(theme))
        with self._library.deed("Theme “{theme}” moved", theme=theme.name):
            self._refuse_sibling(theme.name, parent.key if parent else None, besides=theme.key)
            self._database.update("theme", theme.key, {"parent_id": parent.key if parent else None})
            self._put_before(theme.key, parent.key if parent else None, following.key if following else None)
            self._remembered = None
        return self._by_key(theme.key)

    def _put_before(self, theme: int, parent: int | None, following: int | None) -> None:
        """Number the themes below ``parent`` anew, with one of them before another, or last."""
        rows = self._database.rows("SELECT id, rank FROM theme WHERE parent_id IS ? ORDER BY rank, id", (parent,))
        ranks = {row["id"]: row["rank"] for row in rows}
        order = [key for key in ranks if key != theme]
        order.insert(order.index(following) if following in order else len(order), theme)
        for rank, key in enumerate(order):
            if ranks[key] != rank:
                self._database.update("theme", key, {"rank": rank})

    def put_in_order(self, ids: Sequence[str]) -> None:
        """Let siblings follow each other in this order, in the places that they have together, inside a deed."""
        places = {uid: place for place, uid in enumerate(ids)}
        groups: dict[int | None, list[Row]] = {}
        for row in self._database.rows("SELECT id, uid, parent_id FROM theme ORDER BY rank, id"):
            groups.setdefault(row["parent_id"], []).append(row)
        self._remembered = None
        for rows in groups.values():
            named = iter(sorted((row for row in rows if row["uid"] in places), key=lambda row: places[row["uid"]]))
            ordered = [next(named) if row["uid"] in places else row for row in rows]
            if [row["id"] for row in ordered] != [row["id"] for row in rows]:
                for rank, row in enumerate(ordered):
                    self._database.update("theme", row["id"], {"rank": rank})

    def merge(self, source: str, target: str) -> Theme:
        """Put everything that is under ``source`` under ``target`` instead, its sub-themes too, and delete it."""
        one, other = self.find(source), self.find(target)
        if one.key == other.key:
            raise InvalidInput("A theme cannot be merged into itself.", "Name two themes.")
        hangs_below = self.hangs_below(other.key, one.key)
        if not hangs_below:
            refuse_depth(one.name, len(other.path) - 1 + self._levels(one))
        with self._library.deed("Theme “{source}” merged into “{target}”", source=one.name, target=other.name):
            if hangs_below:
                self._refuse_sibling(other.name, self._parent_key(one), besides=one.key)
                self._database.update("theme", other.key, {"parent_id": self._parent_key(one)})
            self._unions.unite(one.key, other.key)
            self._remembered = None
        return self._by_key(other.key)

    def delete(self, name: str) -> None:
        """Delete a theme and take it off all passages; the themes below it move up to its parent."""
        theme = self.find(name)
        parent = self._parent_key(theme)
        with self._library.deed("Theme “{theme}” deleted", theme=theme.name):
            for child in self._database.rows("SELECT id, name FROM theme WHERE parent_id=?", (theme.key,)):
                self._refuse_sibling(child["name"], parent, besides=theme.key)
                self._database.update("theme", child["id"], {"parent_id": parent})
            self._database.delete("theme", theme.key)
            self._remembered = None

    def put_on_article(self, article: int, themes: Sequence[Theme]) -> None:
        """Put themes on a whole article, inside a deed."""
        for theme in themes:
            self._database.execute(
                "INSERT INTO article_theme (article_id, theme_id) SELECT ?1, ?2 WHERE NOT EXISTS"
                " (SELECT 1 FROM article_theme WHERE article_id=?1 AND theme_id=?2)",
                (article, theme.key),
            )

    def take_off_article(self, article: int, themes: Sequence[Theme]) -> None:
        """Take themes off a whole article, inside a deed."""
        for theme in themes:
            self._database.execute("DELETE FROM article_theme WHERE article_id=? AND theme_id=?", (article, theme.key))

    def _by_key(self, key: int) -> Theme:
        theme = self._names().by_key(key)
        if theme is None:
            raise NotFound("The theme is gone: it was deleted in another window.", "See “theme list”.")
        return self._counted(theme)

    def _counted(self, theme: Theme) -> Theme:
        count = self._database.value("SELECT count(*) FROM highlight_theme WHERE theme_id=?", (theme.key,))
        return replace(theme, highlights=int(count))

    def _parent_key(self, theme: Theme) -> int | None:
        key = self._database.value("SELECT parent_id FROM theme WHERE id=?", (theme.key,))
        return None if key is None else int(key)

    def subtree(self, name: str) -> list[int]:
        """Return the keys of a theme and of all below it."""
        return [theme.key for theme in self.branch(name)]

    def branch(self, name: str | None) -> list[Theme]:
        """Return a theme and all below it, or every theme when none is named, in the order of the tree."""
        path = () if name is None else self.find(name).path
        return [theme for theme in self.tree() if theme.path[: len(path)] == path]

    def wholes(self, themes: Sequence[int]) -> list[int]:
        """Return the keys of the articles that have one of these themes themselves, as a whole."""
        slots = ",".join("?" * len(themes))
        query = f"SELECT DISTINCT article_id FROM article_theme WHERE theme_id IN ({slots}) ORDER BY article_id"
        return [row["article_id"] for row in self._database.rows(query, list(themes))]

    def below(self, parent: int | None, name: str) -> int | None:
        """Return the key of the theme of that name directly below ``parent``, or at the top."""
        return self._unions.below(parent, name)

    def hangs_below(self, theme: int | None, other: int) -> bool:
        """Tell whether a theme, by its key, is another one or hangs somewhere below it; ``None`` is the top."""
        return bool(
            self._database.value(
                """WITH RECURSIVE above (id) AS (SELECT ?1 UNION SELECT parent_id FROM theme JOIN above USING (id))
                   SELECT 1 FROM above WHERE id=?2""",
                (theme, other),
            )
        )

    def _levels(self, theme: Theme) -> int:
        """Return how many levels a theme has with all below it."""
        depth = len(theme.path)
        return max(len(one.path) for one in self.tree() if one.path[:depth] == theme.path) - depth + 1

    def _refuse_sibling(self, name: str, parent: int | None, besides: int | None = None) -> None:
        twin = self.below(parent, name)
        if twin not in (None, besides):
            raise _taken(name)


def _at_top(row: Row) -> _Placed:
    return row, (row["name"],), None


def _taken(name: str) -> Conflict:
    return Conflict(
        "There is a theme “{name}” at that place already.", "Choose another name, or merge the two.", name=name
    )
