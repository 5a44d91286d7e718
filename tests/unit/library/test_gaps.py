"""What is not known of articles is named until the reader has filled it in, or said that it is not to be known."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.library.articles import Source
from app.model import Gap, Metadata, Origin, Published
from app.text.body import Body
from tests.libraries import tables

WHOLE = {
    "title": "Night trains",
    "byline": "Ada Holm",
    "outlet": "Railway Post",
    "published": Published.parse("2025-03-04"),
}


def add(holdings, without: tuple[str, ...] = (), derived: tuple[str, ...] = ()) -> int:
    values = {name: value for name, value in WHOLE.items() if name not in without}
    origins = {name: Origin.DERIVED if name in derived else Origin.STATED for name in values}
    with holdings.library.deed("Article"):
        return holdings.articles.add(Draft(Body.of(["A line."]), Metadata(**values, origins=origins)), Source())


def missing(holdings, *keys: int) -> dict[int, tuple[str, ...]]:
    return {gap.article: gap.missing for gap in holdings.gaps.of(keys or None)}


def test_what_is_missing_is_named(holdings):
    add(holdings)
    bare = add(holdings, without=("byline", "outlet", "published"), derived=("title",))
    undated = add(holdings, without=("published",), derived=("outlet",))
    assert missing(holdings) == {undated: ("published",), bare: ("title", "outlet", "published", "byline")}
    assert missing(holdings, bare) == {bare: ("title", "outlet", "published", "byline")}


def test_what_the_reader_has_set_is_not_missing_even_to_nothing(holdings):
    first, second = (add(holdings, without=("byline", "outlet"), derived=("title",)) for _ in range(2))
    before = tables(holdings.library.database)
    holdings.articles.edit_all([first, second], {"outlet": "Railway Post", "byline": ""})
    holdings.articles.edit(first, {"title": "Night trains"})
    assert missing(holdings) == {second: ("title",)}
    assert str(holdings.library.journal.steps(2)[1].label) == "Details of 2 articles"
    holdings.library.undo()
    holdings.library.undo()
    assert tables(holdings.library.database) == before


def test_few_and_many_are_asked_for_alike(holdings):
    keys = [add(holdings, without=("byline",) if number % 2 else ()) for number in range(12)]
    many = [*keys, *range(10_000, 10_600)]
    assert holdings.gaps.of(many) == holdings.gaps.of(keys) == holdings.gaps.of()
    assert holdings.gaps.of([keys[0], keys[1]]) == (Gap(keys[1], ("byline",)),)
    assert holdings.gaps.of(()) == ()


def test_values_of_the_outlet_come_before_those_of_others(holdings):
    for outlet, byline in (("Post", "Ada"), ("Post", "Bo"), ("Post", "Bo"), ("Mail", "Cy"), ("Mail", "Cy")):
        key = add(holdings)
        holdings.articles.edit(key, {"outlet": outlet, "byline": byline})
    assert holdings.gaps.known("byline", "Mail") == ("Cy", "Bo", "Ada")
    assert holdings.gaps.known("byline", "Post") == ("Bo", "Ada", "Cy")
    assert holdings.gaps.known("byline")[0] == "Bo"
    assert set(holdings.gaps.known("outlet")) == {"Post", "Mail"}
    assert holdings.gaps.known("section", "Post") == ()
    with pytest.raises(ValueError, match="not a field"):
        holdings.gaps.known("title; --")


def test_values_that_are_right_as_they_are_become_the_readers(holdings):
    first, second = (add(holdings, without=("outlet",), derived=("title",)) for _ in range(2))
    holdings.articles.edit_all([first, second], {"outlet": "Railway Post"}, ["title"])
    assert holdings.gaps.of() == ()
    assert {article.metadata.title for article in holdings.articles.by_keys([first, second])} == {"Night trains"}
    holdings.library.undo()
    assert missing(holdings) == {second: ("title", "outlet"), first: ("title", "outlet")}
