"""An article of another library, its text and its marks, joined with ours."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from app.errors import InvalidInput
from app.importing.originals import is_digest
from app.library.ages import PLACE
from app.library.bodies import content_of
from app.library.database import Row
from app.library.library import as_json
from app.merging.orders import linked, order_links
from app.merging.sides import Joining, short
from app.model import METADATA_FIELDS, Origin, State
from app.text.anchors import Anchor, describe, resolve
from app.wording import Message

_STAYS: Final = "It stays behind."
_READ: Final = ("stub", "details", "original", "format", "source", "path")
"""What belongs to a text: how and from which file it was read."""


def unite_article(join: Joining, key: int, theirs: Row) -> None:
    """Let the latest metadata and state stay; what the reader set comes before what an import said."""
    ours = join.into.row("SELECT * FROM article WHERE id=?", (key,))
    assert ours is not None
    origins, others = json.loads(ours["origins"]), json.loads(theirs["origins"])
    columns: dict[str, Any] = {}
    for field in METADATA_FIELDS:
        if _takes(join, ours, theirs, field, (origins.get(field), others.get(field))):
            columns[field] = theirs[field]
            _put(origins, field, others.get(field))
            join.newest.note("article", str(ours["title"] or ""), field, ours[field], theirs[field])
        elif ours[field] == theirs[field] and others.get(field) == Origin.MINE:
            origins[field] = Origin.MINE
    if _has_state(join, ours, theirs):
        columns["state"] = theirs["state"]
        join.newest.note("article", str(ours["title"] or ""), "state", ours["state"], theirs["state"])
    if origins != json.loads(ours["origins"]):
        columns["origins"] = as_json(origins)
    if columns:
        modified = max(ours["modified"], theirs["modified"])
        join.take("article", ours, theirs, {**columns, "modified": modified})


def _has_state(join: Joining, ours: Row, theirs: Row) -> bool:
    """Tell whether their state of reading takes the place of ours. One that was imported apart is unread by itself."""
    states = ours["state"], theirs["state"]
    if ours["uid"] != theirs["uid"] and State.UNREAD in states:
        return bool(states[0] == State.UNREAD != states[1])
    return bool(join.newest.taken("article", ours, theirs, [("state",)]))


def _takes(join: Joining, ours: Row, theirs: Row, field: str, origins: tuple[str | None, str | None]) -> bool:
    """Tell whether their value of a field takes the place of ours."""
    mine, set_there = (origin == Origin.MINE for origin in origins)
    if ours[field] == theirs[field]:
        return False
    if mine != set_there:
        return set_there
    if theirs[field] is None and not set_there:
        return False
    return (ours[field] is None and not mine) or join.newest.is_later("article", ours, theirs, (field,))


def _put(origins: dict[str, str], field: str, origin: str | None) -> None:
    origins.pop(field, None)
    if origin is not None:
        origins[field] = origin


def unite_text(join: Joining, key: int, row: Row, theirs: Row) -> bool:
    """Take their text where it changed later than ours; tell whether it did. Highlights follow their passages.

    With it comes what is known of how it was read. A text takes the place of mere passages, and never they of it.
    """
    ours = join.into.row("SELECT * FROM body WHERE article_id=?", (key,))
    article = join.into.row("SELECT * FROM article WHERE id=?", (key,))
    assert article is not None
    if ours is None or not _is_better(join, (ours, bool(article["stub"])), (theirs, bool(row["stub"]))):
        return False
    by_words = bool(article["stub"]) and not row["stub"]
    changed = join.ours.bodies.change(key, content_of(theirs), "merged", by_words=by_words)
    join.newest.inherit("body", ours["id"], theirs, theirs.keys())
    original = row["original"] if is_digest(row["original"]) else ""
    join.into.update("article", key, {**{name: row[name] for name in _READ}, "original": original})
    title = str(row["title"] or "")
    join.newest.note("article", title, "text", "", "")
    if changed.orphaned:
        join.said.append(
            Message(
                "{count} passages are not in the later text of “{title}”: they are orphans.",
                {"count": len(changed.orphaned), "title": title},
            )
        )
    return True


def _is_better(join: Joining, ours: tuple[Row, bool], theirs: tuple[Row, bool]) -> bool:
    """Tell whether their text is to take the place of ours; each with whether the article is a stub."""
    if ours[1] != theirs[1]:
        return ours[1]
    return bool(join.newest.taken("body", ours[0], theirs[0], [("text", "structure", "left_out")]))


def take_marks(join: Joining, theirs: int, ours: int, *, is_new: bool) -> None:
    """Take in the themes, values and highlights of an article."""
    title = str(join.into.value("SELECT title FROM article WHERE id=?", (ours,)) or "")
    before = list(linked(join.into, "article_theme", "article", ours))
    added = _take_themes(join, theirs, ours)
    for row in join.source.rows("SELECT * FROM layer_article WHERE article_id=?", (theirs,)):
        if join.link("layer_article", row, article_id=ours, author=row["author"]):
            added.append(("layer", row["author"]))
    for row in join.source.rows("SELECT * FROM attribute_value WHERE article_id=?", (theirs,)):
        added += _take_value(join, ours, row)
    if not is_new:
        for field, value in added:
            join.add("article", title, field, value)
    text = str(join.into.value("SELECT text FROM body WHERE article_id=?", (ours,)) or "")
    rows = join.source.rows("SELECT * FROM highlight WHERE article_id=? ORDER BY id", (theirs,))
    for row in rows:
        _take_highlight(join, row, ours, text, is_new=is_new)
    if not is_new:
        _let_go(join, theirs, ours, {row["uid"] for row in rows})
        order_links(join, "article_theme", "article", (theirs, ours), before)


def _take_themes(join: Joining, theirs: int, ours: int) -> list[tuple[str, str]]:
    """Put their themes on an article, those of other coders too; return which are new on it."""
    added: list[tuple[str, str]] = []
    for row in join.source.rows("SELECT * FROM article_theme WHERE article_id=? ORDER BY id", (theirs,)):
        theme = join.keys["theme"][row["theme_id"]]
        if join.link("article_theme", row, article_id=ours, theme_id=theme):
            added.append(("theme", _theme(join, theme)))
    for row in join.source.rows("SELECT * FROM layer_theme WHERE article_id=?", (theirs,)):
        theme = join.keys["theme"][row["theme_id"]]
        if join.link("layer_theme", row, article_id=ours, theme_id=theme, author=row["author"]):
            added.append(("theme", f"{_theme(join, theme)} ({row['author']})"))
    return added


def _let_go(join: Joining, theirs: int, ours: int, held: set[str]) -> None:
    """Take away the themes, values and highlights of an article that they took away later than we had them."""
    title = str(join.into.value("SELECT title FROM article WHERE id=?", (ours,)) or "")
    for row in join.unlink("article_theme", "article", (theirs, ours), "theme"):
        join.newest.note("article", title, "theme", _theme(join, row["theme_id"]), "")
    for row in join.unlink("attribute_value", "article", (theirs, ours), "attribute"):
        name = join.into.value("SELECT name FROM attribute WHERE id=?", (row["attribute_id"],))
        join.newest.note("article", title, str(name), row["value"], "")
    for row in join.into.rows("SELECT * FROM highlight WHERE article_id=?", (ours,)):
        when = 0 if row["uid"] in held else join.newest.gone("highlight", row, row["uid"])
        if when:
            join.drop("highlight", row, when)
            join.newest.note("highlight", short(row["quote"]), "highlight", row["quote"], "")


def _theme(join: Joining, key: int) -> str:
    return str(join.into.value("SELECT name FROM theme WHERE id=?", (key,)) or "")


def _take_value(join: Joining, article: int, theirs: Row) -> list[tuple[str, str]]:
    """Give an article their value of an attribute, and return it when it had none.

    Ours may be of another kind, and then theirs stays behind.
    """
    attribute = join.keys["attribute"][theirs["attribute_id"]]
    held = join.into.row("SELECT * FROM attribute_value WHERE article_id=? AND attribute_id=?", (article, attribute))
    if held is None and join.stays_away("attribute_value", theirs, article, attribute):
        return []
    if held is not None and not join.newest.taken("attribute_value", held, theirs, [("value",)]):
        return []
    row = join.into.row("SELECT uid, name FROM attribute WHERE id=?", (attribute,))
    assert row is not None
    try:
        join.ours.attributes.put(article, row["uid"], theirs["value"])
    except InvalidInput as error:
        join.said.append(Message(f"{error.template} {_STAYS}", error.values))
        return []
    now = join.into.row("SELECT * FROM attribute_value WHERE article_id=? AND attribute_id=?", (article, attribute))
    if now is not None:
        join.newest.inherit_all("attribute_value", now["id"], theirs)
    value = "" if now is None else now["value"]
    # A choice that is written otherwise with them stays as it is written with us.
    if held is not None and held["value"] != value:
        title = str(join.into.value("SELECT title FROM article WHERE id=?", (article,)) or "")
        join.newest.note("article", title, str(row["name"]), held["value"], value)
    return [(str(row["name"]), str(value))] if held is None and now is not None else []


def _take_highlight(join: Joining, row: Row, article: int, text: str, *, is_new: bool) -> None:
    ours = join.into.row("SELECT * FROM highlight WHERE uid=?", (row["uid"],))
    if ours is None:
        if not is_new and join.newest.stays_away("highlight", row, row["uid"]):
            join.counts["away"] += 1
            return
        key = _new_highlight(join, row, article, text)
    else:
        key = int(ours["id"])
        _unite_highlight(join, ours, row, text)
    join.keys["highlight"][row["id"]] = key
    before = list(linked(join.into, "highlight_theme", "highlight", key))
    for link in join.source.rows("SELECT * FROM highlight_theme WHERE highlight_id=? ORDER BY id", (row["id"],)):
        theme = join.keys["theme"][link["theme_id"]]
        if join.link("highlight_theme", link, highlight_id=key, theme_id=theme) and ours is not None:
            join.add("highlight", short(ours["quote"]), "theme", _theme(join, theme))
    if ours is not None:
        for gone in join.unlink("highlight_theme", "highlight", (row["id"], key), "theme"):
            join.newest.note("highlight", short(row["quote"]), "theme", _theme(join, gone["theme_id"]), "")
        order_links(join, "highlight_theme", "highlight", (row["id"], key), before)


def _new_highlight(join: Joining, row: Row, article: int, text: str) -> int:
    placed = _placed(text, row) or {"status": "orphan"}
    if placed["status"] == "orphan" and row["status"] == "anchored":
        join.said.append(
            Message("“{quote}” has no place in our text of its article: it is an orphan.", {"quote": row["quote"][:60]})
        )
    join.counts["highlights"] += 1
    return join.copy("highlight", row, article_id=article, **placed)


def _placed(text: str, row: Row) -> dict[str, Any] | None:
    """Return where their passage stands in our text, with its very words; ``None`` when it does not."""
    span = resolve(text, Anchor(row["start"], row["end"], row["quote"], row["prefix"], row["suffix"]))
    if span is None or text[span[0] : span[1]] != row["quote"]:
        return None
    return {**asdict(describe(text, *span)), "status": "anchored"}


def _unite_highlight(join: Joining, ours: Row, theirs: Row, text: str) -> None:
    """Let a highlight stand where it was put last."""
    placed = _placed(text, theirs)
    if placed is not None and all(ours[column] == placed[column] for column in PLACE):
        return
    if not join.newest.is_later("highlight", ours, theirs, PLACE):
        return
    if placed is not None:
        modified = max(ours["modified"], theirs["modified"])
        join.take("highlight", ours, theirs, {**placed, "modified": modified})
        join.newest.note("highlight", short(ours["quote"]), "extent", ours["quote"], theirs["quote"])
    elif theirs["quote"] != ours["quote"]:
        said = "“{quote}” has no place in our text of its article: the highlight stays where it was before."
        join.said.append(Message(said, {"quote": short(theirs["quote"])}))
