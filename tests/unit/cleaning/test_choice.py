"""Which blocks of a page are its article: trained trees say it, ask an extractor in doubt, and never run wild."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.blocks import measure, measure_again
from app.cleaning.boxes import boxes
from app.cleaning.choice import Extract, choose
from app.cleaning.furniture import classify
from app.cleaning.statements import Statements
from app.cleaning.trees import BLOCKS, SIGHT, Trees, block_trees, sight_trees
from app.places import resources
from app.text.html_reader import Part, read_parts
from app.text.markup import parse

SENTENCES = [
    "The orchard above the village was planted by monks, and its pears are still sold at the gate in October.",
    "Nobody knows how old the oldest tree is, though the priest has counted rings on a branch that fell.",
    "In wet years the fruit splits before it is ripe, and the whole valley smells of vinegar until the frost.",
    "The brothers who keep the ladders say that they will not plant again, since their sons drive lorries.",
    "A nursery in the next valley has taken cuttings, and there the pears grow on wires along a fence.",
]
PARAGRAPHS = "".join(f"<p>{sentence} {sentence[::-1].capitalize()}.</p>" for sentence in SENTENCES)
COMMENTS = "".join(
    f"<li class='comment'><p>I walked there with my father once, and the {fruit} were sour and worth it.</p></li>"
    for fruit in ("pears", "plums", "quinces", "apples")
)


def sighted(markup: str, extract: Extract) -> tuple[list[Part], list[bool]]:
    root = parse(markup)
    assert root is not None
    parts = read_parts(root)
    page = classify([part.piece.text for part in parts])
    return parts, choose(parts, page, Statements(), extract)


def chosen(markup: str, extracted: str | None = None) -> list[str]:
    root = parse(markup)
    assert root is not None
    found = "\n".join(part.piece.text for part in read_parts(root)) if extracted is None else extracted
    parts, taken = sighted(markup, lambda thorough: found)
    return [part.piece.text for part, kept in zip(parts, taken, strict=True) if kept]


def looks(markup: str, extracted: str = "") -> list[bool]:
    """Return how the extractor was asked: whether thoroughly, each time."""
    asked: list[bool] = []

    def extract(thorough: bool) -> str:
        asked.append(thorough)
        return extracted

    sighted(markup, extract)
    return asked


def test_no_extractor_looks_for_an_article_that_is_clear_at_first_sight():
    page = f"<nav><ul><li><a href='/a'>Sport</a></li></ul></nav><article><h1>Pears</h1>{PARAGRAPHS}</article>"
    assert looks(f"<title>Pears</title>{page}<footer>Copyright 2024 The Valley</footer>") == []


UNCLEAR = {
    "listing": "".join(f"<li><a href='/{n}'>What the orchard cost the parish in year {n}</a></li>" for n in range(30)),
    "short": "<p>Sour pears are sold at the gate, and nobody has ever bought them twice.</p>",
    "comments": f"<ol class='comment-list'>{COMMENTS}</ol>",
    "cards": "".join(f"<div class='card'><h3>{text[:50]}</h3><p>{text[:60]}</p></div>" for text in SENTENCES),
}


@pytest.mark.parametrize("body", UNCLEAR.values(), ids=UNCLEAR)
def test_an_extractor_is_asked_about_a_page_that_is_not_clear(body):
    assert looks(body)[:1] == [False]


def test_it_is_asked_to_look_thoroughly_when_it_finds_nothing_and_not_when_it_finds_enough():
    assert looks(UNCLEAR["comments"]) == [False, True]
    assert looks(UNCLEAR["comments"], COMMENTS) == [False]


def test_a_plain_article_stays_whole():
    assert len(chosen(f"<article><h1>Pears</h1>{PARAGRAPHS}</article>")) >= len(SENTENCES)


def test_comments_are_not_the_article_even_where_the_extractor_took_them():
    kept = chosen(f"<article>{PARAGRAPHS}</article><ol id='comments' class='comment-list'>{COMMENTS}</ol>")
    assert len(kept) == len(SENTENCES)
    assert not any("my father" in text for text in kept)


def test_a_page_of_comments_alone_is_not_empty():
    assert chosen(f"<ol class='comment-list'>{COMMENTS}</ol>")


def test_a_table_is_taken_whole_or_not_at_all():
    rows = "".join(f"<tr><td>{year}</td><td>{kind} pears in crates</td></tr>" for year, kind in enumerate("abcdefgh"))
    kept = chosen(f"<article>{PARAGRAPHS}<table><tr><th>Year</th><th>Kind</th></tr>{rows}</table></article>")
    assert sum("pears in crates" in text for text in kept) in (0, 8)


def test_a_listing_is_left_to_the_extractor():
    links = "".join(f"<li><a href='/{n}'>What the orchard cost the parish in year {n}</a></li>" for n in range(30))
    assert len(chosen(f"<main><ul>{links}</ul></main>")) == 30


def test_a_page_without_blocks_has_no_article():
    assert chosen("<html><body></body></html>") == []


@pytest.mark.parametrize(("name", "trees"), [(SIGHT, sight_trees()), (BLOCKS, block_trees())])
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(0, 40), times=st.integers(1, 9))
def test_the_trees_judge_all_rows_at_once_as_one_by_one(name: str, trees: Trees, seed: int, count: int, times: int):
    with np.load(resources() / "cleaning" / name) as read:
        kept = dict(read)
    table = np.random.default_rng(seed).normal(0, 20, (count, kept["column"].max() + 1)).astype(np.float32)
    sums = np.zeros(count)
    for row in range(count):
        for node in kept["roots"]:
            while kept["following"][2 * node] != node:
                above = table[row, kept["column"][node]] > kept["limit"][node]
                node = kept["following"][2 * node + int(above)]
            sums[row] += kept["value"][node]
    judged = trees.judge(np.tile(table, (times, 1)))
    assert np.allclose(judged, np.tile(1 / (1 + np.exp(-sums)), times), atol=1e-5)


def test_blocks_are_measured_however_deep_they_lie():
    root = parse("<div>" * 1500 + PARAGRAPHS)
    assert root is not None
    found = boxes(read_parts(root)).places()
    assert found[:, 0].tolist() == [1503.0] * len(SENTENCES)


def test_what_elements_are_called_is_known_of_the_blocks_inside():
    root = parse(
        "<div class='Entry-Content'><p>A pear.</p><div class='related-posts'><ul><li>A plum.</li></ul></div></div>"
        "<aside><p>A quince.</p></aside>"
    )
    assert root is not None
    text, related = 12, 1
    names = boxes(read_parts(root)).names()
    assert names[:, text].tolist() == [1.0, 3.0, 12.0]
    assert names[:, related].tolist() == [12.0, 2.0, 12.0]


def test_the_box_that_holds_most_of_the_text_is_found():
    root = parse(f"<div><p>Menu</p><section>{PARAGRAPHS}</section></div><div><p>Footer</p></div>")
    assert root is not None
    parts = read_parts(root)
    words = np.array([float(len(part.piece.text.split())) for part in parts])
    inside = boxes(parts).mains(words, words)[:, 0]
    assert inside.tolist() == [0.0, *[1.0] * len(SENTENCES), 0.0]


@given(st.lists(st.sampled_from(["<p>A pear.</p>", "<ul><li>One</li></ul>", "<hr>", "<img src='a'>", "<h2>Two</h2>"])))
def test_any_blocks_can_be_measured(pieces):
    root = parse("<div class='comments'>".join(["<article>x", *pieces]))
    assert root is not None
    parts = read_parts(root)
    page = classify([part.piece.text for part in parts])
    none = [False] * len(parts)
    measures = measure(parts, page.verdicts, [-1.0] * len(parts), [])
    again = measure_again(measures, none, [0.0] * len(parts))
    for table, trees in ((measures.table, sight_trees()), (again, block_trees())):
        assert len(table) == len(parts)
        assert table.shape[1] > max(columns.max() for columns, _limits in trees.levels)
        assert np.isfinite(table).all()
