"""What comes back from a coder: what of it counts, what stays with the coder, and where the notes go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.coding.agreeing import CodingUnit, chosen_layers, layers_of, measure
from app.coding.layering import take_in
from app.coding.preparing import prepare
from app.errors import Conflict, InvalidInput
from app.exporting.bundling import Selection
from app.workspace import Workspace
from tests.libraries import add, finished, imported, sound, tables

COUNT = 20
ME_AND_ZOE = ("", "Zoe")


@pytest.fixture
def asking(workspace: Workspace) -> Workspace:
    """Return a library with twenty articles, of which every other one has a sentence about ferries, marked by me."""
    workspace.themes.add("Ferries")
    for number in range(COUNT):
        key = add(workspace.holdings, f"Story {number} begins.", f"The ferry {number} runs.", title=f"T{number:02}")
        if number % 2 == 0:
            words = f"The ferry {number} runs."
            workspace.highlights.add(key, *workspace.highlights.locate(key, words), ["Ferries"])
    return workspace


@pytest.fixture
def folder(asking: Workspace, tmp_path: Path) -> Path:
    """Return the library of a round that Zoe has all twenty articles in."""
    finished(prepare(asking, tmp_path / "round", "Zoe", Selection()))
    return tmp_path / "round"


def opened(folder: Path) -> Workspace:
    return Workspace(folder, create=False, origin="coder at work")


def by_title(workspace: Workspace) -> dict[str, int]:
    return {one.metadata.title: one.key for one in workspace.articles.by_keys(workspace.articles.keys())}


def marks(folder: Path, *numbers: int) -> None:
    """Let the coder mark the ferry in some articles."""
    with opened(folder) as theirs:
        for number in numbers:
            key = by_title(theirs)[f"T{number:02}"]
            theirs.highlights.add(key, *theirs.highlights.locate(key, f"The ferry {number} runs."), ["Ferries"])


def agreed(workspace: Workspace):
    (*_, last) = measure(workspace.holdings, CodingUnit.SENTENCES, ME_AND_ZOE)
    return last


def notes(workspace: Workspace, name: str = "Notes of Zoe") -> list[str]:
    return [one.text for one in workspace.collections.find(name).interludes]


# ---------------------------------------- private notes


def test_private_notes_stay_with_the_coder(asking, folder):
    marks(folder, 0)
    with opened(folder) as theirs:
        zero, one = (by_title(theirs)[title] for title in ("T00", "T01"))
        (held,) = theirs.highlights.of_article(zero)
        theirs.highlights.note(held.id, "PRIVATE passage")
        theirs.articles.note(zero, "PRIVATE diary")
        theirs.articles.note(one, "For you")
        theirs.themes.edit("Ferries", note="PRIVATE theme")
        theirs.themes.add("Boats")
        theirs.themes.edit("Boats", note="PRIVATE new theme")
        theirs.notes.write("PRIVATE plan")
        theirs.collections.add("Mine", note="PRIVATE list")
        for owner, key in (
            ("highlight", held.key),
            ("article", zero),
            ("theme", theirs.themes.find("Ferries").key),
            ("theme", theirs.themes.find("Boats").key),
            ("collection", theirs.collections.find("Mine").key),
            ("", None),
        ):
            theirs.notes.set_private(owner, key, private=True)
    report = finished(take_in(asking.holdings, folder))
    assert [str(said) for said in report.notes] == ["4 private notes stay with the coder."]
    assert notes(asking) == ["For you"]
    assert asking.themes.find("Boats").note == ""
    (mark,) = [one for one in asking.highlights.of_article(by_title(asking)["T00"]) if one.author == "Zoe"]
    assert (mark.note, asking.notes.is_private("highlight", mark.key)) == ("PRIVATE passage", True)
    bundle = asking.bundle(Selection())
    assert "PRIVATE" not in repr(bundle)


def test_private_notes_in_a_file_stay_behind_too(asking, folder, tmp_path):
    with opened(folder) as theirs:
        theirs.themes.edit("Ferries", note="PRIVATE theme")
        theirs.articles.note(by_title(theirs)["T01"], "PRIVATE diary")
        theirs.notes.set_private("theme", theirs.themes.find("Ferries").key, private=True)
        theirs.notes.set_private("article", by_title(theirs)["T01"], private=True)
        theirs.articles.note(by_title(theirs)["T02"], "For you")
        finished(theirs.export(Selection(private=True), "json", tmp_path / "round.json", {}))
    assert "PRIVATE" in (tmp_path / "round.json").read_text(encoding="utf-8")
    report = finished(take_in(asking.holdings, tmp_path / "round.json"))
    assert [str(said) for said in report.notes] == ["2 private notes stay with the coder."]
    assert notes(asking) == ["For you"]


def test_the_note_on_it_all_comes_with_a_file_unless_it_is_private(asking, folder, tmp_path):
    whole, part, private = (tmp_path / f"{name}.json" for name in ("whole", "part", "private"))
    with opened(folder) as theirs:
        theirs.notes.write("On it all")
        finished(theirs.export(Selection(), "json", whole, {}))
        finished(theirs.export(Selection(query="ferry"), "json", part, {}))
        theirs.notes.set_private("", None, private=True)
        finished(theirs.export(Selection(private=True), "json", private, {}))
    finished(take_in(asking.holdings, whole))
    assert notes(asking) == ["On it all"]
    assert finished(take_in(asking.holdings, part)).step is None
    assert notes(asking) == ["On it all"]
    report = finished(take_in(asking.holdings, private))
    assert ([str(one) for one in report.notes], notes(asking)) == (["One private note stays with the coder."], [])


# ---------------------------------------- what counts as coded


def test_of_a_round_whose_intake_is_stopped_only_what_is_in_counts(asking, folder):
    marks(folder, *range(0, COUNT, 2))
    journey = take_in(asking.holdings, folder)
    while next(journey).done == 0:
        pass
    journey.close()
    first = agreed(asking)
    assert 0 < first.articles < COUNT
    assert first.overall.percent == 100
    assert finished(take_in(asking.holdings, folder)).articles == COUNT
    whole = agreed(asking)
    assert (whole.articles, whole.overall.percent) == (COUNT, 100)


def test_what_has_not_come_back_is_said_and_comes_later(asking, folder, tmp_path):
    marks(folder, 0, 1, 2)
    with opened(folder) as theirs:
        finished(theirs.export(Selection(marked=True), "json", tmp_path / "some.json", {}))
        finished(theirs.export(Selection(), "json", tmp_path / "all.json", {}))
    report = finished(take_in(asking.holdings, tmp_path / "some.json"))
    assert [str(said) for said in report.notes] == [
        "17 articles of the round have not come back: they do not count in the agreement."
    ]
    assert agreed(asking).articles == 3
    report = finished(take_in(asking.holdings, tmp_path / "all.json"))
    assert (report.coder, report.notes) == ("Zoe", ())
    assert agreed(asking).articles == COUNT
    assert len(asking.rounds.all()) == 1
    finished(take_in(asking.holdings, tmp_path / "some.json"))
    assert agreed(asking).articles == COUNT


def test_a_coder_who_marked_nothing_has_said_so(asking, folder):
    report = finished(take_in(asking.holdings, folder))
    assert report.made == 0
    assert asking.undo().articles == asking.redo().articles == frozenset(asking.articles.keys())
    assert layers_of(asking.holdings) == ME_AND_ZOE
    assert chosen_layers(asking.holdings) == ME_AND_ZOE
    found = agreed(asking)
    assert (found.articles, found.overall.marked) == (COUNT, (COUNT // 2, 0))
    marks(folder, 0)
    finished(take_in(asking.holdings, folder))
    assert agreed(asking).overall.marked == (COUNT // 2, 1)
    asking.undo()
    assert agreed(asking).overall.marked == (COUNT // 2, 0)


def test_a_round_that_is_undone_covers_no_article(asking, folder, tmp_path):
    marks(folder, 0, 1, 2)
    with opened(folder) as theirs:
        finished(theirs.export(Selection(marked=True), "json", tmp_path / "some.json", {}))
    finished(take_in(asking.holdings, tmp_path / "some.json"))
    finished(take_in(asking.holdings, folder))
    assert agreed(asking).articles == COUNT
    asking.undo()
    assert agreed(asking).articles == 3
    asking.undo()
    assert layers_of(asking.holdings) == ("",)
    assert asking.rounds.articles("Zoe") == frozenset()
    asking.redo()
    asking.redo()
    assert agreed(asking).articles == COUNT
    assert finished(take_in(asking.holdings, folder)).step is None


def test_an_article_without_words_is_not_taken_for_another(asking, tmp_path):
    ours = add(asking.holdings, "", title="Ours")
    with Workspace(tmp_path / "other") as other:
        key = add(other.holdings, "", title="Other")
        other.articles.note(key, "About another article")
    with pytest.raises(Conflict, match="None of the articles"):
        finished(take_in(asking.holdings, tmp_path / "other", "Zoe"))
    assert asking.articles.by_keys([ours])[0].note == ""


def test_values_of_what_has_no_name_are_passed_over(asking, folder, tmp_path):
    with opened(folder) as theirs:
        finished(theirs.export(Selection(), "json", tmp_path / "round.json", {}))
    told = json.loads((tmp_path / "round.json").read_text(encoding="utf-8"))
    told["articles"][0]["attributes"] = {" ": "x", "\x00": "y", "Tone": "calm", "Mood": "\x00"}
    (tmp_path / "round.json").write_text(json.dumps(told), encoding="utf-8")
    assert finished(take_in(asking.holdings, tmp_path / "round.json")).articles == COUNT
    assert notes(asking) == ["**Tone:** calm"]


def test_a_file_says_whose_round_it_is_and_makes_no_library_the_coders(asking, folder, tmp_path):
    finished(prepare(asking, tmp_path / "another", "Ben", Selection()))
    marks(folder, 0)
    with opened(folder) as theirs, Workspace(tmp_path / "laptop") as moved:
        finished(theirs.export(Selection(), "json", tmp_path / "round.json", {}))
        imported(moved, tmp_path / "round.json")
        assert moved.rounds.asked() is None
        finished(moved.export(Selection(), "json", tmp_path / "again.json", {}))
    report = finished(take_in(asking.holdings, tmp_path / "round.json"))
    assert (report.coder, report.made, report.notes) == ("Zoe", 1, ())
    assert finished(take_in(asking.holdings, tmp_path / "again.json", "Zoe")).step is None
    imported(asking, tmp_path / "again.json")
    assert asking.rounds.asked() is None


# ---------------------------------------- where the notes go


def test_notes_stay_known_whatever_their_collection_is_called(asking, folder):
    with opened(folder) as theirs:
        theirs.articles.note(by_title(theirs)["T03"], "First thought")
    finished(take_in(asking.holdings, folder))
    asking.collections.edit("Notes of Zoe", new_name="What Zoe thinks")
    report = finished(take_in(asking.holdings, folder))
    assert (report.step, report.collection) == (None, "What Zoe thinks")
    with opened(folder) as theirs:
        theirs.articles.note(by_title(theirs)["T03"], "Second thought")
    finished(take_in(asking.holdings, folder))
    assert notes(asking, "What Zoe thinks") == ["Second thought"]
    assert len(asking.collections.all()) == 1


def test_where_a_query_has_the_name_nothing_comes_in(asking, folder):
    marks(folder, 1)
    asking.collections.add("Notes of Zoe", query="ferry")
    assert finished(take_in(asking.holdings, folder)).made == 1
    with opened(folder) as theirs:
        theirs.articles.note(by_title(theirs)["T03"], "A thought")
    marks(folder, 3)
    before = tables(asking.library.database)
    with pytest.raises(InvalidInput, match="is filled by its query"):
        finished(take_in(asking.holdings, folder))
    assert tables(asking.library.database) == before
    assert sound(asking) == []
