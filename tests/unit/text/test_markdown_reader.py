"""Markdown becomes blocks; HTML inside it stays text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.text.body import Body
from app.text.markdown_reader import read_markdown

TAGS = ["<b>", "</b>", "<h1>", "<script>", "<div>", "<table>", "<td>", "<img src=x>", "<a href='https://x.y'>", "<ul>"]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_markdown(text)]


def test_blocks_of_every_kind():
    assert kinds(
        "# Tides\n\nOne *two* **three**.\n\n> Said.\n\n1. a\n2. b\n    - c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n"
        "---\n\n```\na < b\n\n  c\n```\n"
    ) == [
        ("heading", "Tides"),
        ("paragraph", "One two three."),
        ("quote", "Said."),
        ("item", "a"),
        ("item", "b"),
        ("item", "c"),
        ("cell", "x"),
        ("cell", "y"),
        ("cell", "1"),
        ("cell", "2"),
        ("rule", ""),
        ("code", "a < b"),
        ("code", ""),
        ("code", "  c"),
    ]


def test_runs_and_links():
    (piece,) = read_markdown("See [the *map*](https://a.example/m) and [this](javascript:alert(1)).")
    marked = [(run.kind, piece.text[run.start : run.end]) for run in piece.runs]
    assert marked == [("link", "the map"), ("emphasis", "map")]


def test_footnotes_keep_number_and_text():
    pieces = read_markdown("Tide[^a].\n\n[^a]: Twice a day.")
    assert pieces[0].text == "Tide1."
    assert any(run.kind == "superscript" for run in pieces[0].runs)
    assert pieces[-1].text == "Twice a day."


def test_call_outs_take_their_label_from_title_or_type():
    assert [(p.kind, p.text, p.attributes["label"]) for p in read_markdown("> [!tip] Pro tip\n> Do it.")] == [
        ("callout", "Pro tip", "Pro tip"),
        ("callout", "Do it.", "Pro tip"),
    ]
    assert [(p.text, p.attributes["label"]) for p in read_markdown("> [!note]\n> Text.")] == [("Text.", "Note")]


def test_a_title_that_the_text_says_again_is_not_doubled():
    assert kinds("> [!tip] Did you know?\n> Did you know? The sea is salt.") == [
        ("callout", "Did you know? The sea is salt.")
    ]


def test_quotations_with_an_empty_line_between_stay_apart():
    assert [piece.kind for piece in read_markdown("> [!note] A\n> b\n\n> c")] == ["callout", "callout", "quote"]


def test_html_is_text():
    assert kinds("<h1>x</h1>\n\nA <b>b</b> &amp; <script>alert(1)</script>") == [
        ("paragraph", "<h1>x</h1>"),
        ("paragraph", "A <b>b</b> & <script>alert(1)</script>"),
    ]


@given(st.lists(st.sampled_from(TAGS) | st.sampled_from(["word", "other", "third"]), min_size=1, max_size=8))
def test_no_tag_survives_as_structure(parts):
    (piece,) = read_markdown("x " + " ".join(parts))
    assert piece.kind == "paragraph"
    assert piece.text == "x " + " ".join(parts)
    assert piece.runs == ()


@given(st.text(max_size=300) | st.text(st.sampled_from("#*_`>[]()!-|1. \n~^:\\<&"), max_size=120))
def test_any_text_gives_a_body(text):
    pieces = read_markdown(text)
    assert len(Body.of(pieces).blocks) == len(pieces)


def test_deep_nesting_comes_back_as_text():
    pieces = read_markdown(">" * 3000 + " deep")
    assert "deep" in "".join(piece.text for piece in pieces)
