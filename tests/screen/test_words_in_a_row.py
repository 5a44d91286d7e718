"""What a person reads in one line of parts."""

from __future__ import annotations

from ui.wording import in_a_row, isolated


def test_parts_that_say_nothing_are_left_out():
    assert in_a_row(["Weir Morning", "", "19 Dec 2025"]) == "Weir Morning · 19 Dec 2025"
    assert in_a_row([]) == ""


def test_words_that_run_left_keep_to_themselves():
    outlet = "بريد الميناء"
    assert isolated(outlet) == f"\u2068{outlet}\u2069"
    assert in_a_row([outlet, "11 Nov 2025"], "  ·  ") == f"\u2068{outlet}\u2069  ·  11 Nov 2025"
