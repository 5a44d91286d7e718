"""Notes of Obsidian: what is marked inside them becomes marks, and our own parts are understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.importers._base import File
from app.importers._inline_marks import without_signs
from app.importers.markdown import read
from app.text.body import Piece, Run
from tests.marks import holds, told

CLIPPED = """---
title: The Sea Wall
source: https://harbour.example/wall
author:
  - "[[Ada Marsh]]"
tags: [clippings]
---
The wall was built for a ==sea that stood a **foot** lower==, says
the town. a == b and c == d stay.

- ==one==
- <mark style="background:#ffd400">مرحبا ==x== 👩‍👩‍👧</mark> and <MARK>two</MARK>

`==code==` and ==cafe\u0301==

    ==a block of code==
"""


def one(text: str) -> Draft:
    (draft,) = read(File(text.encode(), "note.md"))
    assert isinstance(draft, Draft)
    return draft


def test_what_is_marked_in_a_note_becomes_marks():
    draft = one(CLIPPED)
    assert draft.metadata.byline == "Ada Marsh"
    assert holds(draft)
    assert [mark.quote for mark in draft.marks] == [
        "sea that stood a foot lower", "one", "مرحبا ==x== 👩‍👩‍👧", "two", "cafe\u0301",
    ]  # fmt: skip
    assert "a == b and c == d stay." in draft.body.text
    assert "==code==" in draft.body.text
    assert "==a block of code==" in draft.body.text
    strong = next(run for run in draft.body.runs if run.kind == "strong")
    assert draft.body.text[strong.start : strong.end] == "foot"


def test_a_note_without_signs_has_no_marks():
    assert one("# T\n\nText with a = b and 1 == 1.").marks == ()


@pytest.mark.parametrize(
    "text", ["== a ==", "====", "==a", "a==", "=== a ===", "\\==a\\==", "<mark>", "</mark>x<mark>"]
)
def test_signs_that_mark_nothing_stay(text):
    piece = Piece(text)
    assert without_signs(piece) == (piece, [])


@given(st.lists(st.tuples(st.text("ab é👩", max_size=5), st.booleans()), max_size=6))
def test_marks_of_any_text(parts):
    text, plain, wanted = "", "", []
    for words, is_marked in parts:
        marks = is_marked and words.strip() == words != ""
        if marks:
            wanted.append(words)
        text += f" =={words}== " if marks else words
        plain += f" {words} " if marks else words
    runs = (Run(0, len(text), "emphasis"),) if text else ()
    piece, spans = without_signs(Piece(text, runs=runs))
    assert piece.text == plain
    assert [piece.text[slice(*span)] for span in spans] == wanted
    assert piece.runs == ((Run(0, len(plain), "emphasis"),) if plain else ())


def test_what_a_reader_wrote_round_our_parts_is_kept():
    uid = "0" * 31 + "1"
    note = (
        f'---\ntitle: "T"\nid: "{uid}"\nstate: "read"\ntone: "grim"\ntags:\n  - "theme/law"\n  - "mine/own"\n'
        'themes:\n  - "Law"\n---\n\n# T\n\nMy own words.\n\n%% begin annotations %%\n\nT, n.d.\n\n'
        "> [!note] Note\n> On *all*, &lt;b>\n\n#theme/law\n\n"
        f"> [!quote|theme-law] Law &#183; right · Passage · ¶ 2\n> two \\[x\\]\n>\n> > [!note] Note\n> > why\n>\n"
        f"> #theme/law #theme/passage\n\n^h-{uid}\n\n%% end annotations %%\n\n%% begin text %%\n\none two [x]\n\n"
        "two [x] and two [x]\n\n%% end text %%\n\nAfter.\n"
    )
    draft = one(note)
    assert (draft.id, draft.state, draft.attributes) == (uid, "read", {"tone": "grim"})
    assert draft.themes == ("Law", "mine > own")
    assert draft.note == "On *all*, <b>"
    assert draft.details == {"around": "My own words.\n\nAfter."}
    (mark,) = draft.marks
    assert (mark.start, mark.quote, mark.id, mark.note) == (12, "two [x]", uid, "why")
    assert mark.themes == ("Law · right", "Passage")
    assert holds(draft)


def test_the_list_of_notes_is_no_article():
    index = "# All\n\n%% begin annotations %%\n\n1. [[A 12345678|A]]\n2. [[B 12345679|B]]\n\n%% end annotations %%\n"
    assert told(read(File(index.encode(), "All.md"))) == ["It only lists other notes."]


def test_another_note_with_such_signs_is_an_article():
    assert "text" in one("%% begin annotations %%\n\ntext\n\n%% end annotations %%\n").body.text


def test_a_line_of_tags_is_no_heading_and_the_note_has_them():
    draft = one("---\ntags: [clippings]\n---\n#daily #harbour/ferries\n\nThe wall stands.\n\n#clippings\n")
    assert draft.themes == ("clippings", "daily", "harbour > ferries")
    assert [(piece.kind, piece.text) for piece in draft.body.pieces()] == [("paragraph", "The wall stands.")]
    assert draft.metadata.title == "The wall stands"


@pytest.mark.parametrize(
    "label", ["Tags: ", "tag: ", "**Tags:** ", "**Tags**: ", "- Tags: ", "tags:: ", "Schlagwörter: "]
)
def test_a_line_of_tags_may_say_that_it_is_one(label):
    draft = one(f"# Wall\n\n{label}#daily #harbour/ferries\n\nThe wall stands.\n")
    assert draft.themes == ("daily", "harbour > ferries")
    assert draft.body.text == "The wall stands."
    assert one(f"# Wall\n\n{label}the wall, #daily\n").themes == ()


@pytest.mark.parametrize("text", ["#daily is a tag in a sentence.", "Who is #1 and #wall here?", "#1 #2"])
def test_a_tag_in_a_sentence_is_one_of_its_words(text):
    draft = one(f"{text}\n\nThe wall stands.")
    assert draft.body.text == f"{text}\nThe wall stands."
    assert {piece.kind for piece in draft.body.pieces()} == {"paragraph"}
    assert draft.themes == ()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("See [[Tent story|the tent]] and [[Other note]].", "See the tent and Other note."),
        ("See [[Note#Part]] and [[Note#^a1|here]].", "See Note > Part and here."),
        ("![[Tent story]]", "Tent story"),
        ("It stands. ^abc123", "It stands."),
        ("It stands.^abc123", "It stands."),
        ("Ten ^ two, and 2^10 of them", "Ten ^ two, and 2^10 of them"),
        ("`[[a|b]]` and [[c|d]]", "[[a|b]] and d"),
        ("A %%not for all%% word, 50%% or 60%%.", "A word, 50%% or 60%%."),
        ("```\n[[a|b]] %%x%%\n#tag\n```", "[[a|b]] %%x%%\n#tag"),
        ("| a | b |\n|---|---|\n| [[Note\\|said]] | x |", "a\nb\nsaid\nx"),
        ("[[]] and [[open", "and [[open"),
    ],
)
def test_what_a_note_links_to_reads_as_it_is_shown(written, read_as):
    assert one(f"# Wall\n\n{written}\n").body.text == read_as


def test_a_comment_of_a_note_is_not_in_its_text_but_kept():
    draft = one("# Wall\n\nIt stands.\n\n%%\nask Ada\nabout it\n%%\n\nIt is %%is it?%% high.\n")
    assert "ask Ada" not in draft.body.text
    assert draft.details["comment"] == ("ask Ada about it", "is it?")
