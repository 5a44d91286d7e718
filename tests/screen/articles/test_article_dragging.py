"""Files dragged in, rows dragged out."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from ui.articles.list import ArticleList
from ui.listing import Listing
from ui.widgets.carried import IDS

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(looks, shown, shelf):
    """Return a list of ten articles."""
    made = ArticleList(looks)
    shown(made, 330, 600)
    shelf(10).serve(made)
    made.show_listing(Listing())
    return made


def files(*addresses):
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    return mime


def entered(view, mime):
    event = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def dropped(view, mime):
    event = QDropEvent(QPointF(50, 50), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_files_are_welcomed_with_a_hint_and_handed_on(view, qtbot):
    before = view.viewport().grab().toImage()
    mime = files("file:///shelf/one.html", "file:///shelf/a%20folder")
    assert entered(view, mime)
    assert view.viewport().grab().toImage() != before
    with qtbot.waitSignal(view.dropped, timeout=50) as drop:
        assert dropped(view, mime)
    assert drop.args == [[Path("/shelf/one.html"), Path("/shelf/a folder")]]
    assert view.viewport().grab().toImage() == before


def test_over_an_empty_list_the_hint_is_a_frame_round_what_stands_there(looks, shown, shelf):
    view = ArticleList(looks)
    shown(view, 330, 600)
    shelf(0).serve(view)
    view.show_listing(Listing())
    assert view.empty.isVisible()
    inside = view.viewport().rect().adjusted(14, 14, -14, -14)
    whole, page = view.viewport().grab().toImage(), view.viewport().grab(inside).toImage()
    entered(view, files("file:///shelf/one.html"))
    assert view.viewport().grab().toImage() != whole
    assert view.viewport().grab(inside).toImage() == page


def test_the_hint_goes_when_the_files_leave(view):
    before = view.viewport().grab().toImage()
    mime = files("file:///shelf/one.html")
    entered(view, mime)
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert view.viewport().grab().toImage() == before


@pytest.mark.parametrize("mime", [files("https://example.org/a"), files()])
def test_what_is_no_file_here_is_not_welcome(view, qtbot, mime):
    with qtbot.assertNotEmitted(view.dropped):
        assert not entered(view, mime)
        assert not dropped(view, mime)


def test_files_can_be_dropped_on_an_empty_library(looks, shown, shelf, qtbot):
    view = ArticleList(looks)
    shown(view, 330, 600)
    shelf(0).serve(view)
    view.show_listing(Listing())
    assert view.empty.isVisible()
    assert entered(view, files("file:///shelf/one.html"))
    with qtbot.waitSignal(view.dropped, timeout=50):
        assert dropped(view, files("file:///shelf/one.html"))


def test_rows_go_out_by_their_ids(view):
    model = view.model()
    mime = model.mimeData([model.index(4, 0), model.index(2, 0)])
    assert mime.data(IDS).data().decode() == "a2\na4"


def test_passages_go_out_by_the_ids_of_highlights(view):
    view.show_listing(Listing("", passages=True))
    model = view.model()
    assert model.mimeData([model.index(1, 0)]).data(IDS).data().decode() == "h1"


def test_a_row_that_is_chosen_to_be_dragged_does_not_look_like_the_open_one(view):
    def bar(row):
        place = view.visualRect(view.model().index(row, 0))
        return view.viewport().grab(place).toImage().pixelColor(9, place.height() // 2)

    view.show_opened("a0")
    view.selectRow(0)
    opened, plain = bar(0), bar(1)
    view.selectRow(1)
    assert bar(0) == opened
    assert bar(1) not in (opened, plain)
    view.show_opened("a1")
    assert bar(1) == opened


def test_dragging_takes_the_chosen_rows_along_with_a_small_card(view, qtbot, monkeypatch):
    dragged = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: dragged.append((drag.mimeData().data(IDS).data(), drag)))
    start = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    for step in (5, 20, 40, 60):
        qtbot.mouseMove(view.viewport(), start + QPoint(step, step))
    assert [ids for ids, _ in dragged] == [b"a1"]
    assert 20 < dragged[0][1].pixmap().deviceIndependentSize().width() < 300
