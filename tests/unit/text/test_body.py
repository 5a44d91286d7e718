from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.body import BLOCK_KINDS, IMAGE, RUN_KINDS, Block, Body, Piece, Run, clean_line

ODD = "\r\n\t\v\f\x00\x1b\x1c\x1f\x7f\x85\u2028\u2029\ufeff\ufffc\ufffe\uffff\U0001fffe\ufdd0\ud800\udfff"
LINES = st.text(
    st.one_of(st.sampled_from(ODD + "ab \u00a0é\u0301👩\u200d🚀سلام今天𐐷\u202e"), st.characters()), max_size=20
)
WORDS = st.text('aé中"\\\n', max_size=5)
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "level": st.integers(1, 6),
        "depth": st.integers(1, 50),
        "ordered": st.booleans(),
        "address": WORDS,
        "alt": st.one_of(WORDS, st.integers(-9, 9)),
    },
)


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    text = draw(LINES)
    runs = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(-2, len(text) + 2))
        end = draw(st.integers(-2, len(text) + 2))
        runs.append(Run(start, end, draw(st.sampled_from(sorted(RUN_KINDS))), draw(ATTRIBUTES)))
    return Piece(text, draw(st.sampled_from(sorted(BLOCK_KINDS))), draw(ATTRIBUTES), tuple(runs))


BODIES = st.lists(pieces(), max_size=8).map(Body.of)


@given(LINES)
def test_a_cleaned_line_can_stand_anywhere(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert line.splitlines() in ([], [line])
    line.encode("utf-8")
    for character in line:
        assert character == "\t" or unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert ord(character) & 0xFFFE != 0xFFFE
        assert character not in "\ufeff\ufffc"
        assert not "\ufdd0" <= character <= "\ufdef"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"], exclude_characters="\ufeff\ufffc")))
def test_a_clean_line_stays_as_it_is(text: str) -> None:
    assert clean_line(text) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nb", "a b"),
        ("a\rb", "a b"),
        ("a\n\nb", "a  b"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("\ufeffa", "a"),
        ("\r\ufeff\n", " "),
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
        ("\ud800", "\ufffd"),
        ("\uffff\U0010fffe\ufdd0", "\ufffd\ufffd\ufffd"),
        ("stray \ufffc mark", "stray \ufffd mark"),
        ("a\tb\u00a0c\u200dd\u0301\u202e", "a\tb\u00a0c\u200dd\u0301\u202e"),
    ],
)
def test_what_cannot_survive_is_replaced(text: str, line: str) -> None:
    assert clean_line(text) == line


@given(st.lists(pieces(), max_size=8))
def test_blocks_are_the_lines_of_the_text(parts: list[Piece]) -> None:
    body = Body.of(parts)
    assert body.text == "\n".join(IMAGE if part.kind == "image" else clean_line(part.text) for part in parts)
    assert [body.text[block.start : block.end] for block in body.blocks] == (body.text.split("\n") if parts else [])
    assert [block.kind for block in body.blocks] == [part.kind for part in parts]
    assert [block.attributes for block in body.blocks] == [part.attributes for part in parts]


@given(BODIES)
def test_runs_lie_inside_one_block_in_order(body: Body) -> None:
    for run in body.runs:
        block = body.block_at(run.start)
        assert block.start <= run.start < run.end <= block.end
        assert "\n" not in body.text[run.start : run.end]
    assert [run.start for run in body.runs] == sorted(run.start for run in body.runs)


@given(BODIES)
def test_a_body_is_made_again_from_its_pieces(body: Body) -> None:
    assert Body.of(body.pieces()) == body


@given(BODIES)
def test_a_body_comes_back_from_its_json(body: Body) -> None:
    again = Body.from_json(body.text, body.structure_json())
    assert again == body
    assert again.structure_json() == body.structure_json()


@given(BODIES, st.data())
def test_every_place_belongs_to_the_block_of_its_line(body: Body, data: st.DataObject) -> None:
    if not body.blocks:
        return
    position = data.draw(st.integers(0, len(body.text)))
    number = body.block_number(position)
    assert number == body.text.count("\n", 0, position)
    assert body.block_at(position) == body.blocks[number]
    assert body.blocks[number].start <= position <= body.blocks[number].end


@given(LINES, st.data())
def test_a_run_keeps_its_words_when_the_line_is_cleaned(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start - 1 : start + 1] == "\r\n" or text[end - 1 : end + 1] == "\r\n":
        return
    body = Body.of([Piece(text, runs=(Run(start, end, "strong"),))])
    assert "".join(body.text[run.start : run.end] for run in body.runs) == clean_line(text[start:end])


def test_an_image_is_one_mark_without_runs() -> None:
    body = Body.of(["before", Piece("what it shows", "image", {"alt": "a cat"}, (Run(0, 4, "strong"),)), "after"])
    assert body.text == f"before\n{IMAGE}\nafter"
    assert body.runs == ()
    assert body.blocks[1].attributes == {"alt": "a cat"}


def test_plain_strings_are_paragraphs() -> None:
    assert Body.of(["a", "", "b"]).blocks == (Block(0, 1), Block(2, 2), Block(3, 4))
    assert Body.of([]) == Body()


@pytest.mark.parametrize(
    ("text", "blocks", "runs"),
    [
        ("ab", (), ()),
        ("", (), (Run(0, 1, "strong"),)),
        ("ab", (Block(0, 1),), ()),
        ("ab", (Block(0, 3),), ()),
        ("ab", (Block(1, 2),), ()),
        ("ab", (Block(0, 1), Block(1, 2)), ()),
        ("a\nb", (Block(0, 3),), ()),
        ("a\nb", (Block(0, 1),), ()),
        ("a\nb", (Block(2, 3), Block(0, 1)), ()),
        ("ab", (Block(0, 2, "poem"),), ()),
        ("ab", (Block(0, 2),), (Run(0, 2, "blink"),)),
        ("ab", (Block(0, 2),), (Run(1, 1, "strong"),)),
        ("ab", (Block(0, 2),), (Run(-1, 2, "strong"),)),
        ("ab", (Block(0, 2),), (Run(0, 3, "strong"),)),
        ("ab", (Block(0, 2),), (Run(5, 6, "strong"),)),
        ("a\nb", (Block(0, 1), Block(2, 3)), (Run(0, 3, "strong"),)),
        ("a\nb", (Block(0, 1), Block(2, 3)), (Run(1, 2, "strong"),)),
        ("a\rb", (Block(0, 3),), ()),
        ("\ufeffa", (Block(0, 2),), ()),
        ("a\x00", (Block(0, 2),), ()),
        ("\ud83d", (Block(0, 1),), ()),
        ("a\ufffc", (Block(0, 2),), ()),
        ("ab", (Block(0, 2, "image"),), ()),
    ],
)
def test_a_structure_that_does_not_fit_is_refused(text: str, blocks: tuple[Block, ...], runs: tuple[Run, ...]) -> None:
    with pytest.raises(ValueError):
        Body(text, blocks, runs)


@pytest.mark.parametrize(
    "structure",
    [
        "",
        "no json",
        "null",
        "[]",
        "{}",
        '{"blocks": []}',
        '{"blocks": 3, "runs": []}',
        '{"blocks": [[0, 4]], "runs": []}',
        '{"blocks": [[0, 4, "paragraph", []], [5, 6]], "runs": []}',
        '{"blocks": [[0, Infinity, "paragraph", {}]], "runs": []}',
        '{"blocks": [[0, NaN, "paragraph", {}]], "runs": []}',
        '{"blocks": [[0, "x", "paragraph", {}]], "runs": []}',
        '{"blocks": [[0, 3, "paragraph", {}]], "runs": []}',
        "[" * 100_000,
    ],
)
def test_a_structure_from_elsewhere_that_cannot_be_read_is_refused(structure: str) -> None:
    with pytest.raises(ValueError):
        Body.from_json("text", structure)


def test_the_structure_is_written_as_documented() -> None:
    body = Body.of([Piece("Title", "heading", {"level": 2}), Piece("x é", runs=(Run(2, 3, "strong"),))])
    assert json.loads(body.structure_json()) == {
        "blocks": [[0, 5, "heading", {"level": 2}], [6, 9, "paragraph", {}]],
        "runs": [[8, 9, "strong", {}]],
    }
    assert "é" not in body.structure_json()


def test_real_articles_stand_as_they_are(shared) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        body = Body.of(lines)
        assert body.text == "\n".join(map(clean_line, lines))
        assert Body.from_json(body.text, body.structure_json()) == body


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("heading", {"level": "x"}, {}),
        ("heading", {"level": 99}, {"level": 6}),
        ("item", {"depth": -1, "ordered": True}, {"depth": 1, "ordered": True}),
        ("item", {"depth": True}, {}),
        ("cell", {"table": 0, "row": 2, "column": 10**9}, {"table": 0, "row": 2, "column": 999}),
        ("callout", {"label": ["a", {}]}, {}),
        ("callout", {"label": None, "mine": 1.5, "other": "kept"}, {"other": "kept"}),
    ],
)
def test_attributes_of_a_foreign_hand_are_brought_within_bounds(kind, given, kept):
    structure = json.dumps({"blocks": [[0, 4, kind, given]], "runs": []})
    assert Body.from_json("text", structure).blocks[0].attributes == kept
