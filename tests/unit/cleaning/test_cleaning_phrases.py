"""Phrases match whole lines, in every language that has a file."""

from __future__ import annotations

import pytest

from app.cleaning.language import guess
from app.cleaning.phrases import Phrases, languages, lexicon, stop_words, tokens


def kind(phrase: str, line: str) -> str | None:
    return Phrases([("hit", phrase)]).kind(tokens(line))


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("share this? story|post", "Share this story", True),
        ("share this? story|post", "SHARE POST!", True),
        ("share this? story|post", "Share the story", False),
        ("# comments", "1,204 comments", True),
        ("# comments", "No comments", False),
        ("follow us *", "Follow us", True),
        ("follow us *", "Follow us on every network there is", True),
        ("follow us *", "Follow us on one two three four five six seven", False),
        ("** uses cookies **", "This site of ours uses cookies to do many things that we like", True),
        ("** uses cookies **", "This site of ours bakes cookies", False),
        ("don't miss *", "Don’t miss it", True),
    ],
)
def test_signs(phrase, line, found):
    assert (kind(phrase, line) == "hit") is found


def test_the_most_literal_phrase_wins():
    phrases = Phrases([("loose", "read **"), ("close", "read also *")])
    assert phrases.kind(tokens("Read also this")) == "close"


def test_a_phrase_without_a_word_matches_nothing():
    assert Phrases([("hit", "really? **")]).kind(tokens("anything at all")) is None


def test_ten_languages_at_the_least_have_phrases():
    assert len(languages()) >= 10
    for code in languages():
        known = lexicon(code)
        assert len(stop_words(code)) > 40
        assert set(known.months.values()) == set(range(1, 13))
        assert known.sections
        assert known.bylines


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "You may also like", "related"),
        ("de", "Das könnte Sie auch interessieren", "related"),
        ("fr", "Laisser un commentaire", "comment"),
        ("es", "Síguenos en Twitter", "social"),
        ("it", "Leggi anche: il mare", "related"),
        ("pt", "Todos os direitos reservados", "footer"),
        ("pl", "Udostępnij artykuł", "share"),
        ("ru", "Читайте также", "related"),
        ("nl", "Lees ook", "related"),
        ("tr", "Yorum yap", "comment"),
        ("uk", "Читайте також", "related"),
        ("ar", "اقرأ أيضا", "related"),
    ],
)
def test_page_furniture_in_each_language(language, line, expected):
    assert lexicon(language).furniture.kind(tokens(line)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The boats are in the harbour and they will not go out to sea today.", "en"),
        ("Die Boote sind im Hafen und werden heute nicht auf das Meer fahren.", "de"),
        ("Les bateaux sont dans le port et ne sortiront pas en mer aujourd'hui.", "fr"),
        ("Los barcos están en el puerto y no van a salir al mar en todo el día.", "es"),
        ("Le barche sono nel porto e non usciranno in mare, come è stato detto.", "it"),
        ("Лодки стоят в порту, и они не выйдут в море, потому что был шторм.", "ru"),
        ("القوارب في الميناء ولم تخرج إلى البحر منذ أن كان الطقس سيئا", "ar"),
        ("船は港にあり、今日は海に出ません。", "ja"),
        ("船只停在港口，今天不出海。", "zh"),
        ("배들은 항구에 있고 오늘은 바다로 나가지 않는다.", "ko"),
        ("Τα πλοία είναι στο λιμάνι σήμερα.", "el"),
        ("xyzzy plugh", None),
        ("", None),
    ],
)
def test_language_is_told_by_its_commonest_words(text, code):
    assert guess(text) == code
