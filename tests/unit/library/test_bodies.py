"""Texts: what is cut can be put back, and highlights follow their words or say that they are lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.gauging import fingerprint
from app.errors import InvalidInput
from app.library.articles import Source
from app.library.bodies import kept, left_out
from app.library.holdings import Holdings
from app.model import Content, LeftOut, Status
from app.text.body import IMAGE, Body, Piece, Run
from tests.libraries import add, displaced, draft

texts = st.text(st.sampled_from("ab é\N{STEAM LOCOMOTIVE}ق"), max_size=8)


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    kind = draw(st.sampled_from(["paragraph", "heading", "item", "quote", "image", "rule"]))
    text = {"image": IMAGE, "rule": ""}.get(kind, draw(texts))
    attributes = {"heading": {"level": 2}, "item": {"depth": 1, "ordered": False}, "image": {"alt": "x"}}.get(kind, {})
    runs = (Run(0, len(text), "link", {"address": "https://example.org"}),) if text.strip() and kind != "image" else ()
    return Piece(text, kind, attributes, runs)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    body = Body.of(draw(st.lists(pieces(), min_size=1, max_size=5)))
    places = sorted(draw(st.lists(st.integers(0, len(body.blocks)), max_size=4)))
    lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)
    return Content(body, tuple(LeftOut("share", draw(lines), place) for place in places))


@given(contents(), st.data())
def test_a_block_that_was_left_out_comes_back_as_it_was(content, data):
    number = data.draw(st.integers(0, len(content.body.blocks) - 1))
    cut = left_out(content, number)
    new = next(
        index for index, piece in enumerate(cut.left_out) if piece not in content.left_out or piece.kind == "by hand"
    )
    assert kept(cut, new) == content


@given(contents(), st.data())
def test_what_is_put_back_stands_where_it_stood_and_can_be_cut_again(content, data):
    if not content.left_out:
        return
    number = data.draw(st.integers(0, len(content.left_out) - 1))
    piece = content.left_out[number]
    back = kept(content, number)
    lines = piece.text.split("\n")
    place = piece.before
    assert back.body.text.split("\n")[place : place + len(lines)] == lines
    for _ in lines:
        back = left_out(back, place)
    assert back.body == content.body
    others = [(one.text, one.before) for index, one in enumerate(content.left_out) if index != number]
    assert [(one.text, one.before) for one in back.left_out if one.kind != "by hand"] == others


@given(contents(), st.randoms())
def test_everything_left_out_and_put_back_in_any_order_gives_all_lines(content, random):
    lines = sorted(
        [*content.body.text.split("\n"), *(line for one in content.left_out for line in one.text.split("\n"))]
    )
    while content.left_out:
        content = kept(content, random.randrange(len(content.left_out)))
    assert sorted(content.body.text.split("\n")) == lines


# ---------------------------------------- in a library


def marked(holdings: Holdings) -> tuple[int, list[str]]:
    key = add(
        holdings,
        "The night train runs again.",
        "Share this story!",
        "A bed costs 59 euros.",
        "The night train is late.",
        left_out=(LeftOut("related", "Read also: ferries", 2),),
    )
    marks = [holdings.highlights.add(key, *span) for span in ((4, 15), (28, 45), (48, 57), (72, 83))]
    assert [mark.quote for mark in marks] == ["night train", "Share this story!", "bed costs", "night train"]
    return key, [mark.id for mark in marks]


def state(holdings: Holdings, key: int) -> list[tuple[str, int, Status]]:
    assert displaced(holdings.library.database) == []
    return [(mark.quote, mark.start, mark.status) for mark in holdings.highlights.of_article(key)]


def test_highlights_follow_their_words_when_a_block_is_cut_and_put_back(holdings):
    key, marks = marked(holdings)
    before = state(holdings, key)
    report = holdings.bodies.leave_out(key, 1)
    assert report.kept == (marks[0],)
    assert report.moved == (marks[2], marks[3])
    assert report.orphaned == (marks[1],)
    assert state(holdings, key)[0] == ("night train", 4, Status.ANCHORED)
    assert [mark.id for mark in holdings.highlights.orphans()] == [marks[1]]
    number = [piece.kind for piece in holdings.bodies.content(key).left_out].index("by hand")
    holdings.bodies.keep(key, number)
    assert state(holdings, key) == before


def test_a_lost_highlight_keeps_what_it_was_and_may_be_placed_by_hand(holdings):
    key, marks = marked(holdings)
    holdings.highlights.note(marks[1], "Keep me")
    holdings.bodies.leave_out(key, 1)
    lost = holdings.highlights.find(marks[1])
    assert (lost.status, lost.quote, lost.note) == (Status.ORPHAN, "Share this story!", "Keep me")
    placed = holdings.highlights.move(marks[1], 0, 3)
    assert (placed.status, placed.quote, placed.note) == (Status.ANCHORED, "The", "Keep me")


def test_importing_again_keeps_the_old_text_and_reports_each_highlight(holdings):
    key, marks = marked(holdings)
    old = holdings.bodies.content(key)
    with holdings.library.deed("Import"):
        new = draft("Good news.", "The night train runs again.", "A bed costs 59 euros.", "The night train is late.")
        report = holdings.articles.update(key, new, Source("again.txt"))
    assert report.moved == (marks[0], marks[2], marks[3])
    assert report.orphaned == (marks[1],)
    assert [quote for quote, _, status in state(holdings, key) if status is Status.ANCHORED] == [
        "night train", "bed costs", "night train",
    ]  # fmt: skip
    versions = holdings.library.database.rows("SELECT text, reason FROM version")
    assert [tuple(row) for row in versions] == [(old.body.text, "imported again")]


def test_importing_the_same_again_changes_nothing(holdings):
    key, _ = marked(holdings)
    content = holdings.bodies.content(key)
    with holdings.library.deed("Import"):
        report = holdings.bodies.change(key, content, "imported again")
    assert (report.kept, report.moved, report.orphaned) == ((), (), ())
    assert holdings.library.database.value("SELECT count(*) FROM version") == 0


@pytest.mark.parametrize("number", [-1, 1, 99])
def test_what_is_not_there_is_said(holdings, number):
    key = add(holdings, "One line.")
    with pytest.raises(InvalidInput, match="no left-out piece"):
        holdings.bodies.keep(key, number)
    with pytest.raises(InvalidInput, match="no block"):
        holdings.bodies.leave_out(key, number)
    assert [str(step.label) for step in holdings.library.journal.steps()] == ["Article “Night trains”"]


def test_the_only_block_can_be_cut_and_put_back(holdings):
    key = add(holdings, "One line.")
    before = holdings.bodies.content(key)
    holdings.bodies.leave_out(key, 0)
    assert holdings.bodies.content(key).body.text == ""
    holdings.bodies.keep(key, 0)
    assert holdings.bodies.content(key) == before


def test_what_an_article_shows_of_its_text_follows_the_text(holdings):
    key = add(holdings, "One two three.", "Four five.")
    assert holdings.articles.by_keys([key])[0].words == 5
    holdings.bodies.leave_out(key, 0)
    article = holdings.articles.by_keys([key])[0]
    assert (article.words, article.excerpt) == (2, "Four five.")


def test_the_fingerprint_sees_words_and_not_spaces():
    assert fingerprint("One  two\nTHREE") == fingerprint("one two three ")
    assert fingerprint("one two") != fingerprint("one twoo")
