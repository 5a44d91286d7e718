"""Two texts side by side: every line of both appears once, in order, and what is marked is what differs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.text.comparison import compare

OLD = "The ferry left at nine.\nNobody was hurt.\nThe harbour stayed closed until noon."
NEW = "The ferry left at ten.\nThe harbour stayed closed until noon.\nTickets are refunded."

WORDS = ("the", "ferry", "left", "at", "nine", "ten", "noon", "harbour", "closed", "é", "港")
line = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
text = st.lists(line, max_size=8).map("\n".join)


def words(text: str, side) -> list[str]:
    return [text[start:end] for start, end in side.differing]


def test_lines_that_belong_together_face_each_other():
    facing = compare(OLD, NEW)
    told = [
        (
            OLD[one.old.start : one.old.end] if one.old else None,
            NEW[one.new.start : one.new.end] if one.new else None,
        )
        for one in facing
    ]
    assert told == [
        ("The ferry left at nine.", "The ferry left at ten."),
        ("Nobody was hurt.", None),
        ("The harbour stayed closed until noon.", "The harbour stayed closed until noon."),
        (None, "Tickets are refunded."),
    ]
    assert [one.is_same() for one in facing] == [False, False, True, False]
    assert "".join(words(OLD, facing[0].old)).strip(".") in {"nine", "ni", "nie"}
    assert words(OLD, facing[1].old)[0].startswith("Nobody was hurt")


@given(text, text)
def test_every_line_of_both_appears_once_and_in_order(old, new):
    facing = compare(old, new)
    for whole, sides in ((old, [one.old for one in facing]), (new, [one.new for one in facing])):
        shown = [whole[side.start : side.end] for side in sides if side]
        assert shown == (whole.split("\n") if whole else [])
        assert all(side.start <= start < end <= side.end for side in sides if side for start, end in side.differing)


@given(text)
def test_a_text_faces_itself(text):
    assert all(one.is_same() for one in compare(text, text))
