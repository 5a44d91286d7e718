from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from app.text.alignment import common, cut, reverse
from app.text.quotes import fold

WORDS = ["one", "two", "it’s", "it's", "“so”", "cafe\u0301", "café", "👩\u200d🚀", "今天", "سلام", "\n", " ", ".", "—"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_two_sides_of_a_pair_read_the_same_and_keep_their_order(old: str, new: str) -> None:
    position = new_position = 0
    for start, new_start, size in common(old, new):
        assert start >= position
        assert new_start >= new_position
        assert size > 0
        position, new_position = start + size, new_start + size
        assert fold(old[start:position]).text == fold(new[new_start:new_position]).text
    assert position <= len(old)
    assert new_position <= len(new)


@given(TEXTS)
def test_a_text_has_all_in_common_with_itself(text: str) -> None:
    assert common(text, text) == ([(0, 0, len(text))] if text else [])


@given(st.lists(st.integers(0, 500), unique=True, max_size=30), st.data())
def test_lines_that_stay_are_matched_whole(numbers: list[int], data: st.DataObject) -> None:
    lines = [f"Line {number} of them" for number in numbers]
    stays = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    left = [line for line, stay in zip(lines, stays, strict=True) if stay]
    old, new = "\n".join(lines), "\n".join(left)
    for one, other in ((old, new), (new, old)):
        pairs = common(one, other)
        for line in left:
            start = one.index(line + "\n") if line + "\n" in one else one.rindex(line)
            assert any(
                at <= start and start + len(line) <= at + size and other.startswith(line, start - at + place)
                for at, place, size in pairs
            )


def test_a_changed_word_leaves_the_rest() -> None:
    old, new = "The old bridge stood here.", "The new bridge stood here."
    assert [old[at : at + size].strip() for at, _, size in common(old, new)] == ["The", "bridge stood here."]


def test_typography_is_no_change() -> None:
    old, new = '"It\'s here" - she said', "“It’s here” — she\u00a0said"
    assert common(old, new) == [(0, 0, len(old))]


def test_other_spelling_keeps_most_letters() -> None:
    pairs = common("the colour of it", "the color of it")
    assert sum(size for _, _, size in pairs) == 15


def test_long_texts_with_changes_all_over_are_matched() -> None:
    source = random.Random(5)
    words = [f"word{source.randrange(3000)}" for _ in range(12000)]
    changed = [word if source.random() > 0.05 else "other" for word in words]
    pairs = common(" ".join(words), " ".join(changed))
    assert sum(size for _, _, size in pairs) > 0.9 * len(" ".join(words))


def test_another_text_has_next_to_nothing_in_common() -> None:
    source = random.Random(6)
    one = " ".join(f"a{source.randrange(3000)}" for _ in range(9000))
    other = " ".join(f"b{source.randrange(3000)}" for _ in range(9000))
    assert sum(size for _, _, size in common(one, other)) < 0.1 * len(one)


def test_a_cut_is_known_to_the_character() -> None:
    assert cut(10, (3, 5)) == [(0, 0, 3), (5, 3, 5)]
    assert cut(10, (0, 5)) == [(5, 0, 5)]
    assert cut(10, (5, 10)) == [(0, 0, 5)]
    assert reverse(cut(10, (3, 5))) == [(0, 0, 3), (3, 5, 5)]
