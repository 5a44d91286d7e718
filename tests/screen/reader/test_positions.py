"""Code points and units: the document holds the text to the letter, and every place of one is a place of the other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from app.text.body import Body, Piece
from tests.screen.reader.bodies import bodies, spans_of
from ui.reader.render import OURS, render
from ui.reader.typography import Typography


@pytest.fixture(scope="module")
def look(qapp):
    from ui.looks import Looks

    return Looks("light").now


def rendered(body, look):
    return render(body, look, Typography(), 560, 120)


@given(body=bodies)
def test_the_documents_blocks_are_the_texts_lines(look, body):
    made = rendered(body, look)
    ours, block = [], made.document.begin()
    while block.isValid():
        if block.userState() == OURS:
            ours.append(block.text())
        else:
            assert block.text() == ""
        block = block.next()
    assert ours == [body.text[block.start : block.end] for block in body.blocks]
    for number, block in enumerate(body.blocks):
        assert made.document.findBlock(made.positions.units[number]).text() == body.text[block.start : block.end]


@given(body=bodies)
def test_every_code_point_has_a_unit_of_its_own(look, body):
    positions = rendered(body, look).positions
    units = [positions.to_units(point) for point in range(len(body.text) + 1)]
    assert all(one < other for one, other in pairwise(units)) or not body.blocks
    if body.blocks:
        assert [positions.to_points(unit) for unit in units] == list(range(len(body.text) + 1))


@given(body=bodies)
def test_every_unit_is_somewhere_in_the_text(look, body):
    made = rendered(body, look)
    points = [made.positions.to_points(unit) for unit in range(-1, made.document.characterCount() + 2)]
    assert points == sorted(points)
    assert all(0 <= point <= len(body.text) for point in points)


@given(data=st.data())
def test_what_is_selected_is_what_the_span_says(look, data):
    body = data.draw(bodies.filter(lambda body: body.text))
    made = rendered(body, look)
    block = data.draw(st.sampled_from(body.blocks))
    start, end = data.draw(spans_of(body.text[block.start : block.end]))
    cursor = QTextCursor(made.document)
    cursor.setPosition(made.positions.to_units(block.start + start))
    cursor.setPosition(made.positions.to_units(block.start + end), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == body.text[block.start + start : block.start + end]


def test_in_the_middle_of_a_wide_character_is_before_it(look):
    positions = rendered(Body.of(["a😀b"]), look).positions
    assert [positions.to_points(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_blocks_of_a_span(look):
    body = Body.of(["one", "", "three", Piece("four", "cell", {"table": 0, "row": 0, "column": 0})])
    positions = rendered(body, look).positions
    assert list(positions.blocks(0, 3)) == [0]
    assert list(positions.blocks(0, 4)) == [0]
    assert list(positions.blocks(2, 6)) == [0, 1, 2]
    assert list(positions.blocks(4, 4)) == [1]
    assert list(positions.blocks(5, len(body.text))) == [2, 3]


def test_an_empty_body_has_no_places(look):
    made = rendered(Body(), look)
    assert (made.positions.to_units(5), made.positions.to_points(5), list(made.positions.blocks(0, 9))) == (0, 0, [])


def test_cells_out_of_order_are_no_table_but_all_there(look):
    cells = [Piece(f"{n}", "cell", {"table": 0, "row": row, "column": 0}) for n, row in enumerate([3, 1, 10**9, -1])]
    body = Body.of([*cells, Piece("odd", "cell", {"table": "x", "row": "y"})])
    made = rendered(body, look)
    assert [made.document.findBlock(unit).text() for unit in made.positions.units] == ["0", "1", "2", "3", "odd"]
