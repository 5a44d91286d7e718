"""What is reckoned of a text once goes with it, and never with another text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.gauging import gauge, gauge_of, gauged
from app.cleaning.similar import runs, signature
from app.drafts import Draft
from app.text.body import Body

WORDS = st.lists(st.sampled_from(["water", "rose", "harbour", "clerk", "渡", "Straße"]), max_size=60).map(" ".join)


@given(WORDS, WORDS)
def test_a_draft_with_another_text_has_another_gauge(first, second):
    draft = gauged(Draft(Body.of([first])))
    changed = replace(draft, body=Body.of([second]))
    assert gauge_of(draft) == gauge(first)
    assert gauge_of(changed) == gauged(changed).gauge == gauge(second)


def test_the_signature_of_a_long_text_is_the_least_of_those_of_its_parts():
    found = runs(" ".join(f"word{number * number % 2_003}" for number in range(3_000)))
    assert len(found) > 1_024
    assert (signature(found) == signature(found[::-1])).all()
    assert (signature(found) == signature(np.concatenate([found, found]))).all()
    assert (signature(found) != signature(found[:300])).any()
