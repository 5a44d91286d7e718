from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.exporters._base import exporters
from app.exporters.csv import EXPORTER
from app.model import Attribute, AttributeKind, Interlude, Published
from app.text.body import Piece
from app.text.cells import guard, unguard


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_for_each_highlight_and_theme_and_one_for_those_without(made, exported):
    war = made.theme("War", colour="#CF4A3A")
    drones = made.theme("Drones, or: / what?", war)
    item = made.article(["One two three."], [("One", [war, drones]), ("two",), ("three", [drones], "why")])
    table = rows(exported(made.bundle(item, themes=[war, drones]), "csv")[""])
    assert [(row["quote"], row["theme"]) for row in table] == [
        ("One", "War"),
        ("One", "War > Drones, or: / what?"),
        ("two", ""),
        ("three", "War > Drones, or: / what?"),
    ]
    assert [(row["theme_level_1"], row["theme_level_2"]) for row in table][1:3] == [
        ("War", "Drones, or: / what?"),
        ("", ""),
    ]
    assert table[0]["colour"] == "#cf4a3a"
    assert (table[3]["note"], table[3]["start"], table[3]["end"], table[3]["paragraph"]) == ("why", "8", "13", "1")
    assert table[3]["created"] == "2025-03-04T05:06:07.089Z"


def test_whose_a_highlight_is_and_on_which_page_it_stands(made, exported):
    item = made.article([Piece("One.", attributes={"page": "iv"}), "Two."], [("One",), ("Two",)])
    first, second = item.highlights
    item = replace(item, highlights=(replace(first, author="Ada"), second))
    table = rows(exported(made.bundle(item), "csv")[""])
    assert [(row["author"], row["page"]) for row in table] == [("Ada", "iv"), ("", "")]


def test_the_source_and_the_attributes_stand_in_every_row(made, exported):
    known = {"byline": "A. Writer", "outlet": "O", "address": "https://x.org/", "published": Published.parse("2025-03")}
    about = {"attributes": {"tone": "=grim", "title": "Dr", "loose": "x"}, "note": "of all"}
    item = made.article(["One two."], [("One",), ("two",)], "T", about=about, **known)
    kinds = (Attribute(1, "a", "tone"), Attribute(2, "b", "title"))
    table = rows(exported(made.bundle(item, attributes=kinds), "csv")[""])
    for row in table:
        assert (row["title"], row["outlet"], row["published"]) == ("T", "O", "2025-03")
        assert (row["tone"], row["attribute: title"], row["loose"]) == ("'=grim", "Dr", "x")
        assert row["article_note"] == "of all"


def test_a_negative_number_is_a_number_where_only_numbers_stand(made, exported):
    kinds = (Attribute(1, "a", "tone", AttributeKind.NUMBER), Attribute(2, "b", "said"))
    for value, cell in (("-1", "-1"), ("+2.5e-3", "+2.5e-3"), ("-1+1", "'-1+1"), ("=1", "'=1")):
        about = {"attributes": {"tone": value, "said": value}}
        item = made.article(["One two."], [("One",)], about=about)
        (row,) = rows(exported(made.bundle(item, attributes=kinds), "csv")[""])
        assert (row["tone"], row["said"]) == (cell, f"'{value}")
        assert unguard(row["tone"]) == value


def test_one_row_for_each_highlight_with_a_column_for_every_theme(made, exported):
    war = made.theme("War")
    item = made.article(["One two."], [("One", [war]), ("two",)])
    table = rows(exported(made.bundle(item, themes=[war, made.theme("note")]), "csv", rows="highlight")[""])
    assert [(row["themes"], row["theme: War"], row["theme: note"]) for row in table] == [
        ("War", "1", "0"),
        ("", "0", "0"),
    ]


def test_an_orphan_has_no_position(made, exported):
    item = made.article()
    item = type(item)(item.article, item.content, (made.orphan(item, "lost words"),))
    (row,) = rows(exported(made.bundle(item), "csv")[""])
    assert (row["quote"], row["status"], row["start"], row["paragraph"]) == ("lost words", "orphan", "", "")


def test_the_mark_of_utf8_and_the_line_ends_are_those_of_the_standard(made, exported):
    of = made.bundle(made.article(["Ä\nB"], [("Ä",)]))
    assert exported(of, "csv")[""].startswith("\ufeffhighlight_id,")
    assert exported(of, "csv", bom=False)[""].startswith("highlight_id,")
    assert not re.search(r"(?<!\r)\n", exported(of, "csv")[""])


@given(data=st.data())
def test_every_text_comes_back(made, exported, data):
    lines, note, name = data.draw(made.lines), data.draw(made.line), data.draw(made.line.filter(str.strip))
    theme = made.theme(name)
    text = "\n".join(lines)
    item = made.article(lines, [((0, len(text)), [theme], note)], name)
    (row,) = rows(exported(made.bundle(item, themes=[theme]), "csv")[""])
    assert [unguard(row[key]) for key in ("quote", "note", "theme", "title")] == [text, note, name, name]


def test_pandas_reads_it(made, exported, pandas, tmp_path):
    war = made.theme("War")
    marks = [((0, len("\n".join(made.nasty))), [war], "a\n\nb"), ((0, 4), [war, made.theme("B")])]
    of = made.bundle(made.article(made.nasty, marks), themes=[war, made.theme("B")])
    path = tmp_path / "x.csv"
    path.write_bytes(exported(of, "csv")[""].encode())
    table = pandas.read_csv(path, keep_default_na=False, dtype=str)
    assert len(table) == 3
    assert unguard(table["quote"][0]) == "\n".join(made.nasty)


@pytest.mark.slow
def test_libreoffice_reads_it_and_calculates_nothing(made, exported, tmp_path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here")
    quotes = ["=1+1", "+5", "@SUM(A1)", "-x", "'so", "two\nlines", "和谈 e\u0301 مرحبا 👩‍👩‍👧"]
    of = made.bundle(*(made.article([*quote.split("\n")], [(quote,)], number=n) for n, quote in enumerate(quotes)))
    path = tmp_path / "x.csv"
    path.write_bytes(exported(of, "csv")[""].encode())
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to", "fods"]
    subprocess.run(
        [*command, "--infilter=CSV:44,34,76", "--outdir", tmp_path, path], check=True, capture_output=True, timeout=110
    )
    sheet = etree.parse(tmp_path / "x.fods")
    spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("table", "text")}
    cells = [
        "\n".join("".join(line.itertext()) for line in cell.iterfind("text:p", spaces))
        for cell in sheet.iterfind(".//table:table-cell", spaces)
    ]
    assert not sheet.xpath("//@table:formula", namespaces=spaces)
    assert all(guard(quote) in cells for quote in quotes)


def test_what_a_table_cannot_hold_is_said(made):
    of = made.bundle(
        made.article(), made.article(number=2, marks=[("Some",)]), themes=[made.theme("A", definition="d")]
    )
    said = [str(message) for message in EXPORTER.write(of, {"rows": "theme", "bom": True}).left_behind]
    assert said == [
        "The full texts of 2 articles: a table holds their passages only.",
        "One article without highlights.",
        "The definition or note of one theme.",
    ]


@pytest.mark.parametrize("key", ["csv", "xlsx", "readwise"])
def test_that_headings_of_a_collection_stay_behind_is_said(made, key):
    of = made.bundle(interludes=(Interlude("a", "First", 1), Interlude("b", "In between.")))
    exporter = exporters()[key]
    left = exporter.write(of, {option.key: option.default for option in exporter.options}).left_behind
    assert [str(message) for message in left] == ["2 headings and texts between the passages of the collection."]
