"""The journal: every deed can be taken back and done again, next week too, and nothing in the file is executed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from app.errors import Conflict, LibraryError, NotFound
from app.library import journal as journal_module
from app.library.articles import Source
from app.library.holdings import Holdings
from app.model import LeftOut
from tests.libraries import add, draft, opened, tables

TEXT = ("The night train to Vienna runs again.", "A bed costs 59 euros.", "Critics say the coaches are old.")
SHARE = LeftOut("share", "Share this story\nPrint", 1)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with one of everything, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("master") / "library"
    holdings = opened(folder)
    _fill(holdings)
    holdings.library.close()
    return folder


@pytest.fixture
def holdings(master: Path, tmp_path: Path) -> Iterator[Holdings]:
    copytree(master, tmp_path / "library")
    found = opened(tmp_path / "library")
    yield found
    found.library.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Holdings]:
    found = opened(tmp_path / "empty")
    yield found
    found.library.close()


def _fill(holdings: Holdings) -> None:
    key = add(holdings, *TEXT, left_out=(SHARE,))
    add(holdings, "The ferry was sold.", title="Ferries")
    holdings.themes.add("Transport", digit=1, definition="How things move")
    holdings.themes.add("Trains", under="Transport")
    holdings.themes.add("Money")
    holdings.themes.edit("Money", note="Prices are of 2025.")
    holdings.highlights.add(key, 4, 15, ["Trains", "Money"], "A note")
    holdings.highlights.add(key, 38, 47, ["Transport"])
    holdings.articles.theme(key, ["Trains"])
    holdings.attributes.add("Tone", "choice", ["calm", "loud"])
    holdings.articles.edit(key, {"byline": "A. Writer"}, "reading", {"Tone": "calm"})
    collection = holdings.collections.add("Reading list", note="For the train")
    holdings.collections.put(collection.id, [holdings.articles.by_keys([key])[0].id, marks(holdings)[0]])
    holdings.notes.write("About this library")


def marks(holdings: Holdings) -> list[str]:
    return [highlight.id for highlight in holdings.highlights.of_article(holdings.articles.keys()[-1])]


def first(holdings: Holdings) -> int:
    return holdings.articles.keys()[-1]


def imported_again(holdings: Holdings) -> None:
    with holdings.library.deed("Import"):
        changed = draft("Before all this.", TEXT[0], "A bed costs 69 euros.", TEXT[2], title="Trains at night")
        holdings.articles.update(first(holdings), changed, Source("again.txt"))


Deed = Callable[[Holdings], object]

DEEDS: dict[str, Deed] = {
    "an article is added": lambda it: add(it, "New text.", title="New", themes=("Fresh > Deep",), note="Hello"),
    "an article is imported again": imported_again,
    "an article is edited": lambda it: it.articles.edit(
        first(it), {"title": "Other", "published": "2025-03", "byline": ""}, "read", {"Tone": "loud"}
    ),
    "a value is taken away": lambda it: it.articles.edit(first(it), attributes={"Tone": ""}),
    "a note on an article": lambda it: it.articles.note(first(it), "Read it *twice*."),
    "themes of an article": lambda it: it.articles.theme(first(it), ["New one", "Money"], ["Trains"]),
    "articles are removed": lambda it: it.articles.remove(it.articles.keys()),
    "left-out text is kept": lambda it: it.bodies.keep(first(it), 0),
    "a block is left out": lambda it: it.bodies.leave_out(first(it), 1),
    "a highlight with a new theme": lambda it: it.highlights.add(first(it), 0, 9, ["Brand > New"], "Why"),
    "a highlight gets other themes": lambda it: it.highlights.retheme(marks(it)[0], ["New one"], ["Money"]),
    "a note on a highlight": lambda it: it.highlights.note(marks(it)[0], "Changed"),
    "a note is taken off": lambda it: it.highlights.note(marks(it)[0], ""),
    "a highlight is moved": lambda it: it.highlights.move(marks(it)[0], 0, 9),
    "a highlight is removed": lambda it: it.highlights.remove(marks(it)[0]),
    "a theme is added": lambda it: it.themes.add("Ships", under="Transport", colour="#123456", digit=7),
    "a theme is edited": lambda it: it.themes.edit(
        "Trains", new_name="Rail", colour="#00ff00", definition="By rail", digit=5, note="Note"
    ),
    "a theme is moved": lambda it: it.themes.move("Money", "Trains"),
    "a theme is moved to the top": lambda it: it.themes.move("Trains", None),
    "themes are merged": lambda it: it.themes.merge("Money", "Transport"),
    "a theme is merged into one below it": lambda it: it.themes.merge("Transport", "Trains"),
    "a theme is deleted": lambda it: it.themes.delete("Transport"),
    "an attribute is added": lambda it: it.attributes.add("Country", definition="Where"),
    "an attribute is deleted": lambda it: it.attributes.delete("Tone"),
    "a collection is added": lambda it: it.collections.add("Later", "is:unread", "by query"),
    "things are put into a collection": lambda it: it.collections.put("Reading list", [marks(it)[1]]),
    "things are taken out": lambda it: it.collections.take("Reading list", [marks(it)[0]]),
    "a collection is deleted": lambda it: it.collections.delete("Reading list"),
    "the library's note is written": lambda it: it.notes.write("Another"),
    "the library's note is removed": lambda it: it.notes.write(""),
}


@pytest.mark.parametrize("name", DEEDS)
def test_each_deed_is_one_step_that_comes_back_exactly(holdings, tmp_path, name):
    """Undone in another session of the program, redone in a third."""
    before, steps = tables(holdings.library.database), len(holdings.library.journal.steps())
    DEEDS[name](holdings)
    after = tables(holdings.library.database)
    assert after != before
    assert len(holdings.library.journal.steps()) == steps + 1
    for turn in range(3):
        again = opened(tmp_path / "library")
        try:
            changes = again.library.undo() if turn != 1 else again.library.redo()
            assert changes
            assert tables(again.library.database) == (before if turn != 1 else after)
        finally:
            again.library.close()


def test_everything_goes_back_to_an_empty_library_and_forth_again(holdings):
    after, steps = tables(holdings.library.database), holdings.library.journal.steps()
    undone = [holdings.library.undo().step for _ in steps]
    assert undone == [step.number for step in steps]
    assert not any(tables(holdings.library.database).values())
    with pytest.raises(NotFound, match="nothing to undo"):
        holdings.library.undo()
    assert [holdings.library.redo().step for _ in steps] == undone[::-1]
    assert tables(holdings.library.database) == after
    with pytest.raises(NotFound, match="nothing to redo"):
        holdings.library.redo()


def test_a_deed_inside_a_deed_belongs_to_the_outer_one_and_its_label(empty):
    with empty.library.deed("All at once") as deed:
        key = add(empty, *TEXT)
        empty.highlights.add(key, 0, 3, ["New"])
        empty.articles.edit(key, {"title": "Other"})
        empty.themes.edit("New", new_name="Newer")
    assert [str(step.label) for step in empty.library.journal.steps()] == ["All at once"]
    assert deed.changes.articles == {key}


def test_a_passage_in_the_words_of_a_step_is_cut_between_two_words(empty):
    said = "The authority’s spokesman, Pål Ødegård, called that “a misunderstanding of the process”."
    article = add(empty, said)
    empty.highlights.add(article, 0, len(said))
    assert empty.library.journal.steps()[0].label.values["quote"] == (
        "The authority’s spokesman, Pål Ødegård, called that “a…"
    )


def test_a_deed_that_changes_nothing_is_no_step(holdings):
    steps = holdings.library.journal.steps()
    holdings.articles.edit(first(holdings), {"byline": "A. Writer"}, "reading", {"Tone": "calm"})
    holdings.notes.write("About this library")
    holdings.articles.theme(first(holdings), ["Trains"])
    assert holdings.library.journal.steps() == steps


def test_a_deed_that_fails_leaves_nothing(holdings):
    before, steps = tables(holdings.library.database), holdings.library.journal.steps()

    def fail() -> None:
        with holdings.library.deed("Bad"):
            holdings.articles.remove(holdings.articles.keys())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert tables(holdings.library.database) == before
    assert holdings.library.journal.steps() == steps


def test_changes_name_what_was_touched(holdings):
    seen = []
    holdings.library.follow(seen.append)
    mark = holdings.highlights.find(marks(holdings)[0])
    holdings.highlights.note(mark.id, "Looked at again")
    holdings.articles.remove([first(holdings)])
    holdings.library.undo()
    noted, removed, back = seen
    assert (noted.highlights, noted.articles) == ({mark.key}, set())
    assert mark.key in removed.highlights
    assert removed.articles == {first(holdings)}
    assert replace(back, step=None) == replace(removed, step=None)


# ---------------------------------------- selective undo


def test_an_older_step_is_undone_alone_when_nothing_builds_on_it(holdings):
    holdings.themes.add("Weather")
    step = holdings.library.journal.steps(1)[0].number
    holdings.themes.add("Sports")
    holdings.library.undo(step)
    assert [theme.name for theme in holdings.themes.all()] == ["Transport", "Trains", "Money", "Sports"]
    holdings.library.redo(step)
    assert {theme.name for theme in holdings.themes.all()} >= {"Weather", "Sports"}


def _latest(holdings: Holdings) -> int:
    return holdings.library.journal.steps(1)[0].number


def _edit_twice(it: Holdings) -> int:
    it.articles.edit(first(it), {"title": "One"})
    step = _latest(it)
    it.articles.edit(first(it), {"title": "Two"})
    return step


def _mark_then_note(it: Holdings) -> int:
    mark = it.highlights.add(first(it), 0, 3)
    step = _latest(it)
    it.highlights.note(mark.id, "Later")
    return step


def _theme_then_child(it: Holdings) -> int:
    it.themes.add("Weather")
    step = _latest(it)
    it.themes.add("Rain", under="Weather")
    return step


def _theme_then_used(it: Holdings) -> int:
    it.themes.add("Weather")
    step = _latest(it)
    it.highlights.retheme(marks(it)[0], ["Weather"])
    return step


def _text_then_mark(it: Holdings) -> int:
    it.bodies.keep(first(it), 0)
    step = _latest(it)
    it.highlights.add(first(it), 44, 50)
    return step


def _taken_off_then_on(it: Holdings) -> int:
    it.highlights.retheme(marks(it)[0], remove=["Money"])
    step = _latest(it)
    it.highlights.retheme(marks(it)[0], add=["Money"])
    return step


def _note_gone_then_another(it: Holdings) -> int:
    it.notes.write("")
    step = _latest(it)
    it.notes.write("Written anew")
    return step


def _note_of_mark_gone_then_another(it: Holdings) -> int:
    it.highlights.note(marks(it)[0], "")
    step = _latest(it)
    it.highlights.note(marks(it)[0], "Written anew")
    return step


def _theme_gone_then_a_namesake(it: Holdings) -> int:
    it.themes.delete("Money")
    step = _latest(it)
    it.themes.add("MONEY")
    return step


def _digit_gone_then_taken(it: Holdings) -> int:
    it.themes.edit("Transport", digit=0)
    step = _latest(it)
    it.themes.add("Weather", digit=1)
    return step


def _collection_gone_then_a_namesake(it: Holdings) -> int:
    it.collections.delete("Reading list")
    step = _latest(it)
    it.collections.add("reading list")
    return step


def _attribute_gone_then_a_namesake(it: Holdings) -> int:
    it.attributes.delete("Tone")
    step = _latest(it)
    it.attributes.add("tone")
    return step


BUILT_UPON = (
    _edit_twice,
    _mark_then_note,
    _theme_then_child,
    _theme_then_used,
    _text_then_mark,
    _taken_off_then_on,
    _note_gone_then_another,
    _note_of_mark_gone_then_another,
    _theme_gone_then_a_namesake,
    _digit_gone_then_taken,
    _collection_gone_then_a_namesake,
    _attribute_gone_then_a_namesake,
)


@pytest.mark.parametrize("deeds", BUILT_UPON)
def test_a_step_in_the_way_is_named_and_nothing_changes(holdings, deeds):
    start = tables(holdings.library.database)
    step = deeds(holdings)
    later = holdings.library.journal.steps(1)[0]
    before = tables(holdings.library.database)
    with pytest.raises(Conflict, match=rf"“{later.label}” \({later.number}\)"):
        holdings.library.undo(step)
    assert tables(holdings.library.database) == before
    holdings.library.undo(later.number)
    holdings.library.undo(step)
    assert tables(holdings.library.database) == start
    assert [holdings.library.redo().step for _ in range(2)] == [step, later.number]
    assert tables(holdings.library.database) == before


def test_what_was_undone_is_forgotten_when_something_else_takes_its_place(holdings):
    holdings.articles.edit(first(holdings), {"title": "One"})
    holdings.themes.add("Weather")
    holdings.library.undo()
    holdings.library.undo()
    holdings.articles.edit(first(holdings), {"title": "Two"})
    assert holdings.library.redo().label.values == {"theme": "Weather"}
    with pytest.raises(NotFound):
        holdings.library.redo()


def test_what_was_undone_is_forgotten_when_a_namesake_takes_its_place(empty):
    """Redone, it would be a second theme of that name."""
    empty.themes.add("Weather")
    empty.themes.edit("Weather", definition="Rain or shine")
    empty.library.undo()
    empty.library.undo()
    empty.themes.add("weather")
    with pytest.raises(NotFound, match="nothing to redo"):
        empty.library.redo()


def test_a_step_that_another_leans_on_is_not_undone_alone_though_that_one_was_taken_back_since(holdings):
    """Else taking back the latest step would put a theme on a passage that is no longer there."""
    holdings.themes.add("Weather")
    step = _latest(holdings)
    holdings.highlights.retheme(marks(holdings)[0], add=["Weather"])
    holdings.highlights.retheme(marks(holdings)[0], remove=["Weather"])
    with pytest.raises(Conflict, match="later steps build on it"):
        holdings.library.undo(step)
    assert [holdings.library.undo().step for _ in range(3)][-1] == step


def test_moves_of_themes_never_make_a_circle(holdings):
    holdings.themes.move("Money", "Transport")
    step = _latest(holdings)
    holdings.library.undo()
    holdings.themes.move("Transport", "Money")
    with pytest.raises(NotFound):
        holdings.library.redo(step)
    assert len(holdings.themes.all()) == 3


# ---------------------------------------- steps of several transactions


def test_a_step_may_span_transactions_and_is_undone_whole(empty, tmp_path):
    before = tables(empty.library.database)
    step = None
    for number in range(3):
        with empty.library.deed("Import of {count} articles", step, count=number + 1) as deed:
            empty.articles.add(draft(f"Text {number}."), Source(f"{number}.txt"))
        step = deed.changes.step
    after = tables(empty.library.database)
    assert [str(one.label) for one in empty.library.journal.steps()] == ["Import of 3 articles"]
    again = opened(tmp_path / "empty")
    assert len(again.library.undo().articles) == 3
    assert tables(again.library.database) == before
    again.library.redo()
    assert tables(again.library.database) == after
    again.library.close()


def test_a_step_goes_on_beside_the_deeds_of_another_process(holdings, tmp_path):
    other = opened(tmp_path / "library", "other")
    with holdings.library.deed("Import") as deed:
        holdings.articles.add(draft("One."), Source("1.txt"))
    other.themes.add("Weather")
    with holdings.library.deed("Import", deed.changes.step) as more:
        holdings.articles.add(draft("Two."), Source("2.txt"))
    assert more.changes.step == deed.changes.step
    assert [step.origin for step in other.library.journal.steps(2)] == ["other", "test"]
    other.library.close()


@pytest.mark.parametrize("what", ["the same row", "a row it refers to"])
def test_a_part_that_builds_on_anothers_later_step_comes_after_it(holdings, tmp_path, what):
    """Undoing the latest step always works, however two processes interleave."""
    other = opened(tmp_path / "library", "other")
    key = add(holdings, *TEXT)
    before = tables(holdings.library.database)
    with holdings.library.deed("Import") as deed:
        holdings.articles.add(draft("One."), Source("1.txt"))
    other.articles.edit(key, {"title": "Mine"})
    other.themes.add("Weather")
    with holdings.library.deed("Import", deed.changes.step) as more:
        if what == "the same row":
            holdings.articles.update(key, draft("Anew."), Source("2.txt"))
        else:
            holdings.articles.theme(deed.changes.articles and min(deed.changes.articles), ["Weather"])
    after = tables(holdings.library.database)
    assert more.changes.step > deed.changes.step
    for _ in range(4):
        other.library.undo()
    assert tables(holdings.library.database) == before
    for _ in range(4):
        holdings.library.redo()
    assert tables(holdings.library.database) == after
    other.library.close()


def test_a_step_that_was_undone_meanwhile_is_not_continued(empty, tmp_path):
    other = opened(tmp_path / "empty", "other")
    with empty.library.deed("Import") as deed:
        empty.articles.add(draft("One."), Source("1.txt"))
    other.library.undo()
    with empty.library.deed("Import", deed.changes.step) as more:
        empty.articles.add(draft("Two."), Source("2.txt"))
    assert more.changes.step != deed.changes.step
    assert [step.done for step in other.library.journal.steps()] == [True, False]
    other.library.close()


def test_what_another_process_deletes_under_a_deed_is_a_conflict(holdings, tmp_path):
    key = first(holdings)
    other = opened(tmp_path / "library", "other")
    theme = other.themes.find("Money")
    other.themes.delete("Money")
    other.library.close()
    with pytest.raises(Conflict, match="deleted by another program"), holdings.library.deed("Put"):
        holdings.themes.put_on_article(key, [theme])


# ---------------------------------------- how much is kept


def test_a_thousand_steps_are_kept_and_the_oldest_go(empty):
    key = add(empty, *TEXT)
    empty.library.database.execute("PRAGMA synchronous=OFF")
    for number in range(journal_module.MOST_STEPS + 5):
        empty.articles.edit(key, {"title": f"Title {number}"})
    steps = empty.library.journal.steps(journal_module.MOST_STEPS * 2)
    assert len(steps) == journal_module.MOST_STEPS
    assert steps[-1].number == 7
    kept = {row["step_id"] for row in empty.library.database.rows("SELECT DISTINCT step_id FROM change")}
    assert kept == {step.number for step in steps}
    for _ in steps:
        empty.library.undo()
    assert empty.articles.by_keys([key])[0].metadata.title == "Title 4"


def test_the_bytes_kept_are_limited_but_the_newest_step_stays(empty, monkeypatch):
    monkeypatch.setattr(journal_module, "MOST_BYTES", 5_000)
    key = add(empty, "x" * 20_000)
    for number in range(3):
        with empty.library.deed("New text"):
            empty.articles.update(key, draft(f"{number}" * 20_000), Source("1.txt"))
        assert len(empty.library.journal.steps()) == 1
    empty.library.undo()
    assert empty.bodies.content(key).body.text == "1" * 20_000


def test_it_is_said_before_the_oldest_steps_go(empty, monkeypatch):
    monkeypatch.setattr(journal_module, "MOST_STEPS", 20)
    key = add(empty, *TEXT)
    said = []
    for number in range(30):
        empty.articles.edit(key, {"title": f"Title {number}"})
        steps = empty.library.journal.steps()
        said.append((len(steps), str(journal_module.room_left(steps) or "")))
    full = "The history is nearly full: it keeps the latest 20 steps, or 256 MB of them."
    assert [(count, line) for count, line in said if line] == [(18, full), (19, full), *[(20, full)] * 12]
    monkeypatch.setattr(journal_module, "MOST_STEPS", 1_000)
    assert journal_module.room_left(steps) is None
    monkeypatch.setattr(journal_module, "MOST_BYTES", sum(step.size for step in steps))
    assert journal_module.room_left(steps) is not None


def test_sizes_are_those_of_what_is_kept(holdings):
    for _ in range(2):
        rows = holdings.library.database.rows(
            "SELECT step_id, sum(length(CAST(ifnull(old, '') AS BLOB)) + 32) AS size FROM change GROUP BY step_id"
        )
        assert {step.number: step.size for step in holdings.library.journal.steps()} == dict(map(tuple, rows))
        holdings.library.undo()


# ---------------------------------------- rows of a stranger

HOSTILE_CHANGES = {
    "an unknown table": ("step", 1, "update", '{"template": "x"}'),
    "a table of SQLite": ("sqlite_master", 1, "delete", '{"id": 1, "sql": "x"}'),
    "SQL for a table": ('article"; DROP TABLE article; --', 1, "insert", None),
    "an unknown column": ("article", 1, "update", '{"nonsense": 1}'),
    "SQL for a column": ("article", 1, "update", '{"title\\"=1; DROP TABLE article; --": 1}'),
    "an unknown operation": ("article", 1, "execute", "{}"),
    "SQL for an operation": ("article", 1, "update; DROP TABLE article", "{}"),
    "a key that is no number": ("article", "1 OR 1=1", "insert", None),
    "a key changed": ("article", 1, "update", '{"id": 77}'),
    "another row brought back": ("theme", 1, "delete", '{"id": 77, "uid": "u", "name": "n", "colour": "c"}'),
    "no JSON": ("article", 1, "update", "not json"),
    "JSON that is no object": ("article", 1, "update", "[1, 2]"),
    "values that are no values": ("article", 1, "update", '{"title": {"a": 1}}'),
    "a number too large": ("article", 1, "update", '{"words": 99999999999999999999}'),
    "JSON too deep": ("article", 1, "update", "[" * 100_000),
    "bytes": ("article", 1, "update", b"\x00\xff"),
    "SQL for a value that must be a number": ("article", 1, "update", '{"uid": null}'),
}


@pytest.mark.parametrize("name", HOSTILE_CHANGES)
def test_a_hostile_change_does_nothing_but_raise(holdings, name):
    holdings.articles.edit(first(holdings), {"title": "Changed"})
    before = tables(holdings.library.database)
    step = _latest(holdings)
    holdings.library.database.execute("DELETE FROM change WHERE step_id=?", (step,))
    holdings.library.database.execute(
        "INSERT INTO change (step_id, tbl, row, op, old) VALUES (?, ?, ?, ?, ?)", (step, *HOSTILE_CHANGES[name])
    )
    with pytest.raises((LibraryError, Conflict)):
        holdings.library.undo()
    assert tables(holdings.library.database) == before
    assert holdings.library.journal.step(step).done


def test_sql_in_a_value_stays_a_value(holdings):
    words = "'); DROP TABLE article; -- \" {title} %s"
    holdings.articles.edit(first(holdings), {"title": words})
    holdings.themes.add(words)
    holdings.articles.edit(first(holdings), {"title": "Other"})
    holdings.library.undo()
    assert holdings.articles.by_keys([first(holdings)])[0].metadata.title == words


@pytest.mark.parametrize("values", ["no json", "[]", "null", '{"title": {"a": 1}}', "[" * 100_000, b"\xff"])
def test_a_hostile_label_is_shown_as_it_can_be(holdings, values):
    template = "{title.__class__} {title} {0}"
    holdings.library.database.execute("UPDATE step SET template=?, vals=?", (template, values))
    assert {str(step.label) for step in holdings.library.journal.steps()} == {template}
    holdings.library.undo()


def test_the_journal_is_data_only(holdings):
    for row in holdings.library.database.rows("SELECT tbl, op, old FROM change"):
        assert row["op"] in ("insert", "update", "delete")
        assert isinstance(json.loads(row["old"] or "{}"), dict)
    stored = holdings.library.database.rows("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    assert stored == []
