"""Documents that were made of web pages, files that are not read, and other things that come as programs leave them."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers._documents import site_behind
from app.importers._page_furniture import page_furniture
from app.importers._parts import choose, read_with
from app.importers.markdown import read as read_markdown
from app.text.body import Piece
from tests.unit.importers.test_scraped_text import one

WALL = "The wall that keeps the sea out of the town will be raised by a metre, the council said."
TIDE = "Nobody in the town remembers a tide as high as the one that came in on Monday night."


@pytest.mark.parametrize(
    ("title", "heading", "site"),
    [
        ("The wall | Harbour Post", "The wall", "Harbour Post"),
        ("The wall - Harbour Post", "The wall", "Harbour Post"),
        ("The wall – what it costs – Harbour Post", "The wall", ""),
        ("The wall is too low", "The wall", ""),
        ("The wall", "The wall", ""),
        ("The wall | Harbour Post", "", ""),
    ],
)
def test_the_name_of_a_site_stands_behind_the_heading(title, heading, site):
    assert site_behind(title, heading) == site


def test_a_note_that_was_made_of_a_page_is_called_by_its_heading():
    text = f"---\ntitle: The wall \\| Harbour Post\nauthor: Ada Marsh\n---\n\n# The wall\n\n{WALL}\n"
    (draft,) = read_markdown(File(text.encode(), "wall.md"))
    assert isinstance(draft, Draft)
    assert (draft.metadata.title, draft.metadata.outlet, draft.body.text) == ("The wall", "Harbour Post", WALL)


def test_a_document_that_shows_what_the_window_was_called_is_called_by_the_heading_below() -> None:
    made = docx.Document()
    made.add_paragraph("The wall | Harbour Post", style="Title")
    made.add_heading("The wall", 1)
    for line in ("4 March 2024", "By Ada Marsh", WALL, TIDE):
        made.add_paragraph(line)
    target = io.BytesIO()
    made.save(target)
    (draft,) = read_with(choose("wall.docx", target.getvalue()), File(target.getvalue(), "wall.docx"))
    assert isinstance(draft, Draft)
    known = draft.metadata
    assert (known.title, known.outlet, known.byline) == ("The wall", "Harbour Post", "Ada Marsh")
    assert (str(known.published), draft.body.text) == ("2024-03-04", f"{WALL}\n{TIDE}")


@pytest.mark.parametrize("name", ["page-libreoffice.docx", "page-libreoffice.odt", "page-chromium.pdf"])
def test_a_page_that_was_made_a_document_loses_what_stood_round_its_article(name):
    data = (Path(__file__).parents[2] / "data" / "imports" / name).read_bytes()
    (draft,) = read_with(choose(name, data), File(data, name))
    assert isinstance(draft, Draft)
    known = draft.metadata
    assert (known.title, known.byline, known.outlet) == ("The ferry is late", "Ada Marsh", "The Harbour Ledger")
    assert str(known.published) == "2025-05-14"
    assert [piece.text[:18] for piece in draft.body.pieces()] == [
        "The ferry between ", "What happens next", "A second boat come", "The company said o",
    ]  # fmt: skip
    assert [(one.kind, one.text, one.before) for one in draft.left_out] == [
        ("navigation", "The Harbour Ledger", 0), ("navigation", "News", 0), ("navigation", "Sport", 0),
        ("navigation", "Search", 0), ("share", "Share on Facebook", 0), ("related", "Related articles", 4),
        ("related", "Lock keepers to strike over pay and hours", 4),
        ("related", "Ten recipes for spring from the river", 4),
        ("subscribe", "Sign up to our newsletter and never miss a story.", 4),
        ("footer", "© 2025 The Harbour Ledger. All rights reserved.", 4), ("cookie", "Privacy policy", 4),
    ]  # fmt: skip
    assert draft.marks == ()  # LibreOffice keeps what it does not know of a page as comments


HEADED = Piece("The wall", "heading", {"level": 1})
TEXTS = (Piece(WALL), Piece(TIDE))


def test_a_report_with_contents_and_an_address_is_no_page():
    report = (HEADED, Piece("Contents"), *TEXTS, Piece("Contact us"), Piece("More", "heading", {"level": 2}), *TEXTS)
    assert page_furniture(report) == {}
    assert page_furniture((Piece(WALL), Piece("Search"), HEADED, *TEXTS, Piece("Share on Facebook"))) == {}


def test_what_a_site_asks_above_its_title_is_no_part_of_the_article():
    asked = Piece("Our partners and this site keep what they learn of you for as long as the law lets them.")
    ends = (Piece("Share on Facebook"), Piece("Subscribe now"), Piece("Comments"))
    found = page_furniture((asked, Piece("Accept all"), Piece("News"), HEADED, *TEXTS, *ends))
    assert found.keys() == {0, 1, 2, *range(4 + len(TEXTS), 7 + len(TEXTS))}


def test_what_stands_between_the_text_and_furniture_below_it_is_of_the_text():
    ends = (Piece("Share on Facebook"), Piece("Sign up to our newsletter"), Piece("Privacy policy"))
    assert page_furniture((HEADED, *TEXTS, Piece("Ada Marsh, in Dover"), *ends)) == {
        4: "share", 5: "subscribe", 6: "cookie",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("book.fb2", b'<?xml version="1.0" encoding="utf-8"?>\n<FictionBook xmlns="x"><body/></FictionBook>'),
        ("notes.ipynb", b'{\n "cells": [\n  {"cell_type": "markdown", "source": ["Hello"]}\n ]\n}'),
        ("feeds.opml", b'<?xml version="1.0"?>\n<opml version="2.0"><head/><body/></opml>'),
        ("paper.tex", b"% a paper\n\\documentclass{article}\n\\begin{document}Hello\\end{document}\n"),
        ("thing.foo", b'<?xml version="1.0"?>\n<thing><part>Hello</part></thing>'),
    ],
)
def test_the_source_of_what_is_not_read_is_not_taken_for_a_text(name, data):
    with pytest.raises(ImportFailed) as refused:
        choose(name, data)
    assert name in str(refused.value)
    assert refused.value.hint


def test_a_page_of_xml_is_known_without_a_suffix():
    data = f'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><body><p>{WALL}</p></body></html>'.encode()
    assert choose("page", data).key == "html"


def test_a_list_goes_on_below_the_items_inside_it_and_signs_alone_are_no_heading():
    lines = ["The wall", "", WALL, "", "1.  First.", "2.  Second.", "    -   inside", "    -   too", "3.  Third.",
             "", "------------------------", "", TIDE]  # fmt: skip
    draft = one("\n".join(lines))
    pieces = draft.body.pieces()
    assert [piece.text for piece in pieces if piece.kind == "item"] == ["First.", "Second.", "inside", "too", "Third."]
    assert not any(piece.kind == "heading" and "---" in piece.text for piece in pieces)


def test_two_columns_of_a_table_are_told_from_a_tab_in_a_text():
    draft = one(f"The wall\n\n{WALL}\n\nYear\tHeight\n1954\tthree\n2025\tfour\n\n{TIDE}\n\nSee\tthere\n")
    assert [piece.text for piece in draft.body.pieces() if piece.kind == "cell"] == [
        "Year", "Height", "1954", "three", "2025", "four",
    ]  # fmt: skip


def test_a_first_row_that_holds_an_article_is_no_head_of_a_table():
    data = f'"The wall","{WALL} {TIDE}","2025-03-04"\n"The tide","{TIDE}","2025-03-05"\n'.encode()
    importer = choose("a.csv", data)
    assert importer.columns is not None
    assert list(importer.columns(File(data, "a.csv"))) == ["column 1", "column 2", "column 3"]
    options = {"columns": "title=column 1;text=column 2;published=column 3"}
    found = importer.read(File(data, "a.csv", options))
    assert [one.metadata.title for one in found if isinstance(one, Draft)] == ["The wall", "The tide"]


def test_a_table_of_figures_is_one_sentence():
    data = b"year,city,population\n2019,Hamburg,1841179\n2020,Hamburg,1852478\n"
    with pytest.raises(ImportFailed, match=r"No column of data.csv .* year, city, population"):
        choose("data.csv", data).read(File(data, "data.csv"))
