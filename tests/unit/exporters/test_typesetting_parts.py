"""What a typeset document is made of: lines under marks, room in the margin, fonts, boxes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.exporters._box_font import FAMILY, box_font
from app.exporters._flow import flow, items, rows
from app.exporters._fonts import SANS, SERIF, fonts_for
from app.exporters._glyphs import characters
from app.exporters._manuscript import Manuscript
from app.exporters._margins import GAP, LONGEST, Anchor, Margin, placed
from app.exporters._outline import OUTLINED
from app.exporters._paper import Paper
from app.text.body import Body, Piece, Run

SPANS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=5)


@given(data=st.data(), drawn=SPANS)
def test_lines_hold_every_letter_and_each_mark_begins_and_ends_once(made, data, drawn):
    lines = data.draw(made.lines)
    kinds = data.draw(st.lists(st.sampled_from(("strong", "link", "code", "superscript")), max_size=3))
    runs = tuple(Run(place, len(lines[0]), kind) for place, kind in enumerate(kinds) if place < len(lines[0]))
    body = Body.of([Piece(lines[0], runs=runs), *lines[1:]])
    spans = [(min(a, len(body.text)), min(b, len(body.text))) for a, b in drawn if a < b]
    sections = list(flow(body, spans))
    of = [line for section in sections for line in section.lines]
    assert "\n".join(line.text for line in of) == body.text
    stretches = [stretch for line in of for stretch in line.stretches]
    for mark, (start, end) in enumerate(spans):
        words = body.text[start:end].replace("\n", "")
        assert "".join(one.text for one in stretches if mark in one.marks) == words
        assert [mark in one.marks for one in stretches if mark in one.begins] == [True] * bool(words)
        assert sum(mark in one.ends for one in stretches) == bool(words)


def test_lists_nest_without_skipping_and_tables_are_full():
    body = Body.of(
        [Piece("a", "item", {"depth": 1}), Piece("b", "item", {"depth": 4}), Piece("c", "item", {"depth": 1})]
    )
    (section,) = flow(body)
    (one,) = items(section.lines)
    assert [(line.text, [inner.items[0][0].text for inner in below]) for line, below in one.items] == [
        ("a", ["b"]), ("c", []),
    ]  # fmt: skip
    cells = [
        Piece(t, "cell", {"table": 0, "row": r, "column": c}) for t, r, c in (("x", 0, 1), ("y", 2, 0), ("z", 2, 0))
    ]
    (table,) = flow(Body.of(cells))
    assert [[[line.text for line in cell] for cell in row] for row in rows(table.lines)] == [
        [[], ["x"]],
        [["y", "z"], []],
    ]


HEIGHTS = st.floats(5, 300)


@given(notes=st.lists(st.tuples(st.floats(40, 800), HEIGHTS), min_size=1, max_size=30))
def test_notes_stay_on_the_page_in_order_and_never_overlap(notes):
    top, bottom = 50.0, 780.0
    anchors = [Anchor(number, 3, place, height) for number, (place, height) in enumerate(notes)]
    ((page, (scale, found)),) = placed(anchors, top, bottom).items()
    assert page == 3
    assert sorted(number for number, _ in found) == list(range(len(notes)))
    heights = [notes[number][1] * scale for number, _ in found]
    places = [place for _, place in found]
    assert min(places) >= top
    assert places[-1] + heights[-1] <= bottom + 0.01
    for number in range(1, len(found)):
        assert places[number] >= places[number - 1] + heights[number - 1] + GAP * scale - 0.01
    needed = sum(height for _, height in notes) + GAP * (len(notes) - 1)
    assert (scale == 1) == (needed <= bottom - top)


@given(sections=st.lists(st.tuples(st.floats(10, 200), st.lists(HEIGHTS, max_size=6)), max_size=40))
def test_what_goes_into_the_margin_is_hardly_more_than_the_text_beside_it(sections):
    margin = Margin()
    taken = beside = 0.0
    for height, notes in sections:
        fit = margin.fitting(height, notes)
        assert not any(fits and note > LONGEST for fits, note in zip(fit, notes, strict=True))
        beside += height + sum(note for fits, note in zip(fit, notes, strict=True) if not fits)
        taken += sum(note + GAP for fits, note in zip(fit, notes, strict=True) if fits)
        assert taken <= beside + 60.01


@given(data=st.data(), drawn=SPANS)
def test_every_text_goes_into_the_document_as_data(made, data, drawn):
    lines = [line for line in data.draw(made.lines) if line.strip()] or ["https://example.org/" + "long/" * 30]
    text = "\n".join(lines)
    spans = [(min(a, len(text)), min(b, len(text))) for a, b in drawn if a < b <= len(text)]
    theme = made.theme("War")
    item = made.article(lines, [(span, [theme], "Said.") for span in spans])
    options = {option.key: option.default for option in OUTLINED}
    manuscript = Manuscript(made.bundle(item, themes=[theme]), options, Paper("a4", "medium", in_margin=True))
    (blocks,) = [part["blocks"] for part in manuscript.parts() if part["k"] == "text"]
    words = [
        [one if isinstance(one, str) else one["t"] for one in block["i"] if not isinstance(one, int)]
        for block in blocks
    ]
    assert ["".join(line) for line in words] == lines
    placed_there = [one for block in blocks for one in block["i"] if isinstance(one, int)]
    below = [number for block in blocks for number in block.get("n", ())]
    assert len(manuscript.notes) == len(placed_there) + len(below)


def test_latin_letters_need_no_font_of_the_machine():
    fonts = fonts_for(frozenset("Ünïçødé “quotes” – Ωж fi"))
    assert fonts.serif[0] == SERIF
    assert fonts.sans[:2] == (SANS, SERIF)
    assert len(fonts.files) == 12
    assert fonts.missing == ""
    assert all("font_source" in str(path) and path.exists() for path in fonts.files)


@given(st.text(st.characters(min_codepoint=0x21, exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_a_font_of_boxes_has_what_it_was_made_for(words):
    font = box_font(words)
    assert font == box_font(words[::-1])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "boxes.ttf"
        place.write_bytes(font)
        assert characters(place) == frozenset(map(ord, words))


def test_boxes_are_known_by_their_family(tmp_path):
    (tmp_path / "boxes.ttf").write_bytes(box_font("和谈👩"))
    asked = "import sys, typst; print(typst.Fonts(False, False, [sys.argv[1]]).families())"
    said = subprocess.run([sys.executable, "-c", asked, tmp_path], capture_output=True, text=True, check=True).stdout
    assert FAMILY in said


def test_a_file_that_is_no_font_has_no_characters(tmp_path):
    for number, data in enumerate((b"", b"ttcf", b"\0\1\0\0\0\xff" + b"\0" * 40, b"OTTO" + b"\xff" * 100)):
        (tmp_path / f"{number}.ttf").write_bytes(data)
        assert characters(tmp_path / f"{number}.ttf") == frozenset()
