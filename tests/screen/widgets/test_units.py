"""From code points to what Qt counts in, and back: the same letters, whatever stands before them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCharFormat, QTextLayout

from ui.looks import font
from ui.widgets.units import drawn_as, line_spans, points, units

TEXTS = st.text(st.sampled_from("ab é😀👩🏽‍🚀\u0301\tא漢"), max_size=80)


@given(TEXTS, st.data())
def test_a_place_is_the_same_there_and_back(text, data):
    place = data.draw(st.integers(0, len(text)))
    assert units(text, place) == sum(1 + (one > "\uffff") for one in text[:place])
    assert points(text, units(text, place)) == place
    assert units(text) == units(text, len(text))


@given(TEXTS, st.data())
def test_what_is_drawn_in_a_format_is_the_span(text, data):
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    made = drawn_as(QTextCharFormat(), text, (start, end))
    raw = text.encode("utf-16-le")
    assert raw[2 * made.start : 2 * (made.start + made.length)].decode("utf-16-le") == text[start:end]


@given(TEXTS)
def test_the_lines_of_a_layout_are_all_of_its_text(qapp, text):
    layout = QTextLayout(text, font(13))
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(60)
    layout.endLayout()
    spans = line_spans(layout)
    assert "".join(text[start:end] for start, end in spans) == text
