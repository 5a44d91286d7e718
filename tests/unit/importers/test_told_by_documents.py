"""Who wrote a document and when stands at its head, whatever a word processor has in its properties."""

from __future__ import annotations

import io

import docx

from app.importers._base import File, importers

TEXT = "The ferry has not run for nine days, and nobody at the harbour office will say when it comes back to the quay."


def read(lines, author="python-docx"):
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.title = ""
    document.add_heading("The quay is closed", 1)
    for line in lines:
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    (draft,) = importers()["docx"].read(File(data.getvalue(), "quay.docx"))
    return draft


def test_a_byline_and_a_day_at_the_head_are_no_text():
    draft = read(["By Ines Calder and Tomasz Bielak", "Published 21 June 2025", TEXT, TEXT])
    assert draft.metadata.byline == "Ines Calder and Tomasz Bielak"
    assert str(draft.metadata.published) == "2025-06-21"
    assert draft.body.text == f"{TEXT}\n{TEXT}"
    assert draft.details["byline_line"] == "By Ines Calder and Tomasz Bielak"


def test_the_name_of_a_program_is_nobodys():
    assert read([TEXT, TEXT]).metadata.byline is None
    assert read([TEXT, TEXT], "Microsoft Office User").metadata.byline is None
    assert read([TEXT, TEXT], "Ada Marsh").metadata.byline == "Ada Marsh"


def test_what_only_begins_like_a_byline_stays_in_the_text():
    lines = [
        "By noon the water had risen to the second step of the customs house, and nobody came to look at it again.",
        TEXT,
    ]
    draft = read(lines, "Ada Marsh")
    assert draft.body.text == "\n".join(lines)
    assert draft.metadata.byline == "Ada Marsh"


def test_a_day_that_nobody_signs_stays_in_the_text():
    draft = read(["March 2025", TEXT], "Ada Marsh")
    assert draft.body.text == f"March 2025\n{TEXT}"
    assert draft.metadata.published is None
