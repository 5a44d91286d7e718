"""Excerpts: lines that fit, and hits marked to the character."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat

from ui.looks import SANS, font
from ui.widgets.lines import ELLIPSIS, begun, elided, laid_out
from ui.widgets.units import units

HIT = QTextCharFormat()
HIT.setFontWeight(QFont.Weight.DemiBold)
LETTERS = st.text(st.sampled_from("ab é😀👩🏽‍🚀\u0301\n\tא漢"), max_size=80)


@st.composite
def texts_with_spans(draw):
    text = draw(LETTERS)
    ends = draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    spans = [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False) if start < end]
    return text, spans


@given(texts_with_spans())
def test_the_marks_of_a_layout_are_the_spans(qapp, case):
    text, spans = case
    layout = laid_out(text, spans, HIT, font(13), 10_000, 2, 18)
    assert units(layout.text()) == units(text)
    marked = [(one.start, one.start + one.length) for one in layout.formats()]
    assert marked == [(units(text, start), units(text, end)) for start, end in spans]


def test_a_hit_after_an_emoji_is_marked_where_it_stands(qapp):
    text = "Flags 🇺🇦😀 over the Caspian"
    start = text.index("Caspian")
    layout = laid_out(text, [(start, start + 7)], HIT, font(13), 10_000, 2, 18)
    one = layout.formats()[0]
    raw = layout.text().encode("utf-16-le")
    assert raw[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le") == "Caspian"


@given(st.text(st.sampled_from("abc def😀 漢."), min_size=1, max_size=400), st.integers(60, 300))
def test_lines_fit_and_what_is_cut_ends_in_an_ellipsis(qapp, text, width):
    layout = laid_out(text, [(0, 1)], HIT, font(13), width, 2, 18)
    assert layout.lineCount() <= 2
    shown = sum(layout.lineAt(number).textLength() for number in range(layout.lineCount()))
    assert shown == units(layout.text())
    for number in range(layout.lineCount()):
        assert layout.lineAt(number).naturalTextWidth() <= width + 1
    if layout.text() != text:
        assert layout.text().endswith(ELLIPSIS)
        assert text.startswith(layout.text()[:-1])


def test_marks_that_are_cut_off_are_not_marked(qapp):
    text = "word " * 60
    spans = [(0, 4), (290, 294)]
    layout = laid_out(text, spans, HIT, font(13), 120, 2, 18)
    assert [(one.start, one.length) for one in layout.formats()] == [(0, 4)]


def test_a_byte_order_mark_moves_nothing(qapp):
    layout = laid_out("\ufeffCaspian", [(1, 8)], HIT, font(13), 500, 1, 18)
    one = layout.formats()[0]
    assert layout.text()[one.start : one.start + one.length] == "Caspian"


@given(st.text(min_size=0, max_size=60).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_an_elided_line_has_no_break(qapp, text):
    shown = elided(text, font(13, family=SANS), 90)
    assert not set(shown) & {"\n", "\r", "\u2028", "\u2029"}
    assert QFontMetricsF(font(13)).horizontalAdvance(elided("x" * 200, font(13), 90)) <= 90


@given(st.integers(0, 30), st.integers(0, 30), st.integers(200, 320), st.sampled_from([" ", ""]))
def test_the_first_hit_is_always_seen(qapp, before, after, width, gap):
    text = gap.join(["漢字仮名"] * before + ["HIT"] + ["word😀"] * after)
    start = text.index("HIT")
    layout = laid_out(text, [(start, start + 3)], HIT, font(13), width, 2, 18)
    marked = [(one.start, one.start + one.length) for one in layout.formats()]
    raw = layout.text().encode("utf-16-le")
    assert [raw[2 * first : 2 * last].decode("utf-16-le") for first, last in marked] == ["HIT"]


def test_where_a_text_ends_soon_after_its_hit_more_of_what_comes_before_is_shown(qapp):
    text = "Two of them have since left. " * 9 + "One now advises the operator that runs the eastern quay."
    start = text.index("quay")
    layout = laid_out(text, [(start, start + 4)], HIT, font(13), 400, 2, 18)
    assert layout.lineCount() == 2
    assert "One now advises the operator" in layout.text()
    assert layout.text().endswith("quay.")


def test_what_comes_before_the_first_word_is_left_away():
    assert begun("\ufffc  The chart", [(3, 6), (0, 2)]) == ("The chart", [(0, 3)])
    assert begun("The chart", [(0, 3)]) == ("The chart", [(0, 3)])
