"""A template of the reader's own: it gets plain values, it can do nothing else, and what is wrong in it is said."""

from __future__ import annotations

import pytest

from app.errors import InvalidInput
from app.exporters.template import EXAMPLES


@pytest.fixture
def filled(made, exported, tmp_path):
    """Return what a template makes of a small bundle."""
    war = made.theme("War", definition="What is fought over")
    about = {"attributes": {"Tone": "calm"}}
    item = made.article(["One <two> three."], [("<two>", [war], 'a, "b"')], "First", about=about, outlet="Post")
    of = made.bundle(item, themes=[war], title="A <set>")

    def fill(template: str, name: str = "own.txt") -> str:
        (tmp_path / name).write_text(template, encoding="utf-8")
        return exported(of, "template", file=str(tmp_path / name))[""]

    return fill


def test_what_a_template_is_given(filled):
    assert (
        filled("{{ library.title }} {{ articles[0].outlet }} {{ articles[0].attributes.Tone }}") == "A <set> Post calm"
    )
    assert filled("{% for p in articles[0].passages %}{{ p.quote }}|{{ p.themes[0] }}|{{ p.note }}{% endfor %}") == (
        '<two>|War|a, "b"'
    )
    assert filled("{{ themes[0].passages[0].article.title }}: {{ themes[0].passages[0].citation }}") == (
        "First: Post, “First”, n.d., paragraph 1"
    )


def test_its_filters(filled):
    assert filled("{{ articles[0].passages[0].quote | blockquote }}") == "> &lt;two>"
    assert filled("{{ articles[0].passages[0].note | cell }}") == '"a, ""b"""'
    assert filled("{{ '2025-03-04' | date }} {{ 'n.d.' | date }} {{ '2025-03-04' | date('{month}') }}") == (
        "4 March 2025 n.d. March"
    )
    assert filled("{{ 'a/b: c' | safe_name }}") == "a b c"


def test_a_page_is_escaped_and_a_text_is_not(filled):
    assert filled("{{ library.title }}", "own.html") == "A &lt;set&gt;"
    assert filled("{{ library.title }}", "own.md") == "A <set>"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{% for %}", "line 2"),
        ("{{ nothing.there }}", "nothing"),
        ("one\ntwo {{ articles[0].unheard }}", "line 2"),
        ("{{ 1 // 0 }}", "zero"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ articles.append(1) }}", "unsafe"),
        ("{% for a in range(10000000) %}x{% endfor %}", "cannot be used"),
        ("{% include '/etc/passwd' %}", "cannot be used"),
    ],
)
def test_what_is_wrong_in_it_is_said(filled, template, said):
    with pytest.raises(InvalidInput) as error:
        filled(template)
    assert said in str(error.value)


def test_a_template_that_is_not_there_or_no_text(made, exported, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00\xd8")
    for file in (tmp_path / "none.txt", tmp_path / "bad.txt", tmp_path):
        with pytest.raises(InvalidInput, match="cannot be read"):
            exported(made.bundle(), "template", file=str(file))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_hold_every_marked_passage(made, exported, example):
    war = made.theme("War")
    item = made.article(["One two three."], [("two", [war])], "First")
    text = exported(made.bundle(item, themes=[war]), "template", example=example)[""]
    assert ("two" if example != "matrix.csv" else "First,1") in text
    assert "First" in text
