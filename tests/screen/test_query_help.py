"""The help on queries is true and whole: every example is read as it is meant, and every field is told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.search.entries import Names
from app.search.plan import Nothing
from app.search.reading import FIELDS, read
from ui.examples import query_help, template_help

README = Path(__file__).resolve().parents[2] / "README.md"
THEMES = {1: ("Diplomacy",), 2: ("Drone technology", "Counter-drone")}
NAMES = Names(THEMES, {3: "Outlet type"}, lambda name: (frozenset(), frozenset()), date(2025, 3, 5))


@pytest.mark.usefixtures("qapp")
def test_every_example_is_read_as_it_stands():
    seen = set()
    for group in query_help():
        for example, meaning in group.rows:
            reading = read(example, NAMES)
            assert [str(note) for note in reading.notes if "since march" not in str(note)] == [], example
            assert not isinstance(reading.plan, Nothing), example
            assert meaning
            seen.add(reading.plan)
    assert len(seen) == sum(len(group.rows) for group in query_help())


@pytest.mark.usefixtures("qapp")
def test_every_field_is_told_of():
    help_said = " ".join(part for group in query_help() for row in group.rows for part in row)
    readme = README.read_text(encoding="utf-8")
    for field in FIELDS:
        assert f"{field}:" in help_said, field
        assert f"`{field}:" in readme, field


@pytest.mark.usefixtures("qapp")
def test_every_example_of_a_template_can_be_filled():
    """Where an example repeats something, its name stands inside."""
    jinja2 = pytest.importorskip("jinja2")
    passage = {"quote": "q", "note": "n", "themes": ["t"], "citation": "c", "paragraph": 1, "article": {}}
    article = {
        "title": "a", "source": "s", "text": "x", "themes": ["t"], "published": "2025-03-04", "passages": [passage],
        "attributes": {"Outlet type": "wire"},
    }  # fmt: skip
    theme = {"name": "t", "passages": [passage]}
    given = {
        "library": {"title": "l"}, "articles": [article], "themes": [theme], "article": article, "passage": passage,
        "theme": theme,
    }  # fmt: skip
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters |= dict.fromkeys(("blockquote", "cell", "date", "safe_name"), str)
    for group in template_help():
        for example, meaning in group.rows:
            filled = environment.from_string(example).render(given)
            assert filled.strip(), example
            assert "{" not in filled
            assert meaning
