"""Phrases match whole lines, in every language that has a file."""

from __future__ import annotations

import pytest

from app.cleaning.language import guess
from app.cleaning.phrases import Phrases, languages, lexicon, stop_words, tokens


def kind(phrase: str, line: str) -> str | None:
    return Phrases([("hit", phrase)], ["march"]).kind(tokens(line), line)


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
        ("follow us *", "Follow us.", True),
        ("follow us *", "Follow us on every network there is!", True),
        ("follow us *", "Follow us on every network there is.", False),
        ("what's next *", "What's next for the peace talks?", False),
        ("photo:", "Photo", True),
        ("photo:", "Photo: Jane Doe", True),
        ("photo:", "PHOTO | Jane Doe", True),
        ("photo:", "Photo finish in the final", False),
        ("see? photo|picture credit:", "See picture credit： Jane Doe", True),
        ("read also:", "Read also: why is the port shut?", True),
        ("save:", "Save: put a tenth of what you earn aside.", False),
        ("updated @", "Updated March 4, 2025 at 10:30", True),
        ("updated @", "Updated figures show 12 dead", False),
        ("updated @", "Updated", False),
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


def test_words_that_are_a_phrase_by_themselves():
    phrases = Phrases([("share", "facebook|x"), ("share", "** whatsapp"), ("share", "share this"), ("social", "likes")])
    assert phrases.alone("share") == {"facebook", "x", "whatsapp"}


def test_a_label_may_have_sentences_behind_it_where_they_are_part_of_it():
    line = "Disclaimer: nothing of this is advice."
    assert Phrases([("hit", "disclaimer:")], sentences=True).kind(tokens(line), line) == "hit"


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
        ("en", "Follow us on Facebook!", "social"),
        ("en", "Privacy Policy | Terms of Use | Contact", "cookie"),
        ("en", "Copyright © 2025 Harbour Times. Terms apply.", "footer"),
        ("fr", "Lire aussi : Pourquoi le port est fermé ?", "related"),
        ("it", "Seguici su Instagram", "social"),
        ("es", "Comparte esta noticia", "share"),
        ("es", "Suscríbete a nuestro boletín", "subscribe"),
        ("fr", "Partagez cet article", "share"),
        ("fr", "Abonnez-vous à partir de 1 €", "subscribe"),
        ("it", "Commenta l'articolo", "comment"),
        ("it", "Iscriviti alla newsletter", "subscribe"),
        ("nl", "Deel dit artikel", "share"),
        ("nl", "Reageer op dit artikel", "comment"),
        ("pl", "Zapisz się na nasz newsletter", "subscribe"),
        ("pt", "Compartilhe esta notícia", "share"),
        ("pt", "Assine agora", "subscribe"),
        ("ru", "Поделиться ссылкой", "share"),
        ("ru", "Подписывайтесь на наш канал в Telegram", "social"),
        ("uk", "Підписатися на новини", "social"),
        ("tr", "Haberi paylaş", "share"),
        ("tr", "HABERİ PAYLAŞ", "share"),
        ("tr", "İLGİLİ HABERLER", "related"),
        ("ar", "تابعونا على فيسبوك", "social"),
        ("de", "Teilen auf Facebook", "share"),
        ("de", "An dieser Stelle finden Sie einen externen Inhalt von X, der den Artikel ergänzt.", "cookie"),
        ("de", "Lesen Sie hier, was der Hafen kostet.", "related"),
        ("ko", "관련기사 항만 파업", "related"),
        ("zh", "责任编辑：王明", "footer"),
        ("ja", "関連記事：港のスト", "related"),
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
        ("en", "This story is exclusive to subscribers.", "subscribe"),
        ("de", "Dieser Artikel ist exklusiv für Abonnenten.", "subscribe"),
        ("fr", "Cet article est réservé aux abonnés. Il vous reste 75 % à lire.", "subscribe"),
        ("es", "Para seguir leyendo, suscríbete", "subscribe"),
        ("it", "Per continuare a leggere, abbonati", "subscribe"),
        ("pt", "Este conteúdo é exclusivo para assinantes", "subscribe"),
        ("nl", "Lees verder met een abonnement", "subscribe"),
        ("nl", "Dit artikel is exclusief voor abonnees", "subscribe"),
        ("pl", "Ten artykuł jest dostępny tylko dla prenumeratorów", "subscribe"),
        ("ru", "Материал доступен только подписчикам", "subscribe"),
        ("ar", "هذا المحتوى متاح للمشتركين", "subscribe"),
        ("de", "Wir und unsere Partner verwenden Cookies und ähnliche Verfahren", "cookie"),
        ("fr", "Nous et nos partenaires stockons des informations sur votre appareil", "cookie"),
        ("es", "Sé el primero en comentar", "comment"),
        ("pt", "Seja o primeiro a comentar", "comment"),
        ("pl", "Weź udział w dyskusji", "comment"),
        ("ru", "Комментарии закрыты", "comment"),
        ("ar", "كن أول من يعلق على هذا الخبر", "comment"),
    ],
)
def test_page_furniture_in_each_language(language, line, expected):
    assert lexicon(language).furniture.kind(tokens(line), line) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "What the neighbours said about the bridge when it was closed"),
        ("en", "Only 3 of the boats came back, and nobody asked about the others."),
        ("de", "Die Brücke bleibt bis zum Herbst gesperrt"),
        ("fr", "Les services de secours ont attendu la marée"),
        ("es", "Este camino solo lleva al puerto"),
        ("it", "Le notizie non arrivarono mai al faro"),
        ("pt", "As últimas horas do navio"),
        ("nl", "Het beste brood komt uit de oude oven"),
        ("pl", "Korzystając z odpływu, przeszli po piasku na wyspę"),
        ("ru", "Похожие на дым облака стояли над портом"),
        ("ar", "إدارة الميناء لم تعلق على الحادث"),
    ],
)
def test_what_an_article_says_is_no_furniture(language, line):
    assert lexicon(language).furniture.kind(tokens(line), line) is None


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


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Temps de Lecture 3 min.", "reading_time"),
        ("Temps de lecture 12 minutes", "reading_time"),
        ("Lecture du Monde en cours sur un autre appareil.", "subscribe"),
        ("L’espace des contributions est réservé aux abonnés.", "comment"),
    ],
)
def test_what_french_pages_say_of_the_reading_itself_is_none_of_the_article(line, kind):
    known = lexicon("fr")
    assert kind in (known.details.kind(tokens(line), line), known.furniture.kind(tokens(line), line))
