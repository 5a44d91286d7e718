"""Projects of Taguette: the database to the letter, its tables as far as they go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._carrying import carried
from app.importers._sqlite_file import opened
from tests.marks import EXAMPLES, codebook, drafts, example, parts


def changed(tmp_path: Path, *statements: str, wal: bool = False) -> bytes:
    """Return the example project after some statements."""
    file = tmp_path / "project.sqlite3"
    file.write_bytes(example("taguette.sqlite3"))
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
    return file.read_bytes()


def test_a_document_has_its_structure_and_its_highlights_to_the_letter():
    wall, plain = drafts("taguette.sqlite3")
    assert [piece.kind for piece in wall.body.pieces()] == [
        "heading", "paragraph", "item", "item", "code", "code", "paragraph", "paragraph",
        "cell", "cell", "cell", "cell",
    ]  # fmt: skip
    assert [(mark.quote, mark.themes) for mark in wall.marks] == [
        ("sea that stood a foot lower", ("harbour", "harbour.wall")),
        ("👩‍👩‍👧 café", ("harbour.wall",)),
        ("UAV) بالعالم", ("سماء",)),
        ("wall", ("harbour",)),
        ("code  line\n  two\nA", ()),
        ("停滞", ("سماء",)),
    ]
    assert wall.body.text.index("second wall") + len("second ") == wall.marks[3].start
    assert wall.details == {"description": "A description", "file": "wall.html"}
    assert (plain.metadata.title, plain.marks) == ("Plain note", ())


def test_tags_and_what_they_mean_become_a_codebook():
    for name in ("taguette.sqlite3", "taguette-codebook.csv"):
        themes = codebook(parts(name)).themes
        assert [theme.path for theme in themes] == [("harbour",), ("harbour.wall",), ("سماء",), ("unused",)]
        assert [theme.definition for theme in themes] == ["All about *harbours*", "", "sky", "never worn"]


def test_a_highlight_whose_offsets_are_wrong_is_left_to_its_words(tmp_path):
    data = changed(tmp_path, "UPDATE highlights SET start_offset=start_offset+1 WHERE id=1",
                   "UPDATE highlights SET end_offset=10000000 WHERE id=2")  # fmt: skip
    first, second, *_rest = drafts("p.sqlite3", data)[0].marks
    assert (first.start, first.quote) == (-1, "sea that stood a foot lower")
    assert (second.start, second.quote) == (-1, "👩‍👩‍👧 café")


def test_a_database_with_a_log_beside_it_is_read(tmp_path):
    assert len(drafts("p.sqlite3", changed(tmp_path, wal=True))) == 2


def test_another_database_and_a_damaged_one_are_refused(tmp_path):
    library = (EXAMPLES.parents[1] / "library-1.sqlite").read_bytes()
    with pytest.raises(ImportFailed, match="damaged or another database"):
        parts("library.sqlite3", library, "taguette")
    with pytest.raises(ImportFailed, match="is no SQLite database"):
        parts("x.sqlite3", b"nothing", "taguette")


def test_a_schema_that_never_ends_is_stopped(tmp_path):
    data = changed(
        tmp_path,
        "DROP TABLE projects",
        "CREATE VIEW projects AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id+1 FROM n)"
        " SELECT id, 'x' AS name, id AS rowid FROM n",
    )
    with pytest.raises(ImportFailed, match="damaged or another database"):
        parts("p.sqlite3", data)


def test_nothing_but_reading_is_done_with_a_foreign_schema(tmp_path):
    data = changed(
        tmp_path,
        "DROP TABLE tags",
        "CREATE VIEW tags AS SELECT 1 AS id, hex(randomblob(1000000)) AS path, '' AS description, 1 AS rowid",
    )
    with pytest.raises(ImportFailed), opened(data, "p") as tables:
        tables.rows("tags", "id", "path")


def test_the_table_of_highlights_gives_passages():
    (wall,) = drafts("taguette-highlights.csv")
    assert wall.stub
    assert wall.marks[0].themes == ("harbour", "harbour.wall")
    assert [mark.quote for mark in wall.marks] == [
        "sea that stood a foot lower", "👩‍👩‍👧 café", "UAV) بالعالم", "wall", "停滞",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        "Code,Memo\nWater > Wall,Of *stone*\n",
        "name;parent;definition;colour\nWall;Water;Of *stone*;#ABC\n",
        "tag\tdescription\nWater>>Wall\tOf *stone*\n",
    ],
)
def test_codebooks_as_people_write_them(table):
    (theme,) = codebook(parts("codes.csv", table.encode("utf-8-sig"))).themes
    assert (theme.path, theme.definition) == (("Water", "Wall"), "Of *stone*")


_LETTERS = st.text(st.sampled_from("ab é👩 \n\tم"), max_size=60)


@given(_LETTERS, st.data())
def test_a_span_carried_to_a_text_with_other_white_space_says_the_same(text, data):
    other = "".join(letter if not letter.isspace() else data.draw(st.sampled_from(["", " ", "\n"])) for letter in text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (span,) = carried(text, other, [(start, end)])
    wanted = "".join(text[start:end].split())
    assert ("".join(other[slice(*span)].split()) if span else "") == wanted
