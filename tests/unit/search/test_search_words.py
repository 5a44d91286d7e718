"""Words: what is typed finds what is printed, and a position always leads back to its characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.search import language
from app.search.analysis import FoldingTokenizer, schema

AWKWARD = "aZzÉé\u0301ßİıłŁæ'’ʼ.,-–—_ 0129\u00ad\u200dUSus无人機がガก้สヴ\ud800\x00ﬁ½⑴ﷺ한국"


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


@given(st.text(max_size=60))
def test_case_and_composition_never_matter(text):
    for token in language.tokens(text):
        assert language.fold(unicodedata.normalize("NFD", token)) == language.fold(token)


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


def test_whoosh_reads_our_words_through_its_own_door():
    found = [(token.text, token.pos) for token in FoldingTokenizer()("The U.S. counter-drones", positions=True)]
    assert found == [("the", 0), ("us", 1), ("counter", 2), ("drones", 3)]
    assert "title" in schema("article")
    assert "attribute:7" in schema("article")
    assert "quote" in schema("passage")
