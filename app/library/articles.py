"""The articles of a library: what is known of them, state, attributes; their texts are in bodies.py."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.cleaning.gauging import gauge_of
from app.drafts import Draft
from app.errors import InvalidInput, NotFound
from app.library.attributes import Attributes
from app.library.bodies import Bodies, Reanchored, article_columns
from app.library.carrying import carried
from app.library.database import Database, Row, sound
from app.library.library import Library, as_json, clean_text, new_uid, now
from app.library.metadata import checked_field, details_of, metadata_columns, metadata_of
from app.library.naming import one, slotted
from app.library.notes import Notes
from app.library.themes import Themes
from app.library.versions import Versions
from app.model import Article, Content, Metadata, Origin, State
from app.text.folding import folded

_WHERE: Final = ("outlet", "address", "published")
"""The fields that tell one publication of a text from others."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from: the name and path of its file, the SHA-256 of its bytes, the importer's key.

    A name may hold bytes that are no text; what cannot be kept of name and path is dropped. Without a path the file was
    never here: the article came from another library.
    """

    name: str = ""
    path: str = ""
    original: str = ""
    format: str = ""

    def __post_init__(self) -> None:
        """Drop what the library cannot keep."""
        object.__setattr__(self, "name", clean_text(self.name))
        object.__setattr__(self, "path", clean_text(self.path))


class Articles:
    """The articles of a library. They are named by id (or its beginning) outside and by key inside."""

    def __init__(self, library: Library, bodies: Bodies, attributes: Attributes, themes: Themes, notes: Notes) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._bodies = bodies
        self._attributes = attributes
        self._themes = themes
        self._notes = notes
        self._versions = Versions(library)

    def key(self, given: str) -> int:
        """Return the key of the article with this id or beginning of an id; raises ``NotFound``."""
        return int(one(self._database, "article", given, "article", "list")["id"])

    def find(self, given: str) -> Article:
        """Return the article with this id; raises ``NotFound``."""
        return self.by_keys([self.key(given)])[0]

    def count(self) -> int:
        """Return the number of articles."""
        return int(self._database.value("SELECT count(*) FROM article"))

    def keys(self) -> list[int]:
        """Return the keys of all articles, the ones added last first."""
        return [row["id"] for row in self._database.rows("SELECT id FROM article ORDER BY added DESC, id DESC")]

    def by_keys(self, keys: Sequence[int]) -> list[Article]:
        """Return articles by their keys, in that order; keys that are gone are passed over."""
        found: dict[int, Article] = {}
        wanted = list(keys)
        for part, slots in slotted(wanted):
            with sound(self._database.path):
                found |= self._values(part, slots)
        return [found[key] for key in wanted if key in found]

    def add(self, draft: Draft, source: Source) -> int:
        """Add an article, inside a deed, and return its key."""
        moment, known = now(), gauge_of(draft)
        is_free = draft.id and self.by_id(draft.id) is None
        key = self._database.insert(
            "article",
            {
                "uid": draft.id if is_free else new_uid(),
                "state": draft.state or State.UNREAD,
                **metadata_columns(draft.metadata),
                "details": as_json(draft.details),
                "source": source.name,
                "path": source.path,
                "original": source.original,
                "format": source.format,
                "stub": draft.stub,
                "added": draft.added or moment,
                **article_columns(known),
                "modified": draft.modified or moment,
            },
        )
        self._bodies.add(key, Content(draft.body, draft.left_out), known)
        self._versions.keep(key, draft.earlier)
        self._themes.put_on_article(
            key, [self._themes.take_in(name) for name in draft.themes if clean_text(name).strip()]
        )
        for name, value in draft.attributes.items():
            self._attributes.take_in(key, name, value)
        if draft.note.strip():
            self._notes.write(draft.note, "article", key, private=draft.private, noted=draft.noted)
        self._put_pictures(key, draft.pictures)
        return key

    def enrich(self, key: int, draft: Draft) -> bool:
        """Put on an article what a draft of it brings: themes, attributes and details that it lacks, and its note.

        An article that is unread gets the state in which the draft's reader left it. Tells whether anything was new.
        """
        article = self.by_keys([key])[0]
        columns: dict[str, Any] = {}
        if draft.state and article.state is State.UNREAD and draft.state is not State.UNREAD:
            columns["state"] = draft.state
        if draft.details.keys() - article.details.keys():
            columns["details"] = as_json({**draft.details, **article.details})
        if columns:
            self._database.update("article", key, {**columns, "modified": now()})
        self._themes.put_on_article(
            key, [self._themes.take_in(name) for name in draft.themes if clean_text(name).strip()]
        )
        held = {folded(name) for name in article.attributes}
        for name, value in draft.attributes.items():
            if folded(name) not in held:
                self._attributes.take_in(key, name, value)
        self._notes.join(draft.note, "article", key, private=draft.private, noted=draft.noted)
        return replace(self.by_keys([key])[0], modified=article.modified) != article

    def locate(self, key: int, metadata: Metadata) -> bool:
        """Take over where and when an article was published, where nothing is known of it; tell whether that was new.

        What its reader made unknown stays so.
        """
        row = self._row(key)
        origins, fresh = json.loads(row["origins"]), metadata_columns(metadata)
        columns = {
            name: fresh[name]
            for name in _WHERE
            if row[name] is None and fresh[name] is not None and name not in origins
        }
        if columns:
            origins |= {name: metadata.origins[name] for name in columns if name in metadata.origins}
            self._database.update("article", key, {**columns, "origins": as_json(origins), "modified": now()})
        return bool(columns)

    def gain_pictures(self, key: int, draft: Draft) -> bool:
        """Give an article the pictures that a draft of the same text has; tell whether it lacked some.

        Those are the ones that its images show; an article that left a library gets them all back.
        """
        held = self._bodies.content(key)
        if not draft.pictures or held.body.text != draft.body.text:
            return False
        blocks = tuple(
            replace(mine, attributes={**mine.attributes, "picture": theirs.attributes["picture"]})
            if mine.kind == "image" and "picture" in theirs.attributes and "picture" not in mine.attributes
            else mine
            for mine, theirs in zip(held.body.blocks, draft.body.blocks, strict=True)
        )
        shown = {str(block.attributes.get("picture", "")) for block in blocks}
        wanted = set(draft.pictures) if draft.id == self.named(key)[0] else shown.intersection(draft.pictures)
        if blocks == held.body.blocks and wanted <= self.pictures(key):
            return False
        self._put_pictures(key, wanted)
        if blocks != held.body.blocks:
            self._bodies.change(key, Content(replace(held.body, blocks=blocks), held.left_out), "pictures came")
        return True

    def _put_pictures(self, key: int, digests: Iterable[str]) -> None:
        for digest in sorted(digests):
            self._database.execute(
                "INSERT INTO picture (article_id, digest) SELECT ?1, ?2 WHERE NOT EXISTS"
                " (SELECT 1 FROM picture WHERE article_id=?1 AND digest=?2)",
                (key, digest),
            )

    def update(self, key: int, draft: Draft, source: Source) -> Reanchored:
        """Take in a new version of an article, inside a deed; what the reader set, cut and put back stays so.

        Highlights follow.
        """
        row = self._row(key)
        origins = json.loads(row["origins"])
        fresh = metadata_columns(draft.metadata)
        new_origins = json.loads(fresh.pop("origins"))
        columns = {
            name: value for name, value in fresh.items() if value is not None and origins.get(name) != Origin.MINE
        }
        merged = origins | {name: origin for name, origin in new_origins.items() if name in columns}
        # What was told of an article before its text was there goes on being told.
        details = {**details_of(row["details"]), **draft.details} if row["stub"] else draft.details
        self._database.update(
            "article",
            key,
            {
                **columns,
                "origins": as_json(merged),
                "details": as_json(details),
                "source": source.name,
                "path": source.path,
                "original": source.original,
                "format": source.format,
                "stub": draft.stub,
                "modified": now(),
            },
        )
        self._put_pictures(key, draft.pictures)
        held, content = self._bodies.content(key), Content(draft.body, draft.left_out)
        if not row["stub"]:
            # Nothing is cut from a draft with marks.
            back = self._versions.put_back(key, held.left_out)
            content = carried(held, back, content, may_cut=not draft.marks)
        by_words = bool(row["stub"]) and not draft.stub
        return self._bodies.change(key, content, "imported again", by_words=by_words)

    def by_id(self, uid: str) -> int | None:
        """Return the article that has exactly this id, if there is one."""
        key = self._database.value("SELECT id FROM article WHERE uid=?", (uid,))
        return None if key is None else int(key)

    def named(self, key: int) -> tuple[str, str]:
        """Return id and title of an article."""
        row = self._row(key, "uid, title")
        return str(row["uid"]), str(row["title"] or "")

    def is_stub(self, key: int) -> bool:
        """Tell whether all that is known of an article is what another program said of it."""
        return bool(self._database.value("SELECT stub FROM article WHERE id=?", (key,)))

    def pictures(self, key: int) -> set[str]:
        """Return the SHA-256 of the pictures that are kept for an article."""
        return set(self.pictures_of([key]).get(key, ()))

    def pictures_of(self, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Return the SHA-256 of the pictures that are kept for articles, by article."""
        found: dict[int, list[str]] = defaultdict(list)
        for part, slots in slotted(keys):
            for row in self._database.rows(
                f"SELECT article_id, digest FROM picture WHERE article_id IN ({slots}) ORDER BY digest", part
            ):
                found[row["article_id"]].append(str(row["digest"]))
        return {key: tuple(digests) for key, digests in found.items()}

    def originals(self) -> set[str]:
        """Return the SHA-256 of the file of every article and picture, and of those that the history can bring back."""
        rows = self._database.rows(
            """SELECT original FROM article UNION SELECT digest FROM picture
               UNION SELECT CASE WHEN json_valid(old) THEN json_extract(old, '$.original') END FROM change
               WHERE tbl='article'
               UNION SELECT CASE WHEN json_valid(old) THEN json_extract(old, '$.digest') END FROM change
               WHERE tbl='picture'"""
        )
        return {str(row["original"]) for row in rows if row["original"]}

    def edit(
        self,
        key: int,
        fields: Mapping[str, str] | None = None,
        state: str | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Change metadata (``fields``; an empty value makes it unknown), state and attributes of an article.

        What is set becomes the reader's own (``mine``). Raises ``InvalidInput``.
        """
        with self._library.deed("“{title}” edited", title="") as deed:
            row = self._row(key)
            deed.label = replace(deed.label, values={"title": row["title"] or ""})
            origins = json.loads(row["origins"])
            columns: dict[str, Any] = {}
            for name, value in (fields or {}).items():
                columns[name] = checked_field(name, value)
                origins[name] = Origin.MINE
            if state is not None:
                columns["state"] = _state(state)
            columns = {name: value for name, value in columns.items() if row[name] != value}
            if origins != json.loads(row["origins"]):
                columns["origins"] = as_json(origins)
            if columns:
                self._database.update("article", key, {**columns, "modified": now()})
            for name, value in (attributes or {}).items():
                self._attributes.put(key, name, value)

    def edit_all(self, keys: Sequence[int], fields: Mapping[str, str], confirmed: Sequence[str] = ()) -> None:
        """Change metadata of several articles in the same way, as one step; see :meth:`edit`.

        The values that they have in the ``confirmed`` fields stay, and become the reader's own.
        """
        with self._library.deed("Details of {count} articles", count=len(keys)):
            for key in keys:
                row = self._row(key)
                self.edit(key, {**{name: row[name] or "" for name in confirmed}, **fields})

    def _row(self, key: int, columns: str = "*") -> Row:
        row = self._database.row(f"SELECT {columns} FROM article WHERE id=?", (key,))
        if row is None:
            raise NotFound("The article is no longer there.", "See “list”.")
        return row

    def note(self, key: int, text: str, *, private: bool | None = None) -> None:
        """Write the note on an article, and say whether it stays home; an empty text removes it."""
        with self._library.deed("Note on an article"):
            self._notes.write(text, "article", key)
            if private is not None:
                self._notes.set_private("article", key, private=private)

    def theme(self, key: int, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Put themes on the whole article, making those that do not exist, and take others off."""
        with self._library.deed("Themes of an article"):
            gone = [self._themes.find(name) for name in remove]
            self._themes.put_on_article(key, [self._themes.ensure(name) for name in add])
            self._themes.take_off_article(key, gone)

    def remove(self, keys: Sequence[int]) -> None:
        """Remove articles with their highlights and notes, as one step.

        When their file is imported again they come in again, be it alone or with others of that file.
        """
        with self._library.deed("{count} articles removed" if len(keys) != 1 else "Article removed", count=len(keys)):
            files: dict[str, bool] = {}  # and whether they hold several articles
            for key in keys:
                row = self._database.row("SELECT original, source FROM article WHERE id=?", (key,))
                if row is not None:
                    files[row["original"]] = files.get(row["original"], False) or "/" in row["source"]
                    self._database.delete("article", key)
            for original, is_one_of_many in files.items():
                if original and (is_one_of_many or self._is_there(original)):
                    leave_unfinished(self._database, original)

    def _is_there(self, original: str) -> bool:
        return self._database.value("SELECT 1 FROM article WHERE original=?", (original,)) is not None

    def _values(self, keys: list[int], slots: str) -> dict[int, Article]:
        database = self._database
        themes: dict[int, list[str]] = defaultdict(list)
        for row in database.rows(
            f"""SELECT article_id, uid FROM article_theme JOIN theme ON theme.id=theme_id
                WHERE article_id IN ({slots}) ORDER BY article_theme.id""",
            keys,
        ):
            themes[row["article_id"]].append(row["uid"])
        values: dict[int, dict[str, str]] = defaultdict(dict)
        for row in database.rows(
            f"""SELECT article_id, name, value FROM attribute_value JOIN attribute ON attribute.id=attribute_id
                WHERE article_id IN ({slots}) ORDER BY attribute.id""",
            keys,
        ):
            values[row["article_id"]][row["name"]] = row["value"]
        return {
            row["id"]: Article(
                row["id"],
                row["uid"],
                metadata_of(row),
                State(row["state"]),
                details_of(row["details"]),
                values.get(row["id"], {}),
                tuple(themes.get(row["id"], ())),
                row["note"] or "",
                row["words"],
                row["marks"],
                row["added"],
                row["modified"],
                row["source"],
                row["original"],
                row["format"],
                row["excerpt"],
                bool(row["stub"]),
                bool(row["private"]),
            )
            for row in database.rows(
                f"""SELECT *, (SELECT text FROM note WHERE note.article_id=article.id) AS note,
                    (SELECT private FROM note WHERE note.article_id=article.id) AS private,
                    (SELECT count(*) FROM highlight WHERE highlight.article_id=article.id) AS marks
                    FROM article WHERE id IN ({slots})""",
                keys,
            )
        }


def leave_unfinished(database: Database, original: str) -> None:
    """Keep in mind that some articles of a file, by its SHA-256, are in and others are not, inside a deed.

    Each step says so for itself, once: what others said holds when it is undone.
    """
    database.execute(
        "INSERT INTO unfinished (original) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM unfinished JOIN change"
        " ON tbl='unfinished' AND row=unfinished.id WHERE original=?1 AND step_id=(SELECT step FROM recording))",
        (original,),
    )


def _state(value: str) -> str:
    try:
        return State(value)
    except ValueError:
        raise InvalidInput(
            "“{state}” is no state of reading.", "States are: {states}.", state=value, states=", ".join(State)
        ) from None
