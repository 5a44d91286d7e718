"""A draw is random, the same everywhere, and fair to its strata."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coding.drawing import draw
from app.errors import InvalidInput

populations = st.dictionaries(st.text("0123456789abcdef", min_size=4, max_size=8), st.sampled_from(["", "a", "b", "c"]),
                              min_size=1, max_size=40)  # fmt: skip


def test_the_same_seed_draws_the_same_articles_for_ever():
    """Written down once: another machine, another year, another Python draw these too."""
    ids = {f"{number:032x}": "" for number in range(100)}
    assert [int(uid, 16) for uid in draw(ids, 6, "7")] == [
        int(uid, 16) for uid in draw(dict(reversed(ids.items())), 6, "7")
    ]
    assert [int(uid, 16) for uid in draw(ids, 6, "7")] == [32, 61, 11, 45, 74, 19]
    assert set(draw(ids, 6, "8")) != set(draw(ids, 6, "7"))


@given(populations, st.data(), st.booleans(), st.text(max_size=3))
def test_a_draw_has_so_many_and_is_fair_to_its_strata(population, data, equal, seed):
    number = data.draw(st.integers(1, len(population)))
    drawn = draw(population, number, seed, equal=equal)
    assert len(set(drawn)) == len(drawn) == number
    assert set(drawn) <= population.keys()
    sizes, shares = Counter(population.values()), Counter(population[uid] for uid in drawn)
    for name, size in sizes.items():
        if equal:
            assert all(shares[name] >= shares[other] - 1 or shares[name] == size for other in sizes)
        else:
            assert abs(shares[name] - size * number / len(population)) < 1


@given(populations, st.data())
def test_a_larger_draw_of_one_stratum_holds_the_smaller_one(population, data):
    ids = dict.fromkeys(population, "")
    number = data.draw(st.integers(1, len(ids)))
    assert draw(ids, len(ids), "x")[:number] == draw(ids, number, "x")


def test_every_article_is_as_likely_as_any_other():
    ids = {f"{number:032x}": "" for number in range(10)}
    drawn = Counter(uid for seed in range(600) for uid in draw(ids, 3, str(seed)))
    assert all(130 < drawn[uid] < 230 for uid in ids)


def test_what_cannot_be_drawn_is_said():
    for number in (0, 3, -1):
        with pytest.raises(InvalidInput, match="cannot be drawn from 2"):
            draw({"a": "", "b": ""}, number, "")
