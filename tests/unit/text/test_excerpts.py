from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.text import graphemes
from app.text.excerpts import ELLIPSIS, excerpt, head
from app.text.ranges import Span

WORDS = st.sampled_from(
    [
        "drone",
        "café",
        "cafe\u0301",
        "👩‍🚀",
        "🇨🇭🇩🇪",
        "سلام",
        "今天下雨",
        "𝐀𝐁",
        "U.S.",
        "end.",
        "“Why?”",
        "\n",
        "ก็น้ำ",
        "각",
    ]
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "", "\n", "  "])), max_size=60).map(
    lambda parts: "".join(word + space for word, space in parts)
)


@st.composite
def texts_with_hits(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS)
    place = st.integers(0, len(text))
    return text, draw(st.lists(st.tuples(place, place).map(lambda span: (min(span), max(span))), max_size=12))


@given(texts_with_hits(), st.integers(1, 120))
def test_every_span_shows_the_words_that_were_hit(case: tuple[str, list[Span]], length: int) -> None:
    text, hits = case
    shown = excerpt(text, hits, length)
    before = len(ELLIPSIS) if text[: shown.start].strip() else 0
    for start, end in shown.spans:
        original = (start - before + shown.start, end - before + shown.start)
        assert original in hits
        assert shown.text[start:end] == text[slice(*original)].replace("\n", " ")
    if any(start < end for start, end in hits):
        assert shown.spans


@given(texts_with_hits(), st.integers(1, 120))
def test_it_is_a_window_on_the_text_that_cuts_no_hit_and_no_character(
    case: tuple[str, list[Span]], length: int
) -> None:
    text, hits = case
    shown = excerpt(text, hits, length)
    before = len(ELLIPSIS) if text[: shown.start].strip() else 0
    inner = shown.text[before:]
    end = shown.start + len(inner)
    if text[shown.start : end].replace("\n", " ") != inner:
        end -= len(ELLIPSIS)
        assert inner.endswith(ELLIPSIS)
        assert text[end:].strip()
    assert text[shown.start : end].replace("\n", " ") == inner[: end - shown.start]
    assert graphemes.is_boundary(text, shown.start)
    assert graphemes.is_boundary(text, end)
    for first, last in hits:
        if first < last:
            assert last <= shown.start or first >= end or (shown.start <= first and last <= end)
    whole = [span for span in hits if span[0] < span[1]]
    if whole and max(last for _, last in whole) - min(whole)[0] < length - 12:
        assert end - shown.start <= length


@given(TEXTS, st.integers(1, 200))
def test_the_head_of_a_text_is_no_longer_than_asked(text: str, length: int) -> None:
    shown = head(text, length)
    assert len(shown.text) <= length + len(ELLIPSIS)
    assert shown.spans == ()


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("One line.\nAnother.", [(4, 8)]).text == "One line. Another."
    assert head("  One line. ").text == "One line."
    assert head("").text == ""


def test_different_words_count_more_than_many() -> None:
    text = "tea tea tea tea. " + "filler words here. " * 20 + "tea and milk together. " + "more filler. " * 20
    milk = text.index("milk")
    hits = [(at, at + 3) for at in range(len(text)) if text.startswith("tea", at)]
    hits = [(start, end) for start, end in hits if not text[max(0, start - 1)].isalpha()] + [(milk, milk + 4)]
    shown = excerpt(text, hits, 60)
    assert {shown.text[start:end] for start, end in shown.spans} == {"tea", "milk"}


def test_it_begins_and_ends_with_sentences() -> None:
    text = "First one is here. Second says drone. Third goes on for a while. Fourth is the last of all."
    at = text.index("drone")
    assert excerpt(text, [(at, at + 5)], 60).text == "…Second says drone. Third goes on for a while.…"


def test_the_same_word_again_does_not_cost_the_beginning_of_a_sentence() -> None:
    calm, sleep = "Before that it was calm. " * 10, "Nobody slept in the town. " * 7
    text = f"{calm}Over the wide grey sea came a drone at dawn. {sleep}A drone fell. {calm}"
    hits = [(at, at + 5) for at in range(len(text)) if text.startswith("drone", at)]
    assert "Over the wide grey sea came a drone at dawn." in excerpt(text, hits, 240).text
    other = text.replace("A drone fell", "A kite fell")
    kite = other.index("kite")
    assert excerpt(other, [hits[0], (kite, kite + 4)], 240).spans[1:]


def test_it_ends_with_a_word_when_the_sentence_is_long() -> None:
    text = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu"
    at = text.index("zeta")
    shown = excerpt(text, [(at, at + 4)], 24)
    assert set(shown.text.strip("…").split()) <= set(text.split())
    assert "zeta" in shown.text


def test_scripts_without_spaces_keep_their_surroundings() -> None:
    chinese = "北京今天的天气非常好我们决定去公园散步然后在湖边的小餐馆里吃了一顿很丰盛的午餐" * 5
    shown = excerpt(chinese, [(60, 62)], 40)
    assert len(shown.text) > 30
    thai = "วันนี้อากาศดีมากเราจึงไปเดินเล่นที่สวนสาธารณะแล้วกินข้าวกลางวันริมทะเลสาบ" * 5
    assert len(excerpt(thai, [(60, 64)], 100).text) > 60


def test_a_hit_longer_than_the_excerpt_is_shown_whole() -> None:
    text = "x" * 50 + " " + "y" * 300 + " " + "z" * 50
    assert "y" * 300 in excerpt(text, [(51, 351)], 100).text
