"""What is known of an article, edited where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.model import METADATA_FIELDS, Attribute, AttributeChange
from tests.screen.panels.values import ARTICLE, ATTRIBUTES, CONTENT, OTHER, THEMES
from ui.panels.article import ArticlePanel


@pytest.fixture
def panel(looks, shown):
    made = shown(ArticlePanel(looks), 300, 1000)
    made.show_article(ARTICLE, CONTENT, ATTRIBUTES, THEMES)
    made.activateWindow()
    return made


def heard(signal):
    got = []
    signal.connect(lambda *values: got.append(values[0] if len(values) == 1 else values))
    return got


def write(line, text):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def words(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_every_field_of_the_metadata_can_be_edited(panel):
    shown = {field: panel.field(field).text() for field in METADATA_FIELDS}
    assert shown["title"] == "Drone strikes"
    assert shown["published"] == "2025-03-04"
    assert shown["section"] == ""
    wished = heard(panel.field_wished)
    for field in METADATA_FIELDS:
        write(panel.field(field), "2024-01-02")
        QTest.keyClick(panel.field(field), Qt.Key.Key_Return)
    assert wished == [(field, "2024-01-02", "art") for field in METADATA_FIELDS]


def test_leaving_saves_once_and_esc_takes_back(panel):
    wished = heard(panel.field_wished)
    write(panel.field("outlet"), "Reuters")
    panel.field("byline").setFocus()
    assert wished == [("outlet", "Reuters", "art")]
    write(panel.field("byline"), "Nobody")
    QTest.keyClick(panel.field("byline"), Qt.Key.Key_Escape)
    panel.field("title").setFocus()
    assert panel.field("byline").text() == "Chief Editor"
    assert len(wished) == 1


def test_what_is_being_written_stays_when_values_come_in(panel):
    write(panel.field("outlet"), "Half a na")
    changed = replace(ARTICLE, metadata=replace(ARTICLE.metadata, outlet="Foreign", byline="Somebody"))
    panel.show_article(changed, CONTENT, ATTRIBUTES, THEMES)
    assert panel.field("outlet").text() == "Half a na"
    assert panel.field("byline").text() == "Somebody"
    QTest.keyClick(panel.field("outlet"), Qt.Key.Key_Escape)
    assert panel.field("outlet").text() == "Foreign"


def test_what_was_written_on_one_article_is_sent_for_it_when_another_comes(panel):
    wished = heard(panel.field_wished)
    write(panel.field("outlet"), "Reuters")
    panel.show_article(OTHER, CONTENT, ATTRIBUTES, THEMES)
    assert wished == [("outlet", "Reuters", "art")]
    assert panel.field("outlet").text() == ""


@pytest.mark.parametrize("written", ["2025-03-04", "2025-03", "2025", "about 2025-03-04", ""])
def test_dates_that_are_understood(panel, written):
    panel.show_article(replace(ARTICLE, metadata=replace(ARTICLE.metadata, published=None)), CONTENT, (), ())
    wished = heard(panel.field_wished)
    write(panel.field("published"), written)
    QTest.keyClick(panel.field("published"), Qt.Key.Key_Return)
    assert wished == ([("published", written, "art")] if written else [])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("19 Dec 2024", "2024-12-19"),
        ("19 december 2024", "2024-12-19"),
        ("Dec. 19th, 2024", "2024-12-19"),
        ("December 2024", "2024-12"),
        ("about 4 Mar 2025", "about 2025-03-04"),
    ],
)
def test_dates_may_be_written_in_words_as_they_are_shown(panel, written, kept):
    wished = heard(panel.field_wished)
    write(panel.field("published"), written)
    QTest.keyClick(panel.field("published"), Qt.Key.Key_Return)
    assert wished == [("published", kept, "art")]
    write(panel.field("accessed"), "2 January 2025")
    QTest.keyClick(panel.field("accessed"), Qt.Key.Key_Return)
    assert wished[1:] == [("accessed", "2025-01-02", "art")]


def test_undo_belongs_to_the_window_once_a_value_is_saved(panel, qtbot):
    undone = heard(QShortcut(QKeySequence("Ctrl+Z"), panel).activated)
    field = panel.field("outlet")
    field.setFocus()
    write(field, "Reuters")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    write(field, "Reuters")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [()]


@pytest.mark.parametrize("written", ["yesterday", "2025-02-30", "4.3.2025"])
def test_a_date_that_is_not_understood_is_kept_and_explained(panel, written):
    wished = heard(panel.field_wished)
    write(panel.field("published"), written)
    QTest.keyClick(panel.field("published"), Qt.Key.Key_Return)
    panel.field("title").setFocus()
    panel.show_article(ARTICLE, CONTENT, ATTRIBUTES, THEMES)
    assert wished == []
    assert panel.field("published").text() == written
    assert any(text.startswith("Write the date as") for text in words(panel))
    write(panel.field("published"), "2024")
    QTest.keyClick(panel.field("published"), Qt.Key.Key_Return)
    assert wished == [("published", "2024", "art")]
    assert not any(text.startswith("Write the date as") for text in words(panel))


def test_origins_are_marked(panel):
    assert not panel._marks["title"].isVisible()
    assert panel._marks["outlet"].toolTip() == "Worked out from the text; edit to correct"
    assert panel._marks["published"].toolTip() == "Written by you"
    assert "derived" in words(panel)


def test_the_state_is_chosen_and_walked_by_arrows(panel):
    wished = heard(panel.state_wished)
    segments = panel.state._segments
    QTest.mouseClick(segments[2], Qt.MouseButton.LeftButton)
    assert wished == ["read"]
    QTest.keyClick(segments[2], Qt.Key.Key_Right)
    assert wished == ["read", "archived"]
    panel.show_article(ARTICLE, CONTENT, ATTRIBUTES, THEMES)
    assert panel.state.key() == "reading"
    assert [segment.isChecked() for segment in segments] == [False, True, False, False]
    assert len(wished) == 2


def test_attributes_by_their_kinds(panel):
    wished = heard(panel.attribute_wished)
    tone, score, event, checked, remark, country = (panel.attributes.field(one.name) for one in ATTRIBUTES)
    assert tone.currentText() == "hawkish"
    tone.setCurrentIndex(tone.findText("dovish"))
    tone.activated.emit(tone.currentIndex())
    for line, wrong, right in ((score, "much", "3.5"), (event, "soon", "2025-03")):
        write(line, wrong)
        QTest.keyClick(line, Qt.Key.Key_Return)
        write(line, right)
        QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.mouseClick(checked._segments[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(checked._segments[2], Qt.MouseButton.LeftButton)
    write(remark, "a remark")
    QTest.keyClick(remark, Qt.Key.Key_Return)
    write(country.lineEdit(), "Norway")
    QTest.keyClick(country.lineEdit(), Qt.Key.Key_Return)
    assert wished == [
        ("Tone", "dovish", "art"),
        ("Score", "3.5", "art"),
        ("Event", "2025-03", "art"),
        ("Checked", "yes", "art"),
        ("Checked", "", "art"),
        ("Remark", "a remark", "art"),
        ("Country", "Norway", "art"),
    ]


def test_a_choice_that_is_not_offered_is_refused_and_kept(panel):
    wished = heard(panel.attribute_wished)
    tone = panel.attributes.field("Tone")
    write(tone.lineEdit(), "mild")
    QTest.keyClick(tone.lineEdit(), Qt.Key.Key_Return)
    assert wished == []
    assert "Choose one of: hawkish, dovish." in words(panel)
    assert tone.currentText() == "mild"
    write(tone.lineEdit(), "DOVISH")
    QTest.keyClick(tone.lineEdit(), Qt.Key.Key_Return)
    assert wished == [("Tone", "dovish", "art")]


def test_scrolling_past_a_choice_changes_nothing(panel):
    wished = heard(panel.attribute_wished)
    tone = panel.attributes.field("Tone")
    panel.field("title").setFocus()
    none, turn = Qt.MouseButton.NoButton, QPoint(0, -120)
    place = QPointF(tone.rect().center())
    wheel = QWheelEvent(
        place, QPointF(tone.mapToGlobal(place.toPoint())), QPoint(), turn, none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tone, wheel)
    assert tone.currentText() == "hawkish"
    assert wished == []


def test_an_attribute_in_writing_survives_a_new_field(panel):
    remark = panel.attributes.field("Remark")
    write(remark, "half a re")
    more = (*ATTRIBUTES, Attribute(7, "a7", "Newest"))
    panel.show_article(ARTICLE, CONTENT, more, THEMES)
    assert panel.attributes.field("Remark").text() == "half a re"
    assert panel.attributes.field("Remark").hasFocus()
    assert panel.attributes.field("Newest") is not None
    panel.show_article(ARTICLE, CONTENT, ATTRIBUTES[:2], THEMES)
    assert panel.attributes.field("Newest") is None


def test_a_new_field_by_its_form(panel):
    wished = heard(panel.new_attribute_wished)
    panel.add_field()
    form = panel.attributes.form
    QTest.keyClicks(form.name, " Press  freedom ")
    QTest.keyClicks(form.choices, "free, partly free,, free")
    QTest.keyClick(form.choices, Qt.Key.Key_Return)
    assert wished == [("Press freedom", "choice", ("free", "partly free"))]
    assert form.isHidden()
    panel.add_field()
    form.kind.setCurrentIndex(form.kind.findData("number"))
    assert form.choices.isHidden()
    QTest.keyClicks(form.name, "Rank")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert wished[1:] == [("Rank", "number", ())]


def test_a_field_is_deleted_by_its_menu(panel):
    wished = heard(panel.delete_attribute_wished)
    panel.attributes.menu("Tone").actions()[1].trigger()
    assert wished == ["Tone"]


def test_a_field_is_changed_by_its_menu(panel):
    wished = heard(panel.change_attribute_wished)
    panel.attributes.menu("Tone").actions()[0].trigger()
    form = panel.attributes.changing
    first, second = form.choices()[:2]
    before = [line.text() for line in form.choices()]
    assert form.name.text() == "Tone"
    write(form.name, " Tone  of voice ")
    form.definition.setPlainText("How it is said.")
    write(first, "warlike, or so")
    form.take_away(second.text())
    form.more.click()
    QTest.keyClicks(QApplication.focusWidget(), "neutral")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    attribute, change = wished[0]
    assert attribute == ATTRIBUTES[0].id
    assert change == AttributeChange(
        "Tone of voice", "How it is said.", {before[0]: "warlike, or so"}, ("neutral",), (before[1],)
    )
    assert form.isVisible(), "what is refused could be mended"
    panel.field_changed("another")
    assert form.isVisible()
    panel.field_changed(attribute)
    assert not form.isVisible()


def test_a_change_of_a_field_is_sent_once_and_again_only_when_it_was_refused(panel):
    wished = heard(panel.change_attribute_wished)
    panel.attributes.change("Tone")
    form = panel.attributes.changing
    write(form.name, "Voice")
    form.save.click()
    form.save.click()
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert len(wished) == 1
    write(form.name, "Tone of voice")
    assert not form.save.isEnabled()
    panel.field_refused("another")
    assert not form.save.isEnabled()
    panel.field_refused(wished[0][0])
    form.save.click()
    assert [change.name for _, change in wished] == ["Voice", "Tone of voice"]
    panel.attributes.change("Remark")
    assert form.save.isEnabled()


def test_the_form_of_a_field_closes_when_the_field_or_the_article_is_gone(panel):
    form = panel.attributes.changing
    panel.attributes.change("Tone")
    panel.show_article(OTHER, CONTENT, ATTRIBUTES, THEMES)
    assert form.isVisible()
    panel.show_article(OTHER, CONTENT, ATTRIBUTES[1:], THEMES)
    assert not form.isVisible()
    panel.attributes.change("Remark")
    panel.show_article(None)
    panel.show_article(ARTICLE, CONTENT, ATTRIBUTES, THEMES)
    assert not form.isVisible()


def test_a_field_that_stays_as_it_is_is_no_wish_and_esc_closes_its_form(panel):
    wished = heard(panel.change_attribute_wished)
    form = panel.attributes.changing
    panel.attributes.change("Tone")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert not form.isVisible()
    panel.attributes.change("Tone")
    write(form.name, "Other")
    QTest.keyClick(form.name, Qt.Key.Key_Escape)
    assert not form.isVisible()
    panel.attributes.change("Remark")
    assert form.name.text() == "Remark"
    assert not form.more.isVisible()
    assert wished == []


def test_themes_are_taken_off_and_put_on(panel):
    wished = heard(panel.theme_wished)
    panel._tags.itemAt(0).widget().removed.emit("war")
    panel.pick_themes()
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "dipl")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert wished == [([], ["war"]), (["dip"], [])]


def test_the_parts_left_out_are_shown_and_hidden(panel):
    wished = heard(panel.left_out_wished)
    assert "2 parts left out" in words(panel)
    panel._show_left_out.click()
    panel._show_left_out.click()
    assert wished == [True, False]
    panel.show_left_out(True)
    assert panel._show_left_out.text() == "Hide"
    assert len(wished) == 2


def test_what_stands_about_the_file(panel):
    text = words(panel)
    assert "Reuters · AP" in text
    assert "drones.html" in text
    assert "1200 words · 5 min read" in text
    links, originals, removals = heard(panel.link_wished), heard(panel.original_wished), heard(panel.remove_wished)
    panel._open_address.click()
    panel._original.click()
    panel._remove.click()
    assert links == ["https://example.org/a"]
    assert (len(originals), len(removals)) == (1, 1)


def test_a_field_is_reached_from_elsewhere(panel):
    panel.edit("byline")
    assert panel.field("byline").hasFocus()
    assert panel.field("byline").selectedText() == "Chief Editor"


def test_without_an_article_the_panel_says_what_to_do(panel):
    panel.show_article(None)
    assert "No article is open" in words(panel)
    assert not panel.field("title").isVisible()


def test_what_comes_while_nobody_looks_is_there_when_somebody_does(panel):
    panel.hide()
    panel.show_article(OTHER, CONTENT, ATTRIBUTES, THEMES)
    panel.show()
    assert panel.field("title").text() == OTHER.metadata.title


def test_words_of_an_article_are_sent_for_it_though_another_came_while_nobody_looked(panel):
    sent = heard(panel.field_wished)
    panel.field("outlet").setText("The Ledger")
    panel.field("outlet").textEdited.emit("The Ledger")
    panel.hide()
    panel.show_article(OTHER, CONTENT, ATTRIBUTES, THEMES)
    panel.show()
    assert sent == [("outlet", "The Ledger", ARTICLE.id)]
