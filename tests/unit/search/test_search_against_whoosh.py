"""The engine against Whoosh's own, on the same random documents and trees, after random changes and merges.

Sets must be the same for every operator. Scores must be the same for words, AND, OR and phrases, once
lengths are rounded as Whoosh rounds them (in one byte).
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import nullcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from app.search import language
from app.search.choosing import Limits
from app.search.entries import ArticleEntry
from app.search.execute import Executor, Shelves
from app.search.index import TABLES, Index
from app.search.ordering import ordered
from app.search.plan import Both, Either, Everything, Plan, Slot, Text, Weighed, Without
from app.search.shelf import Shelf
from app.search.store import Store
from tests.libraries import finished

WORDS = (
    "drone",
    "drones",
    "droned",
    "royal",
    "royalty",
    "royalties",
    "war",
    "wars",
    "a",
    "the",
    "caspian",
    "caspar",
    "éclair",
)
FIELDS = ("title", "text", "details")
BOOSTS = {"title": 2.0, "details": 0.5}

TINY = Limits(few=1, together=2, largest=2000, places=5, words=3, written=1, reading=1)
"""Two parts at a time, a few words in a step, a page in a transaction, nothing kept that was read."""


@pytest.fixture(autouse=True, scope="module")
def folder_of_ones_own(tmp_path_factory):
    """Keep what Whoosh writes while it sorts apart: it has one folder for all who index in memory at that moment."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("whoosh"))
    yield
    tempfile.tempdir = before


class RoundedShelf(Shelf):
    """A shelf on which lengths count as Whoosh keeps them."""

    def rounded(self, lengths):
        return np.array([byte_to_length(length_to_byte(int(length))) for length in lengths], np.float64)


def whoosh_index(articles):
    """Index the live articles in Whoosh: exact forms and stems in fields of their own."""
    kinds = {name: fields.TEXT(analyzer=SpaceSeparatedTokenizer()) for name in FIELDS}
    stems = {f"{name}_stem": fields.TEXT(analyzer=SpaceSeparatedTokenizer()) for name in FIELDS}
    found = RamStorage().create_index(fields.Schema(key=fields.STORED, **kinds, **stems))
    writer = found.writer()
    for article in sorted(articles, key=lambda one: one.key):
        row = {"key": article.key}
        for name in FIELDS:
            words = language.words(getattr(article, name))
            row[name] = " ".join(words)
            row[f"{name}_stem"] = " ".join(language.stem("en", word) for word in words)
        writer.add_document(**row)
    writer.commit()
    return found


def translated(plan: Plan) -> query.Query:
    """Return the plan as Whoosh's query."""
    match plan:
        case Everything():
            return query.Every()
        case Both():
            return query.And([translated(part) for part in plan.parts])
        case Either():
            return query.Or([translated(part) for part in plan.parts])
        case Without():
            return query.Not(translated(plan.part))
        case Weighed():
            part = translated(plan.part)
            return part.with_boost(plan.boost * part.boost)
        case Text() if not plan.field:  # plain words are looked for in all of these, and what they score is added
            return query.Or([translated(Text(name, plan.slots, plan.slop)) for name in FIELDS])
        case Text() if len(plan.slots) > 1:
            return query.Phrase(plan.field, [slot.text for slot in plan.slots], slop=plan.slop, boost=boost(plan))
        case Text():
            return leaf(plan.field, plan.slots[0], boost(plan))
    raise AssertionError(plan)


def boost(plan: Text) -> float:
    return BOOSTS.get(plan.field, 1.0)


def leaf(name: str, slot: Slot, weight: float) -> query.Query:
    match slot.kind:
        case "exact":
            return query.Term(name, slot.text, boost=weight)
        case "word":
            stem = query.Term(f"{name}_stem", language.stem("en", slot.text), boost=weight)
            return query.Or([stem, query.Term(name, slot.text, boost=weight)])
        case "prefix":
            return query.Prefix(name, slot.text)
        case "wildcard":
            return query.Wildcard(name, slot.text)
        case "fuzzy":
            near = query.FuzzyTerm(name, slot.text, maxdist=slot.distance, prefixlength=0)
            word = slot.text
            swaps = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
            return query.Or([near, *(query.Term(name, swap) for swap in swaps)]) if slot.distance == 1 else near


words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=40).map(" ".join)
articles = st.builds(ArticleEntry, st.integers(1, 12), texts, texts, details=texts)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.lists(articles, min_size=1, max_size=4)),
        st.tuples(st.just("take"), st.lists(st.integers(1, 12), max_size=3)),
        st.tuples(st.just("merge"), st.just([])),
        st.tuples(st.just("compact"), st.just([])),
    ),
    min_size=1,
    max_size=8,
)
folded = words.map(language.fold)
exact = st.builds(Slot, st.just("exact"), folded)
scored_slots = st.one_of(exact, st.builds(Slot, st.just("word"), folded))
patterns = st.one_of(
    st.builds(Slot, st.just("prefix"), folded.map(lambda word: word[:3])),
    st.builds(Slot, st.just("wildcard"), st.sampled_from(("d?one", "*s", "r*l*", "?", "*a*", "w?r?", "ca*n"))),
    st.builds(
        Slot,
        st.just("fuzzy"),
        st.sampled_from(("drnoe", "dron", "warz", "casper", "he", "royalties", "x")),
        st.integers(1, 2),
    ),
)
names = st.sampled_from((*FIELDS, ""))
phrases = st.builds(Text, names, st.lists(exact, min_size=2, max_size=3).map(tuple), st.integers(1, 4))
scored = st.one_of(st.builds(Text, names, scored_slots.map(lambda slot: (slot,))), phrases)


def trees(leaves, negation):
    def grown(parts):
        many = st.lists(parts, min_size=2, max_size=3).map(tuple)
        heavy = st.builds(Weighed, parts, st.sampled_from((0.5, 2.0, 3.0)))
        options = [st.builds(Both, many), st.builds(Either, many), heavy]
        return st.one_of(*options, st.builds(Without, parts)) if negation else st.one_of(*options)

    return st.recursive(leaves, grown, max_leaves=6)


def carried_out(steps):
    """Make a library, do all the deeds, and return its index with the articles that should be in it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in TABLES:
        connection.execute(statement)
    index, live = Index(connection, limits=TINY), {}
    for deed, things in steps:
        connection.execute("BEGIN")
        if deed == "put":
            index.change(articles=things)
            live |= {article.key: article for article in things}
        elif deed == "take":
            index.change(gone_articles=things)
            live = {key: article for key, article in live.items() if key not in things}
        elif deed == "merge":
            finished(index.tend(nullcontext))
        else:
            index.compact()
        connection.execute("COMMIT")
    return connection, live


def executor_on(connection):
    store = Store(connection)
    return Executor(
        Shelves(RoundedShelf("article", store.live("article")), Shelf("passage", store.live("passage"))), "article"
    )


def ours(executor, plan):
    found = ordered(executor, executor.find(plan), "relevance")
    return list(zip(executor.shelf.column("key")[found.documents].tolist(), found.scores.tolist(), strict=True))


def theirs(searcher, plan):
    hits = searcher.search(translated(plan), limit=None)
    return [(hit["key"], score) for hit, (score, _) in zip(hits, hits.top_n, strict=True)]


@settings(max_examples=150)
@given(
    deeds,
    st.lists(
        trees(st.one_of(scored, st.builds(Text, names, patterns.map(lambda slot: (slot,)))), True),
        min_size=1,
        max_size=6,
    ),
)
def test_the_same_sets_for_every_operator(steps, plans):
    connection, live = carried_out(steps)
    try:
        executor = executor_on(connection)
        with whoosh_index(live.values()).searcher() as searcher:
            for plan in plans:
                assert {key for key, _ in ours(executor, plan)} == {key for key, _ in theirs(searcher, plan)}, plan
    finally:
        connection.close()


@settings(max_examples=150)
@given(deeds, st.lists(trees(scored, False), min_size=1, max_size=6))
def test_the_same_scores_and_order_for_words_and_phrases(steps, plans):
    connection, live = carried_out(steps)
    try:
        executor = executor_on(connection)
        with whoosh_index(live.values()).searcher() as searcher:
            for plan in plans:
                own, other = ours(executor, plan), dict(theirs(searcher, plan))
                assert dict(own) == pytest.approx(other), plan
                ranked = sorted(own, key=lambda pair: (-pair[1], pair[0]))
                assert own == ranked
    finally:
        connection.close()


def test_long_documents_and_big_segments_give_the_same():
    chance = random.Random(5)
    vocabulary = [f"w{number}" for number in range(400)]
    weights = [1 / (number + 1) for number in range(400)]

    def text(length):
        return " ".join(chance.choices(vocabulary, weights, k=length))

    made = [
        ArticleEntry(
            key, text(8), text(chance.choice((30, 600, 600, 3000))), details=text(25) if chance.random() < 0.2 else ""
        )
        for key in range(1, 160)
    ]
    steps = [("put", made[start : start + 23]) for start in range(0, len(made), 23)]
    steps += [
        ("take", list(range(5, 130, 7))),
        ("put", [ArticleEntry(key, text(5), text(700)) for key in range(40, 60)]),
    ]
    connection, live = carried_out(steps)
    plans: list[Plan] = []
    for _ in range(40):
        one, two, three = (Slot("exact", word) for word in chance.choices(vocabulary, weights, k=3))
        name = chance.choice((*FIELDS, ""))
        phrase = Text(name, (one, two, three)[: chance.choice((2, 3))], chance.choice((1, 1, 3)))
        plans += [phrase, Both((Text("text", (one,)), Text(name, (two,)))), Either((Text(name, (one,)), phrase))]
    try:
        executor = executor_on(connection)
        with whoosh_index(live.values()).searcher() as searcher:
            for plan in plans:
                assert dict(ours(executor, plan)) == pytest.approx(dict(theirs(searcher, plan))), plan
    finally:
        connection.close()
