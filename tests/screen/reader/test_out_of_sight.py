"""What was scrolled out of sight is no target: keys work on what can be seen, and begin there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.screen.reader.bodies import opened, told

LONG = [
    f"Paragraph {n}. " + "Words upon words fill these lines until they are long enough to wrap. " * 4 for n in range(60)
]


@pytest.fixture
def reader(looks, shown):
    marks = [("Paragraph 2", ("t1",), "near"), ("Paragraph 40", ("t1",), "far")]
    return opened(looks, shown, *LONG, marks=marks)


def wheel(reader, pages):
    """Scroll by about so many screens, a notch after another."""
    port = reader.view.viewport()
    for _ in range(40 * abs(pages)):
        before = reader.view.offset()
        turn = QPoint(0, -120 if pages > 0 else 120)
        event = QWheelEvent(
            QPointF(50, 50), QPointF(port.mapToGlobal(QPoint(50, 50))), QPoint(), turn,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(port, event)
        if abs(reader.view.offset() - before) == 0:
            break


def page_down(reader, pages):
    for _ in range(pages):
        reader.view.bar.triggerAction(reader.view.bar.SliderAction.SliderPageStepAdd)


@pytest.mark.parametrize("scroll", [wheel, page_down])
def test_a_digit_is_not_for_a_highlight_that_was_scrolled_away(reader, scroll):
    wishes, nothing = told(reader.retheme_wished), told(reader.nothing_meant)
    reader.focus_highlight("near")
    scroll(reader, 3)
    assert reader.focused() is None
    reader.put_theme("t2")
    assert (wishes, nothing) == ([], [()])


def test_one_that_can_still_be_seen_keeps_the_focus(reader):
    wishes = told(reader.retheme_wished)
    reader.focus_highlight("near")
    reader.view.bar.setValue(reader.view.offset() + 40)
    reader.put_theme("t2")
    assert wishes == [("near", ("t2",), ())]


def test_a_paragraph_that_was_scrolled_away_is_not_marked(reader):
    marks, nothing = told(reader.mark_wished), told(reader.nothing_meant)
    reader.next_paragraph()
    wheel(reader, 3)
    reader.put_theme("t1")
    assert (marks, nothing) == ([], [()])


def test_the_next_paragraph_is_one_in_sight(reader):
    reader.focus_highlight("near")
    wheel(reader, 3)
    top = reader.position()
    before = reader.view.offset()
    reader.next_paragraph()
    start = reader._content.body.blocks[reader.view.focused_block].start
    assert top <= start < top + 700
    assert abs(reader.view.offset() - before) < reader.view.viewport().height() / 2


def test_the_next_highlight_is_sought_from_what_is_in_sight(reader):
    reader.focus_highlight("far")
    reader.view.bar.setValue(0)
    reader.next_highlight()
    assert reader.focused() == "near"


@pytest.mark.parametrize("deed", ["delete_highlight", "write_note", "cycle", "pick_theme", "clear_themes"])
def test_no_key_leads_back_to_it(reader, deed):
    wishes, themes = told(reader.remove_wished), told(reader.retheme_wished)
    reader.focus_highlight("near")
    wheel(reader, 3)
    before = reader.view.offset()
    getattr(reader, deed)()
    assert (wishes, themes, reader.view.offset()) == ([], [], before)
    assert not reader.card.isVisible()
    assert not reader.picker.isVisible()


def test_its_ends_are_not_moved(reader):
    moves = told(reader.move_wished)
    reader.focus_highlight("near")
    wheel(reader, 3)
    reader.nudge("end", 1)
    assert moves == []


def test_a_selection_out_of_sight_is_kept_but_not_marked(reader):
    marks, nothing = told(reader.mark_wished), told(reader.nothing_meant)
    reader.view.select((0, 11))
    wheel(reader, 3)
    reader.put_theme("t1")
    assert (marks, nothing, reader.selection()) == ([], [()], (0, 11))
    wheel(reader, -3)
    reader.put_theme("t1")
    assert marks == [((0, 11), "t1")]


def test_sentences_are_selected_where_one_reads(reader):
    reader.view.select((0, 11))
    wheel(reader, 3)
    top = reader.position()
    reader.extend_sentence(forward=True)
    start, end = reader.selection()
    assert start <= top < end < top + 700


def test_what_a_jump_leaves_behind_is_no_target(reader):
    """The next hit, for one, is where the reader looks now."""
    wishes = told(reader.retheme_wished)
    far = reader.text().index("Paragraph 40")
    reader.focus_highlight("near")
    reader.show_hits([(far, far + 9)])
    reader.next_hit()
    reader.put_theme("t2")
    assert (reader.focused(), wishes) == (None, [])


def test_what_was_gone_to_smoothly_is_in_sight_at_once(reader):
    wishes = told(reader.retheme_wished)
    reader.set_motion(True)
    reader.focus_highlight("far")
    reader.put_theme("t2")
    assert wishes == [("far", ("t2",), ())]


def test_while_its_note_is_written_it_keeps_the_focus(reader):
    reader.open_note("near")
    QApplication.processEvents()
    wheel(reader, 3)
    assert (reader.focused(), reader.card.isVisible()) == ("near", True)
