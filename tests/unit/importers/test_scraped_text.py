"""Scraped text: the article is found, the page around it kept, and no line is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.scraped_text import read
from app.model import Origin

PARAGRAPHS = [
    "The water rises twice a day in the harbour, and nobody there looks up from the nets when it does.",
    "What has changed is the height of it. The wall was built for a sea that stood a foot lower, as clerks know.",
    "A ship came in on Tuesday with its cargo wet. The captain said that he had seen worse, but he did not say where.",
    "For the town the question is one of money, and for the people by the water it is one of how long they may wait.",
]
LINES = [
    "Share this story", "You may also like", "5 min read", "Leave a Comment", "by Ada Marsh", "Politics",
    "Home » World", "Published", "on", "March 4, 2025", "A", "Harbour Post logo", "The Sea Wall Is Too Low",
    "© Harbour Post", "Q: Why?", "A: Because.", "Did you know? The sea is salt.", "• The first point of it",
    "• The second point", "- a dash", "1. one", "2. two", "FAQ", "Sources Reuters", "Tags: sea, wall", "WORLDBusiness",
    "x", "…", "12", "BEGINNER",
]  # fmt: skip

GERMAN = "Die Größe der Häfen ist für die Fähren wichtig, und die Brücken müssen höher werden. " * 4
RUSSIAN = "Лодки стоят в порту и не выйдут в море, потому что там был сильный шторм. " * 4
PAGE = f"""Home » World » The Sea Wall Is Too Low

The Sea Wall Is Too Low

by Ada Marsh Foreign Correspondent
Published March 4, 2025
5 min read

A Town Looks at the Water

{PARAGRAPHS[0]}

What Has Changed

{PARAGRAPHS[1]}

  • Height: a foot more.
  • Money: a lot less.

Did you know? The wall is older than the town.

Q: Who pays?
A: Nobody has said.

{PARAGRAPHS[2]} Share your thoughts in the comments below!

You may also like

Leave a Comment

© Harbour Post. All rights reserved.
"""


def one(text: str) -> Draft:
    (draft,) = read(File(text.encode(), "article.txt"))
    return draft


def stated(draft: Draft) -> Iterator[str]:
    yield draft.metadata.title or ""
    for value in draft.details.values():
        yield from [value] if isinstance(value, str) else value
    for piece in draft.left_out:
        yield piece.text


def test_a_page_is_taken_apart():
    draft = one(PAGE)
    assert draft.metadata.title == "The Sea Wall Is Too Low"
    assert draft.metadata.byline == "Ada Marsh"
    assert draft.metadata.section == "World"
    assert draft.metadata.outlet == "Harbour Post"
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.metadata.language == "en"
    assert draft.metadata.origins["title"] is Origin.STATED
    assert draft.metadata.origins["outlet"] is Origin.DERIVED
    assert draft.details["reading_time"] == "5 min read"
    assert draft.details["byline_line"] == "by Ada Marsh Foreign Correspondent"
    assert [piece.kind for piece in draft.left_out] == ["related", "comment", "footer"]


def test_the_structure_of_the_text_survives():
    pieces = one(PAGE).body.pieces()
    assert [(piece.kind, piece.text[:12]) for piece in pieces] == [
        ("heading", "A Town Looks"),
        ("paragraph", PARAGRAPHS[0][:12]),
        ("heading", "What Has Cha"),
        ("paragraph", PARAGRAPHS[1][:12]),
        ("item", "Height: a fo"),
        ("item", "Money: a lot"),
        ("callout", "Did you know"),
        ("paragraph", "Q: Who pays?"),
        ("paragraph", "A: Nobody ha"),
        ("paragraph", PARAGRAPHS[2][:12]),
    ]
    assert pieces[6].attributes["label"] == "Did you know?"


def test_a_selling_sentence_is_marked_and_not_cut():
    piece = one(PAGE).body.pieces()[-1]
    (run,) = piece.runs
    assert run.kind == "promotion"
    assert piece.text[run.start : run.end] == "Share your thoughts in the comments below!"


def test_lines_broken_by_width_are_joined():
    wrapped = (
        "The water rises twice a day in the harbour, and nobody there looks up\n"
        "from the nets when it does, because it always has.\n\n"
        "What has changed is the height of it. The wall was built for a sea that\n"
        "stood a foot lower, and the clerks know that, and so does every child\n"
        "that ever sat on it in the evening, dangling its legs over the water.\n"
        "Nobody has asked the children yet, though they are the ones who will\n"
        "live with what is decided, for longer than any of the clerks.\n"
    )
    assert one(wrapped).body.text.split("\n") == [part.replace("\n", " ").strip() for part in wrapped.split("\n\n")]


def test_one_paragraph_a_line_and_no_title():
    draft = one("ANADOLU – " + "\n".join(PARAGRAPHS))
    assert len(draft.body.blocks) == 4
    assert draft.metadata.outlet == "ANADOLU"
    assert draft.metadata.title.startswith("The water rises twice a day")
    assert draft.metadata.origins["title"] is Origin.DERIVED


def test_a_label_without_a_date_gives_no_date():
    draft = one(f"The Sea Wall Is Too Low\n\nPublished\n\non\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}")
    assert draft.metadata.published is None
    assert draft.details["date_line"] == ("Published", "on")


def test_an_initial_stands_for_a_picture_of_the_author():
    draft = one(f"The Sea Wall Is Too Low\n\nA\n\nAda Marsh\n\n3 min read\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}")
    assert draft.metadata.byline == "Ada Marsh"
    assert [(piece.kind, piece.text) for piece in draft.left_out] == [("avatar", "A")]


def test_a_few_words_are_an_article():
    assert one("Hello there").body.text == "Hello there"


def test_a_poem_of_short_lines_stays_whole():
    poem = "The tide\nwent out\nand stayed\nthere all night\nlike a guest\nin the rain\nand came back"
    draft = one(poem)
    assert [draft.metadata.title, *draft.body.text.split("\n")][-6:] == poem.split("\n")[-6:]


def test_padding_inside_a_line_shrinks():
    assert one(f"{PARAGRAPHS[0]}{' ' * 300_000}{PARAGRAPHS[1]}").body.text == f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"


known_lines = st.sampled_from(LINES + PARAGRAPHS * 4)
any_lines = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="&"), max_size=40)


@given(st.lists(st.tuples(known_lines | any_lines, st.integers(0, 2)), min_size=1, max_size=30))
def test_no_line_is_lost(lines):
    text = "".join(f"{line}\n" + "\n" * gap for line, gap in lines)
    if not text.strip():
        return
    draft = one(text)
    kept = [draft.body.text, *stated(draft)]
    for line, _gap in lines:
        content = line.strip().strip("\ufeff")
        bare = content.lstrip("•◦▪‣●■·*–—-").lstrip("0123456789.) ").strip()
        assert any(content in part or (bare and bare in part) for part in kept) or not bare


@given(st.lists(st.sampled_from(LINES + PARAGRAPHS * 4), min_size=1, max_size=30))
def test_what_was_left_out_has_a_place(lines):
    draft = one("\n\n".join(lines))
    assert all(0 <= piece.before <= len(draft.body.blocks) for piece in draft.left_out)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Grüße aus Łódź — 港".encode(), "Grüße aus Łódź — 港"),
        ("\ufeffGrüße".encode(), "Grüße"),
        ("Grüße aus dem Hafen".encode("utf-16"), "Grüße aus dem Hafen"),
        ("Grüße aus dem Hafen".encode("utf-16-le"), "Grüße aus dem Hafen"),
        ("# -*- coding: cp1252 -*-\n“Grüße”".encode("cp1252"), "“Grüße”"),
        (GERMAN.encode("cp1252"), "Größe"),
        (RUSSIAN.encode("cp1251"), "Лодки"),
    ],
)
def test_encodings(data, expected):
    (draft,) = read(File(data, "a.txt"))
    assert expected in draft.body.text + (draft.metadata.title or "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"\x7fELF" + bytes(range(256)) * 8,
        b"\x00\x01\x02" * 100,
        b"\xff\xfea\x00\x00\xd8",
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data):
    with pytest.raises(ImportFailed) as caught:
        read(File(data, "a.txt"))
    assert "a.txt" in str(caught.value)


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        drafts = read(File(data, "a.txt"))
    except ImportFailed:
        return
    assert len(drafts) == 1
