"""Dates as they stand on news pages: read in every language, told from headlines, and never guessed."""

from __future__ import annotations

import pytest

from app.cleaning.date_lines import is_date_line, published_day, stated_day, tells_change
from app.cleaning.phrases import head_tables, languages, lexicon, month_names

DAY = "2025-03-04"
LINES = {
    "en": (
        "March 4, 2025",
        "Tue, 4 Mar 2025, 18:40",
        "Tuesday 4 March 2025 15:15 GMT",
        "Tuesday, March 4th, 2025 at 10:14 a.m. EST",
        "Published: March 4, 2025 10:14 AM ET",
        "Originally published on 4 March 2025",
        "4th of March 2025",
        "2025-03-04 10:14 UTC",
        "MARCH 4, 2025 / 10:14 AM / CBS NEWS",
        "Mar. 4, 2025 · 5 min read",
        "Kyiv, 4 March 2025",
        "Ada Marsh | March 4, 2025",
        "4-Mar-2025",
        "March 4, 20255:14 PM ET",
    ),
    "de": (
        "4. März 2025, 10:14 Uhr",
        "Dienstag, 4.März 2025 um 10:14 Uhr",
        "Stand: 04.03.2025 10:14 Uhr",
        "Veröffentlicht am 04.03.2025",
        "04.03.25, 10:14 Uhr",
        "Di., 04.03.2025",
        "4. MÄRZ 2025",
        "Am 4. Mrz 2025",
    ),
    "fr": (
        "Publié le 4 mars 2025 à 10h14",
        "mardi 4 mars 2025",
        "Le 04/03/2025 à 10:14",
        "04 MARS 2025",
        "Paris, le 4 mars 2025",
    ),
    "es": (
        "martes, 4 de marzo de 2025",
        "4 de marzo del 2025 a las 10:14 h",
        "Publicado el 04/03/2025 - 10:14",
        "4 mar 2025",
        "04 MAR. 2025 - 10:14 hs",
    ),
    "it": ("martedì 4 marzo 2025", "Pubblicato il 4 marzo 2025 alle ore 10:14", "04/03/2025", "4 Mar 2025 10:14"),
    "pt": (
        "terça-feira, 4 de março de 2025",
        "Publicado em 04/03/2025 às 10h14",
        "4.mar.2025 às 10h14",
        "4 DE MARÇO DE 2025",
    ),
    "nl": ("dinsdag 4 maart 2025", "Gepubliceerd op 4 maart 2025 om 10:14 uur", "4 mrt. 2025", "04-03-2025"),
    "pl": ("wtorek, 4 marca 2025 r., godz. 10:14", "Opublikowano: 4 marca 2025", "04.03.2025", "4 MARCA 2025"),
    "ru": (
        "4 марта 2025 г., 10:14 (МСК)",
        "4 марта 2025 года",
        "Опубликовано 04.03.2025 в 10:14",
        "вторник, 4 марта 2025",
        "4 МАРТА 2025",
        "4 мар. 2025",
    ),
    "uk": ("4 березня 2025 року, 10:14", "вівторок, 4 березня 2025", "Опубліковано 04.03.2025 о 10:14"),
    "tr": ("4 Mart 2025 Salı 10:14", "Yayınlanma: 04.03.2025 - 10:14", "4 MART 2025"),
    "ar": (
        "الثلاثاء 4 مارس 2025",
        "4 مارس/آذار 2025",
        "4 آذار/ مارس 2025",
        "4 مارس (آذار) 2025",
        "٤ مارس ٢٠٢٥",
        "نشر في 4 مارس 2025",
    ),
    "sv": ("Publicerad 4 mars 2025 kl 10.14", "tisdag 4 mars 2025", "den 4 mars 2025", "2025-03-04"),
    "da": ("d. 4. marts 2025 kl. 10:14", "tirsdag den 4. marts 2025", "4. mar. 2025", "Publiceret 4. marts 2025"),
    "no": ("Publisert 4. mars 2025", "tirsdag 4. mars 2025 kl. 10:14", "4.3.2025"),
    "fi": ("tiistai 4. maaliskuuta 2025 klo 10.14", "Julkaistu 4.3.2025", "4.3.2025 10:14"),
    "cs": ("úterý 4. března 2025 v 10:14", "4. 3. 2025", "Publikováno: 4. března 2025", "4. BŘEZNA 2025"),
    "hu": ("2025. március 4.", "2025. március 4. 10:14", "2025. 03. 04.", "2025.03.04. 10:14", "2025. márc. 4., kedd"),
    "ro": ("marți, 4 martie 2025", "Publicat: 04.03.2025, ora 10:14", "4 mar. 2025"),
    "el": ("Τρίτη, 4 Μαρτίου 2025", "4 ΜΑΡΤΙΟΥ 2025", "Δημοσιεύθηκε στις 4 Μαρτίου 2025", "04/03/2025 10:14"),
    "he": ("4 במרץ 2025", "יום שלישי, 4 במרץ 2025 בשעה 10:14", "פורסם: 04.03.2025", "4 מרץ 2025"),
    "ja": (
        "2025年3月4日(火) 10時14分",
        "2025年03月04日 10:14 公開",
        "公開日：2025年3月4日",
        "令和7年3月4日",
        "2025/3/4",
    ),
    "ko": ("2025년 3월 4일 오전 10:14", "2025. 3. 4. 오전 10:14", "입력 2025.03.04. 10:14", "2025.03.04 10:14 입력"),
    "zh": ("2025年3月4日 10:14", "发布时间：2025年03月04日", "2025年3月4日 星期二", "民國114年3月4日"),
}


def test_every_language_has_words_beside_its_dates():
    assert set(LINES) == set(languages())
    assert set(head_tables()) == {"any", *languages()}


@pytest.mark.parametrize(("code", "line"), [(code, line) for code, lines in LINES.items() for line in lines])
def test_a_line_of_a_date_states_it(code, line):
    assert str(stated_day(line, lexicon(code))) == DAY


@pytest.mark.parametrize(
    ("code", "line", "month"),
    [
        ("ar", "4 كانون الثاني 2025", 1),
        ("ar", "4 شباط 2025", 2),
        ("ar", "4 أفريل 2025", 4),
        ("ar", "4 جويلية 2025", 7),
        ("ar", "4 غشت 2025", 8),
        ("ar", "4 تشرين الأول 2025", 10),
        ("ar", "4 تشرين الثاني/نوفمبر 2025", 11),
        ("ar", "4 كانون الأول 2025", 12),
        ("tr", "4 NİSAN 2025", 4),
        ("tr", "4 MAYIS 2025", 5),
        ("tr", "4 EKİM 2025", 10),
        ("fr", "LE 4 FEVRIER 2025", 2),
        ("fr", "4 AOUT 2025", 8),
        ("el", "4 ΜΑΪΟΥ 2025", 5),
        ("pl", "4 PAŹDZIERNIKA 2025", 10),
        ("cs", "4. ŘÍJNA 2025", 10),
        ("hu", "2025. SZEPTEMBER 4.", 9),
        ("uk", "4 липня 2025", 7),
        ("ru", "4 МАЯ 2025", 5),
    ],
)
def test_months_by_all_their_names_in_any_case(code, line, month):
    assert str(stated_day(line, lexicon(code))) == f"2025-{month:02}-04"


def test_all_months_of_all_languages_are_told_apart():
    assert set(month_names().values()) == set(range(1, 13))
    for code in languages():
        for name, number in lexicon(code).months.items():
            if name[0].isalpha() and code != "zh":
                assert str(stated_day(f"4 {name.upper()} 2025", lexicon(code))) == f"2025-{number:02}-04", name


@pytest.mark.parametrize("code", ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "el", "ar", "he"])
def test_the_day_comes_first_in_most_languages(code):
    assert str(stated_day("03/04/2025", lexicon(code))) == "2025-04-03"


@pytest.mark.parametrize("code", ["en", "ja", "hu", "xx", None])
def test_where_a_date_may_mean_two_days_it_is_none(code):
    assert is_date_line("03/04/2025", lexicon(code))
    assert stated_day("03/04/2025", lexicon(code)) is None


@pytest.mark.parametrize(
    "line",
    [
        "June 2025 was the hottest on record",
        "What happened in May 2024",
        "4 March 2025: the day the music died",
        "Remembering September 11, 2001",
        "The attacks of 13 November 2015 explained",
        "Season 2025-26",
        "The 2003-04 budget",
        "4–6 March 2025",
        "4-6 March 2025",
        "Dismay 2025",
        "Die Wahl vom 4. März 2025",
        "Was am 4. März 2025 geschah",
        "Les manifestations du 4 mars 2025 en photos",
        "Qué pasó el 4 de marzo de 2025",
        "Elezioni del 4 marzo 2018",
        "Выборы 4 марта 2018 года",
        "Que reste-t-il de mai 1968",
        "Mayıs 2025 seçimleri",
        "2025年3月の失業率",
        "2025年3月4日地震速报",
        "2025년 3월 4일 지진 발생",
        "الانتخابات في 4 مارس 2025",
        "Valget 4. marts 2025",
        "Volby 4. března 2025",
        "Call 555-0104 2025",
        "Version 4.3.25",
        "March 4",
        "in 2025",
    ],
)
@pytest.mark.parametrize("code", ["en", "de", "zh"])
def test_a_headline_that_names_a_day_states_none(code, line):
    assert stated_day(line, lexicon(code)) is None


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Published March 4, 2025 | Updated March 9, 2025", DAY),
        ("Updated: March 9, 2025 | Published: March 4, 2025", DAY),
        ("March 4, 2025 / Updated March 9, 2025", DAY),
        ("March 4, 2025, updated 10:14", DAY),
        ("Publié le 4 mars 2025 à 10h14, mis à jour le 9 mars 2025 à 9h00", DAY),
        ("입력 2025.03.04. 오전 10:14 수정 2025.03.09. 오후 1:02", DAY),
        ("2025.03.04 10:14 입력 | 2025.03.09 13:02 수정", DAY),
        ("公開日：2025年3月4日 最終更新日：2025年3月9日", DAY),
        ("Last updated: March 9, 2025", None),
        ("Date modified: 9 March 2025", None),
        ("Aktualisiert am 9. März 2025", None),
        ("Mis à jour le 9 mars 2025", None),
        ("Última actualización: 9 de marzo de 2025", None),
        ("Ultimo aggiornamento 9 marzo 2025", None),
        ("Atualizado em 9 de março de 2025", None),
        ("Laatst bijgewerkt op 9 maart 2025", None),
        ("Data aktualizacji: 9 marca 2025", None),
        ("Обновлено 9 марта 2025", None),
        ("Оновлено 9 березня 2025", None),
        ("Güncelleme: 9 Mart 2025", None),
        ("آخر تحديث 9 مارس 2025", None),
        ("Uppdaterad 9 mars 2025", None),
        ("Opdateret 9. marts 2025", None),
        ("Sist oppdatert 9. mars 2025", None),
        ("Päivitetty 9. maaliskuuta 2025", None),
        ("Aktualizováno 9. března 2025", None),
        ("Frissítve: 2025. március 9.", None),
        ("Actualizat: 9 martie 2025", None),
        ("Τελευταία ενημέρωση: 9 Μαρτίου 2025", None),
        ("עודכן: 9 במרץ 2025", None),
        ("更新时间：2025-03-09", None),
        ("2025年3月9日 更新", None),
        ("2025.03.09 10:14 수정", None),
    ],
)
def test_a_day_of_changes_is_not_that_of_publication(line, written):
    assert is_date_line(line, lexicon(None))
    assert published_day(line, lexicon(None)) == stated_day(line, lexicon(None))
    assert str(stated_day(line, lexicon(None))) == str(written)


@pytest.mark.parametrize(
    "line",
    [
        "Yesterday at 10:14",
        "2 hours ago",
        "Heute, 10:14 Uhr",
        "vor 3 Stunden",
        "Il y a 3 heures",
        "Hier à 10h14",
        "hace 5 horas",
        "5 ore fa",
        "há 5 horas",
        "5 uur geleden",
        "5 godzin temu",
        "вчера в 10:14",
        "5 часов назад",
        "5 годин тому",
        "5 saat önce",
        "منذ 5 ساعات",
        "för 5 timmar sedan",
        "for 5 timer siden",
        "5 tuntia sitten",
        "před 5 hodinami",
        "acum 5 ore",
        "πριν από 5 ώρες",
        "לפני 5 שעות",
        "3時間前",
        "3시간 전",
        "3小时前",
    ],
)
def test_what_only_the_day_of_reading_tells_is_not_guessed(line):
    assert is_date_line(line, lexicon(None))
    assert stated_day(line, lexicon(None)) is None


@pytest.mark.parametrize(
    "line",
    ["5 minutes a day", "28 years later", "March 4", "10 things to know", "24 hours in Kyiv", "5 godzin w Kijowie"],
)
def test_a_headline_of_hours_and_days_is_no_date(line):
    assert not is_date_line(line, lexicon(None))


def test_a_label_alone_may_announce_a_day_of_changes():
    assert tells_change("Last updated:")
    assert tells_change("Zuletzt aktualisiert am")
    assert not tells_change("Published")
    assert not tells_change("Published, then updated by Ada Marsh")
    assert not tells_change("The updated rules")
