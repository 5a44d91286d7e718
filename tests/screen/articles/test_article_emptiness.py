"""What stands in the place of the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ui.articles.list import ArticleList
from ui.listing import Listing


@pytest.fixture
def view(looks, shown):
    """Return a list on the screen."""
    made = ArticleList(looks)
    shown(made, 330, 600)
    return made


def words(view):
    return " ".join(one.text() for one in view.empty.findChildren(QLabel) if one.isVisible())


def buttons(view):
    return {one.text(): one for one in view.empty.findChildren(QPushButton) if one.isVisible()}


def test_an_empty_library_offers_to_import(view, shelf, qtbot):
    shelf(0).serve(view)
    view.show_listing(Listing())
    assert "No articles yet" in words(view)
    with qtbot.waitSignal(view.import_wished, timeout=50):
        qtbot.mouseClick(buttons(view)["Import files…"], Qt.MouseButton.LeftButton)


def test_nothing_found_says_what_was_looked_for_and_offers_another_spelling(view, shelf, qtbot):
    library = shelf(0)
    library.suggestion = 'theme:"A" drone'
    library.serve(view)
    view.show_listing(Listing('theme:"A" drne', typed="drne"))
    assert "“drne”" in words(view)
    with qtbot.waitSignal(view.suggestion_wished, timeout=50) as wish:
        qtbot.mouseClick(buttons(view)["Did you mean “drone”?"], Qt.MouseButton.LeftButton)
    assert wish.args == ["drone"]
    with qtbot.waitSignal(view.clear_wished, timeout=50):
        qtbot.mouseClick(buttons(view)["Clear the search"], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("typed", ['"sea wall"', "“sea wall”", "„sea wall“"])
def test_a_phrase_stands_between_one_pair_of_quotation_marks(view, shelf, typed):
    library = shelf(0)
    library.suggestion = '"sea walls"'
    library.serve(view)
    view.show_listing(Listing(typed, typed=typed))
    assert "Nothing found for “sea wall”" in words(view)
    assert "Did you mean “sea walls”?" in buttons(view)


@pytest.mark.parametrize("typed", ['"sea" "wall"', '"sea', '"', '""', 'sea "wall"'])
def test_what_is_no_phrase_as_a_whole_keeps_its_quotation_marks(view, shelf, typed):
    shelf(0).serve(view)
    view.show_listing(Listing(typed, typed=typed))
    assert f"Nothing found for “{typed}”" in words(view)


def test_without_a_better_spelling_none_is_offered(view, shelf):
    shelf(0).serve(view)
    view.show_listing(Listing("drne", typed="drne"))
    assert list(buttons(view)) == ["Clear the search"]


def test_filters_that_nothing_fits_can_be_cleared(view, shelf):
    shelf(0).serve(view)
    view.show_listing(Listing("is:unread"))
    assert "Nothing fits the filters" in words(view)
    assert list(buttons(view)) == ["Clear the filters"]


def test_no_passages_says_how_to_make_one(view, shelf):
    shelf(0).serve(view)
    view.show_listing(Listing("", passages=True))
    assert "No passages yet" in words(view)
    assert not buttons(view)


def test_hostile_words_are_shown_letter_by_letter(view, shelf):
    shelf(0).serve(view)
    typed = "<b>&amp;</b>"
    view.show_listing(Listing(typed, typed=typed))
    assert typed in words(view)
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in view.empty.findChildren(QLabel) if one.text())


def test_it_goes_when_there_is_something_to_list(view, shelf):
    library = shelf(0)
    library.serve(view)
    view.show_listing(Listing())
    assert view.empty.isVisible()
    library.numbers = [1, 2]
    view.refresh()
    assert not view.empty.isVisible()
    assert view.model().rowCount() == 2


def test_the_keyboard_goes_to_what_can_be_done_and_comes_back_to_the_rows(view, shelf, qtbot):
    view.setFocus()
    shelf(0).serve(view)
    view.show_listing(Listing())
    assert view.window().focusWidget() is buttons(view)["Import files…"]
    view.page_wished.disconnect()
    shelf(3).serve(view)
    view.show_listing(Listing())
    assert view.window().focusWidget() is view
