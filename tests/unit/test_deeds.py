"""Deeds on many things: all of them are done, others come in between, and it is one step of the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.deeds import FEW
from app.errors import Cancelled, Conflict, NotFound
from app.workspace import Workspace
from tests.libraries import add, finished, sound, tables

MANY = 40


@pytest.fixture
def workspace(tmp_path: Path):
    """Return a library of forty articles with a passage in each."""
    with Workspace(tmp_path / "library") as made:
        with made.library.deed("Many"):
            made.themes.add("Water")
            for number in range(MANY):
                key = add(made.holdings, f"Number {number} stands by the water.", title=f"Number {number:03}")
                made.highlights.add(key, 0, 6, ["Water"])
        yield made


def articles(workspace: Workspace) -> list[str]:
    return finished(workspace.ids("", order="title"))


def passages(workspace: Workspace) -> list[str]:
    return finished(workspace.ids("", passages=True))


def steps(workspace: Workspace) -> list[str]:
    return [str(step.label) for step in workspace.history()]


def retheme(workspace: Workspace, ids, put="", off=()):
    things = finished(workspace.deeds.things(ids))
    return workspace.deeds.retheme(things, put, off)


DEEDS = {
    f"Themes of {MANY} passages": lambda workspace: retheme(workspace, passages(workspace), "New > Theme", ["Water"]),
    f"Themes of {MANY} articles": lambda workspace: retheme(workspace, articles(workspace), "Water"),
    f"Themes of {2 * MANY} articles and passages": lambda workspace: retheme(
        workspace, [*articles(workspace), *passages(workspace)], "New"
    ),
    f"State of {MANY} articles": lambda workspace: workspace.deeds.set_state(articles(workspace), "read"),
    f"Details of {MANY} articles": lambda workspace: workspace.deeds.edit(
        workspace.articles.keys(), {"outlet": "The Ledger"}, ["title"]
    ),
    f"{MANY} articles removed": lambda workspace: workspace.deeds.remove_articles(articles(workspace)),
    f"{MANY} highlights removed": lambda workspace: workspace.deeds.remove_highlights(passages(workspace)),
    "New collection “All”": lambda workspace: workspace.deeds.put_new("All", articles(workspace)),
}


@pytest.mark.parametrize("label", DEEDS)
def test_all_are_done_in_many_parts_between_which_others_come_in_and_one_undo_takes_all_back(workspace, label):
    before = tables(workspace.library.database)
    journey, parts = DEEDS[label](workspace), []
    for progress in journey:
        parts.append(progress)
        if len(parts) == 2:
            workspace.collections.add("Meanwhile")
    assert (parts[0].done, parts[-1].done) == (FEW, parts[-1].total)
    assert {progress.steps for progress in parts} == {parts[0].steps}
    assert sorted(steps(workspace)[:2]) == sorted(["New collection “Meanwhile”", label])
    assert tables(workspace.library.database) != before
    workspace.undo(*parts[0].steps)
    workspace.undo()
    assert tables(workspace.library.database) == before
    workspace.redo(*parts[0].steps)
    assert sound(workspace) == []


def test_what_each_deed_did_is_what_was_wished(workspace):
    finished(DEEDS[f"Themes of {MANY} passages"](workspace))
    assert workspace.count('theme:"New > Theme"', passages=True) == MANY
    assert workspace.count("theme:Water", passages=True) == 0
    finished(DEEDS[f"State of {MANY} articles"](workspace))
    assert workspace.count("is:read") == MANY
    finished(DEEDS[f"Details of {MANY} articles"](workspace))
    assert workspace.count('outlet:"The Ledger"') == MANY
    finished(DEEDS["New collection “All”"](workspace))
    assert list(workspace.collections.find("All").items) == articles(workspace)
    finished(DEEDS[f"{MANY} highlights removed"](workspace))
    assert passages(workspace) == []
    finished(DEEDS[f"{MANY} articles removed"](workspace))
    assert articles(workspace) == []


def test_few_are_one_part(workspace):
    few = articles(workspace)[:FEW]
    assert len(list(workspace.deeds.set_state(few, "read"))) == 1


def test_what_is_gone_meanwhile_is_passed_over_and_of_nothing_left_it_is_said(workspace):
    ids = articles(workspace)
    journey = workspace.deeds.set_state(ids, "read")
    next(journey)
    workspace.articles.remove([workspace.articles.key(one) for one in ids[-10:]])
    finished(journey)
    assert workspace.count("is:read") == MANY - 10
    with pytest.raises(NotFound):
        finished(workspace.deeds.remove_articles(ids[-10:]))


def test_stopping_leaves_done_what_is_done_as_one_step_that_says_how_many(workspace):
    journey = workspace.deeds.remove_articles(articles(workspace))
    first, second = next(journey), next(journey)
    journey.close()
    assert len(articles(workspace)) == MANY - second.done
    assert steps(workspace)[0] == f"{second.done} articles removed"
    workspace.undo(*first.steps)
    assert len(articles(workspace)) == MANY


def test_one_that_is_undone_under_way_ends_there(workspace):
    before = tables(workspace.library.database)
    journey = workspace.deeds.set_state(articles(workspace), "read")
    next(journey)
    workspace.undo(*next(journey).steps)
    with pytest.raises(Cancelled):
        next(journey)
    assert tables(workspace.library.database) == before


def test_a_part_that_builds_on_what_was_done_meanwhile_begins_another_step_and_both_are_known(workspace):
    before = tables(workspace.library.database)
    ids = articles(workspace)
    journey = workspace.deeds.set_state(ids, "read")
    first = next(journey)
    with Workspace(workspace.library.folder) as other:
        other.articles.edit(other.articles.key(ids[-1]), state="reading")
    parts = list(journey)
    assert parts[-1].steps[0] == first.steps[0]
    assert len(parts[-1].steps) == 2
    assert workspace.count("is:read") == MANY
    for step in reversed(parts[-1].steps):
        workspace.undo(step)
    assert workspace.count("is:read") == 0
    workspace.undo()
    assert tables(workspace.library.database) == before


def test_one_that_is_undone_in_an_earlier_step_of_it_ends_too(workspace):
    ids = articles(workspace)
    journey = workspace.deeds.set_state(ids, "read")
    first = next(journey)
    workspace.articles.edit(workspace.articles.key(ids[FEW]), state="reading")
    assert len(next(journey).steps) == 2
    workspace.undo(*first.steps)
    with pytest.raises(Cancelled):
        next(journey)


@pytest.mark.parametrize("removed", [True, False])
def test_a_deed_on_one_thing_tells_its_step(workspace, removed):
    marks = passages(workspace)[:1]
    deed = workspace.deeds.remove_highlights(marks) if removed else retheme(workspace, marks, "New")
    assert list(deed)[-1].steps == (workspace.history()[0].number,)


def test_a_collection_takes_what_it_lacks_in_the_order_given_and_lets_go_of_all_of_it(workspace):
    ids, marks = articles(workspace), passages(workspace)
    made = workspace.collections.add("Some")
    workspace.collections.put(made.id, ids[3:5])
    finished(workspace.deeds.put(made.id, [*reversed(ids), *marks]))
    held = workspace.collections.find("Some")
    assert list(held.items) == [*ids[3:5], *(one for one in reversed(ids) if one not in ids[3:5]), *marks]
    assert {part.steps for part in workspace.deeds.put(made.id, ids)} == {()}
    with pytest.raises(NotFound):
        finished(workspace.deeds.put(made.id, ["0" * 32]))
    workspace.collections.write(made.id, "A heading", 1, ids[0])
    finished(workspace.deeds.take(made.id, workspace.collections.find("Some").sequence))
    assert workspace.collections.find("Some").sequence == ()
    assert steps(workspace)[0] == "Taken out of “Some”"


def test_another_coders_layer_is_refused_before_anything_is_done(workspace):
    marks = passages(workspace)
    key = workspace.highlights.find(marks[-1]).key
    with workspace.library.database.transaction():
        workspace.library.database.update("highlight", key, {"author": "Ada"})
    workspace.library.set_setting("rounds", '[{"id":"r","coder":"Ada","articles":[],"made":1,"taken":2,"library":""}]')
    with workspace.library.deed("Round"):
        workspace.rounds.cover(workspace.articles.keys(), "Ada")
    before = tables(workspace.library.database)
    for journey in (retheme(workspace, marks, "New"), workspace.deeds.remove_highlights(marks)):
        with pytest.raises(Conflict):
            finished(journey)
    assert tables(workspace.library.database) == before
