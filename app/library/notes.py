"""Notes in Markdown, on an article, a highlight, a theme, a collection or the library itself."""

from __future__ import annotations

from app.library.library import Library, clean_text, new_uid, now

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

    def write(self, text: str, owner: str = "", key: int | None = None) -> None:
        """Write the note on a thing, in place of the one before; an empty text removes it."""
        where, values = _owned(owner, key)
        text = clean_text(text)
        with self._library.deed("Note" if text.strip() else "Note removed"):
            row = self._database.row(f"SELECT id, text FROM note WHERE {where}", values)
            if row is None and text.strip():
                columns = {f"{owner}_id": key} if owner else {}
                times = {"created": now(), "modified": now()}
                self._database.insert("note", {"uid": new_uid(), "text": text, **columns, **times})
            elif row is not None and not text.strip():
                self._database.delete("note", row["id"])
            elif row is not None and row["text"] != text:
                self._database.update("note", row["id"], {"text": text, "modified": now()})


def _owned(owner: str, key: int | None) -> tuple[str, tuple[int, ...]]:
    """Return the condition that picks the note of an owner, and its values."""
    if key is None:
        return " AND ".join(f"{name}_id IS NULL" for name in OWNERS), ()
    return f"{OWNERS[OWNERS.index(owner)]}_id=?", (key,)
