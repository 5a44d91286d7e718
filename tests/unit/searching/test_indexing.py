"""The index of a library: never in the way of a deed, changed with it or not at all, and mended by itself."""

from __future__ import annotations

import shutil

import pytest

from app.importing.journey import Import
from app.model import LeftOut
from app.search.store import Store
from app.searching import refusals
from app.searching.indexing import tend_meanwhile
from app.workspace import Workspace
from tests.libraries import add, draft, finished, imported, sound, tables


class Stopped(Exception):
    """Raised by the last follower of a deed."""


def stop(_changes):
    raise Stopped


@pytest.fixture
def key(workspace):
    made = add(workspace.holdings, "The night train runs again.", "A bed costs 59 euros.",
               left_out=(LeftOut("promotion", "Subscribe now", 0),))  # fmt: skip
    workspace.highlights.add(made, 4, 15, ["Transport"])
    workspace.highlights.add(made, 28, 33, ["Prices"])
    return made


def answers(workspace):
    queries = ("train", "theme:Transport", "theme:Prices", "note:seen", "is:annotated", "subscribe", "bed", "")
    return [(view, query, workspace.keys(query, passages=view)) for query in queries for view in (False, True)]


def damage(workspace, statement="UPDATE search_segment SET form=99"):
    workspace.library.database.execute(statement)


DEEDS = {
    "highlight": lambda workspace, key: workspace.highlights.add(key, 0, 3, ["Other"]),
    "note": lambda workspace, key: workspace.notes.write("seen", "article", key),
    "merge of themes": lambda workspace, key: workspace.themes.merge("Prices", "Transport"),
    "deleted theme": lambda workspace, key: workspace.themes.delete("Prices"),
    "kept": lambda workspace, key: workspace.bodies.keep(key, 0),
    "left out": lambda workspace, key: workspace.bodies.leave_out(key, 0),
    "removal": lambda workspace, key: workspace.articles.remove([key]),
    "undo": lambda workspace, key: workspace.undo(),
    "language": lambda workspace, key: workspace.articles.edit(key, {"language": "de"}),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_and_its_index_are_done_together_or_not_at_all(workspace, key, name):
    before, content = answers(workspace), tables(workspace.library.database)
    workspace.library.follow(stop)
    with pytest.raises(Stopped):
        DEEDS[name](workspace, key)
    assert tables(workspace.library.database) == content
    assert answers(workspace) == before
    assert sound(workspace) == []
    workspace.library._followers.remove(stop)
    DEEDS[name](workspace, key)
    after = answers(workspace)
    assert sound(workspace) == []
    if name != "undo":
        workspace.undo()
        assert answers(workspace) == before
        assert sound(workspace) == []
        workspace.redo()
        assert answers(workspace) == after
        assert sound(workspace) == []


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE search_segment SET form=99", "UPDATE search_page SET data=zeroblob(length)", "DELETE FROM search_page"],
)
def test_no_deed_fails_because_of_the_index(tmp_path, workspace, key, name, statement):
    damage(workspace, statement)
    with Workspace(tmp_path / "library") as other:
        DEEDS[name](other, key)
        answers(other)  # what is damaged is known when it has been read
        finished(other.tend())
        assert sound(other) == []
        assert other.index_state().pending == 0


def test_an_update_a_restore_and_an_erasure_leave_the_index_in_step(workspace, tmp_path):
    file = tmp_path / "trains.md"
    file.write_text("# Night trains\n\nThe night train runs again.\n", encoding="utf-8")
    imported(workspace, file)
    saved = finished(workspace.back_up()).path
    file.write_text("# Night trains\n\nThe night ferry runs again, and the train too.\n", encoding="utf-8")
    assert len(imported(workspace, file).updated) == 1
    assert workspace.count("ferry") == 1
    assert sound(workspace) == []
    damage(workspace)
    finished(workspace.restore(saved))
    assert workspace.count("ferry") == 0
    assert workspace.count("train") == 1
    assert sound(workspace) == []
    damage(workspace, "UPDATE search_page SET data=zeroblob(length)")
    workspace.erase(workspace.articles.keys())
    assert sound(workspace) == []
    assert workspace.library.database.value("SELECT count(*) FROM search_page") == 0


TRAINS = "---\ntitle: Night trains\nsummary: {summary}\n---\n\nThe night train runs again, says {who}.\n"


def test_what_a_page_says_about_itself_is_found_as_it_is_now(workspace, tmp_path):
    def found():
        return [workspace.count(word) for word in ("porter", "waiter", "details:waiter", "driver")]

    file = tmp_path / "trains.md"
    file.write_text(TRAINS.format(summary="A porter explains the timetable.", who="he"), encoding="utf-8")
    imported(workspace, file)
    assert found() == [1, 0, 0, 0]
    file.write_text(TRAINS.format(summary="A waiter explains the timetable.", who="she"), encoding="utf-8")
    assert len(imported(workspace, file).updated) == 1
    assert found() == [0, 1, 1, 0]
    workspace.undo()
    assert found() == [1, 0, 0, 0]
    assert sound(workspace) == []
    workspace.redo()
    assert found() == [0, 1, 1, 0]
    with workspace.library.deed("Details"):
        workspace.holdings.articles.enrich(workspace.articles.keys()[0], draft(details={"sources": "A driver"}))
    assert found() == [0, 1, 1, 1]
    with Workspace(tmp_path / "other") as other:
        finished(other.merge(workspace.library.folder))
        assert [other.count(word) for word in ("porter", "waiter", "driver")] == [0, 1, 1]
        assert sound(other) == []
    workspace.erase(workspace.articles.keys())
    assert found() == [0, 0, 0, 0]
    assert sound(workspace) == []
    assert b"waiter" not in (workspace.library.folder / "library.db").read_bytes()


def test_details_that_differ_from_what_is_indexed_are_found_by_comparing(workspace):
    key = add(workspace.holdings, "The night train runs again.", details={"summary": "A porter explains."})
    assert sound(workspace) == []
    database = workspace.library.database
    database.execute("UPDATE article SET details=? WHERE id=?", ('{"summary": "A waiter explains."}', key))
    assert len(sound(workspace)) == 1


def test_the_answer_says_what_is_still_to_be_indexed_and_finds_all_else(tmp_path, workspace, key):
    damage(workspace)
    with Workspace(tmp_path / "library") as other:
        add(other.holdings, "The last train.", title="Last trains")
        results = other.search("train")
        assert (results.total, results.pending) == (1, 3), "a note of a passage may have the word"
        assert other.search("title:train").pending == 1
        assert other.search("train", passages=True).pending == 2
        assert other.wants_tending()
        assert [progress.total for progress in other.tend() if progress.total]
        results = other.search("train")
        assert (results.total, results.pending) == (2, 0)
        assert not other.wants_tending()


def test_passages_that_cannot_be_read_are_counted_where_articles_are_found_by_them(tmp_path, workspace, key):
    query = "SELECT id FROM search_segment WHERE kind='passage'"
    damage(workspace, f"UPDATE search_page SET data=x'ff'||substr(data,2) WHERE number=0 AND segment IN ({query})")
    waiting = {
        "theme:Transport": 2, "has:highlight": 2, "note:seen": 2, "quote:night": 2, "is:annotated": 2,
        "-theme:Prices": 2, "train": 2,
        "": 0, "title:train": 0, "is:unread": 0, "published:2025": 0,
    }  # fmt: skip
    with Workspace(tmp_path / "library") as other:
        assert other.search("theme:Transport").pending == 2
        assert {asked: other.search(asked).pending for asked in waiting} == waiting
        assert other.search("is:unread", passages=True).pending == 2
        finished(other.tend())
        assert (other.search("theme:Transport").total, other.search("theme:Transport").pending) == (1, 0)


def test_a_library_without_an_index_gets_one(workspace, key):
    for table in ("search_segment", "search_page", "search_tombstone"):
        damage(workspace, f"DELETE FROM {table}")
    assert workspace.search("").pending == 1
    finished(workspace.tend())
    assert workspace.count("train") == 1
    assert sound(workspace) == []


def test_the_state_says_what_could_not_be_indexed_and_why(workspace, key):
    second = add(workspace.holdings, "A loud line.", title="Loud")
    workspace.library.database.execute("UPDATE article SET added=-9223372036854775808, words=-5 WHERE id=?", (second,))
    damage(workspace, "DELETE FROM search_segment")
    finished(workspace.tend())
    state = workspace.index_state()
    assert (state.articles, state.indexed_articles, state.pending) == (2, 1, 0)
    (failed,) = state.failed
    assert (failed.title, failed.passage) == ("Loud", False)
    assert "cannot be indexed" in str(failed.reason)
    assert not workspace.wants_tending(), "what cannot be indexed is not tried for ever"
    assert workspace.count("train") == 1
    workspace.library.database.execute("UPDATE article SET words=5 WHERE id=?", (second,))
    workspace.articles.edit(second, {"title": "Quiet"})
    assert workspace.index_state().failed == ()
    assert workspace.count("loud") == 1


def test_what_could_not_be_indexed_is_remembered_until_it_changes_or_is_wished_or_the_form_is_another(
    workspace, tmp_path, monkeypatch
):
    loud, _quiet = (add(workspace.holdings, "A line.", title=title) for title in ("Loud", "Quiet"))
    wrong, right = (f"UPDATE article SET words={words} WHERE id={loud}" for words in (-5, 5))
    damage(workspace, wrong)
    damage(workspace, "DELETE FROM search_segment")
    finished(workspace.tend())
    with Workspace(tmp_path / "library") as other:
        (failed,) = other.index_state().failed
        assert (failed.title, "cannot be indexed" in str(failed.reason)) == ("Loud", True)
        assert not other.lacks_index()
        results = other.search("line")
        assert (results.pending, results.refused) == (1, 1)
        damage(other, right)
        assert [step.total for step in other.mend() if step.total] == [], "nobody changed it, so nobody tries"
        with monkeypatch.context() as newer:
            newer.setattr(refusals, "FORM", refusals.FORM + 1)
            assert other.lacks_index()
        finished(other.retry())
        assert other.index_state().failed == ()
        assert other.count("line") == 2
        damage(other, wrong)
        other.articles.edit(loud, {"title": "Louder"})
    assert [one.title for one in workspace.index_state().failed] == ["Louder"]
    damage(workspace, right)
    workspace.articles.edit(loud, {"title": "Soft"})
    assert workspace.index_state().failed == ()
    workspace.articles.remove([loud])
    assert sound(workspace) == []


REFUSED = "One entry cannot be indexed, so no search finds it; “index” says why."
MISSING = "The search index lacks article {}."
AMISS = "The index does not hold what the library holds."


def checked(workspace, **options):
    report = finished(workspace.check(**options))
    return [[str(one) for one in own] for own in (report.problems, report.repaired, report.notes)]


def test_a_check_takes_what_is_known_to_be_refused_for_no_fault_and_a_repair_remembers_it(workspace):
    loud, _quiet = (add(workspace.holdings, "A line.", title=title) for title in ("Loud", "Quiet"))
    workspace.highlights.add(loud, 0, 1, ["War"])
    damage(workspace, f"UPDATE article SET words=-5 WHERE id={loud}")
    damage(workspace, "DELETE FROM search_segment")
    assert checked(workspace) == [[AMISS], [], []]
    finished(workspace.tend())
    why = workspace.index_state().failed
    assert len(why) == 1
    for deep in (False, True):
        assert checked(workspace, deep=deep) == [[], [], [REFUSED]]
    assert checked(workspace, repair=True) == [[], [], [REFUSED]]
    for _ in range(2):
        assert checked(workspace, deep=True, repair=True) == [[], ["The index was made anew."], [REFUSED]]
        assert workspace.index_state().failed == why


def test_a_deep_check_finds_what_nobody_refused_yet_and_what_need_not_be_refused_any_more(workspace):
    loud, quiet = (add(workspace.holdings, "A line.", title=title) for title in ("Loud", "Quiet"))
    wrong, right = (f"UPDATE article SET words={words} WHERE id={loud}" for words in (-5, 5))
    damage(workspace, wrong)
    assert checked(workspace, deep=True)[0] == [
        f"The search index has other words for article {loud} than the library."
    ]
    damage(workspace, "DELETE FROM search_segment")
    assert checked(workspace, deep=True)[0] == [MISSING.format(quiet), MISSING.format(loud)]
    assert checked(workspace, repair=True) == [[], ["The index was made anew."], [REFUSED]]
    damage(workspace, right)
    assert checked(workspace, deep=True) == [[MISSING.format(loud)], [], [REFUSED]]
    assert checked(workspace, deep=True, repair=True) == [[], ["The index was made anew."], []]
    assert workspace.count("line") == 2


@pytest.mark.parametrize(
    "foreign",
    ["", "[", "[]", "7", '{"form": 0}', '{"form": FORM, "article": {"x": [1, 2]}}', '{"form": FORM}', "[" * 100_000],
)
def test_what_a_foreign_hand_says_of_failures_is_not_believed(workspace, key, foreign):
    said = foreign.replace("FORM", str(refusals.FORM))
    workspace.library.set_setting("not indexed", said)
    assert workspace.index_state().failed == ()
    assert not workspace.lacks_index()
    workspace.articles.edit(key, {"title": "Other"})
    assert sound(workspace) == []


def test_the_state_names_parts_that_are_not_searched(tmp_path, workspace, key):
    damage(workspace, "UPDATE search_segment SET form=99 WHERE kind='passage'")
    with Workspace(tmp_path / "library") as other:
        state = other.index_state()
        assert [(one.documents, str(one.why)[:21]) for one in state.damages] == [(2, "It was written by ano")]
        assert state.pending == 2
        assert state.size > 0
        finished(other.tend())
        assert other.index_state().damages == ()


def test_little_that_is_missing_is_indexed_after_a_deed_and_never_after_a_look(workspace, tmp_path, key):
    damage(workspace)
    with Workspace(tmp_path / "library") as other:
        other.tidy()
        assert other.index_state().pending == 3
        other.themes.add("New")
        other.tidy()
        assert other.index_state().pending == 0
        assert sound(other) == []


def test_what_many_deeds_in_a_row_leave_behind_is_merged_between_them(workspace):
    meanwhile = tend_meanwhile(workspace.holdings, workspace._index)
    for number in range(20):
        add(workspace.holdings, "a long report " * 12_000, title=f"Report {number}")
        next(meanwhile)
    assert len(workspace.index_state().segments) == 20, "it is looked now and then only"
    for _ in range(2000):
        next(meanwhile)
    assert len(workspace.index_state().segments) == 5
    assert len(workspace.keys("report")) == 20
    assert sound(workspace) == []
    meanwhile.close()


def test_an_import_takes_a_step_of_what_is_to_be_done_meanwhile_between_two_files(workspace, tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}\n\nThe harbour was closed on day {number}.\n")
    steps = iter(range(3))
    journey = Import(workspace.holdings, [tmp_path], jobs=1, meanwhile=steps)
    finished(journey.run())
    assert len(journey.report.added) == 5
    assert next(steps, "all taken") == "all taken"


def test_what_many_deeds_left_in_the_log_is_brought_into_the_file_when_nobody_waits(workspace, tmp_path):
    for number in range(10):
        add(workspace.holdings, f"The harbour was closed on day {number}.")
    assert workspace.wants_tending()
    finished(workspace.tend())
    assert not workspace.wants_tending()
    alone = tmp_path / "without its log"
    alone.mkdir()
    shutil.copy(workspace.library.database.path, alone)
    with Workspace(alone, create=False) as other:
        assert len(other.keys("harbour")) == 10
        assert sound(other) == []


def test_what_another_program_is_just_merging_is_left_to_it_until_it_is_gone(workspace, tmp_path):
    for number in range(40):
        add(workspace.holdings, f"Story {number} is found.", title=f"Story {number}")
    with Workspace(tmp_path / "library") as other:
        merging = other.tend()
        for _ in merging:
            if workspace.was_changed_elsewhere():
                assert not workspace.wants_tending()
                if other.library.database.value(SPARE):
                    break
        assert workspace.library.database.value(SPARE)
        merging.close()
    assert workspace.wants_tending()
    finished(workspace.tend())
    assert not workspace.library.database.value(SPARE)
    assert sound(workspace) == []


SPARE = "SELECT count(*) FROM search_page WHERE segment NOT IN (SELECT id FROM search_segment)"


def test_what_another_program_does_while_segments_are_looked_at_damages_none(tmp_path, monkeypatch):
    """The rows of segments and their tombstones are of one moment."""
    with Workspace(tmp_path) as one, Workspace(tmp_path) as other:
        key = add(one.holdings, "The wall was built after the flood, and nobody was asked.")
        made = [one.highlights.add(key, 4 + number, 8 + number, [], f"note{number}").id for number in range(3)]
        finished(one.reindex())
        load, done = Store._load, []

        def loaded(store, *arguments):
            if not done:
                done.append(True)
                other.highlights.note(made[0], "another note")
            return load(store, *arguments)

        monkeypatch.setattr(Store, "_load", loaded)
        one._index._store._live.clear()
        finished(one._index.tend(one.library.database.transaction, busy=True))
        assert done
        one.highlights.note(made[1], "a third note")
        assert one.search("is:highlight", passages=True).total == 3
        assert {segment.broken for segment in one.index_state().segments} == {None}
