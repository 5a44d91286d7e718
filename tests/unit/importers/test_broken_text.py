"""Text that was broken on its way: by width, by hyphens, by double spacing, by signs that part lines, by markup."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers.scraped_text import read

WALL = "The harbour office said on Tuesday that the sea wall would stay shut until the cracks had been measured."
MONEY = "Nobody has paid for such work in ten years, according to minutes that the council published in May."


def one(text: str) -> Draft:
    (draft,) = read(File(text.encode(), "article.txt"))
    return draft


DIVIDED = """The harbour office said on Tuesday that the wall would re-
main shut until the cracks had been measured, a job that no-
body has paid for in ten years, and which the well-
known engineer Marsh has offered to do for nothing but her ex-
penses and a room with a view of the sea, which is a half-
hearted offer if ever there was one, said the half-hearted mayor,
who has a sea wall of his own."""


def test_words_that_were_divided_at_the_ends_of_lines_are_whole():
    text = one(DIVIDED).body.text
    assert "\n" not in text
    for word in ("remain", "nobody", "well-known", "expenses", "half-hearted offer"):
        assert word in text


def test_a_few_lines_that_go_on_with_a_sentence_are_one_paragraph():
    text = one(
        "\n".join(DIVIDED.split("\n")[:3]) + "\nhonest engineer would not take on without being paid for it."
    ).body.text
    assert "\n" not in text
    assert "would remain shut" in text


def test_a_few_lines_that_each_end_a_sentence_are_paragraphs():
    assert one(f"{WALL}\n{MONEY}\n{WALL}").body.text == f"{WALL}\n{MONEY}\n{WALL}"


def test_double_spacing_parts_no_paragraphs():
    paragraphs = [
        [
            "The harbour office said on Tuesday that the wall by the sea would",
            "stay shut until the cracks had been measured, a job that nobody",
            "has paid for in ten years.",
        ],
        [
            "“We have asked three offices,” said Ada Marsh, who has lived there",
            "for forty years. “Two of them wrote back, and one of those had the",
            "wrong island.”",
        ],
        [
            "The council will meet again on 14 June. Its budget, which ran to",
            "four million last year, has no line for the sea wall at all.",
        ],
    ]
    text = "\n\n\n\n".join("\n\n".join(lines) for lines in paragraphs)
    assert one(f"Who pays for the wall\n\n\n\n{text}").body.text.split("\n") == [
        " ".join(lines) for lines in paragraphs
    ]


def test_one_empty_line_between_paragraphs_is_no_double_spacing():
    lines = [WALL, MONEY] * 4
    assert one("\n\n".join(lines)).body.text.split("\n") == lines


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\r", "\v", "\x85", "\f"])
def test_every_sign_that_parts_lines_does(sign):
    draft = one(sign.join(("Who pays for the wall", "By Ada Marsh", WALL, MONEY)))
    assert (draft.metadata.title, draft.metadata.byline) == ("Who pays for the wall", "Ada Marsh")
    assert draft.body.text == f"{WALL}\n{MONEY}"


def test_markup_in_a_plain_text_is_read_as_what_it_is():
    markup = f"<h1>Who pays for the wall</h1>\n<p>{WALL}</p>\n<p>{MONEY} &quot;No&quot;&nbsp;one.</p>"
    draft = one(f"{markup}\n<ul><li>A list</li></ul>")
    assert draft.metadata.title == "Who pays for the wall"
    assert [(piece.kind, piece.text) for piece in draft.body.pieces()][:2] == [
        ("paragraph", WALL), ("paragraph", f'{MONEY} "No"\N{NO-BREAK SPACE}one.'),
    ]  # fmt: skip


def test_entities_in_a_plain_text_are_the_letters_they_stand_for():
    draft = one(f"The wall &amp; the sea\n\n{WALL[:-1]} &mdash; the harbour&#8217;s men said &quot;no&quot;.")
    assert draft.metadata.title == "The wall & the sea"
    assert draft.body.text == f'{WALL[:-1]} — the harbour’s men said "no".'


def test_a_text_that_tells_of_markup_stays_as_it_is():
    text = f"{WALL} Every paragraph of a page stands between <p> and </p>, and &amp; stands for the sign."
    assert one(f"Who pays for the wall\n\n{text}\n\n{MONEY}").body.text == f"{text}\n{MONEY}"
