"""Lines of Markdown become the blocks that CommonMark, GitHub and Obsidian make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.text.body import Piece
from app.text.html_reader import read_html
from app.text.markdown_reader import plain, read_markdown

LINES = (
    "", "", "x y", "- a", "* b", "+ c", "-", "1. d", "2. e", "1) f", "10. g", "  h", "    i", "      j", "> k", ">",
    "> - l", "# m", "#n", "## o ##", "---", "***", "===", "```", "~~~", "  ```", "- ```", "- - p", "  - q", "   - r",
    "    - s", "-     t", "1.  u", "- [ ] v", "***w***", "x\\", "x  ", "\\- y", "*z* **z**",
)  # fmt: skip


def shape(pieces: list[Piece]) -> list[tuple[object, ...]]:
    """Return what a reader sees of blocks: kinds, texts, depths, levels, and what is stressed."""
    return [
        (
            piece.kind,
            piece.text,
            *(piece.attributes.get(name) for name in ("depth", "ordered", "level")),
            *((run.kind, run.start, run.end) for run in piece.runs),
        )
        for piece in pieces
    ]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_markdown(text)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Three points:\n- one\n- two", [("paragraph", "Three points:"), ("item", "one"), ("item", "two")]),
        ("Then:\n1. first\n2. next", [("paragraph", "Then:"), ("item", "first"), ("item", "next")]),
        ("1) x\n2) y", [("item", "x"), ("item", "y")]),
        ("Born in\n1984. A cold year", [("paragraph", "Born in 1984. A cold year")]),
        ("One\n-\n", [("heading", "One")]),
        ("One\n*\ntwo", [("paragraph", "One * two")]),
        ("Said:\n> yes\nand no", [("paragraph", "Said:"), ("quote", "yes and no")]),
        ("Text\n# Head\nmore", [("paragraph", "Text"), ("heading", "Head"), ("paragraph", "more")]),
        ("#tag of Obsidian", [("paragraph", "#tag of Obsidian")]),
        ("Text\n```\n- a\n```\nmore", [("paragraph", "Text"), ("code", "- a"), ("paragraph", "more")]),
        ("- a\n  ```\n  - b\n  ```", [("item", "a"), ("code", "- b")]),
        ("Text\n|a|b|\n|-|-|\n|1|2|", [("paragraph", "Text"), *[("cell", one) for one in "ab12"]]),
        ("a | b\n--|--\n1 | 2\nx", [("cell", one) for one in ("a", "b", "1", "2", "x")]),
        ("- [ ] open\n- [x] done", [("item", "[ ] open"), ("item", "[x] done")]),
        ("one  \ntwo\\\nthree", [("paragraph", "one"), ("paragraph", "two"), ("paragraph", "three")]),
        ("a\\", [("paragraph", "a\\")]),
        ("\\<b\\> \\| \\$5 \\~", [("paragraph", "<b> | $5 ~")]),
        ("~~gone~~", [("paragraph", "~~gone~~")]),
    ],
)
def test_blocks_begin_where_they_do_elsewhere(text, blocks):
    assert kinds(text) == blocks


def test_an_item_lies_in_the_one_whose_text_it_stands_under():
    depths = [piece.attributes["depth"] for piece in read_markdown("- a\n  - b\n    - c\n- d\n1. e\n   - f")]
    assert depths == [1, 2, 3, 1, 1, 2]


def test_a_list_below_a_line_is_plain_as_a_list():
    assert plain("Three points:\n- one\n- two") == "Three points:\n• one\n• two"


def test_what_is_stressed_twice_is_both():
    (piece,) = read_markdown("***both***")
    assert {run.kind for run in piece.runs} == {"strong", "emphasis"}


def test_an_address_is_a_link_without_the_signs_of_its_sentence():
    (piece,) = read_markdown("See https://x.org/a_b*c*d, (https://y.org/e_(f)) and `https://z.org`. 'https://q.org'")
    links = [(piece.text[run.start : run.end], run.attributes["address"]) for run in piece.runs if run.kind == "link"]
    assert links == [(address, address) for address in ("https://x.org/a_b*c*d", "https://y.org/e_(f)")]


def test_the_address_of_a_link_stays_the_one_that_it_states():
    (piece,) = read_markdown("[https://x.org](https://y.org)")
    assert [run.attributes for run in piece.runs] == [{"address": "https://y.org"}]


def test_a_footnote_holds_what_is_indented_below_it():
    pieces = read_markdown("x[^1] y[^b]\n\n[^1]: one\n[^b]: two\n    more\n\n    - point\n\nafter")
    assert [piece.text for piece in pieces if piece.text] == ["x1 y2", "after", "one", "two more", "point"]


def test_a_definition_in_a_footnote_is_text():
    assert kinds("t[^a]\n\n[^a]: [^b]: c") == [("paragraph", "t1"), ("rule", ""), ("item", "[^b]: c")]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8).map("\n".join))
def test_any_lines_are_read_as_another_reader_of_commonmark_reads_them(text):
    other = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    assert shape(read_markdown(text)) == shape(read_html(other))
