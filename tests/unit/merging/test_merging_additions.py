"""A merge tells what it puts on things that are here already."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.model import AttributeChange, Rule
from app.workspace import Workspace
from tests.libraries import add, finished
from tests.twins import at, collection, key, mark, merged, pair, theme


@pytest.fixture
def twins(tmp_path):
    """Return a library and a copy of it on the other laptop."""
    return pair(tmp_path)


def article(space: Workspace) -> str:
    return str(space.articles.by_keys([key(space)])[0].id)


def within(space: Workspace, deed: Callable[[], object]) -> None:
    with space.library.deed("A deed"):
        deed()


DEEDS = {
    "a theme on a highlight": (
        lambda space: space.highlights.retheme(mark(space, "euros"), add=[theme(space, "Money")]),
        ("highlight", "59 euros", "theme", "Money"),
    ),
    "a theme on an article": (
        lambda space: space.articles.theme(key(space), add=[theme(space, "Ships")]),
        ("article", "Trains", "theme", "Ships"),
    ),
    "a value": (
        lambda space: space.articles.edit(key(space, "Another"), attributes={"Tone": "loud"}),
        ("article", "Other", "Tone", "loud"),
    ),
    "a passage in a collection": (
        lambda space: space.collections.put(collection(space, "List"), [mark(space, "coaches")]),
        ("collection", "List", "highlight", "coaches"),
    ),
    "an article in a collection": (
        lambda space: space.collections.put(collection(space, "Spare"), [article(space)]),
        ("collection", "Spare", "article", "Trains"),
    ),
    "a text in a collection": (
        lambda space: space.collections.write(collection(space, "List"), "So\n*much* for that"),
        ("collection", "List", "text", "So *much* for that"),
    ),
    "an attribute": (lambda space: space.attributes.add("Country"), ("attribute", "Country", "attribute", "Country")),
    "a choice": (
        lambda space: space.attributes.edit("Tone", AttributeChange(more=("wry",))),
        ("attribute", "Tone", "choice", "wry"),
    ),
    "a rule": (
        lambda space: within(space, lambda: space.furniture.take_in([Rule("", "Post", "Sign up", "by hand")])),
        ("rule", "Post", "line", "sign up"),
    ),
    "a theme of another coder": (
        lambda space: within(space, lambda: space.layers.put_theme(key(space), space.themes.find("Ships"), "Ben")),
        ("article", "Trains", "theme", "Ships (Ben)"),
    ),
}


@pytest.mark.parametrize("what", DEEDS)
def test_what_is_put_on_things_that_are_here_is_told_before_and_after(twins, what):
    here, there = twins
    deed, expected = DEEDS[what]
    at(there, deed)
    with Workspace(here, create=False) as space:
        foreseen = finished(space.preview_merge(there))
    report = merged(here, there)
    assert [(one.kind, one.name, one.field, one.after) for one in report.added] == [expected]
    assert (foreseen.added, foreseen.overwritten) == (report.added, ())
    again = merged(here, there)
    assert (again.added, again.step) == ((), None)


def another(space: Workspace) -> None:
    made = add(space.holdings, "A ferry sank off the coast.", title="Ferry")
    space.articles.theme(made, add=[theme(space, "Ships")])
    space.articles.edit(made, attributes={"Tone": "calm"})
    space.highlights.add(made, 2, 7, [theme(space, "Ships")], "a note")


def test_what_comes_with_its_article_is_not_told_apart(twins):
    here, there = twins
    at(there, another)
    report = merged(here, there)
    assert (report.articles, report.highlights, report.noted, report.added) == (1, 1, 1, ())
