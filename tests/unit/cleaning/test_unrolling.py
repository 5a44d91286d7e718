"""Texts that lost their lines: put back where what stood between two paragraphs can be told, and nowhere else."""

from __future__ import annotations

import json
import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.lines import split
from app.cleaning.scraped import read_scraped
from app.cleaning.unrolling import unrolled

HEAD = ["Harbour wall to be raised", "By Ada Reed", "4 March 2025"]
PARAGRAPHS = """\
The council of the town has decided to raise the harbour wall by a metre before the winter. Nobody left before midnight.
“We have waited for far too long,” said Ada Marsh, the mayor of the town since 2011. She asked for a plan by May.
The wall was built in 1954, for a sea that stood a foot lower. Since then it has been mended at a cost nobody added up.
Fishermen fear that the higher wall will cut them off. Their boats lie in front of it, and the gates close at night.
The work begins in June and will take two years. The ministry has not yet answered the letter of the town.
""".splitlines()
LINES = [*HEAD, *PARAGRAPHS]
TEXT = "\n".join(LINES)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n", "\\n"),
        TEXT.replace("\n", "\\r\\n\\r\\n"),
        json.dumps(TEXT),
        repr(LINES),
        json.dumps(LINES),
        TEXT.replace("\n", "<br>"),
        TEXT.replace("\n", "<br />\n"),
        TEXT.replace("\n", " ¶ "),
        TEXT.replace("\n", "\t"),
        TEXT.replace("\n", "     "),
        TEXT.replace("\n", "\r"),
        "\n".join(HEAD) + "\n" + "".join(PARAGRAPHS),
        "\n".join(textwrap.fill(line, 72) for line in LINES),
        "\n".join(textwrap.fill(line, 72, initial_indent="   ") for line in LINES),
        "\n".join(HEAD) + "\n\n" + "\n".join(textwrap.fill(line, 56) for line in PARAGRAPHS),
    ],
    ids=["signs", "signs of Windows", "string", "list of Python", "list of JSON", "breaks", "breaks and lines",
         "pilcrows", "tabs", "spaces", "old Mac", "seams", "72", "72 indented", "56 below a head"],
)  # fmt: skip
def test_paragraphs_are_told_apart_again(text):
    draft = read_scraped(unrolled(text))
    assert draft.body.text.split("\n") == PARAGRAPHS
    assert (draft.metadata.title, draft.metadata.byline, str(draft.metadata.published)) == (
        HEAD[0], "Ada Reed", "2025-03-04",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        " ".join(PARAGRAPHS),
        f"{TEXT}\nUse the sign \\n to begin a new line, and \\n\\n for an empty one.",
        r"It lies in C:\news\nato\reports and in D:\new\notes, or so they say.",
        "  ".join(sentence for line in PARAGRAPHS for sentence in line.split(". ")),
        "Booking.Com was sold. " * 40,
        "[‘Not a list’, said the mayor]",
        "['one', 2]",
    ],
)
def test_what_says_nothing_of_its_lines_stays_as_it_is(text):
    assert unrolled(text) == text


def test_verse_and_lists_are_not_taken_for_lines_that_were_broken_by_width():
    verse = "The sea came in at break of day,\nIt took the boats and went away,\nIt left the nets along the quay,\n" * 3
    assert len(split(verse)) == 9


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\\<¶\t\r\n ")), max_size=8))
def test_no_letter_is_lost(lines):
    for sign in ("\n", "\t", "¶", "    "):
        kept = re.sub(r"[\s¶]", "", unrolled(sign.join(lines)))
        assert kept == re.sub(r"[\s¶]", "", "".join(lines)) or lines[0].startswith("[")
