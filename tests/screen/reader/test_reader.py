"""The reader through its public door: what is selected, marked, gone to and told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.model import LeftOut
from app.text.body import Body, Piece, Run
from tests.screen.reader.bodies import THEMES, article, content, highlight, told
from ui.reader.left_out import LeftOutBox
from ui.reader.reader import Reader
from ui.reader.render import GUTTER
from ui.reader.typography import Typography

FIRST = "The quick brown fox jumps over the lazy dog. It sleeps, and nobody minds it at all."
SECOND = "A second paragraph stands here; it has two sentences. This is the second of them."
LONG = [
    f"Paragraph {n}. " + "Words upon words fill these lines until they are long enough to wrap. " * 4 for n in range(60)
]


@pytest.fixture
def reader(looks, shown):
    made = Reader(looks)
    shown(made, 900, 700)
    made.show_themes(THEMES)
    return made


def opened(reader, *pieces, left_out=(), highlights=(), position=0):
    made = content(*(pieces or (FIRST, SECOND)), left_out=left_out)
    reader.show_article(article(made.body), made, position=position)
    reader.show_highlights([highlight(made.body, *one) if isinstance(one, tuple) else one for one in highlights])
    QApplication.processEvents()
    return made.body


def spot(reader, position, *, after=False):
    """Return the point of the viewport before (or after) a character."""
    rect = reader.view.painted((position, position + 1))[0]
    return QPoint(round(rect.right() - 1 if after else rect.left() + 1), round(rect.center().y()))


def drag(qtbot, reader, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    port = reader.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, modifier, spot(reader, start))
    qtbot.mouseMove(port, spot(reader, (start + end) // 2))
    qtbot.mouseMove(port, spot(reader, end - 1, after=True))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, modifier, spot(reader, end - 1, after=True))


def test_a_selection_by_mouse_grows_to_whole_words(reader, qtbot):
    body = opened(reader)
    start = body.text.index("uick")
    drag(qtbot, reader, start, body.text.index("x jumps"))
    assert body.text[slice(*reader.selection())] == "quick brown fox"
    assert reader.bar.isVisible()


@pytest.fixture
def marker(reader):
    reader.highlight_wished.connect(reader.highlight_plain)
    reader.take_highlighter(True)
    return told(reader.plain_wished)


def test_with_the_highlighter_what_the_mouse_selects_is_marked_at_once(reader, marker, qtbot):
    body = opened(reader)
    span = body.text.index("quick"), body.text.index(" jumps")
    drag(qtbot, reader, *span)
    assert marker == [(span,)]
    assert not reader.bar.isVisible()
    reader.escape()
    assert not reader.has_highlighter()
    drag(qtbot, reader, *span)
    assert len(marker) == 1
    assert reader.bar.isVisible()


@pytest.fixture
def slow_clicks():
    usual = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(60_000)
    yield
    QApplication.setDoubleClickInterval(usual)


def press(qtbot, reader, position):
    qtbot.mousePress(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(reader, position))
    qtbot.mouseRelease(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(reader, position))


def double_click(qtbot, reader, position):
    press(qtbot, reader, position)
    qtbot.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(reader, position))
    qtbot.mouseRelease(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(reader, position))


def test_with_the_highlighter_three_clicks_mark_the_paragraph_alone(reader, marker, slow_clicks, qtbot):
    body = opened(reader)
    double_click(qtbot, reader, body.text.index("quick"))
    press(qtbot, reader, body.text.index("quick"))
    assert marker == [((0, len(FIRST)),)]


def test_with_the_highlighter_two_clicks_mark_the_word_once_no_third_one_can_follow(reader, marker, qtbot):
    body = opened(reader)
    double_click(qtbot, reader, body.text.index("quick"))
    qtbot.waitUntil(lambda: bool(marker))
    assert [body.text[slice(*span)] for (span,) in marker] == ["quick"]


def test_a_word_is_marked_when_the_next_click_is_elsewhere(reader, marker, slow_clicks, qtbot):
    body = opened(reader)
    double_click(qtbot, reader, body.text.index("quick"))
    drag(qtbot, reader, body.text.index("second"), body.text.index(" stands"))
    assert [body.text[slice(*span)] for (span,) in marker] == ["quick", "second paragraph"]


def test_with_alt_it_stays_as_it_was_made(reader, qtbot):
    body = opened(reader)
    start, end = body.text.index("uick"), body.text.index("x jumps")
    drag(qtbot, reader, start, end, Qt.KeyboardModifier.AltModifier)
    assert reader.selection() == (start, end)


def test_where_selections_stay_as_made_alt_lets_them_grow(reader, qtbot):
    body = opened(reader)
    reader.view.snaps = False
    start, end = body.text.index("uick"), body.text.index("x jumps")
    drag(qtbot, reader, start, end)
    assert reader.selection() == (start, end)
    reader.view.deselect()
    qtbot.wait(QApplication.doubleClickInterval())
    drag(qtbot, reader, start, end, Qt.KeyboardModifier.AltModifier)
    assert body.text[slice(*reader.selection())] == "quick brown fox"


def test_a_theme_goes_on_the_selection(reader, qtbot):
    body = opened(reader)
    wishes = told(reader.mark_wished)
    drag(qtbot, reader, 4, 15)
    reader.put_theme("t1")
    assert wishes == [((4, 15), "t1")]
    assert body.text[4:15] == "quick brown"
    assert reader.selection() is None


def test_the_same_words_again_are_no_twin(reader, qtbot):
    opened(reader, highlights=[("quick brown", ("t1",))])
    marks, themes = told(reader.mark_wished), told(reader.retheme_wished)
    drag(qtbot, reader, 4, 15)
    reader.put_theme("t2")
    drag(qtbot, reader, 4, 15)
    reader.put_theme("t1")
    assert marks == []
    assert themes == [("h", ("t2",), ()), ("h", (), ("t1",))]


def test_two_keys_in_a_row_make_one_highlight_with_both(reader, qtbot):
    body = opened(reader)
    marks, themes = told(reader.mark_wished), told(reader.retheme_wished)
    drag(qtbot, reader, 4, 15)
    reader.put_theme("t1")
    reader.put_theme("t2")
    reader.marked("h")
    reader.show_highlights([highlight(body, "quick brown", ("t1",))])
    assert (len(marks), themes) == (1, [("h", ("t2",), ())])
    assert reader.focused() == "h"


def test_paragraphs_by_key(reader):
    body = opened(reader, FIRST, Piece("", "rule"), SECOND)
    wishes = told(reader.mark_wished)
    reader.next_paragraph()
    reader.next_paragraph()
    reader.put_theme("t3")
    assert wishes == [((body.blocks[2].start, body.blocks[2].end), "t3")]


def test_sentences_by_key(reader):
    body = opened(reader)
    reader.extend_sentence(forward=True)
    assert body.text[slice(*reader.selection())] == "The quick brown fox jumps over the lazy dog."
    reader.extend_sentence(forward=True)
    assert body.text[slice(*reader.selection())] == FIRST
    reader.extend_sentence(forward=True)
    reader.extend_sentence(forward=False)
    reader.extend_sentence(forward=False)
    assert body.text[slice(*reader.selection())] == "The quick brown fox jumps over the lazy dog."


def test_a_click_focuses_the_shortest_and_e_goes_on(reader, qtbot):
    body = opened(reader)
    reader.show_highlights([highlight(body, "brown fox", ("t1",), "short"), highlight(body, FIRST, ("t2",), "long")])
    focus = told(reader.focus_changed)
    qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(reader, body.text.index("fox")))
    assert (reader.focused(), reader.card.isVisible()) == ("short", True)
    reader.cycle()
    reader.cycle()
    assert [one for (one,) in focus] == ["short", "long", "short"]
    reader.escape()
    reader.escape()
    assert reader.focused() is None


def test_highlights_by_key(reader):
    body = opened(reader)
    reader.show_highlights([highlight(body, "second paragraph", uid="b"), highlight(body, "fox", uid="a")])
    reader.next_highlight()
    assert reader.focused() == "a"
    reader.next_highlight()
    reader.next_highlight()
    assert reader.focused() == "b"
    reader.previous_highlight()
    assert reader.focused() == "a"


def test_what_is_walked_to_is_said(reader):
    body = opened(reader)
    reader.show_highlights([highlight(body, "fox", ("t1", "t3"), note="A *quick* one")])
    start = body.text.index("two")
    reader.show_hits([(start, start + 3)])
    said = told(reader.came_to)
    reader.next_highlight()
    reader.next_paragraph()
    reader.next_hit()
    assert [one for (one,) in said] == [
        "“fox”, Escalation, Drones, note: A *quick* one",
        SECOND,
        "A second paragraph stands here; it has two sentences.",
    ]


def test_at_the_last_highlight_the_key_brings_it_into_sight_again(reader):
    body = opened(reader, *(f"Line {number} of many lines." for number in range(300)))
    reader.show_highlights([highlight(body, "Line 9 of many", uid="only")])
    reader.next_highlight()
    bar = reader.view.verticalScrollBar()
    for key in (reader.next_highlight, reader.previous_highlight):
        bar.setValue(bar.maximum())
        key()
        assert reader.focused() == "only"
        assert reader.position() <= body.text.index("Line 9 of many")


def test_ends_move_by_words(reader):
    body = opened(reader, highlights=[("brown fox", ("t1",))])
    moves = told(reader.move_wished)
    reader.focus_highlight("h")
    reader.nudge("start", -1)
    reader.nudge("end", 1)
    reader.nudge("end", -1)
    reader.nudge("start", 5)
    said = [body.text[slice(*span)] for _, span in moves]
    assert said == ["quick brown fox", "quick brown fox jumps", "quick brown fox", "fox"]


def test_what_is_gone_loses_the_focus(reader):
    opened(reader, highlights=[("brown fox", ("t1",))])
    reader.focus_highlight("h")
    focus = told(reader.focus_changed)
    reader.show_highlights([])
    assert (reader.focused(), focus) == (None, [(None,)])


def test_copying_is_to_the_letter(reader, qtbot):
    text = "no\u00a0break – 😀 “quotes” and <b>tags</b> & more"
    body = opened(reader, text, SECOND)
    reader.view.selectAll()
    data = reader.view.createMimeDataFromSelection()
    assert (data.formats(), data.text()) == (["text/plain"], body.text)
    reader.view.setFocus()
    qtbot.keyClick(reader.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == body.text


def test_left_out_pieces_stand_in_place_and_are_never_selected(reader, qtbot):
    pieces = (LeftOut("share", "Share this with everybody", 1),)
    body = opened(reader, left_out=pieces)
    assert not reader.view.viewport().findChildren(QPushButton)
    reader.show_left_out(True)
    QApplication.processEvents()
    buttons = [one for one in reader.view.viewport().findChildren(QPushButton) if one.isVisible()]
    assert len(buttons) == 1
    reader.view.selectAll()
    assert reader.selection() == (0, len(body.text))
    assert reader.view.createMimeDataFromSelection().text() == body.text
    wishes = told(reader.keep_wished)
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    assert wishes == [(0,)]
    reader.show_left_out(False)
    assert reader.shows_left_out() is False


def test_the_place_is_kept_when_everything_changes(reader, looks):
    body = opened(reader, *LONG)
    place = body.blocks[30].start
    opened(reader, *LONG, position=place)
    assert reader.position() == place
    for change in (
        lambda: reader.set_typography(Typography(px=25)),
        lambda: looks.choose("dark"),
        lambda: reader.resize(430, 600),
        lambda: reader.set_typography(Typography(px=15, measure=50, family="sans")),
        lambda: reader.resize(1200, 900),
    ):
        change()
        QApplication.processEvents()
        assert reader.position() == place


@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_selected_stays_selected_when_it_is_set_in_another_way(reader, looks, qtbot, backwards):
    opened(reader, *LONG)
    reader.view.select((3, 40), backwards=backwards)
    qtbot.waitUntil(reader.bar.isVisible)
    for change in (lambda: looks.choose("dark"), lambda: reader.set_typography(Typography(px=25))):
        change()
        assert reader.selection() == (3, 40)
        assert (reader.view.textCursor().position() < reader.view.textCursor().anchor()) is backwards
        qtbot.waitUntil(reader.bar.isVisible)


def test_only_the_readers_own_scrolling_counts(reader, qtbot, monkeypatch):
    body = opened(reader, *LONG)
    kept = told(reader.position_changed)
    reader.go_to((body.blocks[40].start, body.blocks[40].end))
    reader.show_nothing()
    assert kept == []
    body = opened(reader, *LONG)
    reader.view.verticalScrollBar().setValue(900)
    here = reader.position()
    reader.go_to((body.blocks[50].start, body.blocks[50].end))
    assert reader.position() != here
    reader.show_nothing()
    assert kept == [(here,)]


def test_what_is_gone_to_can_be_seen(reader):
    body = opened(reader, *LONG)
    for number in (59, 3, 30):
        span = body.blocks[number].start, body.blocks[number].end
        reader.go_to(span)
        assert reader.view.rect().contains(reader.view.span_rect(span).topLeft())


def test_finding_words(reader, qtbot):
    body = opened(reader, "It’s here. IT'S there. Its.", SECOND)
    reader.show_hits([(0, 4)])
    reader.open_find()
    qtbot.keyClicks(reader.finding.bar.field, "it's")
    assert [body.text[slice(*span)] for span in reader.hits()] == ["It’s", "IT'S"]
    reader.escape()
    assert not reader.finding.bar.isVisible()
    assert reader.hits() == ((0, 4),)


@pytest.mark.parametrize(("text", "side"), [("\u0641\u064a (2)", 1), ("Read (2)", 0)])
def test_a_left_out_piece_stands_on_its_own_side(looks, shown, text, side):
    page = shown(QWidget(), 300, 60)
    box = LeftOutBox(looks, 0, LeftOut("promotion", text, 0), "", page)
    box.setGeometry(page.rect())
    box.show()
    picture, look = box.grab().toImage(), looks.now
    paper = look.colour("paper").name()
    inked = [x for x in range(5, 295) if any(picture.pixelColor(x, y).name() != paper for y in range(36, 52))]
    assert inked[0] > 150 if side else inked[-1] < 150


def test_words_are_found_again_when_the_text_changes(reader, qtbot):
    opened(reader, "A ferry.", "Left out: a ferry.", "The last ferry.")
    reader.open_find()
    qtbot.keyClicks(reader.finding.bar.field, "ferry")
    body = opened(reader, "A ferry.", "The last ferry.")
    reader.show_hits([(0, 1)])
    assert [body.text[slice(*span)] for span in reader.hits()] == ["ferry", "ferry"]
    assert "0 of 2" in [one.text() for one in reader.finding.bar.findChildren(QLabel)]
    qtbot.keyClick(reader.finding.bar.field, Qt.Key.Key_Return)
    assert reader.hit() == 0
    reader.escape()
    assert reader.hits() == ((0, 1),)


def test_the_header_says_what_is_known_and_how(reader, qtbot):
    from app.model import Origin

    made = content(FIRST)
    reader.show_article(article(made.body, byline="Ann <b>Lee</b>", origins={"byline": Origin.DERIVED}), made)
    byline = reader.header._values["byline"]
    assert (byline.text(), byline.derived, byline.toolTip()) == ("By Ann <b>Lee</b>", True, "derived from the text")
    assert reader.header._values["published"].text() == "undated"
    wishes = told(reader.edit_wished)
    qtbot.mouseClick(byline, Qt.MouseButton.LeftButton)
    assert wishes == [("byline",)]


def test_the_header_is_above_the_text_and_scrolls_with_it(reader):
    title = "An endless title " * 20 + "x" * 300
    made = content(*LONG)
    reader.show_article(article(made.body, title=title), made)
    QApplication.processEvents()
    top = reader.view.painted((0, 1))[0].top()
    assert reader.header.geometry().bottom() <= top
    reader.view.verticalScrollBar().setValue(200)
    assert reader.header.y() == -200


def test_the_numbers_of_paragraphs_stand_in_the_margin_beside_them(reader):
    body = opened(reader, FIRST, Piece("", "rule"), SECOND)
    port = reader.view.viewport()
    plain = port.grab().toImage()
    reader.set_typography(Typography(numbers=True))
    QApplication.processEvents()
    numbered = port.grab().toImage()
    rest = port.rect().adjusted(GUTTER, 0, 0, 0)
    assert numbered.copy(rest) == plain.copy(rest)
    inked = [y for y in range(port.height()) for x in range(GUTTER) if numbered.pixel(x, y) != plain.pixel(x, y)]
    lines = [reader.view.painted((block.start, block.start + 1))[0] for block in (body.blocks[0], body.blocks[2])]
    assert all(any(line.top() <= y <= line.bottom() for y in inked) for line in lines)
    assert all(any(line.top() <= y <= line.bottom() for line in lines) for y in inked)


def test_each_cell_has_its_number_and_large_numbers_keep_to_the_margin(reader):
    cells = [Piece(word, "cell", {"table": 0, "row": 0, "column": place}) for place, word in enumerate(("Ann", "Hull"))]
    body = opened(reader, *[Piece("", "rule")] * 1200, *cells)
    port, bar = reader.view.viewport(), reader.view.verticalScrollBar()
    images = []
    for numbers in (False, True):
        reader.set_typography(Typography(numbers=numbers))
        QApplication.processEvents()
        bar.setValue(bar.maximum())
        QApplication.processEvents()
        images.append(port.grab().toImage())
    plain, numbered = images
    left, right = (reader.view.painted((block.start, block.start + 1))[0] for block in body.blocks[-2:])
    rows = range(round(right.top()) - 8, round(right.bottom()))
    inked = [x for y in rows for x in range(port.width()) if numbered.pixel(x, y) != plain.pixel(x, y)]
    assert any(x < left.left() for x in inked)
    assert any(x >= right.left() for x in inked)
    assert min(inked) > reader.header.x() - GUTTER


def test_links_are_told_and_never_opened(reader, qtbot):
    body = Body.of([Piece("Go to the source now.", runs=(Run(10, 16, "link", {"address": "file:///etc/passwd"}),))])
    from app.model import Content

    reader.show_article(article(body), Content(body))
    QApplication.processEvents()
    links = told(reader.link_wished)
    qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(reader, 12))
    assert links == [("file:///etc/passwd",)]
    assert reader.view.scene.body is body


def test_nothing_is_loaded(reader, tmp_path):
    opened(reader)
    path = tmp_path / "x.css"
    path.write_text("x")
    images, sheets = QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource
    assert reader.view.loadResource(images.value, str(path)).isNull()
    assert reader.view.loadResource(sheets.value, str(path)) == ""


def test_brackets_have_names_that_never_collide(reader):
    body = opened(reader)
    reader.show_highlights(
        [highlight(body, "quick brown fox", ("t1", "t2", "t3"), "a"), highlight(body, "fox jumps", ("t4",), "b")]
    )
    names = [stripe.name for stripe in reader.stripes.stripes()]
    assert len(names) == 4
    assert all(other - one >= 17 for one, other in zip(sorted(names), sorted(names)[1:], strict=False))
    reader.resize(640, 700)
    QApplication.processEvents()
    assert [stripe.name for stripe in reader.stripes.stripes()] in ([None] * 4, [])
    reader.resize(420, 700)
    QApplication.processEvents()
    assert reader.stripes.stripes() == ()


def test_a_bracket_focuses_its_highlight(reader, qtbot):
    body = opened(reader)
    reader.show_highlights([highlight(body, "quick brown fox", ("t1",), "a")])
    stripe = reader.stripes.stripes()[0]
    middle = QPoint(10 + stripe.lane * 7, round((stripe.top + stripe.bottom) / 2))
    qtbot.mouseMove(reader.stripes, middle)
    qtbot.mouseClick(reader.stripes, Qt.MouseButton.LeftButton, pos=middle)
    assert reader.focused() == "a"


def test_an_empty_article_and_no_article(reader):
    for made in (Body(), Body.of([""]), Body.of([Piece("", "image")]), Body.of([Piece("", "rule")])):
        from app.model import Content

        reader.show_article(article(made), Content(made))
        QApplication.processEvents()
        reader.grab()
        for deed in (reader.next_paragraph, reader.previous_paragraph, reader.next_highlight, reader.cycle,
                     reader.write_note, reader.pick_theme, reader.highlight_plain, reader.copy_citation,
                     reader.clear_themes, reader.delete_highlight, reader.search_selection, reader.escape):  # fmt: skip
            deed()
        reader.put_theme("t1")
        reader.extend_sentence(forward=True)
        reader.go_to((0, 0))
        reader.picker.hide()
    reader.show_nothing()
    reader.grab()
    reader.put_theme("t1")
    assert (reader.current_article(), reader.position(), reader.selection()) == (None, 0, None)


def test_ticks_stand_where_the_highlights_are(reader, qtbot):
    body = opened(reader, *LONG)
    reader.show_highlights(
        [highlight(body, "Paragraph 1.", uid="a"), highlight(body, "Paragraph 45.", ("t1", "t2"), "b")]
    )
    qtbot.waitUntil(lambda: len(reader.view.bar.ticks()) == 2)
    first, second = reader.view.bar.ticks()
    assert first.share < 0.1 < 0.6 < second.share < 0.9
    assert len(second.colours) == 2


def test_the_mouse_wheel_over_the_brackets_scrolls(reader, qtbot):
    from PySide6.QtGui import QWheelEvent

    opened(reader, *LONG)
    event = QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(reader.stripes, event)
    assert reader.view.verticalScrollBar().value() > 0


def test_a_movement_ends_where_the_card_opens(reader):
    body = opened(reader, *LONG)
    reader.show_highlights([highlight(body, "Paragraph 45.", ("t1",), "far")])
    reader.set_motion(True)
    reader.open_note("far")
    assert reader.card.isVisible()
    assert reader.view.span_rect((body.blocks[45].start, body.blocks[45].start + 9)).isValid()


def test_pieces_of_a_paragraph_can_be_left_out_from_the_menu(reader, qtbot):
    body = opened(reader)
    wishes = told(reader.leave_out_wished)
    point = reader.view.viewport().mapToGlobal(spot(reader, body.blocks[1].start + 5))
    menu = reader._open_menu(point, body.blocks[1].start + 5)
    action = next(action for action in menu.actions() if action.text() == "Leave this out")
    action.trigger()
    menu.close()
    assert wishes == [(1,)]


def test_the_share_read_is_that_of_the_text_at_once(reader, qtbot):
    made = content(*LONG)
    reader.show_article(article(made.body), made)
    assert reader.share_read() == 0.0
    QApplication.processEvents()
    assert reader.share_read() == 0.0
    reader.show_article(article(made.body), made, position=len(made.body.text) // 2)
    assert 0.45 < reader.share_read() < 0.6
    bar = reader.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: reader.view.verticalScrollBar().value() == reader.view.verticalScrollBar().maximum())
    assert reader.share_read() == 1.0
    opened(reader, FIRST)
    assert reader.share_read() == 1.0  # all of it is in sight


def test_the_caret_shows_when_the_keyboard_moves_it(reader, qtbot):
    opened(reader)
    reader.view.setFocus()
    assert reader.view.cursorWidth() == 0
    qtbot.keyClick(reader.view, Qt.Key.Key_Right)
    assert reader.view.cursorWidth() > 0
    drag(qtbot, reader, 4, 15)
    assert reader.view.cursorWidth() == 0


def test_what_was_taken_back_is_no_longer_told(reader, qtbot):
    body = opened(reader)
    drag(qtbot, reader, 4, 15)
    reader.put_theme("t1")
    reader.marked("h")
    reader.show_highlights([highlight(body, "quick brown", ("t1",))])
    assert reader.bar.is_done()
    reader.show_highlights([])
    assert not reader.bar.isVisible()


def test_an_article_that_comes_or_goes_is_told(reader):
    told_of = told(reader.came_and_went)
    opened(reader)
    opened(reader, SECOND)
    assert len(told_of) == 1
    reader.show_nothing()
    assert len(told_of) == 2


@pytest.mark.parametrize("deed", ["write_note", "pick_theme", "highlight_plain", "copy_citation", "delete_highlight"])
def test_a_key_that_means_nothing_is_told(reader, deed):
    opened(reader)
    missing = told(reader.nothing_meant)
    getattr(reader, deed)()
    reader.put_theme("a")
    assert missing == [(), ()]
    reader.next_paragraph()
    reader.copy_citation()
    assert missing == [(), ()]


def test_the_beginning_is_the_head_above_the_text(reader, qtbot):
    opened(reader, *LONG)
    reader.go_to((4000, 4010))
    QApplication.processEvents()
    qtbot.keyClick(reader.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert reader.view.offset() == 0


def test_under_a_title_that_fills_the_window_nothing_is_read_yet(looks, shown, qtbot):
    low = shown(Reader(looks), 400, 180)
    made = content(*LONG)
    low.show_article(article(made.body, title="A title that goes on and on. " * 12), made)
    QApplication.processEvents()
    assert low.position() == 0
    assert low.share_read() == 0
    bar = low.view.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())  # it grows while the text is laid out
        return low.share_read() == 1

    qtbot.waitUntil(at_the_end)


def test_a_piece_that_is_put_back_leaves_the_keyboard_with_the_text(reader, qtbot):
    opened(reader, left_out=(LeftOut("share", "Share this with everybody", 1),))
    reader.show_left_out(True)
    QApplication.processEvents()
    back = next(one for one in reader.findChildren(QPushButton) if one.text() == "Put back" and one.isVisible())
    back.setFocus()
    body = content(FIRST, "Share this with everybody", SECOND)
    reader.show_article(article(body.body), body)
    assert QApplication.focusWidget() is reader.view


def test_who_asks_for_the_left_out_pieces_sees_one(reader, qtbot):
    opened(reader, *LONG, left_out=(LeftOut("share", "Share this with everybody", len(LONG)),))
    reader.show_left_out(True)
    box = reader.view.viewport().findChild(QPushButton)
    port = reader.view.viewport()
    qtbot.waitUntil(lambda: box.isVisible() and port.rect().contains(box.mapTo(port, box.rect().center())))
