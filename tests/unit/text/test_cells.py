from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.cells import guard, unguard


@given(st.one_of(st.text(), st.text(st.sampled_from("'=+-@\t\r x"), max_size=5)))
def test_a_guarded_cell_comes_back_and_is_no_formula(cell):
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["'Tis said", "'", "plain"])
def test_what_a_person_wrote_into_a_table_stays(cell):
    assert unguard(cell) == cell
