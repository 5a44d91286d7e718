"""The reader's themes: a tree with names, colours and digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from app.errors import Conflict, InvalidInput, NotFound
from app.library.database import Row
from app.library.library import Library, clean_name, clean_text, new_uid
from app.library.naming import by_uid
from app.library.notes import Notes
from app.model import Theme

ARROW: Final = " > "

# Nine hues that stay apart on light and on dark paper, and for most kinds of colour blindness.
COLOURS: Final = (
    "#3b82c4",
    "#d9822b",
    "#3f9e6b",
    "#c2504f",
    "#8a63c2",
    "#b8902a",
    "#2f9aa0",
    "#c25a9a",
    "#6b7a8f",
    "#7d9a2e",
    "#8c6246",
    "#5560d0",
)

_Placed = tuple[Row, tuple[str, ...], str | None]
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


class Themes:
    """The themes of a library. ``NAME`` arguments take a name, an id or a path ``A > B``."""

    def __init__(self, library: Library, notes: Notes) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._notes = notes
        self._remembered: dict[str, Theme] | None = None

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Look up each name that articles bring only once, inside a deed: nobody else changes themes meanwhile."""
        self._remembered = {}
        try:
            yield
        finally:
            self._remembered = None

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
        """Yield the row of each theme with its path and the id of its parent."""
        children: dict[int | None, list[Row]] = {}
        for row in self._database.rows("SELECT * FROM theme ORDER BY rank, id"):
            children.setdefault(row["parent_id"], []).append(row)

        def below(key: int | None, path: tuple[str, ...], parent: str | None) -> Iterator[_Placed]:
            for row in children.get(key, ()):
                own = (*path, row["name"])
                yield row, own, parent
                yield from below(row["id"], own, row["uid"])

        return below(None, (), None)

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
        theme = self._named(name)
        if theme is None:
            row = by_uid(self._database, "theme", name)
            theme = next((one for one in self.tree() if row is not None and one.key == row["id"]), None)
        return None if theme is None else self._counted(theme)

    def _named(self, name: str) -> Theme | None:
        """Return the theme of that name, whole id or path: what only begins an id may be a new name."""
        themes = self.tree()
        row = by_uid(self._database, "theme", name) if len(name.strip()) == len(new_uid()) else None
        wanted = [theme for theme in themes if theme.name == name.strip()] or [
            theme for theme in themes if _folded(theme.name) == _folded(name)
        ]
        if not wanted and row is None:
            path = tuple(_folded(part) for part in name.split(ARROW.strip()))
            # An arrow may also be a part of a name.
            wanted = [theme for theme in themes if _folded(ARROW.join(theme.path)) == _folded(name)] or [
                theme for theme in themes if tuple(map(_folded, theme.path)) == path
            ]
        if not wanted:
            return next((theme for theme in themes if row is not None and theme.key == row["id"]), None)
        at_top = [theme for theme in wanted if theme.parent is None]
        if len(wanted) == 1 or len(at_top) == 1:
            return wanted[0] if len(wanted) == 1 else at_top[0]
        paths = "; ".join(ARROW.join(theme.path) for theme in wanted)
        raise Conflict("Several themes are called “{name}”.", "Give the path: {paths}.", name=name, paths=paths)

    def by_id(self, uid: str) -> Theme | None:
        """Return the theme that has exactly this id, if there is one."""
        return next((theme for theme in self.tree() if theme.id == uid), None)

    def child(self, name: str, parent: Theme | None) -> Theme | None:
        """Return the theme of that name right below another, or at the top, if there is one."""
        key = self._sibling(name, parent.key if parent else None)
        return None if key is None else self._by_key(key)

    def digits(self) -> frozenset[int]:
        """Return the digits that are taken."""
        return frozenset(theme.digit for theme in self.tree() if theme.digit)

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
        parent = self.find(under) if under else None
        with self._library.deed("New theme “{theme}”", theme=name):
            self._refuse_sibling(name, parent.key if parent else None)
            themes = self.tree()
            is_free = uid and all(theme.id != uid for theme in themes)
            key = self._database.insert(
                "theme",
                {
                    "uid": uid if is_free else new_uid(),
                    "name": name,
                    "parent_id": parent.key if parent else None,
                    "colour": _colour(colour) if colour else _rarest(themes),
                    "digit": None if digit == 0 else self._free_digit(themes, digit),
                    "definition": clean_text(definition),
                    "rank": len(themes),
                },
            )
        return self._by_key(key)

    def ensure(self, name: str) -> Theme:
        """Return the theme of that name, whole id or path; make it, and what is missing above it, if there is none.

        Its highlights are not counted. Raises ``NotFound`` for an id that no theme has: nobody names a theme so.
        """
        if (known := self._named(name)) is None and re.fullmatch(r"[0-9a-f]{32}", name.strip()):
            raise NotFound("That theme is gone: it was deleted, merged or undone meanwhile.", "Choose another one.")
        return known or self._from_the_top(name)

    def take_in(self, name: str) -> Theme:
        """Return the theme of a name that came with an article, as :meth:`ensure` does, but give a new one no digit.

        Where several have that name, and nobody can be asked, it is the one at the top, made if need be.
        """
        known = self._remembered.get(name) if self._remembered is not None else None
        if known is None:
            try:
                known = self._named(name) or self._from_the_top(name, digit=0)
            except Conflict:
                known = self._from_the_top(name, digit=0)
            if self._remembered is not None:
                self._remembered[name] = known
        return known

    def _from_the_top(self, name: str, digit: int | None = None) -> Theme:
        parts = [part.strip() for part in name.split(ARROW)]
        if not all(parts):
            parts = [name]
        with self._library.deed("New theme “{theme}”", theme=clean_name(parts[-1])):
            # A path begins at the top. What is made meanwhile by another process is found here.
            key = None
            for part in parts:
                twin = self._sibling(clean_name(part), key)
                if twin is None:
                    twin = self.add(part, under=self._by_key(key).id if key else None, digit=digit).key
                key = twin
            assert key is not None
        return self._by_key(key)

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
        columns: dict[str, object] = {}
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
                columns["colour"] = _colour(colour)
            if definition is not None:
                columns["definition"] = clean_text(definition)
            if digit is not None:
                columns["digit"] = self._free_digit(self.tree(), digit, besides=theme.key) if digit else None
            if columns:
                self._database.update("theme", theme.key, columns)
            if note is not None:
                self._notes.write(note, "theme", theme.key)
        return self._by_key(theme.key)

    def move(self, name: str, under: str | None, before: str | None = None) -> Theme:
        """Hang a theme with all below it under another, or at the top when ``under`` is ``None``.

        It comes right before its new sibling ``before``, or last of all.
        """
        theme = self.find(name)
        parent = self.find(under) if under else None
        following = self.find(before) if before else None
        if parent is not None and parent.path[: len(theme.path)] == theme.path:
            raise InvalidInput(
                "“{theme}” cannot hang under “{parent}”, which is itself or below it.",
                "Choose another theme.",
                theme=theme.name,
                parent=parent.name,
            )
        with self._library.deed("Theme “{theme}” moved", theme=theme.name):
            self._refuse_sibling(theme.name, parent.key if parent else None, besides=theme.key)
            self._database.update("theme", theme.key, {"parent_id": parent.key if parent else None})
            self._put_before(theme.key, parent.key if parent else None, following.key if following else None)
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
        with self._library.deed("Theme “{source}” merged into “{target}”", source=one.name, target=other.name):
            if other.path[: len(one.path)] == one.path:
                self._refuse_sibling(other.name, self._parent_key(one), besides=one.key)
                self._database.update("theme", other.key, {"parent_id": self._parent_key(one)})
            self._merge(one.key, other.key)
        return self._by_key(other.key)

    def _merge(self, source: int, target: int) -> None:
        database = self._database
        for table, column in (("highlight_theme", "highlight_id"), ("article_theme", "article_id")):
            database.execute(
                f"""UPDATE {table} SET theme_id=:target WHERE theme_id=:source
                    AND {column} NOT IN (SELECT {column} FROM {table} WHERE theme_id=:target)""",
                {"source": source, "target": target},
            )
        database.execute("UPDATE OR IGNORE layer_theme SET theme_id=? WHERE theme_id=?", (target, source))
        self._merge_words(source, target)
        self._merge_queries(source, target)
        for child in database.rows("SELECT id, name FROM theme WHERE parent_id=?", (source,)):
            twin = self._sibling(child["name"], target)
            if twin is None:
                database.update("theme", child["id"], {"parent_id": target})
            else:
                self._merge(child["id"], twin)
        database.delete("theme", source)

    def _merge_queries(self, source: int, target: int) -> None:
        """Let kept queries name ``target`` where they named ``source``."""
        one, other = (self._database.value("SELECT uid FROM theme WHERE id=?", (key,)) for key in (source, target))
        self._database.execute(
            "UPDATE collection SET query=replace(query, ?1, ?2) WHERE instr(query, ?1)", (one, other)
        )

    def _merge_words(self, source: int, target: int) -> None:
        """Append note and definition of ``source`` to those of ``target``, so that no word of the reader is lost."""
        note, into = self._notes.text("theme", source), self._notes.text("theme", target)
        if note.strip() and note not in into:
            self._notes.write(f"{into}\n\n{note}".strip(), "theme", target)
            if self._notes.is_private("theme", source):
                self._notes.set_private("theme", target, private=True)
        definition, own = (
            str(self._database.value("SELECT definition FROM theme WHERE id=?", (key,))) for key in (source, target)
        )
        if definition.strip() and definition not in own:
            self._database.update("theme", target, {"definition": f"{own}\n\n{definition}".strip()})

    def delete(self, name: str) -> None:
        """Delete a theme and take it off all passages; the themes below it move up to its parent."""
        theme = self.find(name)
        parent = self._parent_key(theme)
        with self._library.deed("Theme “{theme}” deleted", theme=theme.name):
            for child in self._database.rows("SELECT id, name FROM theme WHERE parent_id=?", (theme.key,)):
                self._refuse_sibling(child["name"], parent, besides=theme.key)
                self._database.update("theme", child["id"], {"parent_id": parent})
            self._database.delete("theme", theme.key)

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
        theme = next((theme for theme in self.tree() if theme.key == key), None)
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
        path = self.find(name).path
        return [theme.key for theme in self.tree() if theme.path[: len(path)] == path]

    def below(self, parent: int | None, name: str) -> int | None:
        """Return the key of the theme of that name directly below ``parent``, or at the top."""
        return self._sibling(name, parent)

    def _sibling(self, name: str, parent: int | None) -> int | None:
        rows = self._database.rows("SELECT id, name FROM theme WHERE parent_id IS ?", (parent,))
        return next((row["id"] for row in rows if _folded(row["name"]) == _folded(name)), None)

    def _refuse_sibling(self, name: str, parent: int | None, besides: int | None = None) -> None:
        twin = self._sibling(name, parent)
        if twin not in (None, besides):
            raise Conflict(
                "There is a theme “{name}” at that place already.", "Choose another name, or merge the two.", name=name
            )

    def _free_digit(self, themes: Sequence[Theme], wanted: int | None, besides: int | None = None) -> int | None:
        taken = {theme.digit: theme for theme in themes if theme.digit and theme.key != besides}
        if wanted is None:
            return next((digit for digit in range(1, 10) if digit not in taken), None)
        if not 1 <= wanted <= 9:
            raise InvalidInput("A theme's digit is 1 to 9, not {digit}.", "Choose another.", digit=wanted)
        if wanted in taken:
            raise Conflict(
                "The digit {digit} belongs to “{theme}”.",
                "Choose another, or take it from there first (digit 0).",
                digit=wanted,
                theme=taken[wanted].name,
            )
        return wanted


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rarest(themes: Iterable[Theme]) -> str:
    """Return the first of the colours that the fewest themes have."""
    worn = Counter(theme.colour for theme in themes)
    return min(COLOURS, key=lambda colour: worn[colour])


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text.strip()):
        raise InvalidInput("“{colour}” is no colour.", "Write it like #2f7fb8.", colour=text)
    return text.strip().lower()
