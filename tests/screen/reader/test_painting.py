"""Highlights: exactly the passage is painted, whichever way its words run, and nothing is left when it is gone."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout

from app.model import Content
from app.text import graphemes
from app.text.body import Piece, Run
from tests.screen.reader.bodies import THEMES, article, content, highlight, mixed_bodies, spanned, spans_of
from ui.looks import Looks
from ui.reader.walking import WalkingPane

_GLYPHS = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
)


@pytest.fixture
def pane(looks, shown):
    made = WalkingPane(looks)
    shown(made, 800, 900)
    return made


@pytest.fixture(scope="module")
def still(qapp):
    """One pane for many examples."""
    qapp.setStyle("Fusion")
    looks = Looks("light")
    made = WalkingPane(looks)
    made.resize(700, 3000)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    looks.deleteLater()
    gc.collect()


def centres(pane, number):
    """Yield the code points of a block with the middle of their glyphs, as the layout drew them one by one."""
    scene = pane.view.scene
    block = scene.block(number)
    origin = pane.view.document().documentLayout().blockBoundingRect(block).topLeft()
    text = scene.body.text
    for point in range(scene.positions.starts[number], scene.positions.ends[number]):
        if (
            not graphemes.is_boundary(text, point)
            or not graphemes.is_boundary(text, point + 1)
            or text[point].isspace()
        ):
            continue
        unit, _ = scene.positions.inside(number, point, point + 1)
        line = block.layout().lineForTextPosition(unit)
        for run in line.glyphRuns(unit, 1, _GLYPHS):
            for position, advance in zip(
                run.positions(), run.rawFont().advancesForGlyphIndexes(run.glyphIndexes()), strict=True
            ):
                if advance.x() > 2:
                    middle = position.x() + advance.x() / 2
                    yield point, QPointF(origin.x() + middle, origin.y() + line.y() + line.height() / 2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_every_character_inside_is_painted_and_none_outside(still, data):
    body = data.draw(mixed_bodies)
    start, end = data.draw(spans_of(body.text).filter(lambda span: span[0] < span[1]))
    still.show_article(article(body), Content(body))
    still.show_highlights([spanned(body, (start, end))])
    wrong = []
    for number in range(len(body.blocks)):
        washed = [
            rect
            for wash in still.view.marks.plan(number).washes
            for rect, _ in still.view.scene.rects(wash.span, number)
        ]
        lined = [
            rect
            for line in still.view.marks.plan(number).underlines
            for rect, _ in still.view.scene.rects(line.span, number)
        ]
        for point, middle in centres(still, number):
            inside = start <= point < end
            painted = [any(rect.contains(middle) for rect in rects) for rects in (washed, lined)]
            if painted != [inside, inside]:
                wrong.append((point, body.text[point], inside))
    assert wrong == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_a_click_on_a_character_finds_what_lies_over_it(still, data):
    body = data.draw(mixed_bodies)
    marks = [
        spanned(body, span, uid=f"h{n}")
        for n, span in enumerate(data.draw(st.lists(spans_of(body.text), min_size=1, max_size=4)))
        if span[0] < span[1]
    ]
    still.show_article(article(body), Content(body))
    still.show_highlights(marks)
    still.view.verticalScrollBar().setValue(0)
    for number in range(len(body.blocks)):
        for point, middle in centres(still, number):
            over = {one.id for one in marks if one.start <= point < one.end}
            assert set(still.view.highlights_at(middle)) == over, (point, body.text[point])


TEXT = "The quick brown fox jumps over the lazy dog, and then it sleeps for the rest of a long and quiet day."


def test_a_highlight_that_is_gone_leaves_nothing(pane, qtbot):
    made = content(Piece("A heading", "heading"), TEXT, TEXT)
    pane.show_themes(THEMES)
    pane.show_article(article(made.body), made)
    standing = highlight(made.body, "quick brown fox", ("t1", "t2"), "one")
    pane.show_highlights([standing])
    before = pane.view.viewport().grab().toImage()
    pane.show_highlights([standing, highlight(made.body, "brown fox jumps over the lazy", ("t3",), "two")])
    assert pane.view.viewport().grab().toImage() != before
    pane.show_highlights([standing])
    assert pane.view.viewport().grab().toImage() == before


def pixel(pane, position, low=False):
    """Return the colour beside the letters of a code point, or of the line below them."""
    rect = pane.view.painted((position, position + 1))[0]
    image = pane.view.viewport().grab().toImage()
    return image.pixelColor(round(rect.center().x()), round(rect.bottom() + 1 if low else rect.top() + 1)).name()


def test_two_highlights_of_one_theme_are_no_darker_than_one(pane):
    made = content(TEXT)
    pane.show_themes(THEMES)
    pane.show_article(article(made.body), made)
    fox = made.body.text.index("fox")
    pane.show_highlights([highlight(made.body, "brown fox jumps", ("t1",), "one")])
    alone = pixel(pane, fox)
    pane.show_highlights([highlight(made.body, q, ("t1",), q) for q in ("brown fox jumps", "quick brown fox")])
    assert pixel(pane, fox) == alone
    pane.show_highlights(
        [
            highlight(made.body, "brown fox jumps", ("t1",), "one"),
            highlight(made.body, "quick brown fox", ("t2",), "two"),
        ]
    )
    assert pixel(pane, fox) != alone


def test_each_theme_has_a_line_of_its_own_and_at_most_three(pane):
    made = content(TEXT)
    pane.show_themes(THEMES)
    pane.show_article(article(made.body), made)
    pane.show_highlights(
        [
            highlight(made.body, "quick brown fox", ("t1", "t2"), "one"),
            highlight(made.body, "brown fox jumps", ("t2", "t3"), "two"),
            highlight(made.body, "fox jumps over", ("t4",), "three"),
        ]
    )
    lines = pane.view.marks.plan(0).underlines
    by_theme = {line.theme: line.span for line in lines}
    text = made.body.text
    assert text[slice(*by_theme["t2"])] == "quick brown fox jumps"
    assert {line.lane for line in lines} == {0, 1, 2}
    for one in lines:
        for other in lines:
            apart = one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
            assert one is other or one.lane != other.lane or apart


def test_no_theme_is_neutral(pane):
    made = content(TEXT)
    pane.show_themes(THEMES)
    pane.show_article(article(made.body), made)
    plain = pixel(pane, 8)
    pane.show_highlights([highlight(made.body, "quick brown", ())])
    assert pixel(pane, 8) not in (plain, "")
    pane.show_highlights([highlight(made.body, "quick brown", ("unknown",))])
    neutral = pixel(pane, 8)
    pane.show_highlights([highlight(made.body, "quick brown", ())])
    assert pixel(pane, 8) == neutral


def test_the_focused_one_is_stronger(pane):
    made = content(TEXT)
    pane.show_themes(THEMES)
    pane.show_article(article(made.body), made)
    pane.show_highlights([highlight(made.body, "quick brown")])
    before = pixel(pane, 8)
    pane.focus_highlight("h")
    assert pixel(pane, 8) != before
    pane.focus_highlight(None)
    assert pixel(pane, 8) == before


def test_search_hits_are_marked_and_the_current_one_differs(pane):
    made = content(TEXT)
    pane.show_article(article(made.body), made)
    plain = pixel(pane, 5)
    pane.show_hits([(4, 9), (10, 15)])
    assert pixel(pane, 5) == pixel(pane, 11) != plain
    pane.next_hit()
    assert pixel(pane, 5) != pixel(pane, 11)
    pane.next_hit()
    assert pane.hit() == 1
    pane.show_hits([])
    assert pixel(pane, 5) == plain


def test_hits_in_the_title_are_marked_to_the_character(pane):
    made = content(TEXT)
    pane.show_article(article(made.body, title="🛸 Drones, drones"), made)
    plain = pane.header.grab().toImage()
    pane.show_hits([], [(2, 8)])
    assert pane.header.hits() == ((2, 8),)
    marked = pane.header.grab().toImage()
    assert marked != plain
    pane.show_hits([], [(10, 16)])
    assert pane.header.grab().toImage() not in (plain, marked)
    pane.show_hits([], [])
    assert pane.header.grab().toImage() == plain


def test_hits_in_a_title_go_with_it(pane):
    made = content(TEXT)
    pane.show_article(article(made.body, title="Drones"), made)
    pane.show_hits([(4, 9)], [(0, 6)])
    pane.show_metadata(article(made.body, title="Kites"))
    assert pane.header.hits() == ()
    assert pane.hits() == ((4, 9),)


def test_the_same_hits_again_leave_the_reader_at_the_one_gone_to(pane, qtbot):
    made = content(TEXT)
    pane.show_article(article(made.body), made)
    pane.show_hits([(4, 9), (10, 15)])
    with qtbot.waitSignal(pane.hits_changed, timeout=50):
        pane.next_hit()
    pane.show_hits([(10, 15), (4, 9)])
    assert pane.hit() == 0


def test_what_is_emphasised_in_arabic_is_bold_and_not_in_italics(pane):
    shown = content(Piece("plain word and \u0641\u064a", runs=(Run(6, 10, "emphasis"), Run(15, 17, "emphasis"))))
    pane.show_article(article(shown.body), shown)
    cursor = pane.view.textCursor()
    looks_like = []
    for position in (1, 7, 16):
        cursor.setPosition(position)
        looks_like.append((cursor.charFormat().fontItalic(), cursor.charFormat().fontWeight()))
    assert looks_like == [(False, 400), (True, 400), (False, 600)]


@pytest.mark.parametrize(("words", "is_right"), [("Read this, too.", False), ("שלום לכולם", True)])
def test_the_bar_of_a_call_out_is_where_its_words_begin(pane, looks, words, is_right):
    made = content(Piece(words, "callout"))
    pane.show_article(article(made.body), made)
    middle = round(pane.view.painted((0, 1))[0].center().y())
    image = pane.view.viewport().grab().toImage()
    accent = looks.now.colour("accent").name()
    bar = [x for x in range(image.width()) if image.pixelColor(x, middle).name() == accent]
    assert {x > image.width() / 2 for x in bar} == {is_right}


def test_lines_of_themes_differ_in_more_than_colour_where_that_is_wished(pane):
    made = content(TEXT)
    pane.show_themes(THEMES)
    pane.show_article(article(made.body), made)
    words = {"t1": "quick brown", "t2": "jumps over", "t3": "and then it"}
    pane.show_highlights([highlight(made.body, quote, (theme,), theme) for theme, quote in words.items()])

    def lines():
        """Return where the line of each theme is drawn, pixel by pixel from its start."""
        image, found = pane.view.viewport().grab().toImage(), {}
        for line in pane.view.marks.plan(0).underlines:
            ((rect, base),) = pane.view.scene.rects(line.span, 0)
            ink = pane.view._looks.now.theme(pane.view.painter.colour(line.theme)).name()
            y = round(base + 19 * 0.26) + 1 - pane.view.offset()
            left = round(rect.left()) + 1
            found[line.theme] = [image.pixelColor(x, y).name() == ink for x in range(left, left + 50)]
        return found

    assert all(all(drawn) for drawn in lines().values())
    pane.tell_apart(True)
    apart = lines()
    assert all(apart["t1"])
    assert all(any(apart[theme]) and not all(apart[theme]) for theme in ("t2", "t3"))
    assert apart["t2"] != apart["t3"]
    kinds = [pane.view.painter.kind(theme.id) for theme in THEMES]
    pane.show_themes(THEMES[::-1])
    assert [pane.view.painter.kind(theme.id) for theme in THEMES] == kinds
    undigited = [replace(theme, digit=None) for theme in THEMES]
    pane.show_themes(undigited)
    kinds = [pane.view.painter.kind(theme.id) for theme in undigited]
    pane.show_themes(undigited[::-1])  # moved in their list
    assert [pane.view.painter.kind(theme.id) for theme in undigited] == kinds
    pane.tell_apart(False)
    assert all(all(drawn) for drawn in lines().values())
