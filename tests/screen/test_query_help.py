"""The help on queries is true and whole: every example is read as it is meant, and every field is told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.model import AttributeKind
from app.search.entries import Membership, Names
from app.search.fields import FIELDS
from app.search.plan import Nothing
from app.search.reading import read
from ui.examples import query_help, template_help

README = Path(__file__).resolve().parents[2] / "README.md"
THEMES = {1: ("Diplomacy",), 2: ("Drone technology", "Counter-drone")}
NAMES = Names(
    THEMES,
    {3: "Outlet type", 4: "Confidence", 5: "Checked on"},
    lambda name: Membership(frozenset(), frozenset()),
    date(2025, 3, 5),
    attribute_kinds={4: AttributeKind.NUMBER, 5: AttributeKind.DATE},
)


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
def test_the_help_on_templates_says_what_each_line_does():
    assert all(example and meaning for group in template_help() for example, meaning in group.rows)
