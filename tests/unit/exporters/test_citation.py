from __future__ import annotations

import pytest

from app.exporters._citation import source_line, source_parts, written_accessed, written_date
from app.model import Metadata, Published


def test_the_whole_line():
    known = Metadata(
        "A title", "A. Writer", "The Outlet", "World", "https://x.org/a", Published.parse("2025-03-04"), "2026-01-05"
    )
    assert source_line(known, 3) == (
        "The Outlet, A. Writer, “A title”, 4 March 2025, https://x.org/a, accessed 5 January 2026, paragraph 3"
    )


def test_what_is_not_known_is_not_said():
    assert source_line(Metadata()) == "“Untitled”, n.d."
    assert source_line(Metadata("T", outlet=" \n")) == "“T”, n.d."


def test_a_line_is_one_line():
    assert source_line(Metadata("A\ntitle", "One\n\tTwo")) == "One Two, “A title”, n.d."


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2025-12-31", "31 December 2025"),
        ("2025-02", "February 2025"),
        ("2025", "2025"),
        ("about 2025-06-01", "about 1 June 2025"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(written, words):
    assert written_date(Published.parse(written)) == words


def test_no_date_is_nd():
    assert dict(source_parts(Metadata("T")))["date"] == "n.d."


@pytest.mark.parametrize(
    ("text", "words"), [("2025-02-30", "2025-02-30"), ("last week", "last week"), (None, ""), ("", "")]
)
def test_a_day_of_access_that_is_none_stays_as_it_is(text, words):
    assert written_accessed(text) == words
