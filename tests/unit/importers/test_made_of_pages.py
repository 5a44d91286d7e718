"""Documents that were made of web pages, files that are not read, and other things that come as programs leave them."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers._documents import site_behind
from app.importers._parts import choose
from app.importers.markdown import read as read_markdown
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
