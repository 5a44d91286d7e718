"""Sentences of the app in the reader's language: every part of them is translated, and days are in its words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app.search.entries import Names
from app.search.explaining import explain
from app.search.reading import read
from app.wording import Day, Message
from ui.wording import filled, said

GERMAN = {
    "Articles {query}.": "Artikel {query}.",
    "{first} and {last}": "{first} und {last}",
    "with {what}": "mit {what}",
    "{words} in any form": "{words} in jeder Form",
    "published since {first}": "erschienen seit {first}",
}


class German(QTranslator):
    """Knows a few sentences of the app."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str = "", number: int = -1) -> str:
        return GERMAN.get(source, source)


@pytest.fixture
def german(qapp):
    translator, before = German(), QLocale()
    QCoreApplication.installTranslator(translator)
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)
    QCoreApplication.removeTranslator(translator)


@pytest.mark.usefixtures("german")
def test_how_a_query_was_read_is_said_in_the_readers_language():
    query = "Hafen Insel since:2025-03"
    message = explain(read(query, Names()), query, False)
    assert said(message) == "Artikel mit Hafen und Insel in jeder Form und erschienen seit 1 März 2025."


@pytest.mark.usefixtures("german")
def test_a_month_is_written_as_the_reader_does():
    assert said(Message("{month}", {"month": Day(date(2025, 3, 4), month=True)})) == "März 2025"


def test_values_are_no_templates():
    assert said(Message("{first} {then}", {"first": "{then}", "then": Message("{first}", {})})) == "{then} {first}"


def test_a_value_in_another_direction_keeps_its_quotation_marks():
    arabic = "\u0641\u064a"
    for sentence in (said(Message("Put into “{name}”.", {"name": arabic})), filled("Put into “{name}”.", name=arabic)):
        assert sentence == f"Put into “\u2068{arabic}\u2069”."
    assert filled("Put into “{name}”.", name="Ärger") == "Put into “Ärger”."
