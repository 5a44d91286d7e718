from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Precision, Published

PUBLISHED = st.builds(Published, st.dates(), st.sampled_from(Precision))


@given(PUBLISHED)
def test_a_date_is_read_as_it_was_written(published: Published) -> None:
    assert Published.parse(str(published)) == published


@pytest.mark.parametrize(
    ("text", "day", "precision", "last"),
    [
        ("2025-03-04", date(2025, 3, 4), Precision.DAY, date(2025, 3, 4)),
        ("2024-02", date(2024, 2, 1), Precision.MONTH, date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), Precision.YEAR, date(2025, 12, 31)),
        ("about 2025-03-04", date(2025, 3, 4), Precision.ABOUT, date(2025, 3, 4)),
        ("  About 2025-03-04 ", date(2025, 3, 4), Precision.ABOUT, date(2025, 3, 4)),
        ("0001", date(1, 1, 1), Precision.YEAR, date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), Precision.MONTH, date(9999, 12, 31)),
    ],
)
def test_the_written_forms(text: str, day: date, precision: Precision, last: date) -> None:
    published = Published.parse(text)
    assert (published.day, published.precision, published.last_day()) == (day, precision, last)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2025-02-30", "2025-13", "2025-3-4", "25-03-04", "2025-03-04T10:00", "0000", "2025-", "-2025"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Published.parse(text)


@given(PUBLISHED)
def test_a_date_ends_no_earlier_than_it_begins(published: Published) -> None:
    assert published.day <= published.last_day()


def test_the_same_month_is_the_same_value() -> None:
    assert Published(date(2025, 3, 17), Precision.MONTH) == Published.parse("2025-03")
    assert Published(date(2025, 3, 17), Precision.YEAR) == Published.parse("2025")
