"""Every table of the library, as ordered migrations. Applied ones are never changed: a new need is a new migration.

Rows carry an integer key that is never used twice (``AUTOINCREMENT``: the journal refers to rows by their key) and,
where they are things a reader can name, a stable ``uid`` of 32 hexadecimal digits. Times are UTC milliseconds since
1970.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from app.errors import LibraryError
from app.library.database import Database, translated
from app.loading import load
from app.search.store import TABLES as _SEARCH

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

APPLICATION: Final = 0x434D4E50
VERSION: Final = 8

JOURNALLED: Final = (
    "article",
    "body",
    "version",
    "theme",
    "article_theme",
    "highlight",
    "highlight_theme",
    "collection",
    "collection_item",
    "interlude",
    "attribute",
    "attribute_value",
    "note",
    "picture",
    "furniture",
    "layer_theme",
    "layer_article",
    "unfinished",
)

_FIRST: Final = (
    """CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
        title TEXT, byline TEXT, outlet TEXT, section TEXT, address TEXT, published TEXT, accessed TEXT, language TEXT,
        origins TEXT NOT NULL DEFAULT '{}', details TEXT NOT NULL DEFAULT '{}',
        state TEXT NOT NULL DEFAULT 'unread', words INTEGER NOT NULL DEFAULT 0, excerpt TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL DEFAULT '', path TEXT NOT NULL DEFAULT '', original TEXT NOT NULL DEFAULT '',
        format TEXT NOT NULL DEFAULT '', added INTEGER NOT NULL, modified INTEGER NOT NULL)""",
    "CREATE INDEX article_original ON article (original)",
    "CREATE INDEX article_address ON article (address)",
    "CREATE INDEX article_path ON article (path)",
    """CREATE TABLE body (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL UNIQUE REFERENCES article ON DELETE CASCADE,
        text TEXT NOT NULL, structure TEXT NOT NULL, left_out TEXT NOT NULL DEFAULT '[]', fingerprint TEXT NOT NULL)""",
    "CREATE INDEX body_fingerprint ON body (fingerprint)",
    """CREATE TABLE version (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        made INTEGER NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL, structure TEXT NOT NULL,
        left_out TEXT NOT NULL)""",
    "CREATE INDEX version_article ON version (article_id)",
    """CREATE TABLE theme (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        parent_id INTEGER REFERENCES theme, colour TEXT NOT NULL, digit INTEGER,
        definition TEXT NOT NULL DEFAULT '', rank INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX theme_parent ON theme (parent_id)",
    """CREATE TABLE article_theme (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        theme_id INTEGER NOT NULL REFERENCES theme ON DELETE CASCADE, UNIQUE (article_id, theme_id))""",
    "CREATE INDEX article_theme_theme ON article_theme (theme_id)",
    """CREATE TABLE highlight (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
        article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'anchored', created INTEGER NOT NULL, modified INTEGER NOT NULL)""",
    "CREATE INDEX highlight_article ON highlight (article_id, start, end)",
    """CREATE TABLE highlight_theme (
        id INTEGER PRIMARY KEY AUTOINCREMENT, highlight_id INTEGER NOT NULL REFERENCES highlight ON DELETE CASCADE,
        theme_id INTEGER NOT NULL REFERENCES theme ON DELETE CASCADE, UNIQUE (highlight_id, theme_id))""",
    "CREATE INDEX highlight_theme_theme ON highlight_theme (theme_id)",
    """CREATE TABLE collection (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        query TEXT NOT NULL DEFAULT '', rank INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE collection_item (
        id INTEGER PRIMARY KEY AUTOINCREMENT, collection_id INTEGER NOT NULL REFERENCES collection ON DELETE CASCADE,
        article_id INTEGER REFERENCES article ON DELETE CASCADE,
        highlight_id INTEGER REFERENCES highlight ON DELETE CASCADE, rank INTEGER NOT NULL,
        UNIQUE (collection_id, article_id, highlight_id), CHECK ((article_id IS NULL) <> (highlight_id IS NULL)))""",
    "CREATE INDEX collection_item_article ON collection_item (article_id)",
    "CREATE INDEX collection_item_highlight ON collection_item (highlight_id)",
    """CREATE TABLE attribute (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
        choices TEXT NOT NULL DEFAULT '[]', definition TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE attribute_value (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        attribute_id INTEGER NOT NULL REFERENCES attribute ON DELETE CASCADE, value TEXT NOT NULL,
        UNIQUE (article_id, attribute_id))""",
    "CREATE INDEX attribute_value_attribute ON attribute_value (attribute_id)",
    # A note with no owner is the library's own.
    """CREATE TABLE note (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
        article_id INTEGER UNIQUE REFERENCES article ON DELETE CASCADE,
        highlight_id INTEGER UNIQUE REFERENCES highlight ON DELETE CASCADE,
        theme_id INTEGER UNIQUE REFERENCES theme ON DELETE CASCADE,
        collection_id INTEGER UNIQUE REFERENCES collection ON DELETE CASCADE,
        text TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL)""",
    """CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT, template TEXT NOT NULL, vals TEXT NOT NULL, made INTEGER NOT NULL,
        origin TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'done', played INTEGER NOT NULL, size INTEGER NOT NULL)""",
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT, step_id INTEGER NOT NULL REFERENCES step ON DELETE CASCADE,
        tbl TEXT NOT NULL, row INTEGER NOT NULL, op TEXT NOT NULL, old TEXT)""",
    "CREATE INDEX change_step ON change (step_id)",
    "CREATE INDEX change_row ON change (tbl, row)",
    """CREATE TABLE claim (
        step_id INTEGER NOT NULL REFERENCES step ON DELETE CASCADE, claim TEXT NOT NULL, exclusive INTEGER NOT NULL,
        PRIMARY KEY (step_id, claim)) WITHOUT ROWID""",
    "CREATE INDEX claim_claim ON claim (claim)",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)

_SECOND: Final = (
    """CREATE TABLE position (
        article_id INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, place INTEGER NOT NULL,
        furthest INTEGER NOT NULL, seen INTEGER NOT NULL)""",
    "CREATE INDEX position_seen ON position (seen)",
)

_THIRD: Final = (
    # what is known of an article whose text is not there yet
    "ALTER TABLE article ADD COLUMN stub INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX article_stub ON article (title) WHERE stub",
    "ALTER TABLE highlight ADD COLUMN author TEXT NOT NULL DEFAULT ''",
    # the files of a text's images lie beside the originals, by their SHA-256
    """CREATE TABLE picture (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        digest TEXT NOT NULL, UNIQUE (article_id, digest))""",
    # lines that the reader wants left out of every article of an outlet
    """CREATE TABLE furniture (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, outlet TEXT NOT NULL, line TEXT NOT NULL,
        kind TEXT NOT NULL, UNIQUE (outlet, line))""",
    # a cache: by what numbers a text is known that has much in common with it
    """CREATE TABLE likeness (
        article_id INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, bands BLOB NOT NULL)""",
)

_FOURTH: Final = (
    # what its reader keeps out of exports
    "ALTER TABLE note ADD COLUMN private INTEGER NOT NULL DEFAULT 0",
    # headings and connecting text between the things in a collection; their ranks are those of the things too
    """CREATE TABLE interlude (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
        collection_id INTEGER NOT NULL REFERENCES collection ON DELETE CASCADE,
        level INTEGER NOT NULL, text TEXT NOT NULL, rank INTEGER NOT NULL)""",
    "CREATE INDEX interlude_collection ON interlude (collection_id)",
    # the themes that another coder put on a whole article
    """CREATE TABLE layer_theme (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        theme_id INTEGER NOT NULL REFERENCES theme ON DELETE CASCADE, author TEXT NOT NULL,
        UNIQUE (article_id, theme_id, author))""",
    "CREATE INDEX layer_theme_theme ON layer_theme (theme_id)",
)

_FIFTH: Final = (
    # files of which articles are in and others are not, by their SHA-256: an import was stopped on the way through them
    "CREATE TABLE unfinished (id INTEGER PRIMARY KEY AUTOINCREMENT, original TEXT NOT NULL)",
    # how the files of watched folders were when they came in, each known by the SHA-256 of its path; no history
    """CREATE TABLE watched_file (
        path BLOB PRIMARY KEY, written INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID""",
)

_SIXTH: Final = (
    # what a merge brought is as old as where it came from; a field is a column, or empty for the row as a whole
    """CREATE TABLE age (
        step_id INTEGER NOT NULL REFERENCES step ON DELETE CASCADE, tbl TEXT NOT NULL, row INTEGER NOT NULL,
        field TEXT NOT NULL, age INTEGER NOT NULL, PRIMARY KEY (step_id, tbl, row, field)) WITHOUT ROWID""",
)


_SEVENTH: Final = (
    # the articles that another coder has coded, with or without a mark in them; until now the rounds told
    """CREATE TABLE layer_article (
        id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
        author TEXT NOT NULL, UNIQUE (article_id, author))""",
    """WITH round AS (
            SELECT CASE one.type WHEN 'object' THEN one.value ELSE '{}' END AS told
            FROM setting, json_each(CASE WHEN json_valid(setting.value) THEN setting.value ELSE '[]' END) AS one
            WHERE setting.name='rounds')
        INSERT INTO layer_article (article_id, author)
        SELECT DISTINCT article.id, json_extract(told, '$.coder')
        FROM round, json_each(told, '$.articles') AS asked JOIN article ON article.uid=asked.value
        WHERE json_extract(told, '$.taken') > 0 AND typeof(json_extract(told, '$.coder'))='text'
        AND asked.value NOT IN (SELECT value FROM json_each(told, '$.missing'))
        -- a round that was taken in and undone is told of all the same
        AND (json_extract(told, '$.blank') OR EXISTS (
            SELECT 1 FROM highlight WHERE author=json_extract(told, '$.coder')
            UNION ALL SELECT 1 FROM layer_theme WHERE author=json_extract(told, '$.coder')))""",
)

_EIGHTH: Final = (
    # where the reader is in an article outlasts the article, which may come back by an undo: its key is never another's
    "ALTER TABLE position RENAME TO position_before",
    """CREATE TABLE position (
        article_id INTEGER PRIMARY KEY, place INTEGER NOT NULL, furthest INTEGER NOT NULL, seen INTEGER NOT NULL)""",
    "INSERT INTO position SELECT article_id, place, furthest, seen FROM position_before",
    "DROP TABLE position_before",
    "CREATE INDEX position_seen ON position (seen)",
)


def prepare(database: Database) -> None:
    """Bring the tables to this version in one transaction; other processes that try the same wait and find it done.

    Raises ``LibraryError`` for a library that a newer Commonplace wrote, and for a database that is none of ours.
    """
    if _version(database) == VERSION and not _foreign_code(database.connection):
        _refuse_gaps(database)
        return
    with database.transaction():
        drop_foreign_code(database.connection)
        if _version(database) == VERSION:
            _refuse_gaps(database)
            return
        with translated(database.path):
            _migrate(database)
        database.execute(f"PRAGMA application_id={APPLICATION}")
        database.execute(f"PRAGMA user_version={VERSION}")


def is_old(database: Database) -> bool:
    """Tell whether :func:`prepare` would migrate what an older Commonplace wrote; raises ``LibraryError`` as that."""
    return 0 < _version(database) < VERSION


_MIGRATIONS: Final = (
    ("1 the first library", (*_FIRST, *_SEARCH)),
    ("2 reading positions", _SECOND),
    ("3 drafts of other programs", _THIRD),
    ("4 getting out and working together", _FOURTH),
    ("5 what has come in", _FIFTH),
    ("6 ages of what was merged in", _SIXTH),
    ("7 what coders have coded", _SEVENTH),
    ("8 reading positions that come back", _EIGHTH),
)


def _migrate(database: Database) -> None:
    """Apply the migrations that the file has not seen."""
    migrations = load("sqlite_utils.migrations").Migrations("commonplace")
    for name, statements in _MIGRATIONS:
        migrations(name=name)(partial(_apply, statements))
    migrations.apply(database.tables)


def _apply(statements: Sequence[str], tables: Tables) -> None:
    for statement in statements:
        tables.execute(statement)


def _version(database: Database) -> int:
    """Return the version of the tables, 0 for a new file."""
    # In one snapshot: another process may be making the tables just now.
    with database.snapshot():
        version = int(database.value("PRAGMA user_version"))
        application = int(database.value("PRAGMA application_id"))
        empty = database.value("SELECT count(*) FROM sqlite_master") == 0
    if application != APPLICATION and not (empty and version == 0 and application == 0):
        raise LibraryError(
            "The database in “{folder}” is not a library of Commonplace.",
            "Choose another folder.",
            folder=str(database.path.parent),
        )
    if version > VERSION:
        raise LibraryError(
            "A newer Commonplace wrote the library in “{folder}” (its version is {version}, this one reads {own}).",
            "Update Commonplace to open it.",
            folder=str(database.path.parent),
            version=version,
            own=VERSION,
        )
    return version


def _refuse_gaps(database: Database) -> None:
    """Raise ``LibraryError`` when a table is missing."""
    held = {str(row["name"]) for row in database.rows("SELECT name FROM sqlite_master WHERE type='table'")}
    wanted = frozenset().union(*(_made(statements) for _, statements in _MIGRATIONS))
    if not wanted <= held:
        raise LibraryError(
            "The library in “{folder}” is damaged: {tables} missing.",
            "Restore the latest backup with “restore”.",
            folder=str(database.path.parent),
            tables=", ".join(sorted(wanted - held)),
        )


def drop_foreign_code(connection: sqlite3.Connection) -> None:
    """Drop the triggers and views in a file, before anything can set them off."""
    for kind, name in _foreign_code(connection):
        quoted = name.replace('"', '""')
        connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')


def _foreign_code(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the triggers and views in the file: ours live in the connection, so these came from elsewhere."""
    found = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return [(str(kind), str(name)) for kind, name in found.fetchall()]


def _made(statements: tuple[str, ...]) -> frozenset[str]:
    """Return the tables that statements make."""
    return frozenset(statement.split()[2] for statement in statements if statement.startswith("CREATE TABLE"))


SEARCH_TABLES: Final = _made(_SEARCH)
