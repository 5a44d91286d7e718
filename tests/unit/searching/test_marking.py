"""Marking all hits: what is proposed, what is refused, what becomes of it, and that it is one step."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.searching.answers import Proposals, Unit
from app.workspace import Workspace
from tests.libraries import add, displaced, finished, sound

LINES = (
    "A drone was seen. Two drones were heard, and no drone strike was confirmed.",
    "The harbour is closed.",
    "  Drone strikes are rare.  ",
)


@pytest.fixture
def article(workspace: Workspace) -> int:
    return add(workspace.holdings, *LINES, title="Strikes")


def proposed(workspace: Workspace, query: str, unit: str) -> Proposals:
    return finished(workspace.propose(query, Unit(unit)))


def quotes(proposals: Proposals) -> list[str]:
    return [one.quote for one in proposals.found]


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    ("query", "unit", "expected"),
    [
        ("drone", "word", ["drone", "drones", "drone", "Drone"]),
        ('"drone strike"', "word", ["drone strike"]),
        ('"drone strikes" OR harbour', "word", ["harbour", "Drone strikes"]),
        ('"two heard"~3', "word", ["Two drones were heard"]),
        ("strike", "word", ["strike", "strikes"]),
        ("str*", "word", ["strike", "strikes"]),
        (
            "drone",
            "sentence",
            [
                "A drone was seen.",
                "Two drones were heard, and no drone strike was confirmed.",
                "Drone strikes are rare.",
            ],
        ),
        ("drone", "paragraph", [LINES[0], LINES[2].strip()]),
        ("drone -harbour", "word", []),
        ("drone title:strikes", "word", ["drone", "drones", "drone", "Drone"]),
    ],
)
def test_each_hit_is_proposed_as_its_word_sentence_or_paragraph(workspace, query, unit, expected):
    assert quotes(proposed(workspace, query, unit)) == expected


def test_a_query_without_words_for_a_text_is_refused(workspace, article):
    for query in ("", "*", "theme:war", "is:unread", "title:strikes"):
        with pytest.raises(InvalidInput):
            proposed(workspace, query, "word")
    assert workspace.highlights.of_article(article) == ()


def test_what_is_accepted_is_marked_as_one_step(workspace, article):
    found = proposed(workspace, "drone", "sentence").found
    before = len(workspace.history())
    report = finished(workspace.mark([found[0], found[2]], ["War > Drones", "Sky"], "All of one query"))
    marks = workspace.highlights.of_article(article)
    assert [mark.quote for mark in marks] == [found[0].quote, found[2].quote]
    assert [mark.id for mark in marks] == list(report.marked.made)
    names = {theme.id: " > ".join(theme.path) for theme in workspace.themes.all()}
    assert {names[theme] for mark in marks for theme in mark.themes} == {"War > Drones", "Sky"}
    assert {mark.note for mark in marks} == {"All of one query"}
    assert len(workspace.history()) == before + 1
    assert str(workspace.history()[0].label) == "Hits marked: 2"
    assert workspace.count("theme:Sky", passages=True) == 2
    workspace.undo()
    assert workspace.highlights.of_article(article) == ()
    assert workspace.themes.seek("Sky") is None
    workspace.redo()
    assert workspace.count("theme:Sky", passages=True) == 2
    assert sound(workspace) == []


def test_one_step_however_many_transactions_it_takes(workspace):
    keys = [add(workspace.holdings, *["A drone was seen."] * 30, title=f"Day {day}") for day in range(3)]
    found = proposed(workspace, "drone", "word").found
    before = len(workspace.history())
    progress = [one.done for one in workspace.mark(found, ["Sky"])]
    assert progress[-1] == len(found) == 90
    assert progress == sorted(set(progress))
    assert len(workspace.history()) == before + 1
    assert all(len(workspace.highlights.of_article(key)) == 30 for key in keys)
    workspace.undo()
    assert not any(workspace.highlights.of_article(key) for key in keys)


def test_what_is_marked_already_is_said_and_gets_the_theme(workspace, article):
    mark = workspace.highlights.add_quote(article, "A drone was seen.", 1, ["Sky"])
    found = proposed(workspace, "drone", "sentence").found
    assert [one.highlight for one in found] == [mark.id, "", ""]
    assert found[0].themes == mark.themes
    report = finished(workspace.mark(found, ["Drones"]))
    assert (report.marked.themed, len(report.marked.made)) == ((mark.id,), 2)
    assert len(workspace.highlights.of_article(article)) == 3
    again = finished(workspace.mark(found, ["Drones"]))
    assert (again.marked.unchanged, again.marked.made, again.step) == (3, (), None)


def test_what_the_text_no_longer_says_is_left(workspace, article):
    found = proposed(workspace, "drone", "sentence").found
    workspace.bodies.leave_out(article, 0)
    gone = add(workspace.holdings, "A drone sank.", title="Gone")
    sunk = proposed(workspace, "sank", "word").found
    workspace.articles.remove([gone])
    report = finished(workspace.mark([*found, *sunk], ["Sky"]))
    assert report.marked.gone == len(found) + 1 - len(report.marked.made)
    assert displaced(workspace.library.database) == []


def test_stopping_leaves_marked_what_is_marked(workspace):
    for day in range(4):
        add(workspace.holdings, *["A drone was seen."] * 40, title=f"Day {day}")
    found = proposed(workspace, "drone", "word").found
    journey = workspace.mark(found, ["Sky"])
    done = next(journey).done
    journey.close()
    assert workspace.count("theme:Sky", passages=True) == done
    workspace.undo()
    assert workspace.count("theme:Sky", passages=True) == 0


WORDS = st.sampled_from(
    ["drone", "drones", "strike", "sea", "Dr.", "a", "is", "no.", "well-known", "drone’s", "无人机"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4)
QUERIES = st.sampled_from(
    [
        "drone",
        '"drone strike"',
        "strike sea",
        "drone OR sea",
        '"drone sea"~3',
        "dr*",
        "dron~",
        "无人机",
        '"is a"',
        "a* -sea",
    ]
)


@settings(max_examples=40, deadline=None)
@given(lines=TEXTS, query=QUERIES, unit=st.sampled_from([*Unit]))
@example(lines=["drone drone sea"], query='"drone sea"~3', unit=Unit.WORD)
def test_every_proposal_is_a_passage_of_the_text_with_a_hit_in_it(tmp_path_factory, lines, query, unit):
    with Workspace(tmp_path_factory.mktemp("library")) as workspace:
        key = add(workspace.holdings, *lines)
        text = workspace.bodies.texts([key])[key]
        found = finished(workspace.propose(query, unit)).found
        for one in found:
            assert text[slice(*one.span)] == one.quote == one.quote.strip() != ""
            assert one.context[slice(*one.at)] == one.quote
            assert any(one.at[0] <= start and end <= one.at[1] for start, end in one.hits)
        spans = [one.span for one in found]
        assert spans == sorted(set(spans))
        # every word that is painted as a hit in the open article is in one of them
        hits = workspace.hits(query, key).text if workspace.keys(query) else ()
        assert all(any(first <= start and end <= last for first, last in spans) for start, end in hits)


def test_in_one_article_only_its_own_passages_are_proposed(workspace: Workspace, article: int):
    add(workspace.holdings, "A drone strike elsewhere.", title="Elsewhere")
    assert quotes(finished(workspace.propose('"drone strike"', Unit.WORD, article))) == ["drone strike"]
