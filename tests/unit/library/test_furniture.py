"""What is left out of an outlet's articles: by the reader's word for good, or since it stands in all of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.repeats import REPEATED, Repeats, normal, without_furniture
from app.drafts import Draft
from app.errors import InvalidInput
from app.exporting.bundling import Selection
from app.library.bodies import kept
from app.model import Content, LeftOut, Metadata, Rule
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import displaced, finished, imported, tables

PLACES = [
    f"{one} {two}" for one in ("old", "new", "far", "low", "cold") for two in ("harbour", "bay", "island", "town")
]
THINGS = [f"{one} {two}" for one in ("red", "blue", "torn", "lost", "heavy") for two in ("sail", "net", "crew", "lamp")]
ENDING = "The Harbour Times is printed on paper from managed forests."
INVITATION = "Sign up for our newsletter"


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace(tmp_path / "library") as found:
        yield found


def story(folder: Path, number: int, *more: str, outlet: str = "The Harbour Times") -> Path:
    chance = random.Random(number)
    lines = [
        f"The {word} left the {chance.choice(PLACES)} with a {chance.choice(THINGS)}, and nobody in the "
        f"{chance.choice(PLACES)} saw its {chance.choice(THINGS)} again."
        for word in ("ferry", "tanker", "trawler", "cutter", "barge", "yacht", "tug", "raft")
    ]
    path = folder / f"{number}.md"
    head = f"---\ntitle: Story {number}\noutlet: {outlet}\n---\n\n"
    path.write_text(head + "\n\n".join([*lines, *more]))
    return path


def texts(workspace: Workspace) -> list[str]:
    return [workspace.bodies.content(key).body.text for key in sorted(workspace.articles.keys())]


def test_a_rule_cuts_what_is_there_and_what_comes_and_is_one_step(workspace, tmp_path):
    advert = "Subscribers read this a day earlier."
    imported(
        workspace, *(story(tmp_path, number, advert) for number in range(2)), story(tmp_path, 9, advert, outlet="Other")
    )
    first = min(workspace.articles.keys())
    workspace.highlights.add(first, 4, 9, ["Ferries"])
    before = tables(workspace.library.database)
    changed, highlights = workspace.furniture.always(first, advert)
    assert (changed, highlights.orphaned) == (2, ())
    assert [advert in text for text in texts(workspace)] == [False, False, True]
    imported(workspace, story(tmp_path, 4, "subscribers read this a day  earlier."))
    assert texts(workspace)[-1].count("a day") == 0
    assert displaced(workspace.library.database) == []
    workspace.undo()
    workspace.undo()
    assert tables(workspace.library.database) == before


def test_an_outlet_is_the_same_in_any_case(workspace, tmp_path):
    shouted, other = "LES ÉCHOS DU PORT", "Le quai est fermé."
    for number in range(4):
        imported(workspace, story(tmp_path, number, INVITATION, outlet=shouted if number else "Les Échos du Port"))
    assert not any(INVITATION in text for text in texts(workspace))
    imported(
        workspace, story(tmp_path, 4, other, outlet="Les Échos du port"), story(tmp_path, 5, other, outlet=shouted)
    )
    changed, _highlights = workspace.furniture.always(max(workspace.articles.keys()), other)
    workspace.furniture.always(min(workspace.articles.keys()), other)
    assert changed == 2
    assert not any(other in text for text in texts(workspace))
    assert [rule.line for rule in workspace.furniture.rules()] == [normal(other)]


def test_a_rule_leaves_tables_and_code_whole(workspace, tmp_path):
    line, other = "net profit", "```\nnet profit\n```\n\n| 2024 | 2025 |\n|---|---|\n| net profit | loss |"
    imported(workspace, story(tmp_path, 1, line), story(tmp_path, 2, other))
    first, second = sorted(workspace.articles.keys())
    workspace.furniture.always(first, line)
    imported(workspace, story(tmp_path, 3, other))
    assert [text.split("\n").count(line) for text in texts(workspace)] == [0, 2, 2]
    with pytest.raises(InvalidInput, match="by hand"):
        workspace.furniture.always(second, line)


def test_a_rule_can_be_forgotten(workspace, tmp_path):
    imported(workspace, story(tmp_path, 1, ENDING))
    workspace.furniture.always(workspace.articles.keys()[0], ENDING)
    (rule,) = workspace.furniture.rules("the harbour times")
    assert (rule.line, rule.outlet) == (normal(ENDING), "The Harbour Times")
    workspace.furniture.forget(rule.id)
    assert workspace.furniture.rules() == ()


def test_rules_of_a_file_are_kept_once(workspace):
    cut = normal("word " * 100)  # ends with a space
    brought = [
        Rule("1" * 32, "The Post", cut, "by hand"), Rule("1" * 32, "THE POST", "Buy 10  now", "share"),
        Rule("2" * 32, "the post", cut, "by hand"), Rule("", " ", "x", ""), Rule("", "x", " ", ""),
    ]  # fmt: skip
    for _ in range(2):
        with workspace.library.deed("Rules"):
            workspace.furniture.take_in(brought)
        assert [(one.outlet, one.line) for one in workspace.furniture.rules()] == [
            ("THE POST", "buy # now"), ("The Post", cut),
        ]  # fmt: skip
    assert workspace.furniture.rules("the post")[1].id == "1" * 32


def test_without_an_outlet_there_is_no_rule(workspace, tmp_path):
    imported(workspace, story(tmp_path, 1, ENDING, outlet=""))
    with pytest.raises(InvalidInput, match="outlet"):
        workspace.furniture.always(workspace.articles.keys()[0], ENDING)


def test_what_stands_in_article_after_article_is_learnt_and_left_out_of_all_of_them(workspace, tmp_path):
    reports = [imported(workspace, story(tmp_path, number, INVITATION)) for number in range(3)]
    assert all(INVITATION in text for text in texts(workspace))
    before = tables(workspace.library.database)
    reports += [imported(workspace, story(tmp_path, number, INVITATION)) for number in range(3, 6)]
    assert not any(INVITATION in text for text in texts(workspace))
    contents = [workspace.bodies.content(key) for key in sorted(workspace.articles.keys())]
    assert [[(piece.kind, piece.text) for piece in one.left_out] for one in contents] == [[(REPEATED, INVITATION)]] * 6
    assert [len(report.tidied) for report in reports] == [0, 0, 0, 1, 0, 0]
    said = f"“{INVITATION}” repeats: it is left out from now on (articles changed: 3)."
    assert str(reports[3].tidied[0].said) == said
    assert workspace.search("newsletter").total == 0
    for _ in range(3):
        workspace.undo()
    assert tables(workspace.library.database) == before
    assert workspace.search("newsletter").total == 3


def test_what_its_reader_put_back_stays_in_an_article_when_it_is_learnt_and_so_does_all_of_one_that_is_marked(
    workspace, tmp_path
):
    imported(workspace, *(story(tmp_path, number, INVITATION, "Printed on the quay") for number in range(3)))
    marked, restored, _plain = sorted(workspace.articles.keys())
    workspace.bodies.leave_out(restored, 8)
    workspace.bodies.keep(restored, 0)
    workspace.highlights.add(marked, 4, 9)
    report = imported(workspace, story(tmp_path, 3, INVITATION, "Printed on the quay"))
    assert [INVITATION in text for text in texts(workspace)] == [True, True, False, False]
    assert ["Printed on the quay" in text for text in texts(workspace)] == [True, False, False, False]
    assert "2 lines repeat" in str(report.tidied[0].said)
    assert displaced(workspace.library.database) == []
    workspace.undo(workspace.history()[1].number)  # the highlight, though the import came later
    assert workspace.highlights.of_article(marked) == ()


OWN = (
    "The airport stays closed.", "警察正在调查。", "空港は閉鎖中「です」", "المطار مغلق؟", "हवाई अड्डा बंद है।",
    "## What we know so far", "- Trains to the coast", "> We shall not go home", "Spectators: {number}",
    "Printed on the quay\n\nOne {word}\n\nTwo {word}\n\nThree {word}",
)  # fmt: skip


def test_what_may_be_of_an_article_stays_in_those_that_are_there(workspace, tmp_path):
    for number, word in enumerate(("mast", "rope", "keel", "deck")):
        endings = [ending.format(number=number * 100, word=word) for ending in OWN]
        report = imported(
            workspace,
            *(
                story(tmp_path, place * 10 + number, ending, outlet=f"Outlet {place}")
                for place, ending in enumerate(endings)
            ),
        )
        assert (len(report.added), report.tidied) == (len(OWN), ())
        whole = "\n".join(texts(workspace))
        for ending in OWN:
            kept = ending.partition("\n")[0].lstrip("#-> ").partition("{")[0]
            assert whole.count(kept) == min(number + 1, 3)  # as before, those to come after three do not have it


def test_the_days_of_a_live_blog_are_one_witness(workspace, tmp_path):
    """Each day says what was said before, and something new above it."""
    background = ("The quay was closed.", "The yards were closed.", "The canteen was closed.", "Ask at the gate")
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")):
        path = tmp_path / f"{day}.md"
        news = f"On {day} at least {number + 13} people were killed."
        head = f"---\ntitle: {day}\noutlet: The Harbour Times\n---\n\n"
        path.write_text(head + "\n\n".join((news, f"The minister came on {day}.", *background)))
        assert imported(workspace, path).tidied == ()
    assert all("people were killed." in text and "Ask at the gate" in text for text in texts(workspace)[:3])


BACKGROUND = (
    "The strike began in March when the owners of the three yards closed the canteen without a word to anyone.",
    "罢工从三月开始，当时三个船厂的老板没有告诉任何人就关闭了食堂，工人们至今没有回来。",
)


@pytest.mark.parametrize("paragraph", BACKGROUND)
def test_the_background_of_a_story_is_told_in_each_of_its_articles(workspace, tmp_path, paragraph):
    for number in range(6):
        imported(workspace, story(tmp_path, number, paragraph, ENDING))
    assert all(paragraph in text for text in texts(workspace))
    assert [ENDING in text for text in texts(workspace)] == [True] * 3 + [False] * 3


CUT = (REPEATED, "by hand")
lines = st.lists(st.sampled_from(("one two", "three", "four five", "page 1", "page 2")), min_size=1, max_size=9)


@given(lines, lines, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(("share", "related"))), max_size=4))
def test_nothing_is_destroyed(own, others, pieces):
    repeats = Repeats()
    for number in range(5):
        repeats.learn(number, others)
    left_out = tuple(LeftOut("other", f"{kind} {number}", min(number, len(own))) for number, kind in sorted(pieces))
    draft = Draft(Body.of(own), Metadata(title="T"), left_out)
    cleaned = without_furniture(draft, {normal("three"): "by hand"}, repeats)
    content = Content(cleaned.body, cleaned.left_out)
    for piece in [one for one in cleaned.left_out if one not in left_out and one.kind in {REPEATED, "by hand"}]:
        number = next(
            place for place, one in enumerate(content.left_out) if (one.kind, one.text) == (piece.kind, piece.text)
        )
        content = kept(content, number)
    assert content.body.text == draft.body.text
    assert sorted((one.text, one.before) for one in content.left_out) == sorted(
        (one.text, one.before) for one in left_out
    )


def test_what_comes_with_a_library_to_be_left_out_is_said(workspace, tmp_path):
    imported(workspace, story(tmp_path, 1, ENDING, "Printed on the quay"), story(tmp_path, 2, "At sea", outlet="Other"))
    first, second = sorted(workspace.articles.keys())
    for article, line in ((first, ENDING), (first, "Printed on the quay"), (second, "At sea")):
        workspace.furniture.always(article, line)
    finished(workspace.export(Selection(), "json", tmp_path / "all.json", {}))
    with Workspace(tmp_path / "theirs") as theirs:
        report = imported(theirs, tmp_path / "all.json")
        assert [(one.outlet, str(one.said).partition(" ")[0]) for one in report.tidied] == [
            ("Other", "One"), ("The Harbour Times", "2"),
        ]  # fmt: skip
        assert imported(theirs, tmp_path / "all.json").tidied == ()
