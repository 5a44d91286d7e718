"""Quotations with their source, from articles of which little is known, and passages of every shape."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.citing import citation, inner_quotes, quotation, quotation_markdown
from app.exporters._citation import source_line
from app.model import Article, Metadata, Published
from app.text.body import clean_line
from app.text.markdown_reader import read_markdown

WHOLE = Metadata(
    title="Ukraine War: Russia-US Talks",
    byline="Chief Editor",
    outlet="World Today",
    address="https://world.example/talks_1?a=1&copy=2",
    published=Published.parse("2024-12-19"),
    accessed="2025-03-04",
)
WORDS = st.one_of(
    st.none(), st.text(max_size=12).map(clean_line), st.sampled_from(["", "  ", "Al Bawaba", "two\nlines", "a_b*c"])
)
DATES = st.one_of(
    st.none(), st.sampled_from(["2024-12-19", "2024-12", "2024", "about 2024-12-19"]).map(Published.parse)
)
METADATA = st.builds(Metadata, title=WORDS, byline=WORDS, outlet=WORDS, address=WORDS, published=DATES, accessed=WORDS)
LINES = st.one_of(
    st.text("\\`*_{}[]()<>#+-.!|~=%$&^:@'\" \tab1é", max_size=20).map(clean_line), st.text(max_size=20).map(clean_line)
)


def article(metadata=WHOLE):
    return Article(1, "a", metadata)


def test_all_that_is_known_stands_in_the_source_line():
    assert citation(article(), 4) == (
        "World Today, Chief Editor, “Ukraine War: Russia-US Talks”, 19 December 2024, "
        "https://world.example/talks_1?a=1&copy=2, accessed 4 March 2025, paragraph 4"
    )


def test_what_is_not_known_is_left_out_and_the_date_is_said_to_be_missing():
    assert citation(article(Metadata())) == "“Untitled”, n.d."
    assert citation(article(Metadata(title=" ", outlet="\n", byline="A\n B")), 0) == "A B, “Untitled”, n.d."


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2024-12", "December 2024"), ("2024", "2024"), ("about 2024-12-01", "about 1 December 2024")],
)
def test_a_date_is_as_exact_as_it_is_known(written, shown):
    assert citation(article(Metadata(title="T", published=Published.parse(written)))) == f"“T”, {shown}"


def test_a_day_of_access_stands_in_only_where_the_article_has_none():
    assert citation(article(Metadata(title="T")), accessed="2025-01-02") == "“T”, n.d., accessed 2 January 2025"
    assert citation(article(Metadata(title="T", accessed="last May")), accessed="2025-01-02").endswith(
        "accessed last May"
    )
    assert citation(article(Metadata(title="T", accessed="2025-13-99"))).endswith("accessed 2025-13-99")


@given(METADATA, st.one_of(st.none(), st.integers(1, 99)))
def test_the_source_line_is_that_of_the_exports(metadata, paragraph):
    """But for quotation marks in a title, which become single ones here, and line breaks."""
    marks = str.maketrans("", "", '"“”„‟‘’‚‛')
    ours, theirs = citation(article(metadata), paragraph), source_line(metadata, paragraph)
    assert ours.translate(marks).split() == theirs.translate(marks).split()


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("He said “no”.", "He said ‘no’."),
        ('"No," he said ("never").', "‘No,’ he said (‘never’)."),
        ("‘No’, l’homme «dit» 「そう」", "‘No’, l’homme «dit» 「そう」"),
        ('"', "’"),
        ("", ""),
    ],
)
def test_quotation_marks_inside_become_single(quote, shown):
    assert inner_quotes(quote) == shown


def test_a_quotation_is_followed_by_its_source():
    assert quotation("He said “no”.", article(Metadata(title="T")), 2) == "“He said ‘no’.” (“T”, n.d., paragraph 2)"


def test_each_paragraph_opens_and_only_the_last_closes():
    text = quotation("One.\n\n\N{OBJECT REPLACEMENT CHARACTER}\nTwo.\n", article(Metadata(title="T")))
    assert text == "“One.\n“Two.” (“T”, n.d.)"


def test_a_passage_without_words_is_its_source():
    assert quotation(" \n ", article(Metadata(title="T"))) == "(“T”, n.d.)"


def test_a_block_quote_holds_the_paragraphs_and_then_the_source():
    written = quotation_markdown("One.\nTwo.", article(Metadata(title="T", address="https://x.example/a_b")), 3)
    assert written == "> One.\n>\n> Two.\n>\n> — “T”, n.d., <https://x.example/a_b>, paragraph 3\n"


def shown(markdown):
    """Return the paragraphs of Markdown inside quotations, as a reader of CommonMark shows them."""
    tokens = (
        pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    )
    assert {token.type for token in tokens} <= {
        "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline"
    }  # fmt: skip
    return [
        "".join(child.content for child in after.children)
        for token, after in pairwise(tokens)
        if token.type == "paragraph_open"
    ]


@given(st.lists(LINES, max_size=3), METADATA)
def test_markdown_shows_the_passage_and_the_source_to_the_letter(lines, metadata):
    known = [" ".join(line.split()) for line in lines if line.strip()]
    written = quotation_markdown("\n".join(known), article(metadata), 5)
    *quote, source = shown(written)
    assert quote == known
    assert source.split() == f"— {citation(article(metadata), 5)}".split()


@given(st.text("\\`*_{}[]()<>#+-.!|~=%$&^:@'\" ab1é\u00a0", max_size=20))
def test_our_own_reader_reads_it_back(line):
    pieces = read_markdown(quotation_markdown(line, article()))
    assert {piece.kind for piece in pieces} == {"quote"}
    assert " ".join(piece.text for piece in pieces[:-1]).split() == line.split()
    assert pieces[-1].text == f"— {citation(article())}"
