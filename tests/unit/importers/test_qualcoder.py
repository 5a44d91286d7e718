"""Projects of QualCoder: its database to the letter, whatever its positions count."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.drafts import Framework
from app.errors import ImportFailed
from tests.marks import codebook, drafts, example, parts, told


def changed(tmp_path: Path, *statements: str) -> bytes:
    """Return the example project after some statements."""
    file = tmp_path / "data.qda"
    file.write_bytes(example("data.qda"))
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return file.read_bytes()


def test_codings_stand_on_their_words_and_those_of_two_coders_are_two():
    wall, boat = drafts("data.qda")
    sea = "sea that stood a foot lower"
    assert [(mark.quote, mark.themes, mark.note, mark.author) for mark in wall.marks] == [
        (sea, ("harbour > stone > wall", "سماء"), "whose *foot*?", "ada"),
        (sea, ("harbour > stone > wall",), "", "ben"),
        ("the wall leaks", ("harbour > stone > wall",), "", ""),
        ("UAV) بالعالم", ("سماء",), "", "ada"),
        ("A family", (), "Who are they?", "ben"),
    ]
    assert [wall.body.text[mark.start : mark.end] for mark in wall.marks] == [mark.quote for mark in wall.marks]
    assert (boat.body.text, boat.marks[0].quote) == ("A boat.\nTwo boats were late.", "Two boats")
    assert wall.marks[0].created == 1714979289000


def test_files_have_their_memos_their_attributes_and_those_of_their_cases():
    wall, boat = drafts("data.qda")
    assert (wall.metadata.title, wall.metadata.byline, wall.note) == ("The Sea Wall", "Ada Marsh", "Read twice")
    assert (wall.attributes, boat.attributes) == ({"tone": "calm"}, {"age": "41"})
    assert boat.details == {"cases": ("The keeper",)}


def test_categories_and_codes_become_a_codebook():
    found = parts("data.qda")
    assert [(theme.path, theme.colour, theme.definition) for theme in codebook(found).themes] == [
        (("harbour",), "", "All about *harbours*"),
        (("سماء",), "#a9d0f5", "sky"),
        (("harbour", "stone"), "", ""),
        (("harbour", "unused"), "", ""),
        (("harbour", "stone", "wall"), "#f5a9a9", "what holds"),
    ]


def test_the_memo_of_the_project_and_its_journal_are_the_note_of_the_library_and_the_rest_is_told():
    found = parts("data.qda")
    (framework,) = (one for one in found if isinstance(one, Framework))
    assert framework.note == "What the wall *means*\n\n## Monday\n\nBegan to *code*."
    assert told(found) == ["“wall.png” brings no text. Import its own file.",
                           "This has no place here: codings of pictures (1)."]  # fmt: skip


def test_codes_inside_codes_of_newer_versions(tmp_path):
    newer = "ALTER TABLE code_name ADD COLUMN supercid integer"
    inside = ("UPDATE code_name SET supercid=1 WHERE cid=3", "UPDATE code_name SET supercid=2 WHERE cid=2")
    data = changed(tmp_path, newer, *inside)
    themes = codebook(parts("data.qda", data)).themes
    assert ("harbour", "stone", "wall", "unused") in {theme.path for theme in themes}
    assert ("سماء",) in {theme.path for theme in themes}


def test_a_coding_whose_place_is_wrong_is_left_to_its_words(tmp_path):
    data = changed(tmp_path, "UPDATE code_text SET pos0=100000, pos1=100009 WHERE owner='ben'")
    mark = drafts("data.qda", data)[0].marks[1]
    assert (mark.quote, mark.start, mark.author) == ("sea that stood a foot lower", -1, "ben")


def test_the_memo_of_an_annotation_that_has_no_place_is_a_note_on_the_article(tmp_path):
    changes = (
        "INSERT INTO annotation (fid, pos0, pos1, memo, owner) VALUES (1, 9000, 9010, 'look here', 'ben')",
        "INSERT INTO annotation (fid, pos0, pos1, memo, owner) VALUES (1, 4, 4, 'and here', 'ada')",
    )
    before, (wall, _boat) = drafts("data.qda"), drafts("data.qda", changed(tmp_path, *changes))
    assert wall.note == "Read twice\n\nlook here\n\nand here"
    assert wall.marks == before[0].marks


def test_an_old_project_without_some_tables_is_read_and_another_database_is_refused(tmp_path):
    data = changed(tmp_path, "DROP TABLE attribute", "DROP TABLE case_text", "DROP TABLE code_av", "DROP TABLE journal")
    assert [draft.attributes for draft in drafts("data.qda", data)] == [{}, {}]
    with pytest.raises(ImportFailed, match="damaged or another database"):
        parts("data.qda", changed(tmp_path, "DROP TABLE code_name"), key="qualcoder")
    with pytest.raises(ImportFailed, match="without files and codes"):
        parts("data.qda", changed(tmp_path, "DELETE FROM source", "DELETE FROM code_cat", "DELETE FROM code_name"))
