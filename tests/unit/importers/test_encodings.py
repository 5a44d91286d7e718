"""Files without Unicode are read as what they say in their language, or refused with the place that is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._encodings import decode_page, decode_text, looks_like_text

ENGLISH = """The mill on the river – closed for years – opened again on Monday, and “everybody” came to the café … it.

It was a naïve idea, said the owner. The price of flour: €3 a bag, and it’s 20 °C in the mill.
"""
CHINESE = "港口罢工进入第三周\n\n全国最大港口的码头工人星期一再次罢工，工会官员说谈判在周末破裂。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac-roman"),
        ("The café has raised the price: €3 a cup", "iso8859-15"),
        ("river – closed … “everybody” came to the café", "cp1252"),
        ("Les élèves à l’école où naît la forêt. « Ça suffit », disait-on près du théâtre, où l’œuvre est.", "cp1252"),
        ("élèves à l’école", "cp1252"),
        ("María José Núñez", "latin-1"),
        ("Los niños y las niñas del colegio español no tendrán piscina este año.", "latin-1"),
        ("A população não compareceu às urnas, e a eleição terá de ser repetida.", "latin-1"),
        ("NÃO É POSSÍVEL", "latin-1"),
        ("Die Straßen waren überfüllt. Es gab Äpfel und Öl.", "cp1252"),
        ("Åke såg", "latin-1"),
        ("Þetta er gott og það er íslenska á ári", "cp1252"),
        ("The price is £5 or €6, 20 °C, ½ cup · 5 m² · © 2024 J. Doe", "cp1252"),
        ("Żółta", "iso8859-2"),
        ("Wczoraj w miejscowości pod Łodzią gęś zniosła jajko większe niż zwykle.", "cp1250"),
        ("Wczoraj w miejscowości pod Łodzią gęś zniosła jajko większe niż zwykle.", "iso8859-2"),
        ("Čeština je krásný jazyk, říká Jiří Dvořák.", "cp1250"),
        ("A hajók a kikötőben vannak, és ma nem mennek ki, mert az idő rossz.", "cp1250"),
        ("Lietuvių kalba yra žavi ir graži šiandien", "cp1257"),
        ("İstanbul’da şehir", "cp1254"),
        ("Мост через реку закрыли на ремонт в понедельник.", "cp1251"),
        ("Привет, мир", "cp1251"),
        ("Мост через реку закрыли на ремонт в понедельник.", "koi8-r"),
        ("Мост через реку закрыли на ремонт в понедельник.", "cp866"),
        ("Мост через реку закрыли на ремонт в понедельник.", "iso8859-5"),
        ("Привіт, світе, як справи", "cp1251"),
        ("Οι εργαζόμενοι στο λιμάνι συνεχίζουν την απεργία για τρίτη εβδομάδα.", "cp1253"),
        ("מחירי החיטה עלו ביום שלישי לרמה הגבוהה ביותר מזה שנתיים", "cp1255"),
        ("ارتفعت أسعار القمح في الأسواق العالمية يوم الثلاثاء", "cp1256"),
        ("คลื่นสูงเข้าถึงท่าเรือเมื่อวันจันทร์ และชาวประมงไม่ได้ออกทะเลเป็นเวลาสามวัน", "cp874"),
        ("ราคา 25 บาท ที่ตลาดริมน้ำ", "cp874"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        ("全國最大港口的碼頭工人星期一再次罷工，工會官員說談判在週末破裂。", "big5"),
        ("国内最大の港で働く労働者は月曜日、再びストライキに入った。", "shift_jis"),
        ("国内最大の港で働く労働者は月曜日、再びストライキに入った。", "euc-jp"),
        ("国内最大の港で働く労働者は月曜日、再びストライキに入った。", "iso2022_jp"),
        ("国内最大の港で働く労働者は月曜日、再びストライキに入った。", "utf-16-le"),
        ("국내 최대 항만의 노동자들이 월요일 다시 파업에 들어갔다", "euc-kr"),
        ("Лодки стоят в порту", "utf-16-be"),
    ],
)
def test_a_text_in_an_older_encoding_is_read(text, encoding):
    data = text.encode(encoding)
    assert decode_text(data, "a.txt") == text
    assert looks_like_text(data)


@pytest.mark.parametrize("declared", ["", "utf-8", "koi8-r"])
def test_a_page_that_declares_nothing_or_the_wrong_encoding_is_read(declared):
    head = f"<meta charset={declared}>" if declared else ""
    page = f"<html><head>{head}</head><body><p>{ENGLISH}</p></body></html>"
    assert decode_page(page.encode("cp1252"), "a.html") == page
    assert decode_page(page.encode(), "a.html") == page


def test_what_a_page_declares_is_believed_when_it_makes_sense():
    page = "<meta charset=windows-1250><p>Škoda, Ł</p>"
    assert decode_page(page.encode("cp1250"), "a.html") == page


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"The text is plain but for \x80\x81\xfe\xff these bytes in the middle of it.", "byte 27 (line 1)"),
    ],
    ids=["ascii"],
)
def test_a_broken_encoding_is_named_with_its_place(data, at):
    with pytest.raises(ImportFailed, match="no encoding that can be told") as caught:
        decode_text(data, "a.txt")
    assert at in str(caught.value)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ENGLISH.encode() + "At the café’s end.".encode("cp1252"), ENGLISH + "At the café’s end."),
        (ENGLISH.encode() + ENGLISH.encode("cp1252"), ENGLISH * 2),
        (ENGLISH.encode("cp1252") + ENGLISH.encode(), ENGLISH * 2),
        ("Die Größe. ".encode() * 3 + "Die Größe.".encode("cp1252"), "Die Größe. " * 3 + "Die Größe."),
        (ENGLISH.encode() + b"\xff", ENGLISH + "\N{REPLACEMENT CHARACTER}"),
        ("Die Größe".encode()[:-2], "Die Grö\N{REPLACEMENT CHARACTER}"),
    ],
    ids=["two bytes", "utf-8 and cp1252", "cp1252 and utf-8", "german", "no letter", "cut"],
)
def test_a_few_bytes_of_another_encoding_cost_no_file(data, text):
    assert decode_text(data, "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_bytes_that_are_nought_cost_no_file(encoding):
    data = ENGLISH.encode(encoding)
    assert decode_text(data[:60] + b"\0" + data[60:] + bytes(200), "a.txt") == ENGLISH


@pytest.mark.parametrize("data", [bytes(1000), b"\0a\0bc\0\0def\0" * 99, b"\x7fELF\2\1\1" + bytes(9) + b"\3\0>\0" * 99])
def test_what_is_mostly_nought_is_no_text(data):
    with pytest.raises(ImportFailed, match="not text"):
        decode_text(data, "a.txt")


def test_a_page_may_lose_a_few_broken_bytes():
    page = f"<p>{ENGLISH}</p>".encode()
    assert decode_page(page[:100] + b"\xff" + page[100:], "a.html").count("\N{REPLACEMENT CHARACTER}") == 1


@given(st.text(min_size=1, max_size=200).filter(lambda text: not any(sign < " " or sign == "\ufeff" for sign in text)))
def test_utf_8_stays_what_it_is(text):
    assert decode_text(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister fährt über die Brücke – „ohne Gewähr“, sagt er, und grüßt.",
        "L’été dernier, près de la forêt, « rien n’était prévu » pour la fête.",
        "Мэр города не пришёл на заседание, и никто не знает почему.",
        "Nikt nie wie, dlaczego łódź wróciła później niż zwykle – żona rybaka też.",
    ],
)
def test_letters_that_were_taken_for_others_and_written_again_are_as_they_were(text):
    broken = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert decode_text(f"{broken}\r\n\r\n{broken}".encode(), "twice.txt") == f"{text}\r\n\r\n{text}"
    assert decode_text(f"{text}\n{broken}\n".encode(), "mixed.txt") == f"{text}\n{text}\n"


def test_a_line_that_tells_of_such_letters_stays():
    told = "Wer „Ã¼“ und „Ã¤“ und „Ã¶“ sieht, hat ein ü, ein ä und ein ö vor sich."
    assert decode_text(told.encode(), "told.txt") == told
