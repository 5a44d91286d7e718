"""Presets of the export: names that are unique, and values that JSON holds; what a hand has spoilt is passed over."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporting.presets import Preset, kept, named, read, read_all, renamed, without, written

TEXTS = st.text(max_size=8)
PRESETS = st.builds(
    Preset, TEXTS, TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3), st.booleans(), st.booleans(), TEXTS, TEXTS
)


@given(PRESETS)
def test_a_preset_comes_back_from_json(one):
    assert read(json.loads(json.dumps(written(one)))) == one


@given(st.lists(PRESETS, max_size=6))
def test_names_are_unique_and_in_order(presets):
    found = ()
    for one in presets:
        found = kept(found, one)
    names = [one.name.casefold() for one in found]
    assert names == sorted(set(names))
    assert set(names) == {" ".join(one.name.split()).casefold() for one in presets}


def test_another_name_replaces_the_one_that_has_it():
    two = kept(kept((), Preset("A", "everything", "csv")), Preset("B", "query", "html"))
    assert [(one.name, one.format) for one in renamed(two, "A", " b ")] == [("b", "csv")]
    assert renamed(two, "none", "x") == two
    assert named(without(two, "A"), "A") is None


@pytest.mark.parametrize("value", [None, 3, [], {"name": 1}, {"options": []}, {"what": None}])
def test_what_is_no_preset_is_passed_over(value):
    assert read(value) is None
    assert read_all([value, written(Preset("A", "everything", "csv"))]) == (Preset("A", "everything", "csv"),)
    assert read_all(value) == ()


def test_kinds_are_the_same_in_all_libraries():
    assert [Preset("", what, "csv").kind for what in ("everything", "theme:1a2b")] == ["everything", "theme"]
