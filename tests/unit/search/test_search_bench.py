"""The measurements of search measure what they say: the same words for all, the same sets, verdicts by the budgets."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.search import language
from app.search.entries import ArticleEntry

BENCH = Path(__file__).resolve().parents[2] / "bench"
OWN = ("_corpus", "_engines", "_filled", "_measures", "_questions", "_wholes", "search")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Return the modules of tests/bench, which stand outside the program."""
    monkeypatch.syspath_prepend(BENCH)
    import _corpus
    import _engines
    import _questions
    import search

    yield SimpleNamespace(corpus=_corpus, engines=_engines, questions=_questions, search=search)
    for name in OWN:
        sys.modules.pop(name, None)


class Engine:
    """An engine that finds what it is told to, and takes its time."""

    def __init__(self, name, milliseconds, keys=frozenset({1})):
        self.name = name
        self.seconds = milliseconds / 1000
        self.found = set(keys)

    def top(self, _question):
        until = time.process_time() + self.seconds
        while time.process_time() < until:
            pass

    def keys(self, _question):
        return self.found


@pytest.mark.parametrize(
    ("times", "keys", "verdict"),
    [
        ({"ours": 0.5, "tantivy": 1, "fts5": 2}, {1}, "holds"),
        ({"ours": 1, "tantivy": 0.5, "fts5": 2}, {1}, "falls short"),
        ({"ours": 1, "tantivy": 2, "fts5": 0.5}, {1}, "falls short"),
        ({"ours": 0.5, "tantivy": 1, "fts5": 2}, {1, 2}, "falls short"),
    ],
)
def test_a_class_holds_by_its_times_and_its_sets(bench, times, keys, verdict):
    engines = [Engine(name, taken, keys if name == "tantivy" else {1}) for name, taken in times.items()]
    row = bench.search.class_row("AND of two", [bench.questions.both("a", "b")] * 2, engines, 10_000)
    assert row["verdict"] == verdict
    assert row["same sets"] == (keys == {1})
    assert row["ratios"]["tantivy"] == pytest.approx(times["ours"] / times["tantivy"], rel=0.3)
    assert verdict in bench.search.line(row)


def test_the_corpus_is_the_same_for_one_seed_and_its_vocabulary_grows(bench):
    first = list(bench.corpus.made(40, 5))
    assert first == bench.corpus.corpus(40, 5)
    assert first != bench.corpus.corpus(40, 6)
    lengths = [len(language.tokens(one.text)) for one in first]
    assert 500 < sum(lengths) / len(lengths) < 800
    half, whole = (len({word for one in first[:n] for word in language.words(one.text)}) for n in (20, 40))
    assert whole > 1.3 * half


def test_all_engines_are_given_folded_words_with_a_space_between(bench, tmp_path):
    corpus = bench.corpus.Corpus(tmp_path / "corpus.jsonl", 30, 5)
    given = list(corpus)
    for one, plain in zip(bench.corpus.made(30, 5), given, strict=True):
        assert isinstance(plain, ArticleEntry)
        assert plain.text.split(" ") == language.words(one.text) == language.words(plain.text)
        assert (plain.key, plain.published) == (one.key, one.published)
    assert list(corpus) == given


def test_our_engine_fts5_and_whoosh_find_the_same_of_every_class(bench, tmp_path):
    corpus = bench.corpus.Corpus(tmp_path / "corpus.jsonl", 60, 5)
    engines = [kind(tmp_path, corpus) for kind in (bench.engines.Ours, bench.engines.Fts5, bench.engines.StockWhoosh)]
    try:
        for name, asked in bench.questions.questions(list(corpus), 5).items():
            for question in asked:
                able = [engine for engine in engines if engine.name != "fts5" or question.fts]
                found = [engine.keys(question) for engine in able]
                assert all(one == found[0] for one in found), name
                engines[0].top(question)
            # sixty articles came out in two months of the four years that are asked about
            assert name == "term and range" or any(engines[0].keys(question) for question in asked), name
    finally:
        for engine in engines:
            engine.close()
