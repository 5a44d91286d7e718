"""Work done apart: its journey goes on meanwhile, and a journey that is given up leaves nothing behind."""

from __future__ import annotations

from threading import Event

import pytest

from app.apart import apart
from tests.libraries import finished

LONG = 60


def test_the_journey_goes_on_while_the_work_is_under_way():
    gate = Event()
    journey = apart(lambda _unwanted: gate.wait(LONG) and "done")
    for _ in range(3):
        next(journey)
    gate.set()
    assert finished(journey) == "done"


def test_work_that_is_done_at_once_takes_a_step_too():
    assert [*apart(lambda _unwanted: None)] != []


def test_work_that_nobody_wants_any_more_is_told_so():
    ended = []
    journey = apart(lambda unwanted: ended.append(unwanted.wait(LONG)))
    next(journey)
    journey.close()
    assert ended == [True]


def test_what_goes_wrong_comes_back():
    def fail(_unwanted: Event) -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        finished(apart(fail))
