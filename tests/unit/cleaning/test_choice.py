"""Which blocks of a page are its article: trained trees correct what an extractor found, and never run wild."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.blocks import measure
from app.cleaning.choice import choose
from app.cleaning.furniture import classify
from app.cleaning.lines import Line
from app.cleaning.statements import Statements
from app.cleaning.trees import block_trees
from app.text.html_reader import read_parts
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


def chosen(markup: str, extracted: str | None = None) -> list[str]:
    root = parse(markup)
    assert root is not None
    parts = read_parts(root)
    texts = [part.piece.text for part in parts]
    page = classify([Line(text or "-") for text in texts])
    found = "\n".join(texts) if extracted is None else extracted
    taken = choose(parts, page, Statements(), lambda thorough: found)
    return [text for text, kept in zip(texts, taken, strict=True) if kept]


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


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_the_trees_judge_all_rows_at_once_as_one_by_one(seed, count):
    trees = block_trees()
    table = np.random.default_rng(seed).normal(0, 20, (count, trees.column.max() + 1)).astype(np.float32)
    sums = np.zeros(count)
    for row in range(count):
        for node in trees.roots:
            while trees.following[2 * node] != node:
                above = table[row, trees.column[node]] > trees.limit[node]
                node = trees.following[2 * node + int(above)]
            sums[row] += trees.value[node]
    assert np.allclose(trees.judge(table), 1 / (1 + np.exp(-sums)), atol=1e-5)


def test_blocks_are_measured_however_deep_they_lie():
    root = parse("<div>" * 1500 + PARAGRAPHS)
    assert root is not None
    parts = read_parts(root)
    page = classify([Line(part.piece.text) for part in parts])
    count = len(parts)
    measures = measure(parts, page.verdicts, [True] * count, ([1.0] * count, [-1.0] * count), [])
    assert measures.table[:, 15].tolist() == [1503.0] * len(SENTENCES)


@given(st.lists(st.sampled_from(["<p>A pear.</p>", "<ul><li>One</li></ul>", "<hr>", "<img src='a'>", "<h2>Two</h2>"])))
def test_any_blocks_can_be_measured(pieces):
    root = parse("<div class='comments'>".join(["<article>x", *pieces]))
    assert root is not None
    parts = read_parts(root)
    page = classify([Line(part.piece.text or "-") for part in parts])
    none = [False] * len(parts)
    measures = measure(parts, page.verdicts, none, ([0.0] * len(parts), [-1.0] * len(parts)), [])
    assert len(measures.table) == len(parts)
    assert measures.table.shape[1] > block_trees().column.max()
    assert np.isfinite(measures.table).all()
