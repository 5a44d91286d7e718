"""A click in the text chooses nothing, but the keys begin there as long as it can be seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.screen.reader.bodies import article, content, highlight, opened, told

LONG = [f"Paragraph {n} is the first sentence. Sentence two of {n} follows it, and that is all." for n in range(90)]


@pytest.fixture
def reader(looks, shown):
    return opened(looks, shown, *LONG)


@pytest.fixture
def click(reader, qtbot):
    """Return what clicks on the first of some words that can be seen."""

    def clicked(words):
        start = reader.text().index(words)
        rect = reader.view.painted((start, start + 1))[0]
        spot = QPoint(round(rect.left() + 1), round(rect.center().y()))
        qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    return clicked


@pytest.fixture
def selected(reader):
    """Return what tells the words that are selected."""
    return lambda: reader.text()[slice(*reader.selection())]


@pytest.mark.parametrize("key", ["next_paragraph", "previous_paragraph"])
def test_the_paragraph_that_was_clicked_is_the_first(reader, click, key):
    click("Sentence two of 5 ")
    before = reader.view.offset()
    getattr(reader, key)()
    assert (reader.view.focused_block, reader.view.offset()) == (5, before)
    getattr(reader, key)()
    assert reader.view.focused_block == (6 if key == "next_paragraph" else 4)


def test_the_sentence_that_was_clicked_is_the_first(reader, click, selected):
    click("two of 5 ")
    before = reader.view.offset()
    reader.extend_sentence(forward=True)
    assert (selected(), reader.view.offset()) == ("Sentence two of 5 follows it, and that is all.", before)


def test_the_next_highlight_is_sought_from_there(reader, click):
    body = content(*LONG).body
    reader.show_highlights([highlight(body, f"Paragraph {n} ", uid=str(n)) for n in (3, 7)])
    click("two of 5 ")
    reader.next_highlight()
    assert reader.focused() == "7"


def test_a_click_is_no_choice(reader, click):
    marks, nothing = told(reader.mark_wished), told(reader.nothing_meant)
    click("two of 5 ")
    reader.put_theme("t1")
    assert (marks, nothing) == ([], [()])


def test_out_of_sight_it_is_forgotten(reader, click, selected):
    click("two of 5 ")
    bar = reader.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = reader.position()
    reader.extend_sentence(forward=True)
    assert reader.selection()[0] <= top < reader.selection()[1]
    reader.escape()
    reader.escape()
    bar.setValue(0)
    reader.extend_sentence(forward=True)
    assert selected() == "Paragraph 0 is the first sentence."


@pytest.mark.parametrize("choose", ["paragraph", "selection", "highlight", "place"])
def test_what_is_chosen_or_gone_to_later_goes_before(reader, click, choose):
    click("two of 5 ")
    if choose == "paragraph":
        reader.next_paragraph()
    elif choose == "selection":
        reader.view.select((0, 9))
    elif choose == "place":
        reader.go_to((0, 9))
    else:
        reader.show_highlights([highlight(content(*LONG).body, "Paragraph 3 ")])
        reader.focus_highlight("h")
    reader.escape()
    reader.next_paragraph()
    assert reader.view.focused_block == 0


def test_another_article_begins_at_its_beginning(reader, click):
    click("two of 5 ")
    other = content(*LONG)
    reader.show_article(article(other.body, "b"), other)
    reader.next_paragraph()
    assert reader.view.focused_block == 0
