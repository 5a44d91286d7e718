"""Whom a saved page is by and when it was published: stated, shown, or in its address; never made up."""

from __future__ import annotations

import pytest

from app.importers._base import File
from app.importers.web_page import read
from app.model import Metadata, Origin

PROSE = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The ferry has not run since the storm, and the island has learned to do without the morning papers.",
        "Bread is baked again in the old oven behind the chapel, where nobody had lit a fire for thirty years.",
        "The council says that the boat will be back in a week, as it said last week and the week before that.",
        "Until then the post lies in a shed on the mainland, and the postman sends photographs of the envelopes.",
    )
)
HEADING = "<h1>The island without a ferry</h1>"


OTHERS = {
    "de": "<p>Die Fähre fährt seit dem Sturm nicht mehr, und die Insel hat gelernt, ohne die Zeitung auszukommen.</p>"
    "<p>Das Brot wird wieder im alten Ofen gebacken, in dem seit dreißig Jahren kein Feuer mehr gebrannt hat.</p>",
    "fr": "<p>Le bac ne passe plus depuis la tempête, et l'île a appris à vivre sans les journaux du matin.</p>"
    "<p>Le pain est de nouveau cuit dans le vieux four derrière la chapelle, où personne n'avait fait de feu.</p>",
    "es": "<p>El barco no funciona desde la tormenta, y la isla ha aprendido a vivir sin los periódicos.</p>"
    "<p>El pan se vuelve a hornear en el viejo horno detrás de la capilla, donde nadie había encendido fuego.</p>",
}


def metadata(body: str, head: str = "", prose: str = PROSE) -> Metadata:
    markup = f"<html><head>{head}</head><body><article>{HEADING}{body}{prose}</article></body></html>"
    (draft,) = read(File(markup.encode(), "page.html"))
    return draft.metadata


def stated(**values: str) -> str:
    authors = ",".join(values.pop("authors", "").split("|"))
    fields = "".join(f',"{name}":"{value}"' for name, value in values.items())
    outlet = '"publisher":{"@type":"Organization","name":"Sound Gazette"}'
    return (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","author":[{authors}],{outlet}{fields}}}</script>'
    )


def person(name: str) -> str:
    return f'{{"@type":"Person","name":"{name}"}}'


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "<address><span>By <a href='/x'>Ada Marsh</a></span><time>Published: Jan 3, 2025</time></address>",
            "Ada Marsh",
        ),
        ("<div class='byline'>Written by<a href='/x'>Ada Marsh</a></div>", "Ada Marsh"),
        ("<p>By Ada Marsh on Tuesday</p>", "Ada Marsh"),
        ("<div>By <a rel='author'>Ada Marsh</a> in <a>Islands</a><a>Weather</a></div>", "Ada Marsh"),
        ("<div><div>By</div><div>Ada Marsh</div></div>", "Ada Marsh"),
        ("<p>By Ada Marsh, Founder & CEO</p>", "Ada Marsh"),
        ("<span><a href='/authors/ada-marsh'>Ada Marsh</a></span>", "Ada Marsh"),
        ("<p>By Gazette Weather Desk</p>", "Gazette Weather Desk"),
        ("<p>By The Gazette Editorial Team</p>", "The Gazette Editorial Team"),
        ("<p>By Dr. Vahid Osman</p>", "Dr. Vahid Osman"),
        (
            "<div><span>by <b>Ada Marsh</b></span><span><time>March 4, 2025</time></span><div>In Islands</div></div>",
            "Ada Marsh",
        ),
        ("<p>2025-03-04 ·</p><img src='/ada.png' alt='A face'><p>Ada Marsh</p>", "Ada Marsh"),
    ],
)
def test_a_shown_byline_is_the_name_alone(line, name):
    assert metadata(line).byline == name


def test_a_person_comes_before_the_outlet_and_before_a_handle():
    assert metadata("<p class='author'>Ada Marsh</p>", stated(authors='{"name":"Sound Gazette"}')).byline == "Ada Marsh"
    names = f"{person('Ada Marsh')}|{person('amarsh')}|{person('Ada Marsh')}"
    assert metadata("", stated(authors=names)).byline == "Ada Marsh"


def test_the_name_of_an_outlet_is_not_cut_to_be_an_author():
    head = '<meta name="author" content="Human in the Loop"><meta property="og:site_name" content="Human in the Loop">'
    assert metadata("", head).byline == "Human in the Loop"


def test_every_author_is_named():
    names = ["Ada Marsh", "Ben Low", "Cy Dunn", "Dora Fenn", "Eve Holm", "Finn Strand"]
    assert metadata("", stated(authors="|".join(map(person, names)))).byline == ", ".join(names)


def test_a_name_that_only_the_data_state_is_kept_though_it_is_the_outlet():
    assert metadata("", stated(authors=person("Sound Gazette"))).byline == "Sound Gazette"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p class='comment-form-author'>Name *</p>",
        "<div class='comments'><a rel='author' href='/u'>Ben Low</a></div>",
        "<aside><a class='author'>Ben Low</a></aside>",
        "<a href='/profiles/login'>Member Login</a>",
        "<p>Written By Feb 11, 2019 · 3 min read</p>",
    ],
)
def test_who_only_comments_or_wrote_something_else_is_no_author(body):
    assert metadata(body, '<meta name="author" content="undefined">').byline is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Stand: 04.03.2025, 10:14 Uhr"),
        ("de", "04.03.25"),
        ("fr", "Publié le 4 mars 2025 à 10h14, mis à jour le 9 mars 2025 à 9h00"),
        ("es", "Actualizado el 09/03/2025 | Publicado el 04/03/2025"),
    ],
)
def test_dates_are_read_as_the_language_of_the_page_writes_them(language, line):
    assert str(metadata(f"<p>{line}</p>", prose=OTHERS[language]).published) == "2025-03-04"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>Dec. 19, 2025 · Ada Marsh</p>", ""),
        ("<h4>Published</h4><div>December 19, 2025</div>", ""),
        ("<div><span><a href='/n'>Editorial</a></span><span>December 19, 2025</span></div>", ""),
        ("", '<meta name="w-published-date" content="2025-12-19T06:03:43Z">'),
        ("", '<meta name="published" content="December 19, 2025">'),
        ("", '<meta name="date" content="2025-12-19">'),
        (
            "",
            '<script type="application/ld+json">{"@graph":[{"@type":"Article","datePublished":"2025-12-19"}]}</script>',
        ),
    ],
)
def test_the_day_is_found_where_it_is_stated(body, head):
    values = metadata(body, head)
    assert str(values.published) == "2025-12-19"
    assert values.origins["published"] is Origin.STATED


@pytest.mark.parametrize(
    "stamp", ["December 19, 2025 10:00", "19.12.2025 10:00", "Fri, 19 Dec 2025 10:00:00 +0100", "2025/12/19 10:00"]
)
def test_a_day_that_the_data_state_as_people_write_it_is_read(stamp):
    assert str(metadata("", stated(datePublished=stamp)).published) == "2025-12-19"
    assert str(metadata(f"<time itemprop='datePublished' datetime='{stamp}'>Friday</time>").published) == "2025-12-19"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Last updated: March 9, 2025</p>",
        "<p class='date'>Updated on March 9, 2025</p>",
        "<div>Updated</div><div>March 9, 2025</div>",
        "<p>Last updated <time datetime='2025-03-09'>March 9, 2025</time></p>",
        "<p><b>Updated</b>: <time datetime='2025-03-09'>March 9, 2025</time></p>",
    ],
)
def test_a_day_of_changes_is_that_of_publication_only_where_no_other_is_stated(line):
    values = metadata(line)
    assert str(values.published) == "2025-03-09"
    assert values.origins["published"] is Origin.DERIVED
    assert str(metadata(line + "<p>Published on March 4, 2025</p>").published) == "2025-03-04"
    address = '<link rel="canonical" href="https://gazette.example/2025/03/04/ferry/">'
    assert str(metadata(line, address).published) == "2025-03-04"


@pytest.mark.parametrize(
    "line",
    [
        "<p>What happened in May 2024</p>",
        "<p>What happened on 4 May 2024</p>",
        "<h2>The vote of 4 May 2024</h2>",
        "<p>June 2025 was the hottest on record</p>",
    ],
)
def test_a_day_that_a_line_tells_of_is_not_that_of_publication(line):
    assert metadata(line).published is None
    assert str(metadata(line + "<p>Published on March 4, 2025</p>").published) == "2025-03-04"


def test_a_day_that_is_shown_comes_before_one_that_the_data_do_not_state_as_a_stamp():
    assert str(metadata("<p>March 4, 2025</p>", stated(datePublished="Jun 24, 2025")).published) == "2025-03-04"


def test_the_day_of_the_page_around_the_article_is_taken_where_no_other_is_known():
    head = '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2025-12-19"}</script>'
    values = metadata("", head)
    assert (str(values.published), values.origins["published"]) == ("2025-12-19", Origin.DERIVED)
    assert str(metadata("<p>March 4, 2025</p>", head).published) == "2025-03-04"


def test_the_day_in_the_address_is_the_last_resort_and_derived():
    address = '<link rel="canonical" href="https://gazette.example/2025/12/18/ferry/">'
    values = metadata("", address)
    assert str(values.published) == "2025-12-18"
    assert values.origins["published"] is Origin.DERIVED
    assert str(metadata("<p>March 4, 2025</p>", address).published) == "2025-03-04"


def test_where_stamp_and_address_are_a_day_apart_the_address_has_the_local_day():
    address = '<link rel="canonical" href="https://gazette.example/2025/12/18/ferry/">'
    assert str(metadata("", address + stated(datePublished="2025-12-19T02:00:00+00:00")).published) == "2025-12-18"


def test_the_day_of_saving_that_a_page_shows_and_days_to_come_are_none():
    saved = "<!-- Page saved with SingleFile\n url: https://gazette.example/ferry\n saved date: Tue Mar 11 2025 -->"
    for body, head in (("<p>March 11, 2025</p>", ""), ("", stated(datePublished="2025-04-01"))):
        page = f"<html>{saved}<head>{head}</head><body><article>{HEADING}{body}{PROSE}</article></body></html>"
        (draft,) = read(File(page.encode(), "page.html"))
        assert draft.metadata.published is None


def test_a_related_article_has_a_date_of_its_own():
    page = f"{HEADING}{PROSE}<footer><a href='/y'>Another ferry</a><p>March 3, 2024</p></footer>"
    (draft,) = read(File(page.encode(), "page.html"))
    assert draft.metadata.published is None


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("The island without a ferry - Sound Gazette", "<h1>Sound Gazette</h1><h2>The island without a ferry</h2>"),
        ("Sound Gazette: The island without a ferry", "<h1>Sound Gazette</h1><h2>The island without a ferry</h2>"),
        ("The island without a ferry | Opinion", ""),
    ],
)
def test_the_name_of_the_site_is_no_title(title, headings):
    (draft,) = read(File(f"<title>{title}</title>{headings}{PROSE}".encode(), "page.html"))
    assert draft.metadata.title == "The island without a ferry"


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Sound Gazette", "Sound Gazette"),
        ("Sound Gazette - News, weather and tides of the islands", "Sound Gazette"),
        ("Sound Gazette | All the islands, every day", "Sound Gazette"),
        ("Sound Gazette - Islands", "Sound Gazette - Islands"),
    ],
)
def test_the_motto_of_an_outlet_is_not_its_name(name, outlet):
    assert metadata("", f'<meta property="og:site_name" content="{name}">').outlet == outlet


def test_a_section_is_a_name():
    sections = '<meta property="article:section" content="https://gazette.example/islands">' * 2
    assert metadata("", sections).section is None
    assert metadata("", sections + '<meta property="article:section" content="Islands">').section == "Islands"


def test_a_title_that_is_broken_into_lines_is_one():
    (draft,) = read(File(f"<h1>Rail grows<br>in the north</h1>{PROSE}".encode(), "page.html"))
    assert draft.metadata.title == "Rail grows in the north"
    assert draft.body.text.startswith("The ferry has not run")
    assert not draft.left_out


SLOVAK = (
    "Vláda v stredu schválila návrh zákona, ktorý má obciam pomôcť s opravou mostov, povedal minister dopravy.",
    "Podľa neho je v krajine viac ako tisíc mostov v zlom stave a peniaze na ich opravu doteraz chýbali.",
    "Starostovia sa obávajú, že na malé obce sa opäť nedostane, pretože podmienky sú pre ne príliš prísne.",
)
CATALAN = (
    "El govern va aprovar dimecres la llei que ha d'ajudar els municipis a reparar els ponts, va dir el conseller.",
    "Segons ell, al país hi ha més de mil ponts en mal estat i fins ara no hi havia diners per arreglar-los.",
    "Els alcaldes temen que els pobles petits es quedin sense res, perquè les condicions són massa estrictes.",
)


@pytest.mark.parametrize(("code", "sentences"), [("sk", SLOVAK), ("ca", CATALAN)])
def test_a_page_is_in_the_language_that_it_states_where_its_text_cannot_tell(code, sentences):
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    markup = f"<html lang='{code}'><body><article>{HEADING}{text}</article></body></html>"
    (draft,) = read(File(markup.encode(), "page.html"))
    assert draft.metadata.language == code
    assert draft.metadata.origins["language"] is Origin.STATED


def test_an_author_is_stated_without_the_word_for_by_in_the_language_of_the_page():
    head = '<meta name="author" content="di Pietro Galli">'
    text = "<p>La preside del liceo lascia dopo trent'anni, e non risparmia nessuno di quelli che ha incontrato.</p>"
    assert metadata("", head, prose=5 * text).byline == "Pietro Galli"


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("The island without a ferry - Sound Gazette", "Sound Gazette"),
        ("The island without a ferry | Travel | Sound Gazette", "Sound Gazette"),
        ("The island without a ferry – La Voix du Détroit", "La Voix du Détroit"),
        ("The island without a ferry", None), ("The island without a ferry | Travel", None),
        ("The island – and the ferry", None),
        ("The island without a ferry - all that was known of the boat and the storm", None),
    ],
)  # fmt: skip
def test_the_site_behind_the_headline_in_the_title_of_the_window_is_the_outlet(title, outlet):
    known = metadata("", f"<title>{title}</title>")
    assert known.outlet == outlet
    assert known.origins.get("outlet") == (Origin.DERIVED if outlet else None)


def test_a_site_stands_behind_a_headline_that_ends_in_a_quotation():
    told = "<p>Il Corriere torna, dice la preside, e nessuno di quelli che lo leggevano lo ha dimenticato.</p>"
    head = "<title>«La scuola non è un'azienda» - Il Corriere</title>"
    markup = f"<html lang=it><head>{head}</head><body><h1>«La scuola non è un'azienda»</h1>{3 * told}</body></html>"
    (draft,) = read(File(markup.encode(), "page.html"))
    assert draft.metadata.outlet == "Il Corriere"


def test_a_stated_outlet_comes_before_the_site_in_the_title_and_that_before_the_address():
    title = "<title>The island without a ferry - Gazette</title>"
    address = '<link rel="canonical" href="https://www.gazette.example/ferry">'
    assert metadata("", title + '<meta property="og:site_name" content="Sound Gazette">').outlet == "Sound Gazette"
    assert metadata("", title + address).outlet == "Gazette"
    assert metadata("", address).outlet == "gazette.example"


@pytest.mark.parametrize("day", ["Updated Feb. 3, 2025 at 8:15 a.m. EST", "February 3, 2025 8:15 AM", "3 Feb 2025"])
def test_a_line_of_a_stated_author_and_a_day_is_no_text(day):
    head = '<meta name="author" content="Bo Ek">'
    markup = f"<html><head>{head}</head><body><article>{HEADING}<div class=byline>Bo Ek <span>{day}</span></div>{PROSE}"
    (draft,) = read(File(f"{markup}</article></body></html>".encode(), "page.html"))
    assert (draft.metadata.byline, str(draft.metadata.published)) == ("Bo Ek", "2025-02-03")
    assert draft.body.text.startswith("The ferry has not run")


@pytest.mark.parametrize(
    "copy",
    [
        "https://archive.example/web/20150204101112/http://www.gazette.example/2015/ferry?a=1",
        "https://archive.example/web/20150204101112id_/http://www.gazette.example/2015/ferry?a=1",
        "https://archive.example/2016.02.04-101112/http://www.gazette.example/2015/ferry?a=1",
        "https://archive.example/en/ukwa/20150204101112/http://www.gazette.example/2015/ferry?a=1",
    ],
)
def test_a_copy_in_an_archive_is_of_the_page_it_was_made_from(copy):
    head = f'<link rel="canonical" href="{copy}"><meta property="og:site_name" content="archive.example">'
    markup = f"<html><head>{head}</head><body><article>{HEADING}{PROSE}</article></body></html>"
    (draft,) = read(File(markup.encode(), "page.html"))
    known = draft.metadata
    assert (known.address, known.outlet) == ("http://www.gazette.example/2015/ferry?a=1", "gazette.example")
    assert known.published is None
    assert draft.details["archived_at"] == copy


def test_an_address_within_another_one_is_no_copy():
    address = "https://h.example/share/2015/?page=https://www.gazette.example/ferry"
    assert metadata("", f'<link rel="canonical" href="{address}">').address == address


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("岛上没有渡船_江淮观察网", "江淮观察网"), ("岛上没有渡船_新闻_江淮观察网", "江淮观察网"),
        ("岛上没有渡船-江淮日报", "江淮日报"), ("岛上没有渡船：北陸日報", "北陸日報"), ("岛上没有渡船", None),
    ],
)  # fmt: skip
def test_a_site_stands_behind_a_headline_without_spaces_in_chinese_and_japanese(title, outlet):
    told = "<p>清明刚过，梨花开得正盛。老人站在地头，数了数村里还能下地干活的人，不到三十个，最小的五十五岁。</p>" * 3
    markup = f"<html lang=zh><head><meta charset=utf-8><title>{title}</title></head><body><h1>岛上没有渡船</h1>{told}"
    (draft,) = read(File(f"{markup}</body></html>".encode(), "page.html"))
    assert draft.metadata.outlet == outlet
