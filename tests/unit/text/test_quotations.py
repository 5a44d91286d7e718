"""Finding what a text quotes: marks of many kinds, apostrophes, omissions, quoted blocks."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.text.body import Body, Piece, Run
from app.text.quotations import Quotation, quotations, signature

WORDS = st.lists(
    st.sampled_from(["we", "will", "stop", "cranes", "port’s", "12", "é", "中文", "don't"]), min_size=1, max_size=8
)


def found(*pieces: Piece | str) -> list[tuple[str, int]]:
    body = Body.of(pieces)
    return [(body.text[one.start : one.end], one.depth) for one in quotations(body)]


def pieces_of(body: Body, one: Quotation) -> list[str]:
    return [body.text[start:end] for start, end in one.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we stay”.", ["we stay"]),
        ('He said "we stay" and "go on".', ["we stay", "go on"]),
        ("Er sagte: „Wir bleiben“, »wir gehen«.", ["Wir bleiben", "wir gehen"]),
        ("Il a dit «nous restons» et ‹partons›.", ["nous restons", "partons"]),
        ("Han sa ”vi stannar”. „Zostajemy” też.", ["vi stannar", "Zostajemy"]),
        ("彼は「行く」と『言』った。", ["行く", "言"]),
        ("‘Don’t go,’ she said. ‘The drones’ noise was loud,’ he said.", ["Don’t go,", "The drones’ noise was loud,"]),
        ("'Don't go,' she said. The boys' coats.", ["Don't go,"]),
        ("In the '90s it's rock 'n' roll, 5'10\" long and 12\" wide.", []),
        ("“never closed, and “closed”", ["closed"]),
        ('said—"yes"—and ("no")', ["yes", "no"]),
        ("“…” and “?!” say nothing", []),
        ("“One sentence. Another! And a third?” he asked.", ["One sentence. Another! And a third?"]),
    ],
)
def test_what_stands_between_marks_is_found(text, expected):
    assert [words for words, _ in found(text)] == expected


def test_a_quotation_inside_another_lies_deeper():
    assert found("“He said ‘never again’ and “so” be it.”") == [
        ("He said ‘never again’ and “so” be it.", 0),
        ("never again", 1),
        ("so", 1),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will […] stop (...) here… now, ”", ["We will", "stop", "here", "now"]),
        ("“The man [he] saw them [sic] leave[s] it [12].”", ["The man", "saw them", "it"]),
        ("“[T]he cranes stand . . . still,”", ["cranes stand", "still"]),
        ("“… all of it …”", ["all of it"]),
    ],
)
def test_omissions_and_insertions_cut_a_quotation_into_pieces(text, expected):
    body = Body.of([text])
    (one,) = quotations(body)
    assert pieces_of(body, one) == expected


def test_a_footnote_mark_is_no_word_of_a_quotation():
    body = Body.of([Piece("“we stay1 here”", runs=(Run(8, 9, "superscript"),))])
    (one,) = quotations(body)
    assert pieces_of(body, one) == ["we stay", "here"]


def test_a_quotation_goes_on_in_the_next_paragraph_that_begins_with_the_mark_again():
    body = Body.of(["He said: “One day.", "“Another day.” Then he left.", "“Not closed", "and not gone on"])
    (one,) = quotations(body)
    assert pieces_of(body, one) == ["One day", "Another day"]


def test_a_quoted_block_is_a_quotation_without_its_marks_and_without_its_signature():
    body = Body.of(
        [
            Piece("“All of it.”", "quote"),
            Piece("— Ada Lovelace", "quote"),
            "So it is.",
            Piece("She said “part” of it.", "quote"),
            Piece('print("code")', "code"),
        ]
    )
    assert [(body.text[one.start : one.end], one.depth, one.block) for one in quotations(body)] == [
        ("All of it.", 0, True),
        ("She said “part” of it.", 0, True),
        ("part", 1, False),
    ]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("It weaves.", "— Ada Lovelace", "Ada Lovelace"),
        ("“It weaves.”", "Ada Lovelace, countess", "Ada Lovelace, countess"),
        ("It weaves.", "Ada Lovelace, countess", ""),
        ("“It weaves.”", "So it does.", ""),
        ("“It weaves.”", "“So it does”", ""),
    ],
)
def test_a_quoted_block_may_be_signed_below(above, below, expected):
    body = Body.of([Piece(above, "quote"), Piece(below, "quote"), below])
    assert signature(body, 0) == expected
    assert len(quotations(body)) == 2 - bool(expected) + (below.startswith("“"))


@pytest.mark.parametrize(
    ("line", "words", "name"),
    [
        ("“It weaves, and knows.” — Ada Lovelace", "It weaves, and knows.", "Ada Lovelace"),
        ('"It weaves" - Ada Lovelace, countess', "It weaves", "Ada Lovelace, countess"),
        ("„Es webt.“–Ada Lovelace", "Es webt.", "Ada Lovelace"),
        ("It weaves. — Ada Lovelace", "It weaves.", "Ada Lovelace"),
        ("“It weaves,” — she said.", "“It weaves,” — she said.", ""),
        ("“It weaves.” — And so it goes.", "“It weaves.” — And so it goes.", ""),
        ("It weaves — Jacquard too", "It weaves — Jacquard too", ""),
    ],
)
def test_a_quoted_block_may_be_signed_behind_its_words(line, words, name):
    body = Body.of([Piece(line, "quote"), "So it is."])
    one, *_ = quotations(body)
    assert (body.text[one.start : one.end], signature(body, 0)) == (words, name)


@given(WORDS, st.sampled_from(["“”", '""', "„“", "«»", "»«", "‘’", "''", "「」"]))
def test_words_in_marks_are_found_to_the_letter(words, marks):
    quoted = " ".join(words)
    assume(sum(map(str.isalnum, quoted)) >= 3)
    assert found(f"Then she said {marks[0]}{quoted}{marks[1]}.") == [(quoted, 0)]


@given(st.lists(st.text("ab s.,“”\"'‘’„«»[]…(\n", max_size=30), max_size=4))
def test_any_text_gives_spans_of_it_in_order(lines):
    body = Body.of(line.replace("\n", " ") for line in lines)
    ones = quotations(body)
    assert [one.start for one in ones] == sorted(one.start for one in ones)
    for one in ones:
        assert 0 <= one.start < one.end <= len(body.text)
        assert one.pieces
        assert all(one.start <= start < end <= one.end for start, end in one.pieces)
