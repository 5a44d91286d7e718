"""A template of the reader's own: it gets plain values, it can do nothing else, and what is wrong in it is said."""

from __future__ import annotations

import os
import re
import tomllib

import pytest

from app.errors import InvalidInput
from app.exporters import template
from app.exporters._base import exporters
from app.exporters.template import EXAMPLES
from app.exporting.journey import preview
from app.model import Attribute, Interlude, Published
from app.places import resources

HELP = tomllib.loads((resources() / "help" / "templates.toml").read_text(encoding="utf-8"))["group"]
BEFORE = "{% for article in articles %}{% for passage in article.passages %}{% for theme in themes %}"
AFTER = "{% endfor %}{% endfor %}{% endfor %}"


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


def test_what_a_template_makes_ends_as_the_template_does(tmp_path):
    ends = {example: exporters()["template"].ending({"example": example, "file": ""}) for example in EXAMPLES}
    assert ends == {"briefing.md": ".md", "cards.txt": ".txt", "timeline.html": ".html", "matrix.csv": ".csv"}
    assert exporters()["template"].ending({"example": EXAMPLES[0], "file": str(tmp_path / "own.TEX")}) == ".tex"
    assert exporters()["template"].ending({"example": EXAMPLES[0], "file": str(tmp_path / "own")}) == ".txt"


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
    assert filled("{{ 'a_b *c* <i>' | markdown }}") == "a_b \\*c\\* &lt;i>"
    assert filled("{{ '*so* <i>\n```\nx' | note }}|") == "*so* &lt;i>\n\n```\nx\n```|"


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
        ("one\n{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "nested too deeply"),
        ("{{ 'x' * 10 ** 17 }}", "cannot be used"),
        ("{{ 5 | xmlattr }}", "items"),
        ("{{ articles[0].attributes['Unheard'] }}", "Unheard"),
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


ENDLESS = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"


def test_a_template_that_never_ends_is_given_up(filled, monkeypatch):
    monkeypatch.setattr(template, "_PATIENCE", 0.5)
    with pytest.raises(InvalidInput, match="without writing anything"):
        filled(ENDLESS)


def test_the_preview_of_a_template_can_be_stopped(made, tmp_path):
    (tmp_path / "own.txt").write_text(ENDLESS, encoding="utf-8")
    looking = preview(made.bundle(), "template", {"file": str(tmp_path / "own.txt")}, 100)
    for _ in range(3):
        next(looking)
    looking.close()
    # a process that was left would be found after every test
    with pytest.raises(StopIteration):
        next(looking)


def test_a_template_that_is_not_there_or_no_text(made, exported, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00\xd8")
    os.mkfifo(tmp_path / "pipe.txt")
    for file in (
        tmp_path / "none.txt",
        tmp_path / "bad.txt",
        tmp_path,
        tmp_path / "pipe.txt",
        "~no_such_reader/x",
        "a\0b",
    ):
        with pytest.raises(InvalidInput, match="cannot be read"):
            exported(made.bundle(), "template", file=str(file))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_hold_every_marked_passage(made, exported, example):
    war = made.theme("War")
    item = made.article(["One two three."], [("two", [war])], "First")
    text = exported(made.bundle(item, themes=[war]), "template", example=example)[""]
    assert ("two" if example != "matrix.csv" else "First,1") in text
    assert "First" in text


def test_the_timeline_goes_by_day_and_ends_with_what_has_none(made, exported):
    days = {"C": "2025-03-04", "B": "about 2025-02-01", "D": "", "A": "2024"}
    items = [
        made.article(["One."], [], title, number, published=Published.parse(day) if day else None)
        for number, (title, day) in enumerate(days.items())
    ]
    text = exported(made.bundle(*items), "template", example="timeline.html")[""]
    assert re.findall(r"<h2>.*: (\w)</h2>", text) == ["A", "B", "C", "D"]


@pytest.mark.parametrize("written", [row[0] for group in HELP for row in group["rows"]])
def test_every_example_of_the_help_can_be_filled(made, exported, tmp_path, written):
    """Also where articles lack what others have: a field, a date, a passage."""
    war = made.theme("War")
    about = {"attributes": {"Outlet type": "paper"}, "themes": (war.id,)}
    full = made.article(["One two."], [("two", [war], "note")], about=about,
                        published=Published.parse("2025-03-04"))  # fmt: skip
    bare = made.article(["Three."], [("Three", ())], number=2)
    order = ("i", full.article.id, bare.article.id)
    of = made.bundle(full, bare, themes=[war], attributes=(Attribute(1, "a" * 32, "Outlet type"),), order=order,
                     interludes=(Interlude("i", "Part one", 1),))  # fmt: skip
    (tmp_path / "own.txt").write_text(f"{BEFORE}{written}\n{AFTER}", encoding="utf-8")
    text = exported(of, "template", file=str(tmp_path / "own.txt"))[""]
    assert "{" not in text
    assert text.strip()


def test_every_name_in_the_help_is_there(made, exported, tmp_path):
    """What is said to be there also, after the example, is."""
    war = made.theme("War")
    of = made.bundle(made.article(["One two."], [("two", [war])]), themes=[war])
    names = {
        "library": ("title", "note", "made"),
        "article": ("title", "byline", "outlet", "section", "address", "published", "day", "accessed", "language",
                    "state",
                    "note", "words", "id", "source", "text", "paragraphs", "attributes", "themes", "passages"),
        "passage": ("quote", "note", "themes", "citation", "paragraph", "page", "start", "end", "author", "colour",
                    "created", "modified", "lost", "id"),
        "theme": ("name", "definition", "note", "colour", "digit", "depth", "id", "path", "passages"),
    }  # fmt: skip
    said = " ".join(" ".join(row) for group in HELP for row in group["rows"])
    assert [name for several in names.values() for name in several if name not in said] == []
    asked = "".join(f"{{{{ {thing}.{name} }}}}" for thing, several in names.items() for name in several)
    (tmp_path / "own.txt").write_text(f"{BEFORE}{asked}{AFTER}", encoding="utf-8")
    assert "War" in exported(of, "template", file=str(tmp_path / "own.txt"))[""]


@pytest.mark.parametrize("example", EXAMPLES[:3])
def test_the_examples_hold_passages_without_a_theme(made, exported, example):
    item = made.article(["One two three."], [("two", ())], "First")
    assert "two" in exported(made.bundle(item, themes=[made.theme("War")]), "template", example=example)[""]


def test_a_cell_is_no_formula(made, exported):
    item = made.article(["One."], title="=1+1")
    assert "\n'=1+1,0\n" in exported(made.bundle(item, themes=[made.theme("-x")]), "template", example="matrix.csv")[""]
