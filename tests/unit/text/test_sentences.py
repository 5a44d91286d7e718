from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import graphemes
from app.text.sentences import closings, count_words, each_sentence, sentence_at, sentences, words

ANY_TEXT = st.text(st.sampled_from("Aa b.!?…。」”\")'1 \n\t\u00a0é\u0301👩\u200d🚀中し̈ةؤ؟U.S"), max_size=80)


def cut(line: str) -> list[str]:
    return [line[start:end] for start, end in sentences(line)]


@pytest.mark.parametrize(
    "parts",
    [
        ["He met Mr. Smith in the U.S. Army.", "“Really?” she asked.", "It cost 3.5 million."],
        ["J. K. Rowling wrote it.", "iPhone sales fell.", '"Stop!"', "He ran."],
        ["He lives in the U.S.", "The law says so.[3]", "It opened at 9 a.m.", "We came late."],
        ["Acme Inc. Chairman Wei left.", "Yahoo! shares rose."],
        ["See fig. 3 and no. 12 on p. 40.", "The answer is no.", "Then what?"],
        ["It was in 2019.", "The end...", "And then… more."],
        ["1. First point."],
        ["Am 3. März kam er.", "Dann ging er z.B. nach Haus."],
        ["Il a dit « non ».", "Puis M. Dupont est parti."],
        ["«Чем это кончилось?»", "Никто не знает."],
        ["هل هذا صحيح؟", "نعم.", "لا أعرف."],
        ["कल बारिश हुई।", "आज धूप है।"],
    ],
)
def test_sentences_end_where_a_reader_says(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_chinese_and_japanese_need_no_space() -> None:
    assert cut("今天下雨。我们不去！好吗？好。") == ["今天下雨。", "我们不去！", "好吗？", "好。"]
    assert cut("彼は「行く。」と言った。次。") == ["彼は「行く。」と言った。", "次。"]


def test_a_line_without_a_stop_is_one_sentence() -> None:
    assert cut("  A headline without a stop ") == ["A headline without a stop"]
    assert cut("") == []
    assert cut("  ") == []


@given(ANY_TEXT)
def test_sentences_are_in_order_and_leave_out_nothing_but_space(text: str) -> None:
    line = text.replace("\n", " ")
    spans = sentences(line)
    assert spans == sorted(spans)
    position = 0
    for start, end in spans:
        assert not line[position:start].strip()
        assert line[start:end] == line[start:end].strip() != ""
        position = end
    assert not line[position:].strip()


@given(ANY_TEXT, st.integers(0, 80))
def test_ends_of_sentences_can_be_looked_up_from_a_place_on(text: str, first: int) -> None:
    for line in text.split("\n"):
        assert list(each_sentence(line)) == sentences(line)
        assert list(closings(line, first)) == [end for _, end in sentences(line) if end >= first]


@given(ANY_TEXT, st.data())
def test_the_sentence_at_a_place_lies_in_its_line(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    start, end = sentence_at(text, position)
    assert "\n" not in text[start:end]
    assert text.count("\n", 0, start) == text.count("\n", 0, position)
    if text[position : position + 1].strip():
        assert start <= position < end


def test_the_sentence_at_a_place() -> None:
    text = "One. Two is here.\n\nThree"
    assert sentence_at(text, 0) == (0, 4)
    assert sentence_at(text, 4) == (0, 4)
    assert sentence_at(text, 7) == (5, 17)
    assert sentence_at(text, 18) == (18, 18)
    assert sentence_at(text, 24) == (19, 24)
    assert sentence_at(text, 999) == (19, 24)


@given(ANY_TEXT)
def test_words_do_not_overlap_and_hold_no_space(text: str) -> None:
    position = 0
    for start, end in words(text):
        assert position <= start < end
        assert not any(character.isspace() for character in text[start:end])
        position = end


def test_words_of_many_scripts() -> None:
    def split(text: str) -> list[str]:
        return [text[start:end] for start, end in words(text)]

    assert split("Don’t re-read the U.S. “café”, 3.5 times — naïve?") == [
        "Don’t", "re-read", "the", "U.S", "café", "3.5", "times", "naïve",
    ]  # fmt: skip
    assert split("cafe\u0301s हिन्दी में") == ["cafe\u0301s", "हिन्दी", "में"]
    assert split("我们 AI 时代") == ["我", "们", "AI", "时", "代"]


@pytest.mark.parametrize(
    "letters",
    [
        ["ร", "ว", "ม", "เ", "ลื", "อ", "ด", "น้ำ", "ๆ"],
        ["ສ", "ະ", "ບ", "າ", "ຍ", "ດີ"],
        ["မြ", "န်", "မာ", "ကု", "မ္ပ", "ဏီ"],
        ["ភា", "សា", "ខ្មែ", "រ"],
    ],
)
def test_where_nothing_marks_the_bounds_of_words_each_letter_is_one(letters: list[str]) -> None:
    """With its signs, and with what is written below it."""
    text = "".join(letters)
    assert [text[start:end] for start, end in words(text)] == letters
    assert [f"AB{text}12"[start:end] for start, end in words(f"AB{text}12")] == ["AB", *letters, "12"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        (" — … !", 0),
        ("Don’t re-read it.", 3),
        ("“Quoted” words (here).", 3),
        ("one—two", 2),
        ("我们去 Paris。", 4),
        ("مرحبا بالعالم", 2),
        ("हिन्दी में", 2),
        ("👩‍🚀 went up", 2),
        ("a\nb\u00a0c", 3),
    ],
)
def test_words_are_counted_as_a_word_processor_does(text: str, number: int) -> None:
    assert count_words(text) == number


@pytest.mark.parametrize(
    "character", ["e\u0301", "👩‍🚀", "👍🏽", "🇨🇭", "각", "\u1100\u1161\u11a8", "น้ำ", "हि", "1\ufe0f\u20e3", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"]
)
def test_a_character_of_several_code_points_is_not_cut(character: str) -> None:
    if character == "น้ำ":
        assert graphemes.ceiling("ก" + character, 2) == 4
        return
    text = "a" + character + "b"
    inside = range(2, 1 + len(character))
    assert [place for place in range(len(text) + 1) if not graphemes.is_boundary(text, place)] == list(inside)
    for place in inside:
        assert graphemes.floor(text, place) == 1
        assert graphemes.ceiling(text, place) == 1 + len(character)


def test_flags_are_cut_between_pairs() -> None:
    flags = "🇨🇭🇩🇪🇫🇷"
    assert [place for place in range(7) if graphemes.is_boundary(flags, place)] == [0, 2, 4, 6]
