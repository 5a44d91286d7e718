"""Text with something above it that says what it is: labels, the headers of a message, the signs of Markdown."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers.scraped_text import read
from app.model import Origin

WALL = "The harbour office said on Tuesday that the sea wall would stay shut until the cracks had been measured."
MONEY = "Nobody has paid for such work in ten years, according to minutes that the council published in May."


def one(*lines: str) -> Draft:
    (draft,) = read(File("\n".join(lines).encode(), "article.txt"))
    return draft


def test_what_stands_under_labels_above_a_text_is_what_is_known_of_it():
    header = (
        "Source: Harbour Post", "URL: https://www.harbour.example/2025/03/04/wall?utm_source=x",
        "Title: Who pays for the wall", "Author: Ada Marsh", "Date: 2025-03-04", "Section: Local", "Word count: 412",
        "Language: en", "Accessed: 2025-03-10", "Tags: harbour, ferries",
    )  # fmt: skip
    draft = one(*header, "", WALL, "", MONEY)
    known = draft.metadata
    assert (known.title, known.byline, known.outlet, known.section) == (
        "Who pays for the wall", "Ada Marsh", "Harbour Post", "Local",
    )  # fmt: skip
    assert (known.address or "").startswith("https://www.harbour.example/2025/03/04/wall")
    assert (str(known.published), known.accessed, known.language) == ("2025-03-04", "2025-03-10", "en")
    assert known.origins["outlet"] is Origin.STATED
    assert draft.body.text == f"{WALL}\n{MONEY}"
    assert draft.details["header"] == header


def test_labels_in_capitals_above_a_rule():
    draft = one("TITLE:     Who pays for the wall", "BYLINE:    Ada Marsh", "PUBLICATION: Harbour Post",
                "LINK: https://h.example/a", "---", WALL, "", MONEY)  # fmt: skip
    known = draft.metadata
    assert (known.title, known.byline, known.outlet, known.address) == (
        "Who pays for the wall", "Ada Marsh", "Harbour Post", "https://h.example/a",
    )  # fmt: skip
    assert draft.body.text == f"{WALL}\n{MONEY}"


@pytest.mark.parametrize("first", ["Question: Who pays for the wall?", "Ada: Who pays?", "Note: this text was cut."])
def test_a_text_that_begins_with_a_label_is_no_block_of_them(first):
    draft = one(first, "", WALL, "", MONEY)
    assert first in (draft.metadata.title or "", *draft.body.text.split("\n"))
    assert "header" not in draft.details


def test_a_message_that_was_pasted_is_that_message():
    head = ("From: Ada Marsh <a@h.example>", "To: Desk <d@h.example>", "Date: Tue, 4 Mar 2025 09:14:00 +0200",
            "Subject: Fwd: Who pays for the wall")  # fmt: skip
    draft = one(*head, "", "FYI, from today:", "", f"> {WALL}", ">", f"> {MONEY}", "", "It is Tuesday.")
    known = draft.metadata
    assert (known.title, known.byline, str(known.published)) == ("Who pays for the wall", "Ada Marsh", "2025-03-04")
    assert [(piece.kind, piece.text) for piece in draft.body.pieces()] == [
        ("paragraph", "FYI, from today:"), ("quote", WALL), ("quote", MONEY), ("paragraph", "It is Tuesday."),
    ]  # fmt: skip
    assert draft.details["forwarded"] == head


def test_markdown_in_a_plain_text_is_read_as_what_it_is():
    draft = one("# Who pays for the wall", "", "*By Ada Marsh* | **March 4, 2025**", "", WALL, "",
                "## What it costs", "", "- One line for roads", "- One line for schools", "", f"> {MONEY}", "",
                "See [the minutes](https://h.example/minutes) of May.")  # fmt: skip
    known = draft.metadata
    assert (known.title, known.byline, str(known.published)) == ("Who pays for the wall", "Ada Marsh", "2025-03-04")
    assert [piece.kind for piece in draft.body.pieces()] == [
        "paragraph", "heading", "item", "item", "quote", "paragraph",
    ]  # fmt: skip
    assert "#" not in draft.body.text


def test_a_number_sign_alone_makes_no_markdown():
    draft = one("Who pays for the wall", "", WALL, "", "# of the day: 12", "", MONEY)
    assert "# of the day: 12" in draft.body.text


@pytest.mark.parametrize("signs", ["**", "__"])
def test_a_first_line_all_bold_is_the_title_without_its_signs(signs):
    plain = one(f"{signs}Who pays for the wall{signs}", "", WALL, "", MONEY)
    marked = one(f"{signs}Who pays for the wall{signs}", "", "By **Ada Marsh**", "", WALL, "", MONEY)
    for draft in (plain, marked):
        assert draft.metadata.title == "Who pays for the wall"
        assert draft.body.text == f"{WALL}\n{MONEY}"
    assert marked.metadata.byline == "Ada Marsh"


def test_a_first_line_that_is_bold_in_part_stays_as_it_is():
    assert one(f"**Dover** {WALL}", "", MONEY).body.text.startswith("**Dover** The harbour")


FENCED = ("---", "title: Who pays for the wall", "author: Ada Marsh; Bo Ek", "url: https://h.example/wall",
          "hostname: h.example", "sitename: Harbour Post", "date: 2025-03-04", "categories: ['Local']",
          "---")  # fmt: skip


def test_front_matter_above_plain_text_is_what_is_known_of_it():
    draft = one(*FENCED, WALL, MONEY)
    known = draft.metadata
    assert (known.title, known.byline, known.outlet, known.address, str(known.published)) == (
        "Who pays for the wall", "Ada Marsh, Bo Ek", "Harbour Post", "https://h.example/wall", "2025-03-04",
    )  # fmt: skip
    assert draft.body.text == f"{WALL}\n{MONEY}"
    assert draft.details["header"] == FENCED[1:-1]


def test_two_rules_without_labels_between_them_are_no_front_matter():
    draft = one("---", WALL, "---", MONEY)
    assert WALL in draft.body.text
    assert "header" not in draft.details


@pytest.mark.parametrize("label", ["Text:", "Content:", "Markdown Content:", "FULL TEXT:"])
def test_the_label_above_the_text_itself_is_no_part_of_it(label):
    draft = one("Title: Who pays for the wall", "URL: https://h.example/wall", label, WALL, "", MONEY)
    assert draft.body.text == f"{WALL}\n{MONEY}"
    assert label in draft.details["header"]


def test_a_text_on_the_line_of_its_label_is_the_text():
    draft = one("Title: Who pays for the wall", "URL: https://h.example/wall", f"Text: {WALL}", "", MONEY)
    assert draft.body.text == f"{WALL}\n{MONEY}"


def test_labels_with_empty_lines_between_them_stand_above_a_text_in_markdown():
    draft = one("Title: Who pays for the wall | Harbour Post", "", "URL Source: https://h.example/wall", "",
                "Published Time: 2025-03-04T06:00:00Z", "", "Markdown Content:", WALL, "", "## What it costs", "",
                f"{MONEY} See [the minutes](https://h.example/minutes).")  # fmt: skip
    known = draft.metadata
    assert (known.address, str(known.published)) == ("https://h.example/wall", "2025-03-04")
    assert (known.title or "").startswith("Who pays for the wall")
    assert [(piece.kind, piece.text) for piece in draft.body.pieces()] == [
        ("paragraph", WALL), ("heading", "What it costs"), ("paragraph", f"{MONEY} See the minutes."),
    ]  # fmt: skip


def test_signs_of_headings_alone_are_no_part_of_them():
    draft = one("Who pays for the wall", "", WALL, "", "## What it costs", "", MONEY)
    assert draft.body.text == f"{WALL}\nWhat it costs\n{MONEY}"


def test_what_a_label_calls_markdown_is_read_so_and_the_title_loses_its_site():
    draft = one("Title: Who pays for the wall | Harbour Post", "", "URL Source: https://h.example/wall", "",
                "Markdown Content:", "Who pays for the wall", "=====================", "",
                "* [Home](https://h.example/)", "", WALL, "", "What it costs", "-------------", "", MONEY)  # fmt: skip
    known = draft.metadata
    assert (known.title, known.outlet, known.address) == (
        "Who pays for the wall", "Harbour Post", "https://h.example/wall",
    )  # fmt: skip
    assert [(piece.kind, piece.text) for piece in draft.body.pieces() if piece.text != "Home"] == [
        ("paragraph", WALL), ("heading", "What it costs"), ("paragraph", MONEY),
    ]  # fmt: skip
