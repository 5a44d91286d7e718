"""The names of outlets and people in a query: several words are one value where they stand side by side there."""

from __future__ import annotations

import pytest

from app.search.entries import Names
from app.search.reading import read
from app.workspace import Workspace
from tests.libraries import add


@pytest.fixture
def library(workspace) -> Workspace:
    for title, outlet, byline in (
        ("Wall", "Orbit Nine", "Ada Marlow"),
        ("Boats", "Orbit Weekly", "Ada Lowe, Ben Marlow"),
        ("Gulls", "The Orbit Nine Courier", "Cy Nine"),
    ):
        key = add(workspace.holdings, "The harbour has a wall.", title=title)
        workspace.articles.edit(key, {"outlet": outlet, "byline": byline})
    return workspace


def found(library: Workspace, query: str, **options: bool) -> set[str]:
    return {one.article.metadata.title for one in library.search(query, **options).found}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("outlet: Orbit Nine", {"Wall", "Gulls"}),
        ("outlet:orbit nine", {"Wall", "Gulls"}),
        ("source: Orbit Nine harbour", {"Wall", "Gulls"}),
        ("-outlet: Orbit Nine", {"Boats"}),
        ("harbour (outlet: Orbit Weekly OR gulls)", {"Boats", "Gulls"}),
        ("outlet: Orbit Nine by: Ada Marlow", {"Wall"}),
        ("by: Ada Marlow", {"Wall"}),
        ("author: Ada Marlow wall", {"Wall"}),
        # what stands nowhere side by side are words of their own
        ("outlet: Orbit boats", {"Boats"}),
        ("outlet: Orbit -Nine", {"Boats"}),
        ("outlet: Weekly Orbit", {"Boats"}),
        ("outlet: Weekly OR gulls", {"Boats", "Gulls"}),
        ("outlet: Orbit Weekl*", {"Boats"}),
    ],
)
def test_several_words_behind_a_field_are_one_value_where_they_stand_side_by_side(library, query, titles):
    assert found(library, query) == titles


def test_a_value_of_several_words_is_said_as_one(library):
    assert str(library.search("outlet: Orbit Nine").explained) == "Articles with “Orbit Nine” in the outlet."


def test_the_name_of_a_theme_is_no_value_of_an_outlet(library):
    library.themes.add("War Sea")
    assert str(library.search("outlet: War Sea").explained) == (
        "Articles with War in any form in the outlet and Sea in any form."
    )


def test_so_many_values_are_looked_up_that_an_answer_comes_at_once(library):
    asked: list[str] = []

    def stands(_field: str, words: str) -> bool:
        asked.append(words)
        return False

    read("by:a b " * 200, Names(stands=stands))
    assert len(asked) < 50


def test_a_query_that_is_kept_finds_the_same(library):
    library.collections.add("Nine", "outlet: Orbit Nine")
    assert found(library, "in:Nine") == {"Wall", "Gulls"}
    library.collections.add("By nine", "in:Nine by: Cy Nine")
    assert found(library, 'in:"By nine"') == {"Gulls"}


def test_what_is_being_typed_narrows_as_it_grows(library):
    assert found(library, "outlet: Orbit Nine Cour", typing=True) == {"Gulls"}
    assert found(library, "outlet: Orbit Nine", typing=True) == {"Wall", "Gulls"}
