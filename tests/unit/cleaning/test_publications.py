"""One publication or two: by address, outlet and date, however these are written."""

from __future__ import annotations

import pytest

from app.cleaning.publications import are_two, bylines_differ, outlets_differ
from app.model import Metadata, Published


@pytest.mark.parametrize(("outlet", "other", "differ"), [
    ("The Globe", "globe", False),
    ("The Guardian (London)", "Guardian", False),
    ("theguardian.com", "The Guardian", False),
    ("www.bbc.co.uk", "BBC", False),
    ("Globe", "Chronicle", True),
    ("The", "Then", True),
    ("人民日报", "新华社", True),
    ("!!!", "???", True),
    ("", "Chronicle", False),
])  # fmt: skip
def test_outlets(outlet, other, differ):
    one, two = [Metadata(outlet=outlet)], [Metadata(outlet=other)]
    assert outlets_differ(one, two) is outlets_differ(two, one) is differ


@pytest.mark.parametrize(("day", "other", "differ"), [
    ("2025-03-04", "2025-03-05", True),
    ("2025-03-04", "2025-03", False),
    ("2025-03-04", "2025", False),
    ("2025-03", "2025-04", True),
    ("about 2025-03-04", "2024", False),
])  # fmt: skip
def test_days(day, other, differ):
    one, two = ([Metadata(published=Published.parse(text))] for text in (day, other))
    assert are_two(one, two) is are_two(two, one) is differ


def test_one_address_is_one_publication_whatever_else_is_said():
    one = Metadata(outlet="Globe", address="https://globe.example/a", published=Published.parse("2025-03-04"))
    two = Metadata(outlet="Chronicle", address="http://www.globe.example/a/#top", published=Published.parse("2024"))
    assert not are_two([one], [two])


def test_what_was_known_once_is_enough():
    now, before, new = Metadata(outlet="Globe"), Metadata(outlet="Chronicle"), Metadata(outlet="The Chronicle")
    assert are_two([now], [new])
    assert not are_two([now, before], [new])


def test_bylines():
    assert bylines_differ([Metadata(byline="Jane Roe")], [Metadata(byline="J. Smith")])
    assert not bylines_differ([Metadata()], [Metadata(byline="J. Smith")])
