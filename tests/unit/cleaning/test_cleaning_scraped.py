"""Scraped pages: no sentence of the article is cut, and the head is read for what it is."""

from __future__ import annotations

import pytest

from app.cleaning.scraped import read_scraped
from app.model import Origin

MILL = (
    "The mill on the river opened again on Monday, and everybody came to see it, said the owner.",
    "The second paragraph is about the wheel.",
)
HEAD = ("Port strike enters third week as talks collapse", "By Jane Doe", "March 4, 2025")
PORT = (
    "Dockworkers at the country's largest port walked off the job on Monday after talks collapsed, officials said.",
    "The walkout has left 41 container ships at anchor, said the harbour master, who warned of a backlog of a month.",
    "“We did not want this,” said Maria Lopez, a crane operator for 22 years. “But nobody listened.”",
    "Shipping lines have begun to divert vessels to neighbouring harbours, at a cost of $2.4 million a day.",
)
BUTTONS = ("Share this article", "Facebook", "Twitter", "WhatsApp")


def read(*lines: str):
    return read_scraped("\n\n".join(lines))


def kept(draft) -> tuple[str, ...]:
    return tuple(piece.text for piece in draft.body.pieces())


TITLES = (
    "Pay the inventor",
    "Headline number 0",
    "Test article 1",
    "War and peace",
    "Flood",
    "What now?",
    "Mill reopens.",
    "הטחנה נפתחה מחדש",
    "방앗간이 다시 열렸다",
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("between", [(), ("By Ada Marsh",), ("By Ada Marsh", "March 4, 2025")])
def test_a_first_line_is_the_title_however_short(title, between):
    draft = read(title, *between, *MILL)
    assert draft.metadata.title == title
    assert draft.metadata.origins["title"] is Origin.STATED
    assert kept(draft) == MILL
    assert not draft.left_out


def test_a_question_that_begins_the_article_does_not_take_the_title_s_place():
    draft = read("Pay the inventor", "Is this the end of the road?", *MILL)
    assert draft.metadata.title == "Pay the inventor"
    assert kept(draft) == ("Is this the end of the road?", *MILL)


@pytest.mark.parametrize(
    "above",
    [
        ("HARBOUR TIMES", "World"),
        ("HARBOUR TIMES",),
        ("World",),
        ("Harbour Times logo",),
        ("Home > World > Flood",),
        ("Home | News | Sport",),
    ],
)
def test_what_stands_above_a_short_title_is_not_the_title(above):
    draft = read(*above, "Flood", *MILL)
    assert draft.metadata.title == "Flood"
    assert kept(draft) == MILL


NAVIGATION = (
    "Support us", "Print subscriptions", "Search jobs", "Sign in", "News", "Opinion", "Sport", "Culture", "Lifestyle",
    "Show more", "Docks", "Ferries", "Rivers", "Weather", "Crossword",
)  # fmt: skip


CRUMB = "Harbour Guides Workers walk off the job at largest port as talks collapse"


@pytest.mark.parametrize("above", [(), ("HARBOUR TIMES", "World", "Docks"), NAVIGATION, (*NAVIGATION, CRUMB)])
def test_what_stands_below_a_headline_and_tells_more_of_it_is_not_the_title(above):
    summary = "Shipping lines divert vessels as 41 container ships wait outside the harbour"
    title = "Workers walk off the job at largest port as talks collapse"
    draft = read(*above, title, summary, "Ada Marsh", "March 4, 2025", *PORT)
    assert draft.metadata.title == title
    assert draft.metadata.byline == "Ada Marsh"


def test_bylines_and_dates_are_never_the_title():
    draft = read("Opinion", "Why I stopped counting steps", "By Ada Marsh", "Jan. 9, 2024", MILL[0], "Ada Marsh walks.")
    assert draft.metadata.title == "Why I stopped counting steps"
    assert draft.metadata.byline == "Ada Marsh"
    assert str(draft.metadata.published) == "2024-01-09"
    assert read("By Ada Marsh", "March 4, 2025", *MILL).metadata.origins["title"] is Origin.DERIVED


def test_a_line_of_capitals_above_the_headline_is_the_outlet():
    body = "La Junta ha ordenado cortes nocturnos en treinta municipios de la costa, donde los embalses están al 14 %."
    headline = "La sequía obliga a cortar el agua en 30 municipios"
    draft = read(
        "Inicio | Política | Economía", "EL DIARIO DE LA COSTA", headline, "Por María Núñez / Corresponsal", body
    )
    assert (draft.metadata.title, draft.metadata.outlet) == (headline, "EL DIARIO DE LA COSTA")
    assert (draft.metadata.byline, draft.details["role"]) == ("María Núñez", "Corresponsal")


def test_a_headline_in_capitals_stays_the_headline():
    draft = read("FLOOD TAKES THE OLD MILL BRIDGE IN THE NIGHT", "By Ada Marsh", *MILL)
    assert draft.metadata.title == "FLOOD TAKES THE OLD MILL BRIDGE IN THE NIGHT"
    assert draft.metadata.outlet is None


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("head", [HEAD, HEAD[:1]])
def test_buttons_anywhere_in_the_article_cut_nothing(at, head):
    draft = read(*head, *PORT[:at], *BUTTONS, *PORT[at:])
    assert draft.metadata.title == HEAD[0]
    assert kept(draft) == PORT
    assert [piece.text for piece in draft.left_out] == list(BUTTONS)
    assert "summary" not in draft.details


def test_a_link_to_read_more_behind_the_first_sentence_cuts_nothing():
    first = "Prices rose 4 percent."
    assert kept(read(*HEAD, first, "Read more: Ten things to know", *PORT)) == (first, *PORT)


def test_short_sentences_above_buttons_are_the_article():
    first = ("The port was shut again on Monday.", "Nobody knows for how long it will be.")
    assert kept(read(*HEAD, *first, *BUTTONS, *PORT)) == (*first, *PORT)


def test_one_sentence_between_title_and_byline_is_the_summary():
    draft = read(HEAD[0], "Ships wait at anchor while both sides blame each other for it.", *HEAD[1:], *PORT)
    assert draft.details["summary"] == "Ships wait at anchor while both sides blame each other for it."
    assert kept(draft) == PORT


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_link_to_read_more_takes_nothing_with_it(at):
    link = "Read more: Ten things to know about ports"
    draft = read(*HEAD, *PORT[:at], link, *PORT[at:])
    assert kept(draft) == PORT
    assert [(piece.kind, piece.text) for piece in draft.left_out] == [("related", link)]


def test_titles_listed_below_read_more_go_with_it():
    links = ("Read more:", "Ten things to know about ports", "How a crane works", "Who owns the docks")
    draft = read(*HEAD, *PORT[:2], "\n".join(links), *PORT[2:])
    assert kept(draft) == PORT
    assert tuple(piece.text for piece in draft.left_out) == links


@pytest.mark.parametrize(
    ("prompts", "last"),
    [
        (("Share",), "It is not over."),
        (("Share this story",), "The hearing resumes on Thursday."),
        (("Advertisement - Scroll to continue",), "This is a developing story and will be updated."),
        (("___",), "Associated Press writer Ann Lee contributed to this report."),
        ((), "Associated Press writer Ann Lee contributed to this report."),
        ((), "This is a developing story and will be updated."),
        (BUTTONS, "Fans cheered loudly outside."),
    ],
)
@pytest.mark.parametrize("footer", [(), ("Advertisement", "© 2025 Harbour Times. All rights reserved.")])
def test_a_last_sentence_behind_prompts_is_kept(prompts, last, footer):
    draft = read(*HEAD, *PORT, *prompts, last, *footer)
    assert kept(draft) == (*PORT, last)
    assert [piece.text for piece in draft.left_out] == [*prompts, *footer]


@pytest.mark.parametrize(
    ("lines", "prompts", "last"),
    [
        (
            (
                "Les vignerons manifestent à Béziers",
                "Plusieurs milliers de vignerons ont défilé dans les rues pour dénoncer la chute des prix du vin.",
            ),
            ("Partager sur Facebook", "Partager sur Twitter"),
            "Le ministre doit recevoir une délégation mardi.",
        ),
        (
            (
                "La sequía obliga a cortar el agua",
                "La Junta ha ordenado cortes nocturnos en treinta municipios de la costa, donde no hay más agua.",
            ),
            ("Compartir en Facebook", "Comparte esta noticia"),
            "Los agricultores dicen que no aguantarán otro verano así.",
        ),
        (
            (
                "无人机技术出口合作引发关注",
                "据新华社报道，两国代表团本周将在华盛顿就无人机技术合作的细节进行磋商。这项协议被认为价值数十亿美元。",
            ),
            ("分享到：", "微信", "微博"),
            "协议预计将于年底前签署。",
        ),
        (
            (
                "ارتفاع أسعار القمح في الأسواق العالمية",
                "ارتفعت أسعار القمح في الأسواق العالمية يوم الثلاثاء إلى أعلى مستوى لها منذ عامين، وفق المنظمة.",
            ),
            ("شارك المقال", "فيسبوك", "تويتر"),
            "ولا يتوقع الخبراء تحسنا قبل الصيف.",
        ),
    ],
)
def test_a_last_sentence_behind_prompts_is_kept_in_other_languages(lines, prompts, last):
    draft = read(*lines, *prompts, last)
    assert draft.metadata.title == lines[0]
    assert kept(draft) == (*lines[1:], last)
    assert [piece.text for piece in draft.left_out] == list(prompts)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("4 марта 2025, 10:14", "2025-03-04"),
        ("March 4, 2025", "2025-03-04"),
        ("4 Mar 2025 10:14 GMT", "2025-03-04"),
        ("4. März 2025", "2025-03-04"),
        ("le 4 mars 2025", "2025-03-04"),
        ("4 de marzo de 2025", "2025-03-04"),
        ("2025年3月4日", "2025-03-04"),
        ("Jan. 9, 2024", "2024-01-09"),
        ("12/03/2025", "None"),
    ],
)
@pytest.mark.parametrize("above", [(), ("By Ada Marsh",)])
def test_a_date_of_its_own_is_a_date_line_in_any_language(line, day, above):
    draft = read("The mill reopens after a year", *above, line, *MILL)
    assert draft.details["date_line"] == line
    assert str(draft.metadata.published) == day
    assert kept(draft) == MILL


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (
            (
                "Реставрация старого моста завершится осенью",
                "Автор: Иван Петров",
                "Реставрация старого моста через реку завершится осенью, сообщили в среду в городской администрации.",
            ),
            "Иван Петров",
        ),
        (
            (
                "无人机技术出口合作引发关注",
                "记者 王小明 2025年3月4日",
                "据新华社报道，两国代表团本周将在华盛顿就无人机技术合作的细节进行磋商。这项协议被认为价值数十亿美元。",
            ),
            "王小明",
        ),
    ],
)
def test_bylines_of_other_languages(lines, name):
    draft = read(*lines)
    assert draft.metadata.byline == name
    assert draft.details["byline_line"] == lines[1]
    assert kept(draft) == (lines[2],)


def test_a_date_behind_the_author_is_read():
    assert str(read(HEAD[0], "By Ada Marsh | March 4, 2025", *PORT).metadata.published) == "2025-03-04"


def test_a_row_of_numbers_is_no_heading():
    draft = read(*HEAD, PORT[0], "Column\tA\tB", "1\t2\t3", *PORT[1:])
    assert [piece.kind for piece in draft.body.pieces() if piece.text in ("1", "2", "3")] == ["cell"] * 3
    draft = read(*HEAD, PORT[0], "1\t2\t3", *PORT[1:])
    assert [piece.kind for piece in draft.body.pieces() if piece.text == "1\t2\t3"] == ["paragraph"]


def test_what_is_left_out_is_as_clean_as_the_body():
    draft = read("Share this\x00 story", *HEAD, *PORT, "Follow us on Twitter\x00")
    left = [piece.text for piece in draft.left_out]
    assert not any("\x00" in text for text in left)
    assert left[-1] == "Follow us on Twitter\N{REPLACEMENT CHARACTER}"


def test_lines_broken_by_width_are_joined_behind_a_hyphen_too():
    broken = (
        "The harbour master, who has seen many a winter there, spoke of a well-",
        "known danger to all ships in the strait, and said it again and again,",
    )
    assert kept(read("\n".join([*broken * 40, "so."]))) == (" ".join(["".join(broken)] * 40 + ["so."]),)


def test_a_page_was_published_when_it_says_so_and_not_when_it_was_changed():
    draft = read(HEAD[0], "Last updated: March 9, 2025", "Published: March 4, 2025", *PORT)
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.details["date_line"] == ("Last updated: March 9, 2025", "Published: March 4, 2025")
    assert draft.metadata.origins["published"] is Origin.STATED


@pytest.mark.parametrize("lines", [("Last updated: March 9, 2025",), ("Last updated", "March 9, 2025")])
def test_where_a_page_says_only_when_it_was_changed_that_day_is_derived(lines):
    draft = read(HEAD[0], *lines, *PORT)
    assert str(draft.metadata.published) == "2025-03-09"
    assert draft.metadata.origins["published"] is Origin.DERIVED
    assert str(read(HEAD[0], *lines, "Published", "March 4, 2025", *PORT).metadata.published) == "2025-03-04"


@pytest.mark.parametrize(
    "line",
    [
        "Ada Marsh March 4, 2025",
        "Ada Marsh on March 4, 2025",
        "March 4, 2025 7 min read",
        "March 4, 2025 ・ 3 min read",
        "March 4, 2025Ada Marsh",
        "[Submitted on 4 Mar 2025]",
        "Gazette- 2025/3/4",
        "2025-03-04#ports#strike",
    ],
)
def test_a_date_line_may_name_a_person_and_how_long_one_reads(line):
    draft = read(HEAD[0], line, *PORT)
    assert str(draft.metadata.published) == "2025-03-04"
    assert kept(draft) == PORT


def test_the_day_below_the_title_comes_before_the_one_that_a_page_shows_above_it():
    draft = read("Wednesday, March 5, 2025", HEAD[0], "March 4, 2025", *PORT)
    assert str(draft.metadata.published) == "2025-03-04"
    assert str(read("Wednesday, March 5, 2025", HEAD[0], *PORT).metadata.published) == "2025-03-05"


@pytest.mark.parametrize(
    "title",
    [
        "June 2025 was the hottest on record",
        "What happened in May 2024",
        "4 March 2025: the day the music died",
        "Remembering September 11, 2001",
    ],
)
@pytest.mark.parametrize("between", [(), ("By Ada Marsh",), ("By Ada Marsh", "July 3, 2025")])
def test_a_headline_that_names_a_day_is_the_title(title, between):
    draft = read(title, *between, *PORT)
    assert draft.metadata.title == title
    assert draft.metadata.origins["title"] is Origin.STATED
    assert str(draft.metadata.published) == ("2025-07-03" if len(between) == 2 else "None")
    assert kept(draft) == PORT


@pytest.mark.parametrize("heading", ["What happened in May 2024", "May 2024", "The vote of 4 March 2018"])
def test_a_heading_inside_the_article_that_names_a_month_stays_there(heading):
    draft = read(*HEAD[:2], PORT[0], heading, *PORT[1:])
    assert draft.metadata.published is None
    assert kept(draft) == (PORT[0], heading, *PORT[1:])


def test_days_that_a_diary_tells_of_stay_in_it():
    draft = read(*HEAD, PORT[0], "February 27, 2025", *PORT[1:3], "March 2, 2025", PORT[3])
    assert str(draft.metadata.published) == "2025-03-04"
    assert kept(draft) == (PORT[0], "February 27, 2025", *PORT[1:3], "March 2, 2025", PORT[3])


@pytest.mark.parametrize(
    ("title", "line", "sentence"),
    [
        (
            "Megnyílt a malom a folyón",
            "2025. március 4.",
            "A malom hétfőn nyílt meg újra, és mindenki eljött, hogy megnézze, mondta a tulajdonos.",
        ),
        ("강가의 방앗간이 열렸다", "2025년 3월 4일", "방앗간이 월요일에 다시 열렸고 모두가 보러 왔다고 주인이 말했다."),
        ("강가의 방앗간이 열렸다", "2025. 3. 4.", "방앗간이 월요일에 다시 열렸고 모두가 보러 왔다고 주인이 말했다."),
        ("הטחנה על הנהר נפתחה", "4 במרץ 2025", "הטחנה נפתחה מחדש ביום שני וכולם באו לראות אותה, אמר הבעלים."),
        (
            "Nehirdeki değirmen yeniden açıldı",
            "4 MART 2025",
            "Nehirdeki değirmen pazartesi günü yeniden açıldı ve herkes onu görmeye geldi, dedi sahibi.",
        ),
    ],
)
def test_dates_as_other_languages_write_them(title, line, sentence):
    draft = read(title, line, sentence)
    assert draft.metadata.title == title
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.details["date_line"] == line
    assert kept(draft) == (sentence,)


@pytest.mark.parametrize(
    ("title", "sentences"),
    [
        (
            "Von Berlin nach Paris in vier Stunden",
            "Der neue Zug verbindet die beiden Hauptstädte vom Sommer an zweimal am Tag, sagte die Bahn am Montag.",
        ),
        (
            "Di Maio attacca il governo",
            "Il ministro ha detto lunedì che il piano non basta e che la maggioranza non ha i voti in aula.",
        ),
        (
            "By Train Through the Alps in Winter",
            "The line was closed for a week after the snow, and the villages were cut off, said the mayor on Monday.",
        ),
    ],
)
@pytest.mark.parametrize("between", [(), ("Ada Marsh", "4.3.2025")])
def test_a_headline_that_begins_like_a_byline_is_the_title(title, sentences, between):
    draft = read(title, *between, sentences)
    assert draft.metadata.title == title
    assert draft.metadata.byline == ("Ada Marsh" if between else None)
    assert kept(draft) == (sentences,)


@pytest.mark.parametrize("kicker", ["LIVE UPDATES", "BREAKING NEWS", "WAR IN UKRAINE", "TOP STORIES"])
def test_a_line_of_capitals_above_the_headline_is_an_outlet_only_if_it_says_so(kicker):
    draft = read(kicker, *HEAD, *PORT)
    assert (draft.metadata.title, draft.metadata.outlet) == (HEAD[0], None)


def test_a_day_that_only_the_day_of_reading_tells_is_kept_as_a_detail():
    draft = read(*HEAD[:2], "Yesterday at 5:14 PM", *PORT)
    assert draft.details["date_line"] == "Yesterday at 5:14 PM"
    assert draft.metadata.published is None
    assert kept(draft) == PORT


def test_the_hours_of_a_live_report_stay_in_it():
    draft = read(*HEAD, PORT[0], "10:14", PORT[1], "9:30", *PORT[2:])
    assert kept(draft) == (PORT[0], "10:14", PORT[1], "9:30", *PORT[2:])


def test_who_wrote_and_when_may_stand_on_one_line():
    for line in ("March 4, 2025 by Ada Marsh", "Published March 4, 2025 by Ada Marsh", "By Ada Marsh, March 4, 2025"):
        draft = read(HEAD[0], line, *PORT)
        assert (draft.metadata.byline, str(draft.metadata.published)) == ("Ada Marsh", "2025-03-04")
        assert draft.details["byline_line"] == line
        assert kept(draft) == PORT


def test_a_name_above_a_date_signs_and_a_city_does_not():
    assert read(HEAD[0], "Ada Marsh", HEAD[2], *PORT).metadata.byline == "Ada Marsh"
    for line in ("New York", "The Best Smart Home Lamps"):
        assert read(HEAD[0], line, HEAD[2], *PORT).metadata.byline is None


@pytest.mark.parametrize(
    ("line", "name", "day"),
    [
        ("Ada Marsh, 14 May 2025", "Ada Marsh", "2025-05-14"),
        ("Ada Marsh – 14 May 2025", "Ada Marsh", "2025-05-14"),
        ("14 May 2025 | Ada Marsh | 5 min read", "Ada Marsh", "2025-05-14"),
        ("Ada Marsh, Wednesday 14 May 2025, 7:30 am", "Ada Marsh", "2025-05-14"),
        ("Anna Becker, 14. Mai 2025", "Anna Becker", "2025-05-14"),
        ("Inês Carvalho, 14 de maio de 2025", "Inês Carvalho", "2025-05-14"),
        ("Олена Шевченко — середа, 14 травня 2025, 18:32", "Олена Шевченко", "2025-05-14"),
        ("Written By 14 May 2025 · 3 min read", None, "2025-05-14"),
        ("Port Talbot, 14 May 2025", None, "2025-05-14"),
        ("New Orleans, 14 May 2025", None, "2025-05-14"),
        ("The Hague, 14 May 2025", None, "2025-05-14"),
        ("Maria Lopez, 14 May 2025", None, "2025-05-14"),  # the article speaks of her
        ("Harbour Gazette, 14 May 2025", None, "2025-05-14"),
        ("Ada Marsh, Ben Lowe, 14 May 2025", "Ada Marsh, Ben Lowe", "2025-05-14"),
        ("Ada Marsh and Ben Lowe, 14 May 2025", "Ada Marsh and Ben Lowe", "2025-05-14"),
    ],
)
def test_a_person_beside_the_day_signs_and_a_place_does_not(line, name, day):
    draft = read(HEAD[0], line, *PORT, "Ada Marsh is a reporter in Dover.")
    assert (draft.metadata.byline, str(draft.metadata.published)) == (name, day)
    assert draft.details["date_line"] == line
    assert kept(draft)[0] == PORT[0]


@pytest.mark.parametrize(
    ("lines", "name", "outlet", "role"),
    [
        (("By Ada Marsh, The Harbour Ledger, 14 May 2025",), "Ada Marsh", "The Harbour Ledger", None),
        (("By Ada Marsh and Ben Lowe, Harbour Gazette", HEAD[2]), "Ada Marsh and Ben Lowe", "Harbour Gazette", None),
        (("Ada Marsh, The Harbour Ledger, 14 May 2025",), "Ada Marsh", "The Harbour Ledger", None),
        (("By Ada Marsh", "From The Harbour Ledger, May 14, 2025"), "Ada Marsh", "The Harbour Ledger", None),
        (("By Ada Marsh", "Special to The Harbour Sun", HEAD[2]), "Ada Marsh", "The Harbour Sun", None),
        (("By ADA MARSH", "Associated Press", HEAD[2]), "ADA MARSH", "Associated Press", None),
        (("Ada Marsh", "BBC News, Dover", HEAD[2]), "Ada Marsh", "BBC News", None),
        (("Ada Marsh", "Europe editor, London", HEAD[2]), "Ada Marsh", None, "Europe editor, London"),
        (("Ada Marsh", "Transport correspondent", HEAD[2]), "Ada Marsh", None, "Transport correspondent"),
        (("ADA MARSH", "STAFF WRITER", HEAD[2]), "ADA MARSH", None, "STAFF WRITER"),
        (("Ada Marsh, Foreign Correspondent", HEAD[2]), "Ada Marsh", None, "Foreign Correspondent"),
        (("Ada Marsh", "Ada Marsh", "Follow", "Published in", "River Letters", HEAD[2]), "Ada Marsh", None, None),
        (("By Ada Marsh, Associated Press", HEAD[2]), "Ada Marsh, Associated Press", None, None),
        (("By Ada Marsh | Harbour Gazette", HEAD[2]), "Ada Marsh", "Harbour Gazette", None),
        (("Harbour Gazette", "By Ada Marsh", HEAD[2]), "Ada Marsh", "Harbour Gazette", None),
        (("Ada Marsh and Ben Lowe", HEAD[2]), "Ada Marsh and Ben Lowe", None, None),
        (("By Ada Marsh Transport correspondent", HEAD[2]), "Ada Marsh", None, "Transport correspondent"),
    ],
)
def test_below_the_title_stand_who_wrote_for_whom_and_in_what_role(lines, name, outlet, role):
    draft = read(HEAD[0], *lines, *PORT)
    assert (draft.metadata.byline, draft.metadata.outlet, draft.details.get("role")) == (name, outlet, role)
    assert kept(draft) == PORT
    assert draft.metadata.published is not None


@pytest.mark.parametrize(
    "head",
    [
        ("Ada Marsh", HEAD[2], HEAD[0]),
        (HEAD[2], "Ada Marsh", HEAD[0]),
        (HEAD[2], HEAD[0], "Ada Marsh"),
        (HEAD[0], "A quiet summer lies ahead of all who live by the sea. And a loud winter.", "Ada Marsh", HEAD[2]),
    ],
)
def test_a_name_and_a_day_may_stand_on_both_sides_of_the_headline(head):
    draft = read(*head, *PORT)
    assert (draft.metadata.title, draft.metadata.byline) == (HEAD[0], "Ada Marsh")
    assert str(draft.metadata.published) == "2025-03-04"
    assert kept(draft)[-len(PORT) :] == PORT


@pytest.mark.parametrize("above", [("Power Coaching", "7 min read"), ("Smart Home", "Smart Home")])
def test_sections_above_the_headline_do_not_sign(above):
    assert read(*above, HEAD[0], HEAD[2], *PORT).metadata.byline is None


def test_a_paper_beside_the_day_in_chinese_and_japanese_is_no_person():
    body = "町議会は月曜の夜、技師が十一本の杭に腐食を見つけたことを受け、古い渡し場を閉鎖することを可決した。"
    for line, name in (("山田太郎2025年5月14日 5時30分", "山田太郎"), ("読売新聞 2025年5月14日", None)):
        assert read("町、183年続いた渡し場を閉鎖へ", line, body).metadata.byline == name


@pytest.mark.parametrize(
    ("title", "line", "outlet", "body"),
    [
        (
            "Le port ferme après 183 ans",
            "Par Ada Marsh, Le Courrier de la Seine, 14 mai 2025",
            "Le Courrier de la Seine",
            "Le conseil a voté lundi soir la fermeture de l’ancien port, après qu’une ingénieure y a trouvé des pieux.",
        ),
        (
            "O porto fecha ao fim de 183 anos",
            "Por Ada Marsh, Folha da Manhã, 14/05/2025",
            "Folha da Manhã",
            "A câmara votou na segunda-feira à noite o fecho do velho porto, depois de uma engenheira o ter visto.",
        ),
        (
            "Der Hafen schließt nach 183 Jahren",
            "Von Ada Marsh, Hamburger Bote, 14. Mai 2025",
            "Hamburger Bote",
            "Der Stadtrat hat am Montag beschlossen, den alten Hafen zu schließen, nachdem eine Ingenieurin dort war.",
        ),
    ],
)
def test_the_outlet_behind_the_author_in_other_languages(title, line, outlet, body):
    draft = read(title, line, body)
    assert (draft.metadata.byline, draft.metadata.outlet) == ("Ada Marsh", outlet)
    assert kept(draft) == (body,)


def test_the_outlet_may_stand_above_the_headline_in_small_letters():
    draft = read("Harbour Gazette", HEAD[0], *HEAD[1:], *PORT)
    assert (draft.metadata.title, draft.metadata.outlet) == (HEAD[0], "Harbour Gazette")
    assert read("Company News", HEAD[0], *HEAD[1:], *PORT).metadata.outlet is None


def test_an_agency_between_headline_and_date_signs():
    assert read(HEAD[0], "Reuters", HEAD[2], *PORT).metadata.byline == "Reuters"


def test_a_long_line_of_two_days_is_a_date_line():
    line = "Publié le 4 mars 2025 à 10h14 - Mis à jour le 9 mars 2025 à 9h00"
    body = "Les dockers du plus grand port du pays ont cessé le travail lundi, selon les autorités de la ville."
    draft = read("Grève au port : ce que l'on sait", "Par Ada Marsh", line, body)
    assert str(draft.metadata.published) == "2025-03-04"
    assert kept(draft) == (body,)


STORY = """The council voted on Monday to raise the sea wall by a metre, after a storm in January flooded forty houses.

Engineers had warned since 2019 that the wall was built for a sea that stood a foot lower than it does today."""


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("The Harbour Ledger, 14 May 2025", "The Harbour Ledger"),
        ("The Northern Harbour and Coast Ledger, 14 May 2025", "The Northern Harbour and Coast Ledger"),
        ("14 May 2025, The Harbour Ledger", "The Harbour Ledger"),
        ("Harbour Gazette · May 14, 2025", "Harbour Gazette"),
        ("Harbour Post, London, Wednesday 14 May 2025, 7:30 am", "Harbour Post"),
        ("Hafener Tageblatt, 14.05.2025", "Hafener Tageblatt"),
        ("Reuters, 14 May 2025", "Reuters"),
        ("London, 14 May 2025", None),
        ("The Hague, 14 May 2025", None),
        ("The Netherlands, 14 May 2025", None),
        ("Company News | 14 May 2025", None),
        ("World News, 14 May 2025", None),
        ("The Big Interview, 14 May 2025", None),
        ("Ben Lowe, 14 May 2025", None),
        ("Updated: 14 May 2025", None),
    ],
)
@pytest.mark.parametrize("above", ["By Ada Marsh\n\n", "By Ada Marsh\n", ""])
def test_an_outlet_is_named_beside_the_day(line, outlet, above):
    draft = read_scraped(f"Town raises its sea wall\n\n{above}{line}\n\n{STORY}\n")
    assert (draft.metadata.title, draft.metadata.outlet) == ("Town raises its sea wall", outlet)
    assert draft.metadata.origins.get("outlet") == (Origin.DERIVED if outlet else None)
    assert str(draft.metadata.published) == "2025-05-14"
    assert draft.details["date_line"] == line
    assert draft.body.text.startswith("The council voted")


@pytest.mark.parametrize(
    "line",
    [
        "The White House, 14 May 2025",
        "The Second World War, 1 September 1939",
        "The Lord Mayor of London, 14 May 2025",
        "The British Museum, London, 14 May 2025",
    ],
)
@pytest.mark.parametrize(("foot", "outlet"), [("", None), ("\n\n© 2025 The Harbour Ledger\n", "The Harbour Ledger")])
def test_no_event_or_house_beside_a_day_is_an_outlet(line, foot, outlet):
    draft = read_scraped(f"Town raises its sea wall\n\n{line}\n\n{STORY}\n{foot}")
    assert draft.metadata.outlet == outlet


@pytest.mark.parametrize("sign", ["\u200d", "\u2060\u200b", "***", "⁂", "}", "});"])
def test_a_last_section_between_lines_without_words_is_kept(sign):
    section = (
        "What comes next",
        "The council votes on the new wall again in the autumn of next year.",
        "“Nobody on that quay looked up from the nets when the water came,” she said.",
    )
    lines = (line for told in section for line in (sign, told))
    draft = read("Home", "Subscribe", *HEAD, *PORT, *lines, *BUTTONS, "Contact us", "Privacy policy")
    assert kept(draft)[-3:] == section
    assert draft.body.blocks[-3].kind == "heading"


@pytest.mark.parametrize(
    "last", ["“We will build this town up again, whatever it takes”", '"Nobody asked us about any of this"']
)
def test_a_last_quotation_without_a_stop_is_kept(last):
    draft = read("Home", "Subscribe", *HEAD, *PORT, last, *BUTTONS, "Contact us", "Privacy policy")
    assert kept(draft)[-1] == last
