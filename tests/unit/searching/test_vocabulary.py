"""What a query can name: every name of the library, with the number of articles that it finds."""

from __future__ import annotations

import pytest

from app.library.articles import Source
from app.model import Metadata, Published
from app.search.completing import complete
from app.searching.vocabulary import MOST
from tests.libraries import draft

FIELDS = ("theme", "outlet", "is", "has", "in", "lang", "published", '"tone of voice"')


def add(workspace, title, **metadata):
    made = draft("A drone at sea.", "Nothing more.", title=title)
    with workspace.library.deed("Article “{title}”", title=title):
        return workspace.articles.add(made.__class__(made.body, Metadata(title, **metadata)), Source(f"{title}.txt"))


@pytest.fixture
def filled(workspace):
    """Return a library with three articles, marked, described and collected."""
    first = add(workspace, "One", outlet="The Ledger", language="en", published=Published.parse("2025-12-04"))
    second = add(workspace, "Two", outlet="The Ledger", language="en-GB", published=Published.parse("2025-11-30"))
    third = add(workspace, "Three", outlet="Al Bawaba", language="ar")
    workspace.themes.add("War")
    sea = workspace.themes.add("Sea", under="War")
    workspace.themes.add("Peace")
    workspace.highlights.add(first, 0, 7, [sea.id])
    workspace.highlights.add(first, 2, 7, [workspace.themes.find("War").id])
    workspace.highlights.add(second, 0, 7, [sea.id], note="look")
    workspace.attributes.add("tone of voice")
    with workspace.library.deed("Described"):
        workspace.attributes.put(first, "tone of voice", "very critical")
        workspace.attributes.put(third, "tone of voice", "calm")
    workspace.collections.add("Briefing")
    workspace.collections.put("Briefing", [one.id for one in workspace.articles.by_keys([first, second])])
    workspace.collections.add("My “best”")
    workspace.collections.add("By search", query="theme:war")
    return workspace


def counts(workspace, field):
    return {value.text: value.count for value in workspace.vocabulary().values[field]}


def test_every_name_is_there_with_its_articles(filled):
    assert list(counts(filled, "theme").items()) == [("War", 2), ("War > Sea", 2), ("Peace", 0)]
    assert list(counts(filled, "outlet").items()) == [("The Ledger", 2), ("Al Bawaba", 1)]
    assert counts(filled, "lang") == {"en": 2, "en-gb": 1, "ar": 1}
    assert list(counts(filled, "published").items()) == [("2025-12", 1), ("2025-11", 1)]
    assert counts(filled, "in") == {"Briefing": 2, "My “best”": 0, "By search": None}
    assert counts(filled, "has") == {"note": 1, "highlight": 2}
    states = counts(filled, "is")
    assert (states["unread"], states["annotated"], states["undated"], states["orphaned"]) == (3, 2, 1, 0)
    assert {value.text: value.count for value in filled.vocabulary().attributes["tone of voice"]} == {
        "very critical": 1,
        "calm": 1,
    }


@pytest.mark.parametrize("field", FIELDS)
def test_a_completed_query_finds_as_many_as_was_said(filled, field):
    query = f"{field}:"
    found = complete(query, len(query), filled.vocabulary()).found
    counted = [one for one in found if one.value.count is not None]
    assert counted
    for one in counted:
        assert filled.count(query + one.text) == one.value.count, one.text


def test_what_is_gone_is_not_named(filled):
    filled.articles.remove(filled.keys("outlet:bawaba") + filled.keys("published:2025-12"))
    assert list(counts(filled, "theme").items()) == [("War", 1), ("War > Sea", 1), ("Peace", 0)]
    filled.themes.delete("Peace")
    filled.collections.delete("Briefing")
    assert "Al Bawaba" not in counts(filled, "outlet")
    assert "Peace" not in counts(filled, "theme")
    assert "Briefing" not in counts(filled, "in")


def test_of_very_many_the_first_are_known(workspace):
    with workspace.library.deed("Themes"):
        for number in range(MOST + 5):
            row = {"uid": f"{number:032x}", "name": f"Theme {number}", "colour": "#888888", "rank": number}
            workspace.library.database.insert("theme", row)
    assert len(workspace.vocabulary().values["theme"]) == MOST


def test_an_empty_library_has_fields_and_states(workspace):
    known = workspace.vocabulary()
    assert "unread " in {one.text for one in complete("is:", 3, known).found}
    assert complete("theme:", 6, known) is None
