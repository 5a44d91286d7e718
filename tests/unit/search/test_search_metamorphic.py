"""What must hold between the answers to two queries, on random libraries."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.search.entries import ArticleEntry, Names
from app.search.index import Index
from app.search.plan import Everything
from app.search.reading import read
from tests.sample_index import indexed

VOCABULARY = (
    "drone", "drones", "droned", "dress", "royal", "royalty", "royalties", "war", "wars", "warehouse", "try", "tried",
    "tries", "study", "studies", "studio", "a", "an", "the", "éclair", "counter-drones", "无人机",
)  # fmt: skip
NAMES = Names(themes={1: ("War",)}, attributes={2: "Tone"})

words = st.sampled_from(VOCABULARY)
alike = st.text("ab", min_size=1, max_size=4)


def libraries(*languages, of=words):
    """Return libraries of a few articles in some of the languages, made of some words."""
    texts = st.lists(of, max_size=12).map(" ".join)
    made = st.builds(
        ArticleEntry,
        st.just(0),
        texts,
        texts,
        details=texts,
        imprint=texts,
        language=st.sampled_from(languages),
        themes=st.sampled_from([(), (1,)]),
    )
    return st.lists(made, min_size=2, max_size=12).map(_numbered)


def _numbered(articles):
    names = ("title", "text", "details", "imprint", "language", "themes")
    return [ArticleEntry(key, **{name: getattr(one, name) for name in names}) for key, one in enumerate(articles, 1)]


atoms = st.one_of(
    words,
    words.map(lambda word: f"{word[:3]}*"),
    words.map(lambda word: f"{word}~"),
    words.map(lambda word: f"title:{word}"),
    words.map(lambda word: f"details:{word}"),
    words.map(lambda word: f"{word}^3"),
    st.tuples(words, words).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    st.sampled_from(("w?r*", "*l*", "theme:war", "is:unread", "text:*")),
)
queries = st.recursive(
    atoms,
    lambda parts: st.one_of(
        st.tuples(parts, parts).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(parts, parts).map(lambda pair: f"({pair[0]} OR {pair[1]})^0.5"),
        parts.map(lambda part: f"-{part}"),
    ),
    max_leaves=4,
)
orders = st.lists(words, min_size=2, max_size=5).flatmap(lambda one: st.tuples(st.just(one), st.permutations(one)))
anywhere = libraries("en", "fr", "ru", None, "xx")
unstemmed = libraries("xx", of=alike)


def found(index: Index, query: str, *, typing: bool = False) -> list[int]:
    return [hit.key for hit in index.search(query, NAMES, limit=100, counted=False, typing=typing).hits]


@settings(max_examples=60)
@given(anywhere, queries, queries)
def test_less_with_minus_and_more_with_or(articles, query, other):
    # of more wide words than count the rest are read as plain ones, which is another question
    assume(not any("too many words" in str(note) for note in read(f"{query} {other}", NAMES).notes))
    with indexed(articles) as index:
        some = set(found(index, query))
        assert set(found(index, f"{query} -{other}")) <= some
        if read(query, NAMES).plan != Everything():
            assert set(found(index, f"{query} OR {other}")) >= some
        assert set(found(index, f"{query} {other}")) == some & set(found(index, other))


@settings(max_examples=60)
@given(anywhere, st.lists(words, min_size=2, max_size=4), st.integers(2, 5))
def test_a_phrase_lies_within_wider_ones_and_within_its_words(articles, phrase, slop):
    with indexed(articles) as index:
        strict = set(found(index, f'"{" ".join(phrase)}"'))
        near = set(found(index, f'"{" ".join(phrase)}"~{slop}'))
        assert strict <= near <= set(found(index, " ".join(phrase)))


@settings(max_examples=60)
@given(anywhere, orders)
def test_the_order_of_words_never_matters(articles, two):
    with indexed(articles) as index:
        assert set(found(index, " ".join(two[0]))) == set(found(index, " ".join(two[1])))


@settings(max_examples=40)
@given(anywhere, words, words, st.sampled_from((0.5, 2, 7)))
def test_a_weight_changes_what_a_word_counts_and_nothing_else(articles, word, other, weight):
    with indexed(articles) as index:
        plain = {hit.key: hit.score for hit in index.search(word, NAMES).hits}
        heavy = {hit.key: hit.score for hit in index.search(f"{word}^{weight}", NAMES).hits}
        assert heavy == pytest.approx({key: score * weight for key, score in plain.items()})
        for joint in (" ", " OR "):
            assert set(found(index, f"{word}^{weight}{joint}{other}")) == set(found(index, f"{word}{joint}{other}"))


leaves = st.sampled_from(("drone", "war", "royal", "study", "title:try", "theme:war", "is:unread"))
trees = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.tuples(st.just("not"), parts),
        st.tuples(st.sampled_from(("and", "or")), parts, parts),
        st.tuples(st.sampled_from(("and", "or")), parts, parts, parts),
    ),
    max_leaves=7,
)


def written(tree, signs, outer=None):
    """Return a tree as a query with these signs for *not* and *and*, and no brackets but those it needs."""
    if isinstance(tree, str):
        return tree
    kind, *parts = tree
    joint = {"not": signs[0], "and": signs[1], "or": " OR "}[kind]
    inside = [written(part, signs, kind) for part in parts]
    text = f"{joint}{inside[0]}" if kind == "not" else joint.join(inside)
    return f"({text})" if outer == "not" or (kind == "or" and outer) or (kind == outer) else text


def meant(tree, sets, everything):
    """Return what a tree finds by the rules of sets alone."""
    if isinstance(tree, str):
        return sets[tree]
    parts = [meant(part, sets, everything) for part in tree[1:]]
    if tree[0] == "not":
        return everything - parts[0]
    return set.intersection(*parts) if tree[0] == "and" else set.union(*parts)


def words_of(tree):
    return {tree} if isinstance(tree, str) else set().union(*map(words_of, tree[1:]))


@settings(max_examples=150)
@given(libraries("en"), trees)
@example([ArticleEntry(1, text="drone"), ArticleEntry(2, text="war royal")], ("and", ("or", "drone", "war"), "royal"))
def test_brackets_and_signs_mean_what_sets_mean(articles, tree):
    with indexed(articles) as index:
        everything = {article.key for article in articles}
        wanted = meant(tree, {word: set(found(index, word)) for word in words_of(tree)}, everything)
        for signs in (("NOT ", " AND "), ("-", " "), ("-", " AND "), ("NOT ", " ")):
            assert set(found(index, written(tree, signs))) == wanted


BEFORE = ("", "royal ", "the OR ", "(war OR ", '"', "title:", "-war ", "counter-", '"the ')


def beginnings(word):
    """Return a word as it looks after each letter."""
    return [word[:length] for length in range(1, len(word) + 1)]


@settings(max_examples=100)
@given(unstemmed, st.sampled_from(("", "", "b ", "a OR ", "(ba OR ", '"', "title:", "-b ", "a-", '"a ')), alike)
def test_while_a_word_grows_nothing_comes_and_nothing_changes_places(articles, before, word):
    """In a language whose words have no other forms."""
    with indexed(articles) as index:
        earlier: list[int] | None = None
        # a first letter narrows nothing yet: until the second one, what has the first half counts for that
        whole = set(found(index, before[:-1])) if before.endswith("-") and len(before) > 1 else set()
        for begun in beginnings(word):
            now = found(index, f"{before}{begun}", typing=True)
            exact = set(found(index, f"{before}{begun} "))
            assert exact <= set(now)
            if earlier is not None and "OR" not in before:
                assert set(now) <= set(earlier)
            if earlier is not None:
                # what has the word itself, now or a letter ago, may move: it counts for more
                still = [key for key in now if key not in exact | whole]
                assert still == [key for key in earlier if key in still]
                whole = set()
            earlier, whole = now, exact | whole


@settings(max_examples=60)
@given(anywhere, st.sampled_from(BEFORE), words)
@example([ArticleEntry(1, text="try"), ArticleEntry(2, text="tries")], "", "tries")
def test_while_a_word_grows_only_its_own_other_forms_come(articles, before, word):
    with indexed(articles) as index:
        earlier: set[int] | None = None
        for begun in beginnings(word):
            now = set(found(index, f"{before}{begun}", typing=True))
            if earlier is not None:
                assert now - earlier <= set(found(index, f"{before}{begun} "))
            earlier = now


@settings(max_examples=40)
@given(anywhere, st.sampled_from(BEFORE), words, st.integers(1, 4))
def test_what_is_being_typed_is_found_in_any_number_of_segments(articles, before, word, size):
    with indexed(articles) as whole, indexed(()) as parted:
        for start in range(0, len(articles), size):
            parted.change(articles[start : start + size])
        for begun in beginnings(word):
            query = f"{before}{begun}"
            assert found(whole, query, typing=True) == found(parted, query, typing=True)
