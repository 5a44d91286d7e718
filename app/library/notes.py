"""Notes in Markdown, on an article, a highlight, a theme, a collection or the library itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.library.database import Row
from app.library.library import Library, clean_text, new_uid, now
from app.library.naming import slotted
from app.library.recording import json_object
from app.model import Noted
from app.text.sentences import inside_word

_GAP: Final = re.compile(r"\n[^\S\n]*\n\s*")
OWNERS = ("article", "highlight", "theme", "collection")


class Notes:
    """The notes of a library: at most one on each thing."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database

    def text(self, owner: str = "", key: int | None = None) -> str:
        """Return the note on a thing, or on the library when no owner is named; ``""`` when there is none."""
        where, values = _owned(owner, key)
        return str(self._database.value(f"SELECT text FROM note WHERE {where}", values) or "")

    def is_private(self, owner: str = "", key: int | None = None) -> bool:
        """Tell whether the note on a thing stays home when it is exported; without a note it does not."""
        where, values = _owned(owner, key)
        return bool(self._database.value(f"SELECT private FROM note WHERE {where}", values))

    def set_private(self, owner: str = "", key: int | None = None, *, private: bool) -> None:
        """Keep the note on a thing home when it is exported, or let it go along; without a note nothing happens."""
        where, values = _owned(owner, key)
        with self._library.deed("Note kept private" if private else "Note not private any more"):
            row = self._database.row(f"SELECT id, private FROM note WHERE {where}", values)
            if row is not None and bool(row["private"]) is not private:
                self._database.update("note", row["id"], {"private": int(private), "modified": now()})

    def private(self) -> frozenset[str]:
        """Return the ids of the articles, highlights, themes and collections whose notes are private.

        The library's own note goes by ``""``.
        """
        joins = " ".join(f"LEFT JOIN {name} ON {name}.id=note.{name}_id" for name in OWNERS)
        owner = ", ".join(f"{name}.uid" for name in OWNERS)
        rows = self._database.rows(f"SELECT coalesce({owner}, '') AS owner FROM note {joins} WHERE note.private")
        return frozenset(row["owner"] for row in rows)

    def noted(self, owner: str = "", keys: Sequence[int] | None = None) -> dict[str, Noted]:
        """Return what is known of the notes beside their words, by the ids of what they are on.

        These are all things of the kind of ``owner``, or those with these keys; without one it is the library, by "".
        """
        if not owner:
            where, _none = _owned("", None)
            return _noted(self._database.rows(f"SELECT note.*, '' AS owner FROM note WHERE {where}"))
        query = f"SELECT note.*, {owner}.uid AS owner FROM note JOIN {owner} ON {owner}.id={owner}_id"
        if keys is None:
            return _noted(self._database.rows(query))
        column = "highlight.article_id" if owner == "highlight" else f"{owner}.id"
        found: dict[str, Noted] = {}
        for part, slots in slotted(keys):
            found |= _noted(self._database.rows(f"{query} WHERE {column} IN ({slots})", part))
        return found

    def write(
        self,
        text: str,
        owner: str = "",
        key: int | None = None,
        *,
        private: bool = False,
        noted: Noted | None = None,
    ) -> None:
        """Write the note on a thing, in place of the one before; an empty text removes it.

        ``private`` is said of a new note, and so is ``noted``, which tells what it was in another library; one that is
        there stays as it is.
        """
        where, values = _owned(owner, key)
        text = clean_text(text)
        with self._library.deed("Note" if text.strip() else "Note removed"):
            row = self._database.row(f"SELECT id, text FROM note WHERE {where}", values)
            if row is None and text.strip():
                columns = {f"{owner}_id": key} if owner else {}
                self._database.insert(
                    "note", {**self._known(noted or Noted()), "text": text, "private": int(private), **columns}
                )
            elif row is not None and not text.strip():
                self._database.delete("note", row["id"])
            elif row is not None and row["text"] != text:
                self._database.update("note", row["id"], {"text": text, "modified": now()})

    def _known(self, noted: Noted) -> dict[str, str | int]:
        """Return the columns of a new note that tell of it beside its words; an id is only had once."""
        taken = self._database.value("SELECT 1 FROM note WHERE uid=?", (noted.id,)) is not None
        return {
            "uid": new_uid() if taken or not noted.id else noted.id,
            "created": noted.created or now(),
            "modified": noted.modified or now(),
        }

    def join(self, text: str, owner: str, key: int, *, private: bool = False, noted: Noted | None = None) -> bool:
        """Put a note that came with a file below the one on a thing, inside a deed; tell whether it says anything new.

        It does not when the note there says it in a paragraph or more of its own, or did so before its reader changed
        it. A paragraph there that it says too, and more, gives way to it: what was written on comes once, however often
        it comes. When one of them is private, both are now.
        """
        text = clean_text(text)
        if not text.strip():
            return False
        row = self._database.row(f"SELECT id, text FROM note WHERE {owner}_id=?", (key,))
        if row is not None:
            if any(says(said, text) for said in (row["text"], *self._former(row["id"]))):
                return False
            text = text if says(text, row["text"]) else _both(row["text"], text)
        self.write(text, owner, key, private=private, noted=noted)
        if private:
            self.set_private(owner, key, private=True)
        return True

    def _former(self, note: int) -> list[str]:
        """Return what a note said before it was changed, as far as the history tells."""
        rows = self._database.rows("SELECT old FROM change WHERE tbl='note' AND row=?", (note,))
        texts = ((json_object(row["old"]) or {}).get("text") for row in rows)
        return [text for text in texts if isinstance(text, str)]


def _noted(rows: Sequence[Row]) -> dict[str, Noted]:
    return {row["owner"]: Noted(row["uid"], row["created"], row["modified"]) for row in rows}


def says(note: str, text: str) -> bool:
    """Tell whether a text stands in a note as whole paragraphs, or is that note, however its lines are broken."""
    return f"\n{_plain(text)}\n" in f"\n{_plain(note)}\n" or text.split() == note.split()


def _both(note: str, text: str) -> str:
    """Return a text below a note, without those of its paragraphs whose words stand in the text."""
    paragraphs = _GAP.split(note.strip())
    kept = [one for one in paragraphs if not _holds(text, one)]
    note = note if len(kept) == len(paragraphs) else "\n\n".join(kept)
    return f"{note.rstrip()}\n\n{text.strip()}" if note.strip() else text


def _holds(text: str, paragraph: str) -> bool:
    """Tell whether the words of a paragraph stand together in a text, however its lines are broken."""
    words, all_words = (" ".join(one.split()) for one in (paragraph, text))
    at = all_words.find(words)
    while at >= 0:
        if not inside_word(all_words, at) and not inside_word(all_words, at + len(words)):
            return True
        at = all_words.find(words, at + 1)
    return False


def _plain(text: str) -> str:
    """Return a text with a line for each paragraph."""
    return "\n".join(" ".join(part.split()) for part in _GAP.split(text.strip()))


def _owned(owner: str, key: int | None) -> tuple[str, tuple[int, ...]]:
    """Return the condition that picks the note of an owner, and its values."""
    if key is None:
        return " AND ".join(f"{name}_id IS NULL" for name in OWNERS), ()
    return f"{OWNERS[OWNERS.index(owner)]}_id=?", (key,)
