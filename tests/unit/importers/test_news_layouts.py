"""Downloads of news databases as people really have them: the files beside ``make_news.py`` were laid out by hand."""

from __future__ import annotations

import io
import re
import textwrap
from pathlib import Path

import docx
import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers._parts import choose
from app.model import Published

DATA = Path(__file__).parents[2] / "data" / "imports"


def read(name: str, data: bytes | str | None = None) -> list[Draft]:
    data = (DATA / name).read_bytes() if data is None else data.encode() if isinstance(data, str) else data
    importer = choose(name, data)
    assert name.startswith(importer.key)
    parts = importer.read(File(data, name))
    assert all(isinstance(part, Draft) for part in parts), parts
    return [part for part in parts if isinstance(part, Draft)]


def heads(found: list[Draft]) -> list[tuple[str | None, str | None, str | None, Published | None]]:
    return [(one.metadata.title, one.metadata.outlet, one.metadata.byline, one.metadata.published) for one in found]


def on(day: str) -> Published:
    return Published.parse(day)


PROQUEST = [
    ("Northport raises its wall", "The Daily Harbour", "Ada Marsh, Ben Lowe", on("2024-03-04")),
    ("Pier closes for three weeks", "The Daily Harbour", None, on("2024-03-06")),
    ("Port : trois semaines sans bateaux", "Le Courrier du Port", "Claire Dubois", on("2024-03-07")),
]


def test_proquest_with_bare_headings_and_a_table() -> None:
    found = read("proquest-table.rtf")
    assert heads(found) == PROQUEST
    first, second, third = found
    assert first.body.text.split("\n") == [
        "The wall of Northport will be raised by a metre.", "DETAILS",
        "were not given: the council will publish them in May.", "Year", "Location", "2024", "North pier",
        "The harbour master said: “The sea does not wait.”",
    ]  # fmt: skip
    assert first.details["subjects"] == ("Harbours", "Sea walls", "Masonry")
    assert first.details["abstract"] == "A wall is raised by a metre."
    assert first.details["notes"] == "Tide gauge: North pier"
    assert first.metadata.address == "https://www.example.com/docview/314001/5C0A?accountid=1"
    assert second.body.text == "The pier will be closed in May.\nFishing boats moor at the south quay."
    assert second.details == {"page": "7", "document": "314002", "database": "Harbour Newsstream"}
    assert third.details["note"] == "Only the abstract is in this record."


@pytest.mark.parametrize("picture", [b"\\bin600000 " + b"}{\\" * 200_000, b"0f1e2d3c\r\n" * 60_000])
def test_proquest_is_known_behind_a_large_picture(picture: bytes) -> None:
    data = (DATA / "proquest-table.rtf").read_bytes()
    scan = b"{\\pard\\plain{\\pict\\pngblip\\picw9\\pich9 " + picture + b"}\\par}\n"
    first = data.index(b"{\\pard")
    assert heads(read("proquest-table.rtf", data[:first] + scan + data[first:])) == PROQUEST


def test_proquest_as_word_file() -> None:
    document = docx.Document()
    document.add_heading("Northport raises its wall", 1)
    for line in ("Marsh, Ada. The Daily Harbour ; Northport. 04 Mar 2024: 3.", "ProQuest document link", "FULL TEXT",
                 "The wall is raised.", "DETAILS"):  # fmt: skip
        document.add_paragraph(line)
    table = document.add_table(0, 2)
    for label, value in (("Author:", "Marsh, Ada"), ("Publication title:", "The Daily Harbour"),
                         ("Publication date:", "Mar 4, 2024"), ("Database:", "Harbour Newsstream")):  # fmt: skip
        row = table.add_row().cells
        row[0].text, row[1].text = label, value
    target = io.BytesIO()
    document.save(target)
    (draft,) = read("proquest-table.docx", target.getvalue())
    assert heads([draft]) == [
        ("Northport raises its wall", "The Daily Harbour", "Ada Marsh", Published.parse("2024-03-04"))
    ]
    assert draft.body.text == "The wall is raised."


def test_proquest_in_another_language_of_its_pages() -> None:
    text = (
        "El puerto cierra tres semanas\nCosta, Ana. El Diario ; Puerto [Puerto]. 07 Mar 2024.\n"
        "Enlace de documentos de ProQuest\n\nRESUMEN\n\nEl muelle cierra.\n\nTEXTO COMPLETO\n\n"
        "El muelle norte cierra en mayo.\n\nLos barcos van al sur.\n\nDETALLES\n\n"
        "Materia: Puertos\n\nAutor: Costa, Ana\n\n"
        "Título: El puerto cierra tres semanas\n\nTítulo de publicación: El Diario\n\n"
        "Fecha de publicación: 7 mar 2024\n\nIdioma de la publicación: Spanish\n\n"
        "ID del documento de ProQuest: 314009\n\nBase de datos: Puerto Newsstream\n"
    )
    (draft,) = read("proquest-es.txt", text)
    assert heads([draft]) == [
        ("El puerto cierra tres semanas", "El Diario", "Ana Costa", Published.parse("2024-03-07"))
    ]
    assert draft.body.text == "El muelle norte cierra en mayo.\nLos barcos van al sur."
    assert (draft.details["document"], draft.details["subjects"]) == ("314009", "Puertos")


def test_proquest_names_subjects_in_more_ways_than_one() -> None:
    text = (DATA / "proquest.txt").read_text(encoding="utf-8")
    known = "Subject: Harbours; Sea walls\n"
    assert known in text
    more = f"Narrow subject: Masonry\n\nBroad subject: Building\n\n{known}\nMeSH subject: Water\n\nEditor: Roe, Jo\n"
    first = read("proquest.txt", text.replace(known, more))[0]
    assert first.body.text.endswith("In a first step, the pier will be closed for three weeks.")
    assert first.details["subjects"] == ("Masonry", "Building", "Harbours", "Sea walls", "Water")
    assert first.details["editor"] == "Roe, Jo"


def proquest_page(*records: str) -> str:
    listed = "<h2>Table of contents</h2><ol><li><a href='#1'>Northport raises its wall</a></li><li>Pier</li></ol>"
    return f"<!DOCTYPE html><html><body><p>{'_' * 60}</p>{listed}{''.join(records)}</body></html>"


def proquest_record(title: str, text: str, number: int, above: str) -> str:
    fields = {"Publication title": "The Daily Harbour", "Publication date": "Mar 4, 2024", "Database": "Newsstream"}
    below = "".join(f"<p><strong>{label}: </strong>{value}</p>" for label, value in fields.items())
    link = f"<p><a href='https://www.example.com/docview/{number}'>ProQuest document link</a></p>"
    return f"{above}<div><strong>{title}</strong></div>{link}<p><strong>Full text: </strong></p><p>{text}</p>{below}"


@pytest.mark.parametrize("above", ["<hr/><p>Document {} of 2</p>", "<hr/>", "<p>Document {} of 2</p>"])
def test_a_table_of_contents_in_a_page_of_proquest_takes_no_article(above: str) -> None:
    page = proquest_page(
        proquest_record("Northport raises its wall", "The wall is raised.", 1, above.format(1)),
        proquest_record("Pier", "The pier will be closed in May.", 2, above.format(2)),
    )
    found = read("proquest-cover.html", page)
    assert [(one.metadata.title, one.metadata.outlet, one.body.text) for one in found] == [
        ("Northport raises its wall", "The Daily Harbour", "The wall is raised."),
        ("Pier", "The Daily Harbour", "The pier will be closed in May."),
    ]


MORE = (
    "Nobody who lives behind the wall was surprised by what was said in the hall tonight, where most of the people "
    "who spoke had come to listen and, as one of them put it, to be heard by somebody new."
)
WRITTEN = (
    [
        "The wall that keeps the sea out will be raised by a metre before winter.",
        "“We have measured for ten years, and the sea does not wait,” he said.",
        "The work is to cost 12 million and to begin in May.",
    ],
    [
        "The pier will be closed for three weeks in May, the harbour master said.",
        "Fishing boats are to moor at the south quay until the work is done.",
    ],
)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_factiva_with_short_lines_and_no_empty_ones(ending: str) -> None:
    text = (DATA / "factiva-typed.txt").read_text(encoding="utf-8").replace("\n", ending)
    found = read("factiva-typed.txt", text)
    assert heads(found) == [
        ("Harbour wall to be raised by a metre before next winter, council says", "The Daily Harbour", "Ada Marsh",
         on("2024-03-04")),
        ("Pier to be closed for three weeks in May, and boats to moor elsewhere", "The Daily Harbour", "Ben Lowe",
         on("2024-03-06")),
    ]  # fmt: skip
    assert [one.body.text.split("\n") for one in found] == list(WRITTEN)
    assert found[0].details["copyright"].endswith("as always.")


def test_nexis_with_short_lines_and_no_empty_ones() -> None:
    found = read("nexis-typed.txt")
    assert heads(found) == [
        ("Harbour wall to be raised by a metre before winter, says the council", "The Daily Harbour", "ADA MARSH",
         on("2024-03-04")),
        ("Pier to be closed for three weeks in May, and boats to moor elsewhere", "The Daily Harbour", "Ben Lowe",
         on("2024-03-06")),
    ]  # fmt: skip
    assert [one.body.text.split("\n") for one in found] == list(WRITTEN)
    assert found[1].details["role"] == "Harbour Correspondent"


@pytest.mark.parametrize("gap", ["", "\n"])
def test_factiva_broken_by_width_stays_joined(gap: str) -> None:
    """A copyright line takes no text, even where no empty line stands below it."""
    text = (DATA / "factiva-typed.txt").read_text(encoding="utf-8")
    for paragraph in WRITTEN[0]:
        text = text.replace(paragraph, gap + textwrap.fill(f"{paragraph} {MORE}", 75))
    first, second = read("factiva-typed.txt", text)
    assert first.details["copyright"].endswith("as always.")
    assert first.body.text.split("\n") == [f"{paragraph} {MORE}" for paragraph in WRITTEN[0]]
    assert second.body.text.startswith(WRITTEN[1][0])


@pytest.mark.parametrize(
    ("said", "byline", "role"),
    [
        ("By ADA MARSH", "ADA MARSH", None),
        ("By Ada Marsh, Chief Political Correspondent", "Ada Marsh", "Chief Political Correspondent"),
        ("by Ada Marsh and Ben Lowe", "Ada Marsh and Ben Lowe", None),
        ("By Ada Marsh in Northport and Ben Lowe in Southport", "Ada Marsh and Ben Lowe", None),
        ("Ada Marsh / Ben Lowe", "Ada Marsh, Ben Lowe", None),
        ("Von Trapp", "Von Trapp", None),
    ],
)  # fmt: skip
def test_a_byline_is_who_signs(said: str, byline: str, role: str | None) -> None:
    for name, old in (("nexis-typed.txt", "By ADA MARSH"), ("factiva-typed.txt", "By Ada Marsh")):
        text = (DATA / name).read_text(encoding="utf-8").replace(old, said)
        first = read(name, text)[0]
        assert (first.metadata.byline, first.details.get("role")) == (byline, role)


def test_nexis_names_corrections_and_series_above_the_title() -> None:
    found = read("nexis-older.txt")
    assert heads(found) == [
        ("Harbour wall to be raised by a metre", "The Daily Harbour", "ADA MARSH", on("2024-03-04")),
        ("Pier to be closed for three weeks", "The Daily Harbour Blogs", "BEN LOWE", on("2024-03-06")),
        ("When the tide comes, listen", "The Daily Harbour", None, on("2024-03-07")),
    ]
    first, second, third = found
    assert first.details["correction"] == ("Correction Appended", "March 6, 2024")
    assert first.details["edition"] == third.details["edition"] == "Late Edition - Final"
    assert second.details["series"] == "The Tide"
    assert first.body.text.endswith("next winter, the council decided on Monday evening.")


def test_nexis_names_a_series_in_its_new_layout_too() -> None:
    text = (
        (DATA / "nexis-typed.txt").read_text(encoding="utf-8").replace("Harbour\nMarch", "Harbour\n(The Tide)\nMarch")
    )
    assert {(one.metadata.outlet, one.details["series"]) for one in read("nexis-typed.txt", text)} == {
        ("The Daily Harbour", "The Tide")
    }


NEXIS_LABELS = {
    "es": ("Sección: INTERNACIONAL; Pág. 3", "Longitud: 321 palabras", "Autor: Ana Mar", "Idioma: SPANISH; ESPAÑOL",
           "Fecha de carga: 8 de marzo de 2024", "4 de marzo de 2024 lunes"),
    "de": ("Rubrik: POLITIK; S. 3", "Länge: 321 Wörter", "Autor: Ana Mar", "Language: GERMAN; DEUTSCH",
           "Update: 8. März 2024", "4. März 2024 Montag"),
    "fr": ("Rubrique: MONDE; p. 3", "Longueur: 321 mots", "Auteur: Ana Mar", "Langue: FRENCH; FRANÇAIS",
           "Date de chargement: 8 mars 2024", "4 mars 2024 lundi"),
    "it": ("Sezione: ESTERI; Pag. 3", "Lunghezza: 321 parole", "Autore: Ana Mar", "Lingua: ITALIAN; ITALIANO",
           "Data di caricamento: 8 marzo 2024", "4 marzo 2024 lunedì"),
    "nl": ("Sectie: BUITENLAND; Blz. 3", "Lengte: 321 woorden", "Auteur: Ana Mar", "Taal: DUTCH; NEDERLANDS",
           "Laaddatum: 8 maart 2024", "4 maart 2024 maandag"),
    "pt": ("Seção: MUNDO; Pág. 3", "Comprimento: 321 palavras", "Autor: Ana Mar", "Idioma: PORTUGUESE; PORTUGUÊS",
           "Data de carga: 8 de março de 2024", "4 de março de 2024 segunda-feira"),
}  # fmt: skip


def nexis_in(labels: tuple[str, ...], titles: tuple[str, ...] = ("El muelle", "La carpa")) -> str:
    section, words, byline, spoken, loaded, date = labels
    text = "One of two lines.\n\nThe other of them."
    return "\n\n".join(
        f"{title}\n\nEl Puerto\n\n{date}\n\nCopyright 2024 El Puerto All Rights Reserved\n\n{section}\n{words}\n"
        f"{byline}\nBody\n\n\n{text}\n\nClassification\n\n\n{spoken}\n{loaded}\n\n\nEnd of Document\n"
        for title in titles
    )


@pytest.mark.parametrize("language", list(NEXIS_LABELS))
def test_nexis_with_the_labels_of_another_language(language: str) -> None:
    found = read("nexis-abroad.txt", nexis_in(NEXIS_LABELS[language]))
    assert heads(found) == [
        ("El muelle", "El Puerto", "Ana Mar", on("2024-03-04")), ("La carpa", "El Puerto", "Ana Mar", on("2024-03-04"))
    ]  # fmt: skip
    for draft in found:
        assert draft.body.text == "One of two lines.\nThe other of them."
        assert draft.metadata.language == language
        assert draft.metadata.section == NEXIS_LABELS[language][0].partition(": ")[2].partition(";")[0]
        assert draft.details["words"].startswith("321 ")
        assert draft.details["page"] == "3"
        assert draft.details["loaded"]
        assert "edition" not in draft.details


def test_nexis_with_labels_that_nobody_knows() -> None:
    labels = ("Osasto: ULKOMAAT", "Pituus: 321 sanaa", "Tekijä: Ana Mar", "Kieli: FINNISH", "Ladattu: 8.3.2024",
              "4. maaliskuuta 2024")  # fmt: skip
    found = read("nexis-unknown.txt", nexis_in(labels))
    assert heads(found) == [("El muelle", "El Puerto", None, on("2024-03-04")),
                            ("La carpa", "El Puerto", None, on("2024-03-04"))]  # fmt: skip
    assert [one.body.text for one in found] == ["One of two lines.\nThe other of them."] * 2
    assert found[0].details["note"] == (*labels[:3], *labels[3:5])


def test_an_article_that_speaks_of_its_end_is_none_of_nexis() -> None:
    text = "The wall\n\nBody\n\nIt will be raised by a metre.\n\nEnd of document\n"
    assert choose("wall.txt", text.encode()).key == "text"


def test_proquest_in_german_leaves_no_field_in_the_text() -> None:
    text = (
        f"{'_' * 60}\n\nDer Kai, den niemand bezahlt\n\nAutor: Mar, Anna\n\n"
        "Informationen zur Veröffentlichung: Hafenblatt ; Nordhafen. 04 March 2024: 3.\n\nProQuest-Dokumentlink\n\n"
        "Volltext: Der Kai bleibt geschlossen.\n\nNiemand hat das bezahlt.\n\nFachgebiet: Häfen\n\n"
        "Titel der Publikation: Hafenblatt\n\nErscheinungsdatum: Mar 4, 2024\n\nVerlag: Hafenverlag\n\n"
        "Sprache der Veröffentlichung: German\n\nProQuest-Dokument-ID: 314010\n\n"
        "Zuletzt aktualisiert: 2024-03-05\n\nDatenbank: Hafen Newsstream\n"
    )
    (draft,) = read("proquest-de.txt", text)
    assert draft.body.text == "Der Kai bleibt geschlossen.\nNiemand hat das bezahlt."
    assert draft.metadata.language == "de"
    assert (draft.details["subjects"], draft.details["publisher"]) == ("Häfen", "Hafenverlag")
    assert "note" not in draft.details


def test_europresse_with_empty_elements_says_it_elsewhere() -> None:
    found = read("europresse-older.html")
    assert heads(found) == [
        ("La digue sera plus haute d’un mètre", "Le Courrier du Port", "Claire Dubois", on("2024-03-04")),
        ("Trois semaines sans bateaux", "Le Courrier du Port", "Anne Morel", on("2024-03-06")),
    ]
    first = found[0]
    assert first.body.text.split("\n") == [
        "La digue du port sera plus haute d’un mètre avant l’hiver.",
        "« La mer n’attend pas », a dit le maire.",
    ]
    assert (first.metadata.section, first.details["page"]) == ("À la une", "3")
    assert first.details["role"] == "rédactrice en chef"


@pytest.mark.parametrize(
    ("name", "count"),
    [("nexis.txt", 3), ("factiva-codes.txt", 3), ("proquest-table.rtf", 3), ("europresse.txt", 3),
     ("europresse.html", 3), ("rows.csv", 2)],
)  # fmt: skip
def test_each_article_of_a_file_has_a_file_s_time(name: str, count: int) -> None:
    told: list[str] = []
    data = b"title,text\nThe wall,It is high.\nThe pier,It is long.\n" if name == "rows.csv" else None
    data = (DATA / name).read_bytes() if data is None else data
    choose(name, data).read(File(data, name, going_on=lambda: told.append(name)))
    assert len(told) == count


def read_pdf(name: str) -> list[Draft]:
    data = (DATA / name).read_bytes()
    importer = choose(name, data)
    assert importer.key == "pdf"
    return [part for part in importer.read(File(data, name)) if isinstance(part, Draft)]


def test_a_pdf_of_nexis_is_its_articles() -> None:
    found = read_pdf("nexis.pdf")
    assert [part.part[:12] for part in found] == ["001 Harbour ", "002 Le port ", "003 رفع جدار"]
    assert heads(found[:2]) == [
        ("Harbour wall to be raised by a metre", "The Daily Harbour", "Ada Marsh and Ben Lowe", on("2024-03-04")),
        ("Le port fermé pendant trois semaines", "Le Courrier du Port", "Claire Dubois", on("2024-03-06")),
    ]
    first, second = found[:2]
    assert first.body.text.startswith("The wall that keeps the sea out of Northport")
    assert first.body.text.endswith("the pier will be closed for three weeks.")
    assert second.body.text.count("\n") == 1
    assert first.body.blocks[0].attributes["page"] == "2"
    assert (first.details["graphic"], first.metadata.section) == ("Photo: the wall at low tide", "NEWS")


def test_a_pdf_of_proquest_is_its_articles_even_where_the_table_comes_apart() -> None:
    first, second, third = read_pdf("proquest-table.pdf")
    assert heads([first]) == PROQUEST[:1]
    assert first.details["subjects"] == ("Harbours", "Sea walls", "Masonry")
    assert first.body.text.endswith("The harbour master said: “The sea does not wait.”")
    assert second.metadata.title == PROQUEST[1][0]
    assert second.metadata.byline is None
    assert second.body.text == "The pier will be closed in May.\nFishing boats moor at the south quay."
    assert (third.metadata.title, third.metadata.outlet, third.metadata.published) == (
        PROQUEST[2][0], PROQUEST[2][1], PROQUEST[2][3],
    )  # fmt: skip


def test_a_table_of_fields_is_no_pair_of_columns_however_wide_these_are() -> None:
    first, second = read_pdf("proquest-wide.pdf")
    assert heads([first, second]) == [
        ("Harbour wall to be raised by a metre before next winter, council says after a debate of six hours and a half",
         "The Daily Harbour", "Ada Marsh, Ben Lowe", on("2024-03-04")),
        ("Pier closes", "The Harbour Post", None, on("2024-03-06")),
    ]  # fmt: skip
    assert first.body.text.split("\n") == [
        "The wall of Northport will be raised by a metre.", "The sea does not wait, the harbour master said.",
    ]  # fmt: skip
    assert first.details["credit"] == "Ada Marsh; Ben Lowe"
    assert first.details["notes"] == "Language of publication, as it is stated by its publisher: English"
    assert (first.metadata.section, first.details["database"]) == ("News", "Harbour Newsstream")
    assert (second.body.text, second.details["subjects"]) == (
        "The pier will be closed in May.", ("Harbours", "Sea walls"),
    )  # fmt: skip


def test_the_title_above_the_further_pages_of_an_article_is_none_of_its_text() -> None:
    found = read_pdf("nexis-heads.pdf")
    assert [one.metadata.outlet for one in found] == ["The Daily Harbour", "The Guardian (London)"]
    for one, count in zip(found, (8, 18), strict=True):
        paragraphs = one.body.text.split("\n")
        assert [text.split(" of this")[0] for text in paragraphs] == [f"Paragraph {n + 1}" for n in range(count)]
        assert one.metadata.title is not None
        assert one.metadata.title not in one.body.text
        assert not re.search(r"in uproar|Pier closes|Page \d", one.body.text)


def test_another_pdf_is_one_article() -> None:
    (draft,) = read_pdf("chromium-article.pdf")
    assert draft.part == ""
