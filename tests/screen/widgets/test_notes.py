"""Notes as they read: those without marks by a short way, which says the same as the long one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.text import markdown_reader
from app.text.body import Body
from ui.widgets.notes import body, plain

NOTES = st.text(alphabet=st.sampled_from("ab .,:;!?()'\"@/-+=1\n\t*_#&é‘’“”–—世א"), max_size=60)


@given(NOTES)
def test_the_short_way_says_the_same(note):
    assert plain(note) == markdown_reader.plain(note)
    assert body(note) == Body.of(markdown_reader.read_markdown(note))
