"""Texts that say mostly the same are known by a few numbers; texts that only share a topic are not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.similar import BANDS, ENOUGH, runs, shared, signature

WORDS = [f"word{number}" for number in range(800)]


def article(chance: random.Random, count: int = 400) -> list[str]:
    return [chance.choice(WORDS) for _ in range(count)]


def alike(one: list[str], other: list[str]) -> bool:
    ours, theirs = runs(" ".join(one)), runs(" ".join(other))
    return bool((signature(ours) == signature(theirs)).any()) and shared(ours, theirs) >= ENOUGH


def test_a_cut_tail_another_credit_and_changed_words_are_recognised():
    chance = random.Random(1)
    found = []
    for _ in range(60):
        words = article(chance)
        changed = [word if chance.random() > 0.06 else "other" for word in words]
        found += [alike(words, words[:200]), alike(words, ["By", "Our", "Reporter", *words]), alike(words, changed)]
    assert sum(found) >= 0.97 * len(found)


def test_other_articles_are_not():
    chance = random.Random(2)
    articles = [article(chance) for _ in range(40)]
    assert not any(alike(one, other) for one in articles for other in articles if one is not other)


def test_a_script_without_spaces_has_runs():
    assert len(runs("港口在早上九点关闭，渡轮停运到中午。")) == 12


@given(st.text(max_size=300))
def test_any_text_has_a_signature_or_none(text):
    bands = signature(runs(text))
    assert bands.shape in {(0,), (BANDS,)}
    assert shared(runs(text), runs(text)) in {0.0, 1.0}
