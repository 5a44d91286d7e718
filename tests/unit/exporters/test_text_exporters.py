"""One document in Markdown or plain words: all that was marked is in it, in the order that was asked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.exporters._opening import uses
from app.model import Interlude
from app.text.body import Piece, Run


@pytest.fixture(scope="module")
def set_(made):
    """Return a bundle with two articles, nested themes, notes, an orphan and an attribute."""
    war = made.theme("War")
    drones = made.theme("Drones", war)
    pieces = [
        "Intro",
        Piece("Costs", "heading", {"level": 2}),
        "Drones cost *money*.",
        Piece("a", "item"),
        Piece("b", "item"),
    ]
    one = made.article(pieces, [("Drones cost", [drones], "A *note*")], "One", about={"attributes": {"Tone": "calm"}})
    other = made.article(["Talks stall."], [], "Other", 2, outlet="The Post", byline="Ann Lee")
    lost = made.orphan(other, "gone words", [war])
    other = type(other)(other.article, other.content, (lost,))
    return made.bundle(one, other, themes=[war, drones], note="About *all* of it")


def test_markdown_article_by_article(exported, set_):
    text = exported(set_, "markdown_file", texts=False)[""]
    assert text == (
        "# A set\n\nAbout *all* of it\n\n"
        "## One\n\n“One”, n.d.\n\n- Tone: calm\n\n"
        "> Drones cost\n\n**War > Drones** · paragraph 3\n\nA *note*\n\n"
        "## Other\n\nThe Post, Ann Lee, “Other”, n.d.\n\n"
        "> gone words\n\n**War** · no longer in the text\n\n"
    )


def test_markdown_with_texts_keeps_one_line_of_headings(exported, set_):
    text = exported(set_, "markdown_file")[""]
    assert "## One\n" in text
    assert "\n#### Costs\n" in text
    assert "Drones cost \\*money\\*." in text
    assert "###### Passages\n\n> Drones cost\n" in text


def test_each_ordered_list_counts_from_one(made, exported):
    items = (("a", 1, 0), ("b", 2, 1), ("c", 2, 1), ("d", 1, 0), ("e", 1, 1), ("f", 1, 1), ("g", 3, 1), ("h", 1, 1))
    pieces = [Piece(text, "item", {"depth": depth, "ordered": bool(ordered)}) for text, depth, ordered in items]
    bundle = made.bundle(made.article(pieces, [("a", (), "- x\n- y\n\n1. z")]))
    assert "- a\n    1. b\n    2. c\n- d\n1. e\n2. f\n    1. g\n3. h\n" in exported(bundle, "markdown_file")[""]
    words = exported(bundle, "text")[""]
    assert "- a\n  1. b\n  2. c\n- d\n1. e\n2. f\n  1. g\n3. h\n" in words
    assert "    - x\n    - y\n    1. z\n" in words


def test_plain_text(exported, set_):
    text = exported(set_, "text", group="theme")[""]
    assert text.startswith("A set\n=====\n\nAbout all of it\n\nWar\n===\n\n")
    assert "> Drones cost\n    [War > Drones] “One”, n.d., paragraph 3\n    A note\n" in text
    assert "Drones cost *money*.\n\n- a\n- b\n" in text
    assert "> gone words\n    [War] The Post, Ann Lee, “Other”, n.d., no longer in the text\n" in text
    assert "“Other”, n.d., no longer in the text\n" in exported(set_, "markdown_file", group="theme")[""]


def test_a_collection_is_read_in_its_order(made, exported):
    item = made.article(["One two."], [("two", ())], "First")
    between = (Interlude("i", "Part one", 1), Interlude("j", "See *this*."))
    of = made.bundle(item, order=("i", "j", item.highlights[0].id), interludes=between)
    assert "## Part one\n\nSee *this*.\n\n> two\n\n“First”, n.d., paragraph 1\n" in exported(of, "markdown_file")[""]
    assert "Part one\n========\n\nSee this.\n\n> two\n    “First”, n.d., paragraph 1\n" in exported(of, "text")[""]


@given(st.data())
def test_whatever_is_marked_stands_in_both(made, exported, data):
    """Markdown shows each passage to the letter as another reader of it reads it; plain text has it line by line."""
    lines = [line for line in data.draw(made.lines) if line.strip()] or ["x"]
    theme = made.theme(data.draw(made.line.filter(str.strip)))
    item = made.article(lines, [("\n".join(lines), [theme], data.draw(made.line))], data.draw(made.line))
    of = made.bundle(item, themes=[theme])
    group = data.draw(st.sampled_from(["article", "theme"]))
    plain = exported(of, "text", group=group, texts=False)[""]
    assert all(f"> {line}".rstrip() in plain for line in lines)
    html = MarkdownIt("commonmark").render(exported(of, "markdown_file", group=group, texts=False)[""])
    assert "<script" not in html
    assert html.count("<blockquote>") >= 1


def test_nothing_of_a_stranger_acts(made, exported):
    item = made.article(
        [Piece("click", runs=(Run(0, 5, "link", {"address": "javascript:alert(1)"}),))], [("click", (), "<img src=x>")]
    )
    text = exported(made.bundle(item), "markdown_file")[""]
    assert "javascript" not in text
    assert "&lt;img" in text


@given(
    st.lists(
        st.sampled_from(
            [
                "```",
                "  ~~~~ x",
                "````",
                "a `b`",
                "",
                "# A",
                "B\n===",
                "  ```",
                "1. ~~~",
                "```a`b",
                "    ```",
                "~~~",
                "- ```",
            ]
        ),
        max_size=5,
    )
)
def test_no_note_takes_in_what_comes_after_it(made, exported, lines):
    """Code that is left open in a note would swallow the rest of the document."""
    note = "\n".join(lines)
    about = {"note": note}
    of = made.bundle(made.article(["A."], [("A", (), note)], "One", about=about), made.article(["B."], [], "Next", 2),
                     themes=[made.theme("War", note=note)], note=note)  # fmt: skip
    html = MarkdownIt("commonmark").render(exported(of, "markdown_file", texts=False)[""])
    assert re.findall("<h[1-5]>.*", html) == ["<h1>A set</h1>", "<h2>One</h2>", "<h2>Next</h2>"]
    assert "<blockquote>\n<p>A</p>\n</blockquote>" in html


@pytest.mark.parametrize(("key", "heading"), [("markdown_file", "# One"), ("text", "One\n==="), ("html", ">One</h1>")])
def test_the_title_of_the_only_article_stands_there_once(made, exported, key, heading):
    text = exported(made.bundle(made.article(["A."], [("A",)], "One"), title="One"), key)[""]
    assert heading in text
    assert len(re.findall("^# One|^## One|^One$|>One</h", text, re.MULTILINE)) == 1


@pytest.mark.parametrize(
    ("key", "heading"),
    [("markdown_file", "# Commonplace"), ("text", "Commonplace\n==="), ("html", ">Commonplace</h1>")],
)
def test_what_has_no_title_is_called_something(made, exported, key, heading):
    assert heading in exported(made.bundle(made.article(["A."], [], None), title=""), key)[""]


def test_a_theme_is_used_on_passages_and_on_articles(made):
    war = made.theme("War")
    about = {"themes": (war.id,)}
    of = made.bundle(made.article(["A b."], [("A", [war]), ("b", [war])], "One", about=about), themes=[war])
    assert [(theme.name, times) for theme, times in uses(of)] == [("War", 3)]
