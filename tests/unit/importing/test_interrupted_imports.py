"""An import that ends on its way through a file of many articles: the next one brings the rest, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.drafts import Draft
from app.errors import LibraryError
from app.exporting.bundling import Selection
from app.importing import journey
from app.importing.journey import Import
from app.library.articles import Source
from app.library.database import Database
from app.packing import pack, unpack
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import finished, imported, sound, tables

MANY = 60


@pytest.fixture
def table(tmp_path: Path) -> Path:
    made = tmp_path / "in" / "many.csv"
    made.parent.mkdir()
    rows = (f'Storm {number},"The storm with the number {number} came.\n\nIt left."\n' for number in range(MANY))
    made.write_text("title,text\n" + "".join(rows))
    return made


def stopped(workspace: Workspace, file: Path) -> Import:
    """Import a file, and stop after the first articles of it."""
    work = workspace.import_files([file], jobs=1)
    run = work.run()
    next(step for step in run if work.report.added)
    run.close()
    return work


def run_until_full(work: Import, database: Database) -> None:
    """Let the disk be full once the first articles are in."""
    for _ in work.run():
        if work.report.added:
            database.execute(f"PRAGMA max_page_count={database.value('PRAGMA page_count')}")


def test_stopping_in_a_file_of_many_articles_is_prompt_and_the_next_import_brings_the_rest(workspace, table):
    first = stopped(workspace, table).report
    assert 0 < len(first.added) <= 2 * journey.BATCH
    again = imported(workspace, table)
    assert (len(again.duplicates), len(again.added)) == (len(first.added), MANY - len(first.added))
    assert workspace.articles.count() == MANY
    assert len(imported(workspace, table).duplicates) == MANY
    assert sound(workspace) == []


def test_what_the_reader_did_to_the_first_articles_stays_when_the_rest_comes(workspace, table):
    key = stopped(workspace, table).report.added[0].key
    workspace.articles.edit(key, {"title": "Mine"})
    workspace.bodies.leave_out(key, 1)
    text = workspace.bodies.content(key).body.text
    imported(workspace, table)
    assert workspace.articles.count() == MANY
    assert workspace.articles.by_keys([key])[0].metadata.title == "Mine"
    assert workspace.bodies.content(key).body.text == text


def test_a_file_goes_by_another_name_when_the_rest_of_it_comes(workspace, table):
    key = stopped(workspace, table).report.added[0].key
    workspace.bodies.leave_out(key, 1)
    imported(workspace, table.rename(table.with_name("other.csv")))
    assert workspace.articles.count() == MANY


def test_a_full_disk_loses_no_article_and_the_report_names_the_file(workspace, table):
    database = workspace.library.database
    work = workspace.import_files([table], jobs=1)
    with pytest.raises(LibraryError, match="full"):
        run_until_full(work, database)
    there = workspace.articles.count()
    assert 0 < there < MANY
    assert len(work.report.added) == there
    assert [(one.file, "full" in str(one.reason)) for one in work.report.failed] == [(str(table), True)]
    database.execute("PRAGMA max_page_count=1000000")
    assert len(imported(workspace, table).added) == MANY - there
    assert [article.metadata.title for article in workspace.articles.by_keys(sorted(workspace.articles.keys()))] == [
        f"Storm {number}" for number in range(MANY)
    ]


def test_parts_of_one_name_are_told_apart(workspace, tmp_path):
    box = tmp_path / "box.json"
    entries = [
        {"title": "Briefing", "url": f"https://example.org/{number}", "is_archived": 0,
         "content": f"<p>The storm with the number {number} came in tonight.</p>"}
        for number in range(MANY)
    ]  # fmt: skip
    box.write_text(json.dumps(entries))
    there = len(stopped(workspace, box).report.added)
    assert len(imported(workspace, box).added) == MANY - there


def test_the_rest_can_be_undone_and_comes_again(workspace, table):
    first = stopped(workspace, table).report
    imported(workspace, table)
    workspace.undo()
    assert workspace.articles.count() == len(first.added)
    imported(workspace, table)
    assert workspace.articles.count() == MANY
    for _ in (1, 2):
        workspace.undo()
    assert not any(tables(workspace.library.database).values())
    for _ in (1, 2):
        workspace.redo()
    assert workspace.articles.count() == MANY
    assert len(imported(workspace, table).duplicates) == MANY


def test_a_file_that_brings_nothing_new_is_no_step(workspace, table):
    imported(workspace, table)
    history = workspace.history()
    table.write_text(table.read_text().replace("title,text", "title,text "))
    assert len(imported(workspace, table).duplicates) == MANY
    assert workspace.history() == history


def test_collections_come_with_the_last_article(workspace, tmp_path):
    with Workspace(tmp_path / "other") as other:
        with other.library.deed("filled"):
            keys = [other.articles.add(Draft(Body.of([f"Number {n}."])), Source()) for n in range(MANY)]
        ids = [article.id for article in other.articles.by_keys(keys)]
        other.collections.add("To read")
        other.collections.put("To read", ids)
        finished(other.export(Selection(), "json", tmp_path / "all.json", {}))
    stopped(workspace, tmp_path / "all.json")
    assert workspace.collections.all() == ()
    imported(workspace, tmp_path / "all.json")
    assert list(workspace.collections.find("To read").items) == ids


def test_a_merged_and_a_packed_library_know_what_is_missing_too(workspace, table, tmp_path):
    there = len(stopped(workspace, table).report.added)
    finished(pack(workspace.library.folder, tmp_path / "one.commonplace"))
    finished(unpack(tmp_path / "one.commonplace", tmp_path / "unpacked"))
    with Workspace(tmp_path / "unpacked") as unpacked, Workspace(tmp_path / "merged") as merged:
        finished(merged.merge(workspace.library.folder))
        for other in (unpacked, merged):
            assert other.articles.count() == there
            assert len(imported(other, table).added) == MANY - there
            finished(other.tend())
            assert sound(other) == []


def test_erased_for_good_a_file_leaves_no_trace(workspace, table):
    report = stopped(workspace, table).report
    digest = workspace.articles.by_keys([report.added[0].key])[0].original
    workspace.erase([one.key for one in report.added])
    held = (path for path in workspace.library.folder.rglob("*") if path.is_file())
    assert [path.name for path in held if digest.encode() in path.read_bytes()] == []
    assert len(imported(workspace, table).added) == MANY
