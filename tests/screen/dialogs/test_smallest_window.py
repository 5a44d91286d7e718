"""Sheets in the smallest window there is: nothing lies over something else, and what does not fit is scrolled to."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.model import Article, Gap, Metadata
from ui.dialogs.agreement_sheet import AgreementSheet
from ui.dialogs.details_sheet import DetailsSheet
from ui.dialogs.paste_sheet import PasteSheet
from ui.dialogs.sheet import Sheet

SMALLEST = (760, 480)
PARTS = (QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit)


@pytest.fixture
def window(shown):
    return shown(QWidget(), *SMALLEST)


def agreement(looks, window) -> Sheet:
    made = AgreementSheet(looks, window)
    made.begin(("", "Mina"))
    return made


def details(looks, window) -> Sheet:
    made = DetailsSheet(looks, window)
    made.show_gaps([Gap(1, ("outlet", "published", "byline"))], imported=False)
    made.show_articles([Article(1, "one", Metadata("Silt"))])
    return made


def paste(looks, window) -> Sheet:
    made = PasteSheet(looks, window)
    made.ask("Some words.", "", "", passage=True)
    return made


def parts(sheet: Sheet) -> list[QWidget]:
    """Return what is seen of a sheet, piece by piece; what a piece is made of is no piece of its own."""
    return [
        one
        for one in sheet.findChildren(QWidget)
        if isinstance(one, PARTS) and one.isVisible() and one.width() and one.height()
    ]


def place(one: QWidget, sheet: Sheet) -> QRect:
    return QRect(one.mapTo(sheet, one.rect().topLeft()), one.size())


def ground(one: QWidget) -> QWidget | None:
    """Return what a piece is scrolled in, or ``None``: what is scrolled out of sight lies over nothing."""
    above = one.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above


@pytest.mark.parametrize("make", [agreement, details, paste])
def test_nothing_lies_over_something_else(looks, window, make):
    sheet = make(looks, window)
    QApplication.processEvents()
    over = [
        (one, other)
        for one, other in combinations(parts(sheet), 2)
        if ground(one) is ground(other) and place(one, sheet).intersects(place(other, sheet))
    ]
    assert over == []


@pytest.mark.parametrize("make", [agreement, details, paste])
def test_every_field_is_as_high_and_every_button_as_wide_as_its_words(looks, window, make):
    sheet = make(looks, window)
    QApplication.processEvents()
    for one in parts(sheet):
        if isinstance(one, QLineEdit | QComboBox):
            assert one.height() >= one.minimumSizeHint().height(), one
        elif isinstance(one, QAbstractButton) and one.text():
            assert one.width() >= one.minimumSizeHint().width(), one.text()
    assert all(one.width() >= 160 for one in sheet.findChildren(QPlainTextEdit))


def test_what_tab_goes_to_is_scrolled_into_sight(looks, window, qtbot):
    details(looks, window)
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        seen = here.viewport() if isinstance(here, QAbstractScrollArea) else here
        assert not seen.visibleRegion().isEmpty(), here.accessibleName()
