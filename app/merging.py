"""Merging another library into this one: articles by text, everything else by its id, the newest words win."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from app.backup import copied
from app.errors import AppError, InvalidInput, LibraryError
from app.library.database import Row
from app.library.holdings import Holdings
from app.library.library import FILE, Library, as_json, new_uid
from app.model import Theme
from app.originals import Originals, is_digest
from app.search.referring import replaced
from app.text.anchors import Anchor, describe, resolve
from app.wording import Message

_STAYS: Final = "It stays behind."


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge took in, by number, and a sentence for everything that did not come along as it was."""

    articles: int = 0
    highlights: int = 0
    themes: int = 0
    collections: int = 0
    notes: tuple[Message, ...] = ()
    step: int | None = None


def merge(holdings: Holdings, other: Path) -> Generator[int, None, MergeReport]:
    """Take in the library in the folder ``other``, which is only read; yields the articles done.

    The same article is recognised by its id or its text, a theme by its id or its path, attributes and collections by
    id or name, highlights by id. Of two notes on the same thing the one written later stays. It is one step.
    """
    if other.resolve() == holdings.library.folder.resolve():
        raise InvalidInput("A library cannot be merged into itself.", "Name the folder of another one.")
    if not (other / FILE).is_file():
        raise LibraryError("There is no library in “{folder}”.", "Check the path.", folder=str(other))
    # A copy is brought to our version and searched; theirs stays as it is, to the byte.
    with copied(other / FILE, holdings.library.backups) as folder:
        theirs = _opened(folder, other)
        try:
            return (yield from _Merge(holdings, Holdings(theirs), other).run())
        finally:
            theirs.close()


def _opened(copy: Path, other: Path) -> Library:
    """Open the copy of a library; errors name the library itself."""
    try:
        return Library(copy, create=False)
    except LibraryError as error:
        raise LibraryError(error.template, error.hint, **{**error.values, "folder": str(other)}) from error


class _Merge:
    """One merge: the keys of their rows on the left, of ours on the right."""

    def __init__(self, ours: Holdings, theirs: Holdings, folder: Path) -> None:
        self._ours, self._theirs = ours, theirs
        self._folder = folder
        self._into, self._from = ours.library.database, theirs.library.database
        self._articles: dict[int, int] = {}
        self._highlights: dict[int, int] = {}
        self._themes: dict[int, int] = {}
        self._attributes: dict[int, int] = {}
        self._collections: dict[int, int] = {}
        self._counts = {"articles": 0, "highlights": 0, "themes": 0, "collections": 0}
        self._said: list[Message] = []
        self._step: int | None = None

    def run(self) -> Generator[int, None, MergeReport]:
        with self._part():
            self._take_themes()
            self._take_attributes()
        rows = self._from.rows("SELECT * FROM article ORDER BY id")
        for number, row in enumerate(rows, 1):
            with self._part():
                self._take_article(row)
            yield number
        with self._part():
            self._take_collections()
            self._take_notes()
        return MergeReport(**self._counts, notes=tuple(self._said), step=self._step)

    @contextmanager
    def _part(self) -> Iterator[None]:
        """Hold a transaction of the merge, as a part of its one step."""
        with self._ours.library.deed("Library “{folder}” merged in", self._step, folder=self._folder.name) as deed:
            yield
        self._step = deed.changes.step or self._step

    def _take_themes(self) -> None:
        keys = {theme.id: theme.key for theme in self._theirs.themes.all()}
        for theme in self._theirs.themes.all():
            # Where it belongs with us: we may have hung its parent elsewhere, or called it otherwise.
            parent = self._themes[keys[theme.parent]] if theme.parent else None
            found = self._into.value("SELECT id FROM theme WHERE uid=?", (theme.id,))
            if found is None:
                found = self._ours.themes.below(parent, theme.name)
            self._themes[theme.key] = self._new_theme(theme, parent) if found is None else int(found)

    def _new_theme(self, theme: Theme, parent: int | None) -> int:
        free = next((d for d in (theme.digit,) if d and not self._digit_taken(d)), None)
        self._counts["themes"] += 1
        return self._into.insert(
            "theme",
            {
                "uid": theme.id,
                "name": theme.name,
                "parent_id": parent,
                "colour": theme.colour,
                "digit": free,
                "definition": theme.definition,
                "rank": int(self._into.value("SELECT ifnull(max(rank), 0) + 1 FROM theme")),
            },
        )

    def _digit_taken(self, digit: int) -> bool:
        return self._into.value("SELECT 1 FROM theme WHERE digit=?", (digit,)) is not None

    def _take_attributes(self) -> None:
        ours = {one.id: one.key for one in self._ours.attributes.all()}
        by_name = {one.name.casefold(): one.key for one in self._ours.attributes.all()}
        for row in self._from.rows("SELECT * FROM attribute ORDER BY id"):
            found = ours.get(row["uid"], by_name.get(row["name"].casefold()))
            self._attributes[row["id"]] = found if found is not None else self._copy("attribute", row)
            if found is not None:
                self._unite_choices(found, json.loads(row["choices"]))

    def _unite_choices(self, ours: int, theirs: list[str]) -> None:
        held = json.loads(self._into.value("SELECT choices FROM attribute WHERE id=?", (ours,)))
        more = [choice for choice in theirs if choice not in held]
        if held and more:
            self._into.update("attribute", ours, {"choices": as_json([*held, *more])})

    def _take_article(self, row: Row) -> None:
        body = self._from.row("SELECT * FROM body WHERE article_id=?", (row["id"],))
        key = self._into.value("SELECT id FROM article WHERE uid=?", (row["uid"],))
        if key is None and body is not None and body["text"].strip():
            key = self._into.value("SELECT article_id FROM body WHERE fingerprint=?", (body["fingerprint"],))
        if key is None:
            key = self._copy("article", row)
            self._counts["articles"] += 1
            if body is not None:
                self._copy("body", body, article_id=key)
            for version in self._from.rows("SELECT * FROM version WHERE article_id=? ORDER BY id", (row["id"],)):
                self._copy("version", version, article_id=key)
            self._copy_original(row["original"])
            for picture in self._from.rows("SELECT * FROM picture WHERE article_id=? ORDER BY id", (row["id"],)):
                self._copy("picture", picture, article_id=key)
                self._copy_original(picture["digest"])
        self._articles[row["id"]] = int(key)
        self._take_marks(row["id"], int(key))

    def _copy_original(self, digest: str) -> None:
        ours, theirs = Originals(self._ours.library.originals), Originals(self._folder / "originals")
        if not is_digest(digest) or ours.path(digest).exists():
            return
        try:
            ours.put(theirs.path(digest))
        except (AppError, OSError):
            self._said.append(
                Message("The original file {digest} could not be read and stays behind.", {"digest": digest})
            )

    def _take_marks(self, theirs: int, ours: int) -> None:
        for row in self._from.rows("SELECT * FROM article_theme WHERE article_id=?", (theirs,)):
            self._link("article_theme", article_id=ours, theme_id=self._themes[row["theme_id"]])
        for row in self._from.rows("SELECT * FROM attribute_value WHERE article_id=?", (theirs,)):
            attribute = self._attributes[row["attribute_id"]]
            held = self._into.value(
                "SELECT 1 FROM attribute_value WHERE article_id=? AND attribute_id=?", (ours, attribute)
            )
            if held is None:
                self._take_value(ours, attribute, row["value"])
        text = str(self._into.value("SELECT text FROM body WHERE article_id=?", (ours,)) or "")
        for row in self._from.rows("SELECT * FROM highlight WHERE article_id=? ORDER BY id", (theirs,)):
            self._take_highlight(row, ours, text)

    def _take_value(self, article: int, attribute: int, value: str) -> None:
        """Give an article their value of an attribute; ours may be of another kind, and then it stays behind."""
        row = self._into.row("SELECT uid, name FROM attribute WHERE id=?", (attribute,))
        assert row is not None
        try:
            self._ours.attributes.put(article, row["uid"], value)
        except InvalidInput as error:
            self._said.append(Message(f"{error.template} {_STAYS}", error.values))

    def _take_highlight(self, row: Row, article: int, text: str) -> None:
        key = self._into.value("SELECT id FROM highlight WHERE uid=?", (row["uid"],))
        if key is None:
            span = resolve(text, Anchor(row["start"], row["end"], row["quote"], row["prefix"], row["suffix"]))
            placed: dict[str, Any] = {"status": "orphan"}
            if span is not None and text[span[0] : span[1]] == row["quote"]:
                placed = {**asdict(describe(text, *span)), "status": "anchored"}
            elif row["status"] == "anchored":
                self._said.append(
                    Message(
                        "“{quote}” has no place in our text of its article: it is an orphan.",
                        {"quote": row["quote"][:60]},
                    )
                )
            key = self._copy("highlight", row, article_id=article, **placed)
            self._counts["highlights"] += 1
        self._highlights[row["id"]] = int(key)
        for link in self._from.rows("SELECT * FROM highlight_theme WHERE highlight_id=? ORDER BY id", (row["id"],)):
            self._link("highlight_theme", highlight_id=int(key), theme_id=self._themes[link["theme_id"]])

    def _take_collections(self) -> None:
        fresh: dict[int, str] = {}
        for row in self._from.rows("SELECT * FROM collection ORDER BY id"):
            found = self._ours.collections.named(row["uid"]) or self._ours.collections.named(row["name"])
            if found is None:
                self._counts["collections"] += 1
            key = found.key if found else self._copy("collection", row)
            if found is None and row["query"]:
                fresh[key] = row["query"]
            self._collections[row["id"]] = key
            items = self._from.rows(
                "SELECT * FROM collection_item WHERE collection_id=? ORDER BY rank, id", (row["id"],)
            )
            if found is not None and found.query and items:
                self._said.append(
                    Message(
                        "Our collection “{name}” is filled by its query: what theirs holds by hand stays behind.",
                        {"name": found.name},
                    )
                )
                continue
            for item in items:
                self._link(
                    "collection_item",
                    {"rank": item["rank"]},
                    collection_id=key,
                    article_id=self._articles.get(item["article_id"]),
                    highlight_id=self._highlights.get(item["highlight_id"]),
                )

        self._take_queries(fresh)

    def _take_queries(self, fresh: Mapping[int, str]) -> None:
        """Let the queries of collections that are new to us name what is ours, by id."""
        ids: dict[str, str] = {}
        for table, keys in (
            ("theme", self._themes),
            ("attribute", self._attributes),
            ("collection", self._collections),
        ):
            ours = {row["id"]: row["uid"] for row in self._into.rows(f'SELECT id, uid FROM "{table}"')}
            ids |= {row["uid"]: ours[keys[row["id"]]] for row in self._from.rows(f'SELECT id, uid FROM "{table}"')}
        for key, query in fresh.items():
            self._into.update("collection", key, {"query": replaced(self._theirs.collections.stored(query), ids)})

    def _take_notes(self) -> None:
        owners = {
            "article_id": self._articles,
            "highlight_id": self._highlights,
            "theme_id": self._themes,
            "collection_id": self._collections,
        }
        for row in self._from.rows("SELECT * FROM note ORDER BY id"):
            owner = {name: keys[row[name]] for name, keys in owners.items() if row[name] is not None}
            where = " AND ".join(f"{name} IS ?" for name in owners)
            held = self._into.row(f"SELECT * FROM note WHERE {where}", [owner.get(name) for name in owners])
            if held is None:
                self._copy("note", row, **owner)
            elif held["text"] != row["text"] and row["modified"] > held["modified"]:
                self._into.update("note", held["id"], {"text": row["text"], "modified": row["modified"]})

    def _copy(self, table: str, row: Row, **changed: Any) -> int:
        """Copy a row into our table under a new key, with its uid unless that is taken."""
        values = {name: value for name, value in dict(row).items() if name != "id"} | changed
        if "uid" in values and self._into.value(f'SELECT 1 FROM "{table}" WHERE uid=?', (values["uid"],)) is not None:
            values["uid"] = new_uid()
        return self._into.insert(table, values)

    def _link(self, table: str, more: dict[str, Any] | None = None, **keys: int | None) -> None:
        where = " AND ".join(f"{name} IS ?" for name in keys)
        if self._into.value(f'SELECT 1 FROM "{table}" WHERE {where}', list(keys.values())) is None:
            self._into.insert(table, {**keys, **(more or {})})
