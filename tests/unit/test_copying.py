"""What goes to the clipboard: hostile words in every form, and what other programs read of it."""

from __future__ import annotations

import markdown_it
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parsing

from app.citing import STYLES, Paragraphs, citation, quotation, style_of
from app.copying import Cited, Copy, Form, copied, passage, together
from app.model import Article, Metadata, Published
from app.text.body import IMAGE, Body, Piece, clean_line

NASTY = "<script>alert(1)</script> & *stars* [x](y) `q` &amp; # no"
ARTICLE = Article(
    1, "a",
    Metadata(NASTY, "Jane Doe", "The *Daily* <b>", address="https://x.example/a_b?c=1&d=<2>",
             published=Published.parse("2024-12-19")),
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40), st.sampled_from([NASTY, "> a\n\n- b\n1. c", "=x", "مرحبا (UAV)", f"a{IMAGE}\nb"])
)


def shown(markup: str) -> str:
    """Return the text of HTML as a page shows it, a paragraph a line."""
    return "\n".join(str(element.text_content()) for element in parsing.fromstring(f"<div>{markup}</div>").iter("p"))


@pytest.mark.parametrize("style", [style.key for style in STYLES])
def test_the_plain_forms_are_those_of_the_citation(style):
    cited = Cited(ARTICLE, "It is so.", Paragraphs(4, 4))
    assert copied(cited, Form.QUOTATION, style_of(style)) == Copy(
        quotation("It is so.", ARTICLE, Paragraphs(4, 4), style=style)
    )
    assert copied(cited, Form.CITATION, style_of(style)) == Copy(citation(ARTICLE, Paragraphs(4, 4), style=style))


def test_markdown_is_a_quotation_and_its_source():
    known = Article(1, "a", Metadata("T", "Jane Doe", "The Day", address="https://x.example/a_b"))
    assert copied(Cited(known, "One.\nTwo.", Paragraphs(4, 4)), Form.MARKDOWN, style_of("apa")).text == (
        "> One.\n>\n> Two. (Doe, n.d., para. 4)\n>\n> — Doe, J. (n.d.). T. *The Day*. <https://x.example/a_b>"
    )
    assert copied(Cited(known), Form.MARKDOWN, style_of("house")).text == (
        "The Day, Jane Doe, “T”, n.d., <https://x.example/a_b>"
    )


def test_rich_text_is_a_block_quotation_and_its_source():
    known = Article(1, "a", Metadata("T", "Jane Doe", "The Day", address="https://x.example/a"))
    copy = copied(Cited(known, "One.\nTwo.", Paragraphs(4, 4)), Form.RICH, style_of("mla"))
    assert copy.text == quotation("One.\nTwo.", known, Paragraphs(4, 4), style="mla")
    assert copy.html == (
        '<blockquote><p dir="auto">One.</p><p dir="auto">Two. (Doe, par. 4)</p></blockquote>'
        '<p>— Doe, Jane. “T.” <i>The Day</i>, <a href="https://x.example/a">https://x.example/a</a>.</p>'
    )


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(STYLES))
def test_nothing_of_an_article_acts_in_rich_text(quote, title, address, style):
    known = Article(1, "a", Metadata(title, "A & B <i>", "O <u>", address=address))
    page = parsing.fromstring(f"<div>{copied(Cited(known, quote, Paragraphs(2, 2)), Form.RICH, style).html}</div>")
    assert {element.tag for element in page.iter()} <= {"div", "blockquote", "p", "i", "a"}
    for element in page.iter():
        assert set(element.keys()) <= {"href", "dir"}
        assert element.get("href", "https://").startswith(("http://", "https://"))


@given(st.text("\\`*_{}[]()<>#+-.!|~=%$&^:@'\" \tabé1\n", max_size=40), st.sampled_from(STYLES))
def test_markdown_shows_the_very_words(words, style):
    known = Article(
        1, "a", Metadata(clean_line(words.replace("\n", " ")), outlet="O_o *", address="https://x.example/a_*b")
    )
    copy = copied(Cited(known, words, Paragraphs(2, 2)), Form.MARKDOWN, style)
    markup = markdown_it.MarkdownIt().render(copy.text)
    page = parsing.fromstring(f"<div>{markup}</div>")
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    said = [" ".join(str(element.text_content()).split()) for element in page.iter("p")]
    source = " ".join(citation(known, Paragraphs(2, 2), style=style.key).split())
    assert said[-1] == (f"— {source}" if lines else source)
    assert said[:-1][:-1] == lines[:-1]
    assert not lines or said[-2].startswith(lines[-1])
    assert {element.tag for element in page.iter()} <= {"div", "blockquote", "p", "em", "a"}


def test_several_are_copied_one_below_the_other():
    copies = [Copy("a", "<p>a</p>"), Copy("b", "<p>b</p>")]
    assert together(copies, Form.CITATION) == Copy("a\nb", "<p>a</p><p>b</p>")
    assert together(copies, Form.QUOTATION).text == "a\n\nb"


def test_a_passage_knows_its_place_unless_it_was_lost():
    body = Body.of([Piece("One.", attributes={"page": "7"}), Piece("Two.")])
    assert passage(ARTICLE, body, 5, "Two.") == Cited(ARTICLE, "Two.", Paragraphs(2, 2), "")
    assert passage(ARTICLE, body, 0, "One.") == Cited(ARTICLE, "One.", Paragraphs(1, 1), "7")
    assert passage(ARTICLE, body, 0, "One.\nTwo.") == Cited(ARTICLE, "One.\nTwo.", Paragraphs(1, 2), "7")
    assert passage(ARTICLE, body, 0, "One.\n") == Cited(ARTICLE, "One.\n", Paragraphs(1, 1), "7")
    assert passage(ARTICLE, body, 0, "Gone.", anchored=False) == Cited(ARTICLE, "Gone.")
