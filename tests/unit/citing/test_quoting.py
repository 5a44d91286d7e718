"""Quotations with their source, from articles of which little is known, and passages of every shape."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from app.citing import (
    Paragraphs,
    citation,
    inner_quotes,
    page_of,
    quotation,
    source_line,
    source_parts,
    written_access,
    written_date,
)
from app.model import Article, Metadata, Published
from app.text.body import Body, Piece, clean_line

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
    assert citation(article(), Paragraphs(4, 4)) == (
        "World Today, Chief Editor, “Ukraine War: Russia-US Talks”, 19 December 2024, "
        "https://world.example/talks_1?a=1&copy=2, accessed 4 March 2025, paragraph 4"
    )


def test_a_printed_source_is_cited_by_its_page():
    body = Body.of([Piece("One.", attributes={"page": "iv"}), Piece("Two.")])
    assert page_of(body, 2) == "iv"
    assert page_of(body, 6) == page_of(Body(), 0) == ""
    assert (
        quotation("One.", article(Metadata(title="T")), Paragraphs(1, 1), page="iv")
        == "“One.” (“T”, n.d., p. iv, paragraph 1)"
    )


def test_what_is_not_known_is_left_out_and_the_date_is_said_to_be_missing():
    assert citation(article(Metadata())) == "“Untitled”, n.d."
    assert citation(article(Metadata(title=" ", outlet="\n", byline="A\n B"))) == "A B, “Untitled”, n.d."


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


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("He said “no”.", "He said ‘no’."),
        ('"No," he said ("never").', "‘No,’ he said (‘never’)."),
        ("‘No’, l’homme «dit» 「そう」", "‘No’, l’homme «dit» 「そう」"),
        ('"', "’"),
        ("", ""),
        ("It was “a ‘wall’ of money”, no ‘dam’.", "It was ‘a “wall” of money’, no ‘dam’."),
        ('"A \u2018wall\u2019, it\u2019s said"', "‘A “wall”, it’s said’"),
        ("Sie sagte: „Eine ‚Mauer‘ aus Geld“.", "Sie sagte: ‚Eine „Mauer“ aus Geld‘."),
        ("“The ‘farmers’ union’ and ’tis ‘one’”", "‘The ‘farmers’ union’ and ’tis ‘one’’"),
    ],
)
def test_quotation_marks_inside_become_single(quote, shown):
    assert inner_quotes(quote) == shown


def test_a_quotation_is_followed_by_its_source():
    assert (
        quotation("He said “no”.", article(Metadata(title="T")), Paragraphs(2, 2))
        == "“He said ‘no’.” (“T”, n.d., paragraph 2)"
    )


def test_each_paragraph_opens_and_only_the_last_closes():
    text = quotation("One.\n\n\N{OBJECT REPLACEMENT CHARACTER}\nTwo.\n", article(Metadata(title="T")))
    assert text == "“One.\n“Two.” (“T”, n.d.)"


def test_a_passage_without_words_is_its_source():
    assert quotation(" \n ", article(Metadata(title="T"))) == "(“T”, n.d.)"


def test_the_whole_line():
    known = Metadata(
        "A title", "A. Writer", "The Outlet", "World", "https://x.org/a", Published.parse("2025-03-04"), "2026-01-05"
    )
    assert source_line(known, Paragraphs(3, 3)) == (
        "The Outlet, A. Writer, “A title”, 4 March 2025, https://x.org/a, accessed 5 January 2026, paragraph 3"
    )


def test_what_is_not_known_is_not_said():
    assert source_line(Metadata()) == "“Untitled”, n.d."
    assert source_line(Metadata("T", outlet=" \n")) == "“T”, n.d."


def test_a_line_is_one_line():
    assert source_line(Metadata("A\ntitle", "One\n\tTwo")) == "One Two, “A title”, n.d."


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2025-12-31", "31 December 2025"),
        ("2025-02", "February 2025"),
        ("2025", "2025"),
        ("about 2025-06-01", "about 1 June 2025"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(written, words):
    assert written_date(Published.parse(written)) == words


def test_no_date_is_nd():
    assert dict(source_parts(Metadata("T")))["date"] == "n.d."


@pytest.mark.parametrize(
    ("text", "words"), [("2025-02-30", "2025-02-30"), ("last week", "last week"), (None, ""), ("", "")]
)
def test_a_day_of_access_that_is_none_stays_as_it_is(text, words):
    assert written_access(text) == words
