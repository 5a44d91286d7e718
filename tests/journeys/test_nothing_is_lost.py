"""A library with something in every table: as JSON into an empty one, and all is there but what this file names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.drafts import Draft, Mark
from app.exporting.bundling import Selection
from app.library.articles import Source
from app.library.claims import REFERENCES
from app.library.database import Database
from app.model import Metadata, Rule
from app.rounds import Round
from app.text.anchors import Anchor
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import finished, imported, sound

DATA = Path(__file__).parents[1] / "data" / "imports"
PAGE = DATA / "wall saved" / "The Sea Wall.html"
MAIL = "From a@b.example Mon Mar  3 10:00:00 2025\nFrom: a@b.example\nSubject: {title}\n\nThe {title} of two.\n\n"
TITLES = ("Firstly", "Secondly")

TABLES_AT_HOME = {
    "step": "the history of a library is undone where it was made; in another one its rows have other keys",
    "change": "see step",
    "claim": "see step",
    "age": "see step",
    "setting": "the name and the id of a library, and which folders it watches, are that library's; its rounds come",
    "position": "how far one read on one machine is nobody else's business, and no deed; the state of reading comes",
    "unfinished": "a file that did not come along is read in full when it is imported, whatever of it is in",
    "watched_file": "what lies in the folders of one machine",
    "likeness": "reckoned anew from the texts",
    "search_segment": "the index is made anew",
    "search_page": "see search_segment",
    "search_tombstone": "see search_segment",
    "sqlite_sequence": "keys are counted in each library by itself",
    "_sqlite_migrations": "when this file got its tables",
}
COLUMNS_AT_HOME = {
    ("article", "path"): "where on one machine the file lay: another may lie there elsewhere, and paths tell names",
    ("collection_item", "rank"): "says an order, which is compared below",
    ("interlude", "rank"): "says an order, which is compared below",
}
ORDERED = ("theme", "collection")  # by a rank in which there may be gaps


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Fill a library that the tests export and otherwise leave alone."""
    folder = tmp_path_factory.mktemp("home")
    with Workspace(folder / "home") as workspace:
        _fill(workspace, folder)
        yield workspace


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "away") as workspace:
        yield workspace


def _fill(home: Workspace, folder: Path) -> None:
    """Let a reader work for a while, through every door that there is."""
    (folder / "in").mkdir()
    shutil.copytree(PAGE.parent, folder / "in" / "wall")
    (folder / "in" / "mails.mbox").write_text("".join(MAIL.format(title=title) for title in TITLES))
    imported(home, folder / "in" / "wall" / PAGE.name, folder / "in" / "mails.mbox")
    home.watching.add(folder / "in", "Clipped")
    with home.library.deed("Seen"):
        home.library.database.execute("INSERT INTO watched_file VALUES (x'00', 1, 2)")
    page = home.keys("title:wall")[0]
    _read(home, page)
    _mark(home, page)
    with Workspace(folder / "other") as other, other.library.deed("Article"):
        other.articles.add(Draft(Body.of(["Merged in."]), Metadata(title="Other")), Source("other.txt"))
    finished(home.merge(folder / "other"))
    home.articles.note(home.keys("title:other")[0], "merged", private=True)
    gone = home.articles.by_keys(home.articles.keys())[-1]
    for left in (1, 2):
        home.articles.edit(gone.key, {"byline": f"A. {left}"})
    home.themes.add("Undone")
    home.undo()
    finished(home.tend())


def _read(home: Workspace, page: int) -> None:
    home.positions.put(page, 40)
    home.bodies.leave_out(page, 1)
    home.bodies.keep(page, 0)
    pictures = [n for n, one in enumerate(home.bodies.content(page).body.blocks) if one.kind == "image"]
    for number in reversed(pictures):
        home.bodies.leave_out(page, number)
    home.articles.edit(page, {"title": "The wall", "byline": "Me"}, "reading")
    home.attributes.add("tone", "choice", ["grim", "gay"], "how it sounds")
    home.articles.edit(page, None, None, {"tone": "grim"})
    home.holdings.furniture.take_in([Rule("", "The Post", "share this", "by hand")])


def _mark(home: Workspace, page: int) -> None:
    law = home.themes.add("Law", definition="What is *law*", digit=3)
    home.themes.add("Old > law", under="Law")
    home.themes.edit("Law", note="on law")
    home.articles.theme(page, ["Law"])
    home.articles.note(page, "on the page")
    text = home.bodies.content(page).body.text
    first = home.highlights.add(page, 3, 20, ["Law"], "on a passage")
    home.highlights.note(first.id, "on a passage, again", private=True)
    with home.library.deed("Coded"):
        mark = Mark("lost words", 1, 11, author="B. Coder", note="so said B.")
        home.highlights.insert(page, Anchor(1, 11, "lost words", "", text[11:20]), [law], mark.note, mark, orphan=True)
        home.holdings.layers.put_theme(page, law, "B. Coder")
        home.rounds.keep(Round("a" * 32, "B. Coder", (home.articles.named(page)[0],), 1, 2, home.rounds.own_id()))
        home.rounds.cover([page], "B. Coder")
    home.collections.add("To write", note="soon")
    home.collections.put("To write", [first.id, home.articles.named(page)[0]])
    home.collections.write("To write", "Part one", 1, before=first.id)
    home.collections.add("Unread", "is:unread theme:Law")
    home.notes.write("on it all")


def _rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables, in their order, with ids in place of keys."""
    tables = [row["name"] for row in database.rows("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
    uids = {
        (table, row["id"]): row["uid"]
        for table in set(REFERENCES.values())
        for row in database.rows(f"SELECT id, uid FROM {table}")
    }
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        order = " ORDER BY rank, id" if table in ORDERED else ""
        found[table] = [
            {name: uids.get((REFERENCES[name], one), one) if name in REFERENCES else one
             for name, one in dict(row).items() if name != "id"}
            for row in database.rows(f'SELECT * FROM "{table}"{order}')
        ]  # fmt: skip
        for number, row in enumerate(found[table] if table in ORDERED else ()):
            row["rank"] = number
        found[table].sort(key=lambda row: (str(row.get("uid", "")), str(row.get("article_id", "")), str(row)))
    return found


def _differing(home: Workspace, away: Workspace) -> dict[tuple[str, str], Any]:
    """Return the columns in which two libraries differ, with both sides of them."""
    ours, theirs = _rows(home.library.database), _rows(away.library.database)
    found: dict[tuple[str, str], Any] = {}
    for table in ours.keys() - TABLES_AT_HOME.keys():
        columns = {name for row in ours[table] for name in row} - {
            name for known, name in COLUMNS_AT_HOME if known == table
        }
        for name in columns:
            sides = [sorted(str(row[name]) for row in rows[table]) for rows in (ours, theirs)]
            if sides[0] != sides[1]:
                found[table, name] = sides
        whole = [
            sorted(json.dumps({name: row[name] for name in columns}, sort_keys=True) for row in rows[table])
            for rows in (ours, theirs)
        ]
        if whole[0] != whole[1]:
            found.setdefault((table, "rows"), whole)
    return found


def test_a_library_as_json_comes_into_an_empty_one_but_for_what_is_named_here(home, away, tmp_path):
    held = _rows(home.library.database)
    assert [table for table, rows in held.items() if not rows and table not in ("search_tombstone", "unfinished")] == []
    finished(home.export(Selection(private=True), "json", tmp_path / "all.json", {}))
    report = imported(away, tmp_path / "all.json")
    assert (report.failed, report.skipped) == ((), ())
    assert _differing(home, away) == {}
    assert [one.sequence for one in away.collections.all()] == [one.sequence for one in home.collections.all()]
    assert sound(away) == []


def test_the_same_bytes_come_out_of_the_library_that_they_went_into(home, away, tmp_path):
    for workspace in (home, away):
        workspace.library.set_setting("name", "One")
    finished(home.export(Selection(private=True), "json", tmp_path / "all.json", {}))
    imported(away, tmp_path / "all.json")
    finished(away.export(Selection(private=True), "json", tmp_path / "again.json", {}))
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "all.json").read_bytes()


def test_a_private_note_stays_home_with_all_that_is_known_of_it(home, away, tmp_path):
    finished(home.export(Selection(), "json", tmp_path / "all.json", {}))
    imported(away, tmp_path / "all.json")
    kept = {row["uid"] for row in home.library.database.rows("SELECT uid FROM note WHERE NOT private")}
    assert {row["uid"] for row in away.library.database.rows("SELECT uid FROM note")} == kept
    private = home.library.database.rows("SELECT uid FROM note WHERE private")
    assert private
    written = (tmp_path / "all.json").read_text()
    assert not any(row["uid"] in written for row in private)


def test_the_file_that_an_article_was_read_from_is_known_when_it_comes_after_it(home, away, tmp_path):
    finished(home.export(Selection(query="title:firstly OR title:wall"), "json", tmp_path / "some.json", {}))
    imported(away, tmp_path / "some.json")
    before = {one.id: one.original for one in away.articles.by_keys(away.articles.keys())}
    files = home.library.folder.parent / "in"
    page = files / "wall" / PAGE.name
    assert len(before) == len(TITLES)
    report = imported(away, page, files / "mails.mbox")
    assert (report.failed, report.updated, len(report.added)) == ((), (), 1)
    held = {one.id: one.original for one in away.articles.by_keys(away.articles.keys())}
    assert before.items() <= held.items()
    assert sound(away) == []
    # It is here now: it can be opened, and is read no more.
    assert away.original(away.keys("title:wall")[0]).read_bytes() == page.read_bytes()
    assert len(imported(away, page).duplicates) == 1
    assert away.articles.count() == len(held)


def test_what_only_says_that_it_came_from_a_file_keeps_nothing_of_that_file_out(home, away, tmp_path):
    finished(home.export(Selection(query="title:wall"), "json", tmp_path / "all.json", {}))
    value = json.loads((tmp_path / "all.json").read_text())
    (item,) = value["articles"]
    item |= {"text": "Another.", "runs": [], "left_out": [], "highlights": [], "earlier": [],
             "blocks": [{"start": 0, "end": 8, "kind": "paragraph", "attributes": {}}]}  # fmt: skip
    item["metadata"]["address"] = None
    (tmp_path / "false.json").write_text(json.dumps(value))
    imported(away, tmp_path / "false.json")
    report = imported(away, PAGE)
    assert (len(report.added), report.failed) == (1, ())
    assert away.articles.count() == 2


def test_articles_without_their_files_go_on_into_other_libraries(home, away, tmp_path):
    finished(home.export(Selection(private=True), "json", tmp_path / "all.json", {}))
    imported(away, tmp_path / "all.json")
    with Workspace(tmp_path / "third") as third:
        report = finished(third.merge(away.library.folder))
        assert report.notes == ()
        assert sound(third) == []
        assert _differing(home, third) == {}
        imported(third, PAGE)
        assert third.original(third.keys("title:wall")[0]).read_bytes() == PAGE.read_bytes()
