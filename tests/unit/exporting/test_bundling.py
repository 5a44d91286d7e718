"""What an export gets: everything, or what a query, a collection or a theme picks, the same for the same library."""

from __future__ import annotations

import pytest

from app.errors import InvalidInput, LibraryError, NotFound
from app.exporting import bundling
from app.exporting.bundling import Selection
from app.workspace import Workspace
from tests.libraries import add, finished


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, str]:
    """Fill a library; return ids by short names."""
    rail, sea, bare = (
        add(workspace.holdings, f"One two three {name}.", title=name) for name in ("rail", "sea", "bare")
    )
    marks = {
        "rail deep": workspace.highlights.add(rail, 0, 3, ["Transport > Trains"]).id,
        "rail plain": workspace.highlights.add(rail, 4, 7).id,
        "sea": workspace.highlights.add(sea, 0, 3, ["Transport", "Money"]).id,
    }
    workspace.articles.theme(bare, ["Transport"])
    workspace.notes.write("About the library")
    workspace.themes.edit("Money", note="About money")
    articles = {one.metadata.title: one.id for one in workspace.articles.by_keys(workspace.articles.keys())}
    workspace.collections.add("List", note="About the list")
    workspace.collections.put("List", [articles["bare"], marks["rail plain"], articles["sea"]])
    workspace.collections.add("By query", "sea", note="Found")
    return marks | {f"article {title}": uid for title, uid in articles.items()}


def shown(bundle) -> list[tuple[str | None, list[str]]]:
    return [(one.article.metadata.title, [mark.quote for mark in one.highlights]) for one in bundle.articles]


def test_nothing_named_is_everything(workspace, ids):
    bundle = workspace.bundle(Selection())
    assert shown(bundle) == [("rail", ["One", "two"]), ("sea", ["One"]), ("bare", [])]
    assert (bundle.title, bundle.note, bundle.order) == ("library", "About the library", ())
    assert [" > ".join(theme.path) for theme in bundle.themes] == ["Transport", "Transport > Trains", "Money"]


def test_whose_marks_are_layers_goes_along(workspace, ids):
    assert workspace.bundle(Selection()).layers == workspace.rounds.layers() == {"Consensus"}


def test_a_query_takes_its_articles_whole(workspace, ids):
    assert shown(workspace.bundle(Selection(query="rail OR bare"))) in (
        [("rail", ["One", "two"]), ("bare", [])],
        [("bare", []), ("rail", ["One", "two"])],
    )


def test_the_note_is_that_of_what_was_chosen(workspace, ids):
    assert workspace.bundle(Selection(query="rail")).note == ""
    assert workspace.bundle(Selection(theme="Money")).note == "About money"
    assert workspace.bundle(Selection(collection="List")).note == "About the list"


def test_a_theme_takes_its_subtree_and_only_its_highlights(workspace, ids):
    assert shown(workspace.bundle(Selection(theme="transport"))) == [("rail", ["One"]), ("sea", ["One"]), ("bare", [])]
    assert shown(workspace.bundle(Selection(theme="Transport > Trains"))) == [("rail", ["One"])]
    assert workspace.bundle(Selection(theme="trains")).title == "Transport > Trains"


def test_a_collection_takes_articles_whole_and_passages_alone_in_its_order(workspace, ids):
    bundle = workspace.bundle(Selection(collection="list"))
    assert sorted(shown(bundle)) == [("bare", []), ("rail", ["two"]), ("sea", ["One"])]
    assert bundle.order == (ids["article bare"], ids["rail plain"], ids["article sea"])
    assert (bundle.title, bundle.note) == ("List", "About the list")
    found = workspace.bundle(Selection(collection="By query"))
    assert (shown(found), found.title, found.note) == ([("sea", ["One"])], "By query", "Found")


def test_the_same_library_makes_the_same_bundle(workspace, ids):
    assert workspace.bundle(Selection()) == workspace.bundle(Selection())
    made = workspace.bundle(Selection()).made
    workspace.library.database.execute("UPDATE highlight SET modified=modified+5000")
    assert workspace.bundle(Selection()).made >= made + 5000 - 1000


def test_what_is_not_there_and_two_things_at_once_are_refused(workspace, ids):
    for selection in (Selection(theme="none"), Selection(collection="none")):
        with pytest.raises(NotFound):
            workspace.bundle(selection)
    with pytest.raises(InvalidInput):
        workspace.bundle(Selection(query="a", theme="Transport"))


def test_an_empty_library_makes_an_empty_bundle(workspace):
    bundle = workspace.bundle(Selection())
    assert (bundle.articles, bundle.made) == ((), 0)


def test_private_notes_stay_home_unless_they_are_asked_for(workspace, ids):
    rail = workspace.articles.key(ids["article rail"])
    workspace.articles.note(rail, "Of the article")
    workspace.highlights.note(ids["sea"], "Of the passage")
    secret = workspace.holdings.notes
    for owner, key in (("article", rail), ("highlight", workspace.highlights.find(ids["sea"]).key), ("", None)):
        secret.set_private(owner, key, private=True)
    open_, closed = workspace.bundle(Selection(private=True)), workspace.bundle(Selection())
    assert (open_.note, open_.withheld) == ("About the library", 0)
    assert (closed.note, closed.withheld) == ("", 3)
    assert {one.article.note for one in closed.articles} == {""}
    assert {mark.note for one in closed.articles for mark in one.highlights} == {""}
    assert "Of the passage" in {mark.note for one in open_.articles for mark in one.highlights}
    assert [theme.note for theme in closed.themes] == ["", "", "About money"]


def test_only_what_is_marked(workspace, ids):
    add(workspace.holdings, "Nothing here.", title="plain")
    assert [title for title, _ in shown(workspace.bundle(Selection(marked=True)))] == ["rail", "sea", "bare"]


def test_what_only_another_coder_put_a_theme_on_goes_along(workspace, ids):
    key = add(workspace.holdings, "Nothing here.", title="theirs")
    theme = workspace.themes.add("Ferries")
    with workspace.library.deed("Taken in"):
        workspace.holdings.layers.put_theme(key, theme, "Zoe")
    assert [title for title, _ in shown(workspace.bundle(Selection(marked=True)))][-1] == "theirs"
    (item,) = workspace.bundle(Selection(theme="Ferries")).articles
    assert (item.article.key, item.layers) == (key, {"Zoe": (theme.id,)})


def test_a_collection_goes_with_its_headings(workspace, ids):
    made = workspace.collections.write("List", "Part one", 1, before=ids["rail plain"])
    bundle = workspace.bundle(Selection(collection="List"))
    assert bundle.order == made.sequence
    assert [one.text for one in bundle.interludes] == ["Part one"]
    assert [one.name for one in workspace.bundle(Selection()).collections] == ["List", "By query"]


def test_an_export_is_of_one_moment_whatever_is_done_meanwhile(workspace, ids, tmp_path, monkeypatch):
    monkeypatch.setattr(bundling, "PART", 1)
    finished(workspace.export(Selection(), "json", tmp_path / "before.json", {}))
    journey = workspace.export(Selection(), "json", tmp_path / "meanwhile.json", {})
    next(journey)
    rail = workspace.articles.key(ids["article rail"])
    workspace.bodies.leave_out(rail, 0)
    workspace.articles.remove([workspace.articles.key(ids["article bare"])])
    next(journey)
    workspace.highlights.note(ids["sea"], "Later")
    workspace.themes.delete("Money")
    next(journey)
    workspace.notes.write("Another note")
    finished(journey)
    assert (tmp_path / "meanwhile.json").read_bytes() == (tmp_path / "before.json").read_bytes()
    finished(workspace.export(Selection(), "json", tmp_path / "after.json", {}))
    assert (tmp_path / "after.json").read_bytes() != (tmp_path / "before.json").read_bytes()


def test_gathering_goes_in_short_steps_and_can_be_stopped_between_them(workspace, ids, tmp_path, monkeypatch):
    monkeypatch.setattr(bundling, "PART", 1)
    journey = workspace.export(Selection(), "text", tmp_path / "new" / "all.txt", {})
    steps = [next(journey) for _ in range(3)]
    assert [(step.done, step.total, step.name) for step in steps] == [(0, 3, "rail"), (0, 3, "sea"), (0, 3, "bare")]
    journey.close()
    assert not (tmp_path / "new").exists()
    chosen = Selection(articles=(ids["article sea"], ids["article rail"]))
    report = finished(workspace.export(chosen, "text", tmp_path / "all.txt", {}))
    assert (report.articles, report.highlights) == (2, 3)


def test_nothing_is_erased_for_good_while_an_export_still_reads_it(workspace, ids, tmp_path):
    sea = workspace.articles.key(ids["article sea"])
    journey = workspace.export(Selection(), "json", tmp_path / "all.json", {})
    next(journey)
    with pytest.raises(LibraryError, match="An export is under way"):
        workspace.erase([sea])
    journey.close()
    workspace.erase([sea])
    assert [title for title, _ in shown(workspace.bundle(Selection()))] == ["rail", "bare"]


def test_a_format_that_is_none_is_refused_before_anything_is_gathered(workspace, tmp_path):
    with pytest.raises(InvalidInput, match="pptx"):
        workspace.export(Selection(), "pptx", tmp_path / "x", {})
    with pytest.raises(InvalidInput, match="colour"):
        workspace.export(Selection(), "csv", tmp_path / "x.csv", {"colour": "red"})


def test_the_passages_that_a_search_finds_go_alone(workspace, ids):
    """A query in the words of the passages, or of what is on them, takes no other passage of those articles."""
    assert shown(workspace.bundle(Selection(query="two", passages=True))) == [("rail", ["two"])]
    found = workspace.bundle(Selection(query="theme:transport", passages=True))
    assert sorted(shown(found)) == [("rail", ["One"]), ("sea", ["One"])]
    assert (found.title, found.note) == ("theme:transport", "")
    assert shown(workspace.bundle(Selection(query="four", passages=True))) == []


def test_a_collection_filled_by_a_search_hands_on_its_passages_alone_too(workspace, ids):
    workspace.collections.add("Twos", "two", note="Found")
    assert len(shown(workspace.bundle(Selection(collection="Twos")))) == 3
    found = workspace.bundle(Selection(collection="Twos", passages=True))
    assert (shown(found), found.title, found.note) == ([("rail", ["two"])], "Twos", "Found")
    assert [one.name for one in found.collections] == ["Twos"]


@pytest.mark.parametrize(
    "selection",
    [Selection(passages=True), Selection(collection="List", passages=True), Selection(theme="Money", passages=True)],
)
def test_passages_alone_need_a_search(workspace, ids, selection):
    with pytest.raises(InvalidInput, match="no search"):
        workspace.bundle(selection)
