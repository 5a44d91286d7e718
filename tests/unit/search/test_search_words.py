"""Words: what is typed finds what is printed, and a position always leads back to its characters."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh.lang import stemmer_for_language

from app.search import english, language

LONG = "aB's.,S1920 \n\u2018\u2019éñ\u201cU.S.\u00ad\u200d無\u0301ʼ\u2013\u20261,000x"
AWKWARD = "aZzÉé\u0301ßİıłŁæ'’ʼ.,-–—_ 0129\u00ad\u200dUSus无人機がガก้สヴｶﾞﾟ\ud800\x00ﬁ½⑴ﷺ한국"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ukraine's", "Ukraine’s"),
        ("Ukraine's", "UKRAINE"),
        ("counter-drone", "counter–drone"),
        ("counter-drone", "Counter drone"),
        ("20–30%", "20-30"),
        ("U.S.", "US"),
        ("U.S.-backed", "us backed"),
        ("1,000", "1000"),
        ("naïve", "nai\u0308ve"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("ﬁnance", "finance"),
        ("STRASSE", "straße"),
        ("drone\u00adways", "droneways"),
        ("l’Ukraine", "l'ukraine"),
        ("don’t", "don't"),
        ("ｶﾞｯﾂ", "ガッツ"),
        ("ｳﾞｨﾊﾟ", "ヴィパ"),
        ("か\u3099", "が"),
        ("٢٠٢٥", "2025"),
        ("۶٬۰۰۰ २०२५", "6 000 2025"),
        ("葛\U000e0100城", "葛城"),
        ("1\ufe0f\u20e3", "1"),
    ],
)
def test_spellings_of_one_word_are_one_word(one, other):
    assert language.words(one) == language.words(other) != []


def test_scripts_without_spaces_give_a_word_a_character():
    assert language.words("无人机") == ["无", "人", "机"]
    assert len(language.words("がぎ")) == 2


def test_kana_keep_their_voice_and_indic_vowels_stay():
    assert language.words("が") != language.words("か")
    assert language.words("कि") != language.words("का")


@given(st.text(alphabet=st.one_of(st.sampled_from(AWKWARD), st.characters())))
@example("ᾀʼs")
def test_folding_is_stable_and_leaves_words(text):
    for token in language.tokens(text):
        word = language.fold(token)
        assert word
        assert language.fold(word) == word
        assert "\n" not in word
        word.encode()


@given(st.text(alphabet=st.one_of(st.sampled_from(AWKWARD), st.characters())))
def test_every_position_leads_back_to_its_token(text):
    found = language.tokens(text)
    spans = language.spans(text, range(len(found)))
    assert [text[start:end] for start, end in spans] == found
    assert spans == sorted(spans)
    if found:
        assert language.spans(text, [len(found) - 1]) == spans[-1:]


@given(st.text(alphabet="aB.,'19-_ s", max_size=40))
def test_plain_ascii_text_is_cut_as_any_other(text):
    wide = f"{text} é"
    assert language.tokens(wide)[:-1] == language.tokens(text)


def test_every_combining_mark_is_known():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    marks = [one for one in every if unicodedata.category(one).startswith("M")]
    assert re.findall(f"[{language.marks()}]", every) == marks


@given(st.text(max_size=60))
def test_case_and_composition_never_matter(text):
    for token in language.tokens(text):
        assert language.fold(unicodedata.normalize("NFD", token)) == language.fold(token)


@given(st.text(alphabet=st.sampled_from(LONG), max_size=60))
@example("B'sʼ B's's U.S.'s 1,000's x’s")
@example("l’été — “Ukraine’s” 20–30% U.S.-backed 1,000,000")
def test_long_texts_are_cut_as_short_ones_are(text):
    spans = [match.span() for match in language.pattern_for(text).finditer(text)]
    long = f"{text}\n{'plain words ' * 200}"
    found = language.spans(long, range(len(spans)))
    assert found == spans
    assert language.tokens(long)[: len(spans)] == [text[start:end] for start, end in spans]


PIECES = st.lists(st.sampled_from(("drone ", "U.S. ", "1,000", "é", "’s", "’", "\n", ".", "无人", " ", "x" * 300)))


@given(st.lists(st.tuples(PIECES.map("".join), st.sets(st.integers(0, 12)).map(sorted)), max_size=6))
@example([("x" * 300_000, [0]), ("a b", [1, 2]), ("", [0]), ("y " * 1000, [999, 1000])])
def test_texts_are_cut_together_as_they_are_one_by_one(texts_with_positions):
    texts = [text for text, _ in texts_with_positions]
    positions = [own for _, own in texts_with_positions]
    each = [language.spans(text, own) for text, own in texts_with_positions]
    assert language.spans_of_all(texts, positions) == each


ENDINGS = [
    "ization",
    "ational",
    "fulness",
    "ousness",
    "iveness",
    "tional",
    "biliti",
    "lessli",
    "entli",
    "ation",
    "alism",
    "aliti",
    "ousli",
    "iviti",
    "fulli",
    "enci",
    "anci",
    "abli",
    "izer",
    "ator",
    "alli",
    "bli",
    "ogi",
    "li",
    "alize",
    "icate",
    "iciti",
    "ative",
    "ical",
    "ness",
    "ful",
    "ement",
    "ance",
    "ence",
    "able",
    "ible",
    "ment",
    "ant",
    "ent",
    "ism",
    "ate",
    "iti",
    "ous",
    "ive",
    "ize",
    "ion",
    "al",
    "er",
    "ic",
    "eedly",
    "ingly",
    "edly",
    "eed",
    "ing",
    "ed",
    "sses",
    "ied",
    "ies",
    "us",
    "ss",
    "s",
    "y",
    "e",
    "l",
    "ly",
    "bility",
    "ogy",
]
SPELT = st.text(alphabet="abcdefghijklmnopqrstuvwxyzaeioy01", max_size=6)
HEADS = st.sampled_from(["", "", "gener", "commun", "arsen", "sk", "in", "proc"])


@settings(max_examples=2000)
@given(HEADS, SPELT, st.lists(st.sampled_from(ENDINGS), max_size=3).map("".join))
@example("", "skis", "")
@example("", "innings", "")
def test_english_stems_are_those_of_whoosh(head, middle, ending):
    word = head + middle + ending
    if word:
        assert english.stem(word) == stemmer_for_language("en")(word)


@settings(max_examples=100)
@given(st.lists(st.tuples(HEADS, SPELT, st.lists(st.sampled_from(ENDINGS), max_size=3).map("".join)).map("".join)))
@example(["skis", "", "a", "s", "es", "innings", "sktsses", "ties", "cats", "gas", "kiwis", "common", "nation", "é"])
def test_many_words_have_the_stems_of_each(words):
    repeated = words * (1 + 5000 // max(1, len(words)))
    assert language.stems("en", repeated)[: len(words)] == [language.stem("en", word) for word in words]
    assert language.stems("de", words) == [language.stem("de", word) for word in words]


def test_words_of_articles_have_the_stems_of_whoosh():
    folder = Path(__file__).resolve().parents[3] / "seeds" / "articles"
    texts = (path.read_text(encoding="utf-8") for path in folder.iterdir())
    words = {word for text in texts for word in language.words(text) if word.isascii()}
    whoosh = stemmer_for_language("en")
    assert len(words) > 3000
    assert {word for word in words if language.stem("en", word) != whoosh(word)} == set()


def test_stems_follow_the_language():
    assert language.stem("en", "drones") == language.stem("en", "drone")
    assert language.stem("fr", "nationales") == language.stem("fr", "national")
    assert language.stem("", "drones") == "drones"
    assert language.tongue(None) == "en"
    assert language.tongue("en-GB") == "en"
    assert language.tongue("nb") == "no"
    assert language.tongue("uk") == ""


@pytest.mark.parametrize("code", language.TONGUES)
@given(word=st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяابتثجحخدذرز", max_size=14))
def test_every_stemmer_answers_every_word(code, word):
    if word:
        assert language.stem(code, word)
