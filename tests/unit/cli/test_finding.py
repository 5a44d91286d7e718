"""Finding and marking from the command line: like, mark-all, orders, and which field a hit is from."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def story(taken_in, tmp_path):
    """Return the ids of three articles: two tellings of one story, and one that has nothing to do with it."""
    texts = {
        "first": "# A platform burns\n\nThe inland platform burns. Insurers watch the platform from the harbour.\n",
        "second": "# Harbour news\n\nInsurers in the harbour say that an inland platform burns.\n",
        "third": "# Bread\n\nFlour, water and salt.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    added = taken_in(*(tmp_path / f"{name}.md" for name in texts))
    return {Path(one.source).stem: one.id for one in added}


def test_like_finds_the_other_telling(ask, run, story):
    answer = ask("like", story["first"][:8])
    assert [hit["id"] for hit in answer["hits"]] == [story["second"]]
    assert answer["explained"] == "Articles that have much in common with “A platform burns”."
    assert ask("search", f"like:{story['first']}")["hits"] == answer["hits"]
    marks = [ask("highlight", story[name], "--quote", "platform burns")["id"] for name in ("first", "second")]
    assert [hit["id"] for hit in ask("like", marks[0], "--passages")["hits"]] == [marks[1]]
    said = run("like", "0123456789")
    assert (said.code, said.out) == (1, "")


def test_an_article_without_a_title_is_untitled(ask, run, story):
    run("edit", story["first"], "--title", "")
    mark = ("mark-all", "platform", "--theme", "Energy")
    retheme = ("retheme", story["first"], "--add", "Energy")
    for words in (("list",), ("search", "platform"), (*mark, "--dry-run"), retheme):
        said = run(*words)
        assert (said.code, "Untitled" in said.out, "None" in said.out) == (0, True, False), said
    assert None in [one["title"] for one in ask("list")["articles"]], "programs are told what is there"


def test_mark_all_lists_refuses_and_marks(ask, run, story):
    query = ("mark-all", "platform", "--as", "word", "--theme", "Energy > Platforms")
    listed = ask(*query, "--dry-run")
    assert [one["number"] for one in listed["proposals"]] == [1, 2, 3]
    for one in listed["proposals"]:
        assert one["quote"] == "platform"
        assert [one["context"][start:end] for start, end in one["spans"]].count("platform") >= 1
        assert one["highlight"] is None
    assert listed["marked"] == []
    assert ask("highlights")["total"] == 0

    done = ask(*query, "--refuse", "2", "--note", "by hand")
    marks = {one["id"]: one for one in ask("highlights")["highlights"]}
    assert set(done["marked"]) == set(marks)
    assert len(marks) == 2
    kept = [one for one in listed["proposals"] if one["number"] != 2]
    assert sorted((one["article"], one["start"], one["end"]) for one in kept) == sorted(
        (one["article"], one["start"], one["end"]) for one in marks.values()
    )
    assert {(*one["themes"], one["note"]) for one in marks.values()} == {("Platforms", "by hand")}

    again = ask(*query)
    assert (len(again["marked"]), again["unchanged"], again["themed"]) == (1, 2, [])
    assert ask("undo", "2")["undone"] == ["Hits marked: 1", "Hits marked: 2"]
    assert ask("highlights")["total"] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("mark-all", "platform", "--refuse", "9"), 1),
        (("mark-all", "theme:nothing"), 1),
        (("mark-all", "platform", "--as", "page"), 2),
        (("mark-all",), 2),
        (("search", "platform", "--order", "colour"), 1),
        (("search", "platform", "--reverse"), 1),
        (("like",), 2),
    ],
)
def test_what_cannot_be_done_is_said(run, story, words, code):
    said = run(*words)
    assert (said.code, said.out) == (code, "")
    assert said.err
    assert run("highlights").out.strip() == "No highlights."


def test_orders_go_both_ways_in_every_list(ask, run, story):
    ask("edit", story["first"], "--published", "2025-03-04")
    ask("edit", story["second"], "--published", "2025-01")
    marks = {name: ask("highlight", story[name], "--quote", "platform")["id"] for name in ("first", "second")}

    def ids(command: str, key: str, *words: str) -> list[str]:
        return [one["id"] for one in ask(command, *words)[key]]

    newest = [story["first"], story["second"], story["third"]]
    oldest = [story["second"], story["first"], story["third"]]
    assert ids("list", "articles", "--order", "published") == newest
    assert ids("list", "articles", "--order", "published", "--reverse") == oldest
    assert ids("list", "articles", "--order", "title") == [story["first"], story["third"], story["second"]]
    assert ids("search", "hits", "platform", "--order", "published", "--reverse") == oldest[:2]
    assert ids("highlights", "highlights", "--order", "published") == [marks["first"], marks["second"]]
    assert ids("highlights", "highlights", "--order", "published", "--reverse") == [marks["second"], marks["first"]]


def test_a_hit_says_which_field_it_is_from_and_always_shows_its_words(ask, story):
    ask("attribute", "add", "Tone")
    ask("edit", story["first"], "--set", "Tone=dry", "--outlet", "Al Bawaba")
    mark = ask("highlight", story["first"], "--quote", "Insurers watch", "--theme", "Money")["id"]
    ask("note", mark, "ask them")
    queries = {"tone:dry": "Tone", "outlet:albawaba": "outlet", "note:ask": "note", "quote:insurers": "quote"}
    for query, field in queries.items():
        (hit,) = ask("search", query)["hits"]
        assert hit["field"] == field
        assert hit["spans"]
    (hit,) = ask("search", "money", "--passages")["hits"]
    assert (hit["field"], hit["excerpt"], hit["spans"]) == ("theme", "Money", [[0, 5]])


def test_a_hit_in_the_details_names_the_one_it_is_in(ask, run, tmp_path):
    told = "---\ntitle: Night trains\nsummary: A porter explains the timetable.\n---\n\nThe night train runs again.\n"
    (tmp_path / "trains.md").write_text(told, encoding="utf-8")
    ask("import", str(tmp_path / "trains.md"))
    (hit,) = ask("search", "porters")["hits"]
    assert (hit["field"], hit["excerpt"], hit["spans"]) == ("details", "A porter explains the timetable.", [[2, 8]])
    said = run("search", "porters").out
    assert "Night trains  (details: summary)" in said
    assert "A [porter] explains the timetable." in said


def test_a_collection_keeps_its_search_when_what_it_names_is_renamed(ask, story):
    ask("highlight", story["first"], "--quote", "Insurers watch", "--theme", "Money")
    ask("collection", "add", "Chosen")
    ask("collection", "put", "Chosen", story["third"])
    ask("collection", "add", "Kept", "--query", "theme:money OR in:chosen")
    before = sorted(hit["id"] for hit in ask("search", "in:kept")["hits"])
    ask("theme", "edit", "Money", "--name", "Old money")
    ask("collection", "edit", "Chosen", "--name", "Picked")
    assert (
        sorted(hit["id"] for hit in ask("search", "in:kept")["hits"])
        == before
        == sorted([story["first"], story["third"]])
    )
    kept = next(one for one in ask("collection", "list")["collections"] if one["name"] == "Kept")
    assert kept["query"] == 'theme:"Old money" OR in:Picked'


def test_attributes_stand_among_the_facets_by_their_names(ask, story):
    ask("attribute", "add", "Tone")
    ask("attribute", "add", "Month")
    ask("edit", story["first"], "--set", "Tone=dry", "--set", "Month=May", "--published", "2025-03")
    facets = ask("search", "platform")["facets"]
    assert facets["Tone"] == {"dry": 1}
    assert facets["Month"] == {"May": 1}
    assert facets["month"] == {"2025-03": 1}
