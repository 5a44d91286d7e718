from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._escaping import escape, escape_line, escape_lines, harmless, quoted
from app.text.body import clean_line
from app.text.markdown_reader import read_markdown

markdown_it = pytest.importorskip("markdown_it")
SPECIAL = "\\`*_{}[]()<>#+-.!|~=%$&^:@'\" \tab1é"
LINES = st.one_of(st.text(SPECIAL, max_size=20), st.text(max_size=20).map(clean_line))


def shown(markdown: str, kind: str = "paragraph_open") -> list[str]:
    """Return the text of the blocks of one kind, as a reader of CommonMark shows it."""
    parser = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    return [
        "".join(child.content for child in after.children) for token, after in pairwise(tokens) if token.type == kind
    ]


@given(LINES)
def test_a_line_is_shown_as_the_text_it_was(line):
    assert shown(escape_line(line)) == ([line] if line else [])


@given(LINES, LINES)
def test_within_a_line_too(before, after):
    inner = f"{before} {after}".strip()
    if inner:
        assert shown(f"x {escape(inner)} x") == [f"x {inner} x"]


@given(st.lists(LINES, min_size=1, max_size=4))
def test_lines_are_paragraphs_and_nothing_is_lost(lines):
    text = "\n".join(lines)
    written = escape_lines(text)
    assert shown(written) == [line for line in lines if line]
    assert shown(quoted(written)) == [line for line in lines if line]
    assert written.count("\n") == 2 * text.count("\n")


@given(st.text("\\`*_[]()<>#+-.!&^:ab1é \u00a0", max_size=20))
def test_our_own_reader_reads_it_back(line):
    """But for space, of which HTML keeps one between words and none at the ends."""
    read = " ".join(piece.text for piece in read_markdown(escape_line(line)))
    assert read.split() == line.split()


@pytest.mark.parametrize("price", ["$2 billion", "from $2 to $3", "US$4,000"])
def test_a_price_stays_readable(price):
    assert escape(price) == price


def test_a_formula_of_obsidian_does_not():
    assert escape("$x$") == "&#36;x&#36;"


@pytest.mark.parametrize(
    "text", ["%% hidden %%", "==marked==", "[[link]]", "![[embed]]", "text ^h-1", "#tag", "[!note] x"]
)
def test_what_obsidian_adds_means_nothing(text):
    written = escape_line(text)
    assert not any(mark in written for mark in ("%%", "==", "[[", " ^"))
    assert not written.startswith(("#", "["))
    assert shown(written) == [text]


@given(st.text("<>/!?`~a b\n\\-*#%|&[]()x1.", max_size=60))
def test_no_note_holds_html_or_hides_what_follows(note):
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(quoted(harmless(note)))
    kinds = {child.type for token in tokens for child in [token, *(token.children or [])]}
    assert not kinds & {"html_inline", "html_block"}


FENCED = ["```", "```html", "````", "~~~", "<img src=x>", "%% x", "- item", "1. one", "text", ""]


INDENTED = st.sampled_from(["", " ", "  ", "   ", "    ", "- ", "> "])


@given(st.lists(st.tuples(INDENTED, st.sampled_from(FENCED)), max_size=9))
def test_no_fence_lets_through_what_acts(lines):
    note = "\n".join(before + line for before, line in lines)
    tokens = markdown_it.MarkdownIt("commonmark").parse(quoted(harmless(note)))
    shown = [child for token in tokens for child in [token, *(token.children or [])]]
    assert not {token.type for token in shown} & {"html_inline", "html_block"}
    code = "".join(token.content for token in tokens if token.type == "fence")
    assert harmless(note).count("%%") == code.count("%%")


@given(st.text("<>/!?~a b\n-*#&[]()x1.", max_size=60))
def test_a_note_made_harmless_is_read_as_the_same_text(note):
    def text(markdown: str) -> list[str]:
        return "".join(piece.text for piece in read_markdown(markdown)).split()

    assert text(harmless(note)) == text(note)


def test_a_note_keeps_its_links_and_its_code():
    note = "<https://x.org> and <b>bold</b>\n\n```html\n<b>%%</b>\n```"
    assert harmless(note) == "<https://x.org> and &lt;b>bold&lt;/b>\n\n```html\n<b>%%</b>\n```"
