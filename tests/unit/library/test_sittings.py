"""What is done to one thing little by little is one step: taken back at once, and none of the others is lost for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library import sittings
from app.library.holdings import Holdings
from tests.libraries import add, opened, tables

TYPED = ("A", "A bed", "A bed costs", "A bed costs 59", "A bed costs 59 euros")


@pytest.fixture
def holdings(tmp_path: Path) -> Iterator[Holdings]:
    found = opened(tmp_path / "library")
    key = add(found, "The night train to Vienna runs again.", "A bed costs 59 euros.")
    found.highlights.add(key, 4, 15)
    yield found
    found.library.close()


def mark(holdings: Holdings) -> str:
    return holdings.highlights.of_article(holdings.articles.keys()[0])[0].id


def type_note(holdings: Holdings, *texts: str, on: str = "") -> None:
    """Save a note as an editor does while it is typed."""
    for text in texts:
        with holdings.library.sittings.on("note"):
            holdings.highlights.note(on or mark(holdings), text)


def labels(holdings: Holdings) -> list[str]:
    return [str(step.label) for step in holdings.library.journal.steps()]


def test_a_note_that_is_saved_while_it_is_typed_is_one_step(holdings: Holdings) -> None:
    before, steps = tables(holdings.library.database), labels(holdings)
    type_note(holdings, *TYPED)
    after = tables(holdings.library.database)
    assert labels(holdings) == ["Note on “night train”", *steps]
    holdings.library.undo()
    assert tables(holdings.library.database) == before
    holdings.library.redo()
    assert tables(holdings.library.database) == after


def test_what_was_there_before_the_sitting_comes_back(holdings: Holdings) -> None:
    holdings.highlights.note(mark(holdings), "Of last week.")
    before = tables(holdings.library.database)
    type_note(holdings, "Of last week. And", "", "Of this week.")
    holdings.library.undo()
    assert tables(holdings.library.database) == before


def test_a_long_sitting_takes_little_room(holdings: Holdings) -> None:
    holdings.highlights.note(mark(holdings), "Long. " * 1000)
    kept = holdings.library.journal.steps()[0].size
    type_note(holdings, *("Long. " * 1000 + "x" * count for count in range(1, 20)))
    assert holdings.library.journal.steps()[0].size < kept + 3 * 7000  # the first, the newest, and where clocks stood
    assert holdings.library.database.value("SELECT count(*) FROM change WHERE tbl='note'") <= 4


def test_another_deed_in_between_ends_the_sitting(holdings: Holdings) -> None:
    type_note(holdings, "One")
    holdings.themes.add("Trains")
    type_note(holdings, "One and two")
    assert labels(holdings)[:3] == ["Note on “night train”", "New theme “Trains”", "Note on “night train”"]
    holdings.library.undo()
    assert holdings.highlights.find(mark(holdings)).note == "One"


def test_another_thing_is_another_sitting(holdings: Holdings) -> None:
    other = holdings.highlights.add(holdings.articles.keys()[0], 19, 25).id
    type_note(holdings, "One")
    with holdings.library.sittings.on("other note"):
        holdings.highlights.note(other, "Two")
    assert labels(holdings)[:2] == ["Note on “Vienna”", "Note on “night train”"]


def test_a_deed_outside_a_sitting_is_a_step_of_its_own(holdings: Holdings) -> None:
    type_note(holdings, "One")
    holdings.highlights.note(mark(holdings), "Two")
    type_note(holdings, "Three")
    assert labels(holdings)[:3] == ["Note on “night train”"] * 3


@pytest.mark.parametrize("again", [False, True])
def test_after_undo_a_new_sitting_begins(holdings: Holdings, again: bool) -> None:
    type_note(holdings, "One", "One and two")
    holdings.library.undo()
    if again:
        holdings.library.redo()
    type_note(holdings, "Three")
    holdings.library.undo()
    assert holdings.highlights.find(mark(holdings)).note == ("One and two" if again else "")


def test_after_a_restart_a_new_sitting_begins(holdings: Holdings, tmp_path: Path) -> None:
    type_note(holdings, "One")
    holdings.library.close()
    again = opened(tmp_path / "library")
    type_note(again, "One and two")
    again.library.undo()
    assert again.highlights.find(mark(again)).note == "One"
    again.library.close()


def test_a_step_of_another_process_in_between_ends_the_sitting(holdings: Holdings, tmp_path: Path) -> None:
    type_note(holdings, "One")
    other = opened(tmp_path / "library", origin="other")
    other.themes.add("Trains")
    other.library.close()
    type_note(holdings, "One and two")
    assert len(labels(holdings)) == 5
    holdings.library.undo()
    assert holdings.highlights.find(mark(holdings)).note == "One"


def test_after_a_pause_a_new_sitting_begins(holdings: Holdings) -> None:
    hours = [0.0]
    library = holdings.library
    library.sittings = sittings.Sittings(library.journal, lambda: hours[0] * 3600)
    type_note(holdings, "One", "One and")
    hours[0] += 2
    type_note(holdings, "One and two")
    library.undo()
    assert holdings.highlights.find(mark(holdings)).note == "One and"


def test_what_changes_nothing_does_not_end_it(holdings: Holdings) -> None:
    type_note(holdings, "One", "One", "Two")
    assert labels(holdings).count("Note on “night train”") == 1


def test_a_deed_of_a_sitting_that_is_refused_leaves_the_others(holdings: Holdings) -> None:
    def broken() -> None:
        with holdings.library.sittings.on("note"), holdings.library.deed("Broken"):
            holdings.highlights.note(mark(holdings), "Lost")
            raise RuntimeError

    type_note(holdings, "One")
    with pytest.raises(RuntimeError):
        broken()
    type_note(holdings, "Two")
    assert labels(holdings).count("Note on “night train”") == 1
    holdings.library.undo()
    assert holdings.highlights.find(mark(holdings)).note == ""


def test_a_sitting_is_as_young_as_its_last_part(holdings: Holdings) -> None:
    """By that age one side of a merge wins, and by that it is known whether a backup holds all of it."""
    type_note(holdings, "One")
    database = holdings.library.database
    database.execute("UPDATE step SET played=1")
    type_note(holdings, "Two")
    assert holdings.library.journal.last_played() > 1


def test_a_text_that_is_at_last_what_it_was_at_first_can_be_taken_back(holdings: Holdings) -> None:
    holdings.collections.add("Argument")
    holdings.collections.write("Argument", "A", 0)
    (interlude,) = holdings.collections.find("Argument").interludes
    before = tables(holdings.library.database)
    for text in ("AB", "ABC", "AB", "A"):
        with holdings.library.sittings.on("text"):
            holdings.collections.rewrite("Argument", interlude.id, text)
    holdings.library.undo()
    assert tables(holdings.library.database) == before
    holdings.library.redo()
    holdings.library.undo()
    holdings.library.undo()
    assert holdings.collections.find("Argument").interludes == ()
