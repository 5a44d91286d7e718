"""The note editor: every letter is saved, in order, and nobody's typing is overwritten."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import shiboken6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.screen.conftest import swept
from ui.widgets.note_editor import NoteEditor


@pytest.fixture
def editor(looks, shown, saves):
    made = NoteEditor(looks, quiet=30, latest=120)
    made.saved.connect(lambda key, text: saves.append((key, text)))
    shown(made, 300, 60)
    return made


@pytest.fixture
def saves():
    return []


def typed(editor, text):
    editor.focus()
    QTest.keyClicks(editor.field, text)


def test_it_saves_after_a_quiet_moment(editor, saves, qtbot):
    editor.show_note("h1", "")
    typed(editor, "Compare")
    assert saves == []
    qtbot.waitUntil(lambda: saves == [("h1", "Compare")], timeout=2000)


def test_it_saves_at_the_latest_while_the_typing_never_stops(looks, shown, saves, qtbot):
    made = shown(NoteEditor(looks, quiet=60_000, latest=50))
    made.saved.connect(lambda key, text: saves.append(text))
    made.show_note("h1", "")
    for _ in range(40):
        typed(made, "x")
        qtbot.wait(5)
    assert saves
    assert saves == sorted(saves, key=len)


def test_showing_a_note_saves_nothing(editor, saves, qtbot):
    for key, text in (("h1", "one"), ("h2", "two\r\nlines\u00a0and a no-break space"), ("h1", "one")):
        editor.show_note(key, text)
        editor.flush()
    assert saves == []


def test_another_key_saves_the_note_before(editor, saves):
    editor.show_note("h1", "")
    typed(editor, "first")
    editor.show_note("h2", "second")
    assert saves == [("h1", "first")]
    assert editor.text() == "second"


def test_leaving_the_field_saves(looks, shown, saves, qtbot):
    page = QWidget()
    made, other = NoteEditor(looks, page), QLineEdit(page)
    page.setLayout(QVBoxLayout())
    page.layout().addWidget(made)
    page.layout().addWidget(other)
    shown(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    made.saved.connect(lambda key, text: saves.append(text))
    made.show_note("h1", "")
    typed(made, "word")
    other.setFocus()
    assert saves == ["word"]


def test_hiding_closing_and_deleting_save(looks, qapp, saves):
    for end in (QWidget.hide, QWidget.close, lambda page: page.deleteLater()):
        page = QWidget()
        inner = QWidget(page)
        made = NoteEditor(looks, inner)
        page.show()
        made.saved.connect(lambda key, text: saves.append(text))
        made.show_note("h1", "")
        typed(made, "kept")
        end(page)
        swept(qapp)
        assert saves == ["kept"]
        saves.clear()
        if shiboken6.isValid(page):
            page.hide()
            page.deleteLater()
    swept(qapp)


def test_nothing_can_be_written_where_no_note_is_shown(editor, saves):
    typed(editor, "lost?")
    assert editor.text() == ""
    assert saves == []


def test_an_outside_change_is_shown_and_not_saved_again(editor, saves):
    editor.show_note("h1", "here")
    editor.focus()
    editor.show_note("h1", "there and here")
    assert editor.text() == "there and here"
    editor.flush()
    assert saves == []


def test_an_outside_change_does_not_overwrite_what_is_being_typed(editor, saves):
    editor.show_note("h1", "old")
    typed(editor, " mine")
    editor.show_note("h1", "theirs")
    assert editor.text() == "old mine"
    editor.flush()
    assert saves == [("h1", "old mine")]


def test_typing_back_to_the_old_text_still_replaces_a_change_that_came_meanwhile(editor, saves):
    editor.show_note("h1", "old")
    typed(editor, "x")
    editor.show_note("h1", "theirs")
    QTest.keyClick(editor.field, Qt.Key.Key_Backspace)
    editor.flush()
    assert saves == [("h1", "old")]


def test_late_answers_to_earlier_saves_take_nothing_back(editor, saves):
    editor.show_note("h1", "")
    for letter in "abc":
        typed(editor, letter)
        editor.flush()
    for _key, text in list(saves):
        editor.show_note("h1", text)
        assert editor.text() == "abc"
    editor.show_note("h1", "")
    assert editor.text() == "", "what came after the answers is an undo"


def test_an_answer_without_the_blanks_at_the_end_takes_no_blank_away(editor):
    editor.show_note("h1", "")
    typed(editor, "and ")
    editor.flush()
    editor.show_note("h1", "and")
    typed(editor, "on")
    assert editor.text() == "and on"


@pytest.mark.parametrize(("key", "mark"), [(Qt.Key.Key_B, "**"), (Qt.Key.Key_I, "*")])
def test_a_selection_is_marked_and_unmarked(editor, key, mark):
    editor.show_note("h1", "a 😀word b")
    cursor = editor.field.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    editor.field.setTextCursor(cursor)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(editor.field, key, control)
    assert editor.text() == f"a {mark}😀word{mark} b"
    assert editor.field.textCursor().selectedText() == "😀word"
    QTest.keyClick(editor.field, key, control)
    assert editor.text() == "a 😀word b"


def test_bold_and_italic_go_together_and_come_off_alone(editor):
    editor.show_note("h1", "word")
    editor.field.selectAll()
    control = Qt.KeyboardModifier.ControlModifier
    for key, text in (
        (Qt.Key.Key_B, "**word**"),
        (Qt.Key.Key_I, "***word***"),
        (Qt.Key.Key_B, "*word*"),
        (Qt.Key.Key_I, "word"),
    ):
        QTest.keyClick(editor.field, key, control)
        assert editor.text() == text


def test_without_a_selection_the_caret_stands_between_the_marks(editor):
    editor.show_note("h1", "")
    editor.focus()
    QTest.keyClick(editor.field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor.field, "x")
    assert editor.text() == "**x**"


def test_the_preview_reads_as_it_will_read_and_back_again(editor, qtbot):
    editor.show_note("h1", "**bold** <b>x</b>")
    qtbot.mouseClick(editor.toggle, Qt.MouseButton.LeftButton)
    assert editor.is_preview()
    assert editor.preview.document().toRawText() == "bold <b>x</b>"
    qtbot.mouseClick(editor.toggle, Qt.MouseButton.LeftButton)
    assert not editor.is_preview()
    assert editor.text() == "**bold** <b>x</b>"


def test_it_grows_with_its_text_up_to_a_limit(editor):
    heights = []
    for count in (1, 3, 6, 60, 120):
        editor.show_note(f"h{count}", "line\n" * count)
        heights.append(editor.height())
    assert heights[0] < heights[1] < heights[2] < heights[3] == heights[4] < 300
    editor.show_note("wide", "word " * 40)
    tall = editor.height()
    editor.resize(900, tall)
    assert editor.height() < tall


def test_special_letters_survive(editor, saves):
    kept = "no\u00a0break e\u0301 👩\u200d👩 \u200fעברית\ttab \u00ad"
    editor.show_note("h1", kept)
    typed(editor, "!")
    editor.flush()
    assert saves == [("h1", kept + "!")]


edits = st.lists(
    st.one_of(
        st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=6),
        st.sampled_from([Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Return]),
        st.sampled_from(["wait", "flush", "echo", "late", "outside", "preview", "other"]),
    ),
    max_size=25,
)


@contextmanager
def opened(looks):
    made = NoteEditor(looks, quiet=2, latest=6)
    made.resize(240, 60)
    made.show()
    try:
        yield made
    finally:
        made.hide()
        made.deleteLater()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=edits)
def test_whatever_is_typed_with_whatever_pauses_the_last_text_is_saved(looks, qapp, steps):
    """Every text that is saved stood in the editor, in that order, and after the last save nothing is missing."""
    library, history, saved = {"a": "start", "b": "other"}, [], []

    def save(key, text):
        saved.append((key, text))
        library[key] = text

    with opened(looks) as editor:
        editor.saved.connect(save)
        editor.field.textChanged.connect(lambda: history.append((editor.key(), editor.text())))
        editor.show_note("a", "start")
        for step in steps:
            before = editor.text()
            if step == "wait":
                QTest.qWait(4)
            elif step == "flush":
                editor.flush()
            elif step == "echo":
                editor.show_note(editor.key(), library[editor.key()])
            elif step == "late" and len(saved) > 1 and saved[-2][0] == saved[-1][0] == editor.key():
                editor.show_note(*saved[-2])
            elif step == "preview":
                editor.show_preview(not editor.is_preview())
            elif step == "other":
                key = "b" if editor.key() == "a" else "a"
                editor.show_note(key, library[key])
                continue
            elif step == "outside":
                editor.show_note(editor.key(), library[editor.key()])
                library[editor.key()] = "from outside"
                editor.show_note(editor.key(), "from outside")
                assert editor.text() in {before, "from outside"}
                continue
            elif step != "late":
                editor.show_preview(False)
                QTest.keyClicks(editor.field, step) if isinstance(step, str) else QTest.keyClick(editor.field, step)
                continue
            assert editor.text() == before, "only the reader's keys change the text"
        editor.flush()
        assert library[editor.key()] == editor.text()
        places = iter(history)
        assert all(one in places for one in saved)


def test_a_look_is_worn(editor, looks):
    before = editor.grab().toImage()
    looks.choose("dark")
    assert editor.grab().toImage() != before


def test_a_short_preview_is_as_high_as_its_text(editor, qtbot):
    editor.show_note("h1", "Compare the figures with those of the other piece. **Who** has them?\n\n- one\n- two")
    editor.show_preview(True)
    qtbot.wait(1)
    assert not editor.preview.verticalScrollBar().isVisible()
    assert editor.preview.viewport().height() >= editor.preview.document().size().height()
    assert editor.height() < 140


def test_a_lock_keeps_a_note_out_of_exports_after_it_was_saved(editor, saves, qtbot):
    said = []
    editor.private_wished.connect(lambda key, on: said.append((key, on, list(saves))))
    editor.show_note("h1", "", private=False)
    assert not editor.lock.isVisible()
    typed(editor, "Secret")
    assert editor.lock.isVisible()
    assert not editor.lock.isChecked()
    QTest.mouseClick(editor.lock, Qt.MouseButton.LeftButton)
    assert said == [("h1", True, [("h1", "Secret")])]
    assert editor.lock.isChecked()
    assert editor.is_private()
    QTest.mouseClick(editor.lock, Qt.MouseButton.LeftButton)
    assert said[1][:2] == ("h1", False)
    editor.show_note("h1", "Secret", private=True)
    assert editor.is_private()
    editor.show_note("h2", "Other", private=False)
    assert not editor.lock.isChecked()


def test_without_a_choice_there_is_no_lock_and_the_words_do_not_run_under_one(editor):
    editor.show_note("h1", "A note")
    assert not editor.lock.isVisible()
    wide = editor.field.width()
    editor.show_note("h2", "A note", private=True)
    QTest.qWait(10)
    assert editor.field.width() < wide
    assert editor.field.geometry().right() < editor.lock.geometry().left()
