"""Agreement measured as the authors of the measures do it by hand, and as its nature demands."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coding.agreement import agreement, cohen, decimals, krippendorff, observed, patterns_of

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): A, two observers and binary data; B, two
# observers and nominal data; C, four observers and missing data. A dot is a unit that an observer did not code.
BINARY = ("0100000010", "1110010000")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
MISSING = ("123321412...", "1233224125.3", ".3332342251.", "123324412 51.".replace(" ", ""))
WORKED = (
    (BINARY, 0.095),
    (NOMINAL, 0.692),
    (MISSING, 0.743),
)

few = st.sampled_from([None, "a", "b", "c"])
tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.tuples(*[few] * coders), min_size=1, max_size=20).map(lambda units: Counter(units))
)


def table(*rows: str):
    return patterns_of([[None if value == "." else value for value in row] for row in rows])


@pytest.mark.parametrize(("rows", "alpha"), WORKED)
def test_krippendorffs_own_examples(rows, alpha):
    assert round(float(krippendorff(table(*rows))), 3) == alpha


def test_the_coincidences_of_the_binary_example():
    """There: 10, 4, 4 and 2 pairs among 20 values; alpha is 1 - 19 * 4 / (14 * 6)."""
    assert krippendorff(table(*BINARY)) == 1 - Fraction(19 * 4, 14 * 6)
    assert observed(table(*BINARY)) == Fraction(6, 10)


@pytest.mark.parametrize(
    ("counts", "percent", "kappa"),
    [
        # two readers of 50 grant proposals, a textbook case
        ({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}, 70, Fraction(2, 5)),
        # two tables with equal agreement and unequal margins
        ({("yes", "yes"): 45, ("yes", "no"): 15, ("no", "yes"): 25, ("no", "no"): 15}, 60, Fraction(6, 46)),
        ({("yes", "yes"): 25, ("yes", "no"): 35, ("no", "yes"): 5, ("no", "no"): 35}, 60, Fraction(14, 54)),
        # Cohen (1960), table 1: 200 cases, .70 observed, .41 by chance, kappa .492
        (
            {
                ("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18,
                ("2", "1"): 10, ("2", "2"): 40, ("2", "3"): 10,
                ("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12,
            },
            70,
            Fraction(29, 59),
        ),
    ],
)  # fmt: skip
def test_kappa_of_textbooks(counts, percent, kappa):
    found = agreement(counts)
    assert cohen(counts) == kappa
    assert math.isclose(found.percent, percent)
    assert math.isclose(found.kappa, float(kappa))
    assert found.units == sum(counts.values())
    assert found.why is None


def test_where_there_is_nothing_to_measure_it_is_said():
    nobody = agreement({(False, False): 30})
    assert (nobody.units, nobody.percent, nobody.kappa, nobody.alpha, nobody.marked) == (30, 100, None, None, (0, 0))
    assert "coded alike" in str(nobody.why)
    alone = agreement({(True, None): 4, (None, False): 2})
    assert (alone.units, alone.percent, alone.kappa, alone.alpha, alone.marked) == (0, None, None, None, (4, 0))
    assert "no unit" in str(alone.why)
    assert agreement({}).percent is None
    three = agreement({(True, False, True): 3, (False, False, False): 4})
    assert three.kappa is None
    assert "two coders" in str(three.why)
    assert three.alpha is not None


def test_one_who_always_says_yes_agrees_no_better_than_chance():
    assert cohen({(True, True): 9, (True, False): 1}) == 0


@given(tables)
def test_the_same_twice_is_full_agreement(counts):
    twice = Counter({(pattern[0], pattern[0]): count for pattern, count in counts.items() if pattern[0] is not None})
    assert observed(twice) in (1, None)
    assert cohen(twice) in (1, None)
    assert krippendorff(twice) in (1, None)
    if len(twice) > 1:
        assert krippendorff(twice) == cohen(twice) == 1


@given(tables, st.randoms(use_true_random=False))
def test_who_comes_first_and_which_unit_makes_no_difference(counts, chance):
    coders = list(range(max(map(len, counts))))
    chance.shuffle(coders)
    units = list(counts.elements())
    chance.shuffle(units)
    turned = Counter(tuple(pattern[coder] for coder in coders) for pattern in units)
    assert observed(turned) == observed(counts)
    assert krippendorff(turned) == krippendorff(counts)
    if len(coders) == 2:
        assert cohen(turned) == cohen(counts)


@given(tables)
def test_units_are_counted_not_weighed(counts):
    """Ten times as many units: agreement as seen, and kappa, stay; alpha comes closer to kappa's kind of chance."""
    many = Counter({pattern: count * 10 for pattern, count in counts.items()})
    assert observed(many) == observed(counts)
    assert all(measure is None or measure <= 1 for measure in (krippendorff(counts), krippendorff(many)))
    if max(map(len, counts)) == 2:
        assert cohen(many) == cohen(counts)


@given(tables)
def test_a_unit_that_one_coder_alone_saw_changes_nothing(counts):
    coders = max(map(len, counts))
    more = counts + Counter({("a", *[None] * (coders - 1)): 5})
    assert krippendorff(more) == krippendorff(counts)
    assert agreement(more).units == agreement(counts).units


def test_what_is_shown_is_full_agreement_only_where_nothing_differs_and_never_minus_nought():
    assert decimals(100.0, 1, 100) == 100
    assert f"{decimals(99.98, 1, 100):.1f}" == "99.9"
    assert f"{decimals(0.9999, 3, 1):.3f}" == "0.999"
    assert f"{decimals(-0.0002, 3, 1):.3f}" == "0.000"
    assert f"{decimals(-0.25, 3, 1):.3f}" == "-0.250"
