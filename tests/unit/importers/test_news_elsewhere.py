"""Downloads of news databases that were saved as something else, or whose lines stand closer than they should."""

from __future__ import annotations

import html
import re

import pytest

from app.drafts import Draft
from app.importers import europresse, factiva
from app.importers._base import File
from app.importers._parts import choose
from app.importers._records import COPYRIGHT, language_code
from app.text.body import Piece
from tests.unit.importers.letters import letter

EUROPRESSE = (
    "The Daily Harbour, no. 430\nNews, lundi 4 mars 2024, p. 3\nHarbour wall to be raised\n"
    "By LEO STRAND, CARA VOSS and JOHN O’NEIL, Associated Press Northport\nThe wall will be raised by a metre.\n"
    "© 2024 The Daily Harbour. Tous droits réservés.\nnews·20240304·CP·0a1b-2\n"
    "Le Courrier du Port, no. 431\nmercredi 6 mars 2024\nLe port est fermé\n"
    "By now nobody, neither the mayor nor the council, knows when boats will moor here\n"
    "Le port reste fermé en mai.\n© 2024 Le Courrier du Port. Tous droits réservés.\nnews·20240306·CP·1\n"
)
CODES = {
    "SE": "News", "HD": "Harbour wall to be raised", "BY": "Ada Marsh", "WC": "86 words", "PD": "4 March 2024",
    "SN": "The Daily Harbour", "SC": "DLYHRB", "LA": "English", "LP": "The wall will be raised.",
    "AN": "Document DLYHRB0020240304ek3000001",
}  # fmt: skip


def as_docx(lines: list[str]) -> bytes:
    return letter(*lines)


def as_rtf(lines: list[str]) -> bytes:
    escaped = ("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in lines)
    return ("{\\rtf1\\ansi " + "".join(f"{{\\pard {line}\\par}}\n" for line in escaped) + "}").encode()


def as_page(lines: list[str]) -> bytes:
    return f"<html><body>{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}</body></html>".encode()


def as_text(lines: list[str]) -> bytes:
    return "\n\n".join(lines).encode()


def read(name: str, data: bytes, key: str) -> list[Draft]:
    importer = choose(name, data)
    assert importer.key == key
    return [part for part in importer.read(File(data, name)) if isinstance(part, Draft)]


@pytest.mark.parametrize(
    ("name", "made"), [("a.docx", as_docx), ("a.rtf", as_rtf), ("a.html", as_page), ("a.txt", as_text)]
)
def test_europresse_is_known_in_whatever_it_was_saved(name, made) -> None:
    first, second = read(name, made(EUROPRESSE.strip().split("\n")), "europresse")
    known = first.metadata
    assert (known.title, known.outlet, known.section) == ("Harbour wall to be raised", "The Daily Harbour", "News")
    assert (str(known.published), first.body.text) == ("2024-03-04", "The wall will be raised by a metre.")
    assert known.byline is not None
    assert all(name in known.byline for name in ("LEO STRAND", "CARA VOSS", "JOHN O’NEIL"))
    assert second.metadata.byline is None
    assert second.body.text.startswith("By now nobody, neither")


def test_a_line_that_ends_a_record_is_found_in_the_middle_of_a_block() -> None:
    lines = EUROPRESSE.strip().split("\n")
    close = [*lines[:6], f"{lines[6]} {lines[7]}", *lines[8:]]
    found = europresse.read_blocks([Piece(line) for line in close], File(b"", "a.pdf"))
    assert [one.metadata.outlet for one in found if isinstance(one, Draft)] == [
        "The Daily Harbour", "Le Courrier du Port",
    ]  # fmt: skip
    shown = [
        "Harbour wall to be raised", "By Ada Marsh", "86 words", "4 March 2024", "The Daily Harbour", "DLYHRB",
        "English", "The wall will be raised by a metre before winter.",
        "Harbour Press Limited Document DLYHRB0020240304ek3000001 Pier closes in May", "By Ben Lowe", "52 words",
        "6 March 2024", "The Daily Harbour", "English", "The pier will be closed in May.",
        "Document DLYHRB0020240306ek3100002",
    ]  # fmt: skip
    first, second = factiva.read_blocks([Piece(line) for line in shown], File(b"", "a.pdf"))
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (first.body.text, first.details["publisher"]) == (shown[7], "Harbour Press Limited")
    assert (second.metadata.title, second.metadata.byline) == ("Pier closes in May", "Ben Lowe")


def test_codes_of_factiva_are_known_in_cells_of_a_table() -> None:
    rows = "".join(
        f"\\trowd\\cellx900\\cellx9000 {{{code}}}\\cell{{{value}}}\\cell\\row\n" for code, value in CODES.items()
    )
    (draft,) = read("a.rtf", b"{\\rtf1\\ansi " + rows.encode() + b"}", "factiva")
    known = draft.metadata
    assert (known.title, known.byline, known.outlet) == ("Harbour wall to be raised", "Ada Marsh", "The Daily Harbour")
    assert draft.body.text == "The wall will be raised."


def test_codes_of_factiva_are_known_in_a_page_that_a_word_processor_saved() -> None:
    rows = "".join(f"<tr><td><p><b>{code}</b></p></td><td><p>{value}</p></td></tr>" for code, value in CODES.items())
    head = f"<html><head><meta charset=utf-8><style>{'p.MsoNormal {margin:0cm} ' * 4000}</style></head><body>"
    page = f"{head}<table class=MsoNormalTable>{rows}</table></body></html>".encode()
    assert choose("a.html", page).key == "factiva"
    (draft,) = read("a.html", page, "factiva")
    assert (draft.metadata.title, draft.metadata.outlet) == ("Harbour wall to be raised", "The Daily Harbour")
    assert draft.body.text == "The wall will be raised."


def test_proquest_signs_below_its_text() -> None:
    lines = ["Northport raises its wall", "ProQuest document link", "FULL TEXT", "The wall is raised.",
             "The sea does not wait.", "CREDIT: Ada Marsh", "DETAILS", "Publication title: The Daily Harbour",
             "Publication date: Mar 4, 2024", "Database: Harbour Newsstream"]  # fmt: skip
    (draft,) = read("a.docx", as_docx(lines), "proquest")
    assert draft.body.text == "The wall is raised.\nThe sea does not wait."
    assert draft.details["credit"] == "Ada Marsh"


@pytest.mark.parametrize(
    ("field", "title"),
    [("Northport raises", "Northport raises its wall"), ("Northport builds a wall", "Northport builds a wall")],
)
def test_a_title_of_proquest_that_breaks_off_in_its_field_is_whole_above_the_text(field: str, title: str) -> None:
    lines = ["Northport raises its wall", "ProQuest document link", "FULL TEXT", "The wall is raised.", "DETAILS",
             f"Title: {field}", "Publication title: The Daily Harbour", "Database: Harbour Newsstream"]  # fmt: skip
    (draft,) = read("a.docx", as_docx(lines), "proquest")
    assert draft.metadata.title == title


NEXIS = """\
                               1 of 1 DOCUMENTS


                              The Daily Harbour

                             March 4, 2024 Monday

Harbour wall to be raised by a metre

BYLINE: Ada Marsh

LENGTH: 86 words

Nobody in the town has read the chapter of the law that speaks of walls and of
Copyright too, as lawyers do. The wall that keeps the sea out of Northport will
be raised by a metre before next winter, the council decided on Monday evening.

The mayor said that she did not know what the rights to the plans would cost,
and when.

Copyright was not discussed.

LOAD-DATE: March 8, 2024


                       Copyright 2024 The Daily Harbour
                             All Rights Reserved
"""


def test_a_sentence_about_copyright_is_a_sentence() -> None:
    (draft,) = read("nexis.txt", NEXIS.encode(), "nexis")
    paragraphs = draft.body.text.split("\n")
    assert len(paragraphs) == 3
    assert "walls and of Copyright too, as lawyers do. The wall" in paragraphs[0]
    assert paragraphs[2] == "Copyright was not discussed."
    assert draft.details["copyright"] == ("Copyright 2024 The Daily Harbour", "All Rights Reserved")


def test_what_goes_on_below_the_fields_of_nexis_is_no_text() -> None:
    fields = (
        "URL: http://www.example.com/2024/03/04/wall.html\n\nLOAD-DATE: March 8, 2024\n\nLANGUAGE: ENGLISH\n\n"
        "SUBJECT: HARBORS & PORTS (90%);\nMAYORS (88%)\n\nCORRECTION: An article on Monday misstated the height.\n\n"
        "It also misspelled the surname of the mayor. She is Jo Roe.\n\nGRAPHIC: PHOTO: The wall\n\n MAP: Northport\n\n"
        "PUBLICATION-TYPE: Newspaper"
    )
    said = ["Update: the council meets again.", "Type: a wall of stone.", "It is two metres high."]
    text = NEXIS.replace("Copyright was not discussed.", "\n\n".join(said))
    (draft,) = read("nexis.txt", text.replace("LOAD-DATE: March 8, 2024", fields).encode(), "nexis")
    assert draft.body.text.split("\n")[2:] == said
    assert draft.details["graphic"] == ("PHOTO: The wall", "MAP: Northport")
    assert draft.details["subjects"] == ("HARBORS & PORTS (90%);", "MAYORS (88%)")
    assert draft.details["correction"] == (
        "An article on Monday misstated the height.", "It also misspelled the surname of the mayor. She is Jo Roe.",
    )  # fmt: skip
    assert (draft.metadata.address, draft.metadata.language) == ("http://www.example.com/2024/03/04/wall.html", "en")


@pytest.mark.parametrize(
    ("line", "states"),
    [
        ("Copyright 2024 The Daily Harbour", True), ("COPYRIGHT THE DAILY HARBOUR", True),
        ("Copyright (c) 2024", True), ("copyright: The Daily Harbour", True), ("© Harbour", True),
        ("Copyright by the author", True), ("All rights reserved.", True), ("Copyright law is old.", False),
        ("copyright, as it is called, is old", False),
    ],
)  # fmt: skip
def test_who_holds_the_rights_is_said_in_a_line_of_its_own(line: str, states: bool) -> None:
    assert (re.match(COPYRIGHT, line) is not None) is states


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", "English|Inglés|Anglais|Englisch|Inglês|英语|İngilizce|الإنجليزية|Английский"),
        ("de", "German|Deutsch|Alemán|Allemand|德语|Немецкий"),
        ("fr", "French|Französisch|Francés|Francês|フランス語"),
        ("ar", "Arabic|Árabe|Arabisch|阿拉伯语"),
        ("zh", "Chinese|Chino|Chinois|中国語"), ("sv", "Swedish|Sueco|Svenska"),
    ],
)  # fmt: skip
def test_languages_are_named_in_the_language_of_the_pages(code: str, names: str) -> None:
    assert {language_code(name) for name in names.split("|")} == {code}


def test_lines_behind_bullets_are_the_items_of_a_list() -> None:
    fields = {**CODES, "LP": "The wall will be raised. It needs:"}
    rows = "".join(f"<tr><td>{code}</td><td>{value}</td></tr>" for code, value in fields.items())
    listed = rows.replace("It needs:", "It needs:<p>• stone from <b>Rye</b></p><p>• money</p>")
    (draft,) = read("a.html", f"<html><body><table>{listed}</table></body></html>".encode(), "factiva")
    assert [(piece.kind, piece.text) for piece in draft.body.pieces()] == [
        ("paragraph", "The wall will be raised. It needs:"), ("item", "stone from Rye"), ("item", "money"),
    ]  # fmt: skip
    assert [draft.body.text[run.start : run.end] for run in draft.body.runs] == ["Rye"]
