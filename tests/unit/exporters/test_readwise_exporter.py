from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.readwise import EXPORTER, tag_of
from app.importers._base import File, importers
from tests.marks import chosen_for


def read(text: str):
    return list(importers()["readwise"].read(File(text.encode(), "x.csv", {})))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_for_each_highlight_with_its_themes_as_tags(made, exported):
    war = made.theme("War at sea")
    drones = made.theme("drones", war)
    item = made.article(
        ["One two.", "Three."],
        [("One", [war, drones], "why"), ("Three",)],
        "T",
        byline="A. W.",
        address="https://x.org/",
    )
    table = exported(made.bundle(item, themes=[war, drones]), "readwise")[""]
    assert table.startswith("Highlight,Title,Author,URL,Note,Location,Date\r\n")
    first, second = rows(table)
    assert list(first.values()) == [
        "One", "T", "A. W.", "https://x.org/", ".War_at_sea .drones why", "1", "2025-03-04T05:06:07.089Z",
    ]  # fmt: skip
    assert (second["Note"], second["Location"]) == ("", "2")
    assert chosen_for("x.csv", table.encode()).key == "readwise"


NOTES = (
    ".tag that is none",
    ".c1",
    "=1+1",
    "\u2060joined",
    "a\n\nb",
    " .indented",
    "\t.tab",
    "x" * 10_000,
    "<script>",
    '"',
)


@given(data=st.data())
def test_passages_come_back_with_their_notes_and_themes(made, exported, data):
    letters = st.text(st.sampled_from("ab#=/|c1h>é👩م"), min_size=1, max_size=6)
    themes = [made.theme(name) for name in data.draw(st.lists(letters.filter(lambda name: name[0] != "#"), max_size=3))]
    themes = [one for one in themes if tag_of(one) == one.name]
    lines = data.draw(made.lines)
    text = "\n".join(lines)
    note = data.draw(st.one_of(made.line, st.sampled_from(NOTES)))
    item = made.article(lines, [((0, len(text)), themes, note)], "=T", byline="@w", address="https://x.org/a")
    (draft,) = read(exported(made.bundle(item, themes=themes), "readwise")[""])
    (mark,) = draft.marks
    (highlight,) = item.highlights
    wanted = "\n".join(line for line in highlight.quote.split("\n") if line.strip())
    assert mark.quote.strip() == wanted.strip()
    assert (mark.note, mark.created) == (note.strip(), highlight.created)
    assert mark.themes == tuple(dict.fromkeys(one.name for one in themes))
    assert (draft.metadata.title, draft.metadata.byline, draft.metadata.address) == ("=T", "@w", "https://x.org/a")


@given(data=st.data())
def test_no_cell_is_a_formula(made, exported, data):
    line = data.draw(made.line.filter(str.strip))
    item = made.article([line], [((0, len(line)), (), line)], line, byline=line, address=line)
    for row in rows(exported(made.bundle(item), "readwise")[""]):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("War at sea", "War_at_sea"),
        ("c1", "c1_"),
        ("h2", "h2_"),
        ("a.b: c, d!", "a_b_c_d"),
        ("...", "theme"),
        ("#x", "x"),
    ],
)
def test_tags_hold_what_tags_may_hold(made, name, tag):
    assert tag_of(made.theme(name)) == tag


def test_what_readwise_cannot_hold_is_said(made):
    law = made.theme("Law")
    of = made.bundle(
        made.article(["One two."], [("One",)], about={"note": "n"}), made.article(number=2),
        themes=[law, made.theme("Fines, paid", law)],
    )  # fmt: skip
    assert [str(message) for message in EXPORTER.write(of, {}).left_behind] == [
        "The full texts of 2 articles: a table holds their passages only.",
        "One article without highlights.",
        "The exact position of one highlight: the table names its paragraph only.",
        "The note and themes on one article as a whole.",
        "The place of one theme in the tree, and what of its name a tag cannot hold.",
    ]


def test_facts_fields_and_definitions_are_said_to_stay_behind(made):
    known = made.article(marks=[("Some",)], about={"attributes": {"tone": "calm"}}, outlet="The Times")
    of = made.bundle(known, made.article(marks=[("Some",)], number=2), themes=[made.theme("Law", definition="d")])
    assert [str(message) for message in EXPORTER.write(of, {}).left_behind][2:] == [
        "What else is known of one article: outlet, date, address and the like.",
        "The fields of your own of one article.",
        "The definition or note of one theme.",
    ]
