"""Bodies for tests of the reader: made by hand, and made at random of every kind of block."""

from __future__ import annotations

from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app.model import Article, Content, Highlight, Metadata, Theme
from app.text.body import RUN_KINDS, Body, Piece, Run
from ui.reader.reader import Reader

THEMES = (
    Theme(1, "t1", "Escalation", ("Escalation",), colour="#cf4a3a", digit=1),
    Theme(2, "t2", "Diplomacy", ("Diplomacy",), colour="#2f78b3", digit=2),
    Theme(3, "t3", "Drones", ("Drones",), colour="#1d9a84", digit=3),
    Theme(4, "t4", "Energy", ("Energy",), colour="#c98a10", digit=4),
)
_LETTERS = "abcdefg hijk ffi, Wort. 12 (x) "
_HEBREW = "שלום עולם "
_ARABIC = "مرحبا بالعالم لا "
_WIDE = "😀🎉𝔘👍🏽👩‍👩‍👧 "
_CJK = "中文段落。"
_ODD = "e\u0301n\u0303 \u00a0\u200d\u200f\u202b\u2067\u2069\ufffd\t"

words = st.lists(
    st.one_of(
        st.text(_LETTERS, max_size=30),
        st.text(_HEBREW + _ARABIC, max_size=20),
        st.text(_WIDE, max_size=6),
        st.text(_CJK, max_size=10),
        st.text(_ODD, max_size=6),
        st.text(max_size=5),
    ),
    max_size=8,
).map("".join)
mixed_words = st.lists(
    st.one_of(
        st.text("abcdegh ijk, 12", min_size=1, max_size=14),
        st.text(_HEBREW, min_size=1, max_size=12),
        st.text("ابتثجحخ دذرزس 12", min_size=1, max_size=12),
    ),
    min_size=2,
    max_size=9,
).map("".join)


@st.composite
def _piece(draw, texts=words):
    text = draw(texts)
    kind = draw(st.sampled_from(["heading", "paragraph", "paragraph", "item", "quote", "code", "callout", "caption"]))
    attributes = {
        "heading": {"level": draw(st.integers(-1, 9))},
        "item": {"depth": draw(st.integers(0, 12)), "ordered": draw(st.booleans())},
        "callout": {"label": draw(st.sampled_from(["", "Note", "Did you know?"]))},
    }.get(kind, {})
    runs = ()
    if text and draw(st.booleans()):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        runs = (Run(start, end, draw(st.sampled_from(sorted(RUN_KINDS))), {"address": "https://example.org"}),)
    return [Piece(text, kind, attributes, runs)]


@st.composite
def _table(draw, texts=words):
    number, rows, columns = draw(st.integers(0, 2)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    cells = [(row, column) for row in range(rows) for column in range(columns) if draw(st.integers(0, 5))]
    if draw(st.integers(0, 6)) == 0:
        cells = [(draw(st.integers(-2, 10**6)), draw(st.integers(-2, 10**6))) for _ in cells]
    return [
        Piece(draw(texts), "cell", {"table": number, "row": row, "column": column, "header": row == 0})
        for row, column in cells
    ]


_other = st.sampled_from([[Piece("", "image", {"alt": "a picture"})], [Piece("", "rule")], [Piece("")]])
bodies = st.lists(st.one_of(_piece(), _piece(), _table(), _other), max_size=7).map(
    lambda parts: Body.of([piece for part in parts for piece in part])
)
mixed_bodies = st.lists(st.one_of(_piece(mixed_words), _table(mixed_words)), min_size=1, max_size=3).map(
    lambda parts: Body.of([piece for part in parts for piece in part])
)


def spans_of(text: str):
    """Return a strategy for spans of a text that are not empty."""
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(tuple)


def article(body: Body, uid: str = "a", **metadata) -> Article:
    return Article(1, uid, Metadata(**({"title": "A title"} | metadata)), words=len(body.text.split()))


def content(*pieces, left_out=()) -> Content:
    return Content(Body.of(pieces), tuple(left_out))


def highlight(body: Body, quote: str, themes=("t1",), uid: str = "h", note: str = "", after: int = 0) -> Highlight:
    start = body.text.index(quote, after)
    return Highlight(1, uid, "a", start, start + len(quote), quote, themes=tuple(themes), note=note)


def spanned(body: Body, span, themes=("t1",), uid: str = "h") -> Highlight:
    return Highlight(1, uid, "a", span[0], span[1], body.text[span[0] : span[1]], themes=tuple(themes))


def told(signal):
    """Return a list that everything which a signal tells from now on is added to."""
    values = []
    signal.connect(lambda *given: values.append(given))
    return values


def opened(looks, shown, *paragraphs: str, marks=()) -> Reader:
    """Return a reader that shows paragraphs, with ``marks``: what else is given of each to :func:`highlight`."""
    made = Reader(looks)
    shown(made, 900, 700)
    made.show_themes(THEMES)
    body = content(*paragraphs)
    made.show_article(article(body.body), body)
    made.show_highlights([highlight(body.body, *mark) for mark in marks])
    QApplication.processEvents()
    return made
