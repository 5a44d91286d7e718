"""Columns that grow are cut into pages; what is read of these is what was put, whenever pages were taken off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.search.paging import Sheets
from app.search.resident import PAGE
from app.search.segments import TYPES
from app.search.store import Store

names = st.sampled_from(sorted(TYPES.keys() - {"doc"}))  # what is no document's number is refused there
puts = st.tuples(names, st.integers(0, 40_000), st.integers(0, 250))
takes = st.none()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(puts, puts, takes), max_size=12), st.booleans())
def test_columns_are_read_as_they_were_put(shops_in, deeds, in_the_end):
    with shops_in() as (shop, _):
        store, sheets = Store(shop.connection), Sheets()
        draft = store.begin("article")
        wanted = {name: np.zeros(0, kind) for name, kind in TYPES.items()}
        for deed in [*deeds, ("key", 1, 7), *([None] if in_the_end else [])]:
            if deed is None:
                store.add(draft, sheets.taken())
                assert sheets.ready == 0
            else:
                name, count, first = deed
                numbers = (np.arange(count) + first) % 251
                sheets.put(name, numbers)
                wanted[name] = np.concatenate([wanted[name], numbers.astype(TYPES[name])])
        draft.documents = sheets.count["key"]
        draft.directory, pages = sheets.rest()
        store.add(draft, pages)
        assert store.is_whole(draft)
        store.finish(draft)
        (live,) = store.live("article")
        for name, column in wanted.items():
            assert (live.segment.column(name) == column).all()


@pytest.mark.parametrize("taken", [False, True])
def test_no_more_than_what_is_not_a_page_yet_is_held(taken):
    sheets = Sheets()
    sheets.put("place", np.zeros(PAGE, np.uint32))
    pages = sheets.taken() if taken else []
    assert len(pages) == (4 if taken else 0)
    assert sheets.ready == (0 if taken else 4 * PAGE)
