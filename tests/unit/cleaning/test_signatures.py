"""Lines that say who wrote an article are told from headlines that begin with the same word."""

from __future__ import annotations

import pytest

from app.cleaning.phrases import lexicon, tokens
from app.cleaning.signatures import Signature, read_signature


def signature(code: str | None, line: str) -> Signature | None:
    return read_signature(line, tokens(line), lexicon(code))


@pytest.mark.parametrize(
    ("code", "line", "name", "role"),
    [
        ("en", "By Ada Marsh", "Ada Marsh", ""),
        ("en", "BY ADA MARSH", "ADA MARSH", ""),
        ("en", "By Ada Marsh and Ben Lowe", "Ada Marsh and Ben Lowe", ""),
        ("en", "By Ada Marsh, Ben Lowe and Cy Dunn", "Ada Marsh, Ben Lowe and Cy Dunn", ""),
        ("en", "By Ada Marsh | March 4, 2025", "Ada Marsh", ""),
        ("en", "By Ada Marsh in Kyiv", "Ada Marsh", ""),
        ("en", "By Ada Marsh, Associated Press", "Ada Marsh, Associated Press", ""),
        ("en", "By Ada Marsh, Foreign Correspondent", "Ada Marsh", "Foreign Correspondent"),
        ("en", "by Chief Editor", "Chief Editor", "Chief Editor"),
        ("en", "By Will Smith", "Will Smith", ""),
        ("en", "BY WILL SMITH", "WILL SMITH", ""),
        ("en", "By Ada Marsh for the Gazette", "Ada Marsh for the Gazette", ""),
        ("en", "By Susan", "Susan", ""),
        ("en", "By Maria & Katerina", "Maria & Katerina", ""),
        ("en", "By Reuters", "Reuters", ""),
        ("en", "By The Gazette Editorial Team", "The Gazette Editorial Team", ""),
        ("en", "By Dr. Vahid Osman", "Dr. Vahid Osman", ""),
        ("en", "Written by: Ada Marsh", "Ada Marsh", ""),
        ("en", "By", "", ""),
        ("de", "Von Ada Marsh", "Ada Marsh", ""),
        ("de", "Von Ursula von der Leyen", "Ursula von der Leyen", ""),
        ("de", "Von Karl-Theodor zu Guttenberg", "Karl-Theodor zu Guttenberg", ""),
        ("de", "Von Ada Marsh und Ben Lowe, Berlin", "Ada Marsh und Ben Lowe, Berlin", ""),
        ("de", "Von Ada Marsh, Korrespondentin", "Ada Marsh", "Korrespondentin"),
        ("de", "Autorin: Ada Marsh", "Ada Marsh", ""),
        ("fr", "Par Ada Marsh", "Ada Marsh", ""),
        ("fr", "Par Ada Marsh et Ben Lowe", "Ada Marsh et Ben Lowe", ""),
        ("fr", "Par Jean de La Fontaine", "Jean de La Fontaine", ""),
        ("es", "Por María Núñez", "María Núñez", ""),
        ("es", "Por María Núñez / Corresponsal", "María Núñez", "Corresponsal"),
        ("es", "Por María Núñez y José Pérez", "María Núñez y José Pérez", ""),
        ("pt", "Por João do Carmo", "João do Carmo", ""),
        ("it", "di Ada Marsh", "Ada Marsh", ""),
        ("it", "di Luigi Di Maio", "Luigi Di Maio", ""),
        ("it", "a cura di Ada Marsh", "Ada Marsh", ""),
        ("nl", "Door Ada van der Marsh", "Ada van der Marsh", ""),
        ("sv", "Av Ada Marsh", "Ada Marsh", ""),
        ("no", "Av Ada Marsh og Ben Lowe", "Ada Marsh og Ben Lowe", ""),
        ("da", "Af Ada Marsh", "Ada Marsh", ""),
        ("fi", "Teksti: Ada Marsh", "Ada Marsh", ""),
        ("pl", "Autor: Jan Kowalski", "Jan Kowalski", ""),
        ("pl", "przez Jan Kowalski", "Jan Kowalski", ""),
        ("cs", "Autor: Jan Novák", "Jan Novák", ""),
        ("cs", "Od Jan Novák", "Jan Novák", ""),
        ("hu", "Írta: Kovács János", "Kovács János", ""),
        ("ro", "De Ion Popescu", "Ion Popescu", ""),
        ("ru", "Автор: Иван Петров", "Иван Петров", ""),
        ("ru", "От Иван Петров", "Иван Петров", ""),
        ("ru", "Текст Иван Петров", "Иван Петров", ""),
        ("uk", "Автор Олена Коваль", "Олена Коваль", ""),
        ("tr", "Yazan: Ayşe Yılmaz", "Ayşe Yılmaz", ""),
        ("tr", "Ayşe Yılmaz tarafından", "Ayşe Yılmaz", ""),
        ("el", "Του Γιώργου Παπαδόπουλου", "Γιώργου Παπαδόπουλου", ""),
        ("ar", "بقلم أحمد سالم", "أحمد سالم", ""),
        ("he", "מאת דנה כהן", "דנה כהן", ""),
        ("hi", "द्वारा अदा मार्श", "अदा मार्श", ""),
        ("hi", "अदा मार्श द्वारा", "अदा मार्श", ""),
        ("zh", "记者 王小明", "王小明", ""),
        ("zh", "作者：王小明", "王小明", ""),
        ("zh", "文/王小明", "王小明", ""),
        ("ja", "執筆 山田 太郎", "山田 太郎", ""),
        ("ko", "글 홍길동", "홍길동", ""),
        ("ko", "홍길동 기자", "홍길동", "기자"),
        ("ko", "홍길동 기자 hong@news.example", "홍길동", "기자"),
    ],
)
def test_who_signs(code, line, name, role):
    assert signature(code, line) == Signature(name, role)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "By Train Through the Alps in Winter"),
        ("en", "BY TRAIN THROUGH THE ALPS IN WINTER"),
        ("en", "By Land and Sea"),
        ("en", "By the time we came it was over"),
        ("en", "By 2030, Half of All Cars Will Be Electric"),
        ("en", "Author of the Bestseller Dies at 90"),
        ("de", "Von Berlin nach Paris in vier Stunden"),
        ("de", "Von Trump bis Putin: Die Mächtigen der Welt"),
        ("de", "Von Wien zur Adria"),
        ("de", "Von der Leyen warnt vor neuen Zöllen"),
        ("de", "Von Montag an gilt Tempo 30"),
        ("fr", "Par Monts et Vallées"),
        ("fr", "Par le train de nuit"),
        ("fr", "Par Toutatis, Astérix revient"),
        ("es", "Por Madrid y Barcelona"),
        ("es", "Por qué sube el pan"),
        ("es", "Por Navidad llegan los recortes"),
        ("pt", "Por Lisboa fora"),
        ("it", "Di Maio attacca il governo"),
        ("it", "Di Canio torna a casa"),
        ("it", "Di Roma e Milano"),
        ("nl", "Door Rusland bezette gebieden"),
        ("sv", "Av Stockholms skolor stängs tio"),
        ("da", "Af Danmarks byer vokser Aarhus mest"),
        ("ro", "De Paști vin turiștii"),
        ("pl", "Od Kijowa po Lwów"),
        ("cs", "Od Prahy k Brnu"),
        ("ru", "От Москвы до Берлина"),
        ("ru", "Текст договора опубликован"),
        ("uk", "Від Києва до Львова"),
        ("tr", "Haber Türk"),
        ("el", "Της Ελλάδας τα νησιά"),
        ("ar", "كتب جديدة في المعرض"),
        ("zh", "文化部发布新规定"),
        ("zh", "记者 观察：北京的春天来得早"),
        ("ko", "글 쓰는 사람들의 이야기"),
        ("ja", "取材 ノート：港の朝はまだ早い"),
    ],
)
def test_a_headline_signs_nothing(code, line):
    assert signature(code, line) is None
