from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._notes import _simple, note_body
from app.text.body import Body
from app.text.markdown_reader import read_markdown

NOTES = st.text("ab é1.,:;-*!?()'\"“…\n ", max_size=30)
PARTS = st.lists(
    st.sampled_from(
        ["*a*", "**b c**", "word", " ", "\n", "\n\n", "- ", "x: y", "(", ")", ".", "1. ", "*", "é", "http://x"]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(NOTES, PARTS))
def test_the_short_way_reads_what_the_reader_reads(note):
    assert note_body(note) == Body.of(read_markdown(note))


@pytest.mark.parametrize(
    "note",
    [
        "Who said so?",
        "Compare: the other piece.",
        "A *word*, and **two words**.",
        "See below\n\n- one\n- two\n\nand on",
    ],
)
def test_most_notes_go_the_short_way(note):
    assert _simple(note) is not None


@pytest.mark.parametrize(
    "note", ["# h", "<b>x</b>", "a\nb", "[x](y)", "1. one", "_x_", "a  b", "`x`", "&amp;", "> q", "x\\y"]
)
def test_all_else_goes_to_the_reader(note):
    assert _simple(note) is None
