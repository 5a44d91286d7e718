"""Bylines as pages write them: people, agencies, roles, and what is left as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.names import Name, are_others, people

WORDS = (
    "Ada", "Marsh", "van", "der", "de", "y", "and", "AFP", "Reuters", "Editor", "Senior", "in", "Kyiv", "Jr.", "J.",
    "The", "News", "王小明", "أحمد", "O’Neill", "Jean-Paul", ",", "&", ";", "|", "(", "By", "III", "e", "Al",
)  # fmt: skip


@pytest.mark.parametrize(
    ("byline", "turned"),
    [
        ("Ada Marsh", ["Marsh, Ada"]),
        ("By Ada Marsh and John Q. Smith", ["Marsh, Ada", "Smith, John Q."]),
        ("Ada Marsh, John Smith, and Zoë Field", ["Marsh, Ada", "Smith, John", "Field, Zoë"]),
        ("Ada Marsh & John Smith in London", ["Marsh, Ada", "Smith, John"]),
        ("Ada Marsh, Senior Correspondent", ["Marsh, Ada"]),
        ("Ada Marsh, Reuters", ["Marsh, Ada", "Reuters"]),
        ("Ada Marsh (Kyiv)", ["Marsh, Ada"]),
        ("Ada Marsh; Ada Marsh", ["Marsh, Ada"]),
        ("Ursula von der Leyen", ["von der Leyen, Ursula"]),
        ("Robert De Niro", ["De Niro, Robert"]),
        ("José Ortega y Gasset", ["Ortega y Gasset, José"]),
        ("Ana Gómez y Luis Pérez", ["Gómez, Ana", "Pérez, Luis"]),
        ("Marie Dupont et Jean-Paul Valjean", ["Dupont, Marie", "Valjean, Jean-Paul"]),
        ("Martin Luther King, Jr.", ["King, Martin Luther, Jr."]),
        ("JD Vance", ["Vance, JD"]),
        ("E Smith", ["Smith, E"]),
        ("Иван Петров", ["Петров, Иван"]),
    ],
)
def test_people_by_family_and_given_name(byline, turned):
    assert [name.turned for name in people(byline)] == turned


@pytest.mark.parametrize(
    "byline",
    [
        "Reuters", "AFP", "BBC News", "Chief Editor", "Deputy Editor", "World Today Staff", "The Associated Press",
        "Northbeam News Agency", "ada", "王小明", "أحمد محمد", "Al Bawaba", "Marsh, Ada",
        "Ada Marsh, Minister of Hats and Coats", "The Lantern Street Reading Room", "Guest Writer Ada Marsh",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_one_name_as_it_stands(byline):
    assert people(byline) == (Name(byline),)


def test_the_outlet_is_nobody_in_person():
    assert people("Ada Marsh") == (Name("Marsh", "Ada"),)
    assert people("Ada  Marsh", "ADA MARSH") == (Name("Ada Marsh"),)


def test_no_byline_is_nobody():
    assert people(None) == people("") == people(" ,; ") == ()


@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), st.text(max_size=60)))
def test_every_byline_is_somebody_and_no_name_is_invented(byline):
    found = people(byline)
    words = [word for word in byline.split() if word.casefold() != "by"]
    assert found or not any(letter.isalnum() for letter in "".join(words))
    for name in found:
        assert name.family
        for word in name.spoken.split():
            assert word in byline


@pytest.mark.parametrize(
    ("byline", "other", "others"),
    [
        ("Jane Roe", "J. Smith", True),
        ("Jane Smith", "John Smith", True),
        ("Jane Smith", "J. Smith", False),
        ("J. P. Smith", "Jane Smith", False),
        ("By Jane Roe and Ada Marsh", "Ada Marsh, Reuters", False),
        ("Jane Roe", "Staff writer", False),
        ("Reuters", "AP", False),
        ("王小明", "أحمد", True),
        ("王小明", "王小明", False),
        ("", "Jane Roe", False),
    ],
)
def test_whether_bylines_name_others(byline, other, others):
    assert are_others(byline, other) is are_others(other, byline) is others
