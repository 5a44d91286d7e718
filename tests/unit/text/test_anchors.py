from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.alignment import cut, reverse
from app.text.anchors import CONTEXT, Anchor, describe, holds, reanchor, resolve, resolve_all, trim

ANY_TEXT = st.text("ab \n\u00a0é\u0301👩\u200d🚀中سل𝐀—’.", max_size=80)
STORY = (
    "The council met on Monday to discuss the old bridge.\n"
    "Engineers had warned for years that its pillars were cracked, and the mayor promised money.\n"
    "“It’s a question of safety,” she said – and of pride.\n"
    "The bridge carries eleven thousand cars a day.\n"
    "A decision is expected in the spring, when the new budget is known."
)


def mark(text: str, quote: str) -> Anchor:
    start = text.index(quote)
    return describe(text, start, start + len(quote))


@given(ANY_TEXT, st.data())
def test_what_is_described_holds_and_is_found_again(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = describe(text, start, end)
    assert holds(text, anchor)
    assert anchor.quote == text[start:end]
    assert text.endswith(anchor.prefix, 0, start)
    assert text.startswith(anchor.suffix, end)
    assert len(anchor.prefix) == min(CONTEXT, start)
    assert len(anchor.suffix) == min(CONTEXT, len(text) - end)
    if anchor.quote.strip():
        assert resolve(text, anchor) == (start, end)
    assert reanchor(text, text, [anchor])[0].anchor == anchor


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 2), (0, 6), (9, 12)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        describe("short", *span)


@given(ANY_TEXT, st.integers(0, 80), st.integers(0, 80))
def test_a_trimmed_span_begins_and_ends_with_something(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = trim(text, start, end)
    assert start <= first <= last <= end
    assert text[first:last] == text[start:end].strip()


def test_an_anchor_that_says_something_else_does_not_hold() -> None:
    assert not holds("other words", Anchor(0, 4, "some"))
    assert not holds("text", Anchor(0, 0, ""))
    assert not holds("text", Anchor(-4, 4, "text"))


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("its pillars were cracked", "its pillars were cracked"),
        ('"It\'s a question of safety," she said - and', "“It’s a question of safety,” she said – and"),
        ("the old bridge. Engineers had", "the old bridge.\nEngineers had"),
        ("eleven thousands cars a day", "eleven thousand cars a day"),
        ("when the next budget is known", "when the new budget is known"),
        ("the mayor of the town had promised nothing at all", None),
        ("brigde", None),
        ("", None),
    ],
)
def test_a_quote_alone_is_found_if_it_is_certain(quote: str, passage: str | None) -> None:
    found = resolve(STORY, Anchor(0, len(quote), quote))
    assert (found and STORY[slice(*found)]) == passage


def test_the_context_decides_among_equal_words() -> None:
    first = STORY.index("bridge")
    second = STORY.index("bridge", first + 1)
    assert resolve(STORY, Anchor(first, first + 6, "bridge", "The ", " carries eleven")) == (second, second + 6)
    assert resolve(STORY, Anchor(0, 0, "bridge")) == (first, first + 6)
    assert resolve(STORY, Anchor(second, second + 6, "bridge")) == (second, second + 6)


def test_a_short_quote_in_other_surroundings_is_not_taken_for_it() -> None:
    assert resolve(STORY, Anchor(0, 5, "money", "they had lost all of the ", " in a card game")) is None


def test_many_anchors_are_found_as_each_alone() -> None:
    anchors = [mark(STORY, quote) for quote in ("council", "pillars", "she said", "eleven")] + [Anchor(0, 4, "nope")]
    changed = STORY.replace("met on", "had its meeting on")
    assert resolve_all(changed, anchors) == tuple(resolve(changed, anchor) for anchor in anchors)


LINES = st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=12)


@given(LINES, st.data())
def test_lines_put_in_and_taken_out_move_nothing_else(numbers: list[int], data: st.DataObject) -> None:
    rows = [(f"Row {number} says {'x' * (number % 7)} this", data.draw(st.booleans())) for number in numbers]
    old = "\n".join(row for row, _ in rows)
    kept = [row for row, stays in rows if stays]
    new_rows = list(kept)
    for number in range(data.draw(st.integers(0, 4))):
        new_rows.insert(data.draw(st.integers(0, len(new_rows))), f"Put in {number} afterwards")
    new = "\n".join(new_rows)
    anchors, truths = [], []
    for row, stays in rows:
        first = data.draw(st.integers(0, len(row) - 1))
        last = data.draw(st.integers(first + 1, len(row)))
        at = f"{old}\n".index(f"{row}\n")
        anchors.append(describe(old, at + first, at + last))
        place = f"{new}\n".index(f"{row}\n") if stays else -1
        truths.append((place + first, place + last) if stays else None)
    for anchor, truth, outcome in zip(anchors, truths, reanchor(old, new, anchors), strict=True):
        if truth:
            assert (outcome.anchor.start, outcome.anchor.end) == truth
            assert outcome.anchor.quote == anchor.quote
            assert outcome.status == ("kept" if truth[0] == anchor.start else "moved")
            assert not outcome.searched
        else:
            assert outcome.status == "orphaned" or outcome.searched


@given(LINES, st.data())
def test_a_passage_over_several_lines_goes_with_its_first_and_its_last(numbers: list[int], data: st.DataObject) -> None:
    rows = [f"Row {number} says {'x' * (number % 7)} this" for number in numbers]
    old = "\n".join(rows)
    at = data.draw(st.integers(0, len(rows)))
    new = "\n".join([*rows[:at], "Put in afterwards", *rows[at:]])
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    if not (old[start].strip() and old[end - 1].strip()):
        return
    row, last_row = old.count("\n", 0, start), old.count("\n", 0, end - 1)
    by = len("Put in afterwards\n")
    (outcome,) = reanchor(old, new, [describe(old, start, end)])
    assert outcome.anchor.start == start + by * (row >= at)
    assert outcome.anchor.end == end + by * (last_row >= at)
    assert outcome.status == ("changed" if row < at <= last_row else "kept" if row < at else "moved")


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_an_anchored_outcome_always_holds_and_an_orphan_keeps_its_anchor(
    old: str, new: str, data: st.DataObject
) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=4))
    anchors = [describe(old, start, start + size) for start, size in spans if start + size <= len(old)]
    outcomes = reanchor(old, new, anchors)
    assert len(outcomes) == len(anchors)
    for anchor, outcome in zip(anchors, outcomes, strict=True):
        if outcome.status == "orphaned":
            assert outcome.anchor == anchor
        else:
            assert holds(new, outcome.anchor)
            assert outcome.anchor == describe(new, outcome.anchor.start, outcome.anchor.end)
            assert (outcome.status == "changed") == (outcome.anchor.quote != anchor.quote)
            assert (outcome.status == "kept") == (
                outcome.anchor.quote == anchor.quote and outcome.anchor.start == anchor.start
            )


@pytest.mark.parametrize(
    ("before", "after", "quote", "now", "status"),
    [
        ("had warned", "have warned", "Engineers had warned for years", "Engineers have warned for years", "changed"),
        ("Engineers", "Experts", "Engineers had warned for years", "Experts had warned for years", "changed"),
        ("cracked", "broken", "its pillars were cracked", "its pillars were broken", "changed"),
        ("– and of pride", "— and of pride", "and of pride", "and of pride", "kept"),
        ("It’s a", "It's a", "“It’s a question of safety,”", "“It's a question of safety,”", "changed"),
        ("The council", "Last week the council", "met on Monday", "met on Monday", "moved"),
        (" had warned for years that its pillars were", "’", "pillars were", "pillars were", "orphaned"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_passage(before: str, after: str, quote: str, now: str, status: str) -> None:
    (outcome,) = reanchor(STORY, STORY.replace(before, after), [mark(STORY, quote)])
    assert (outcome.anchor.quote, outcome.status) == (now, status)


def test_a_moved_paragraph_takes_its_marks_along() -> None:
    lines = STORY.split("\n")
    new = "\n".join([*lines[1:4], lines[0], lines[4]])
    old_anchor = mark(STORY, "discuss the old bridge")
    (outcome,) = reanchor(STORY, new, [old_anchor])
    assert (outcome.status, outcome.searched) == ("moved", True)
    assert outcome.anchor.start == new.index(old_anchor.quote)


def test_the_same_words_elsewhere_are_another_passage() -> None:
    text = "Read the full report.\nSomething in between.\nRead the full report, they say."
    cut_first = text.removeprefix("Read the full report.\n")
    (outcome,) = reanchor(text, cut_first, [describe(text, 0, 20)])
    assert outcome.status == "orphaned"


def test_a_passage_comes_back_with_its_block() -> None:
    line = "“It’s a question of safety,” she said – and of pride.\n"
    without = STORY.replace(line, "")
    anchor = mark(STORY, "a question of safety")
    (hidden,) = reanchor(STORY, without, [anchor])
    assert (hidden.status, hidden.anchor) == ("orphaned", anchor)
    (back,) = reanchor(without, STORY, [hidden.anchor])
    assert (back.status, back.anchor) == ("kept", anchor)


def test_who_made_the_cut_knows_which_of_two_equal_lines_went() -> None:
    old = "yes\nno\nyes"
    first, last = describe(old, 0, 3), describe(old, 7, 10)
    known = cut(len(old), (0, 4))
    gone, stays = reanchor(old, "no\nyes", [first, last], known)
    assert gone.status == "orphaned"
    assert (stays.anchor.start, stays.status) == (3, "moved")
    (again,) = reanchor("no\nyes", old, [stays.anchor], reverse(known))
    assert again.anchor == last


def test_another_text_gets_no_marks() -> None:
    other = (
        "Rain fell on the coast all week. Fishermen stayed at home and mended their nets.\n"
        "Prices in the market rose by a third, traders complained, though nobody went hungry.\n"
        "By Friday the sky had cleared."
    )
    quotes = ["The council met", "for years that its pillars", "she said", "eleven thousand cars a day", "the spring"]
    assert {outcome.status for outcome in reanchor(STORY, other, [mark(STORY, quote) for quote in quotes])} == {
        "orphaned"
    }


def test_a_passage_that_would_lose_its_bounds_is_an_orphan() -> None:
    old = "One line here.\nAnd another."
    new = f"One line here.\n{'Much that was put in. ' * 40}\nAnd another."
    (outcome,) = reanchor(old, new, [mark(old, "here.\nAnd")])
    assert outcome.status == "orphaned"
