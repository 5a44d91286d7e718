"""The library thread: one piece of work at a time, persons first, and nothing ends it but its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from app.errors import Cancelled
from app.lane import DEED, IDLE, SOON, SPARE, Lane

PATIENCE = 5


class Answers:
    """What a lane answered, in order."""

    def __init__(self):
        self.queue = SimpleQueue()

    def __call__(self, result, error):
        self.queue.put((result, error))

    def next(self):
        return self.queue.get(timeout=PATIENCE)


@pytest.fixture
def answers():
    return Answers()


@pytest.fixture
def lane(answers) -> Iterator[Lane[list]]:
    made = Lane(list, list.clear, answers, "test")
    assert answers.next() == (None, None)
    yield made
    made.end()
    made.join()


def test_a_job_is_done_in_the_thread_of_the_lane(lane, answers):
    lane.ask(lambda held: (held, threading.current_thread().name), answers)
    assert answers.next() == (([], "test"), None)


def test_an_error_goes_to_whoever_asked_and_the_lane_goes_on(lane, answers):
    lane.ask(lambda held: held[7], answers)
    assert isinstance(answers.next()[1], IndexError)
    lane.ask(len, answers)
    assert answers.next() == (0, None)


def test_jobs_go_before_the_next_step_of_a_journey_and_idle_work_last(lane, answers):
    begun, go = threading.Event(), threading.Event()

    def journey(held):
        for number in range(3):
            begun.set()
            assert go.wait(PATIENCE)
            held.append(number)
            yield number
        return "walked"

    lane.ask(lambda held: "idle", answers, rank=IDLE)
    assert answers.next() == ("idle", None)
    steps = []
    lane.walk(journey, steps.append, answers)
    assert begun.wait(PATIENCE)
    lane.ask(lambda held: "idle", answers, rank=IDLE)
    lane.ask(list, answers)
    go.set()
    assert answers.next() == ([0], None)
    assert answers.next() == ("walked", None)
    assert answers.next() == ("idle", None)
    assert steps == [0, 1, 2]


def test_a_journey_that_is_cancelled_ends_after_its_step_and_is_closed(lane, answers):
    begun, closed = threading.Event(), threading.Event()

    def journey(_held):
        try:
            while True:
                begun.set()
                time.sleep(0.001)
                yield None
        finally:
            closed.set()

    ticket = lane.walk(journey, lambda _step: None, answers)
    assert begun.wait(PATIENCE)
    ticket.cancel()
    assert isinstance(answers.next()[1], Cancelled)
    assert closed.is_set()


def test_what_was_cancelled_before_it_began_is_not_done(lane, answers):
    go = threading.Event()
    lane.ask(lambda _held: go.wait(PATIENCE), answers)
    ticket = lane.ask(lambda held: held.append("done"), answers)
    ticket.cancel()
    go.set()
    assert answers.next() == (True, None)
    assert isinstance(answers.next()[1], Cancelled)
    lane.ask(list, answers)
    assert answers.next() == ([], None)


def test_ending_does_what_waits_and_closes_what_was_open(answers):
    closed = []
    go = threading.Event()
    lane = Lane(list, closed.append, answers, "test")
    assert answers.next() == (None, None)
    begun = threading.Event()
    lane.ask(lambda _held: (begun.set(), go.wait(PATIENCE))[1], answers)
    assert begun.wait(PATIENCE)
    lane.ask(len, answers)
    lane.end()
    go.set()
    lane.join()
    assert answers.next() == (True, None)
    assert answers.next() == (0, None)
    assert closed == [[]]


def test_ending_ends_a_journey_after_its_step(answers):
    begun, go = threading.Event(), threading.Event()
    closed = []

    def journey(_held):
        try:
            while True:
                begun.set()
                assert go.wait(PATIENCE)
                yield None
        finally:
            closed.append("journey")

    lane = Lane(list, lambda _held: closed.append("library"), answers, "test")
    assert answers.next() == (None, None)
    lane.walk(journey, lambda _step: None, answers)
    assert begun.wait(PATIENCE)
    lane.end()
    go.set()
    lane.join()
    assert isinstance(answers.next()[1], Cancelled)
    assert closed == ["journey", "library"]


def test_what_cannot_be_opened_is_told(answers):
    lane = Lane(lambda: {}["library"], lambda _held: None, answers, "test")
    assert isinstance(answers.next()[1], KeyError)
    lane.join()


def test_work_that_comes_after_the_end_is_refused(answers):
    lane = Lane(list, list.clear, answers, "test")
    assert answers.next() == (None, None)
    lane.end()
    lane.join()
    lane.ask(len, answers)
    assert isinstance(answers.next()[1], Cancelled)


def test_a_spare_journey_goes_on_only_when_nothing_else_is_wanted(lane, answers):
    begun, go = threading.Event(), threading.Event()
    order = []

    def journey(name):
        def walked(_held):
            for step in range(2):
                order.append(f"{name} {step}")
                yield step
                begun.set()
                go.wait(PATIENCE)

        return walked

    lane.walk(journey("spare"), lambda _step: None, answers, rank=SPARE)
    assert begun.wait(PATIENCE)
    lane.ask(lambda _held: order.append("idle"), answers, rank=IDLE)
    lane.walk(journey("journey"), lambda _step: None, answers)
    go.set()
    for _ in range(3):
        answers.next()
    assert order == ["spare 0", "spare 1", "journey 0", "journey 1", "idle"]


def test_ending_does_a_deed_of_many_steps_to_its_end_before_what_was_open_is_closed(answers):
    begun, go = threading.Event(), threading.Event()
    done, closed = [], []

    def deed(_held):
        for number in range(5):
            begun.set()
            assert go.wait(PATIENCE)
            done.append(number)
            yield number
        return "done"

    lane = Lane(list, lambda _held: closed.append(list(done)), answers, "test")
    assert answers.next() == (None, None)
    lane.walk(deed, lambda _step: None, answers, rank=DEED)
    assert begun.wait(PATIENCE)
    lane.end()
    go.set()
    lane.join()
    assert answers.next() == ("done", None)
    assert closed == [[0, 1, 2, 3, 4]]


def test_what_is_gathered_goes_before_deeds_and_these_before_journeys_one_after_the_other(lane, answers):
    go, order = threading.Event(), []

    def steps(name):
        def walk(_held):
            for _ in range(2):
                yield order.append(name)

        return walk

    lane.ask(lambda _held: go.wait(PATIENCE), answers)
    lane.walk(steps("journey"), lambda _step: None, answers)
    for name in ("first deed", "second deed"):
        lane.walk(steps(name), lambda _step: None, answers, rank=DEED)
    lane.walk(steps("gathering"), lambda _step: None, answers, rank=SOON)
    go.set()
    for _ in range(5):
        answers.next()
    assert order == [name for name in ("gathering", "first deed", "second deed", "journey") for _ in range(2)]
