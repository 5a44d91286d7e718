"""An open library: its folder, its database, its journal, and the one way in which anything in it is changed."""

from __future__ import annotations

import json
import re
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from pathlib import Path
from typing import Any, Final

from app.changes import Changes
from app.errors import Conflict, InvalidInput, LibraryError, NotFound
from app.library import schema
from app.library.database import Database, damaged
from app.library.journal import Journal, Own
from app.library.promises import circles, displaced, doubled, twins
from app.library.recording import Touched
from app.library.sittings import Sittings
from app.library.steps import Step
from app.wording import Message

FILE: Final = "library.db"
_NOWHERE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

Follower = Callable[[Changes], None]


class Deed:
    """The part of a step that one transaction holds. ``label`` may still be changed until the deed ends."""

    def __init__(self, label: Message) -> None:
        """Start with a label; what changed is known at the end."""
        self.label = label
        self.changes = Changes()


class Library:
    """The reader's library. All writing goes through :meth:`deed`; nouns (articles, themes, ...) are built on it."""

    def __init__(
        self,
        folder: Path,
        *,
        create: bool = True,
        origin: str = "command line",
        before_migration: Callable[[Path, Path], None] | None = None,
    ) -> None:
        """Open the library in ``folder``, make one when there is none and ``create`` says so.

        ``origin`` is written into the history beside each deed. ``before_migration`` is called with the database and
        the folder of backups before one of an older version is changed. Raises ``LibraryError``.
        """
        self.folder = folder
        self.origin = origin
        self._make_folder(create)
        # In this order: the tables are there before the first original is.
        filled = self._is_filled()
        self.database = Database(folder / FILE, create=create)
        try:
            if filled and self.database.value("SELECT count(*) FROM sqlite_master") == 0:
                raise damaged(folder / FILE)
            if before_migration is not None and schema.is_old(self.database):
                before_migration(self.database.path, self.backups)
            schema.prepare(self.database)
            self.journal = Journal(self.database)
            self.sittings = Sittings(self.journal)
            self.own = Own(origin, self.journal.latest())
        except BaseException:
            self.database.close()
            raise
        self._followers: list[Follower] = []
        self._readers = 0
        self._deed: Deed | None = None

    def _make_folder(self, create: bool) -> None:
        if not create:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in ("originals", "backups"):
                (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                "The folder “{folder}” cannot be used for a library ({reason}).",
                "Choose another folder, or mend its permissions.",
                folder=str(self.folder),
                reason=error.strerror or str(error),
            ) from error

    def _is_filled(self) -> bool:
        """Tell whether there is a database, and originals beside it; what may not be looked at is for SQLite to say."""
        try:
            return (self.folder / FILE).exists() and any(path.is_dir() for path in self.originals.iterdir())
        except OSError:
            return False

    @property
    def originals(self) -> Path:
        """Return the folder of imported files, each named by its SHA-256."""
        return self.folder / "originals"

    @property
    def backups(self) -> Path:
        """Return the folder of backups."""
        return self.folder / "backups"

    def follow(self, follower: Follower) -> None:
        """Call ``follower`` with the changes of each deed, inside its transaction, just before it is committed."""
        self._followers.append(follower)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    @contextmanager
    def as_it_stands(self) -> Iterator[Library]:
        """Hold the library as it is at this moment, whatever is done to it meanwhile; it can only be read."""
        held = copy(self)
        held.database = Database.as_it_stands(self.database.path)
        self._readers += 1
        try:
            yield held
        finally:
            self._readers -= 1
            held.close()

    def refuse_while_read(self) -> None:
        """Raise ``LibraryError`` while someone holds the library as it was: nothing can be overwritten for good."""
        if self._readers:
            raise LibraryError(
                "An export is under way, and needs the library as it is.", "Stop it, or wait for its end."
            )

    @property
    def name(self) -> str:
        """Return what the library is called: its own name, or that of its folder."""
        return self.setting("name") or self.folder.name

    def setting(self, name: str) -> str | None:
        """Return a setting of this library, which is no deed and has no history."""
        value = self.database.value("SELECT value FROM setting WHERE name=?", (name,))
        return None if value is None else str(value)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of this library; inside a deed it is there when what was done is."""
        with nullcontext() if self._deed else self.database.transaction():
            self.database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    @contextmanager
    def acting(self, origin: str) -> Iterator[None]:
        """Let the history say of the deeds meanwhile that they are of another origin: nobody's undo takes them."""
        before, self.origin = self.origin, origin or self.origin
        try:
            yield
        finally:
            self.origin = before

    @contextmanager
    def deed(self, template: str, step: int | None = None, **values: str | int) -> Iterator[Deed]:
        """Hold a transaction in which the library is changed as one step of the history, or as a part of step ``step``.

        A deed inside a deed belongs to the outer one. When anything is raised, nothing was done. A part becomes a step
        of its own when ``step`` was undone meanwhile, or when it builds on later steps: see ``deed.changes.step``.
        In a sitting (:class:`Sittings`) it goes on with the step before, which keeps its label.
        Raises ``Conflict`` when what it works on was deleted by another process meanwhile.
        """
        if self._deed is not None:
            # The step has the outer one's label, whatever becomes of this one.
            yield Deed(Message(template, values))
            return
        deed = Deed(Message(template, values))
        with self.database.transaction():
            going_on = None if step else self.sittings.step()
            number = going_on or self._opened(step) or self.journal.begin(deed.label, self.origin)
            self._deed = deed
            try:
                with self.journal.recording(number) as last:
                    yield deed
                number, touched = self.journal.finish(number, last, deed.label, self.origin)
                if touched:
                    self.own.made.add(number)
                    if going_on:
                        self.journal.condense(number)
                    else:
                        self.journal.relabel(number, deed.label)
                    self.sittings.did(number)
                    deed.changes = self._changes(number, deed.label, touched)
                    self._tell(deed.changes)
            except sqlite3.IntegrityError as error:
                if error.sqlite_errorname != "SQLITE_CONSTRAINT_FOREIGNKEY":
                    raise
                raise Conflict(
                    "Something this works on was deleted by another program just now; nothing was done.",
                    "Look at the library again.",
                ) from error
            finally:
                self._deed = None

    def _opened(self, step: int | None) -> int | None:
        return step if step and self.journal.is_open(step) else None

    def _tell(self, changes: Changes) -> None:
        for follower in self._followers:
            follower(changes)

    def undo(self, number: int | None = None) -> Changes:
        """Undo a step, the latest by default.

        Raises ``NotFound`` when there is none, ``Conflict`` when later steps are in the way.
        """
        return self._play(number, done=True)

    def redo(self, number: int | None = None) -> Changes:
        """Redo a step, by default the one that was undone last. Raises as :meth:`undo` does."""
        return self._play(number, done=False)

    def _play(self, number: int | None, *, done: bool) -> Changes:
        self.sittings.end()
        with self.database.transaction():
            step = self._chosen(number, done=done)
            touched = self.journal.play(step.number)
            changes = self._changes(step.number, step.label, touched)
            broken = {
                row for promise in (displaced, twins, doubled, circles) for row in promise(self.database, touched)
            }
            if broken:
                raise self.journal.in_the_way(step, broken)
            self._tell(changes)
            return changes

    def _chosen(self, number: int | None, *, done: bool) -> Step:
        if number is not None:
            step = self.journal.step(number)
            if step.done is not done:
                raise NotFound(
                    "“{step}” is already undone." if done else "“{step}” is not undone.", "", step=str(step.label)
                )
            return step
        found = self.journal.next_undo() if done else self.journal.next_redo()
        if found is None:
            raise NotFound("There is nothing to undo." if done else "There is nothing to redo.")
        return found

    def _changes(self, step: int, label: Message, touched: Iterable[Touched]) -> Changes:
        keys: dict[str, set[int]] = {
            name: set() for name in ("article", "highlight", "theme", "collection", "attribute")
        }
        for change in touched:
            if change.table in keys:
                keys[change.table].add(change.row)
            if change.table == "article" and "language" in change.old:
                # Its passages are searched by the forms of words in its language.
                passages = self.database.rows("SELECT id FROM highlight WHERE article_id=?", (change.row,))
                keys["highlight"] |= {row["id"] for row in passages}
            for column, owner in self._owners(change).items():
                if owner is not None:
                    keys[column.removesuffix("_id")].add(int(owner))
        return Changes(
            step,
            label,
            articles=frozenset(keys["article"]),
            highlights=frozenset(keys["highlight"]),
            themes=frozenset(keys["theme"]),
            collections=frozenset(keys["collection"]),
            attributes=frozenset(keys["attribute"]),
        )

    def _owners(self, change: Touched) -> dict[str, Any]:
        """Return the keys of what the row that was changed belongs to, by column; from before when the row is gone."""
        columns = _OWNERS.get(change.table, ())
        if change.operation == "delete":
            return {column: change.old.get(column) for column in columns}
        names = ", ".join(f'"{column}"' for column in columns)
        row = self.database.row(f'SELECT {names} FROM "{change.table}" WHERE id=?', (change.row,)) if columns else None
        return dict(row) if row else {}


_OWNERS: Final = {
    "body": ("article_id",),
    "version": ("article_id",),
    "picture": ("article_id",),
    "article_theme": ("article_id",),
    "attribute_value": ("article_id",),
    "highlight_theme": ("highlight_id",),
    "note": ("article_id", "highlight_id", "theme_id", "collection_id"),
    "collection_item": ("collection_id",),
    "interlude": ("collection_id",),
    "layer_theme": ("article_id",),
    "layer_article": ("article_id",),
}


def new_uid() -> str:
    """Return a fresh stable id: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def now() -> int:
    """Return the time: UTC milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def as_json(value: object) -> str:
    """Return ``value`` as compact JSON, the way all tables keep it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def clean_name(name: str) -> str:
    """Return a name on one line without surrounding white space; raises ``InvalidInput`` when nothing is left."""
    cleaned = " ".join(clean_text(name).split())
    if not cleaned:
        raise InvalidInput("A name cannot be empty.", "Type a name.")
    return cleaned


def clean_text(text: str) -> str:
    """Return ``text`` without what no file can carry: NUL and other controls, and lone surrogates. Lines stay."""
    return _NOWHERE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
