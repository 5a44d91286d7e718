"""Notes as they read: those without marks by a short way, which says the same as the long one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.text import markdown_reader
from app.text.body import Body
from ui.widgets.notes import body, plain, reading

NOTES = st.text(alphabet=st.sampled_from("ab .,:;!?()'\"@/-+=1\n\t*_#&é‘’“”–—世א"), max_size=60)


@given(NOTES)
def test_the_short_way_says_the_same(note):
    assert plain(note) == markdown_reader.plain(note)
    assert body(note) == Body.of(markdown_reader.read_markdown(note))


def test_what_is_strong_or_emphasised_is_found_in_the_words_as_they_read():
    note = "The **port** is *shut*.\n\n- one *two*"
    text, runs = reading(note)
    assert text == plain(note)
    assert [(text[run.start : run.end], run.kind) for run in runs] == [
        ("port", "strong"),
        ("shut", "emphasis"),
        ("two", "emphasis"),
    ]
    assert reading("plain words ") == ("plain words", ())
