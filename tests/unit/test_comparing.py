"""An article beside its earlier texts and its like: what can be compared is offered, and highlights can be carried."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.comparing import Other, carry, comparison, others
from app.errors import NotFound
from app.workspace import Workspace
from tests.libraries import add, displaced, tables

WIRE = [
    f"The {word} was seen off the coast by a fisherman who had left the harbour before dawn."
    for word in ("ferry", "tanker", "trawler", "cutter", "barge", "yacht")
]


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace(tmp_path / "library") as found:
        yield found


def test_earlier_texts_and_similar_articles_are_offered(workspace):
    first = add(workspace.holdings, *WIRE, title="Wire")
    second = add(workspace.holdings, "By our own correspondent", *WIRE, title="Elsewhere")
    add(workspace.holdings, "Something else happened, and nobody wrote about it.", title="Else")
    workspace.bodies.leave_out(first, 5)
    version, similar = others(workspace.holdings, first)
    assert (version.reason, version.article) == ("cut by hand", None)
    assert similar.article is not None
    assert (similar.article.key, similar.share > 0.9) == (second, True)
    with_version = comparison(workspace.holdings, first, version)
    assert [one.new is None for one in with_version.facing] == [False] * 5 + [True]
    with_other = comparison(workspace.holdings, first, similar)
    assert [one.new is None for one in with_other.facing] == [True] + [False] * 5 + [True]


def test_highlights_are_carried_where_their_passage_stands(workspace):
    first = add(workspace.holdings, *WIRE[:5], title="Wire")
    second = add(workspace.holdings, "By our own correspondent", *WIRE, title="Elsewhere")
    text = workspace.bodies.content(second).body.text
    for number, words in enumerate(("The tanker was seen", "own correspondent", "yacht was seen")):
        start = text.index(words)
        workspace.highlights.add(second, start, start + len(words), ["Ships > Seen"], f"note {number}")
    before = tables(workspace.library.database)
    (other,) = others(workspace.holdings, first)
    assert comparison(workspace.holdings, first, other).carried == 1
    made = carry(workspace.holdings, second, first)
    (highlight,) = workspace.highlights.of_article(first)
    assert (highlight.id,) == made
    assert (highlight.quote, highlight.note) == ("The tanker was seen", "note 0")
    assert highlight.themes == workspace.highlights.of_article(second)[1].themes
    assert comparison(workspace.holdings, first, other).carried == 0
    assert displaced(workspace.library.database) == []
    workspace.undo()
    assert tables(workspace.library.database) == before


def test_a_private_note_stays_private_where_it_is_carried(workspace):
    first = add(workspace.holdings, *WIRE[:5], title="Wire")
    second = add(workspace.holdings, "By our own correspondent", *WIRE, title="Elsewhere")
    start = workspace.bodies.content(second).body.text.index("The tanker")
    made = workspace.highlights.add(second, start, start + 10, [], "for my eyes")
    workspace.highlights.note(made.id, "for my eyes", private=True)
    carry(workspace.holdings, second, first)
    (highlight,) = workspace.highlights.of_article(first)
    assert (highlight.note, highlight.private) == ("for my eyes", True)


def test_what_is_gone_is_said(workspace):
    first = add(workspace.holdings, *WIRE, title="Wire")
    with pytest.raises(NotFound):
        comparison(workspace.holdings, first, Other(version=99))
