from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from app.drafts import ThemeDraft
from app.exporters.codebook_csv import EXPORTER
from app.importers._base import File, importers
from tests.marks import chosen_for

NAMES = (
    "Law, licences; paid",
    "a/b: c",
    "a>b",
    "a > b",
    "a \\> b",
    "C:\\",
    "\\>",
    ">",
    "=1+1",
    "'so",
    "سماء",
    "👩‍👩‍👧 e\u0301",
    '"q"',
)


def read(text: str) -> tuple[ThemeDraft, ...]:
    (codebook,) = importers()["codebook"].read(File(text.encode(), "x.csv", {}))
    return codebook.themes


def drafts(themes, private=frozenset()) -> list[ThemeDraft]:
    return [
        ThemeDraft(one.path, one.colour, one.definition, one.note, one.digit or 0, one.id, one.id in private)
        for one in themes
    ]


@st.composite
def trees(draw, made):
    """Return themes below one another, parents first, with names and definitions that make tables hard."""
    letters = st.text(st.sampled_from("ab>\\ '=\té,;:/"), min_size=1, max_size=8).map(
        lambda name: " ".join(name.split())
    )
    names = st.one_of(st.sampled_from(NAMES), letters.filter(bool))
    texts = st.one_of(st.just(""), made.line, st.just("=x\n\n- a\n- b "))
    themes = []
    for digit in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from([None, *themes]))
        values = {"definition": draw(texts), "note": draw(texts), "colour": "#cf4a3a", "digit": digit or None}
        one = made.theme(draw(names), parent, **values)
        if one.id not in {other.id for other in themes}:
            themes.append(one)
    return themes


@given(data=st.data())
def test_a_codebook_comes_back_as_it_was(made, exported, data):
    themes = data.draw(trees(made))
    private = frozenset(one.id for one in themes if data.draw(st.booleans()))
    of = made.bundle(themes=themes, private=private)
    assert read(exported(of, "codebook_csv")[""]) == tuple(drafts(themes, private))


def test_the_columns_and_the_numbers(made, exported):
    law = made.theme("Law", colour="#CF4A3A", digit=3, definition="d", note="n")
    paid = made.theme("Licences, paid", law)
    first = made.article(["One two."], [("One", [law, paid]), ("two", [law])], about={"themes": (paid.id,)})
    second = made.article(["Three."], number=2, about={"themes": (paid.id,)})
    table = exported(made.bundle(first, second, themes=[law, paid]), "codebook_csv")[""]
    assert table.startswith("\ufeffpath,colour,digit,definition,note,id,highlights,articles\r\n")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    assert list(rows[0].values()) == ["Law", "#cf4a3a", "3", "d", "n", law.id, "2", "1"]
    assert list(rows[1].values()) == ["Law > Licences, paid", "#888888", "", "", "", paid.id, "1", "2"]


def test_it_is_known_for_a_codebook(made, exported):
    table = exported(made.bundle(themes=[made.theme("Law")]), "codebook_csv", bom=False)[""].encode()
    assert chosen_for("themes.csv", table).key == "codebook"


def test_a_row_added_by_hand_is_a_theme_too(made, exported):
    table = exported(made.bundle(themes=[made.theme("Law")]), "codebook_csv")[""]
    added = read(f"{table}Law>Fines,#112233,,'Tis what one pays,,,,\r\n")[1]
    assert (added.path, added.colour, added.id) == (("Law", "Fines"), "#112233", "")
    assert added.definition == "'Tis what one pays"


def test_what_a_codebook_leaves_behind_is_said(made):
    of = made.bundle(made.article(["One two."], [("One",), ("two",)]), themes=[made.theme("Law")])
    said = [str(message) for message in EXPORTER.write(of, {"bom": True}).left_behind]
    assert said == ["One article: a codebook holds themes only.", "2 highlights: they are counted."]
